"""PDFs whose sheets hold two pages side by side, or whose pages are turned by a wrong flag."""

from __future__ import annotations

import io
from pathlib import Path
from typing import cast

import pypdfium2
import pytest

from analyzer.read.file import read
from analyzer.read.pdf.ligatures import leave_out_misplaced, may_be_misplaced
from analyzer.read.pdf.line_pieces import Boxes
from analyzer.types import Document
from tests.pdfs import HEIGHT, WIDTH, Set, column, one_page, stream, typeset

PAGES = [
    ["AGREEMENT ON LABOUR COOPERATION", "BETWEEN ORRANE AND TESSALY"],
    [
        "Article 1",
        "1. Each Party shall protect the right of workers",
        "to organise, and shall not lower the protection",
        "that its labour laws afford to them in order to",
        "attract trade or investment.",
        "2. Each Party shall provide for inspectors whom",
        "the workers of its territory can reach, and shall",
    ],
    [
        "give them the means that their work requires.",
        "Article 2",
        "1. A Party may request consultations with the",
        "other Party on any matter under this Agreement,",
        "and the Parties shall meet within thirty days.",
        "2. The Parties shall publish what they agree on",
        "and shall carry it out without undue delay.",
    ],
    [
        "Article 3",
        "1. The Parties shall cooperate on the training of",
        "inspectors and on the safety of workers at sea.",
        "2. They shall report on it every second year to",
        "the Committee, which shall publish the report.",
        "3. A Party may invite the organisations of its",
        "workers and employers to comment on the report.",
    ],
    ["Article 4", "This Agreement enters into force on the day of", "its signature."],
]


def document(folder: Path, data: bytes) -> Document:
    path = folder / "agreement.pdf"
    path.write_bytes(data)
    return read(path)


def flowing(text: str) -> str:
    return " ".join(text.split())


def words_of(*pages: int) -> str:
    """Return the words of some of ``PAGES``."""
    return " ".join(line for page in pages for line in PAGES[page])


def sheet(
    left: list[str], right: list[str], *, mixed: bool = False, numbers: tuple[int, int] | None = None
) -> list[Set]:
    """Set two pages on a sheet, one after the other, or line by line across both."""
    pages = column(left, 50, 120), column(right, 470, 120)
    lines = [*pages[0], *pages[1]]
    if mixed:
        lines.sort(key=lambda line: (line.top, line.left))
    feet = [Set(str(number), place, 240) for number, place in zip(numbers or (), (200, 620), strict=False)]
    return lines + feet


def sheets(*pages: list[Set]) -> bytes:
    return typeset(*pages, width=HEIGHT, height=WIDTH)


@pytest.mark.parametrize("mixed", [False, True], ids=["page after page", "line by line across the sheet"])
def test_of_two_pages_on_a_sheet_the_left_one_is_read_first(tmp_path: Path, mixed: bool) -> None:
    data = sheets(sheet(PAGES[1], PAGES[2], mixed=mixed), sheet(PAGES[3], PAGES[4], mixed=mixed))
    assert flowing(document(tmp_path, data).text) == words_of(1, 2, 3, 4)


def test_a_title_page_beside_a_full_one_and_a_last_sheet_with_one_page(tmp_path: Path) -> None:
    data = sheets(sheet(PAGES[0], PAGES[1]), sheet(PAGES[2], PAGES[3]), sheet(PAGES[4], []))
    assert flowing(document(tmp_path, data).text) == words_of(0, 1, 2, 3, 4)


def test_numbers_of_both_pages_of_a_sheet_are_no_text(tmp_path: Path) -> None:
    made = [
        sheet(PAGES[1], PAGES[2], numbers=(12, 13)),
        sheet(PAGES[3], PAGES[1], numbers=(14, 15)),
        sheet(PAGES[2], PAGES[3], numbers=(16, 17)),
    ]
    read_sheets = document(tmp_path, sheets(*made))
    assert flowing(read_sheets.text) == words_of(1, 2, 3, 1, 2, 3)
    numbers = [(page.number, page.label) for page in read_sheets.pages]
    assert numbers == [(1, "12"), (1, "13"), (2, "14"), (2, "15"), (3, "16"), (3, "17")]


def test_a_table_across_a_landscape_page_is_no_sheet(tmp_path: Path) -> None:
    rows = [
        ("0101", "Horses", "Duty free", "2030"),
        ("0102", "Cattle", "12 %", "2031"),
        ("0103", "Swine", "7 %", "2032"),
    ]
    lines = [
        Set(words, left, 90 + 16 * number)
        for number, row in enumerate(rows * 4)
        for left, words in zip((60, 250, 520, 700), row, strict=True)
    ]
    assert "0102 Cattle 12 % 2031\n0103 Swine 7 % 2032" in document(tmp_path, sheets(lines)).text


def test_lines_across_a_landscape_page_are_read_whole(tmp_path: Path) -> None:
    lines = [f"{left} {right}" for left, right in zip(PAGES[1], PAGES[2], strict=True)]
    text = document(tmp_path, sheets(column(lines, 60, 120, size=14))).text
    assert flowing(text) == flowing(" ".join(lines))


# Turned pages


def flagged(data: bytes, *turns: int) -> bytes:
    """Return a PDF whose pages are shown turned by some degrees, whatever their words need."""
    pdf, made = pypdfium2.PdfDocument(data), io.BytesIO()
    for page, turn in zip(pdf, turns, strict=True):
        page.set_rotation(turn)
    pdf.save(made)
    return made.getvalue()


@pytest.mark.parametrize("shown", [0, 90, 180, 270])
@pytest.mark.parametrize("needed", [0, 90, 180, 270])
def test_pages_are_read_along_their_words_whatever_way_they_are_shown(tmp_path: Path, needed: int, shown: int) -> None:
    data = flagged(typeset(column(PAGES[1]), turned=needed), shown)
    assert flowing(document(tmp_path, data).text) == words_of(1)


def test_each_page_is_turned_by_itself(tmp_path: Path) -> None:
    data = flagged(typeset(*map(column, PAGES[1:])), 0, 180, 90, 270)
    assert flowing(document(tmp_path, data).text) == words_of(1, 2, 3, 4)


def test_sheets_that_are_turned_hold_two_pages_too(tmp_path: Path) -> None:
    data = flagged(sheets(sheet(PAGES[1], PAGES[2]), sheet(PAGES[3], PAGES[4])), 90, 180)
    assert flowing(document(tmp_path, data).text) == words_of(1, 2, 3, 4)


def test_a_few_words_along_the_margin_do_not_turn_the_page(tmp_path: Path) -> None:
    def beside(canvas: object, number: int) -> None:
        canvas.rotate(90)  # type: ignore[attr-defined]
        canvas.drawString(300, -30, "CONFORMED COPY")  # type: ignore[attr-defined]

    data = flagged(typeset(column(PAGES[1]), over=beside), 180)
    assert words_of(1) in flowing(document(tmp_path, data).text)


def test_ligatures_on_the_second_page_of_a_sheet_stay_in_their_words(tmp_path: Path) -> None:
    # PDFium places a letter that stands for two as if the form with the second page stood on the left.
    lines = [
        "Article 1",
        "1. Each Party shall keep an office that is",
        "first among those that confirm the efforts of",
        "inspectors, and shall find for it the means",
        "that fit its difficult work.",
        "2. No Party shall modify the field of its law",
        "so as to affect the benefits of workers.",
    ]
    words = "".join(f"({line}) Tj T* " for line in lines).replace("fi", "~")
    form = stream(f"BT /G 11 Tf 14 TL 50 480 Td {words}ET".encode(), b"/Type/XObject/Subtype/Form/BBox[0 0 420 595]"
                  b"/Resources<</Font<</G 6 0 R>>>>")  # fmt: skip
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 7 0 R>>"
    to_unicode = stream(
        b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00><FF> endcodespacerange "
        b"1 beginbfrange <20><7D><0020> endbfrange 1 beginbfchar <7E><00660069> endbfchar endcmap end end"
    )
    content = stream(b"/X Do q 1 0 0 1 421 0 cm /X Do Q")
    resources = b"/XObject<</X 8 0 R>>"
    data = one_page(content, resources, font, to_unicode, form, box=b"[0 0 842 595]")
    assert flowing(document(tmp_path, data).text) == flowing(" ".join(lines * 2))


class Letters:
    """Letters six points wide; the "fi" of "fishing" stands on the other half of the sheet."""

    def letter(self, index: int) -> tuple[float, float, float, float]:
        left = 40.0 + 3 * (index - 4) if index in (4, 5) else 640.0 + 6 * index
        return left, 100.0, left + 6, 112.0


def test_runs_of_ligatures_on_the_other_half_of_a_sheet_are_left_out() -> None:
    runs = [(640.0, 100.0, 661.0, 112.0), (40.0, 101.0, 48.0, 111.0), (676.0, 100.0, 708.0, 112.0)]
    assert may_be_misplaced(runs)
    letters = cast("Boxes", Letters())
    assert leave_out_misplaced(letters, "sea fishing", 0, 11, runs) == ([runs[0], runs[2]], 0)
    assert leave_out_misplaced(letters, "sea fishing", 4, 11, runs[1:]) == (runs[2:], 6)
    assert leave_out_misplaced(letters, "sea wishing", 0, 11, runs) == (runs, 0)
