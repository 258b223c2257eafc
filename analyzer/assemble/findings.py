"""What was found in one agreement, and the decision about each clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzer.assemble.merge import Merge, judge_by_rules
from analyzer.assemble.provisions import assemble
from analyzer.knowledge import Knowledge
from analyzer.tag.classifier import SHOWN
from analyzer.tag.examination import Examination
from analyzer.types import ANY, Clause, Document, Provision, Reference, Tag, Verdict

STEPS = ("read", "segment", "screen", "tag", "instruments", "classify", "assemble")


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
    """

    document: Document
    clauses: tuple[Clause, ...]
    provisions: tuple[Provision, ...]
    references: tuple[Reference, ...]
    knowledge: Knowledge
    timings: Mapping[str, float]


def decide(
    found: Examination, opinion: Mapping[int, Sequence[Tag]] | None, merge: Merge | None, knowledge: Knowledge
) -> tuple[Provision, ...]:
    """Return the provisions of an agreement.

    Args:
        found: What rules and instruments say about it.
        opinion: What a model says about its candidates, and ``merge`` how both are weighed; ``None``: rules alone.
        merge: See ``opinion``.
        knowledge: The categories.
    """
    clauses = found.reading.clauses
    said: Mapping[int, Sequence[Tag]] = found.said
    if opinion is None or merge is None:
        verdicts = judge_by_rules(found.said, knowledge)
    else:
        verdicts = merge.judge(clauses, found.said, opinion, knowledge)
        said = {
            index: [*said.get(index, ()), *(tag for tag in opinion[index] if _is_told(tag, verdict))]
            for index, verdict in verdicts.items()
        }
    return assemble(found.reading.document, clauses, said, verdicts, found.references, knowledge)


def _is_told(tag: Tag, verdict: Verdict) -> bool:
    """Say whether a tag of the model belongs in the evidence: it is believed, or the model was fairly sure of it."""
    return tag.category != ANY and (tag.category in verdict.categories or tag.confidence >= SHOWN)
