"""Merge what rules and classifier say about a clause into one decision: categories, confidence, review.

Without a model the rules decide alone. With one, the evidence of both is weighed by coefficients that were fitted on
predictions for agreements that the model had not seen (``analyzer.learn.training.fit``), so the confidence is a
probability. A clause is judged together with its lead-in, the clauses before and after it, and its article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

from analyzer.assemble.doubts import BY_LEAD_IN, REFUSED, REVIEW_BELOW, WEAK_RULE, doubts_about
from analyzer.assemble.evidence import EvidenceTable, Tags, opinion_of
from analyzer.knowledge import Knowledge
from analyzer.types import Clause, Decision, Tag

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

SURE_RULE = 0.86
"""Confidence from which a rule makes a clause a provision, at least for review, whatever the classifier says."""
SURE_NAME = 0.93
"""Confidence from which a rule gives a fundamental principle to a provision, at least for review."""
SURE_LEAD = 0.5
"""Probability from which a category of a lead-in is taken over by its items, where the codebook lets them."""
UNSURE = 0.5
"""Confidence of a provision that is given by a sure rule against the classifier."""


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

    def judge(
        self, clauses: Sequence[Clause], rule_tags: Tags, model_tags: Tags, knowledge: Knowledge
    ) -> dict[int, Decision]:
        """Return the decision on each clause that is a labour provision.

        Args:
            clauses: The clauses of the agreement.
            rule_tags: Tags of rules and instruments, inherited ones among them, by index.
            model_tags: Tags of the classifier, by index.
            knowledge: The categories.
        """
        if not model_tags:
            return {}
        opinion = opinion_of(model_tags, self.categories)
        table = EvidenceTable(clauses, rule_tags, opinion, knowledge)
        probabilities = self.probabilities(table)
        any_probabilities = self.any_probabilities(table, probabilities)
        # A clause that names a fundamental principle is a labour provision by definition of the codebook.
        principles = [column for column, code in enumerate(self.categories) if knowledge.categories[code].principle]
        decisions: dict[int, Decision] = {}
        for row, index in enumerate(opinion.indices):
            tags = rule_tags.get(index, ())
            from_lead = _from_lead(clauses, index, decisions, knowledge)
            by_rules = confidences([tag for tag in tags if tag.category not in self.categories])
            alone = [by_rules[code] for code in by_rules if knowledge.categories[code].alone]
            principle = float(probabilities[row, principles].max(initial=0))
            confidence = max(float(any_probabilities[row]), principle, *alone)
            given = {**self._given(tags, probabilities[row], knowledge), **by_rules}
            if confidence >= self.any_threshold and any(knowledge.categories[code].alone for code in given):
                doubts = doubts_about(confidence, given, tags, model_tags[index])
                decisions[index] = Decision(confidence, {**from_lead, **given}, doubts)
            elif from_lead and decisions[clauses[index].parent or 0].confidence >= REVIEW_BELOW:
                decisions[index] = Decision(max(confidence, UNSURE), {**from_lead, **given}, (BY_LEAD_IN,))
            elif sure := self._by_sure_rules(tags, probabilities[row], knowledge):
                decisions[index] = Decision(max(confidence, UNSURE), {**sure, **by_rules}, (REFUSED,))
        return decisions

    def _by_sure_rules(self, tags: Sequence[Tag], probabilities: Array, knowledge: Knowledge) -> dict[str, float]:
        """Return the categories of a clause that the classifier refuses and sure rules give; none if there are none."""
        codes = {tag.category for tag in tags if tag.source == "rule" and tag.confidence >= SURE_RULE}
        if not any(knowledge.categories[code].alone for code in codes):
            return {}
        return {
            code: max(float(probabilities[column]), UNSURE)
            for column, code in enumerate(self.categories)
            if code in codes or probabilities[column] >= self.thresholds[column]
        }

    def _given(self, tags: Sequence[Tag], probabilities: Array, knowledge: Knowledge) -> dict[str, float]:
        """Return the categories that their probability gives, and the principles that rules are sure to be named."""
        named = {tag.category for tag in tags}
        given: dict[str, float] = {}
        for column in (probabilities >= self.thresholds).nonzero()[0]:
            code = self.categories[column]
            if code in named or not knowledge.categories[code].witnessed:
                given[code] = float(probabilities[column])
        for tag in tags:
            if tag.source == "rule" and tag.confidence >= SURE_NAME and knowledge.categories[tag.category].principle:
                given.setdefault(tag.category, UNSURE)
        return given

    def threshold_of(self, code: str) -> float:
        """Return the least probability with which a category is given; 0 for one that only rules give."""
        return float(self.thresholds[self.categories.index(code)]) if code in self.categories else 0.0

    def probabilities(self, table: EvidenceTable) -> Array:
        """Return the probability of each category (shape: clauses × categories)."""
        import numpy as np

        scores = [np.einsum("nkf,kf->nk", piece, self.weights) for piece in table.pieces()]
        return _logistic(np.concatenate(scores) + self.biases)

    def any_probabilities(self, table: EvidenceTable, probabilities: Array) -> Array:
        """Return the probability of each clause that it is a labour provision, given those of its categories."""
        return _logistic(table.signs(probabilities) @ self.any_weights + self.any_bias)


def _from_lead(
    clauses: Sequence[Clause], index: int, decisions: Mapping[int, Decision], knowledge: Knowledge
) -> dict[str, float]:
    """Return the obligations and forms of cooperation that an item takes from its lead-in (codebook 9.1)."""
    lead = clauses[index].parent
    if lead is None or clauses[index].kind not in ("item", "subitem") or lead not in decisions:
        return {}
    return {
        code: probability
        for code, probability in decisions[lead].categories.items()
        if knowledge.categories[code].inherited and probability >= SURE_LEAD
    }


def judge_by_rules(rule_tags: Tags, knowledge: Knowledge) -> dict[int, Decision]:
    """Return the decision of the rules alone on each clause that is a labour provision by them."""
    decisions = {}
    for index, tags in rule_tags.items():
        if any(knowledge.categories[tag.category].alone for tag in tags):
            given = confidences(tags)
            best = max(given.values())
            decisions[index] = Decision(best, given, (WEAK_RULE,) if round(best, 3) < REVIEW_BELOW else ())
    return decisions


def confidences(tags: Sequence[Tag]) -> dict[str, float]:
    """Return, per category, the confidence of independent witnesses: one minus the chance that all are wrong."""
    by_rule: dict[str, dict[str, float]] = {}
    for tag in tags:
        by_rule.setdefault(tag.category, {})[tag.rule_id] = tag.confidence
    return {category: 1 - prod(1 - confidence for confidence in rules.values()) for category, rules in by_rule.items()}


def _logistic(scores: Array) -> Array:
    import numpy as np

    probabilities: Array = 1 / (1 + np.exp(-scores))
    return probabilities
