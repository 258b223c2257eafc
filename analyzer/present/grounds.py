"""What a provision rests on: the words above it that it continues, how sure it is and why, and why to look at it."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.assemble.lead_in import lead_in_of
from analyzer.knowledge import Knowledge
from analyzer.present.columns import Row
from analyzer.types import Clause, Document, Provision

SUREST = 0.999
"""Greatest confidence that is told: nothing is certain."""


def lead_in(document: Document, clauses: Sequence[Clause], provision: Provision) -> Row:
    """Return the columns ``lead_in`` and ``lead_in_places``."""
    places = lead_in_of(document, clauses, provision)
    return {
        "lead_in": "\n".join(document.text[start:end] for start, end in places),
        "lead_in_places": tuple(f"{start}-{end}" for start, end in places),
    }


def grounds(document: Document, provision: Provision, knowledge: Knowledge) -> Row:
    """Return the columns from ``confidence`` to ``evidence``."""
    return {
        "confidence": _told(provision.confidence),
        "category_confidence": tuple(
            f"{code} {_told(sure):.3g}" for code, sure in zip(provision.categories, provision.confidences, strict=True)
        ),
        "review": provision.review,
        "review_reason": tuple(knowledge.labels.reason(one.code, one.categories) for one in provision.reasons),
        "evidence": _evidence(document, provision),
    }


def _told(confidence: float) -> float:
    return round(min(confidence, SUREST), 3)


def _evidence(document: Document, provision: Provision) -> tuple[Row, ...]:
    """Return one entry per category, witness and words, in the order of the categories; outvoted witnesses come last.

    ``given`` is true where the clause got the category; ``start`` and ``end`` are where the words stand.
    """
    order = {code: position for position, code in enumerate(provision.categories)}
    entries: dict[tuple[str, str, str, str], Row] = {}
    for tag in sorted(provision.tags, key=lambda tag: (order.get(tag.category, len(order)), tag.start, tag.rule_id)):
        words = " ".join(document.text[tag.start : tag.end].split())
        entries.setdefault(
            (tag.category, tag.source, tag.rule_id, words),
            {
                "category": tag.category,
                "given": tag.category in order,
                "source": tag.source,
                "rule": tag.rule_id,
                "words": words,
                "confidence": _told(tag.confidence),
                "start": tag.start,
                "end": tag.end,
            },
        )
    return tuple(entries.values())
