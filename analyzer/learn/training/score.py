"""Comparison of provisions with annotations: precision, recall and F of detection, principles, codes and instruments.

A unit gets the categories of every row that stands for it (``gold.alignment``). Only annotated units are scored, and
the supplementary codes, which the ToTA annotations lack, are excluded.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analyzer.knowledge import Knowledge
from analyzer.learn.training.gold import Annotated, alignment
from analyzer.types import Clause, Provision

NUMBERED = re.compile(r"[CPR]\d{3}")
LEAST_UNITS = 5
"""Codes with fewer units are excluded from the macro average."""


@dataclass(slots=True)
class Counts:
    """True positives, false positives and false negatives."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def add(self, true: Iterable[object], given: Iterable[object]) -> None:
        """Compare the set of given answers with the set of right ones and add the counts."""
        right, answers = set(true), set(given)
        self.hits += len(right & answers)
        self.false += len(answers - right)
        self.missed += len(right - answers)

    def plus(self, other: Counts) -> None:
        """Add other counts to these."""
        self.hits, self.false, self.missed = (
            self.hits + other.hits,
            self.false + other.false,
            self.missed + other.missed,
        )

    @property
    def support(self) -> int:
        """Number of right answers."""
        return self.hits + self.missed

    @property
    def precision(self) -> float:
        """Share of the given answers that are right."""
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        """Share of the right answers that are given."""
        return self.hits / max(1, self.support)

    @property
    def f(self) -> float:
        """Harmonic mean of precision and recall; 0 where nothing is right."""
        return 2 * self.hits / (2 * self.hits + self.false + self.missed) if self.hits else 0.0


@dataclass(slots=True)
class Scores:
    """All figures of one evaluation.

    Attributes:
        detection: Labour provision or not.
        principles: The fundamental principles and rights at work.
        instruments: Conventions, Protocols and Recommendations cited individually.
        codes: Each code.
        strengths: Number of detected provisions with the right and with a wrong strength.
        confusions: Number of units in which the first code was missed and the second given instead.
        outside: Rows in text known to have no labour provision.
    """

    detection: Counts = field(default_factory=Counts)
    principles: Counts = field(default_factory=Counts)
    instruments: Counts = field(default_factory=Counts)
    codes: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    strengths: Counter[bool] = field(default_factory=Counter)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    outside: int = 0

    def add(self, other: Scores) -> None:
        """Add the figures of another agreement."""
        for name in ("detection", "principles", "instruments"):
            getattr(self, name).plus(getattr(other, name))
        for code, counts in other.codes.items():
            self.codes[code].plus(counts)
        self.strengths.update(other.strengths)
        self.confusions.update(other.confusions)
        self.outside += other.outside

    @property
    def micro(self) -> Counts:
        """All codes together."""
        total = Counts()
        for counts in self.codes.values():
            total.plus(counts)
        return total

    @property
    def macro(self) -> float:
        """Mean F of the codes with at least ``LEAST_UNITS`` units."""
        supported = [counts.f for counts in self.codes.values() if counts.support >= LEAST_UNITS]
        return sum(supported) / max(1, len(supported))

    @property
    def strength(self) -> float:
        """Share of the detected provisions whose strength is right."""
        return self.strengths[True] / max(1, self.strengths.total())


def score(
    annotated: Annotated, clauses: Sequence[Clause], provisions: Sequence[Provision], knowledge: Knowledge
) -> Scores:
    """Return the figures for the provisions of one agreement."""
    principles = {code for code, category in knowledge.categories.items() if category.principle}
    left_out = {code for code, category in knowledge.categories.items() if category.supplementary}
    by_clause: Mapping[int, Provision] = {provision.clause: provision for provision in provisions}
    scores = Scores()
    for unit, overlaps in zip(annotated.units, alignment(annotated, clauses), strict=True):
        rows = [(both, by_clause[index]) for index, both in overlaps if index in by_clause]
        true = unit.labels - left_out
        proposed = {code for _, row in rows for code in row.categories} - left_out
        cited = {
            id
            for _, row in rows
            for reference in row.references
            for id in reference.instruments
            if NUMBERED.fullmatch(id)
        }
        scores.detection.add({True} & {bool(true)}, {True} & {bool(proposed)})
        scores.principles.add(true & principles, proposed & principles)
        scores.instruments.add(unit.references, cited if true else ())
        for code in true | proposed:
            scores.codes[code].add(true & {code}, proposed & {code})
        if true and proposed:
            scores.confusions.update((missed, given) for missed in true - proposed for given in proposed - true)
        if true and rows:
            nearest = max(rows, key=lambda row: row[0])[1]
            scores.strengths[nearest.strength == unit.strength] += 1
    if annotated.origin == "real":  # annotated to the last clause: whatever else is given is a false alarm
        of_units = {index for overlaps in alignment(annotated, clauses) for index, _ in overlaps}
        for provision in provisions:
            if provision.clause not in of_units:
                scores.detection.false += 1
                for code in set(provision.categories) - left_out:
                    scores.codes[code].false += 1
    if annotated.rest:
        scores.outside = sum(_lies_outside(annotated, clauses[index]) for index in by_clause)
    return scores


def _lies_outside(annotated: Annotated, clause: Clause) -> bool:
    return not any(start < clause.own_end and clause.start < end for start, end in annotated.slices)
