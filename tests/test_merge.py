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


def by_category(any_provision: float, thresholds: tuple[float, ...] = (0.5, 0.5, 0.5), **sure: float) -> Merge:
    """Return a merge with fixed probabilities: of a provision, and of each category named."""
    categories = tuple(sure)
    weights, any_weights = np.zeros((len(categories), len(EVIDENCE))), np.zeros(len(SIGNS))
    biases = np.array([log(value / (1 - value)) for value in sure.values()])
    any_bias = log(any_provision / (1 - any_provision))
    return Merge(categories, weights, biases, any_weights, any_bias, np.array(thresholds[: len(categories)]), 0.5)


LIST = [
    Clause("art-1", "article", "1", "Labour", 0, 100, 10, None),
    Clause("art-1/par-1", "paragraph", "1", "", 10, 60, 40, 0),
    Clause("art-1/par-1/item-a", "item", "a", "", 40, 50, 50, 1),
    Clause("art-1/par-1/item-a/sub-i", "subitem", "i", "", 50, 60, 60, 2),
]
REFUSED = says(ENFORCE=0.02)


@pytest.mark.parametrize("sure", [0.86, 0.95])
def test_a_sure_rule_gives_a_row_for_review_that_the_model_refuses(sure: float, knowledge: Knowledge) -> None:
    merge = by_category(0.1, ENFORCE=0.2, CONSULT=0.6, MONIT=0.1)
    decision = merge.judge(CLAUSES, {1: [rule("ENFORCE", sure), rule("VIOL", 0.3)]}, {1: REFUSED}, knowledge)[1]
    assert decision.review
    assert decision.confidence == pytest.approx(0.5)
    # The sure category with at least an even chance, what the model gives by itself, and what only rules give.
    assert decision.categories == {
        "ENFORCE": pytest.approx(0.5),
        "CONSULT": pytest.approx(0.6),
        "VIOL": pytest.approx(0.3),
    }


def test_a_rule_that_is_less_sure_gives_no_row_against_the_model(knowledge: Knowledge) -> None:
    merge = by_category(0.1, ENFORCE=0.2, CONSULT=0.1)
    assert merge.judge(CLAUSES, {1: [rule("ENFORCE", 0.85)]}, {1: REFUSED}, knowledge) == {}
    inherited = Tag("ENFORCE", "inherited", "some-rule", 0.95, 10, 20)
    assert merge.judge(CLAUSES, {1: [inherited]}, {1: REFUSED}, knowledge) == {}


def test_a_category_that_makes_no_provision_alone_gives_no_row(knowledge: Knowledge) -> None:
    code = next(code for code, category in knowledge.categories.items() if not category.alone)
    merge = by_category(0.1, **{code: 0.2}, ENFORCE=0.1, CONSULT=0.1)
    assert merge.judge(CLAUSES, {1: [rule(code, 0.95)]}, {1: says(**{code: 0.02})}, knowledge) == {}


def test_a_principle_that_a_sure_rule_names_is_given_to_a_provision(knowledge: Knowledge) -> None:
    merge = by_category(0.9, ENFORCE=0.9, FOA=0.1, CONSULT=0.1)
    judged = merge.judge(CLAUSES, {1: [rule("FOA", 0.93), rule("CONSULT", 0.95)]}, {1: REFUSED}, knowledge)[1]
    assert judged.categories == {"ENFORCE": pytest.approx(0.9), "FOA": pytest.approx(0.5)}
    weaker = merge.judge(CLAUSES, {1: [rule("FOA", 0.92)]}, {1: REFUSED}, knowledge)[1]
    assert "FOA" not in weaker.categories
    instrument = Tag("FOA", "instrument", "C087", 0.99, 10, 20)
    assert "FOA" not in merge.judge(CLAUSES, {1: [instrument]}, {1: REFUSED}, knowledge)[1].categories


def echo(*categories: str) -> Merge:
    """Return a merge that believes the model: probabilities are what it says of a clause and of a category."""
    weights, any_weights = np.zeros((len(categories), len(EVIDENCE))), np.zeros(len(SIGNS))
    weights[:, EVIDENCE.index("model")] = any_weights[SIGNS.index("any")] = 1
    return Merge(categories, weights, np.zeros(len(categories)), any_weights, 0.0, np.full(len(categories), 0.5), 0.5)


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ({"ENFORCE": 0.9}, {"ENFORCE": 0.9}),
        ({"ENFORCE": 0.9, "WAGE": 0.9}, {"ENFORCE": 0.9}),  # topics are not taken over
        ({"ENFORCE": 0.75}, None),  # a lead-in that needs review itself
        ({"WAGE": 0.9}, None),
    ],
)
@pytest.mark.parametrize("depth", [2, 3])
def test_items_take_the_obligation_of_their_lead_in(
    lead: dict[str, float], expected: dict[str, float] | None, depth: int, knowledge: Knowledge
) -> None:
    said = {index: says(**lead) for index in range(1, depth)} | {depth: says(ENFORCE=0.02)}
    judged = echo("ENFORCE", "WAGE").judge(LIST, {}, said, knowledge)
    assert 1 in judged
    if expected is None:
        assert depth not in judged
        return
    assert judged[depth].review
    assert judged[depth].confidence == pytest.approx(0.5)
    assert judged[depth].categories == {code: pytest.approx(value) for code, value in expected.items()}


def test_only_items_take_over_what_their_lead_in_says(knowledge: Knowledge) -> None:
    paragraphs = [*LIST[:2], Clause("art-1/par-1/text-1", "text", "", "", 40, 50, 50, 1)]
    said = {1: says(ENFORCE=0.9), 2: says(ENFORCE=0.02)}
    assert set(echo("ENFORCE", "WAGE").judge(paragraphs, {}, said, knowledge)) == {1}


def test_a_provision_has_its_own_categories_beside_those_of_its_lead_in(knowledge: Knowledge) -> None:
    said = {1: says(ENFORCE=0.9), 2: says(WAGE=0.9, ENFORCE=0.02)}
    judged = echo("ENFORCE", "WAGE").judge(LIST, {}, said, knowledge)
    assert judged[2].categories == {"ENFORCE": pytest.approx(0.9), "WAGE": pytest.approx(0.9)}
    assert not judged[2].review
