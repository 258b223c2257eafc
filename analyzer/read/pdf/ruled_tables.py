"""Tables with rules: the cells that the rules of a page make, and the lines in them.

Rules show which lines belong together wherever they stand in their cells. A table is read by its cells only if each of
its lines lies in one of them, so that no word is lost or read twice; any other is read like text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from analyzer.read.pdf.page_lines import Box, Grid, PageLine, split_line
from analyzer.read.pdf.page_objects import PageObjects

FEWEST_LINES = 3
"""Lines in each direction from which a page may have a table."""
MOST_LINES = 1_000
"""Lines above which a page is a drawing, or costs too much."""
MEET = 3.0
"""Points by which two lines may miss each other and still meet, or continue each other."""
FEWEST_WORDS = 4
"""Minimum words of the longest cell of a table."""
SLACK = 2.0
"""Points by which words may reach beyond their cell."""

_CODE = re.compile(r"[\W_]*(?:ex\s*)?\d{3,}")
"""A code of a tariff, whose tables are set line by line."""
MANY_CODES = 4
"""Lines that open with a code from which a page is one of a tariff."""
ITEM = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}\.|[^\w\s\"“«([])\s+\S")
"""The beginning of an item inside a cell."""

CellLines = list[list[PageLine]]
"""The lines of each cell of a row."""


def find_grids(objects: PageObjects, lines: Sequence[PageLine], turned: Callable[[Box], Box]) -> tuple[Grid, ...]:
    """Return the tables that the rules of a page make, the smallest first.

    Args:
        objects: What is drawn on the page.
        lines: Its lines.
        turned: Returns a box of the page (left, bottom, right, top, y upwards) as the reader sees it.
    """
    frames = objects.frames
    across, along = len(objects.rules) + 2 * len(frames), objects.upright + 2 * len(frames)
    if min(across, along) < FEWEST_LINES or across + along > MOST_LINES:
        return ()
    if sum(_CODE.match(line.text) is not None for line in lines) >= MANY_CODES:
        return ()
    drawn = [turned(box) for box in (*objects.rules, *objects.uprights())]
    drawn += [edge for frame in frames for edge in _edges_of(turned(frame))]
    grids = [grid for cells in _tables(drawn) if (grid := _grid(cells))]
    return tuple(sorted(grids, key=_area))


def _edges_of(frame: Box) -> Iterator[Box]:
    left, top, right, bottom = frame
    yield left, top, right, top
    yield left, bottom, right, bottom
    yield left, top, left, bottom
    yield right, top, right, bottom


def _tables(drawn: Iterable[Box]) -> list[list[Box]]:
    """Return the cells of each table that lines make."""
    from pdfplumber import table

    edges = table.merge_edges([_edge(line) for line in drawn], MEET, MEET, MEET, MEET)
    corners = table.edges_to_intersections(edges, MEET, MEET)
    if len(corners) > MOST_LINES:
        return []
    tables: list[list[Box]] = table.cells_to_tables(table.intersections_to_cells(corners))
    return tables


def _edge(line: Box) -> dict[str, Any]:
    """Return a line as pdfplumber has it, without its thickness."""
    left, top, right, bottom = line
    is_across = right - left > bottom - top
    if is_across:
        top = bottom = (top + bottom) / 2
    else:
        left = right = (left + right) / 2
    return {
        "orientation": "h" if is_across else "v",
        **{"x0": left, "x1": right, "top": top, "bottom": bottom},
        **{"width": right - left, "height": bottom - top},
    }


def _grid(cells: Iterable[Box]) -> Grid:
    """Return the rows of a table; none if it has no two rows or no two columns."""
    in_order = sorted(cells, key=lambda cell: (cell[1], cell[0]))
    rows = tuple(tuple(row) for _, row in groupby(in_order, itemgetter(1)))
    return rows if len(rows) > 1 and max(map(len, rows)) > 1 else ()


def _area(grid: Grid) -> float:
    left, top, right, bottom = _bounds(grid)
    return (right - left) * (bottom - top)


def _bounds(grid: Grid) -> Box:
    lefts, tops, rights, bottoms = zip(*(cell for row in grid for cell in row), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def take_rows(lines: Sequence[PageLine], grids: Iterable[Grid]) -> tuple[list[PageLine], list[CellLines]]:
    """Return the lines of a page outside tables, and the rows of its tables.

    Args:
        lines: The lines of the page.
        grids: The cells of its tables.
    """
    rest, rows = list(lines), list[CellLines]()
    for grid in grids:
        taken = _lines_of(grid, rest)
        if taken is not None:
            rest, of_table = taken
            rows += of_table
    return rest, rows


def _lines_of(grid: Grid, lines: Sequence[PageLine]) -> tuple[list[PageLine], list[CellLines]] | None:
    """Return the lines outside a table and those of its rows; ``None`` if they do not lie in its cells."""
    left, top, right, bottom = _bounds(grid)
    placed: dict[Box, list[PageLine]] = {cell: [] for row in grid for cell in row}
    outside: list[PageLine] = []
    for line in lines:
        if not top < line.middle < bottom or line.right <= left or line.left >= right:
            outside.append(line)
            continue
        cells = [cell for cell in placed if cell[1] <= line.middle <= cell[3]]
        for part in _cut(line, cells):
            around = [cell for cell in cells if cell[0] - SLACK <= part.left and part.right <= cell[2] + SLACK]
            if not around:
                return None
            placed[around[0]].append(part)
    rows = [[placed[cell] for cell in row if placed[cell]] for row in grid]
    rows = [row for row in rows if row]
    return (outside, rows) if _holds_text(rows) else None


def _cut(line: PageLine, cells: Iterable[Box]) -> Iterator[PageLine]:
    """Yield the parts of a line in the cells beside each other."""
    for border in sorted({cell[2] for cell in cells}):
        gaps = (*line.gaps, *line.narrow_gaps)
        gap = next((gap for gap in gaps if gap[0] - SLACK <= border <= gap[1] + SLACK), None)
        if gap is not None:
            part, line = split_line(line, gap)
            yield part
    yield line


def _holds_text(rows: Sequence[CellLines]) -> bool:
    """Return whether rows are a table of words: no tariff, no columns of figures, no frame around a text."""
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    longest = max(sum(line.text.count(" ") + 1 for line in cell) for cell in cells)
    return longest >= FEWEST_WORDS and not any(_CODE.match(line.text) for cell in cells for line in cell)
