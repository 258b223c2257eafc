"""PDFs whose sheets hold two pages side by side, or whose pages are turned by a wrong flag."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest

from analyzer.read.file import read
from analyzer.types import Document
from tests.pdfs import HEIGHT, WIDTH, Set, column, typeset

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
