"""What enforces a provision, with the clauses that say so."""

import pytest

from analyzer.api import Analyzer

START = """FREE TRADE AGREEMENT BETWEEN NORLAND AND VESPERIA

Norland and Vesperia have agreed as follows:

"""

LABOUR = """CHAPTER 9
LABOUR

Article 9.1
Labour Rights

1. Each Party shall adopt and maintain in its law freedom of association and the abolition of child labour.

2. Neither Party shall fail to effectively enforce its labour laws.

Article 9.2
Labour Consultations

1. A Party may request consultations with the other Party on any labour matter arising under this Chapter.

"""

PANEL = """Article 9.3
Panel of Experts

1. If the Parties do not resolve the labour matter, a panel of experts shall be convened to examine it and shall present
its report to the Parties.

"""

DISPUTES = """CHAPTER 12
DISPUTE SETTLEMENT

Article 12.1
Scope

1. This Chapter shall apply to the settlement of all disputes on the interpretation of this Agreement. EXTRA

Article 12.2
Non-Implementation

1. If the Party complained against does not comply, the other Party may suspend benefits of equivalent effect.
"""


@pytest.fixture(scope="module")
def enforced(tmp_path_factory):
    analyzer = Analyzer()
    folder = tmp_path_factory.mktemp("enforcement")

    def by_clause(text):
        (folder / "a.txt").write_text(text, encoding="utf-8")
        analysis = analyzer.analyze(folder / "a.txt")
        clauses = analysis.clauses
        return {
            clauses[one.clause].clause_id: {
                means.code: [clauses[index].clause_id for index in means.clauses] for means in one.enforcement
            }
            for one in analysis.provisions
        }

    return by_clause


DUTY = "chapter-9/art-9.1/par-2"
RIGHTS = "chapter-9/art-9.1/par-1"


def test_the_machinery_of_its_chapter_and_the_general_one(enforced):
    means = enforced(START + LABOUR + PANEL + DISPUTES.replace("EXTRA", ""))[DUTY]
    assert means == {
        "consultations": ["chapter-9/art-9.2/par-1"],
        "panel-of-experts": ["chapter-9/art-9.3/par-1"],
        "suspension": ["chapter-12/art-12.2/par-1"],
        "dispute-settlement": ["chapter-12/art-12.1/par-1"],
    }


EXCLUDED = """Article 9.4
Dispute Settlement

1. Neither Party may have recourse to dispute settlement under Chapter 12 (Dispute Settlement) for any labour matter
arising under this ChapterEXCEPTION.

"""


def test_the_chapter_excludes_itself(enforced):
    means = enforced(START + LABOUR + EXCLUDED.replace("EXCEPTION", "") + DISPUTES.replace("EXTRA", ""))[DUTY]
    assert means["excluded"] == ["chapter-9/art-9.4/par-1"]
    assert "suspension" not in means
    assert "dispute-settlement" not in means


def test_an_exclusion_leaves_out_listed_articles(enforced):
    text = START + LABOUR + EXCLUDED.replace("EXCEPTION", " other than Article 9.1.2") + DISPUTES.replace("EXTRA", "")
    means = enforced(text)
    assert "excluded" in means[RIGHTS]
    assert means[DUTY]["dispute-settlement"] == ["chapter-9/art-9.4/par-1"]
    assert "suspension" in means[DUTY]


def test_the_dispute_chapter_excludes_the_labour_chapter(enforced):
    means = enforced(START + LABOUR + DISPUTES.replace("EXTRA", "It shall not apply to Chapter 9 (Labour)."))[DUTY]
    assert means["excluded"] == ["chapter-12/art-12.1/par-1"]
    text = START + LABOUR + DISPUTES.replace("1. This Chapter", "1. Except for Chapter 9, this Chapter", 1)
    assert "excluded" in enforced(text.replace("EXTRA", ""))[DUTY]


def test_a_condition_is_no_exclusion(enforced):
    condition = EXCLUDED.replace("EXCEPTION", " without first seeking to resolve it by consultations")
    means = enforced(START + LABOUR + condition + DISPUTES.replace("EXTRA", ""))[DUTY]
    assert "excluded" not in means
    assert "dispute-settlement" in means


def test_a_dispute_chapter_for_another_part_is_not_there_for_labour(enforced):
    text = DISPUTES.replace("of this Agreement", "of Chapter 3 of this Agreement").replace("EXTRA", "")
    means = enforced(START + LABOUR + text)[DUTY]
    assert set(means) == {"consultations"}


def test_an_annex_of_the_chapter_shares_its_machinery(enforced):
    annex = "\nAnnex 9-A\nLabour Inspection\n\n1. Each Party shall train its labour inspectors.\n"
    means = enforced(START + LABOUR + DISPUTES.replace("EXTRA", "") + annex)
    assert means["annex-9-a/par-1"]["consultations"] == ["chapter-9/art-9.2/par-1"]


def test_nothing_enforces_the_preamble(enforced):
    text = START.replace("have agreed", "RESOLVED to protect basic workers' rights;\n\nhave agreed")
    means = enforced(text + LABOUR + DISPUTES.replace("EXTRA", ""))
    assert all(not found for address, found in means.items() if address.startswith("preamble"))


def test_an_agreement_on_labour_without_chapters(enforced):
    text = """AGREEMENT ON LABOUR COOPERATION BETWEEN NORLAND AND VESPERIA

Article 1
Obligations

Each Party shall ensure compliance with its labour law.

Article 2
Consultations

A Party may request consultations on any labour matter.

Article 3
Review Panel

A review panel shall determine whether a Party failed to enforce its labour law, and may set a monetary assessment.
"""
    means = enforced(text)
    first = next(iter(means.values()))
    assert "consultations" in first
    assert "panel-of-experts" in first
