"""The lines of a page's text layer, as PDFium gives them.

PDFium gives the text of a page quickly and at once, but its boxes only one call at a time. So boxes are requested for
runs of text (``FPDFText_GetRect``) rather than for letters, and for letters only where a line must be split or a small
number may be the marker of a footnote.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from ctypes import addressof, byref, c_double
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from analyzer.read.pdf.form_fields import FieldLine
from analyzer.read.pdf.ligatures import leave_out_misplaced, may_be_misplaced
from analyzer.read.pdf.line_pieces import cut_line, may_be_composed
from analyzer.read.pdf.page_lines import NARROW_GAP, RAISED, WIDE_GAP, Gap, LeftOut, PageLine, PageText, as_marker
from analyzer.read.pdf.page_objects import PageObjects
from analyzer.read.pdf.ruled_tables import find_grids
from analyzer.read.pdf.unseen import Span, find_unseen

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

ASCENT, DESCENT = 0.89, 0.22
"""Height above and depth below the baseline of usual fonts (Times, Arial), as shares of the font size.

Used where a font does not give its own."""
EVEN_CELLS = 0.98
"""Share of the height of a tall or deep letter's cell below which the cell of a low letter counts as lower."""
LOWER_RUN = 0.3
"""Distance by which the main run lies below the first letter, in sizes of it, from which its letters give the size."""
TALLER_RUN = 1.2
"""Height of the main run, in sizes of the first letter, from which its letters give the size of the line."""
_SLACK = 1.5
"""Points by which a letter may begin to the left of the run it belongs to."""

_LINE = re.compile("[^\\s\x02\ufffe][^\r\n\x02\ufffe]*[\x02\ufffe]?")
_LOW_AND_TALL = re.compile("[acemnorsuvwxz][bdhkl]|[bdhkl][acemnorsuvwxz]")
_LOW_AND_DEEP = re.compile("[acemnorsuvwxz][gpqy]|[gpqy][acemnorsuvwxz]")
_DIGIT = re.compile(r"\d")
_MARKER = re.compile(r"(?<=[^\W\d_]|[.,;:)”\"’»\]]) ?(?P<number>\d{1,3})(?![\d%°])")
_OPENING_MARKER = re.compile(r"(?:\d{1,3}|\*{1,3})(?=[ \t]*[^\W\d_]|[ \t]*[“\"«(])")

Box = tuple[float, float, float, float]
"""Left, top, right and bottom edge, points."""
Turn = tuple[float, float, float, float, float, float]
"""Matrix that turns the page upright and lets y run downwards."""


def read_text_layer(page: PdfPage, text_page: PdfTextPage, number: int, fields: Sequence[FieldLine] = ()) -> PageText:
    """Return the lines of a page's text layer.

    Args:
        page: The page, shown so that its text is upright.
        text_page: Its text page.
        number: Its number, from 1.
        fields: What is filled into its fields.
    """
    text = text_page.get_text_range()
    if len(text) != text_page.count_chars():
        text = _letter_by_letter(text_page)
    width, height = page.get_size()
    if not text.strip() and not fields:
        return PageText(number, width, height)
    quarter, turn, width, height = _upright(page)
    boxes = TextBoxes(text_page, quarter, turn, text)
    spans = list(_spans(boxes, text))
    left_out: tuple[LeftOut, ...] = ()
    objects = PageObjects(page)
    if unseen := find_unseen(page, objects, boxes, text, spans):
        left_out = tuple(LeftOut(stretch.code, text[stretch.start : stretch.end]) for stretch in unseen)
        for start, end, _ in unseen:
            text = text[:start] + "\n" * (end - start) + text[end:]
        spans = list(_spans(boxes, text))
    filled = (_line_of_field(field, boxes.turned(field.box)) for field in fields)
    lines = (*(span.line for span in spans), *filled)
    return PageText(number, width, height, lines, left_out=left_out, grids=find_grids(objects, lines, boxes.turned))


def _line_of_field(field: FieldLine, box: Box) -> PageLine:
    left, top, right, bottom = box
    return PageLine(field.words, left, right, top, bottom, bottom - top)


def _spans(boxes: TextBoxes, text: str) -> Iterator[Span]:
    """Yield the lines of a page with their places in its text."""
    for match in _LINE.finditer(text):
        start, end = match.span()
        while text[end - 1].isspace():
            end -= 1
        if line := boxes.line(text, start, end):
            yield Span(start, end, line)


def _letter_by_letter(text_page: PdfTextPage) -> str:
    """Return the text with one character per letter, for pages where PDFium's own text omits some letters.

    Offsets into that text would not fit the numbers of the letters.
    """
    from pypdfium2 import raw

    codes = (raw.FPDFText_GetUnicode(text_page.raw, index) for index in range(text_page.count_chars()))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)


def _upright(page: PdfPage) -> tuple[int, Turn, float, float]:
    """Return in which direction the text of a page runs, the matrix that turns it upright, and its size then.

    The direction is counted in quarter turns; the page is shown so that the text is upright.
    """
    left, bottom, right, top = page.get_bbox()
    quarter = -page.get_rotation() // 90 % 4
    width, height = right - left, top - bottom
    if quarter == 0:
        return 0, (1, 0, 0, -1, -left, top), width, height
    if quarter == 2:
        return 2, (-1, 0, 0, 1, right, -bottom), width, height
    if quarter == 3:  # The text runs upwards; a page turned clockwise shows it so.
        return 3, (0, 1, 1, 0, -bottom, -left), height, width
    return 1, (0, -1, -1, 0, top, right), height, width


class TextBoxes:
    """Boxes of the runs and letters of a text page, turned upright."""

    def __init__(self, text_page: PdfTextPage, quarter: int, turn: Turn, text: str) -> None:
        from pypdfium2 import raw

        self._page = text_page.raw
        self._quarter = quarter
        self._turn = turn
        self._get_angle: Any = raw.FPDFText_GetCharAngle
        self._get_object: Any = raw.FPDFText_GetTextObject
        self._count_runs: Any = raw.FPDFText_CountRects
        self._get_run: Any = raw.FPDFText_GetRect
        self._get_letter: Any = raw.FPDFText_GetLooseCharBox
        self._edges = [c_double() for _ in range(4)]
        self._edge_pointers = [byref(edge) for edge in self._edges]
        self._cell = raw.FS_RECTF()
        self._cell_pointer = byref(self._cell)
        self._has_uneven_cells = False  # ``letter`` must measure cells as they are until this is known
        self._has_uneven_cells = self._cells_follow_letters(text)

    def _turned(self, left: float, top: float, right: float, bottom: float) -> Box:
        a, b, c, d, e, f = self._turn
        if a == 1:  # most pages
            return left + e, f - top, right + e, f - bottom
        if b == 0:
            x0, x1, y0, y1 = a * left + e, a * right + e, d * top + f, d * bottom + f
        else:
            x0, x1, y0, y1 = b * bottom + e, b * top + e, c * left + f, c * right + f
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def turned(self, box: Box) -> Box:
        """Return a box of the page (left, bottom, right, top, y upwards) as the reader sees it."""
        left, bottom, right, top = box
        return self._turned(left, top, right, bottom)

    def cell_of(self, start: int, end: int) -> Box:
        """Return the box of a stretch of text on the page: left, bottom, right, top, y upwards."""
        boxes = []
        for index in range(start, end):
            if self._get_letter(self._page, index, self._cell_pointer):
                boxes.append((self._cell.left, self._cell.bottom, self._cell.right, self._cell.top))
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)

    def runs(self, start: int, end: int) -> list[Box]:
        """Return the boxes of the runs of a stretch of text."""
        left, top, right, bottom = self._edges
        to_left, to_top, to_right, to_bottom = self._edge_pointers
        page, get_run, turned = self._page, self._get_run, self._turned
        boxes = []
        for index in range(self._count_runs(page, start, end - start)):
            if get_run(page, index, to_left, to_top, to_right, to_bottom):
                boxes.append(turned(left.value, top.value, right.value, bottom.value))
        return boxes

    def letter(self, index: int) -> Box:
        """Return the cell of a letter, as high as its font."""
        self._get_letter(self._page, index, self._cell_pointer)
        cell = self._cell
        left, top, right, bottom = self._turned(cell.left, cell.top, cell.right, cell.bottom)
        if self._has_uneven_cells and (size := self._font_size(index)):
            baseline = self._baseline(index)
            return left, baseline - ASCENT * size, right, baseline + DESCENT * size
        return left, top, right, bottom

    def _cells_follow_letters(self, text: str) -> bool:
        """Return whether cells are only as high as their letters, as the fonts (of LibreOffice) give no heights."""
        for pattern in (_LOW_AND_TALL, _LOW_AND_DEEP):
            if pair := pattern.search(text, len(text) // 2) or pattern.search(text):
                cells = [self.letter(index) for index in (pair.start(), pair.start() + 1)]
                heights = [bottom - top for _, top, _, bottom in cells]
                if min(heights) < EVEN_CELLS * max(heights):
                    return True
        return False

    def _font_size(self, index: int) -> float:
        """Return the size of a letter's font as displayed, points."""
        from pypdfium2 import raw

        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._page, index, byref(matrix))
        return float(raw.FPDFText_GetFontSize(self._page, index) * math.hypot(matrix.b, matrix.d))

    def _baseline(self, index: int) -> float:
        """Return the height of the baseline of a letter, points from the top of the page."""
        from pypdfium2 import raw

        x, y = self._edges[:2]
        raw.FPDFText_GetCharOrigin(self._page, index, *self._edge_pointers[:2])
        return self._turned(x.value, y.value, x.value, y.value)[1]

    def angle(self, index: int) -> int:
        """Return the degrees by which a letter is turned against the text of the page; the letter may be a blank."""
        radians = self._get_angle(self._page, index)
        if radians <= 0 and self._quarter == 0:  # most letters
            return 0
        return round(math.degrees(radians) - 90 * self._quarter) % 360

    def text_object(self, index: int) -> int:
        """Return the address of the object that prints a letter; 0 for blanks that the file does not print."""
        text_object = self._get_object(self._page, index)
        return addressof(text_object.contents) if text_object else 0

    def line(self, text: str, start: int, end: int, *, is_piece: bool = False) -> PageLine | None:
        """Return the line of ``text[start:end]``, or ``None`` if it has no box on the page.

        Args:
            text: The text of the page.
            start: Where the line begins.
            end: Where it ends.
            is_piece: Whether it is a piece of a line, and not to be cut further.
        """
        runs = self.runs(start, end)
        if not runs:
            return None
        first = start
        if len(runs) > 1 and "f" in text[start:end] and may_be_misplaced(runs):
            runs, first = leave_out_misplaced(self, text, start, end, runs)
        _, top, _, bottom = self.letter(first)
        angle = self.angle(start)
        pieces: tuple[PageLine, ...] = ()
        if not is_piece and may_be_composed(text[start:end], runs, bottom - top):
            cut = cut_line(self, text, start, end)
            pieces = tuple(piece for ends in cut if (piece := self.line(text, *ends, is_piece=True)))
            pieces = pieces if len(pieces) > 1 else ()
        left, _, right, _ = runs[0]
        if len(runs) == 1:
            return PageLine(text[start:end], left, right, top, bottom, bottom - top, (), angle, pieces)
        size = bottom - top
        left, right = min(run[0] for run in runs), max(run[2] for run in runs)
        # A raised number may come first, and the letters of a page may be of several sizes.
        main = max(runs, key=lambda run: run[2] - run[0])
        lower = bottom < main[3] - LOWER_RUN * size or top < main[1] - LOWER_RUN * size
        if lower or main[3] - main[1] > TALLER_RUN * size:
            _, top, _, bottom = self._letter_of_run(text, start, end, main)
            size = bottom - top
        gaps: tuple[Gap, ...] = ()
        if any(after[0] - before[2] >= NARROW_GAP * size for before, after in pairwise(runs)):
            gaps = tuple(self._gaps(text, start, end, runs, size))
        words, gaps = self._with_raised_markers(text[start:end], start, size, gaps)
        wide = tuple(gap for gap in gaps if gap[1] - gap[0] >= WIDE_GAP * size)
        narrow = tuple(gap for gap in gaps if gap[1] - gap[0] < WIDE_GAP * size)
        return PageLine(words, left, right, top, bottom, size, wide, angle, pieces, narrow)

    def _letter_of_run(self, text: str, start: int, end: int, run: Box) -> Box:
        """Return the cell of the first letter that belongs to a run, or the box of the run if none does."""
        for index in range(start, end):
            if not text[index].isspace():
                cell = self.letter(index)
                if cell[0] >= run[0] - 1 and cell[3] - cell[1] >= run[3] - run[1]:
                    return cell
        return run

    def _with_raised_markers(
        self, words: str, start: int, size: float, gaps: tuple[Gap, ...]
    ) -> tuple[str, tuple[Gap, ...]]:
        """Return the words of a line with the markers of footnotes as raised figures, and its gaps moved with them.

        Args:
            words: The words of the line.
            start: Number of their first letter on the page.
            size: The size of the line.
            gaps: The gaps of the line.
        """
        if not _DIGIT.search(words) and words[0] != "*":
            return words, gaps
        markers = [(match.start(), *match.span("number")) for match in _MARKER.finditer(words)]
        if opening := _OPENING_MARKER.match(words):
            markers.insert(0, (0, *opening.span()))
        for begin, first, last in reversed(markers):
            _, top, _, bottom = self.letter(start + first)
            if bottom - top < RAISED * size:
                words = words[:begin] + as_marker(words[first:last]) + words[last:]
                removed = first - begin
                gaps = tuple((left, right, end - removed * (end > begin)) for left, right, end in gaps)
        return words, gaps

    def _gaps(self, text: str, start: int, end: int, runs: Sequence[Box], size: float) -> Iterator[Gap]:
        """Yield the wide and narrow gaps of the line ``text[start:end]``."""
        letter_after = start
        reach = runs[0][2]
        for before, after in pairwise(runs):
            reach = max(reach, before[2])
            if after[0] - reach < NARROW_GAP * size:
                continue
            for index in range(letter_after, end):
                if not text[index].isspace() and self.letter(index)[0] >= after[0] - _SLACK:
                    letter_after = index
                    break
            yield reach, after[0], letter_after - start
