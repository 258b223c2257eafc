"""Tables whose cells hold several lines: each row of the table is one row of the text, read cell by cell.

Such tables need no rules: what shows them are rows that begin in the same columns, and lines below that stay within one
column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analyzer.read.pdf.page_lines import HYPHEN, PageLine

FEWEST_ROWS = 2
"""Minimum rows of a table."""
FEWEST_WORDS = 4
"""Minimum words of the longest cell of a table."""
ALIGNED = 3.0
"""Points by which the left edges of the cells of a column may differ."""
FAR = 1.3
"""Distance from the line before, in distances within cells, from which lines in several columns begin a row."""
FARTHEST = 2.0
"""Distance between the lines of a cell, in sizes, that is not exceeded."""

_CODE = re.compile(r"[\W_]*(?:ex\s*)?\d{3,}")
"""A code of a tariff, whose tables are set line by line."""
_MARK = re.compile(r"\(?[\w.]{1,5}[.)]|[•–—*-]|\d{1,3}")
"""An enumerator; its item is no other cell."""


@dataclass(slots=True)
class _TableRow:
    """A row of a table.

    Attributes:
        lefts: Left edges of its columns.
        cells: The lines of each of its cells.
        last: Index of its last line among the lines of the page.
    """

    lefts: list[float]
    cells: list[list[PageLine]]
    last: int
    middle: float = field(default=0.0)


def merge_cells(rows: Sequence[Sequence[PageLine]]) -> list[tuple[Sequence[PageLine], bool]]:
    """Return the rows of a column of a page, the lines of each row of a table as one, and whether they are one.

    Args:
        rows: The parts of each row, from the left, from the top.
    """
    cells = [list(_cells(parts)) for parts in rows]
    result: list[tuple[Sequence[PageLine], bool]] = []
    start = 0
    while start < len(rows):
        table = _table(cells, start) if len(cells[start]) > 1 else []
        if not table:
            result.append((rows[start], False))
            start += 1
            continue
        result += [([line for cell in row.cells for line in cell], True) for row in table]
        start = table[-1].last + 1
    return result


def join_cells(lines: Sequence[PageLine]) -> PageLine:
    """Return the lines of a row of a table as one."""
    text = ""
    for line in lines:
        text = text.removesuffix(HYPHEN) + line.text if text.endswith(HYPHEN) else f"{text} {line.text}"
    first = lines[0]
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    return PageLine(text.strip(), left, right, top, bottom, first.size)


def _cells(parts: Sequence[PageLine]) -> Iterator[PageLine]:
    """Yield the cells of a row; an enumerator belongs to the cell behind it."""
    pieces = [piece for part in parts for piece in _pieces(part)]
    mark: PageLine | None = None
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        if mark is not None:
            yield PageLine(f"{mark.text} {piece.text}", mark.left, piece.right, mark.top, mark.bottom, mark.size)
            mark = None
        elif following is not None and _MARK.fullmatch(piece.text):
            mark = piece
        else:
            yield piece


def _pieces(line: PageLine) -> Iterator[PageLine]:
    left, start = line.left, 0
    for gap_left, gap_right, end in line.gaps:
        yield PageLine(line.text[start:end].rstrip(), left, gap_left, line.top, line.bottom, line.size)
        left, start = gap_right, end
    yield PageLine(line.text[start:], left, line.right, line.top, line.bottom, line.size)


def _table(cells: Sequence[Sequence[PageLine]], start: int) -> list[_TableRow]:
    """Return the rows of the table that begins with a line; none if no table begins there.

    Args:
        cells: The cells of each line of a column of a page.
        start: Index of the line.
    """
    table = [_open(cells[start], start)]
    lead = 0.0
    for index in range(start + 1, len(cells)):
        line, row = cells[index], table[-1]
        distance = line[0].middle - row.middle
        columns = [_column(cell, row.lefts) for cell in line]
        if None in columns or len(set(columns)) < len(columns):
            break
        is_near = distance < FARTHEST * line[0].size and (not lead or distance < FAR * lead)
        if len(line) > 1 and columns[0] == 0 and not (is_near and lead):
            if not _is_same(line, row.lefts):
                break
            table.append(_open(line, index))
        elif is_near:
            lead = lead or distance
            for cell, column in zip(line, columns, strict=True):
                row.cells[column or 0].append(cell)
            row.last, row.middle = index, line[0].middle
        else:
            break
    longest = max(sum(line.text.count(" ") + 1 for line in cell) for row in table for cell in row.cells)
    has_codes = any(_CODE.match(line.text) for row in table for cell in row.cells for line in cell)
    is_table = lead and len(table) >= FEWEST_ROWS and longest >= FEWEST_WORDS
    return table if is_table and not has_codes else []


def _open(line: Sequence[PageLine], index: int) -> _TableRow:
    return _TableRow([cell.left for cell in line], [[cell] for cell in line], index, line[0].middle)


def _column(cell: PageLine, lefts: Sequence[float]) -> int | None:
    """Return in which column a cell stands; ``None`` if in none or in several."""
    for number, (left, following) in enumerate(pairwise([*lefts, float("inf")])):
        if left - ALIGNED <= cell.left < following - ALIGNED:
            return number if cell.right < following and abs(cell.left - left) < ALIGNED else None
    return None


def _is_same(line: Sequence[PageLine], lefts: Sequence[float]) -> bool:
    return len(line) == len(lefts) and all(
        abs(cell.left - left) < ALIGNED for cell, left in zip(line, lefts, strict=True)
    )
