"""Reading order: columns and the full-width lines between them, rows.

A page has columns where a white gutter runs between lines of prose that stand side by side. Cells of a table stand
side by side too, but they are short or leave holes; tables are read row by row.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analyzer.read.pdf.furniture import SAME_ROW
from analyzer.read.pdf.lines import HYPHEN, RAISED, Line, as_marker, cut

BIN = 2.0
"""Points; resolution at which gutters are sought."""
GUTTER = 6.0
"""Narrowest gutter, points."""
MARGIN = 0.15
"""Share of the text's width at either side in which there is no gutter."""
CROSSING = 0.5
"""Share of the most lines that lie above each other anywhere that may cross a gutter (full-width headings)."""
STRAY = 0.05
"""Share of the most lines that may reach into a gutter."""
FEWEST_LINES, FEWEST_KNOWN = 5, 1
"""Lines on either side that make a gutter; where a neighbouring page has it, fewer do."""
FILLED, FILLED_IN_TURN = 0.6, 0.3
"""Share of a column's width that its lines fill on average, and of its height that they fill: where the file tells
the lines of both sides mixed, as it tells a table, and where it tells one side after the other."""
WORDS, WORDS_IN_TURN = 3.0, 2.0
"""Words in a line of a column, on average."""
SWITCHES = 0.2
"""The file tells one side after the other if it changes sides at most so often, per line of the shorter side."""
OVERLAP = 0.5
"""So do lines of different sizes of which the smaller lies beside the other with more than this share of its height."""
JOINED = 0.12
"""Parts of a row nearer than this share of their size are one word."""
STOPS, STOP_APART = (*",.;:)",), 0.5
"""So are those of which one is a stop, behind the marker of a footnote for instance, nearer than this one."""


@dataclass(slots=True)
class Row:
    """One line of text in reading order.

    Attributes:
        line: The line, its parts joined.
        cells: Number of parts with wide gaps between them.
        column: Counts the columns and bands of the page.
        after_gap: Whether white space parts it from the line before.
    """

    line: Line
    cells: int
    column: int
    after_gap: bool = False


Gutter = tuple[float, float]


def order(pages: Sequence[Sequence[Line]]) -> Iterator[list[Row]]:
    """Yield the rows of each page in reading order.

    Args:
        pages: The lines of each page without furniture, in the order of the file.
    """
    gutters = [find_gutters(lines) for lines in pages]
    for place, lines in enumerate(pages):
        beside = [gutter for near in gutters[max(0, place - 1) : place + 2] for gutter in near]
        if beside and not gutters[place]:
            gutters[place] = find_gutters(lines, beside)
        rows: list[Row] = []
        for column, part in enumerate(_parts(lines, gutters[place])):
            rows += _rows(part, column)
        yield rows


def find_gutters(lines: Sequence[Line], known: Sequence[Gutter] = ()) -> list[Gutter]:
    """Return the gutters of a page, from the left.

    Args:
        lines: The lines of the page, in the order of the file.
        known: Gutters of the pages beside it: less is asked of these.
    """
    if len(lines) < 2 * FEWEST_KNOWN + 1:
        return []
    pieces = [piece for line in lines for piece in _pieces(line)]
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    inner_left, inner_right = left + MARGIN * (right - left), right - MARGIN * (right - left)
    if sum(piece.left < inner_left and inner_right < piece.right for piece in pieces) > CROSSING * len(pieces):
        return []  # most pages: one column
    found: list[Gutter] = []
    for gutter in _white(pieces, left, right):
        near = any(low < gutter[1] and gutter[0] < high for low, high in known)
        start = found[-1][1] if found else left
        sides: tuple[list[Line], list[Line]] = ([], [])
        switches, side = 0, 0
        for piece in pieces:
            now = 1 if piece.left >= gutter[1] - 1 else 0
            if now or (piece.left >= start - 1 and piece.right <= gutter[0] + 1):
                switches += now != side
                side = now
                sides[now].append(piece)
        in_turn = switches <= max(2, SWITCHES * min(map(len, sides)))
        if _is_prose(sides, FEWEST_KNOWN if near else FEWEST_LINES, known=near, in_turn=in_turn):
            found.append(gutter)
    return found


def _pieces(line: Line) -> Iterator[Line]:
    if not line.gaps:
        yield line
        return
    start, index = line.left, 0
    for low, high, end in line.gaps:
        yield replace(line, text=line.text[index:end], left=start, right=low, gaps=())
        start, index = high, end
    yield replace(line, text=line.text[index:], left=start, gaps=())


def _white(pieces: Sequence[Line], left: float, right: float) -> Iterator[Gutter]:
    """Yield the stretches of the page's width that few lines cross."""
    bins = int((right - left) / BIN) + 2
    change = [0] * (bins + 1)
    for piece in pieces:
        change[int((piece.left - left) / BIN)] += 1
        change[int((piece.right - left) / BIN) + 1] -= 1
    covered, total = [], 0
    for step in change[:bins]:
        total += step
        covered.append(total)
    low, high = int(bins * MARGIN), int(bins * (1 - MARGIN))
    most = max(covered)
    at = low
    while at < high:
        if covered[at] > CROSSING * most:
            at += 1
            continue
        stop = at
        while stop < high and covered[stop] <= CROSSING * most:
            stop += 1
        # Of a stretch that few lines cross the gutter is the part that fewest do; a heading may end in it.
        least = min(covered[at:stop])
        begin = end = covered.index(least, at, stop)
        least += math.ceil(STRAY * most) if most >= 2 * FEWEST_LINES else 0
        while begin > at and covered[begin - 1] <= least:
            begin -= 1
        while end < stop and covered[end] <= least:
            end += 1
        if (end - begin) * BIN >= GUTTER:
            yield left + begin * BIN, left + end * BIN
        at = stop


def _is_prose(sides: Sequence[Sequence[Line]], fewest: int, *, known: bool, in_turn: bool) -> bool:
    """Whether the lines on both sides of a white stretch are columns of text side by side."""
    one, two = sides
    if min(len(one), len(two)) < fewest:
        return False
    if known and in_turn:
        return True
    filled, words = (FILLED_IN_TURN, WORDS_IN_TURN) if in_turn else (FILLED, WORDS)
    top, bottom = max(_top(one), _top(two)), min(_bottom(one), _bottom(two))
    beside = [sum(top <= line.middle <= bottom for line in side) for side in sides]
    if min(beside) < max(fewest, min(len(one), len(two)) // 2):
        return False
    for side in sides:
        width = sorted(line.width for line in side)[-min(2, len(side))]  # an odd line may stick out
        if sum(line.width for line in side) < filled * width * len(side):
            return False
        if sum(line.text.count(" ") + 1 for line in side) < words * len(side):
            return False
        if sum(line.size for line in side) < filled * (_bottom(side) - _top(side)):
            return False
    return True


def _top(lines: Sequence[Line]) -> float:
    return min(line.top for line in lines)


def _bottom(lines: Sequence[Line]) -> float:
    return max(line.bottom for line in lines)


def _parts(lines: Sequence[Line], gutters: Sequence[Gutter]) -> Iterator[list[Line]]:
    """Yield the lines column by column; lines that cross a gutter part the page into bands."""
    if not gutters:
        yield list(lines)
        return
    spanning: list[Line] = []
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        for part in _cut_at(line, gutters):
            if any(part.left < low - 1 and part.right > high + 1 for low, high in gutters):
                spanning.append(part)
            else:
                columns[sum(part.left + part.right > low + high for low, high in gutters)].append(part)
    for part in [part for part in spanning if _is_overfull(part, columns)]:
        spanning.remove(part)
        columns[sum(part.left > low for low, _ in gutters)].append(part)
    spanning.sort(key=lambda line: line.middle)
    borders = [-1e9, *(line.middle for line in spanning), 1e9]
    crossing: list[Line] = []
    for place, (low, high) in enumerate(pairwise(borders)):
        band = [[line for line in column if low < line.middle <= high] for column in columns]
        if any(band):
            if crossing:
                yield crossing
            crossing = []
            yield from (column for column in band if column)
        if place < len(spanning):
            crossing.append(spanning[place])
    if crossing:
        yield crossing


def _is_overfull(part: Line, columns: Sequence[Sequence[Line]]) -> bool:
    """Whether a line that crosses a gutter runs over words of the next column: it is too long for its own."""
    return any(
        part.left < line.left < part.right and abs(line.middle - part.middle) < OVERLAP * part.size
        for column in columns[1:]
        for line in column
    )


def _cut_at(line: Line, gutters: Sequence[Gutter]) -> Iterator[Line]:
    for low, high in gutters:
        if line.gaps and (halves := cut(line, (low + high) / 2)):
            first, line = halves
            yield first
    yield line


def _rows(lines: Sequence[Line], column: int) -> Iterator[Row]:
    """Yield the rows of a column from the top, the parts of each joined from the left."""
    grouped: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if grouped and _is_beside(line, grouped[-1][-1]):
            grouped[-1].append(line)
        else:
            grouped.append([line])
    for parts in grouped:
        if len(parts) == 1:
            yield Row(parts[0], 1 + len(parts[0].gaps), column)
            continue
        parts.sort(key=lambda line: line.left)
        cells = 1 + sum(len(line.gaps) for line in parts)
        cells += sum(after.left - before.right > before.size for before, after in pairwise(parts))
        yield Row(_join(parts), cells, column)


def _is_beside(one: Line, two: Line) -> bool:
    """Whether two lines stand in one row; the raised marker of a footnote stands higher than its line."""
    size, larger = (one.size, two.size) if one.size < two.size else (two.size, one.size)
    if abs(one.top + one.bottom - two.top - two.bottom) < 2 * SAME_ROW * size:
        return True
    return larger > size / RAISED and min(one.bottom, two.bottom) - max(one.top, two.top) > OVERLAP * size


def _join(parts: Sequence[Line]) -> Line:
    """Return the parts of a row as one line; a letter printed twice where two parts overlap is kept once."""
    tallest = max(part.size for part in parts)
    for part in parts:
        if part.size < RAISED * tallest:
            part.text = as_marker(part.text)
    joined = parts[0]
    for part in parts[1:]:
        apart = part.left - joined.right
        one, two = joined.text, part.text
        if apart < -0.25 * part.size and one[-1:] == two[:1]:
            two = two[1:]
        elif apart > (STOP_APART if two[:1] in STOPS else JOINED) * part.size:
            one = one.removesuffix(HYPHEN) + " "
        size, top, bottom = max((line.size, line.top, line.bottom) for line in (joined, part))
        joined = Line(one + two, joined.left, max(joined.right, part.right), top, bottom, size)
    return joined
