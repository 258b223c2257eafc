"""Every rule is run on its own examples and counter-examples, exactly as a lawyer wrote them beside it."""

from __future__ import annotations

import pytest

from analyzer.knowledge import load_knowledge
from analyzer.knowledge.rules import Example, Rule
from analyzer.learn.training.drafts import lay_out
from analyzer.tag.facts import Readings
from analyzer.tag.rules import RuleTagger
from analyzer.types import Tag

KNOWLEDGE = load_knowledge()
READINGS = Readings(KNOWLEDGE)
TAGGER = RuleTagger(KNOWLEDGE)
CASES = [
    pytest.param(rule, example, id=f"{rule.id}-{'fires' if example.fires else 'not'}-{number}")
    for rule in (*KNOWLEDGE.rules, *KNOWLEDGE.vetoes)
    for number, example in enumerate(rule.examples)
]


def tags_of(example: Example) -> list[Tag]:
    document, clauses = lay_out(example)
    last = len(clauses) - 1
    return list(TAGGER.tag(READINGS.of(document, clauses), [last])[0].get(last, ()))


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_rule_on_its_examples(rule: Rule, example: Example) -> None:
    tags = tags_of(example)
    if rule in KNOWLEDGE.vetoes:
        assert not example.fires or not tags, "a veto leaves no label"
        return
    assert (rule.id in {tag.rule_id for tag in tags}) == example.fires


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_the_screen_keeps_every_clause_on_which_a_rule_fires(rule: Rule, example: Example) -> None:
    document, clauses = lay_out(example)
    if tags_of(example):
        assert len(clauses) - 1 in READINGS.of(document, clauses).candidates()


def test_every_rule_shows_what_it_is_for_and_what_it_is_not_for() -> None:
    for rule in KNOWLEDGE.rules:
        assert any(example.fires for example in rule.examples), rule.id
        assert any(not example.fires for example in rule.examples), rule.id


def test_every_code_of_the_codebook_has_a_rule_or_an_instrument() -> None:
    covered = {category for rule in KNOWLEDGE.rules for category in rule.categories}
    covered |= {KNOWLEDGE.instruments[instrument].category for instrument in ("C182", "ILO98", "ILO2008", "UDHR")}
    assert covered == set(KNOWLEDGE.categories)


def test_evidence_points_at_the_words_that_made_the_rule_fire() -> None:
    example = Example("Each Party shall abolish child labour.", True, "en", "paragraph", "", "", "")
    document, _ = lay_out(example)
    [tag] = [tag for tag in tags_of(example) if tag.rule_id == "child-labour"]
    assert document.text[tag.start : tag.end] == "child labour"


@pytest.mark.parametrize(
    "text",
    [
        "Each Party shall enforce its labour law.",
        "Each Party shall enforce its labor law.",
        "Each Party shall enforce its LABOUR LAW.",
        "Each Party shall enforce its labour\n\n   law.",
        "Each Party shall enforce its labour\u00a0laws3.",
        "Each Party shall enforce its ‘labour’ laws.",
    ],
)
def test_spelling_case_breaks_and_marks_do_not_matter(text: str) -> None:
    example = Example(text, True, "en", "paragraph", "", "", "")
    assert "ENFORCE" in {tag.category for tag in tags_of(example)}


@pytest.mark.parametrize("name", ["International Labour Organisation", "International Labor Organization"])
def test_spellings_of_a_phrase_that_is_written_with_capitals(name: str) -> None:
    example = Example(f"The Parties may seek the advice of the {name}.", True, "en", "paragraph", "", "", "")
    assert "ILOMEM" in {tag.category for tag in tags_of(example)}


def test_the_caption_of_a_cross_reference_is_no_wording_of_the_clause() -> None:
    plain = Example("Forced labour is dealt with elsewhere.", True, "en", "paragraph", "", "", "")
    caption = Example("Requests under Article 19.3 (Forced Labour) go first.", True, "en", "paragraph", "", "", "")
    assert "FL" in {tag.category for tag in tags_of(plain)}
    assert "FL" not in {tag.category for tag in tags_of(caption)}


def test_the_same_machinery_is_labour_machinery_only_in_a_labour_chapter() -> None:
    words = "The panel of experts shall present its report within 180 days."
    labour = Example(words, True, "en", "paragraph", "CHAPTER 16 Labour", "Panel of Experts", "")
    customs = Example(words, True, "en", "paragraph", "CHAPTER 4 Customs", "Panel of Experts", "")
    assert "PANEL" in {tag.category for tag in tags_of(labour)}
    assert not tags_of(customs)


@pytest.mark.parametrize(
    "text",
    [
        "direct labour costs and direct overheads",
        "A Party may refuse to issue an immigration document where the entry might affect a labour dispute.",
        "The Agreement does not apply to persons seeking access to the employment market of a Party.",
        "The domestic industry's output, wages, employment and profits shall be examined for serious injury.",
        "services that form part of a statutory system of social security",
        "The international division of labour shall be deepened.",
        "to locate production, supply a service, train or employ workers, or construct facilities",
        "The privileges of an employee of the Secretariat are set out in the Protocol.",
        "Toys shall comply with the technical regulations on the safety of products and consumers.",
        "Workers' remittances shall be transferred without delay.",
    ],
)
def test_false_friends_stay_out(text: str) -> None:
    assert not tags_of(Example(text, True, "en", "paragraph", "CHAPTER 9 Trade", "General provisions", ""))
