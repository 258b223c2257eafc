"""Pages of a PDF as lines of text, each line with the box it was printed in.

All coordinates are points (1/72 inch) as a reader sees the page: turned upright, x from the left, y from the top.
The values are frozen: each step of the reading makes new ones with ``dataclasses.replace``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from analyzer.text.numerals import TO_RAISED
from analyzer.types import NoticeCode

RAISED = 0.8
"""Share of the height of a line below which smaller letters in it are raised, as the markers of footnotes are."""
SAME_ROW = 0.4
"""Distance between the middles of two lines, as a share of their size, below which they stand side by side."""
WIDE_GAP = 1.6
"""Width of a gap inside a line, in heights of the line, from which it may separate two columns.

Word spaces and the tabs of lists rarely reach it."""
NARROW_GAP = 0.7
"""Width of a gap inside a line, in heights of the line, from which it parts two columns where others part as well.

The cells of tables drawn by word processors stand that near each other where a line fills its cell."""
HYPHEN = "\ufffe"
"""Last character of a line whose last word PDFium takes for divided; older versions write ``\\x02``."""
_LONGEST_MARKER = 3
"""Maximum number of figures in the marker of a footnote."""


Gap = tuple[float, float, int]
"""A gap inside a line: its left edge, its right edge and the index in the line's text where it ends."""


Box = tuple[float, float, float, float]
"""Four edges, points; for what is read: left, top, right, bottom."""
Grid = tuple[tuple[Box, ...], ...]
"""The cells of a table, row by row."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line, or the part of one that lies in one column.

    Attributes:
        text: Its words; ``HYPHEN`` at the end where PDFium takes the last word for divided.
        left: Left edge, points.
        right: Right edge, points.
        top: Upper edge of its tallest letters, points.
        bottom: Lower edge, points.
        size: Height of its font, from ascenders to descenders, points.
        gaps: Wide gaps inside it.
        angle: Degrees by which it is turned against the text of the page, 0 to 359.
        narrow_gaps: Narrower gaps inside it, likewise; they part columns only where a gutter runs through them.
        pieces: The parts of which the file may have composed it although they do not belong together, such as a line
            and the note in the margin beside it; none for most lines.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    gaps: tuple[Gap, ...] = ()
    angle: int = 0
    pieces: tuple[PageLine, ...] = ()
    narrow_gaps: tuple[Gap, ...] = ()

    @property
    def width(self) -> float:
        """Its width, points."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Its middle, points from the top of the page."""
        return (self.top + self.bottom) / 2


class LeftOut(NamedTuple):
    """Words that stand on a page and are not part of its text.

    Attributes:
        code: Of what kind they are.
        words: The words.
    """

    code: NoticeCode
    words: str


@dataclass(frozen=True, slots=True)
class PageText:
    """The lines of a page.

    Attributes:
        number: Number of the page, from 1.
        width: Width as displayed, points.
        height: Height as displayed, points.
        lines: In the order of the file.
        quality: Confidence in its words, 0 to 1.
        is_picture: Whether its text layer cannot be used, so that it must be read from its picture.
        left_out: What stands on it and is not read.
        grids: The cells of its tables with rules.
    """

    number: int
    width: float
    height: float
    lines: tuple[PageLine, ...] = ()
    quality: float = 1.0
    is_picture: bool = False
    left_out: tuple[LeftOut, ...] = ()
    grids: tuple[Grid, ...] = ()


def as_marker(text: str) -> str:
    """Return a number as the raised marker of a footnote; any other text unchanged."""
    return text.translate(TO_RAISED) if text.isdigit() and len(text) <= _LONGEST_MARKER else text


def moved(line: PageLine, right: float) -> PageLine:
    """Return a line that stands further to the right by some points."""
    return replace(
        line,
        left=line.left + right,
        right=line.right + right,
        gaps=tuple(_moved(gap, right) for gap in line.gaps),
        narrow_gaps=tuple(_moved(gap, right) for gap in line.narrow_gaps),
        pieces=tuple(moved(piece, right) for piece in line.pieces),
    )


def _moved(gap: Gap, right: float) -> Gap:
    return gap[0] + right, gap[1] + right, gap[2]


def with_longer_text(line: PageLine, text: str, start: int, added: int) -> PageLine:
    """Return a line with other words, its gaps moved accordingly.

    Args:
        line: The line.
        text: Its new words.
        start: Where they differ.
        added: How many letters more they have; fewer if negative.
    """
    gaps, narrow = (
        tuple((left, right, end + added if end > start else end) for left, right, end in of_line)
        for of_line in (line.gaps, line.narrow_gaps)
    )
    return replace(line, text=text, gaps=gaps, narrow_gaps=narrow)


def split_at_gap(line: PageLine, x: float) -> tuple[PageLine, PageLine] | None:
    """Split a line at the wide gap around a position.

    Args:
        line: The line.
        x: The position, points from the left edge of the page.

    Returns:
        The two parts, or ``None`` if the line has no wide gap there.
    """
    for gap in line.gaps:
        if gap[0] - 1 <= x <= gap[1] + 1 and 0 < gap[2] < len(line.text):
            return split_line(line, gap)
    return None


def split_line(line: PageLine, gap: Gap) -> tuple[PageLine, PageLine]:
    """Split a line at one of its gaps."""
    gap_left, gap_right, index = gap
    wide, narrow = (
        (
            tuple(other for other in gaps if other[2] < index),
            tuple((left, right, end - index) for left, right, end in gaps if end > index),
        )
        for gaps in (line.gaps, line.narrow_gaps)
    )
    top, bottom, size = line.top, line.bottom, line.size
    return (
        PageLine(line.text[:index].rstrip(), line.left, gap_left, top, bottom, size, wide[0], 0, (), narrow[0]),
        PageLine(line.text[index:], gap_right, line.right, top, bottom, size, wide[1], 0, (), narrow[1]),
    )


def split_at_gaps(line: PageLine, gaps: Sequence[Gap]) -> list[PageLine]:
    """Return the parts of a line between some of its gaps, which are given from the left."""
    parts: list[PageLine] = []
    for gap in reversed(gaps):
        line, part = split_line(line, gap)
        parts.append(part)
    return [line, *reversed(parts)]
