"""What was found in one agreement, and the decision about each clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analyzer.assemble.connect import connect
from analyzer.assemble.merge import Merge, judge_by_rules
from analyzer.assemble.provisions import add_from_lead_in, assemble
from analyzer.knowledge import Knowledge
from analyzer.tag.classifier import SHOWN
from analyzer.tag.examination import Examination
from analyzer.types import ANY, Clause, Decision, Document, IndicatorValue, Provision, Reference, Tag

STEPS = ("read", "screen", "segment", "tag", "instruments", "classify", "assemble", "indicators")


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in one agreement.

    Attributes:
        document: The agreement as read.
        clauses: Its structure.
        provisions: Its labour provisions, in reading order.
        references: The instruments it cites anywhere.
        knowledge: The categories and rules that were used.
        timings: Seconds spent in each of ``STEPS``.
        indicator_values: What the whole agreement provides, by the id of the indicator; empty where it was not asked.
    """

    document: Document
    clauses: tuple[Clause, ...]
    provisions: tuple[Provision, ...]
    references: tuple[Reference, ...]
    knowledge: Knowledge
    timings: Mapping[str, float]
    indicator_values: Mapping[str, IndicatorValue] = field(default_factory=dict)

    def compact(self) -> Findings:
        """Return the same with no more clauses than the tables need, where that is at hand."""
        return self


def decide(
    examination: Examination, opinion: Mapping[int, Sequence[Tag]] | None, merge: Merge | None, knowledge: Knowledge
) -> tuple[Provision, ...]:
    """Return the provisions of an agreement, with what they refer to and what enforces them.

    Its clauses must all be cut.

    Args:
        examination: What rules and instruments say about it.
        opinion: Tags of the classifier; ``None``: the rules decide alone.
        merge: How both are weighed; ``None`` without a classifier.
        knowledge: The categories.
    """
    return connect(examination.reading, provisions_of(examination, opinion, merge, knowledge), knowledge)


def provisions_of(
    examination: Examination, opinion: Mapping[int, Sequence[Tag]] | None, merge: Merge | None, knowledge: Knowledge
) -> tuple[Provision, ...]:
    """Return the provisions of an agreement, not connected with each other (see ``decide``)."""
    tags = {index: list(found) for index, found in examination.tags.items()}
    if opinion is None or merge is None:
        decisions = judge_by_rules(examination.tags, knowledge)
    else:
        allowed = {index: tags for index, tags in opinion.items() if index not in examination.vetoed}
        decisions = merge.judge(examination.reading.clauses, examination.tags, allowed, knowledge)
        tags = {
            index: [*tags.get(index, ()), *(tag for tag in opinion[index] if _is_shown(tag, decision))]
            for index, decision in decisions.items()
        }
        add_from_lead_in(tags, decisions, examination.reading.clauses, knowledge)
    return assemble(examination, tags, decisions, knowledge)


def _is_shown(tag: Tag, decision: Decision) -> bool:
    """Return whether a tag of the classifier is shown as evidence: if its category is given, or it is fairly sure."""
    return tag.category != ANY and (tag.category in decision.categories or tag.confidence >= SHOWN)
