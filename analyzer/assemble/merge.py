"""What rules and model say about a clause becomes one verdict: categories, how sure each is, whether to look again.

Without a model the rules decide alone. With one, the evidence of both is weighed by coefficients that were fitted on
predictions for agreements which the model had not seen (``analyzer.learn.training.fit``); so the confidence is a
probability. A clause is judged together with its neighbours: the clause it hangs on, those before and after it, its
article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

from analyzer.knowledge import Knowledge
from analyzer.types import ANY, Clause, Tag, Verdict

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

REVIEW_BELOW = 0.8
"""Provisions less sure than this are marked for a person to look at."""
DOUBTED = 0.7
"""A category given with less than this, or refused although a witness was surer of it than this, is marked too."""
FLOOR = 0.05
"""Probability that stands for "not said"."""
EVIDENCE = (
    *("model", "model: lead-in", "model: before", "model: after", "model: article", "model: any"),
    *("rule", "rule: sureness", "inherited", "rule: lead-in", "rules: provision", "rules: number", "rule and model"),
)
"""What is weighed for each category: the third axis of ``Table.weigh``'s result."""
SIGNS = (
    *("any", "any: lead-in", "any: before", "any: after", "any: article"),
    *("rules: provision", "rules: sureness", "best category", "second category", "rules: article"),
)
"""What is weighed to tell whether a clause is a labour provision at all."""

Tags = Mapping[int, Sequence[Tag]]


@dataclass(frozen=True)
class Merge:
    """Coefficients that weigh the evidence of rules and model.

    Attributes:
        categories: The codes it knows.
        weights: Shape categories × ``EVIDENCE``.
        biases: Shape categories.
        any_weights: Shape ``SIGNS``.
        any_bias: Bias of the decision whether a clause is a provision.
        thresholds: Least probability of each category that is given.
        any_threshold: Least probability of a clause that is a provision.
    """

    categories: tuple[str, ...]
    weights: Array
    biases: Array
    any_weights: Array
    any_bias: float
    thresholds: Array
    any_threshold: float

    def judge(self, clauses: Sequence[Clause], rules: Tags, model: Tags, knowledge: Knowledge) -> dict[int, Verdict]:
        """Return the verdict on each clause that is a labour provision.

        Args:
            clauses: The clauses of the agreement.
            rules: Tags of rules and instruments, inherited ones among them, by index.
            model: Tags of the model.
            knowledge: The categories.
        """
        if not model:
            return {}
        indices = sorted(model)
        table = Table(clauses, rules, indices, _said(model, indices, self.categories), self.categories, knowledge)
        sure = self.probabilities(table)
        any_sure = self.any_probabilities(table, sure)
        # A clause that names a fundamental principle is a labour provision by definition of the codebook.
        principles = [at for at, code in enumerate(self.categories) if knowledge.categories[code].principle]
        verdicts = {}
        for row, index in enumerate(table.indices):
            said = rules.get(index, ())
            by_rules = confidences([tag for tag in said if tag.category not in self.categories])
            alone = [by_rules[code] for code in by_rules if knowledge.categories[code].alone]
            likely = max(float(any_sure[row]), float(sure[row, principles].max(initial=0)), *alone)
            if likely < self.any_threshold:
                continue
            given = {self.categories[at]: float(sure[row, at]) for at in (sure[row] >= self.thresholds).nonzero()[0]}
            found = {**given, **by_rules}
            if any(knowledge.categories[code].alone for code in found):
                verdicts[index] = Verdict(likely, found, _doubtful(likely, found, [*said, *model[index]]))
        return verdicts

    def threshold_of(self, code: str) -> float:
        """Return the least probability with which a category is given; 0 for one that only rules give."""
        return float(self.thresholds[self.categories.index(code)]) if code in self.categories else 0.0

    def probabilities(self, table: Table) -> Array:
        """Return the probability of each category (shape: clauses × categories)."""
        import numpy as np

        return _logistic(np.einsum("nkf,kf->nk", table.weigh(), self.weights) + self.biases)

    def any_probabilities(self, table: Table, sure: Array) -> Array:
        """Return the probability of each clause that it is a labour provision, given those of its categories."""
        return _logistic(table.signs(sure) @ self.any_weights + self.any_bias)


class Table:
    """The evidence about all clauses of a document that the model has seen, as arrays.

    Args:
        clauses: The clauses of the document.
        rules: Tags of rules and instruments, inherited ones among them, by index.
        indices: The clauses that the model has seen, in order; one row each.
        said: What it said: the probability of each category and of any (shape: rows × categories + 1).
        categories: The codes of its columns.
        knowledge: The codebook.
    """

    def __init__(
        self,
        clauses: Sequence[Clause],
        rules: Tags,
        indices: Sequence[int],
        said: Array,
        categories: Sequence[str],
        knowledge: Knowledge,
    ) -> None:
        import numpy as np

        self.indices = indices
        column = {code: place for place, code in enumerate((*categories, ANY))}
        ruled, inherited = np.zeros(said.shape), np.zeros(said.shape)
        self._provision = np.zeros((len(said), 1))
        for row, index in enumerate(indices):
            for tag in rules.get(index, ()):
                if tag.category in column:
                    witness = inherited if tag.source == "inherited" else ruled
                    witness[row, column[tag.category]] = max(witness[row, column[tag.category]], tag.confidence)
            self._provision[row] = any(knowledge.categories[tag.category].alone for tag in rules.get(index, ()))
        self._said, self._ruled, self._inherited = said, ruled, inherited
        self._alone = [place for place, code in enumerate(categories) if knowledge.categories[code].alone]
        self._lead, self._before, self._after, self._article = _neighbours(clauses, self.indices)

    def weigh(self) -> Array:
        """Return what is weighed for each category (shape: clauses × categories × ``EVIDENCE``)."""
        import numpy as np

        said = _logit(self._said)
        ruled = self._ruled[:, :-1]
        hit = (ruled > 0).astype(float)
        own = said[:, :-1]
        full = np.ones_like(own)
        hangs = (self._lead >= 0)[:, None]
        parts = (
            own,
            _at(said, self._lead)[:, :-1] * hangs / 2,
            _at(said, self._before)[:, :-1] / 2,
            _at(said, self._after)[:, :-1] / 2,
            _logit(self._mean(self._said))[:, :-1] / 2,
            full * said[:, -1:] / 2,
            hit * 2,
            _logit(np.where(ruled > 0, ruled, 0.5)) / 2,
            (self._inherited[:, :-1] > 0) * 2.0,
            np.where(hangs, ruled[self._lead], 0) * 2,
            full * self._provision * 2,
            full * hit.sum(1, keepdims=True) / 3,
            own * hit / 2,
        )
        return np.stack(parts, axis=2)

    def signs(self, sure: Array) -> Array:
        """Return what is weighed for the clause as a whole (shape: clauses × ``SIGNS``)."""
        import numpy as np

        said = _logit(self._said)[:, -1:]
        alone = np.sort(sure[:, self._alone], axis=1)
        parts = (
            said,
            _at(said, self._lead),
            _at(said, self._before),
            _at(said, self._after),
            _logit(self._mean(self._said))[:, -1:],
            self._provision * 3,
            self._ruled.max(1, keepdims=True) * 3,
            _logit(alone[:, -1:]),
            alone[:, -2:-1],
            self._mean(self._provision) * 3,
        )
        return np.hstack(parts)

    def _mean(self, values: Array) -> Array:
        """Return the mean over the clauses of the same article."""
        import numpy as np

        sums = np.zeros((int(self._article.max()) + 1, values.shape[1]))
        np.add.at(sums, self._article, values)
        mean: Array = (sums / np.bincount(self._article)[:, None])[self._article]
        return mean


def _said(model: Tags, indices: Sequence[int], categories: Sequence[str]) -> Array:
    """Return the tags of a model as an array of probabilities (shape: indices × categories + 1)."""
    import numpy as np

    column = {code: place for place, code in enumerate((*categories, ANY))}
    said = np.zeros((len(indices), len(column)))
    for row, index in enumerate(indices):
        for tag in model[index]:
            said[row, column[tag.category]] = tag.confidence
    return said


def judge_by_rules(rules: Tags, knowledge: Knowledge) -> dict[int, Verdict]:
    """Return the verdict of the rules alone on each clause that is a labour provision by them."""
    verdicts = {}
    for index, tags in rules.items():
        if any(knowledge.categories[tag.category].alone for tag in tags):
            sure = confidences(tags)
            best = max(sure.values())
            verdicts[index] = Verdict(best, sure, round(best, 3) < REVIEW_BELOW)
    return verdicts


def confidences(tags: Sequence[Tag]) -> dict[str, float]:
    """Return, per category, the confidence of independent witnesses: one minus the chance that all are wrong."""
    by_rule: dict[str, dict[str, float]] = {}
    for tag in tags:
        by_rule.setdefault(tag.category, {})[tag.rule_id] = tag.confidence
    return {category: 1 - prod(1 - sure for sure in rules.values()) for category, rules in by_rule.items()}


def _doubtful(sure: float, given: Mapping[str, float], witnesses: Sequence[Tag]) -> bool:
    if sure < REVIEW_BELOW or min(given.values()) < DOUBTED:
        return True
    return any(tag.confidence > DOUBTED and tag.category not in given and tag.category != ANY for tag in witnesses)


def _neighbours(clauses: Sequence[Clause], indices: Sequence[int]) -> tuple[Array, Array, Array, Array]:
    """Return, for each row, the rows of the clause it hangs on and of those before and after it (-1: none).

    The last array numbers the articles. Before and after count only clauses that hang on the same one.
    """
    import numpy as np

    row_of = {index: row for row, index in enumerate(indices)}
    lead, before, after = (np.full(len(indices), -1) for _ in range(3))
    article = np.zeros(len(indices), dtype=int)
    last: dict[int | None, int] = {}
    articles: dict[int | None, int] = {}
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
        article[row] = articles.setdefault(above, len(articles))
    return lead, before, after, article


def _at(values: Array, rows: Array) -> Array:
    """Return the values of other rows, and those of "not said" where there is none."""
    import numpy as np

    found: Array = np.where((rows >= 0)[:, None], values[rows], _logit(np.array(FLOOR)))
    return found


def _logit(sure: Array) -> Array:
    import numpy as np

    clipped = np.clip(sure, FLOOR, 1 - FLOOR)
    result: Array = np.log(clipped / (1 - clipped))
    return result


def _logistic(scores: Array) -> Array:
    import numpy as np

    result: Array = 1 / (1 + np.exp(-scores))
    return result
