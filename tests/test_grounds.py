"""A row shows the words that bind: its lead-in, the verb that decided, what it rests on and why to look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer import Analyzer, read
from analyzer.knowledge import Knowledge
from analyzer.present.instrument_tables import ratification_rows
from analyzer.present.tables import provision_rows
from analyzer.types import ANY, Document, Metadata, Notice, Page, Reason, Tag

TEXT = """FREE TRADE AGREEMENT BETWEEN BORELAND AND QUILLAYA

CHAPTER 4
LABOUR

Article 4.1: Commitments

1. Each Party shall adopt and maintain in its law:

(a) the elimination of all forms of forced or compulsory labour;

(b) measures that protect, in particular:

(i) the effective abolition of child labour; and

(ii) freedom of association.

2. Each Party shall effectively enforce its labour laws.

3. The Parties shall cooperate on labour matters, in particular on:

(a) the exchange of information on occupational safety and health;

4. This Article enters into force at once.

(a) Each Party shall promote decent work for all.
"""


def rows_of(analyzer: Analyzer, text: str = TEXT, **about: object) -> dict[str, dict[str, object]]:
    rows = provision_rows(analyzer.analyze_document(Document("x", text, "en", **about)))  # type: ignore[arg-type]
    return {str(row["clause_id"]).partition("art-4.1/")[2]: row for row in rows}


def test_an_item_has_the_words_above_it_that_it_continues(analyzer: Analyzer) -> None:
    rows = rows_of(analyzer)
    assert rows["par-1/item-a"]["lead_in"] == "1. Each Party shall adopt and maintain in its law:"
    nested = rows["par-1/item-b/sub-i"]
    assert str(nested["lead_in"]).split("\n") == [
        "1. Each Party shall adopt and maintain in its law:",
        "(b) measures that protect, in particular:",
    ]
    assert rows["par-2"]["lead_in"] == ""
    assert rows["par-4/item-a"]["lead_in"] == "", "a whole sentence below another one stands for itself"


def test_the_lead_in_stands_where_its_places_say(analyzer: Analyzer) -> None:
    for row in rows_of(analyzer).values():
        places = [tuple(map(int, place.split("-"))) for place in row["lead_in_places"]]  # type: ignore[attr-defined]
        assert "\n".join(TEXT[start:end] for start, end in places) == row["lead_in"]


def test_evidence_points_at_its_words_and_from_the_lead_in_at_the_lead_in(analyzer: Analyzer) -> None:
    inherited = 0
    for row in rows_of(analyzer).values():
        for entry in row["evidence"]:  # type: ignore[attr-defined]
            assert " ".join(TEXT[entry["start"] : entry["end"]].split()) == entry["words"]
            if entry["source"] == "inherited":
                inherited += 1
                assert entry["words"] in str(row["lead_in"])
    assert inherited


def test_the_verb_that_decided_the_strength_is_marked(analyzer: Analyzer) -> None:
    rows = rows_of(analyzer)
    for row in rows.values():
        if row["strength_words"]:
            assert TEXT[row["strength_start"] : row["strength_end"]] == row["strength_words"]  # type: ignore[misc]
    assert str(rows["par-2"]["strength_words"]).startswith("shall")
    assert str(rows["par-1/item-a"]["strength_words"]) in str(rows["par-1/item-a"]["lead_in"])


def test_every_category_has_a_confidence_of_its_own(analyzer: Analyzer) -> None:
    for row in rows_of(analyzer).values():
        codes = [entry.split()[0] for entry in row["category_confidence"]]  # type: ignore[attr-defined]
        sure = [float(entry.split()[1]) for entry in row["category_confidence"]]  # type: ignore[attr-defined]
        assert codes == list(row["categories"])  # type: ignore[call-overload]
        assert all(0 < value < 1 for value in sure)
        assert 0 < row["confidence"] < 1  # type: ignore[operator]


@pytest.mark.parametrize("classified", [True, False])
def test_a_row_to_review_says_why_and_no_other_does(
    classified: bool, analyzer: Analyzer, rules_alone: Analyzer
) -> None:
    said = (
        "The Parties note wages, skills and the movement of migrant workers.",
        "The Parties affirm that employment matters to prosperity.",
    )
    texts = [TEXT, *(TEXT.replace("Each Party shall effectively enforce its labour laws.", words) for words in said)]
    rows = [row for text in texts for row in rows_of(analyzer if classified else rules_alone, text).values()]
    assert any(row["review"] for row in rows)
    for row in rows:
        assert bool(row["review_reason"]) == row["review"]


def test_words_read_from_a_picture_are_to_be_reviewed_for_that(analyzer: Analyzer, knowledge: Knowledge) -> None:
    pages = (Page(1, 0, len(TEXT), quality=0.5),)
    scanned = rows_of(analyzer, pages=pages, warnings=(Notice("page-from-picture", "page 1 read by OCR", (1,)),))
    assert "page read by OCR" in scanned["par-2"]["review_reason"]  # type: ignore[operator]
    damaged = rows_of(analyzer, pages=pages)
    assert "words of the page are damaged" in damaged["par-2"]["review_reason"]  # type: ignore[operator]


def test_reasons_name_the_categories_in_doubt(knowledge: Knowledge) -> None:
    from analyzer.assemble.doubts import doubts_about

    def tag(code: str, source: str, sure: float) -> Tag:
        return Tag(code, source, "x", sure, 0, 1)

    agree = doubts_about(0.99, {"FOA": 0.9}, [tag("FOA", "rule", 0.9)], [tag("FOA", "model", 0.9)])
    assert agree == ()
    differ = doubts_about(0.99, {"FOA": 0.9, "AFFIRM": 0.6}, [tag("AFFIRM", "rule", 0.8)], [tag("FOA", "model", 0.9)])
    assert differ == (Reason("differ", ("AFFIRM",)),)
    assert knowledge.labels.reason("differ", ("AFFIRM",)) == "rule and classifier differ on AFFIRM"
    unsure = doubts_about(
        0.5, {"FOA": 0.6}, [tag("FOA", "rule", 0.6)], [tag("FOA", "model", 0.6), tag(ANY, "model", 1)]
    )
    assert [one.code for one in unsure] == ["unsure", "unsure_category"]
    assert all(knowledge.labels.reason(one.code, one.categories) for one in unsure)


SOURCE = "https://example.org/treaties?id=7&lang=en"


def test_the_address_of_the_text_is_taken_from_where_it_is_stated(tmp_path: Path) -> None:
    page = f'<html><head><title>Pact</title><link rel="canonical" href="{SOURCE.replace("&", "&amp;")}"></head>'
    (tmp_path / "page.html").write_text(f"{page}<body><p>Each Party shall protect workers.</p></body></html>")
    (tmp_path / "note.md").write_text(f"---\ntitle: Pact of Boreland\nsource_url: {SOURCE}\n---\n\nEach Party shall.\n")
    (tmp_path / "plain.txt").write_text("Each Party shall protect workers.\n")
    (tmp_path / "lpa-agreements.csv").write_text(f"stem,source_url\nplain,{SOURCE}\n")
    for name in ("page.html", "note.md", "plain.txt"):
        assert read(tmp_path / name).metadata.source_url == SOURCE, name


def test_of_the_sources_of_tota_that_in_the_language_of_the_text_counts(tmp_path: Path) -> None:
    file = tmp_path / "pta_1.xml"
    sources = '<source lang="es" type="full text">https://example.org/es</source>'
    sources += '<source lang="en" type="annex">https://example.org/annex</source>'
    sources += f'<source lang="en" type="full text">{SOURCE.replace("&", "&amp;")}</source>'
    file.write_text(
        f"<treaty><meta><treaty_identifier>1</treaty_identifier><name>Pact</name><language>en</language>{sources}</meta>"
        '<body><chapter name="Labour"><article number="1">The Parties shall protect the workers.</article></chapter>'
        "</body></treaty>"
    )
    assert read(file).metadata.source_url == SOURCE


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a b", "ftp://example.org", 'https://x"onclick="y'])
def test_what_is_no_web_address_is_no_source(address: str, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text(f"---\ntitle: Pact of Boreland\nurl: '{address}'\n---\n\nEach Party shall.\n")
    assert read(tmp_path / "note.md").metadata.source_url == ""
    (tmp_path / "lpa-agreements.csv").write_text('stem,source_url\nnote,"' + address.replace('"', '""') + '"\n')
    notices = [notice.text for notice in read(tmp_path / "note.md").warnings if notice.code == "unused-table"]
    assert "no address that begins with http:// or https://" in notices[0]


@pytest.mark.parametrize(
    ("words", "invocation", "gap"),
    [
        ("shall ratify ILO Convention No. 87", "named", True),
        ("shall ratify the Freedom of Association and Protection of the Right to Organise Convention", "named", True),
        ("shall apply the fundamental ILO Conventions", "set", True),
        ("shall respect the core labour standards of the ILO", "declaration", False),
        ("shall respect internationally recognised core labor standards", "declaration", False),
        ("shall respect core labour standards and shall apply ILO Convention No. 87", "named", True),
    ],
)
def test_only_what_invokes_conventions_can_be_a_gap(
    words: str, invocation: str, gap: bool, rules_alone: Analyzer
) -> None:
    text = TEXT.replace("shall effectively enforce its labour laws", words)
    about = Metadata("Pact", ("USA", "NOR"), "2011-05-04")
    rows = ratification_rows(rules_alone.analyze_document(Document("x", text, "en", metadata=about)))
    row = next(row for row in rows if (row["party"], row["instrument"]) == ("USA", "C087"))
    assert (row["invocation"], row["gap"]) == (invocation, gap)
    assert row["clauses"] == ("chapter-4/art-4.1/par-2",)
    assert not next(row for row in rows if (row["party"], row["instrument"]) == ("NOR", "C087"))["gap"]


@pytest.mark.parametrize(
    ("language", "words", "invocation"),
    [
        ("es", "Las Partes aplicarán los convenios fundamentales de la OIT", "set"),
        ("es", "Las Partes respetarán las normas fundamentales del trabajo de la OIT", "declaration"),
        ("fr", "Les Parties appliquent les conventions fondamentales de l'OIT", "set"),
        ("fr", "Les Parties respectent les normes fondamentales du travail de l'OIT", "declaration"),
    ],
)
def test_the_form_of_invocation_is_told_in_every_language(
    language: str, words: str, invocation: str, rules_alone: Analyzer
) -> None:
    document = Document("x", f"{words}.\n", language, metadata=Metadata("Pact", ("USA",), "2011-05-04"))
    rows = ratification_rows(rules_alone.analyze_document(document))
    assert {row["invocation"] for row in rows} == {invocation}
