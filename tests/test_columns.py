"""Pages in columns, from the places of their lines."""

from __future__ import annotations

import pytest

from analyzer.read.pdf.page_lines import PageLine
from analyzer.read.pdf.reading_order import order_rows

WORDS = "the Parties shall consult one another on labour matters"


def column(left: float, lines: int, word: str) -> list[PageLine]:
    return [PageLine(f"{word} {WORDS}", left, left + 230, 14 * row, 14 * row + 11, 11) for row in range(lines)]


@pytest.mark.parametrize("last", [1, 2, 4])
def test_the_few_lines_of_the_last_column_stand_behind_the_first(last: int) -> None:
    """What runs over into the second column of the last page is not joined to the first line of that page."""
    full = [*column(60, 40, "left"), *column(310, 40, "right")]
    ending = [*column(60, 40, "left"), *column(310, last, "right")]
    _, rows = order_rows([full, ending])
    assert [row.line.text.split()[0] for row in rows] == ["left"] * 40 + ["right"] * last
