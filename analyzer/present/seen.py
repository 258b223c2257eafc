"""Results as a reader of a language sees them: the same rows, with names and reasons in that language."""

from __future__ import annotations

from copy import copy
from typing import TypeVar

from analyzer.present.columns import Row
from analyzer.present.statistics import Statistics
from analyzer.types import Language

S = TypeVar("S", bound=Statistics)


def seen_in(study: S, language: Language) -> S:
    """Return results with the names of their knowledge in a language; the rows keep their codes.

    Args:
        study: The results.
        language: English, Spanish or French.
    """
    if language == "en":
        return study
    seen = copy(study)
    object.__setattr__(seen, "knowledge", study.knowledge.in_language(language))
    return seen


def with_reasons_in(row: Row, study: Statistics) -> Row:
    """Return a row of ``provisions`` with its reasons in the language of the labels of a study."""
    known = study.knowledge
    if "review_reason" not in row or known.labels is known.all_labels["en"]:
        return row
    reasons = tuple(known.labels.reason_from(words, known.all_labels["en"]) for words in row["review_reason"])
    return {**row, "review_reason": reasons}
