"""Why a person should look at a provision: where the witnesses differ, and where they are not sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analyzer.types import ANY, Reason, Tag

REVIEW_BELOW = 0.8
"""Confidence below which a provision is marked for review."""
DOUBTED = 0.7
"""Confidence of a category below which a provision is marked for review; so is one where a witness was surer than this
of a category that was not given."""
SAYS_SO = 0.5
"""Probability from which the classifier says that a clause has a category."""

UNSURE_PROVISION = Reason("unsure")
"""Nobody is sure that it is a labour provision."""
REFUSED = Reason("refused")
"""A sure rule makes it a provision, and the classifier does not."""
BY_LEAD_IN = Reason("by_lead_in")
"""It is a provision by its lead-in alone."""
WEAK_RULE = Reason("weak_rule")
"""Only a rule that is often wrong makes it a provision."""
PICTURE, DAMAGED = Reason("picture"), Reason("damaged")
"""Its words were read from a picture; its words are damaged."""


def doubts_about(
    confidence: float, given: Mapping[str, float], rule_tags: Sequence[Tag], model_tags: Sequence[Tag]
) -> tuple[Reason, ...]:
    """Return why a person should look at a provision; nothing where all witnesses agree and are sure.

    Args:
        confidence: How sure it is a provision.
        given: How sure each category is that it got.
        rule_tags: Tags of rules and instruments.
        model_tags: Tags of the classifier.
    """
    ruled = {tag.category for tag in rule_tags}
    seen = {tag.category for tag in model_tags if tag.confidence >= SAYS_SO}
    # A category that is doubtful, or that was not given although a witness was sure of it.
    doubtful = [code for code, sure in given.items() if sure < DOUBTED]
    refused = [tag for tag in (*rule_tags, *model_tags) if tag.confidence > DOUBTED and tag.category not in given]
    asked = dict.fromkeys((*doubtful, *(tag.category for tag in refused if tag.category != ANY)))
    differ = tuple(code for code in asked if (code in ruled) != (code in seen))
    unsure = tuple(code for code in asked if code not in differ)
    return (
        *((UNSURE_PROVISION,) if confidence < REVIEW_BELOW else ()),
        *((Reason("differ", differ),) if differ else ()),
        *((Reason("unsure_category", unsure),) if unsure else ()),
    )
