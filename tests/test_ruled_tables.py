"""Tables with rules in PDFs: read row by row, cell by cell, and no word is lost or read twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from analyzer import read
from tests.pdfs import HEIGHT, Set, column, typeset

ROWS = (
    (["Commitment"], ["Deadline"], ["Authority"]),
    (
        ["Solmar shall amend its labour code", "so that all workers may organise", "and bargain collectively."],
        ["Within 12 months"],
        ["Ministry of Labour,", "Directorate for", "Legal Affairs"],
    ),
    (["Solmar shall ratify Convention No. 81."], ["Within", "24 months"], ["National Assembly"]),
    (["Solmar shall train its inspectors."], [], ["Labour Inspectorate"]),
)
EDGES = (60.0, 260.0, 350.0, 480.0)
TOP, LEAD, PADDING = 120.0, 13.0, 4.0
READ = [
    "Commitment Deadline Authority",
    "Solmar shall amend its labour code so that all workers may organise and bargain collectively. Within 12 months "
    "Ministry of Labour, Directorate for Legal Affairs",
    "Solmar shall ratify Convention No. 81. Within 24 months National Assembly",
    "Solmar shall train its inspectors. Labour Inspectorate",
]
BEFORE, AFTER = "The Parties agree on the commitments of this Annex.", "Each Party shall report to the Council."
Cells = Sequence[Sequence[Sequence[str]]]


def borders(rows: Cells) -> list[float]:
    """Return the heights of the rules across, from the top of the page."""
    heights = [TOP]
    for row in rows:
        heights.append(heights[-1] + LEAD * max(map(len, row)) + 2 * PADDING)
    return heights


def set_cells(rows: Cells) -> list[Set]:
    """Set the words of each cell in its middle, cell by cell."""
    made: list[Set] = []
    for row, (top, bottom) in zip(rows, zip(borders(rows), borders(rows)[1:], strict=False), strict=True):
        for left, lines in zip(EDGES, row, strict=False):
            made += column(lines, left + 5, (top + bottom) / 2 - LEAD * len(lines) / 2 + 10, LEAD, 10)
    return made


def stroked(canvas: Any, rows: Cells) -> None:
    tops = borders(rows)
    for top in tops:
        canvas.line(EDGES[0], HEIGHT - top, EDGES[-1], HEIGHT - top)
    for edge in EDGES:
        canvas.line(edge, HEIGHT - tops[0], edge, HEIGHT - tops[-1])


def filled(canvas: Any, rows: Cells) -> None:
    """Draw thin boxes around each cell, as word processors and browsers do."""
    tops = borders(rows)
    for top, bottom in pairwise(tops):
        for left, right in pairwise(EDGES):
            canvas.rect(left, HEIGHT - top, right - left, 0.5, stroke=0, fill=1)
            canvas.rect(left, HEIGHT - bottom, right - left, 0.5, stroke=0, fill=1)
            canvas.rect(left, HEIGHT - bottom, 0.5, bottom - top, stroke=0, fill=1)
            canvas.rect(right, HEIGHT - bottom, 0.5, bottom - top, stroke=0, fill=1)


def framed(canvas: Any, rows: Cells) -> None:
    tops = borders(rows)
    for top, bottom in pairwise(tops):
        for left, right in pairwise(EDGES):
            canvas.rect(left, HEIGHT - bottom, right - left, bottom - top, stroke=1, fill=0)


def paragraphs(folder: Path, rows: Cells, draw: Callable[[Any, Cells], None], more: Sequence[Set] = ()) -> list[str]:
    end = borders(rows)[-1]
    page = [Set(BEFORE, 60, 100), *set_cells(rows), *more, Set(AFTER, 60, end + 25)]
    path = folder / "agreement.pdf"
    path.write_bytes(typeset(page, under=lambda canvas, _: draw(canvas, rows)))
    return read(path).text.split("\n\n")


@pytest.mark.parametrize("draw", [stroked, filled, framed])
def test_each_row_is_read_cell_by_cell(tmp_path: Path, draw: Callable[[Any, Cells], None]) -> None:
    assert paragraphs(tmp_path, ROWS, draw) == [BEFORE, *READ, AFTER]


def test_rows_of_one_line_are_not_joined(tmp_path: Path) -> None:
    rows = [([f"Solmar shall repeal Act No. {number}."], ["In 2030"], ["Parliament"]) for number in range(1, 7)]
    read_as = [f"Solmar shall repeal Act No. {number}. In 2030 Parliament" for number in range(1, 7)]
    assert paragraphs(tmp_path, rows, stroked) == [BEFORE, *read_as, AFTER]


@pytest.mark.parametrize("mark", ["(a) {}", "• {}", "– {}"])
def test_items_in_a_cell_are_paragraphs(tmp_path: Path, mark: str) -> None:
    items = [mark.format("train its inspectors; and"), mark.replace("a", "b").format("publish reports.")]
    rows = (*ROWS[:2], (["Solmar shall:", *items], ["Within 36 months"], ["Labour Inspectorate"]))
    expected = [*READ[:2], "Solmar shall:", items[0], f"{items[1]} Within 36 months Labour Inspectorate"]
    assert paragraphs(tmp_path, rows, stroked) == [BEFORE, *expected, AFTER]


@pytest.mark.parametrize("across", [150.0, 240.0, 330.0])
def test_words_across_a_rule_are_neither_lost_nor_read_twice(tmp_path: Path, across: float) -> None:
    """The rules are no table then, or one of another kind; all words stay."""
    more = Set("Stamp of the Council of Solmar", across, borders(ROWS)[1] + 20)
    text = " ".join(paragraphs(tmp_path, ROWS, stroked, [more]))
    assert Counter(text.split()) == Counter(" ".join([BEFORE, *READ, AFTER, more.words]).split())


def test_a_frame_around_a_text_changes_nothing(tmp_path: Path) -> None:
    def draw(canvas: Any, _: Cells) -> None:
        canvas.rect(50, 100, 450, 650, stroke=1, fill=0)
        canvas.rect(46, 96, 458, 658, stroke=1, fill=0)

    rows = [(["1. Each Party shall enforce its labour", "law in all sectors of its economy."], [], [])] * 3
    assert paragraphs(tmp_path, rows, draw) == paragraphs(tmp_path, rows, lambda canvas, rows: None)


def test_a_tariff_is_read_line_by_line_as_before(tmp_path: Path) -> None:
    rows = [([f"0{number}01.10"], ["Live animals, others"], ["free of any duty"]) for number in range(1, 6)]
    bare = paragraphs(tmp_path, rows, lambda canvas, rows: None)
    assert paragraphs(tmp_path, rows, stroked) == bare
