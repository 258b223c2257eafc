from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from analyzer.api import Analysis
from analyzer.errors import TableError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.present.cells import xml_text
from analyzer.present.columns import ERROR_COLUMNS, PROVISION_COLUMNS, Row, agreement_columns
from analyzer.present.instrument_tables import INSTRUMENT_COLUMNS, RATIFICATION_COLUMNS
from analyzer.present.results import Results
from analyzer.present.tables import agreement_row, provision_rows
from analyzer.present.workbook import categories, cells, write_workbook
from analyzer.present.workbook.cells import pieces
from analyzer.types import Metadata

Make = Callable[..., Analysis]
Write = Callable[..., Workbook]


@pytest.fixture
def write(tmp_path: Path, make_analysis: Make, knowledge: Knowledge) -> Write:
    """Return a function that writes a workbook, with values of the first provision replaced, and opens it."""

    def make(errors: list[Row] | None = None, **values: Any) -> Workbook:
        analysis = make_analysis()
        first, *rest = provision_rows(analysis)
        results = Results(
            [{**first, **values}, *rest],
            [agreement_row(analysis)],
            knowledge,
            error_rows=errors or [],
            made_by={"package": "9.8", "knowledge": knowledge.version},
        )
        write_workbook(tmp_path / "made.xlsx", results)
        return load_workbook(tmp_path / "made.xlsx")

    return make


NAMES = {heading: name for name, heading in load_knowledge().labels.columns.items() if name != "signed"}


def named(heading: object) -> str:
    """Return the name of the column that has a heading."""
    first, blank, rest = str(heading).partition(" (continued")
    return NAMES.get(first, first) + blank + rest


def records(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    names, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(named, names), row, strict=True)) for row in rows]


def test_the_sheets_hold_the_tables(write: Write, knowledge: Knowledge) -> None:
    book = write(errors=[{"file": "x.pdf", "agreement_id": "", "reason": "encrypted", "kind": "read"}])
    assert book.sheetnames == [
        *("About", "Headline figures", "Agreements", "Provisions", "Categories", "Indicators", "Ratification gaps"),
        *(
            "Ratifications",
            "Instruments",
            "Indicator evidence",
            "References",
            "Families",
            "Trends",
            "Codebook",
            "Errors",
        ),
    ]
    first, second, third = records(book, "Provisions")
    assert first["text"] == "1. Each Party shall effectively enforce its labour laws."
    assert (first["start"], first["confidence"], first["page_start"]) == (51, 0.95, 3)
    assert (first["review"], third["review"]) == ("no", "yes")
    assert (second["categories"], second["source_start"]) == ("FOA;ILOCONV;RATIFY", None)
    assert first["date_signed"] == datetime(2021, 3, 4), "a date is a date"
    assert second["lead_in"] is None
    assert third["lead_in"] == "2. The Parties affirm the Ostrava Charter and shall ratify Convention No. 87:"
    assert third["text"] == f"{third['lead_in']}\n(a) within two years.", "the words that bind stand above the item"
    assert records(book, "Agreements")[0]["RATIFY"] == 2
    assert [row["code"] for row in records(book, "Codebook")] == list(knowledge.categories)
    assert records(book, "Errors")[0]["reason"] == "encrypted"


def test_the_about_sheet_explains_every_column(write: Write, knowledge: Knowledge) -> None:
    lines = list(write()["About"].iter_rows(values_only=True, max_col=2))
    assert f"labour-provision-analyzer 9.8, knowledge {knowledge.version}" in dict(lines)["Made by"]
    explained = {(name, str(meaning).rpartition("(")[2]) for name, meaning in lines}
    cited = (*INSTRUMENT_COLUMNS, *RATIFICATION_COLUMNS)
    for column in (*PROVISION_COLUMNS, *agreement_columns(knowledge), *cited, *ERROR_COLUMNS):
        assert (knowledge.labels.heading(column.name), f"{column.name})") in explained


def test_tables_can_be_read_and_filtered(write: Write) -> None:
    book = write()
    for name in ("Agreements", "Provisions", "Codebook", "Errors"):
        sheet = book[name]
        assert sheet.freeze_panes in ("B2", "C2")
        assert sheet.auto_filter.ref is not None
        assert sheet["A1"].font.b
    sheet = book["Provisions"]
    text = next(cell for cell in sheet[1] if cell.value == "Text")
    assert sheet.column_dimensions[text.column_letter].width >= 50
    assert sheet[f"{text.column_letter}2"].alignment.wrap_text
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.auto_filter.ref.endswith("4")


@pytest.mark.parametrize(
    "text", ["=1+1", "{=A1}", "+1", "@x", "https://a.example/", "007", "1e5", "mailto:a@b.c", "#REF!"]
)
def test_a_text_stays_a_text(write: Write, tmp_path: Path, text: str) -> None:
    book = write(text=text, agreement=text)
    cell = next(cell for cell in book["Provisions"][2] if cell.value == text)
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    with zipfile.ZipFile(tmp_path / "made.xlsx") as parts:
        sheets = b"".join(parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/"))
    assert b"<f>" not in sheets
    assert b"<f " not in sheets


@pytest.mark.parametrize("letter", ["a", "𝔘", "é"])
def test_a_long_text_goes_on_in_further_columns_with_a_note(write: Write, letter: str) -> None:
    text = letter * 70_001
    first, second, _ = records(write(text=text), "Provisions")
    parts = [first["text"], *(first[name] for name in first if name.startswith("text (continued"))]
    assert "".join(parts) == text
    assert all(len(part.encode("utf-16-le")) <= 2 * 32_767 for part in parts)
    assert "text (continued 2)" in first["note"]
    assert second["note"] is None


def test_no_note_column_without_long_texts(write: Write) -> None:
    assert "note" not in records(write(), "Provisions")[0]


@pytest.mark.parametrize("size", [0, 1, 32_766, 32_767, 32_768, 65_534, 65_535])
def test_pieces_join_to_the_text(size: int) -> None:
    for text in ("x" * size, ("x😀y" * size)[:size]):
        parts = pieces(text)
        assert "".join(parts) == text
        assert all(len(part.encode("utf-16-le")) <= 65_534 for part in parts)


def test_characters_that_xml_cannot_hold_are_left_out(write: Write) -> None:
    assert xml_text("a\x00b\x1fc\ud800d\ufffee\r\nf\rg\x0ch\ti") == "abcde\nf\ng\nh\ti"
    first = records(write(text="a\x00b\ud800_\x0bc", agreement="\x01"), "Provisions")[0]
    assert first["text"] == "ab_\nc"
    assert first["agreement"] is None


def test_a_table_with_too_many_rows_goes_on_on_another_sheet(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "ROW_LIMIT", 3)
    book = write()
    assert len(records(book, "Provisions")) == 2
    assert [row["text"].split("\n")[-1] for row in records(book, "Provisions 2")] == ["(a) within two years."]


def column(sheet: Worksheet, begins: str, row: int) -> str:
    return next(cell.column_letter for cell in sheet[row] if str(cell.value).split(" ")[0] == begins)


def test_a_count_leads_to_the_first_provision_it_counts(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    book = write()
    sheet = book["Categories"]
    cell = sheet[f"{column(sheet, 'RATIFY', 2)}3"]
    assert (cell.value, cell.data_type) == (2, "n")
    assert cell.hyperlink.location == "'Provisions'!A3"
    assert cell.hyperlink.target is None
    assert book["Provisions"]["A3"].value == "ostrava"
    text = column(book["Provisions"], "Text", 1)
    assert book["Provisions"][f"{text}3"].value.startswith("2. The Parties affirm")
    assert sheet[f"{column(sheet, 'FL', 2)}3"].value is None
    counts = book["Agreements"]
    assert counts[f"{column(counts, 'Provisions', 1)}2"].hyperlink.location == "'Provisions'!A2"
    monkeypatch.setattr(cells, "ROW_LIMIT", 2)
    moved = write()["Categories"]
    assert moved[f"{column(moved, 'RATIFY', 2)}3"].hyperlink.location == "'Provisions 2'!A2"


def test_the_matrix_is_coloured_and_adds_up(write: Write) -> None:
    sheet = write()["Categories"]
    (rule,) = (rule for found in sheet.conditional_formatting for rule in found.rules)
    assert rule.type == "colorScale"
    at = column(sheet, "RATIFY", 2)
    assert [sheet[f"{at}{line}"].value for line in (4, 5)] == [1, 2]
    assert sheet.freeze_panes == "C3"


def test_no_more_links_than_a_sheet_can_hold(
    write: Write, monkeypatch: pytest.MonkeyPatch, knowledge: Knowledge
) -> None:
    monkeypatch.setattr(categories, "LINK_LIMIT", len(knowledge.categories))
    sheet = write()["Categories"]
    cell = sheet[f"{column(sheet, 'RATIFY', 2)}3"]
    assert (cell.value, cell.hyperlink) == (2, None)


def test_what_few_readers_need_is_folded_away_and_nothing_is_lost(write: Write) -> None:
    sheet = write()["Provisions"]
    hidden = {named(cell.value) for cell in sheet[1] if is_hidden(sheet, cell.column_letter)}
    assert {"start", "end", "source_id", "evidence", "lead_in", "confidence"} <= hidden
    assert not hidden & {"text", "article", "page_start", "categories", "strength", "review", "review_reason"}
    assert {named(cell.value) for cell in sheet[1]} == {known.name for known in PROVISION_COLUMNS}
    shown = [named(cell.value) for cell in sheet[1] if not is_hidden(sheet, cell.column_letter)]
    widths = {named(cell.value): sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]}
    assert sum(widths[name] for name in shown) <= 152.5, "at 8 points they fit a page of A4 in its width"
    assert sheet["A2"].font.sz == 8


def is_hidden(sheet: Worksheet, letter: str) -> bool:
    at = column_index_from_string(letter)
    return any(known.hidden and known.min <= at <= known.max for known in sheet.column_dimensions.values())


def test_every_sheet_is_set_up_for_paper(write: Write) -> None:
    for sheet in write():
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in str(sheet.oddFooter.right.text)
    assert write()["Provisions"].print_title_rows == "$1:$1"


def test_trends_count_agreements_by_year_and_draw_them(write: Write) -> None:
    sheet = write()["Trends"]
    assert [cell.value for cell in sheet[4]][:9] == ["2021", 1, 0, 1, 0, 0, 1, 3, 0.667]
    assert len(sheet._charts) == 2
    assert "left out: 0" in sheet["A1"].value


def test_trends_without_any_date_say_so(tmp_path: Path, make_analysis: Make, knowledge: Knowledge) -> None:
    analysis = make_analysis(metadata=Metadata("Pact"))
    write_workbook(tmp_path / "made.xlsx", Results(provision_rows(analysis), [agreement_row(analysis)], knowledge))
    sheet = load_workbook(tmp_path / "made.xlsx")["Trends"]
    assert "left out: 1" in sheet["A1"].value
    assert sheet.max_row == 1


def test_ratifications_show_the_year_or_the_gap(tmp_path: Path, make_analysis: Make, knowledge: Knowledge) -> None:
    fact = {
        **agreement_row(make_analysis()), "party": "XAA", "party_name": "=Ostrava", "group": "", "instrument": "C087",
        "title": "Freedom", "invoked": ("named",), "invocation": "named", "clauses": (),
            "mentions": 1, "ratified": "1957", "denounced": "",
        "at_signature": True, "now": True, "gap": False, "ratifications_as_of": "2026-06",
    }  # fmt: skip
    row = {known.name: fact[known.name] for known in RATIFICATION_COLUMNS}
    other = {**row, "party": "XBB", "ratified": "", "at_signature": False, "now": False, "gap": True}
    analysis = make_analysis()
    rows = provision_rows(analysis), [agreement_row(analysis)]
    write_workbook(tmp_path / "made.xlsx", Results(*rows, knowledge, ratification_rows=[row, other]))
    sheet = load_workbook(tmp_path / "made.xlsx")["Ratifications"]
    assert [cell.value for cell in sheet[3]][3:] == ["XAA", "=Ostrava", None, 0, "1957"]
    assert [cell.value for cell in sheet[2]][3:] == ["XBB", "=Ostrava", None, 1, "no"]
    assert sheet["H2"].fill.fgColor.rgb != sheet["H3"].fill.fgColor.rgb
    assert sheet["E2"].data_type == "s"
    assert "2026-06" in sheet["A5"].value
    gaps = records(load_workbook(tmp_path / "made.xlsx"), "Ratification gaps")
    assert [(row["agreement_id"], row["party_name"], row["instrument"]) for row in gaps] == [
        ("ostrava", "=Ostrava", "C087")
    ]


def test_headline_figures_are_those_of_the_study(write: Write, knowledge: Knowledge) -> None:
    sheet = write()["Headline figures"]
    assert [cell.value for cell in sheet[2]][:7] == ["All agreements", "2021–2021", 1, 0, 0, 1, 1]
    said = [str(row[0].value) for row in sheet.iter_rows(min_row=5)]
    assert all(any(meaning in line for line in said) for meaning in knowledge.labels.counted.values())
    assert all(reason in said for reason in knowledge.published.differences["en"])


def test_a_file_that_cannot_be_made_is_reported(tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(TableError, match=r"the workbook cannot be written"):
        write_workbook(tmp_path / "missing" / "made.xlsx", Results([], [], knowledge))


def test_an_agreement_without_a_name_or_provisions_can_be_written(
    tmp_path: Path, make_analysis: Make, knowledge: Knowledge
) -> None:
    row = agreement_row(replace(make_analysis(), provisions=()))
    write_workbook(tmp_path / "made.xlsx", Results([], [row], knowledge))
    assert records(load_workbook(tmp_path / "made.xlsx"), "Agreements")[0]["binding_share"] is None
