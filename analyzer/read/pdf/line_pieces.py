"""The pieces of lines that PDFium composes of what stands at the same height.

A number or a note in the margin, a bar or a watermark comes into the line next to it. Where a line looks composed, its
pieces are kept with it (``PageLine.pieces``), and ``left_out`` decides which of them belong to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol

Box = tuple[float, float, float, float]

TALL = 1.7
"""Height of a run, in sizes of the line, from which it is turned or much larger than the line."""
SET_APART = 0.35
"""White space beside a number or a note in the margin, in sizes of the smaller letters."""
FAR = 1.0
"""White space between two runs of different height from which one may be a note, in sizes of the line."""
OTHER_SIZE = 0.92
"""Share of the size of a neighbour below which letters are smaller than it."""
OTHER_HEIGHT = 0.85
"""Share of the height of a neighbouring run below which its letters may be smaller."""
MUCH_LARGER = 1.8
"""Size of letters, in sizes of their neighbours, from which they do not belong to the same line."""
TURNED = 6
"""Degrees from which a piece is turned against its neighbour."""

MARK = re.compile(r"\[?\d{1,4}\]?|[|¦‖│┃▌▐█]{1,3}")
"""What stands in a margin alone: a number or a bar."""
_OPENING_MARK = re.compile(rf"(?:{MARK.pattern})(?=\s)")
_CLOSING_MARK = re.compile(rf"(?<=\s)(?:{MARK.pattern})$")


class Boxes(Protocol):
    """What must be known of the letters of a page (``text_layer.TextBoxes``)."""

    def letter(self, index: int) -> Box:
        """Return the cell of a letter."""

    def angle(self, index: int) -> int:
        """Return the degrees by which a letter is turned."""

    def text_object(self, index: int) -> int:
        """Return the address of the object that prints a letter, or 0."""

    def turned(self, box: Box) -> Box:
        """Return a box of the page (left, bottom, right, top, y upwards) as the reader sees it."""

    def cell_of(self, start: int, end: int) -> Box:
        """Return the box of a stretch of text on the page (left, bottom, right, top, y upwards)."""


def may_be_composed(words: str, runs: Sequence[Box], size: float) -> bool:
    """Return whether a line may be composed of pieces that do not belong together.

    Args:
        words: Its words.
        runs: The boxes of its runs.
        size: Height of its first letter.
    """
    has_mark = (not words[0].isalpha() and _OPENING_MARK.match(words) is not None) or (
        not words[-1].isalpha() and _CLOSING_MARK.search(words) is not None
    )
    if len(runs) == 1:
        return has_mark
    near, far, tall = SET_APART * size, FAR * size, TALL * size
    for before, after in pairwise(runs):
        gap = after[0] - before[2]
        if (gap > near and has_mark) or after[0] < before[0] - size:
            return True
        height, other = before[3] - before[1], after[3] - after[1]
        if other > tall or height > tall:
            return True
        if gap > far and (height < OTHER_HEIGHT * other or other < OTHER_HEIGHT * height):
            return True
    return False


def cut_line(boxes: Boxes, text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the pieces of a line as stretches of the text of its page, in the order of the file.

    Args:
        boxes: The letters of the page.
        text: Its text.
        start: Where the line begins.
        end: Where it ends.
    """
    pieces: list[tuple[int, int]] = []
    for first, last in _parts(boxes, text, start, end):
        is_mark = (pieces and MARK.fullmatch(text[slice(*pieces[-1])]) and pieces[-1][0] == start) or (
            last == end and MARK.fullmatch(text[first:last])
        )
        if pieces and not _are_apart(boxes, pieces[-1], (first, last), is_mark=bool(is_mark)):
            pieces[-1] = (pieces[-1][0], last)
        else:
            pieces.append((first, last))
    return pieces


def _parts(boxes: Boxes, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a line that one object prints each, a mark at either end by itself; none is blank."""
    marks = (_OPENING_MARK.match(text[start:end]), _CLOSING_MARK.search(text[start:end]))
    cuts = {start + mark.end() for mark in marks[:1] if mark} | {start + mark.start() for mark in marks[1:] if mark}
    first = last = -1
    printed_by = 0
    for index in range(start, end):
        if text[index].isspace():
            continue
        printing = boxes.text_object(index)
        if first >= 0 and (printing != printed_by or any(last < cut <= index for cut in cuts)):
            yield first, last + 1
            first = -1
        if first < 0:
            first, printed_by = index, printing
        last = index
    if first >= 0:
        yield first, last + 1


def _are_apart(boxes: Boxes, before: tuple[int, int], after: tuple[int, int], *, is_mark: bool) -> bool:
    """Return whether two neighbouring parts of a line are pieces by themselves.

    Args:
        boxes: The letters of the page.
        before: The first part, as a stretch of the text of the page.
        after: The second one.
        is_mark: Whether one of them is a mark at an end of the line.
    """
    turned = abs(boxes.angle(before[1] - 1) - boxes.angle(after[0])) % 360
    if min(turned, 360 - turned) > TURNED:
        return True
    first, last, following = boxes.letter(before[0]), boxes.letter(before[1] - 1), boxes.letter(after[0])
    sizes = sorted((last[3] - last[1], following[3] - following[1]))
    if following[0] < first[0] - sizes[1] or sizes[1] > MUCH_LARGER * sizes[0]:
        return True
    if following[0] - last[2] < SET_APART * sizes[0]:
        return False
    return is_mark or sizes[0] < OTHER_SIZE * sizes[1]
