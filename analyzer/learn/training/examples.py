"""Training examples: the candidate clauses of annotated agreements with features, labels and the tags of the rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analyzer.api import Analyzer
from analyzer.learn.training.gold import Annotated, labels_of
from analyzer.tag.examination import Examination
from analyzer.tag.features import Features, features_of
from analyzer.tag.rules import provides

REST_WEIGHT = 0.5
"""Weight of a clause outside the annotated slices, where a search, but no annotator, found no labour provision."""


@dataclass(frozen=True, slots=True)
class Examples:
    """The clauses of one agreement that may be about labour.

    Attributes:
        annotated: The agreement.
        examination: Its reading, with the tags of rules and instruments.
        indices: The clauses, by index.
        features: The features of each.
        labels: The labels of each; ``None`` for a clause without an annotation.
        weights: The weight of each in training; 0 where ``labels`` is ``None``.
    """

    annotated: Annotated
    examination: Examination
    indices: tuple[int, ...]
    features: tuple[Features, ...]
    labels: tuple[frozenset[str] | None, ...]
    weights: tuple[float, ...]


def prepare(agreements: Iterable[Annotated], analyzer: Analyzer) -> list[Examples]:
    """Return the examples of each agreement."""
    return [_prepare(annotated, analyzer) for annotated in agreements]


def _prepare(annotated: Annotated, analyzer: Analyzer) -> Examples:
    examination = analyzer.examine(annotated.document, annotated.clauses)
    reading = examination.reading
    clauses = reading.clauses
    labels = labels_of(annotated, clauses)
    if annotated.rest:
        for index, clause in enumerate(clauses):
            if not any(start < clause.own_end and clause.start < end for start, end in annotated.slices):
                labels[index] = frozenset()
    indices = [index for index in examination.candidates if provides(annotated.document, clauses[index])]
    in_slices = [any(s < clauses[i].own_end and clauses[i].start < e for s, e in annotated.slices) for i in indices]
    return Examples(
        annotated=annotated,
        examination=examination,
        indices=tuple(indices),
        features=tuple(features_of(reading, index) for index in indices),
        labels=tuple(labels[index] for index in indices),
        weights=tuple(
            0.0 if labels[index] is None else 1.0 if inside else REST_WEIGHT
            for index, inside in zip(indices, in_slices, strict=True)
        ),
    )
