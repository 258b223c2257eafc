"""Measure how often a clause is found again in another language, and how the search grows with the folder.

    python -m benchmarks.precedents [--results FOLDER]

Prints recall@1: of parallel clauses (``corpus/gold/trilingual.toml``, ``benchmarks/precedents.toml``) the share whose
version in another language is the most similar of all clauses in that language, among those of
``corpus/training`` as well, which are about the same subjects. With a folder of results it prints the seconds
of the processor and the memory for families, searches, schools and lineage too.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from time import process_time
from typing import Any

import tomli

from analyzer.knowledge import load_knowledge
from analyzer.precedents.agreements import Agreements
from analyzer.precedents.families import find_families
from analyzer.precedents.lineage import appearances, clauses_with, periods
from analyzer.precedents.neighbours import Neighbours
from analyzer.types import LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
PARALLEL = {"trilingual": ROOT / "corpus/gold/trilingual.toml", "own": ROOT / "benchmarks/precedents.toml"}
"""Files of parallel clauses, by the name of the set."""
OTHERS = ("clauses.toml", "clauses-2.toml")
"""Files of ``corpus/training`` whose clauses stand among the parallel ones."""
OTHER_WORDS = ("domestic", "territory", "relevant", "measures", "national", "respective", "timely", "including")
"""Words that copies of agreements have here and there."""
BLANK = {"agreement": "", "article": "", "date_signed": "", "date_in_force": "", "parties": "", "strength": "B"}


def parallel_clauses(path: Path) -> list[dict[str, str]]:
    """Return the words of each clause by language."""
    clauses = tomli.loads(path.read_text(encoding="utf-8"))["clause"]
    return [{code: _words(clause[code]) for code in LANGUAGES} for clause in clauses]


def recall(clauses: Sequence[dict[str, str]], others: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Return recall@1 for each pair of languages, and over ``all`` pairs.

    Args:
        clauses: Parallel clauses.
        others: Rows that stand among them.
    """
    rows = [_row(f"{number}", code, clause[code]) for number, clause in enumerate(clauses) for code in LANGUAGES]
    neighbours = Neighbours([*rows, *others], load_knowledge())
    found = {}
    for one, other in permutations(LANGUAGES, 2):
        hits = 0
        for number, clause in enumerate(clauses):
            alike = [near for near in neighbours.by_meaning(clause[one], one) if near.wording.language == other]
            hits += max(alike, key=lambda near: near.similarity).wording.clause_id == f"{number}-{other}"
        found[f"{one}-{other}"] = hits / len(clauses)
    return {**found, "all": sum(found.values()) / len(found)}


def other_rows() -> Iterator[dict[str, Any]]:
    """Yield the clauses of the training set as rows."""
    for name in OTHERS:
        for clause in tomli.loads((ROOT / "corpus/training" / name).read_text(encoding="utf-8"))["clause"]:
            if clause["labels"]:
                yield _row(clause["id"], clause["language"], clause["text"])


def _words(version: Any) -> str:
    return str(version if isinstance(version, str) else version["text"])


def _row(name: str, language: str, text: str) -> dict[str, Any]:
    own = {"agreement_id": name, "clause_id": f"{name}-{language}", "language": language, "text": text}
    return {**BLANK, **own, "categories": (), "instruments": ()}


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=Path, help="a folder with provisions.jsonl")
    arguments = parser.parse_args()
    others = list(other_rows())
    for name, path in PARALLEL.items():
        clauses = parallel_clauses(path)
        for told, among in (("alone", []), (f"among {len(others)} others", others)):
            values = recall(clauses, among)
            print(f"{name}, {len(clauses)} clauses, {told}: {json.dumps({k: round(v, 3) for k, v in values.items()})}")
    if arguments.results:
        _measure(arguments.results)


def _measure(folder: Path) -> None:
    """Print what families, searches, schools and lineage take for a quarter of the agreements, all, and four times all.

    The last are copies with other ids in which one word in twelve is another, so that no two are the same.
    """
    names = ("provisions", "agreements", "indicators")
    tables = {name: _rows(folder / f"{name}.jsonl") for name in names}
    ids = sorted({row["agreement_id"] for row in tables["provisions"]})
    before = 0.0
    for told, factor, chosen in (
        ("a quarter", 1, set(ids[::4])),
        ("all", 1, set(ids)),
        ("four times all", 4, set(ids)),
    ):
        copies = [
            _copy(row, number, name == "provisions")
            for name in names
            for number in range(factor)
            for row in tables[name]
            if row["agreement_id"] in chosen
        ]
        provisions = [row for row in copies if "clause_id" in row]
        agreements = [row for row in copies if "binding_share" in row]
        indicators = [row for row in copies if "clause_id" not in row and "binding_share" not in row]
        seconds = _seconds(provisions, agreements, indicators)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        growth = f", {seconds / before:.1f} times as long" if before else ""
        print(f"{told}: {len(provisions)} provisions in {seconds:.1f} s{growth}; at most {most:.0f} MB")
        before = seconds


def _seconds(provisions: list[Any], agreements: list[Any], indicators: list[Any]) -> float:
    knowledge = load_knowledge()
    began = process_time()
    families = find_families(provisions, knowledge)
    neighbours = Neighbours(provisions, knowledge)
    for one in neighbours.wordings[:5]:
        neighbours.nearest(one.text, one.language, without=one.agreement_id)
    compared = Agreements(provisions, agreements, indicators, knowledge)
    compared.schools()
    compared.places()
    compared.model(compared.ids[-1])
    for code in list(knowledge.categories)[:5]:
        clauses = clauses_with(provisions, families, code)
        appearances(clauses, families, code, knowledge)
        periods(clauses, agreements, knowledge.strength.scale, 5)
    return process_time() - began


def _copy(row: dict[str, Any], number: int, worded: bool) -> dict[str, Any]:
    if not number:
        return row
    words = row["text"].split(" ") if worded else []
    chance = random.Random(f"{number} {row['agreement_id']} {row.get('clause_id')}")
    for place in range(len(words)):
        if chance.random() < 1 / 12:
            words[place] = chance.choice(OTHER_WORDS)
    changed = {"text": " ".join(words)} if worded else {}
    return {**row, **changed, "agreement_id": f"{row['agreement_id']}-{number}"}


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


if __name__ == "__main__":
    main()
