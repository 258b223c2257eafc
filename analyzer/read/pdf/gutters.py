"""Gutters: the white stretches between the columns of a page.

A page has columns where a gutter runs between lines of prose that stand side by side. Cells of a table stand side by
side too, but they are short or leave holes; tables are read row by row.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from analyzer.read.pdf.page_lines import PageLine, split_at_gaps

BIN = 2.0
"""Resolution at which gutters are searched, points."""
NARROWEST = 6.0
"""Minimum width of a gutter, points."""
MARGIN = 0.15
"""Share of the width of the text, on either side, in which no gutter is searched."""
CROSSING = 0.5
"""Share of the lines that may cross a gutter, such as headings across the page.

The whole is the largest number of lines that lie above each other anywhere."""
STRAY = 0.05
"""Share of the same lines that may reach into a gutter."""
FEWEST_LINES, FEWEST_LINES_IF_NEAR = 5, 1
"""Minimum lines on either side of a gutter, and where a neighbouring page has the same one."""
FILLED, FILLED_IN_TURN = 0.6, 0.3
"""Share of a column's width that its lines must fill on average, and of its height that they must fill.

The second value applies where the file gives the sides in turn; it mixes them where it gives a table."""
WORDS, WORDS_IN_TURN = 3.0, 2.0
"""Minimum words in a line of a column, on average; the second value applies where the file gives the sides in turn."""
SWITCHES = 0.2
"""Maximum column changes per line of the shorter side for the file's own order to be trusted."""
_FEWEST_SWITCHES = 2
"""Column changes that are allowed on any page."""
_SLACK = 1.0
"""Points by which a line may reach into a gutter and still lie beside it."""


class Gutter(NamedTuple):
    """A gutter, by its left and right edges in points."""

    left: float
    right: float


@dataclass(slots=True)
class _Sides:
    """The lines on either side of a white stretch, in the order of the file.

    Attributes:
        left: Those in the column on its left.
        right: Those anywhere on its right.
        switches: How often the file changes from one side to the other.
    """

    left: list[PageLine]
    right: list[PageLine]
    switches: int = 0

    @property
    def shorter(self) -> int:
        """Number of lines on the side that has fewer."""
        return min(len(self.left), len(self.right))

    @property
    def in_turn(self) -> bool:
        """True if the file gives one side after the other."""
        return self.switches <= max(_FEWEST_SWITCHES, SWITCHES * self.shorter)


def white_stretches(lines: Sequence[PageLine]) -> list[Gutter]:
    """Return the white stretches of a page that few lines cross, from the left, whatever stands beside them.

    Lines are cut at their narrow gaps too.
    """
    pieces = [piece for line in lines for piece in split_at_gaps(line, sorted((*line.gaps, *line.narrow_gaps)))]
    if len(lines) < 2 * FEWEST_LINES_IF_NEAR + 1 or _is_one_column(pieces):
        return []
    return list(_white_stretches(pieces, min(piece.left for piece in pieces), max(piece.right for piece in pieces)))


def _all_pieces(lines: Sequence[PageLine]) -> list[PageLine]:
    return [piece for line in lines for piece in _pieces(line)]


def _is_one_column(pieces: Sequence[PageLine]) -> bool:
    """Return whether most lines go from one margin of the text to the other, as on most pages."""
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    inner_left, inner_right = left + MARGIN * (right - left), right - MARGIN * (right - left)
    return sum(piece.left < inner_left and inner_right < piece.right for piece in pieces) > CROSSING * len(pieces)


def find_gutters(lines: Sequence[PageLine], near: Sequence[Gutter] = ()) -> list[Gutter]:
    """Return the gutters of a page, from the left.

    Args:
        lines: The lines of the page, in the order of the file.
        near: Gutters of the neighbouring pages; less evidence is required of these.
    """
    if len(lines) < 2 * FEWEST_LINES_IF_NEAR + 1:
        return []
    pieces = _all_pieces(lines)
    if _is_one_column(pieces):
        return []
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    gutters: list[Gutter] = []
    for gutter in _white_stretches(pieces, left, right):
        neighbour = next((other for other in near if other.left < gutter.right and gutter.left < other.right), None)
        column_left = gutters[-1].right if gutters else left
        # Beside a full column, few lines count as strays: the neighbouring page shows where their column begins.
        for candidate in (gutter, *([_shared(gutter, neighbour)] if neighbour else [])):
            if _are_prose(_sides(pieces, column_left, candidate), is_near=neighbour is not None):
                gutters.append(candidate)
                break
    return gutters


def are_prose_beside(lines: Sequence[PageLine], gutter: Gutter) -> bool:
    """Return whether the lines of a page on both sides of a white stretch are prose, and no cells of a table."""
    pieces = _all_pieces(lines)
    return _are_prose(_sides(pieces, min(piece.left for piece in pieces), gutter), is_near=False)


def _shared(gutter: Gutter, other: Gutter) -> Gutter:
    return Gutter(max(gutter.left, other.left), min(gutter.right, other.right))


def _sides(pieces: Sequence[PageLine], column_left: float, gutter: Gutter) -> _Sides:
    """Return the lines in the column on the left of a gutter, which begins at ``column_left``, and on its right."""
    sides = _Sides([], [])
    was_right = False
    for piece in pieces:
        is_right = piece.left >= gutter.right - _SLACK
        if is_right or (piece.left >= column_left - _SLACK and piece.right <= gutter.left + _SLACK):
            sides.switches += is_right != was_right
            was_right = is_right
            (sides.right if is_right else sides.left).append(piece)
    return sides


def _pieces(line: PageLine) -> Iterator[PageLine]:
    """Yield the parts of a line between its wide gaps."""
    yield from split_at_gaps(line, line.gaps)


def _white_stretches(pieces: Sequence[PageLine], left: float, right: float) -> Iterator[Gutter]:
    """Yield the stretches between the left and right edge of a page's text that few lines cross."""
    covered = _coverage(pieces, left, right)
    most = max(covered)
    few = CROSSING * most
    first, last = int(len(covered) * MARGIN), int(len(covered) * (1 - MARGIN))
    start = first
    while start < last:
        if covered[start] > few:
            start += 1
            continue
        stop = start
        while stop < last and covered[stop] <= few:
            stop += 1
        begin, end = _whitest(covered, start, stop, most)
        if (end - begin) * BIN >= NARROWEST:
            yield Gutter(left + begin * BIN, left + end * BIN)
        start = stop


def _coverage(pieces: Sequence[PageLine], left: float, right: float) -> list[int]:
    """Return for each bin of the width from ``left`` to ``right`` how many lines cover it."""
    bins = int((right - left) / BIN) + 2
    changes = [0] * (bins + 1)
    for piece in pieces:
        changes[int((piece.left - left) / BIN)] += 1
        changes[int((piece.right - left) / BIN) + 1] -= 1
    return list(accumulate(changes[:bins]))


def _whitest(covered: Sequence[int], start: int, stop: int, most: int) -> tuple[int, int]:
    """Return the part of some bins that the fewest lines cross; a heading across the page may end among the others.

    Args:
        covered: Number of lines in each bin.
        start: The first of these bins.
        stop: The bin after the last.
        most: The largest number of lines in any bin.
    """
    fewest = min(covered[start:stop])
    begin = end = covered.index(fewest, start, stop)
    few = fewest + (math.ceil(STRAY * most) if most >= 2 * FEWEST_LINES else 0)
    while begin > start and covered[begin - 1] <= few:
        begin -= 1
    while end < stop and covered[end] <= few:
        end += 1
    return begin, end


def _are_prose(sides: _Sides, *, is_near: bool) -> bool:
    """Return whether the lines on both sides of a white stretch are columns of text side by side.

    Args:
        sides: The lines.
        is_near: Whether a neighbouring page has a gutter at the same place.
    """
    fewest = FEWEST_LINES_IF_NEAR if is_near else FEWEST_LINES
    in_turn = sides.in_turn
    if sides.shorter < fewest:
        return False
    if is_near and in_turn:
        return True
    top, bottom = max(_top(sides.left), _top(sides.right)), min(_bottom(sides.left), _bottom(sides.right))
    side_by_side = [sum(top <= line.middle <= bottom for line in side) for side in (sides.left, sides.right)]
    if min(side_by_side) < max(fewest, sides.shorter // 2):
        return False
    filled, words = (FILLED_IN_TURN, WORDS_IN_TURN) if in_turn else (FILLED, WORDS)
    return _is_filled(sides.left, filled, words) and _is_filled(sides.right, filled, words)


def _is_filled(lines: Sequence[PageLine], filled: float, words: float) -> bool:
    """Return whether lines fill a column.

    Args:
        lines: The lines.
        filled: Share of its width and of its height that they must fill.
        words: Words that they must have on average.
    """
    width = sorted(line.width for line in lines)[-min(2, len(lines))]  # a single line may be too long
    return (
        sum(line.width for line in lines) >= filled * width * len(lines)
        and sum(line.text.count(" ") + 1 for line in lines) >= words * len(lines)
        and sum(line.size for line in lines) >= filled * (_bottom(lines) - _top(lines))
    )


def _top(lines: Sequence[PageLine]) -> float:
    return min(line.top for line in lines)


def _bottom(lines: Sequence[PageLine]) -> float:
    return max(line.bottom for line in lines)
