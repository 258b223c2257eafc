"""The lines of a PDF page as PDFium tells them, each with the box it was printed in.

PDFium gives the text of a page at once and cheaply, but boxes one call at a time. So boxes are asked for runs of
text (``FPDFText_GetRect``) rather than letters, and for letters only where a line must be cut or a small number
may be the marker of a footnote.

All coordinates are points (1/72 inch) as a reader sees the page: turned upright, x from the left, y from the top.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from analyzer.text.numerals import TO_RAISED

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

WIDE = 1.6
"""A gap inside a line from this many times its height may part two columns; word spaces and tabs of lists rarely do."""
RAISED = 0.8
"""A number whose letters are lower than this share of the line's is the marker of a footnote."""
ANGLES = 3
"""Letters of a page that are asked which way they run."""
ASCENT, DESCENT = 0.89, 0.22
"""Height above and depth below the line, shares of the size, of usual fonts (Times, Arial), where a font tells none."""
EVEN = 0.98
"""The cell of a low letter is at least so high, as a share of the height of a tall or deep one's."""

_LINE = re.compile("[^\\s\x02\ufffe][^\r\n\x02\ufffe]*[\x02\ufffe]?")
_LETTER = re.compile(r"[^\W\d_]")
_LOW_AND_TALL = re.compile("[acemnorsuvwxz][bdhkl]|[bdhkl][acemnorsuvwxz]")
_LOW_AND_DEEP = re.compile("[acemnorsuvwxz][gpqy]|[gpqy][acemnorsuvwxz]")
_DIGIT = re.compile(r"\d")
_MARKER = re.compile(r"(?<=[^\W\d_]|[.,;:)”\"’»\]]) ?(?P<number>\d{1,3})(?![\d%°])")
_OPENING_MARKER = re.compile(r"(?:\d{1,3}|\*{1,3})(?=[ \t]*[^\W\d_]|[ \t]*[“\"«(])")
_LONGEST_MARKER = 3
HYPHEN = "\ufffe"
"""Ends a line whose last word PDFium takes for divided; older versions write ``\\x02``."""


@dataclass(slots=True)
class Line:
    """A line, or the part of one that lies in one column.

    Attributes:
        text: Its words; ``HYPHEN`` at the end where PDFium takes the last word for divided.
        left: Left edge.
        right: Right edge.
        top: Upper edge of its tallest letters.
        bottom: Lower edge.
        size: Height of its font, ascenders to descenders.
        gaps: Wide gaps inside it, each with its left edge, right edge and the index in ``text`` where it ends.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    gaps: tuple[tuple[float, float, int], ...] = ()

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Its middle, points from the top."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class PageLines:
    """A page and its lines.

    Attributes:
        number: Its number, from 1.
        width: Points, as displayed.
        height: Points.
        lines: In the order of the file.
        quality: How sure its words are, 0 to 1.
        is_picture: Whether its text layer cannot be used, so that it must be read from its picture.
    """

    number: int
    width: float
    height: float
    lines: list[Line]
    quality: float = 1.0
    is_picture: bool = False


Turn = tuple[float, float, float, float, float, float]
"""Matrix that turns the page upright and lets y run downwards."""


def read_lines(page: PdfPage, words: PdfTextPage, number: int) -> PageLines:
    """Return the lines of a page.

    Args:
        page: The page.
        words: Its text page.
        number: Its number, from 1.
    """
    text = words.get_text_range()
    if len(text) != words.count_chars():
        text = _letter_by_letter(words)
    width, height = page.get_size()
    if not text.strip():
        return PageLines(number, width, height, [])
    turn, width, height = _upright(page, words, text)
    boxes = _Boxes(words, turn, text)
    lines = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        while text[end - 1].isspace():
            end -= 1
        if line := boxes.line(text, start, end):
            lines.append(line)
    return PageLines(number, width, height, lines)


def _letter_by_letter(words: PdfTextPage) -> str:
    """Return the text one character a letter, where PDFium's own text leaves out some and offsets would not fit."""
    from pypdfium2 import raw

    codes = (raw.FPDFText_GetUnicode(words.raw, index) for index in range(words.count_chars()))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)


def _upright(page: PdfPage, words: PdfTextPage, text: str) -> tuple[Turn, float, float]:
    """Return the matrix that turns a page upright by the way most of its text runs, and its size then."""
    from pypdfium2 import raw

    left, bottom, right, top = page.get_bbox()
    angles: Counter[int] = Counter()
    for sample in range(ANGLES):
        letter = _LETTER.search(text, len(text) * sample // ANGLES)
        angle = raw.FPDFText_GetCharAngle(words.raw, letter.start()) if letter else -1
        if angle >= 0:
            angles[round(angle / (math.pi / 2)) % 4] += 1
    quarter = angles.most_common(1)[0][0] if angles else -page.get_rotation() // 90 % 4
    width, height = right - left, top - bottom
    if quarter == 0:
        return (1, 0, 0, -1, -left, top), width, height
    if quarter == 2:
        return (-1, 0, 0, 1, right, -bottom), width, height
    if quarter == 3:  # The text runs upwards; a page turned clockwise shows it so.
        return (0, 1, 1, 0, -bottom, -left), height, width
    return (0, -1, -1, 0, top, right), height, width


class _Boxes:
    """Boxes of runs and letters of a text page, turned upright."""

    def __init__(self, words: PdfTextPage, turn: Turn, text: str) -> None:
        from pypdfium2 import raw

        self.page = words.raw
        self.turn = turn
        self._count: Any = raw.FPDFText_CountRects
        self._run: Any = raw.FPDFText_GetRect
        self._letter: Any = raw.FPDFText_GetLooseCharBox
        self._edges = [c_double() for _ in range(4)]
        self._at = [byref(edge) for edge in self._edges]
        self._loose = raw.FS_RECTF()
        self._loose_at = byref(self._loose)
        self._uneven = False  # until two letters have shown it
        self._uneven = self._has_uneven_cells(text)

    def _turned(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        a, b, c, d, e, f = self.turn
        if a == 1:  # most pages
            return left + e, f - top, right + e, f - bottom
        if b == 0:
            x0, x1, y0, y1 = a * left + e, a * right + e, d * top + f, d * bottom + f
        else:
            x0, x1, y0, y1 = b * bottom + e, b * top + e, c * left + f, c * right + f
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def runs(self, start: int, end: int) -> list[tuple[float, float, float, float]]:
        """Return left, top, right, bottom of the runs of a stretch of text."""
        left, top, right, bottom = self._edges
        to_left, to_top, to_right, to_bottom = self._at
        page, run, turned = self.page, self._run, self._turned
        found = []
        for index in range(self._count(page, start, end - start)):
            if run(page, index, to_left, to_top, to_right, to_bottom):
                found.append(turned(left.value, top.value, right.value, bottom.value))
        return found

    def letter(self, index: int) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom of a letter's cell, as high as its font."""
        self._letter(self.page, index, self._loose_at)
        box = self._loose
        left, top, right, bottom = self._turned(box.left, box.top, box.right, box.bottom)
        if self._uneven and (size := self._size(index)):
            base = self._base(index)
            return left, base - ASCENT * size, right, base + DESCENT * size
        return left, top, right, bottom

    def _has_uneven_cells(self, text: str) -> bool:
        """Whether cells are as high as their letters, as the fonts do not tell their heights (those of LibreOffice)."""
        for pattern in (_LOW_AND_TALL, _LOW_AND_DEEP):
            if pair := pattern.search(text, len(text) // 2) or pattern.search(text):
                cells = [self.letter(index) for index in (pair.start(), pair.start() + 1)]
                heights = [bottom - top for _, top, _, bottom in cells]
                if min(heights) < EVEN * max(heights):
                    return True
        return False

    def _size(self, index: int) -> float:
        """Return the size of a letter's font as displayed, points."""
        from pypdfium2 import raw

        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.page, index, byref(matrix))
        return float(raw.FPDFText_GetFontSize(self.page, index) * math.hypot(matrix.b, matrix.d))

    def _base(self, index: int) -> float:
        """Return how far down the line stands on which a letter is written."""
        from pypdfium2 import raw

        x, y = self._edges[:2]
        raw.FPDFText_GetCharOrigin(self.page, index, *self._at[:2])
        return self._turned(x.value, y.value, x.value, y.value)[1]

    def line(self, text: str, start: int, end: int) -> Line | None:
        """Return the line of ``text[start:end]``, ``None`` if it has no place on the page."""
        runs = self.runs(start, end)
        if not runs:
            return None
        _, top, _, bottom = self.letter(start)
        left, _, right, _ = runs[0]
        if len(runs) == 1:
            return Line(text[start:end], left, right, top, bottom, bottom - top)
        size = bottom - top
        left, right = min(run[0] for run in runs), max(run[2] for run in runs)
        # A raised number may come first, and a page's letters may be of several sizes.
        main = max(runs, key=lambda run: run[2] - run[0])
        if bottom < main[3] - 0.3 * size or top < main[1] - 0.3 * size or main[3] - main[1] > 1.2 * size:
            _, top, _, bottom = self._letter_near(text, start, end, main)
            size = bottom - top
        line = Line(text[start:end], left, right, top, bottom, size)
        if any(after[0] - before[2] >= WIDE * size for before, after in pairwise(runs)):
            line.gaps = tuple(self._gaps(text, start, end, runs, size))
        self._raise_markers(line, start)
        return line

    def _letter_near(
        self, text: str, start: int, end: int, run: tuple[float, float, float, float]
    ) -> tuple[float, float, float, float]:
        for index in range(start, end):
            if not text[index].isspace():
                box = self.letter(index)
                if box[0] >= run[0] - 1 and box[3] - box[1] >= run[3] - run[1]:
                    return box
        return run

    def _raise_markers(self, line: Line, start: int) -> None:
        """Write the markers of footnotes in a line, whose first letter is number ``start``, as raised figures."""
        words = line.text
        if not _DIGIT.search(words) and words[0] != "*":
            return
        found = [(match.start(), *match.span("number")) for match in _MARKER.finditer(words)]
        if opening := _OPENING_MARKER.match(words):
            found.insert(0, (0, *opening.span()))
        for begin, first, last in reversed(found):
            _, top, _, bottom = self.letter(start + first)
            if bottom - top < RAISED * line.size:
                words = words[:begin] + words[first:last].translate(TO_RAISED) + words[last:]
                moved = first - begin
                line.gaps = tuple((low, high, at - moved * (at > begin)) for low, high, at in line.gaps)
        line.text = words

    def _gaps(
        self, text: str, start: int, end: int, runs: Sequence[tuple[float, float, float, float]], size: float
    ) -> Iterator[tuple[float, float, int]]:
        at = start
        reach = runs[0][2]
        for before, after in pairwise(runs):
            reach = max(reach, before[2])
            if after[0] - reach < WIDE * size:
                continue
            for index in range(at, end):
                if not text[index].isspace() and self.letter(index)[0] >= after[0] - 1.5:
                    at = index
                    break
            yield reach, after[0], at - start


def as_marker(text: str) -> str:
    """Return a number as the raised marker of a footnote; any other text as it is."""
    return text.translate(TO_RAISED) if text.isdigit() and len(text) <= _LONGEST_MARKER else text


def cut(line: Line, at: float) -> tuple[Line, Line] | None:
    """Cut a line at the wide gap that holds the position ``at``; ``None`` if it has none there."""
    for place, (left, right, index) in enumerate(line.gaps):
        if left - 1 <= at <= right + 1 and 0 < index < len(line.text):
            one = Line(line.text[:index].rstrip(), line.left, left, line.top, line.bottom, line.size, line.gaps[:place])
            later = tuple((low, high, end - index) for low, high, end in line.gaps[place + 1 :])
            two = Line(line.text[index:], right, line.right, line.top, line.bottom, line.size, later)
            return one, two
    return None
