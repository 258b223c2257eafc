"""The comparison of agreements: what it says, that every quote has its source, and that no text can do harm."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree
from docx import Document
from typer.testing import CliRunner

from analyzer import analyze_folder
from analyzer.api import Analysis
from analyzer.bundled import bundled
from analyzer.cli import app
from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.present.columns import Row
from analyzer.present.report import compare, write_report
from analyzer.present.report.page import to_html
from analyzer.present.report.places import cite_pages, cite_place, pinpoint
from analyzer.present.report.quotes import LONGEST
from analyzer.present.report.word import to_docx
from analyzer.present.results import Results
from analyzer.present.tables import agreement_row, provision_rows

Make = Callable[..., Analysis]
HOSTILE = """<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 7*7 }} {% raw %} & \u202eevil \x00\x0b😀"""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def results(make_analysis: Make, knowledge: Knowledge) -> Results:
    """Two agreements with the same text, of which the second affirms and ratifies nothing."""
    one, two = make_analysis(), make_analysis(agreement_id="second")
    rows = provision_rows(two)[:1]
    counts = {"FOA": 0, "ILOCONV": 0, "RATIFY": 0}
    return Results(
        [*provision_rows(one), *rows],
        [agreement_row(one), {**agreement_row(two), **counts, "provisions": 1}],
        knowledge,
        ratification_rows=[
            {
                "agreement_id": "ostrava",
                "instrument": "C087",
                "party": party,
                "gap": gap,
                "ratifications_as_of": "2026-06",
            }
            for party, gap in (("XAA", True), ("XBB", True), ("XCC", False), ("XDD", None))
        ],
    )


def changed(results: Results, **values: Any) -> Results:
    provisions = [{**row, **{k: v for k, v in values.items() if k in row}} for row in results.provision_rows]
    agreements = [{**row, **{k: v for k, v in values.items() if k in row}} for row in results.agreement_rows]
    return Results(provisions, agreements, results.knowledge, ratification_rows=results.ratification_rows)


def test_what_one_has_and_the_other_lacks(results: Results) -> None:
    report = compare(results, ["ostrava", "second"])
    matrix = {category.code: counts for category, counts in report.matrix}
    assert matrix == {"FOA": (1, 0), "ILOCONV": (1, 0), "ENFORCE": (1, 1), "RATIFY": (2, 0)}
    assert "Effective enforcement (ENFORCE)" in report.findings[0]
    assert report.findings[1].startswith("Only Pact of Ostrava (2021) deals with: Freedom of association")
    foa = next(part for part in report.sections if part.category.code == "FOA")
    assert foa.lacking == ("Pact of Ostrava (2021)",)
    facts = dict(report.facts)
    assert facts["Labour provisions"] == ("3", "1")
    assert facts["Invoked, but not ratified (as of 2026-06)"] == ("C087 (XAA, XBB)", "—")
    assert facts["Read from"] == ("ostrava.txt", "ostrava.txt")


def test_every_quote_has_a_numbered_source_with_article_and_page(results: Results) -> None:
    report = compare(results, ["ostrava", "second"])
    quotes = [q for part in report.sections for _, cells in part.rows for cell in cells for q in cell.quotes]
    assert [quote.note for quote in quotes] == list(range(1, len(quotes) + 1))
    assert report.notes == [quote.source for quote in quotes]
    assert report.notes[0] == "Pact of Ostrava (2021), Article 7.2 (Shared Commitments), para. 2, pp. 3–4."


def test_an_item_is_read_with_its_lead_in(results: Results) -> None:
    report = compare(results, ["ostrava", "second"], ["RATIFY"])
    (section,) = report.sections
    (_, binding), (_, hortatory) = section.rows
    assert [quote.lead for quote in binding[0].quotes] == [""]
    assert hortatory[0].quotes[0].text == "(a) within two years."
    assert hortatory[0].quotes[0].lead.startswith("2. The Parties affirm the Ostrava Charter")


def test_a_clause_is_quoted_once_and_then_pointed_at(results: Results) -> None:
    report = compare(changed(results, text="word " * 90), ["ostrava", "second"])
    first = report.sections[0].rows[0][1][0].quotes[0]
    assert first.text == ("word " * 90).strip()
    beside, cells = report.sections[1].rows[-1]
    assert beside == "Quoted above"
    assert cells[0].again == (("Article 7.2, para. 2", 1),)
    assert cells[1].is_empty
    long = compare(changed(results, text="x" * 90_000), ["ostrava", "second"]).sections[0].rows[0][1][0].quotes[0]
    assert len(long.text) == LONGEST + 4
    assert long.source.endswith("shortened here.")


def test_it_opens_with_what_binds_whom_and_what_differs(knowledge: Knowledge) -> None:
    samples = bundled("corpus/texts")
    batch = analyze_folder([samples / "boreland-quillaya-labour.txt", samples / "kandara-lumeya.txt"], model=None)
    report = compare(batch, ["boreland-quillaya-labour", "kandara-lumeya"])
    brief = dict(report.brief)
    assert list(brief)[:2] == ["What binds whom", "What differs"]
    rich, poor = brief["What binds whom"]
    assert re.search(r"\d+ of its \d+ labour provisions \(\d+%\) are duties, above all on each Party \(\d+\)", rich)
    assert "Duties on: freedom of association" in rich
    assert "Duties on" not in poor
    assert any(sentence.startswith("Only boreland-quillaya-labour has: ") for sentence in brief["What differs"])
    html, document = to_html(report), Document(io.BytesIO(to_docx(report)))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for sentence in (sentence for sentences in brief.values() for sentence in sentences):
        assert sentence in words
        assert sentence[:60] in html
    assert words.index("What binds whom") < words.index("Executive table")


@pytest.mark.parametrize(
    ("agreements", "categories", "said"),
    [
        (["ostrava"], [], "at least 2 agreements"),
        (["ostrava", "ostrava"], [], "named twice"),
        (["ostrava", "third"], [], "no agreement 'third'; there are ostrava, second"),
        (["ostrava", "second"], ["NONSENSE"], "no category 'NONSENSE'"),
    ],
)
def test_a_wrong_wish_is_explained(results: Results, agreements: list[str], categories: list[str], said: str) -> None:
    with pytest.raises(TableError, match=re.escape(said)):
        compare(results, agreements, categories)


def test_at_most_six_stand_side_by_side(results: Results) -> None:
    rows = [{**results.agreement_rows[0], "agreement_id": f"a{n}"} for n in range(7)]
    with pytest.raises(TableError, match="at most 6"):
        compare(Results([], rows, results.knowledge), [row["agreement_id"] for row in rows])


@pytest.mark.parametrize(
    ("clause_id", "said"),
    [
        ("chapter-16/art-16.2/par-1/item-a/sub-ii", "para. 1(a)(ii)"),
        ("art-5", ""),
        ("preamble/recital-3", "recital 3"),
        ("annex-17-a/par-1/item-a", "para. 1(a)"),
        ("title-ii/art-11/indent-2", "indent 2"),
        ("chapter-1/art-2/text-3", "unnumbered para. 3"),
        ("chapter-1/art-2/fn-4", "footnote 4"),
        ("chapter-1/art-2/def-labour-law/item-b", "definition of “labour law”(b)"),
        ("chapter-1/art-2/par-1~2", "para. 1"),
    ],
)
def test_addresses_are_said_as_lawyers_do(clause_id: str, said: str) -> None:
    assert pinpoint(clause_id) == said


def test_places_outside_articles(results: Results) -> None:
    row = {**results.provision_rows[0], "article": "", "heading": "", "chapter": "ANNEX 4: LABOUR", "location": "annex"}
    assert cite_place({**row, "clause_id": "annex-4/par-2"}) == "ANNEX 4: LABOUR, para. 2"
    row = {**row, "chapter": "", "location": "preamble", "page_start": None, "page_end": None}
    assert cite_place({**row, "clause_id": "preamble/recital-2"}) == "Preamble, recital 2"
    assert cite_pages(row) == ""
    assert cite_pages({**row, "page_start": 4, "page_end": 4}) == "p. 4"


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile(results: Results) -> Results:
    values = {"text": HOSTILE, "agreement": HOSTILE, "article": HOSTILE, "heading": HOSTILE, "chapter": HOSTILE}
    return changed(results, **values, source_file=f"/secret/{HOSTILE}", parties=HOSTILE, date_signed=HOSTILE)


def test_no_text_can_become_part_of_the_page(results: Results) -> None:
    page = to_html(compare(hostile(results), ["ostrava", "second"]))
    tags = Tags(page)
    assert not {"script", "img", "iframe", "object", "form"} & {tag for tag, _ in tags.found}
    assert not [name for _, attributes in tags.found for name in attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in tags.text
    assert "{{ 7*7 }}" in tags.text
    assert "/secret" not in page
    links = [attributes.get("href") or attributes.get("src") or "#" for _, attributes in tags.found]
    assert all(link.startswith("#") for link in links)
    assert not re.search(r"url\(|@import", page)


def test_links_of_the_page_lead_somewhere(results: Results) -> None:
    tags = Tags(to_html(compare(results, ["ostrava", "second"]))).found
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {attributes["href"] for tag, attributes in tags if tag == "a"}
    assert links
    assert links <= {f"#{name}" for name in ids}


def test_the_word_document_has_true_footnotes(results: Results) -> None:
    report = compare(results, ["ostrava", "second"])
    made = to_docx(report)
    document = Document(io.BytesIO(made))
    assert document.paragraphs[0].text == "Labour provisions compared"
    assert len(document.tables) == 2 + len(report.sections)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        body = ElementTree.fromstring(parts.read("word/document.xml"))
        notes = ElementTree.fromstring(parts.read("word/footnotes.xml"))
    marks = [int(mark.get(f"{W}id")) for mark in body.iter(f"{W}footnoteReference")]
    texts = {int(n.get(f"{W}id")): "".join(t.text for t in n.iter(f"{W}t")) for n in notes.iter(f"{W}footnote")}
    assert marks == list(range(1, len(report.notes) + 1))
    assert [texts[mark] for mark in marks] == [f" {note}" for note in report.notes]


def test_no_text_can_become_part_of_the_word_document(results: Results) -> None:
    made = to_docx(compare(hostile(results), ["ostrava", "second"]))
    text = "\n".join(cell.text for table in Document(io.BytesIO(made)).tables for cell in table._cells)
    assert "<script>alert(1)</script>" in text
    assert "\x00" not in text
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))
            assert b'TargetMode="External"' not in parts.read(name)


def test_the_same_results_make_the_same_files(results: Results, tmp_path: Path) -> None:
    report = compare(results, ["ostrava", "second"])
    first = [path.read_bytes() for path in write_report(tmp_path, report)]
    again = [path.read_bytes() for path in write_report(tmp_path, report)]
    assert first == again
    assert {path.name for path in tmp_path.iterdir()} == {"report.docx", "report.html"}


def lpa(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_command_reads_what_analyze_wrote(tmp_path: Path) -> None:
    names = ("norwell-veridia", "northern-states-lusenia")
    texts = Path(__file__).resolve().parent.parent / "corpus/texts"
    lpa("analyze", *(texts / f"{name}.txt" for name in names), "--out", tmp_path, "--format", "jsonl", "--jobs", "1")
    done = lpa("report", tmp_path, "--agreements", ",".join(names), "--categories", "foa, CL", "--format", "docx,html")
    assert done.exit_code == 0, done.output
    assert "report.docx" in done.stdout
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "freedom of association" in page
    assert 'id="CL"' in page
    assert 'id="ENFORCE"' not in page


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--agreements", "a,b"], "no such folder"),
        ([], "--agreements"),
    ],
)
def test_the_command_explains_wrong_usage(tmp_path: Path, options: list[str], said: str) -> None:
    done = lpa("report", tmp_path / "missing", *options)
    assert done.exit_code == 2
    assert said in done.stderr


def test_an_unknown_format_writes_nothing(tmp_path: Path, results: Results) -> None:
    report = compare(results, ["ostrava", "second"])
    with pytest.raises(TableError, match="unknown format pdf; choose from docx, html"):
        write_report(tmp_path, report, ["pdf"])
    assert not list(tmp_path.iterdir())


def test_rows_are_not_changed(results: Results) -> None:
    before: list[Row] = [dict(row) for row in results.provision_rows]
    compare(results, ["ostrava", "second"])
    assert results.provision_rows == before
