"""Tags become provisions: lead-ins hand down what the codebook says, witnesses add up, doubt is marked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analyzer.api import Analyzer
from analyzer.assemble.merge import confidences
from analyzer.types import Document, Language, Metadata, Provision, Tag

Provisions = Callable[..., dict[str, Provision]]


@pytest.fixture
def provisions(analyzer: Analyzer) -> Provisions:
    """Return a function that analyses a text and returns its provisions by address."""

    def find(text: str, title: str = "", language: Language = "en") -> dict[str, Provision]:
        result = analyzer.analyze_document(Document("x", text, language, metadata=Metadata(title=title)))
        return {result.clauses[provision.clause].clause_id: provision for provision in result.provisions}

    return find


LABOUR = """CHAPTER 12
LABOUR

Article 12.2: Labour Rights

1. Each Party shall adopt and maintain in its laws and practices the following rights:

(a) freedom of association;

(b) the elimination of forced labour; and

(c) a prohibition of the worst forms of child labour.

Article 12.3: Cooperation

1. The Parties shall cooperate on the health and safety of workers by means of:

(a) the exchange of experts; and

(b) joint seminars.
"""


def test_items_take_the_obligation_and_the_strength_of_their_lead_in(provisions: Provisions) -> None:
    found = provisions(LABOUR)
    item = found["chapter-12/art-12.2/par-1/item-b"]
    assert {"FL", "ADOPT"} <= set(item.categories)
    assert item.strength == "B"
    assert "FOA" not in item.categories, "topics of the neighbours are not handed down"


def test_activities_take_the_topic_of_their_lead_in(provisions: Provisions) -> None:
    found = provisions(LABOUR)
    assert {"COOPACT", "OSH"} <= set(found["chapter-12/art-12.3/par-1/item-a"].categories)


def test_instruments_are_not_handed_down(provisions: Provisions) -> None:
    text = LABOUR.replace("the following rights:", "the following rights, as stated in ILO Convention No. 87:")
    found = provisions(text)
    assert "ILOCONV" in found["chapter-12/art-12.2/par-1"].categories
    assert "ILOCONV" not in found["chapter-12/art-12.2/par-1/item-b"].categories


def test_a_united_nations_instrument_alone_is_no_labour_provision(provisions: Provisions) -> None:
    text = (
        "CHAPTER 1\nGENERAL\n\nArticle 1: Rights\n\n1. The Parties respect the Universal Declaration of Human Rights.\n"
    )
    assert provisions(text) == {}


def test_the_title_of_a_labour_agreement_makes_its_machinery_labour_machinery(provisions: Provisions) -> None:
    text = "Article 8: Review Panel\n\n1. The panel shall present its report within ninety days.\n"
    assert provisions(text) == {}
    [found] = provisions(text, title="Agreement on Labour Cooperation").values()
    assert "PANEL" in found.categories


MIXED = """TITLE IV
WORKERS, ESTABLISHMENT AND SUPPLY OF SERVICES

CHAPTER I
MOVEMENT OF WORKERS

Article 38

1. The Council shall examine further improvements for workers in the light of the situation in the States of Arlem.

CHAPTER II
SUPPLY OF SERVICES

Article 44

1. The Council shall examine further improvements for workers in the light of the situation in the States of Arlem.
"""


def test_the_nearest_chapter_decides_whether_a_clause_is_about_workers_or_services(provisions: Provisions) -> None:
    found = provisions(MIXED)
    assert "title-iv/chapter-i/art-38/par-1" in found
    assert "title-iv/chapter-ii/art-44/par-1" not in found


@pytest.mark.parametrize("title", ["Agreement on Trade in Services", "Agreement on Trade, Investment and Energy"])
def test_the_title_of_the_agreement_takes_no_chapter_out_of_its_context(provisions: Provisions, title: str) -> None:
    text = """CHAPTER 13
TRADE AND SUSTAINABLE DEVELOPMENT

Article 376: Institutions

1. Each Party shall designate an office as the contact point with the other Party for the purposes of this Chapter.
"""
    labour = text.replace("TRADE AND SUSTAINABLE DEVELOPMENT", "LABOUR")
    assert len(provisions(text, title=title)) == len(provisions(labour, title=title)) == 1


def test_categories_come_in_the_order_of_the_codebook(provisions: Provisions, analyzer: Analyzer) -> None:
    order = list(analyzer.knowledge.categories)
    for provision in provisions(LABOUR).values():
        assert list(provision.categories) == sorted(provision.categories, key=order.index)


def test_every_tag_points_into_its_clause_or_its_lead_in(analyzer: Analyzer) -> None:
    document = Document("x", LABOUR, "en")
    result = analyzer.analyze_document(document)
    for provision in result.provisions:
        clause = result.clauses[provision.clause]
        for tag in provision.tags:
            source = result.clauses[clause.parent] if tag.source == "inherited" and clause.parent else clause
            assert source.start <= tag.start <= tag.end <= source.own_end


def test_independent_witnesses_add_up_and_repeated_ones_do_not() -> None:
    def tag(rule: str, sure: float) -> Tag:
        return Tag("FL", "rule", rule, sure, 0, 0)

    assert confidences([tag("a", 0.8)])["FL"] == pytest.approx(0.8)
    assert confidences([tag("a", 0.8), tag("b", 0.5)])["FL"] == pytest.approx(0.9)
    assert confidences([tag("a", 0.8), tag("a", 0.8)])["FL"] == pytest.approx(0.8)


def test_a_doubtful_provision_is_marked_for_review(rules_alone: Analyzer) -> None:
    result = rules_alone.analyze_document(Document("x", LABOUR, "en"))
    reviewed = {result.clauses[one.clause].clause_id: one.review for one in result.provisions}
    assert reviewed["chapter-12/art-12.2/par-1"], "the rules are right about such words three times in four"
    assert not reviewed["chapter-12/art-12.2/par-1/item-b"], "it names forced labour"


def test_what_an_item_takes_from_its_lead_in_is_a_little_less_sure(rules_alone: Analyzer) -> None:
    result = rules_alone.analyze_document(Document("x", LABOUR, "en"))
    sure = {
        result.clauses[one.clause].clause_id: dict(zip(one.categories, one.confidences, strict=True))["ADOPT"]
        for one in result.provisions
        if "ADOPT" in one.categories
    }
    lead = sure["chapter-12/art-12.2/par-1"]
    assert sure["chapter-12/art-12.2/par-1/item-b"] == pytest.approx(0.95 * lead, abs=0.001)
