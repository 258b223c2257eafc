"""Watermarks: words printed across the text, turned, very large, or the same over and over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from analyzer.read.pdf.page_lines import PageLine
from analyzer.read.pdf.page_parts import Part

OBLIQUE = 6
"""Degrees from the upright, or from a quarter turn, from which words are printed across the text."""
LARGER, LARGE = 1.15, 2.0
"""Size of words, in usual sizes, from which they are larger than the text, and much larger.

Much larger ones are a watermark if they are printed over lines."""
ENOUGH_COVERED = 2
"""Lines over which large words must be printed."""
ENOUGH_TIMES, ENOUGH_TIMES_ON_PAGE = 2, 3
"""Pages on which the same words must stand at the same place, or times that they must stand on one page."""
SAME_PLACE = 3.0
"""Points by which the place may differ from page to page."""
OVERLAP = 0.3
"""Share of the height of the lower of two lines by which they must overlap to be printed over each other."""

_NUMBER = re.compile(r"\d+")


def find_watermarks(pages: Sequence[Sequence[Part]], size: float) -> list[list[Part]]:
    """Return the parts of each page that are watermarks.

    Args:
        pages: The parts of each page; none of pages that were read from their pictures, whose boxes are not exact.
        size: Usual size of the text of the document, points.
    """
    suspected = {
        _words(part.box)
        for parts in pages
        for part in [*_turned(parts), *_large(parts, size), *_overprinted(parts)]
        if not _is_oblique(part.box)
    }
    marks = _marks(pages, suspected, size) if suspected else set()
    if not marks:
        return [[part for part in parts if _is_oblique(part.box)] for parts in pages]
    return [[part for part in parts if _is_oblique(part.box) or _words(part.box) in marks] for parts in pages]


def _is_oblique(box: PageLine) -> bool:
    return bool(box.angle) and OBLIQUE < box.angle % 90 < 90 - OBLIQUE


def _words(box: PageLine) -> str:
    """Return what the same mark on other pages has in common with it: a time or a page number in it may differ."""
    return f"{round(box.size)} {box.angle} {_NUMBER.sub('0', box.text)}"


def _turned(parts: Sequence[Part]) -> Iterator[Part]:
    return (part for part in parts if part.box.angle)


def _large(parts: Sequence[Part], size: float) -> Iterator[Part]:
    return (part for part in parts if part.box.size >= LARGE * size)


def _overprinted(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts that are printed over the one next to them in height, both of them."""
    in_order = sorted(parts, key=lambda part: part.box.top + part.box.bottom)
    for index in range(1, len(in_order)):
        before, after = in_order[index - 1], in_order[index]
        if after.box.top < before.box.bottom and _is_printed_over(before.box, after.box):
            yield before
            yield after


def _is_printed_over(box: PageLine, other: PageLine) -> bool:
    height = min(box.bottom, other.bottom) - max(box.top, other.top)
    width = min(box.right, other.right) - max(box.left, other.left)
    smaller = min(box.size, other.size)
    return height > OVERLAP * smaller and width > smaller and box.text != other.text


def _marks(pages: Sequence[Sequence[Part]], suspected: set[str], size: float) -> set[str]:
    """Return the words of marks among suspected words.

    Args:
        pages: The parts of each page.
        suspected: What is turned, large or overprinted (``_words``).
        size: Usual size of the text of the document, points.
    """
    places: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
    covered: dict[str, int] = defaultdict(int)
    times: dict[str, int] = defaultdict(int)
    for number, parts in enumerate(pages):
        for part in parts:
            words = _words(part.box)
            if words in suspected:
                places[words].append((number, part.box.left, part.box.top))
                lines = sum(_is_printed_over(part.box, other.box) for other in parts if other.line != part.line)
                covered[words] = max(covered[words], lines)
                times[words] += lines > 0
    marks = set()
    for words in suspected:
        is_turned = words.split(" ", 2)[1] != "0"
        is_larger, is_large = (float(words.split(" ", 1)[0]) >= least * size for least in (LARGER, LARGE))
        is_over_lines = is_large and (is_turned or covered[words] >= ENOUGH_COVERED)
        is_printed_over = is_turned or times[words] >= (1 if is_larger else ENOUGH_TIMES)
        if is_over_lines or (is_printed_over and _recurs(places[words], len(pages))):
            marks.add(words)
    return marks


def _recurs(places: Sequence[tuple[int, float, float]], pages: int) -> bool:
    """Return whether the same words stand at the same place of pages, or many times on one."""
    on_page: dict[int, int] = defaultdict(int)
    for number, _, _ in places:
        on_page[number] += 1
    if max(on_page.values()) >= ENOUGH_TIMES_ON_PAGE:
        return True
    _, left, top = places[0]
    same = {number for number, x, y in places if abs(x - left) < SAME_PLACE and abs(y - top) < SAME_PLACE}
    return len(same) >= ENOUGH_TIMES and 2 * len(same) >= min(pages, 2 * len(on_page))
