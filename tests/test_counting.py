"""Honest counting: an agreement once whatever its versions, by two measures, beside what others have published."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer import Analyzer, analyze_folder
from analyzer.knowledge import Knowledge
from analyzer.present.headline import headline_rows
from analyzer.present.results import Results
from analyzer.present.tables import agreement_row
from analyzer.present.versions import likeness, mark_versions, structure_of
from analyzer.segment import segment
from analyzer.types import Document, Metadata
from tests.hub_tables import Maker

WORDS = {
    "en": ("Article", "Each Party shall protect goods of the other Party", "reports"),
    "es": ("Artículo", "Cada Parte protegerá las mercancías de la otra Parte", "informes"),
    "fr": ("Article", "Chaque Partie protège les marchandises de l'autre Partie", "rapports"),
}
SHAPE = (1, 3, 2, 0, 4, 1, 2, 2, 5, 1, 3, 0, 2, 4)
"""Numbers of paragraphs of the articles of an agreement of our own."""


def text_of(language: str, shape: tuple[int, ...] = SHAPE) -> str:
    article, sentence, item = WORDS[language]
    parts = []
    for number, paragraphs in enumerate(shape, 1):
        parts.append(f"{article} {number}\n")
        parts += [f"{n}. {sentence}.\n" for n in range(1, paragraphs + 1)] or [f"{sentence}.\n"]
        if number % 4 == 0:
            parts.append(f"{paragraphs + 1}. {sentence}:\n\n(a) {item};\n\n(b) {item}.\n")
    return "\n".join(parts)


def row_of(analyzer: Analyzer, id: str, language: str = "en", *, shape: tuple[int, ...] = SHAPE, **about: object):  # type: ignore[no-untyped-def]
    facts = {"title": "Pact", "parties": ("PER", "CAN"), "date_signed": "2008-05-29", **about}
    document = Document(id, text_of(language, shape), language, metadata=Metadata(**facts))  # type: ignore[arg-type]
    return agreement_row(analyzer.analyze_document(document))


@pytest.mark.parametrize("language", ["es", "fr"])
def test_language_versions_of_an_agreement_have_the_same_structure(language: str) -> None:
    documents = [Document("x", text_of(each), each) for each in ("en", language)]
    ours, theirs = (structure_of(document, segment(document)) for document in documents)
    assert likeness(ours, theirs) > 0.9


def test_versions_are_one_agreement_and_say_so(rules_alone: Analyzer) -> None:
    rows = mark_versions(
        [
            row_of(rules_alone, "pact-en"),
            row_of(rules_alone, "pact-es", "es", parties=("CAN", "PER")),
            row_of(rules_alone, "other-date", date_signed="2009-01-01"),
            row_of(rules_alone, "other-parties", parties=("PER", "USA")),
            row_of(rules_alone, "other-structure", shape=(*SHAPE[::-1][:9], 7, 1, 6, 1, 8)),
            row_of(rules_alone, "side", shape=(1, 1, 1)),
            row_of(rules_alone, "other-side", shape=(1, 1, 1)),
            row_of(rules_alone, "protocol", document_kind="protocol"),
            row_of(rules_alone, "nameless", parties=()),
        ]
    )
    assert [row["agreement_id"] for row in rows if row["version_of"]] == ["pact-es"]
    main, version = rows[0], rows[1]
    assert version["version_of"] == "pact-en"
    assert version["warnings"][-1] == "another version of pact-en: shares and trends count that one only"
    assert main["warnings"][-1] == "has other versions, counted once with it: pact-es (es)"
    assert mark_versions(rows) == rows, "rows that are marked already are not marked twice"


def test_the_version_with_the_most_provisions_is_counted(rules_alone: Analyzer) -> None:
    rows = [row_of(rules_alone, "a"), {**row_of(rules_alone, "b"), "provisions": 9}, row_of(rules_alone, "c")]
    assert [row["version_of"] for row in mark_versions(rows)] == ["b", "", "b"]


def test_a_version_without_a_date_must_be_more_alike(rules_alone: Analyzer) -> None:
    rows = [row_of(rules_alone, "a"), row_of(rules_alone, "b", date_signed="")]
    assert mark_versions(rows)[1]["version_of"] == "a"
    changed = row_of(rules_alone, "c", date_signed="", shape=(*SHAPE[:9], 9, 8, 7, 9, 8))
    assert mark_versions([rows[0], changed])[1]["version_of"] == ""


def test_a_folder_counts_a_copy_once(tmp_path: Path) -> None:
    text = "AGREEMENT BETWEEN CANADA AND PERU\n\nDone at Lima on 29 May 2008.\n\n" + text_of("en")
    text += "\n\nArticle 15\n\n1. Each Party shall effectively enforce its labour laws.\n"
    for name in ("first.txt", "second.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    batch = analyze_folder(tmp_path, model=None)
    assert batch.agreements["version_of"].tolist() == ["", "first"]
    assert (batch.counts["agreements"], batch.counts["agreements_with_provisions"], batch.counts["versions"]) == (
        1,
        1,
        1,
    )
    assert batch.trend()["agreements"].tolist() == [1]
    assert batch.indicator_trend()["agreements"].tolist() == [1]
    assert repr(batch).startswith("<BatchResult: 1 agreements, 1 with labour provisions")


@pytest.fixture
def study(knowledge: Knowledge) -> Results:
    """Five agreements of two decades, one of them there twice."""
    make = Maker(knowledge)
    for id, signed, substantive, provisions in (
        ("a", "2003-01-01", 1, 2), ("b", "2006-01-01", 0, 1), ("c", "2009-01-01", 0, 0), ("d", "2014-01-01", 1, 4),
        ("e", "", 0, 0),
    ):  # fmt: skip
        make.agreement(id, id, "CAN;PER", signed, substantive=substantive)
        for number in range(provisions):
            place = "body" if substantive else "preamble"
            make.provision(f"{number}. Each Party shall enforce its labour laws.", "ENFORCE", location=place)
    make.agreement("d-es", "d", "CAN;PER", "2014-01-01", "es", substantive=1, version_of="d")
    return Results(make.tables["provisions"], make.tables["agreements"], knowledge)


def test_headline_figures_stand_beside_the_published_ones(study: Results) -> None:
    every, first, second = headline_rows(study.counted_rows, study.knowledge.published)
    assert (every["period"], every["agreements"], every["standards"], every["any"]) == ("", 5, 2, 3)
    assert (first["period"], first["years"], first["agreements"]) == ("2001–2010", "2003–2009", 3)
    assert (first["standards_share"], first["any_share"]) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert (first["published"], second["published"]) == ("22%", "≈ 50%")
    assert second["agreements"] == 1, "two versions are one agreement"
    assert first["source"]
    assert first["link"].startswith("https://")
    frame = study.headline_figures()
    assert frame["agreements"].tolist() == [5, 3, 1]
    assert frame.attrs["differences"]


def test_a_period_without_agreements_has_no_share(knowledge: Knowledge) -> None:
    every, first, _ = headline_rows([], knowledge.published)
    assert (every["agreements"], every["standards_share"], first["years"], first["any_share"]) == (0, None, "", None)


def test_both_measures_are_defined(knowledge: Knowledge) -> None:
    assert list(knowledge.labels.measures) == ["standards", "any"]
    assert all(knowledge.labels.counted.values())
