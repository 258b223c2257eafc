"""Tables that are not part of the agreement's text: tariff schedules, lists of products, forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.read.pdf.reading_order import TextRow

WINDOW = 8
"""Number of rows that are judged together."""
DENSE = 0.4
"""Share of them that must consist of cells."""
FEWEST_CELLS = 3
"""Minimum cells of a row; two are an enumerator or a term with its text."""
LONGEST_CELL = 90
"""Characters per cell from which a row is not one of a table."""

_TARIFF_CODE = re.compile(r"(?:ex\s*)?\d{2,4}(?:[. ]\d{2,4}){1,4}\b|\d{4,10}\b|\d{2}\.\d{2}\b")
_LEADERS = re.compile(r"\.{5}|(?:\. ){5}|…{2}|_{5}")


def find_table_rows(pages: Sequence[Sequence[TextRow]]) -> frozenset[int]:
    """Return the indices (``TextRow.index``) of the rows that belong to tables, judged by the cells around them."""
    return frozenset(row.index for rows in pages for row in _of_page(rows))


def _of_page(rows: Sequence[TextRow]) -> Iterator[TextRow]:
    """Yield the rows between the first and the last row of cells of each table of a page."""
    of_cells = [_consists_of_cells(row) for row in rows]
    is_inside = [False] * len(rows)
    for start in range(max(1, len(rows) - WINDOW + 1)):
        window = of_cells[start : start + WINDOW]
        if sum(window) >= DENSE * WINDOW:
            first, last = start + window.index(True), start + len(window) - 1 - window[::-1].index(True)
            is_inside[first : last + 1] = [True] * (last + 1 - first)
    return (row for row, inside in zip(rows, is_inside, strict=True) if inside)


def _consists_of_cells(row: TextRow) -> bool:
    """Return whether a row has several cells, or the code of a tariff line before its words."""
    text = row.line.text
    if row.cells >= FEWEST_CELLS:
        return len(text) < LONGEST_CELL * row.cells and not _LEADERS.search(text)
    return _TARIFF_CODE.match(text) is not None and not _LEADERS.search(text)
