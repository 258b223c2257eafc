"""Rules and model are weighed together: agreement makes surer, disagreement less sure, and both stay on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

import numpy as np
import pytest

from analyzer import Analyzer
from analyzer.assemble.evidence import EVIDENCE, SIGNS
from analyzer.assemble.merge import Merge, judge_by_rules
from analyzer.assemble.model_file import bundled_model
from analyzer.knowledge import Knowledge
from analyzer.present.tables import provision_rows
from analyzer.types import ANY, Clause, Decision, Document, Tag

MERGE = bundled_model().merge
CLAUSES = [
    Clause("art-1", "article", "1", "Labour", 0, 100, 10, None),
    Clause("art-1/par-1", "paragraph", "1", "", 10, 100, 100, 0),
]


def rule(code: str, sure: float = 0.85) -> Tag:
    return Tag(code, "rule", "some-rule", sure, 10, 20)


def says(**sure: float) -> list[Tag]:
    return [Tag(ANY, "model", "model", max(sure.values()), 10, 10)] + [
        Tag(code, "model", "model", value, 10, 10) for code, value in sure.items()
    ]


def judge(rules: Sequence[Tag], model: Sequence[Tag], knowledge: Knowledge) -> Decision | None:
    said: Mapping[int, Sequence[Tag]] = {1: rules} if rules else {}
    return MERGE.judge(CLAUSES, said, {1: model}, knowledge).get(1)


@pytest.mark.parametrize("code", ["FOA", "OSH", "ENFORCE", "CONSULT"])
def test_agreement_is_surer_than_either_alone(code: str, knowledge: Knowledge) -> None:
    both = judge([rule(code)], says(**{code: 0.9}), knowledge)
    assert both is not None
    assert code in both.categories
    for one in (judge([rule(code)], says(**{code: 0.02}), knowledge), judge([], says(**{code: 0.9}), knowledge)):
        assert one is None or one.categories.get(code, 0) < both.categories[code]


def test_a_rule_that_the_model_contradicts_is_marked_for_review(knowledge: Knowledge) -> None:
    decision = judge([rule("ENFORCE"), rule("FOA")], [*says(FOA=0.99), *says(ENFORCE=0.02)[1:]], knowledge)
    assert decision is not None
    assert decision.review
    agreed = judge([rule("FOA")], says(FOA=0.99), knowledge)
    assert agreed is not None
    assert not agreed.review


def test_more_evidence_never_makes_less_sure() -> None:
    for evidence in ("model", "rule"):
        assert (MERGE.weights[:, EVIDENCE.index(evidence)] > 0).all()


def test_supplementary_codes_come_from_the_rules_alone(knowledge: Knowledge) -> None:
    decision = judge([rule("VIOL")], says(FOA=0.02), knowledge)
    assert decision is not None
    assert decision.categories["VIOL"] == pytest.approx(0.85)


def test_without_a_model_the_rules_decide(knowledge: Knowledge) -> None:
    assert judge_by_rules({1: [rule("FOA")]}, knowledge)[1].categories == {"FOA": 0.85}
    assert MERGE.judge(CLAUSES, {1: [rule("FOA")]}, {}, knowledge) == {}


def test_thresholds_and_confidences_are_probabilities() -> None:
    assert ((MERGE.thresholds > 0) & (MERGE.thresholds < 1)).all()
    assert 0 < MERGE.any_threshold < 1
    assert np.isfinite(MERGE.weights).all()


def steady(provision: float, category: float) -> Merge:
    """Return a merge that is so sure of a provision and of ``ENFORCE`` in it whatever the evidence."""
    categories = ("ENFORCE", "CONSULT")
    weights, any_weights = np.zeros((len(categories), len(EVIDENCE))), np.zeros(len(SIGNS))
    biases, any_bias = np.full(len(categories), log(category / (1 - category))), log(provision / (1 - provision))
    return Merge(categories, weights, biases, any_weights, any_bias, np.array([0.1, 1.0]), 0.1)


@pytest.mark.parametrize(
    ("provision", "category", "refused", "review"),
    [
        (0.81, 0.71, 0.69, False),
        (0.79, 0.71, 0.69, True),  # the provision is doubtful
        (0.81, 0.69, 0.69, True),  # its category is
        (0.81, 0.71, 0.71, True),  # a witness was fairly sure of another category
    ],
)
def test_a_lawyer_is_asked_to_review_what_is_doubtful(
    provision: float, category: float, refused: float, review: bool, knowledge: Knowledge
) -> None:
    said = {1: says(ENFORCE=0.9, CONSULT=refused)}
    decision = steady(provision, category).judge(CLAUSES, {}, said, knowledge)[1]
    assert decision.categories == {"ENFORCE": pytest.approx(category)}
    assert decision.review == review


@pytest.mark.parametrize(("sure", "review"), [(0.79, True), (0.8, False)])
def test_the_doubt_of_a_rule_alone_is_marked(sure: float, review: bool, knowledge: Knowledge) -> None:
    assert judge_by_rules({1: [rule("FOA", sure)]}, knowledge)[1].review == review


def test_evidence_tells_what_rule_and_model_said(analyzer: Analyzer) -> None:
    text = "CHAPTER 4\nLABOUR\n\nArticle 4.1: Labour laws\n\n1. Each Party shall effectively enforce its labour laws.\n"
    [row] = provision_rows(analyzer.analyze_document(Document("x", text, "en")))
    witnesses = [entry for entry in row["evidence"] if entry["category"] == "ENFORCE"]
    assert {entry["source"] for entry in witnesses} == {"rule", "model"}
    assert all(entry["given"] for entry in witnesses)
    model = next(entry for entry in witnesses if entry["source"] == "model")
    assert model["confidence"] > 0.5
    assert set(model["words"].split()) & {"enforce", "labour", "laws"}
