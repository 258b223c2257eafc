"""Annotated agreements as the learner sees them: candidate clauses with features, labels and what the rules say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analyzer.api import Analyzer
from analyzer.learn.training.gold import Annotated, labels_of
from analyzer.tag.examination import Examination
from analyzer.tag.features import Features, features_of
from analyzer.tag.rules import provides

REST_WEIGHT = 0.5
"""Weight of a clause outside the annotated slices: it holds no labour provision, as far as a search can tell."""


@dataclass(frozen=True, slots=True)
class Examples:
    """The clauses of one agreement that can be about labour.

    Attributes:
        annotated: The agreement.
        found: What rules and instruments say about it.
        indices: The clauses, by index.
        features: The features of each.
        labels: The labels of each, ``None`` where the annotations say nothing.
        weights: How much each counts in training; 0 where ``labels`` is ``None``.
    """

    annotated: Annotated
    found: Examination
    indices: tuple[int, ...]
    features: tuple[Features, ...]
    labels: tuple[frozenset[str] | None, ...]
    weights: tuple[float, ...]


def prepare(agreements: Iterable[Annotated], analyzer: Analyzer) -> list[Examples]:
    """Return the examples of each agreement."""
    return [_prepare(annotated, analyzer) for annotated in agreements]


def _prepare(annotated: Annotated, analyzer: Analyzer) -> Examples:
    found = analyzer.examine(annotated.document, annotated.clauses)
    reading = found.reading
    clauses = reading.clauses
    labels = labels_of(annotated, clauses)
    if annotated.rest:
        for index, clause in enumerate(clauses):
            if not any(start < clause.own_end and clause.start < end for start, end in annotated.places):
                labels[index] = frozenset()
    indices = [index for index in found.candidates if provides(annotated.document, clauses[index])]
    in_places = [any(s < clauses[i].own_end and clauses[i].start < e for s, e in annotated.places) for i in indices]
    return Examples(
        annotated=annotated,
        found=found,
        indices=tuple(indices),
        features=tuple(features_of(reading, index) for index in indices),
        labels=tuple(labels[index] for index in indices),
        weights=tuple(
            0.0 if labels[index] is None else 1.0 if inside else REST_WEIGHT
            for index, inside in zip(indices, in_places, strict=True)
        ),
    )
