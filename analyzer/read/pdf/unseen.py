"""Words of a text layer that a reader of the page does not see, or sees struck out.

Words in white or without colour, and words below a box, count as unseen if the picture of the page has nothing where
they stand. Words with a line through their middle are struck out; so are those that a reviewer has marked so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from ctypes import byref, c_int
from typing import TYPE_CHECKING, Any, NamedTuple

from analyzer.read.pdf.line_pieces import Boxes
from analyzer.read.pdf.page_lines import PageLine
from analyzer.read.pdf.page_objects import Box, PageObjects, Shape
from analyzer.types import NoticeCode

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

HIGHEST, LOWEST = 0.35, 0.7
"""Heights between which a rule strikes out a line, as shares of the height of the line from its top."""
COVERED = 0.6
"""Share of the height of a line that a box must hide."""
RULED = 0.5
"""Share of the width of a rule that must lie on words for it to strike them out; rules of tables go on."""
SCALE = 2
"""Pixels per point of the picture in which unseen words are looked for."""
CONTRAST = 12
"""Difference of the shades (of 255) in a picture from which something is seen."""


class Unseen(NamedTuple):
    """A stretch of the text of a page that is left out.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        code: Why it is left out.
    """

    start: int
    end: int
    code: NoticeCode


class Span(NamedTuple):
    """A line of a page, and where it stands in the text of the page."""

    start: int
    end: int
    line: PageLine


class _Picture:
    """A picture of a page, made when it is needed."""

    def __init__(self, page: PdfPage) -> None:
        self._page = page
        self._shades: Any = None

    def shows(self, box: Box) -> bool:
        """Return whether something can be seen in a box of the page."""
        from pypdfium2 import raw

        if self._shades is None:
            with closing(self._page.render(scale=SCALE, grayscale=True)) as bitmap:
                self._shades = bitmap.to_numpy().copy()
        height, width = self._shades.shape[:2]
        x, y = c_int(), c_int()
        corners = []
        for left, bottom in (box[:2], box[2:]):
            raw.FPDF_PageToDevice(self._page.raw, 0, 0, width, height, 0, left, bottom, byref(x), byref(y))
            corners.append((x.value, y.value))
        (x0, x1), (y0, y1) = (sorted(edges) for edges in zip(*corners, strict=True))
        region = self._shades[max(0, y0) : max(0, y1) + 1, max(0, x0) : max(0, x1) + 1]
        return bool(region.size) and int(region.max()) - int(region.min()) > CONTRAST


class _Finder:
    """Finds the words of a page that are not seen.

    Args:
        page: The page.
        objects: What is drawn on it.
        boxes: Its letters.
        text: Its text.
        spans: Its lines.
    """

    def __init__(self, page: PdfPage, objects: PageObjects, boxes: Boxes, text: str, spans: Sequence[Span]) -> None:
        self._boxes, self._text, self._spans = boxes, text, spans
        self._objects = objects
        self._picture = _Picture(page)

    def unseen(self) -> Iterator[Unseen]:
        """Yield the stretches that are drawn without colour, or below a box."""
        objects = self._objects
        if objects.unseen:
            for span in self._spans:
                yield from self._blank(span, lambda index: self._boxes.text_object(index) in objects.unseen)
        texts = objects.orders.values()
        covers = [cover for cover in objects.covers if texts and cover.order > min(texts)]
        for cover in covers:
            left, top, right, bottom = self._boxes.turned(cover.box)
            for span in self._spans:
                line = span.line
                hidden = min(line.bottom, bottom) - max(line.top, top)
                if hidden > COVERED * line.size and line.left < right and left < line.right:
                    yield from self._below(span, cover, left, right)

    def _below(self, span: Span, cover: Shape, left: float, right: float) -> Iterator[Unseen]:
        orders = self._objects.orders

        def is_below(index: int) -> bool:
            if orders.get(self._boxes.text_object(index), cover.order) >= cover.order:
                return False
            cell = self._boxes.letter(index)
            return left <= (cell[0] + cell[2]) / 2 <= right

        yield from self._blank(span, is_below)

    def _blank(self, span: Span, is_suspected: Callable[[int], bool]) -> Iterator[Unseen]:
        """Yield the stretches of suspected letters of a line where the page shows nothing."""
        for start, end in self._stretches(span, is_suspected):
            box = self._boxes.cell_of(start, end)
            middle_x, middle_y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            if any(_holds(picture.box, middle_x, middle_y) for picture in self._objects.pictures):
                continue
            if not self._picture.shows(box):
                yield Unseen(start, end, "hidden-words")

    def _stretches(self, span: Span, is_meant: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
        start = end = -1
        for index in range(span.start, span.end):
            if self._text[index].isspace():
                continue
            if is_meant(index):
                start = index if start < 0 else start
                end = index + 1
            elif start >= 0:
                yield start, end
                start = -1
        if start >= 0:
            yield start, end

    def struck(self, marked: Sequence[Box]) -> Iterator[Unseen]:
        """Yield the stretches with a line through their middle, or that are marked as struck out.

        Args:
            marked: Boxes of what a reviewer has struck out.
        """
        in_order = sorted(self._spans, key=lambda span: span.line.middle)
        middles = [span.line.middle for span in in_order]
        tallest = max((span.line.size for span in in_order), default=0.0)
        for box in self._objects.rules:
            left, top, right, bottom = self._boxes.turned(box)
            y = (top + bottom) / 2
            for span in in_order[bisect_left(middles, y - tallest) : bisect_right(middles, y + tallest)]:
                line = span.line
                height = (y - line.top) / (line.bottom - line.top or 1.0)
                if HIGHEST < height < LOWEST and line.left < right and left < line.right:
                    yield from self._below_rule(span, left, right)
        for box in marked:
            left, top, right, bottom = self._boxes.turned(box)
            for span in in_order:
                if top < span.line.middle < bottom:
                    yield from self._below_rule(span, left, right)

    def _below_rule(self, span: Span, left: float, right: float) -> Iterator[Unseen]:
        def is_below(index: int) -> bool:
            cell = self._boxes.letter(index)
            return left <= (cell[0] + cell[2]) / 2 <= right

        stretches = list(self._stretches(span, is_below))
        width = sum(self._boxes.letter(end - 1)[2] - self._boxes.letter(start)[0] for start, end in stretches)
        if width > RULED * (right - left):
            for start, end in stretches:
                if any(map(str.isalnum, self._text[start:end])):
                    yield Unseen(start, end, "struck-words")


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def find_unseen(page: PdfPage, objects: PageObjects, boxes: Boxes, text: str, spans: Sequence[Span]) -> list[Unseen]:
    """Return the stretches of the text of a page that are not seen or struck out, in order.

    Args:
        page: The page.
        objects: What is drawn on it.
        boxes: Its letters.
        text: Its text.
        spans: Its lines.
    """
    finder = _Finder(page, objects, boxes, text, spans)
    return sorted({*finder.struck(_struck_by_reviewers(page)), *finder.unseen()})


def _struck_by_reviewers(page: PdfPage) -> list[Box]:
    """Return the boxes of what the annotations of a page strike out."""
    from pypdfium2 import raw

    boxes: list[Box] = []
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_STRIKEOUT:
            points = raw.FS_QUADPOINTSF()
            for number in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
                raw.FPDFAnnot_GetAttachmentPoints(annotation, number, byref(points))
                xs, ys = (points.x1, points.x2, points.x3, points.x4), (points.y1, points.y2, points.y3, points.y4)
                boxes.append((min(xs), min(ys), max(xs), max(ys)))
        raw.FPDFPage_CloseAnnot(annotation)
    return boxes
