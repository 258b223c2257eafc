"""Collect the tags of each clause, and make provisions of the decisions on them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence

from analyzer.assemble.doubts import DAMAGED, PICTURE
from analyzer.assemble.effect.effects import HEIRS, Effects
from analyzer.knowledge import Knowledge
from analyzer.tag.examination import Examination
from analyzer.types import CONTAINERS, Clause, Decision, Page, Provision, Reason, Reference, Tag

INSTRUMENT_CONFIDENCE = 0.97
UNSURE_WORDS = 0.8
"""Quality of a page (``Page.quality``) below which its provisions are marked for review."""
INHERITANCE = 0.95
"""Factor on the confidence of an inherited tag."""


def collect(
    clauses: Sequence[Clause],
    tags: Mapping[int, Sequence[Tag]],
    references: Sequence[Reference],
    knowledge: Knowledge,
) -> dict[int, list[Tag]]:
    """Return the tags of rules and instruments by clause index, with those that items inherit from their lead-in.

    Args:
        clauses: The clauses of the agreement.
        tags: What the rules found, by clause index.
        references: The instruments found in the whole text, in order.
        knowledge: The categories.
    """
    cited = _by_clause(clauses, references)
    collected: dict[int, list[Tag]] = {}
    for index, clause in enumerate(clauses):
        if clause.kind in CONTAINERS:
            continue
        clause_tags = [*tags.get(index, ()), *_instrument_tags(cited.get(index, ()), knowledge)]
        lead = collected.get(clause.parent, ()) if clause.kind in HEIRS and clause.parent is not None else ()
        if any(knowledge.categories[tag.category].alone for tag in lead):
            clause_tags += _inherited(lead, clause_tags, knowledge)
        if clause_tags:
            collected[index] = clause_tags
    return collected


def assemble(
    examination: Examination,
    tags: Mapping[int, Sequence[Tag]],
    decisions: Mapping[int, Decision],
    knowledge: Knowledge,
) -> tuple[Provision, ...]:
    """Return the provisions of a document in reading order.

    Args:
        examination: The document, its clauses and the instruments found in it.
        tags: Those of all witnesses, by clause index, outvoted ones included.
        decisions: The decision on each clause that is a provision.
        knowledge: The categories.
    """
    document, clauses = examination.reading.document, examination.reading.clauses
    cited = _by_clause(clauses, examination.references)
    effects = Effects(document, clauses, decisions, knowledge)
    damaged = [page for page in document.pages if page.quality < 1]
    pictures = {n for notice in document.warnings if notice.code == "page-from-picture" for n in notice.pages}
    provisions = []
    for index in sorted(decisions):
        decision, effect = decisions[index], effects.of(index)
        # What was misread cannot be surer than its words.
        pages = [page for page in damaged if _lies_on(clauses[index], page)]
        quality = min((page.quality for page in pages), default=1.0)
        reasons = (*decision.reasons, *(_misread(pages, pictures) if quality < UNSURE_WORDS else ()))
        categories = [code for code in knowledge.categories if code in decision.categories]
        provisions.append(
            Provision(
                clause=index,
                categories=tuple(categories),
                confidences=tuple(round(decision.categories[code], 3) for code in categories),
                tags=tuple(tags.get(index, ())),
                references=tuple(cited.get(index, ())),
                strength=effect.strength,
                effect=effect.legal,
                confidence=round(decision.confidence * quality, 3),
                review=bool(reasons),
                reasons=reasons,
            )
        )
    return tuple(provisions)


def _misread(pages: Sequence[Page], pictures: Collection[int]) -> tuple[Reason, ...]:
    """Return why the words of pages are not sure: they were read from a picture, or they are damaged."""
    unsure = [page.number in pictures for page in pages if page.quality < UNSURE_WORDS]
    return (*((PICTURE,) if any(unsure) else ()), *(() if all(unsure) else (DAMAGED,)))


def add_from_lead_in(
    tags: dict[int, list[Tag]], decisions: Mapping[int, Decision], clauses: Sequence[Clause], knowledge: Knowledge
) -> None:
    """Add to the tags of items the words of their lead-in that gave them a category.

    Args:
        tags: Those of all witnesses, by clause index.
        decisions: The decision on each clause that is a provision.
        clauses: The clauses of the agreement.
        knowledge: The categories.
    """
    for index in sorted(decisions):
        lead = clauses[index].parent
        if lead is None or lead not in decisions or clauses[index].kind not in HEIRS:
            continue
        told = {tag.category for tag in tags[index] if tag.source != "model"}
        for code in decisions[index].categories:
            source = max((tag for tag in tags[lead] if tag.category == code), key=_surest, default=None)
            if source and code not in told and knowledge.categories[code].inherited:
                sure = round(min(source.confidence, decisions[index].categories[code]), 3)
                tags[index].append(Tag(code, "inherited", source.rule_id, sure, source.start, source.end))


def _surest(tag: Tag) -> tuple[bool, float]:
    return tag.source != "model", tag.confidence


def _lies_on(clause: Clause, page: Page) -> bool:
    return clause.start < page.end and page.start < clause.own_end


def _by_clause(clauses: Sequence[Clause], references: Sequence[Reference]) -> dict[int, list[Reference]]:
    starts = [clause.start for clause in clauses]
    by_clause: dict[int, list[Reference]] = {}
    for reference in references:
        index = bisect_left(starts, reference.start + 1) - 1
        if index >= 0 and reference.start < clauses[index].own_end:
            by_clause.setdefault(index, []).append(reference)
    return by_clause


def _instrument_tags(references: Sequence[Reference], knowledge: Knowledge) -> list[Tag]:
    return [
        Tag(code, "instrument", id, INSTRUMENT_CONFIDENCE, cited.start, cited.end)
        for cited in references
        for id in cited.instruments
        if (code := knowledge.instruments[id].category)
    ]


def _inherited(lead: Sequence[Tag], item: Sequence[Tag], knowledge: Knowledge) -> list[Tag]:
    """Return the lead-in's tags that an item with tags of its own takes over; they point at the lead-in's words."""
    categories = knowledge.categories
    topics_too = any(categories[tag.category].carries_topics for tag in item)
    return [
        Tag(tag.category, "inherited", tag.rule_id, round(tag.confidence * INHERITANCE, 3), tag.start, tag.end)
        for tag in lead
        if categories[tag.category].inherited
        or (topics_too and categories[tag.category].group in ("principle", "topic"))
    ]
