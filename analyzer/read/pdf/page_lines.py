"""Pages of a PDF as lines of text, each line with the box it was printed in.

All coordinates are points (1/72 inch) as a reader sees the page: turned upright, x from the left, y from the top.
The values are frozen: each step of the reading makes new ones with ``dataclasses.replace``.
"""

from __future__ import annotations

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
HYPHEN = "\ufffe"
"""Last character of a line whose last word PDFium takes for divided; older versions write ``\\x02``."""
_LONGEST_MARKER = 3
"""Maximum number of figures in the marker of a footnote."""


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
        gaps: Wide gaps inside it, each with its left edge, its right edge and the index in ``text`` where it ends.
        angle: Degrees by which it is turned against the text of the page, 0 to 359.
        pieces: The parts of which the file may have composed it although they do not belong together, such as a line
            and the note in the margin beside it; none for most lines.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    gaps: tuple[tuple[float, float, int], ...] = ()
    angle: int = 0
    pieces: tuple[PageLine, ...] = ()

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
    """

    number: int
    width: float
    height: float
    lines: tuple[PageLine, ...] = ()
    quality: float = 1.0
    is_picture: bool = False
    left_out: tuple[LeftOut, ...] = ()


def as_marker(text: str) -> str:
    """Return a number as the raised marker of a footnote; any other text unchanged."""
    return text.translate(TO_RAISED) if text.isdigit() and len(text) <= _LONGEST_MARKER else text


def moved(line: PageLine, right: float) -> PageLine:
    """Return a line that stands further to the right by some points."""
    return replace(
        line,
        left=line.left + right,
        right=line.right + right,
        gaps=tuple((gap_left + right, gap_right + right, end) for gap_left, gap_right, end in line.gaps),
        pieces=tuple(moved(piece, right) for piece in line.pieces),
    )


def split_at_gap(line: PageLine, x: float) -> tuple[PageLine, PageLine] | None:
    """Split a line at the wide gap around a position.

    Args:
        line: The line.
        x: The position, points from the left edge of the page.

    Returns:
        The two parts, or ``None`` if the line has no wide gap there.
    """
    for number, (gap_left, gap_right, index) in enumerate(line.gaps):
        if gap_left - 1 <= x <= gap_right + 1 and 0 < index < len(line.text):
            text_before, text_after = line.text[:index].rstrip(), line.text[index:]
            gaps_after = tuple((left, right, end - index) for left, right, end in line.gaps[number + 1 :])
            top, bottom, size = line.top, line.bottom, line.size
            before = PageLine(text_before, line.left, gap_left, top, bottom, size, line.gaps[:number])
            return before, PageLine(text_after, gap_right, line.right, top, bottom, size, gaps_after)
    return None
