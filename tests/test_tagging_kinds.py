"""Kinds of wording and of documents: what must be found, and what must not, outside the labour chapters of the corpus.

Each text is a small agreement between parties that do not exist; the clauses stand in ``data/tagging_kinds.toml``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli

from analyzer import Analyzer
from analyzer.api import Analysis

KINDS = tomli.loads((Path(__file__).with_name("data") / "tagging_kinds.toml").read_text(encoding="utf-8"))
TITLE = {
    "en": "AGREEMENT BETWEEN THE REPUBLIC OF NORLAND AND THE STATE OF VESPERIA ON TRADE",
    "es": "TRATADO DE LIBRE COMERCIO ENTRE LA REPÚBLICA DE NORVANIA Y EL REINO DE ESTAVIA",
    "fr": "ACCORD DE LIBRE-ÉCHANGE ENTRE LA RÉPUBLIQUE DE NORVANIE ET LE ROYAUME D'ESTAVIE",
}
WORD = {"en": ("CHAPTER", "Article"), "es": ("CAPÍTULO", "Artículo"), "fr": ("CHAPITRE", "Article")}


def agreement(language: str, chapter: str, article: str, *paragraphs: str) -> str:
    """Return a small agreement with one article of interest."""
    chapter_word, article_word = WORD[language]
    body = "\n\n".join(paragraphs)
    last = {"en": "This Agreement shall remain in force.", "es": "El Tratado permanecerá en vigor."}.get(
        language, "Le présent accord reste en vigueur."
    )
    return (
        f"{TITLE[language]}\n\n{chapter_word} 7\n{chapter}\n\n{article_word} 7.1\n{article}\n\n{body}\n\n"
        f"{chapter_word} 8\nFINAL\n\n{article_word} 8.1\nFinal\n\n{last}\n"
    )


def codes_of(result: Analysis, words: str) -> frozenset[str] | None:
    """Return the codes of the clause that has some words; ``None`` if it is no provision."""
    by_clause = {provision.clause: provision for provision in result.provisions}
    for index, clause in enumerate(result.clauses):
        if words in " ".join(result.document.text[clause.start : clause.own_end].split()):
            return frozenset(by_clause[index].categories) if index in by_clause else None
    raise AssertionError(f"no clause has the words {words!r}")


def analyzed(analyzer: Analyzer, tmp_path: Path, text: str) -> Analysis:
    path = tmp_path / "agreement.txt"
    path.write_text(text, encoding="utf-8")
    return analyzer.analyze(path)


@pytest.mark.parametrize("entry", KINDS["clause"], ids=lambda entry: entry["text"][:40])
def test_wording_is_found_wherever_it_stands(entry: dict[str, str], rules_alone: Analyzer, tmp_path: Path) -> None:
    text = agreement(entry["language"], entry["chapter"], entry["article"], entry["text"])
    codes = codes_of(analyzed(rules_alone, tmp_path, text), entry["text"])
    assert codes is not None, "it is a provision"
    assert codes >= set(entry["has"].split())
    assert codes.isdisjoint(entry.get("lacks", "").split())


@pytest.mark.parametrize("entry", KINDS["none"], ids=lambda entry: entry["text"][:40])
def test_what_only_mentions_labour_is_no_provision(
    entry: dict[str, str], rules_alone: Analyzer, tmp_path: Path
) -> None:
    text = agreement(entry["language"], entry["chapter"], entry["article"], entry["text"])
    assert codes_of(analyzed(rules_alone, tmp_path, text), entry["text"]) is None


SCHEDULES = [
    "ANNEX I\nSCHEDULE OF VESPERIA\n\n1.\nSector: Education Services – Vocational Training Services\n"
    "Obligations Concerned: Local Presence\nMeasures: Workers' Vocational Training Act (Law No. 9), Article 28\n"
    "Description: A person that supplies vocational training to workers must have an establishment in Vesperia.\n",
    "ANNEX II\nSCHEDULE OF NORLAND\n\n1.\nSector: Technical Services\n"
    "Sub-Sector: Occupational Safety and Health Consulting\nType of Reservation: National Treatment\n"
    "Level of Government: National\nMeasures: Occupational Safety and Health Act\n",
]


@pytest.mark.parametrize("annex", SCHEDULES)
def test_schedules_of_reservations_hold_no_provisions(annex: str, analyzer: Analyzer, tmp_path: Path) -> None:
    text = agreement("en", "SERVICES", "National treatment", "1. Each Party shall accord national treatment.")
    assert not analyzed(analyzer, tmp_path, f"{text}\n{annex}").provisions


def test_definitions_of_labour_terms_define_wherever_they_stand(rules_alone: Analyzer, tmp_path: Path) -> None:
    text = agreement(
        "en",
        "Access",
        "Definitions",
        "For the purposes of this Agreement:",
        '"core worker rights" means:',
        "(a) the right of association;",
        "(b) a prohibition on forced labour; and",
        '"worst forms of child labour" means:',
        "(a) the sale or trafficking of children;",
        "(b) the use of a child for illicit activities; and",
        '"territory" means the land territory of a Party.',
    )
    result = analyzed(rules_alone, tmp_path, text)
    assert codes_of(result, "core worker rights") == {"DEF", "FPRW"}
    assert codes_of(result, "right of association") == {"DEF", "FOA"}
    assert codes_of(result, "trafficking of children") == {"CL", "DEF"}
    assert codes_of(result, "illicit activities") == {"CL", "DEF"}
    assert codes_of(result, "land territory") is None


def test_a_sure_rule_makes_a_row_for_review_whatever_the_classifier_says(analyzer: Analyzer, tmp_path: Path) -> None:
    words = "2. Investors shall comply with the labour laws of the host Party."
    result = analyzed(analyzer, tmp_path, agreement("en", "Fisheries", "Vessels", words))
    assert "CSR" in (codes_of(result, "Investors shall comply") or ())


SECTIONS = "\n\n".join(
    f"#### § {number}. {heading}\n\n{words}"
    for number, heading, words in (
        (2101, "Duties", "The Labor Board shall monitor the labor obligations of the partner country."),
        (2102, "Reports", "The Secretary shall report each year on the labor reform."),
        (2103, "Petitions", "Any person may file a petition on a breach of the labor laws."),
        (2104, "Staff abroad", "The Secretary of Labor shall send two labor attachés."),
        (2105, "Visits", "The officers shall visit plants to see whether forced labor is used."),
        (2106, "Members", "The body shall be composed of twelve members."),
    )
)


def test_a_text_mostly_about_labour_is_read_as_a_labour_chapter(analyzer: Analyzer, tmp_path: Path) -> None:
    path = tmp_path / "statute.md"
    path.write_text(f"# Title 7— CUSTOMS\n\n## CHAPTER 4— PARTNER COUNTRIES\n\n{SECTIONS}\n", encoding="utf-8")
    reading = analyzer.examine(analyzer.analyze(path).document).reading
    about = [index for index, _ in enumerate(reading.clauses) if reading.facts(index).stands_in("labour")]
    assert any("twelve members" in reading.words(index) for index in about)
    path.write_text("# Title 7\n\n" + SECTIONS.replace("abor", "ocal").replace("L", "l"), encoding="utf-8")
    reading = analyzer.examine(analyzer.analyze(path).document).reading
    assert not any(reading.facts(index).stands_in("labour") for index, _ in enumerate(reading.clauses))


SCHEME = """REGULATION ON A SCHEME OF TARIFF PREFERENCES

CHAPTER III
SPECIAL INCENTIVE

Article 9
Conditions

A country may benefit from the special incentive if:

(a) it has ratified the conventions listed in {part}Annex VIII and implements them effectively; and

(b) it accepts the monitoring bodies of those conventions.

Article 10
Withdrawal

The preferences may be withdrawn for serious violation of the conventions listed in {part}Annex VIII.

ANNEX VIII

Part A
{heading}

1. {first}

2. {second}

Part B
Conventions on the environment

3. Convention on Biological Diversity (1992)
"""
LABOUR = (
    "Core conventions on labour rights",
    "Convention concerning Minimum Age, No 138 (1973)",
    "Convention No 29 (1930)",
)
TRADE = ("Conventions on customs", "Convention on Temporary Admission (1990)", "Convention on Containers (1972)")


@pytest.mark.parametrize("part", ["Part A of ", ""])
def test_conditions_that_refer_to_an_annex_say_what_it_lists(part: str, analyzer: Analyzer, tmp_path: Path) -> None:
    result = analyzed(
        analyzer, tmp_path, SCHEME.format(part=part, heading=LABOUR[0], first=LABOUR[1], second=LABOUR[2])
    )
    assert codes_of(result, "it has ratified") == {"RATIFY", "ILOFUND", "FPRW"}
    assert codes_of(result, "it accepts") == {"MONIT", "ILOFUND"}
    assert codes_of(result, "may be withdrawn") == {"REMEDY", "ILOFUND", "FPRW"}
    strengths = {result.clauses[one.clause].clause_id: one.strength for one in result.provisions}
    assert {strength for address, strength in strengths.items() if "annex" in address} == {"D"}


def test_conditions_that_refer_to_other_conventions_are_no_provisions(analyzer: Analyzer, tmp_path: Path) -> None:
    result = analyzed(
        analyzer, tmp_path, SCHEME.format(part="Part A of ", heading=TRADE[0], first=TRADE[1], second=TRADE[2])
    )
    assert not result.provisions


def test_conventions_of_the_united_nations_are_no_ilo_conventions(analyzer: Analyzer, tmp_path: Path) -> None:
    text = SCHEME.format(
        part="", heading=LABOUR[0], first="Convention on the Rights of the Child (1989)", second=LABOUR[2]
    )
    codes = codes_of(analyzed(analyzer, tmp_path, text), "Rights of the Child")
    assert codes is not None and "UNINT" in codes and "ILOCONV" not in codes


@pytest.mark.parametrize("caption", ["Labour Committee", "Conduct of the Review Panel", "Cooperative Activities"])
def test_captions_between_paragraphs_are_no_provisions(caption: str, analyzer: Analyzer, tmp_path: Path) -> None:
    first, second = "1. The Parties shall meet once a year.", "2. They shall report on their labour laws."
    text = agreement("en", "LABOUR", "Institutions", first, caption, second)
    result = analyzed(analyzer, tmp_path, text)
    assert all(caption not in result.document.text[clause.start : clause.own_end].split("\n")[0]
               for clause in (result.clauses[one.clause] for one in result.provisions))  # fmt: skip
