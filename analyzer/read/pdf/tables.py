"""Tables that are no text of the agreement: tariff schedules, lists of products, forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.read.pdf.layout import Row

WINDOW = 8
"""Rows that are looked at together."""
DENSE = 0.4
"""Share of them that must be rows of cells."""
FEWEST_CELLS = 3
"""Cells of a row; two are an enumerator or a term with its text."""
LONGEST_CELL = 90
"""Characters; a row of a table has no longer cell on average."""

_CODE = re.compile(r"(?:ex\s*)?\d{2,4}(?:[. ]\d{2,4}){1,4}\b|\d{4,10}\b|\d{2}\.\d{2}\b")
_LEADERS = re.compile(r"\.{5}|(?:\. ){5}|…{2}|_{5}")


def table_rows(pages: Sequence[Sequence[Row]]) -> frozenset[int]:
    """Return the ids (``id``) of the rows that belong to tables, told by the cells of the rows around them."""
    return frozenset(id(row) for rows in pages for row in _of_page(rows))


def _of_page(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows between the first and the last row of cells of each table of a page."""
    celled = [_is_celled(row) for row in rows]
    marked = [False] * len(rows)
    for start in range(max(1, len(rows) - WINDOW + 1)):
        window = celled[start : start + WINDOW]
        if sum(window) >= DENSE * WINDOW:
            first, last = start + window.index(True), start + len(window) - 1 - window[::-1].index(True)
            marked[first : last + 1] = [True] * (last + 1 - first)
    return (row for row, inside in zip(rows, marked, strict=True) if inside)


def _is_celled(row: Row) -> bool:
    """Whether a row is made of cells: several, or the code of a tariff line before its words."""
    text = row.line.text
    if row.cells >= FEWEST_CELLS:
        return len(text) < LONGEST_CELL * row.cells and not _LEADERS.search(text)
    return _CODE.match(text) is not None and not _LEADERS.search(text)
