"""The objects of a page that decide whether its words are seen: text without colour, shapes and pictures.

A page has hundreds of objects, and PDFium tells of each only by several calls; so they are called with plain addresses,
and where a page has very many objects, for example one for each letter, only some of its text is looked at first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from ctypes import CFUNCTYPE, addressof, c_float, c_int, c_uint, c_ulong, c_void_p, cast
from functools import cache
from itertools import count, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

MOST_OBJECTS = 20_000
"""Objects of a page that are looked at; a map may have a million."""
SAMPLED = 120
"""Text objects of a page whose colour is looked at as long as all of them are seen."""
DEPTH = 5
"""Levels of nested forms that are looked into."""
WHITE = 250
"""Least red, green and blue (of 255) of what is white."""
OPAQUE = 250
"""Least opacity (of 255) of what hides things below it."""
THINNEST_COVER = 4.0
"""Height and width of a shape from which it may cover words, points."""
THICKEST_RULE, SHORTEST_RULE = 2.5, 3.0
"""Height up to which a shape is a horizontal rule, and its least width, points; for upright ones the other way."""
FEW_SEGMENTS = 6
"""Segments up to which a shape may be a rectangle."""
_TEXT, _PATH, _PICTURE, _FORM = 1, 2, 3, 5
"""PDFium's numbers of the types of objects."""
_FILL, _INVISIBLE = 0, 3
"""PDFium's numbers of modes in which text is drawn."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top edge, points, y upwards from the corner of the page."""
Matrix = tuple[float, float, float, float, float, float]


class Shape(NamedTuple):
    """A rectangle, or a picture.

    Attributes:
        order: Number of objects drawn before it.
        box: Where it stands.
        is_white: Whether it is white.
    """

    order: int
    box: Box
    is_white: bool = False


class _Calls:
    """PDFium's functions, called with addresses."""

    def __init__(self) -> None:
        from pypdfium2 import raw

        def bind(name: str, arguments: str) -> Any:
            kinds = {"p": c_void_p, "i": c_int, "l": c_ulong}
            signature = CFUNCTYPE(c_void_p if name.endswith("GetObject") else c_int, *map(kinds.__getitem__, arguments))
            return signature(cast(getattr(raw, name), c_void_p).value or 0)

        self.get = bind("FPDFPage_GetObject", "pi")
        self.get_in_form = bind("FPDFFormObj_GetObject", "pl")
        self.count_in_form = bind("FPDFFormObj_CountObjects", "p")
        self.type = bind("FPDFPageObj_GetType", "p")
        self.mode = bind("FPDFTextObj_GetTextRenderMode", "p")
        self.fill = bind("FPDFPageObj_GetFillColor", "ppppp")
        self.stroke = bind("FPDFPageObj_GetStrokeColor", "ppppp")
        self.bounds = bind("FPDFPageObj_GetBounds", "ppppp")
        self.matrix = bind("FPDFPageObj_GetMatrix", "pp")
        self.draw_mode = bind("FPDFPath_GetDrawMode", "ppp")
        self.segments = bind("FPDFPath_CountSegments", "p")
        self.is_transparent = bind("FPDFPageObj_HasTransparency", "p")


@cache
def _calls() -> _Calls:
    return _Calls()


class PageObjects:
    """What the objects of a page show.

    Attributes:
        orders: For each text object, by its address, the number of objects drawn before it.
        unseen: Addresses of the text objects that are drawn in white or not at all.
        covers: Rectangles that hide what is below them.
        rules: Horizontal lines that are not white.
        frames: Rectangles whose edges are drawn, and not in white.
        pictures: Pictures.
    """

    def __init__(self, page: PdfPage) -> None:
        from pypdfium2 import raw

        self.orders: dict[int, int] = {}
        self.unseen: set[int] = set()
        self.covers: list[Shape] = []
        self.rules: list[Box] = []
        self._uprights: list[tuple[int, Box]] = []
        self.frames: list[Box] = []
        self.pictures: list[Shape] = []
        self._call = _calls()
        self._colour = (c_uint * 4)()
        self._edges = (c_float * 6)()
        start, edge = addressof(self._colour), addressof(self._edges)
        self._to_colour = (start, start + 4, start + 8, start + 12)
        self._to_edges = (edge, edge + 4, edge + 8, edge + 12)
        self._count = 0
        self._texts: list[int] = []
        objects = min(raw.FPDFPage_CountObjects(page.raw), MOST_OBJECTS)
        self._add(list(map(self._call.get, repeat(addressof(page.raw.contents), objects), range(objects))), None, 0)
        step = max(1, len(self._texts) // SAMPLED)
        self.unseen = set(self._without_colour(self._texts[::step]))
        if self.unseen and step > 1:
            self.unseen = set(self._without_colour(self._texts))

    def _add(self, objects: Sequence[int], matrix: Matrix | None, depth: int) -> None:
        """Add objects, those in forms with the matrix of the form."""
        kinds = list(map(self._call.type, objects))
        if kinds.count(_TEXT) == len(kinds):  # most pages
            self._texts += objects
            self.orders.update(zip(objects, count(self._count), strict=False))
            self._count += len(kinds)
            return
        for item, kind in zip(objects, kinds, strict=True):
            self._count += 1
            if kind == _TEXT:
                self._texts.append(item)
                self.orders[item] = self._count
            elif kind == _PATH:
                self._add_path(item, matrix)
            elif kind == _PICTURE:
                self.pictures.append(Shape(self._count, self._box(item, matrix)))
            elif kind == _FORM and depth < DEPTH:
                inside = max(0, min(self._call.count_in_form(item), MOST_OBJECTS - self._count))
                inner = list(map(self._call.get_in_form, repeat(item, inside), range(inside)))
                self._add(inner, self._matrix(item, matrix), depth + 1)

    def _without_colour(self, texts: Iterable[int]) -> Iterator[int]:
        get_mode, get_fill, colour, to_colour = self._call.mode, self._call.fill, self._colour, self._to_colour
        for text in texts:
            mode = get_mode(text)
            if mode == _INVISIBLE:
                yield text
            elif mode == _FILL and get_fill(text, *to_colour):
                red, green, blue, opacity = colour
                if not opacity or (red >= WHITE and green >= WHITE and blue >= WHITE):
                    yield text

    def _add_path(self, path: int, matrix: Matrix | None) -> None:
        box = self._box(path, matrix)
        width, height = box[2] - box[0], box[3] - box[1]
        is_rule = height <= THICKEST_RULE and width >= SHORTEST_RULE
        if not is_rule and width <= THICKEST_RULE and height >= SHORTEST_RULE:
            self._uprights.append((path, box))
            return
        if not is_rule and (min(width, height) < THINNEST_COVER or self._call.segments(path) > FEW_SEGMENTS):
            return
        edge = self._to_edges[0]
        modes = (c_int * 2).from_buffer(self._edges)
        self._call.draw_mode(path, edge, edge + 4)
        fill, stroke = modes
        if stroke and not is_rule and self._has_edges(path):
            self.frames.append(box)
        if not fill and not (is_rule and stroke):
            return
        is_opaque = self._is_opaque(path, filled=bool(fill))
        is_white = min(self._colour[:3]) >= WHITE
        if not is_opaque:
            return
        if is_rule:
            if not is_white:
                self.rules.append(box)
        elif not self._call.is_transparent(path):
            self.covers.append(Shape(self._count, box, is_white))

    @property
    def upright(self) -> int:
        """Number of upright lines, white ones among them."""
        return len(self._uprights)

    def uprights(self) -> Iterator[Box]:
        """Yield the upright lines that are not white."""
        for path, box in self._uprights:
            edge = self._to_edges[0]
            modes = (c_int * 2).from_buffer(self._edges)
            self._call.draw_mode(path, edge, edge + 4)
            fill, stroke = modes
            if (fill or stroke) and self._is_opaque(path, filled=bool(fill)) and min(self._colour[:3]) < WHITE:
                yield box

    def _is_opaque(self, path: int, *, filled: bool) -> bool:
        """Return whether a path hides what is below it; leaves its colour in ``_colour``."""
        (self._call.fill if filled else self._call.stroke)(path, *self._to_colour)
        return self._colour[3] >= OPAQUE

    def _has_edges(self, path: int) -> bool:
        return self._is_opaque(path, filled=False) and min(self._colour[:3]) < WHITE

    def _box(self, item: int, matrix: Matrix | None) -> Box:
        self._call.bounds(item, *self._to_edges)
        left, bottom, right, top = self._edges[:4]
        if matrix is None:
            return left, bottom, right, top
        a, b, c, d, e, f = matrix
        xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
        ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
        return min(xs), min(ys), max(xs), max(ys)

    def _matrix(self, form: int, outer: Matrix | None) -> Matrix:
        self._call.matrix(form, self._to_edges[0])
        a, b, c, d, e, f = self._edges
        if outer is None:
            return a, b, c, d, e, f
        g, h, i, j, k, m = outer
        return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
