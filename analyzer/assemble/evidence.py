"""The evidence about the clauses of a document as arrays: what classifier and rules say of each and its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyzer.knowledge import Knowledge
from analyzer.types import ANY, Clause, Tag

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

FLOOR = 0.05
"""Probability that stands for "not said"."""
EVIDENCE_SCALES: Mapping[str, float] = {
    "model": 1,
    "model: lead-in": 1 / 2,
    "model: before": 1 / 2,
    "model: after": 1 / 2,
    "model: article": 1 / 2,
    "model: any": 1 / 2,
    "rule": 2,
    "rule: sureness": 1 / 2,
    "inherited": 2,
    "rule: lead-in": 2,
    "rules: provision": 2,
    "rules: number": 1 / 3,
    "rule and model": 1 / 2,
}
"""What is weighed for each category, and the factor on its values. The factors bring log-odds, flags and counts to
similar sizes, so that the penalty of the fit treats their weights alike."""
SIGN_SCALES: Mapping[str, float] = {
    "any": 1,
    "any: lead-in": 1,
    "any: before": 1,
    "any: after": 1,
    "any: article": 1,
    "rules: provision": 3,
    "rules: sureness": 3,
    "best category": 1,
    "second category": 1,
    "rules: article": 3,
}
"""What is weighed to decide whether a clause is a labour provision at all, and the factor on its values."""
EVIDENCE = tuple(EVIDENCE_SCALES)
"""The third axis of ``EvidenceTable.weigh``'s result."""
SIGNS = tuple(SIGN_SCALES)
"""The columns of ``EvidenceTable.signs``' result."""

Tags = Mapping[int, Sequence[Tag]]


PIECE = 512
"""Clauses whose evidence is in memory at a time."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the classifier says about clauses, as an array.

    Attributes:
        indices: The clauses, in order; one row each.
        categories: The codes of the columns; the last column is ``types.ANY``.
        probabilities: Shape clauses × (categories + 1).
    """

    indices: Sequence[int]
    categories: Sequence[str]
    probabilities: Array


class EvidenceTable:
    """The evidence about all clauses of a document that the classifier has seen, as arrays.

    Args:
        clauses: The clauses of the document.
        rule_tags: Tags of rules and instruments, inherited ones among them, by index of the clause.
        opinion: What the classifier says; the table has its rows.
        knowledge: The codebook.
    """

    def __init__(
        self,
        clauses: Sequence[Clause],
        rule_tags: Tags,
        opinion: Opinion,
        knowledge: Knowledge,
    ) -> None:
        import numpy as np

        indices, categories = opinion.indices, opinion.categories
        column_of = {code: column for column, code in enumerate((*categories, ANY))}
        self._opinion = opinion.probabilities
        self._ruled, self._inherited = np.zeros(self._opinion.shape), np.zeros(self._opinion.shape)
        self._provision = np.zeros((len(indices), 1))
        for row, index in enumerate(indices):
            tags = rule_tags.get(index, ())
            for tag in tags:
                if tag.category in column_of:
                    witness, column = self._witness(tag), column_of[tag.category]
                    witness[row, column] = max(witness[row, column], tag.confidence)
            self._provision[row] = any(knowledge.categories[tag.category].alone for tag in tags)
        self._alone = [column for column, code in enumerate(categories) if knowledge.categories[code].alone]
        self._lead, self._before, self._after, self._article = _neighbours(clauses, indices)

    def _witness(self, tag: Tag) -> Array:
        return self._inherited if tag.source == "inherited" else self._ruled

    def weigh(self) -> Array:
        """Return what is weighed for each category (shape: clauses × categories × ``EVIDENCE``)."""
        import numpy as np

        weighed: Array = np.concatenate(list(self.pieces()))
        return weighed

    def pieces(self) -> Iterator[Array]:
        """Yield what is weighed for each category for some clauses at a time (see ``weigh``)."""
        odds, means = logit(self._opinion), logit(self._article_mean(self._opinion))
        for first in range(0, max(1, len(odds)), PIECE):
            yield self._weigh(slice(first, first + PIECE), odds, means)

    def _weigh(self, rows: slice, odds: Array, means: Array) -> Array:
        import numpy as np

        odds_of_category = odds[rows, :-1]
        ruled = self._ruled[:, :-1]
        rule_fired = (ruled[rows] > 0).astype(float)
        each = np.ones_like(odds_of_category)
        has_lead = (self._lead[rows] >= 0)[:, None]
        parts = (
            odds_of_category,
            _of_rows(odds, self._lead[rows])[:, :-1] * has_lead,
            _of_rows(odds, self._before[rows])[:, :-1],
            _of_rows(odds, self._after[rows])[:, :-1],
            means[rows, :-1],
            each * odds[rows, -1:],
            rule_fired,
            logit(np.where(ruled[rows] > 0, ruled[rows], 0.5)),
            (self._inherited[rows, :-1] > 0).astype(float),
            np.where(has_lead, ruled[self._lead[rows]], 0),
            each * self._provision[rows],
            each * rule_fired.sum(1, keepdims=True),
            odds_of_category * rule_fired,
        )
        weighed: Array = np.stack(parts, axis=2) * np.array(list(EVIDENCE_SCALES.values()))
        return weighed

    def signs(self, probabilities: Array) -> Array:
        """Return what is weighed for the clause as a whole (shape: clauses × ``SIGNS``).

        Args:
            probabilities: Those of the categories (shape: clauses × categories).
        """
        import numpy as np

        odds_of_any = logit(self._opinion)[:, -1:]
        ascending = np.sort(probabilities[:, self._alone], axis=1)
        parts = (
            odds_of_any,
            _of_rows(odds_of_any, self._lead),
            _of_rows(odds_of_any, self._before),
            _of_rows(odds_of_any, self._after),
            logit(self._article_mean(self._opinion))[:, -1:],
            self._provision,
            self._ruled.max(1, keepdims=True),
            logit(ascending[:, -1:]),
            ascending[:, -2:-1],
            self._article_mean(self._provision),
        )
        signs: Array = np.hstack(parts) * np.array(list(SIGN_SCALES.values()))
        return signs

    def _article_mean(self, values: Array) -> Array:
        """Return the mean over the clauses of the same article."""
        import numpy as np

        sums = np.zeros((int(self._article.max()) + 1, values.shape[1]))
        np.add.at(sums, self._article, values)
        mean: Array = (sums / np.bincount(self._article)[:, None])[self._article]
        return mean


def opinion_of(tags: Tags, categories: Sequence[str]) -> Opinion:
    """Return the classifier's tags as an array of probabilities."""
    import numpy as np

    column_of = {code: column for column, code in enumerate((*categories, ANY))}
    indices = sorted(tags)
    probabilities = np.zeros((len(indices), len(column_of)))
    for row, index in enumerate(indices):
        for tag in tags[index]:
            probabilities[row, column_of[tag.category]] = tag.confidence
    return Opinion(indices, categories, probabilities)


def logit(probabilities: Array) -> Array:
    """Return the log-odds of probabilities, none of which counts as less sure than ``FLOOR``."""
    import numpy as np

    clipped = np.clip(probabilities, FLOOR, 1 - FLOOR)
    odds: Array = np.log(clipped / (1 - clipped))
    return odds


def _neighbours(clauses: Sequence[Clause], indices: Sequence[int]) -> tuple[Array, Array, Array, Array]:
    """Return, for each row, the rows of its parent and of the siblings before and after it (-1: none).

    The last array numbers the articles.
    """
    import numpy as np

    row_of = {index: row for row, index in enumerate(indices)}
    lead, before, after = (np.full(len(indices), -1) for _ in range(3))
    article = np.zeros(len(indices), dtype=int)
    last: dict[int | None, int] = {}
    number_of: dict[int | None, int] = {}
    for row, index in enumerate(indices):
        parent = clauses[index].parent
        if parent in row_of:
            lead[row] = row_of[parent]
        if parent in last:
            before[row], after[last[parent]] = last[parent], row
        last[parent] = row
        above = parent
        while above is not None and clauses[above].kind != "article":
            above = clauses[above].parent
        article[row] = number_of.setdefault(above, len(number_of))
    return lead, before, after, article


def _of_rows(values: Array, rows: Array) -> Array:
    """Return the values of other rows, and those of "not said" where a row is -1."""
    import numpy as np

    chosen: Array = np.where((rows >= 0)[:, None], values[rows], logit(np.array(FLOOR)))
    return chosen
