"""Measure ``strength_of`` on gold units, each with its own words and the lead-in found by its numbering.

    python -m benchmarks.strength GOLD.jsonl TOTA_XML_DIR [--without-categories] [--errors N]

Prints the accuracy over all labelled units and by language, and which class was taken for which. The gold's own
categories are given to ``strength_of`` unless told otherwise, so this measures the reading of verbs alone.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import parse

from analyzer.assemble.strength import judge
from analyzer.knowledge import load_knowledge
from analyzer.types import STRENGTHS, Strength

LETTER = re.compile(r"\s*\(?([a-z]{1,2}|[ivx]{1,5})[).]\s")
DASH = re.compile(r"\s*[-–—•·*]")
PARAGRAPH = re.compile(r"\s*\(?\d{1,2}(?:\.\d+)?[.)]?\s")
UNMARKED = 4
"""Depth of a list element without a mark of its own; the marked ones have 1 (letter), 2 (roman), 3 (dash)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A gold unit: its row, its words, the words of the article before it."""

    row: dict[str, Any]
    words: str
    before: str
    heading: str


def read_units(gold: Path, folder: Path) -> Iterator[list[Unit]]:
    """Yield the gold units article by article, in order."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["article"]].append(row)
    annotated = {f"pta_{row['treaty']}" for units in rows.values() for row in units}
    for path in sorted(path for path in folder.glob("*.xml") if path.stem in annotated):
        for chapter in parse(path).getroot().iter("chapter"):
            for article in chapter.iter("article"):
                text = "".join(article.itertext())
                heading = f"{chapter.get('name')} {article.get('number')} {article.get('name')}".lower()
                yield [
                    Unit(row, text[row["start"] : row["end"]], text[: row["start"]], heading)
                    for row in sorted(rows.get(article.get("article_identifier", ""), []), key=lambda row: row["start"])
                ]


def depth(words: str, letter: str) -> int:
    """Return how deep a list element its mark makes a unit (0: none), given the last letter before it."""
    if PARAGRAPH.match(words):
        return 0
    marked = LETTER.match(words)
    if marked:
        follows = (letter, marked[1]) in {("h", "i"), ("u", "v"), ("w", "x")}
        return 2 if re.fullmatch("[ivx]+", marked[1]) and not follows else 1
    return 3 if DASH.match(words) else 0


def predict(units: list[Unit], *, with_categories: bool) -> list[Strength]:
    """Return the strength of each unit of an article, list elements read with their lead-in."""
    expressions = load_knowledge().strength
    said: list[Strength] = []
    depths: list[int] = []
    letter = ""
    for unit in units:
        deep = depth(unit.words, letter)
        marked = LETTER.match(unit.words)
        letter = marked[1] if marked else letter
        previous = units[len(said) - 1].words.rstrip() if said else ""
        if (
            not deep
            and not PARAGRAPH.match(unit.words)
            and (previous.endswith(":") or (depths and depths[-1] == UNMARKED and previous.endswith((",", ";"))))
        ):
            deep = UNMARKED
        language, preamble = unit.row["language"], "preamble" in unit.heading or "preámbulo" in unit.heading
        inherited: Strength | None = None
        if deep and not preamble:
            leads = [i for i in reversed(range(len(said))) if depths[i] < deep]
            lead = lead_in(unit.before)
            inherited = said[leads[0]] if leads else judge(lead, expressions, language).strength
        kind = "recital" if preamble else "item" if deep else "definition" if "defini" in unit.heading else "paragraph"
        if kind == "definition" and PARAGRAPH.match(unit.words):
            kind = "paragraph"
        depths.append(deep)
        said.append(
            expressions.fixed(kind, "preamble" if preamble else "body")
            or judge(
                unit.words,
                expressions,
                language,
                inherited=inherited,
                categories=unit.row["labels"] if with_categories else (),
            ).strength
        )
    return said


def lead_in(before: str) -> str:
    """Return the sentence up to the last colon of the words before a list element."""
    return re.split(r"[.;]\s", before[: before.rfind(":") + 1])[-1][-600:]


def measure(
    articles: Iterable[list[Unit]], *, with_categories: bool = True
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, bool]], list[tuple[str, Unit]]]:
    """Return how often each class was taken for each, how often a language was right, and the wrong units."""
    confusion: Counter[tuple[str, str]] = Counter()
    languages: Counter[tuple[str, bool]] = Counter()
    wrong: list[tuple[str, Unit]] = []
    for units in articles:
        for unit, said in zip(units, predict(units, with_categories=with_categories), strict=True):
            if unit.row["labels"]:
                right = unit.row["strength"]
                confusion[right, said] += 1
                languages[unit.row["language"], said == right] += 1
                if said != right:
                    wrong.append((said, unit))
    return confusion, languages, wrong


def accuracy(confusion: Iterable[tuple[tuple[str, str], int]]) -> float:
    """Return the share of units whose class was right."""
    counts = list(confusion)
    return sum(n for (right, said), n in counts if right == said) / sum(n for _, n in counts)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--without-categories", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    given = parser.parse_args()
    confusion, languages, wrong = measure(
        read_units(given.gold, given.folder), with_categories=not given.without_categories
    )
    print(f"accuracy {accuracy(confusion.items()):.4f} over {confusion.total()} labelled units")
    for language in sorted({language for language, _ in languages}):
        good, bad = languages[language, True], languages[language, False]
        print(f"  {language} {good / (good + bad):.4f} ({good}/{good + bad})")
    print("gold \\ said", *(f"{said:>5}" for said in STRENGTHS))
    for right in STRENGTHS:
        print(f"{right:>11}", *(f"{confusion[right, said]:5}" for said in STRENGTHS))
    for said, unit in wrong[: given.errors]:
        row = unit.row
        print(
            row["strength"],
            "said",
            said,
            row["treaty"],
            row["article"],
            row["unit"],
            " ".join(unit.words.split())[:160],
        )


if __name__ == "__main__":
    main()
