"""Merge what the taggers and finders said about each clause into provisions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from math import prod

from analyzer.instruments import category_of
from analyzer.knowledge import Knowledge
from analyzer.strength import strength_of
from analyzer.types import CONTAINERS, Clause, Document, Provision, Reference, Strength, Tag

HEIRS = frozenset({"item", "subitem"})
"""Kinds that take codes and strength from their lead-in (codebook 9.1)."""
INSTRUMENT_CONFIDENCE = 0.97
INHERITANCE = 0.95
"""Factor on the confidence of an inherited tag."""
REVIEW_BELOW = 0.8
"""Provisions less sure than this are marked for a person to look at."""


def assemble(
    document: Document,
    clauses: Sequence[Clause],
    tags: Mapping[int, Sequence[Tag]],
    references: Sequence[Reference],
    knowledge: Knowledge,
) -> tuple[Provision, ...]:
    """Return the provisions of a document in reading order.

    Args:
        document: The agreement.
        clauses: Its clauses.
        tags: What the taggers found, by clause index.
        references: The instruments found in the whole text, in order.
        knowledge: The categories.
    """
    cited = _by_clause(clauses, references)
    merged: dict[int, list[Tag]] = {}
    strengths = _Strengths(document, clauses, merged)
    provisions = []
    for index, clause in enumerate(clauses):
        if clause.kind in CONTAINERS:
            continue
        own = [*tags.get(index, ()), *_instrument_tags(cited.get(index, ()))]
        if clause.kind in HEIRS and clause.parent is not None:
            own += _inherited(merged.get(clause.parent, ()), own, knowledge, clause.start)
        if not any(knowledge.categories[tag.category].alone for tag in own):
            continue
        merged[index] = own
        sure = confidences(own)
        confidence = round(max(sure.values()), 3)
        provisions.append(
            Provision(
                clause=index,
                categories=tuple(code for code in knowledge.categories if code in sure),
                tags=tuple(own),
                references=tuple(cited.get(index, ())),
                strength=strengths.of(index),
                confidence=confidence,
                review=confidence < REVIEW_BELOW,
            )
        )
    return tuple(provisions)


def confidences(tags: Sequence[Tag]) -> dict[str, float]:
    """Return, per category, the confidence of independent witnesses: one minus the chance that all are wrong."""
    by_rule: dict[str, dict[str, float]] = {}
    for tag in tags:
        by_rule.setdefault(tag.category, {})[tag.rule_id] = tag.confidence
    return {category: 1 - prod(1 - sure for sure in rules.values()) for category, rules in by_rule.items()}


def _by_clause(clauses: Sequence[Clause], references: Sequence[Reference]) -> dict[int, list[Reference]]:
    starts = [clause.start for clause in clauses]
    found: dict[int, list[Reference]] = {}
    for reference in references:
        index = bisect_left(starts, reference.start + 1) - 1
        if index >= 0 and reference.start < clauses[index].own_end:
            found.setdefault(index, []).append(reference)
    return found


def _instrument_tags(references: Sequence[Reference]) -> list[Tag]:
    return [
        Tag(category_of(cited.id), "instrument", cited.id, INSTRUMENT_CONFIDENCE, cited.start, cited.end)
        for cited in references
    ]


def _inherited(lead: Sequence[Tag], own: Sequence[Tag], knowledge: Knowledge, at: int) -> list[Tag]:
    """Return the lead-in's tags that an item with its ``own`` tags takes over."""
    known = knowledge.categories
    topics_too = any(known[tag.category].carries_topics for tag in own)
    return [
        Tag(tag.category, "inherited", tag.rule_id, round(tag.confidence * INHERITANCE, 3), at, at)
        for tag in lead
        if known[tag.category].inherited or (topics_too and known[tag.category].group in ("principle", "topic"))
    ]


class _Strengths:
    """Strength of each clause, worked out once, from the lead-in downwards."""

    def __init__(self, document: Document, clauses: Sequence[Clause], merged: Mapping[int, Sequence[Tag]]) -> None:
        self.document = document
        self.clauses = clauses
        self.merged = merged
        self._known: dict[int, Strength] = {}

    def of(self, index: int) -> Strength:
        if index not in self._known:
            clause = self.clauses[index]
            above = clause.parent
            inherits = clause.kind in HEIRS and above is not None and self.clauses[above].kind not in CONTAINERS
            self._known[index] = strength_of(
                self.document.text[clause.start : clause.own_end],
                language=self.document.language,
                kind=clause.kind,
                location=clause.location,
                inherited=self.of(above) if inherits and above is not None else None,
                categories={tag.category for tag in self.merged.get(index, ())},
            )
        return self._known[index]
