"""How good the provisions are, measured against annotated agreements.

    python benchmarks/accuracy.py                                the bundled samples
    python benchmarks/accuracy.py --gold GOLD.jsonl --tota DIR   stand-off annotations of ToTA agreements

Prints precision, recall and F of detection, of the fundamental principles, of all codes (micro and macro) and of the
instruments named one by one, the share of right strengths, and with ``--by`` the figures of each code or agreement.

An annotated unit takes the categories of every row that covers at least half of it, or of which it covers at least
half, white space not counted. The supplementary codes, which the ToTA annotations lack, are left out throughout.
"""

from __future__ import annotations

import argparse
import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analyzer import Analysis, Analyzer
from analyzer.bundled import bundled

NUMBERED = re.compile(r"[CPR]\d{3}")


@dataclass(frozen=True, slots=True)
class Unit:
    """An annotated piece of text; ``place`` is the ToTA article or the sample that its offsets count from."""

    treaty: str
    place: str
    start: int
    end: int
    labels: frozenset[str]
    strength: str | None
    references: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A provision found, with offsets that count from the same place."""

    start: int
    end: int
    categories: frozenset[str]
    strength: str
    references: frozenset[str]


@dataclass(slots=True)
class Counts:
    """True positives, false positives and false negatives."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def add(self, true: Iterable[object], said: Iterable[object]) -> None:
        one, other = set(true), set(said)
        self.hits += len(one & other)
        self.false += len(other - one)
        self.missed += len(one - other)

    @property
    def supported(self) -> int:
        return self.hits + self.missed

    def prf(self) -> tuple[float, float, float]:
        precision = self.hits / max(1, self.hits + self.false)
        recall = self.hits / max(1, self.supported)
        return precision, recall, 2 * precision * recall / (precision + recall) if self.hits else 0.0


@dataclass(slots=True)
class Scores:
    """All figures of one evaluation."""

    detection: Counts = field(default_factory=Counts)
    principles: Counts = field(default_factory=Counts)
    instruments: Counts = field(default_factory=Counts)
    codes: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    treaties: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    strengths: Counter[bool] = field(default_factory=Counter)

    @property
    def micro(self) -> Counts:
        parts = self.codes.values()
        return Counts(sum(c.hits for c in parts), sum(c.false for c in parts), sum(c.missed for c in parts))

    @property
    def macro(self) -> float:
        supported = [counts for counts in self.codes.values() if counts.supported >= 5]
        return sum(counts.prf()[2] for counts in supported) / max(1, len(supported))

    @property
    def strength(self) -> float:
        return self.strengths[True] / max(1, self.strengths.total())


def read_units(gold: Path, *, whole_files: bool) -> list[Unit]:
    """Read annotations; ``whole_files``: offsets count from the whole text (samples), not from an article (ToTA)."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Unit(
            treaty=str(row["treaty"]),
            place=str(row["treaty"] if whole_files else row["article"]),
            start=row["start"],
            end=row["end"],
            labels=frozenset(row["labels"]),
            strength=row["strength"],
            references=frozenset(row["refs"]),
        )
        for row in rows
    ]


def rows_of(analysis: Analysis, *, whole_files: bool) -> Iterator[tuple[str, Row]]:
    """Yield the provisions of an agreement with the place that their offsets count from."""
    for provision in analysis.provisions:
        clause = analysis.clauses[provision.clause]
        shift = 0 if whole_files else clause.start - (clause.source_start or 0)
        if whole_files or clause.source_start is not None:
            row = Row(
                clause.start - shift,
                clause.own_end - shift,
                frozenset(provision.categories),
                provision.strength,
                frozenset(cited.id for cited in provision.references if NUMBERED.fullmatch(cited.id)),
            )
            yield analysis.document.agreement_id if whole_files else clause.source_id, row


def texts_of(analysis: Analysis, *, whole_files: bool) -> Iterator[tuple[str, str]]:
    """Yield each place of an agreement with its text."""
    text = analysis.document.text
    if whole_files:
        yield analysis.document.agreement_id, text
    for division in analysis.document.divisions:
        if division.kind == "article" and not whole_files:
            yield division.source_id, text[division.body : division.end]


def score(
    units: Iterable[Unit],
    rows: Mapping[str, list[Row]],
    texts: Mapping[str, str],
    principles: frozenset[str],
    left_out: frozenset[str],
) -> Scores:
    """Compare annotated units with the rows found in the same places."""
    scores = Scores()
    dark = {place: [at for at, char in enumerate(text) if not char.isspace()] for place, text in texts.items()}
    for unit in units:
        marks = dark[unit.place]
        low, high = bisect_left(marks, unit.start), bisect_left(marks, unit.end)
        said: set[str] = set()
        cited: set[str] = set()
        nearest = (0, "")
        for row in rows.get(unit.place, ()):
            first, last = bisect_left(marks, row.start), bisect_left(marks, row.end)
            shared = min(last, high) - max(first, low)
            if shared > 0 and (2 * shared >= high - low or 2 * shared >= last - first):
                said |= row.categories - left_out
                cited |= row.references
                nearest = max(nearest, (shared, row.strength))
        true = unit.labels - left_out
        scores.detection.add({True} & {bool(true)}, {True} & {bool(said)})
        scores.principles.add(true & principles, said & principles)
        scores.instruments.add(unit.references, cited if true else ())
        scores.treaties[unit.treaty].add(true, said)
        for code in true | said:
            scores.codes[code].add(true & {code}, said & {code})
        if true and nearest[0]:
            scores.strengths[nearest[1] == unit.strength] += 1
    return scores


def evaluate(files: Iterable[Path], gold: Path, *, whole_files: bool) -> Scores:
    """Analyse files and score what is found in them."""
    analyzer = Analyzer()
    units = read_units(gold, whole_files=whole_files)
    wanted = {unit.place for unit in units}
    rows: dict[str, list[Row]] = defaultdict(list)
    texts: dict[str, str] = {}
    for file in files:
        analysis = analyzer.analyze(file)
        texts.update((place, text) for place, text in texts_of(analysis, whole_files=whole_files) if place in wanted)
        for place, row in rows_of(analysis, whole_files=whole_files):
            rows[place].append(row)
    categories = analyzer.knowledge.categories
    principles = frozenset(code for code, category in categories.items() if category.principle)
    left_out = frozenset(code for code, category in categories.items() if category.supplementary)
    return score(units, rows, texts, principles, left_out)


def evaluate_samples() -> Scores:
    """Score the bundled samples."""
    files = sorted(bundled("corpus/texts").glob("*.txt"))
    return evaluate(files, bundled("corpus/gold") / "samples.jsonl", whole_files=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help="stand-off annotations (JSON lines) of ToTA agreements")
    parser.add_argument("--tota", type=Path, help="folder with the agreements as pta_N.xml")
    parser.add_argument("--by", choices=["code", "treaty"])
    given = parser.parse_args()
    if bool(given.gold) != bool(given.tota):
        parser.error("--gold and --tota go together")
    if given.gold:
        scores = evaluate(sorted(given.tota.glob("*.xml")), given.gold, whole_files=False)
    else:
        scores = evaluate_samples()
    for name in ("detection", "principles", "micro", "instruments"):
        precision, recall, f = getattr(scores, name).prf()
        print(f"{'codes micro' if name == 'micro' else name:12} P {precision:.3f}  R {recall:.3f}  F {f:.3f}")
    print(f"{'codes macro':12} F {scores.macro:.3f}  (codes with at least 5 units)")
    print(f"{'strength':12} {scores.strength:.3f} right")
    parts = {"code": scores.codes, "treaty": scores.treaties, None: {}}[given.by]
    for part, counts in sorted(parts.items(), key=lambda item: -item[1].supported):
        precision, recall, f = counts.prf()
        print(f"{part:30} n {counts.supported:4}  P {precision:.3f}  R {recall:.3f}  F {f:.3f}")


if __name__ == "__main__":
    main()
