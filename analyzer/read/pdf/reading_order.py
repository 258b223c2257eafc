"""Reading order: the lines of each page as rows, column by column, with the lines across columns between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise

from analyzer.read.pdf.gutters import BIN, Gutter, find_gutters
from analyzer.read.pdf.page_lines import HYPHEN, RAISED, SAME_ROW, Grid, PageLine, as_marker, split_at_gap, split_line
from analyzer.read.pdf.ruled_tables import ITEM, CellLines, take_rows
from analyzer.read.pdf.table_cells import join_cells, merge_cells

OVERLAP = 0.5
"""Share of the height of a line by which a line of another size must overlap it to stand beside it."""
JOINED = 0.12
"""Distance between two parts of a row, as a share of their size, up to which they are one word."""
STOPS, JOINED_STOP = (*",.;:)",), 0.5
"""Stops, and the distance up to which one is joined to the part before it, behind the marker of a footnote for example.

The distance is a share of the size."""
PRINTED_TWICE = 0.25
"""Overlap of two parts of a row, as a share of their size, from which a letter at both their ends is printed twice."""
_SLACK = 1.0
"""Points by which a line may reach into a gutter without crossing it."""
_PAGE_TOP, _PAGE_BOTTOM = -1e9, 1e9
"""Heights beyond any line."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line of text in reading order.

    Attributes:
        index: Its place among the rows of the document; identifies it in all later steps.
        line: The line, its parts joined.
        cells: Number of its parts with wide gaps between them.
        column: Number of its column; counts the columns and bands of the page.
        is_ruled: Whether it is a row of a table with rules.
    """

    index: int
    line: PageLine
    cells: int
    column: int
    is_ruled: bool = False


def order_rows(pages: Sequence[Sequence[PageLine]], grids: Sequence[Sequence[Grid]] = ()) -> Iterator[list[TextRow]]:
    """Yield the rows of each page in reading order.

    Args:
        pages: The lines of each page without furniture, in the order of the file.
        grids: The cells of the tables with rules of each page.
    """
    ruled: list[list[PageLine]] = [[]] * len(pages)
    if any(grids):
        taken = [take_rows(*of_page) for of_page in zip(pages, grids, strict=True)]
        ruled = [[_joined_row(cells) for cells in rows] for _, rows in taken]
        pages = [rest for rest, _ in taken]
    gutters = [find_gutters(lines) for lines in pages]
    indices = count()
    for number, lines in enumerate(pages):
        near = [gutter for of_page in gutters[max(0, number - 1) : number + 2] for gutter in of_page]
        if near and not gutters[number]:
            gutters[number] = find_gutters(lines, near)
        of_tables = ruled[number]
        yield [
            TextRow(next(indices), join_cells(parts), 1, column)
            if is_table_row
            else TextRow(next(indices), _join(parts), _count_cells(parts), column, is_ruled=parts[0] in of_tables)
            for column, column_lines in enumerate(_columns([*lines, *of_tables], gutters[number]))
            for parts, is_table_row in merge_cells(list(_group_by_row(column_lines)))
        ]


def _joined_row(cells: CellLines) -> PageLine:
    """Return a row of a table with rules as one line; the items in its cells are paragraphs of their own."""
    paragraphs: list[list[PageLine]] = []
    for line in (_join(parts) for cell in cells for parts in _group_by_row(cell)):
        if not paragraphs or ITEM.match(line.text):
            paragraphs.append([])
        paragraphs[-1].append(line)
    whole = join_cells([line for lines in paragraphs for line in lines])
    return replace(whole, text="\n\n".join(join_cells(lines).text for lines in paragraphs))


def _columns(lines: Sequence[PageLine], gutters: Sequence[Gutter]) -> Iterator[Sequence[PageLine]]:
    """Yield the lines column by column; lines that cross a gutter divide the page into bands."""
    if not gutters:
        yield lines
        return
    across: list[PageLine] = []
    columns: list[list[PageLine]] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        for part in split_at_gutters(line, gutters):
            if any(part.left < gutter.left - _SLACK and part.right > gutter.right + _SLACK for gutter in gutters):
                across.append(part)
            else:
                column = sum(part.left + part.right > gutter.left + gutter.right for gutter in gutters)
                columns[column].append(part)
    too_long = [_is_too_long(part, columns) for part in across]
    for part, is_too_long in zip(across, too_long, strict=True):
        if is_too_long:
            columns[sum(part.left > gutter.left for gutter in gutters)].append(part)
    yield from _bands([part for part, is_too_long in zip(across, too_long, strict=True) if not is_too_long], columns)


def _bands(across: Iterable[PageLine], columns: Sequence[Sequence[PageLine]]) -> Iterator[list[PageLine]]:
    """Yield the columns of each band of a page, from the top, and the lines across the columns between the bands."""
    dividers = sorted(across, key=lambda line: line.middle)
    heights = [_PAGE_TOP, *(line.middle for line in dividers), _PAGE_BOTTOM]
    between: list[PageLine] = []
    for number, (top, bottom) in enumerate(pairwise(heights)):
        band = [[line for line in column if top < line.middle <= bottom] for column in columns]
        if any(band):
            if between:
                yield between
            between = []
            yield from (column for column in band if column)
        between += dividers[number : number + 1]
    if between:
        yield between


def _is_too_long(part: PageLine, columns: Sequence[Sequence[PageLine]]) -> bool:
    """Return whether a line crosses a gutter because it is too long for its column: it overlaps words of the next."""
    return any(
        part.left < line.left < part.right and abs(line.middle - part.middle) < OVERLAP * part.size
        for column in columns[1:]
        for line in column
    )


def split_at_gutters(line: PageLine, gutters: Sequence[Gutter]) -> Iterator[PageLine]:
    """Yield the parts of a line in the columns between gutters."""
    for gutter in gutters:
        if parts := _split_at(line, gutter):
            part, line = parts
            yield part
    yield line


def _split_at(line: PageLine, gutter: Gutter) -> tuple[PageLine, PageLine] | None:
    """Return the parts of a line on both sides of a gutter; ``None`` if it has no gap there."""
    if line.gaps and (parts := split_at_gap(line, (gutter.left + gutter.right) / 2)):
        return parts
    for gap in line.narrow_gaps:  # its left part fills the column
        if gap[0] < gutter.right - BIN < gap[1]:
            return split_line(line, gap)
    return None


def _group_by_row(lines: Iterable[PageLine]) -> Iterator[list[PageLine]]:
    """Yield the parts of each row of a column from the left, the rows from the top."""
    rows: list[list[PageLine]] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if rows and _are_side_by_side(line, rows[-1][-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    for parts in rows:
        if len(parts) > 1:
            parts.sort(key=lambda line: line.left)
        yield parts


def _are_side_by_side(line: PageLine, other: PageLine) -> bool:
    """Return whether two lines stand in one row; the raised marker of a footnote stands higher than its line."""
    size, larger = (line.size, other.size) if line.size < other.size else (other.size, line.size)
    if abs(line.top + line.bottom - other.top - other.bottom) < 2 * SAME_ROW * size:
        return True
    return larger > size / RAISED and min(line.bottom, other.bottom) - max(line.top, other.top) > OVERLAP * size


def _count_cells(parts: Sequence[PageLine]) -> int:
    """Return the number of cells in a row, from its parts: those that wide gaps separate."""
    if len(parts) == 1:
        return 1 + len(parts[0].gaps)
    gaps = sum(len(line.gaps) for line in parts)
    return 1 + gaps + sum(after.left - before.right > before.size for before, after in pairwise(parts))


def _join(parts: Sequence[PageLine]) -> PageLine:
    """Return the parts of a row as one line; a letter printed twice where two parts overlap is kept once."""
    joined = parts[0]
    if len(parts) == 1:
        return joined
    tallest = max(part.size for part in parts)
    joined = _with_marker(joined, tallest)
    for part in (_with_marker(part, tallest) for part in parts[1:]):
        distance = part.left - joined.right
        before, after = joined.text, part.text
        if distance < -PRINTED_TWICE * part.size and before[-1:] == after[:1]:
            after = after[1:]
        elif distance > (JOINED_STOP if after[:1] in STOPS else JOINED) * part.size:
            before = before.removesuffix(HYPHEN) + " "
        size, top, bottom = max((line.size, line.top, line.bottom) for line in (joined, part))
        joined = PageLine(before + after, joined.left, max(joined.right, part.right), top, bottom, size)
    return joined


def _with_marker(part: PageLine, tallest: float) -> PageLine:
    """Return a part of a row, as the marker of a footnote if it is a number much smaller than the tallest part."""
    return replace(part, text=as_marker(part.text)) if part.size < RAISED * tallest else part
