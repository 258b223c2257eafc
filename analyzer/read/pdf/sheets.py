"""Sheets with two pages side by side: each half is a page of its own, the left one first.

A sheet is landscape, and a white stretch near its middle, from top to bottom, keeps apart what is prose on both sides.
Cells of tables may leave such a stretch free as well; they are short, and the file gives them in turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analyzer.read.pdf.gutters import Gutter, are_prose_beside
from analyzer.read.pdf.page_lines import PageLine, PageText, moved, split_at_gap

LANDSCAPE = 1.15
"""Width of a sheet, as a share of its height, from which it may hold two pages."""
MIDDLE = 0.06
"""Distance from the middle, as a share of the width, within which the two pages meet."""
NARROWEST = 14.0
"""Minimum width of the white stretch between two pages, points."""
MOST = 0.5
"""Share of the landscape pages with words on both sides that must show two pages for any to be parted."""


def part_sheets(pages: Sequence[PageText]) -> list[PageText]:
    """Return the pages of a document, those of sheets that hold two one by one, with the number of the sheet.

    Args:
        pages: The pages as the file has them.
    """
    folds = {number: fold for number, page in enumerate(pages) if (fold := _fold(page)) is not None}
    on_both_sides = [number for number, fold in folds.items() if all(map(len, _halves(pages[number].lines, fold)))]
    telling = [number for number in on_both_sides if are_prose_beside(pages[number].lines, folds[number])]
    landscape = sum(_is_landscape(page) and bool(page.lines) for page in pages)
    others = landscape - len(folds)  # lines cross their middle
    if not telling or len(telling) < MOST * (len(on_both_sides) + others):
        return list(pages)
    parted: list[PageText] = []
    for number, page in enumerate(pages):
        parted += _parted(page, folds[number]) if number in folds else [page]
    return parted


def _is_landscape(page: PageText) -> bool:
    return page.width > LANDSCAPE * page.height


def _fold(page: PageText) -> Gutter | None:
    """Return the white stretch near the middle of a landscape page that no line crosses; ``None`` if it has none."""
    if not page.lines or not _is_landscape(page):
        return None
    least, most = (0.5 - MIDDLE) * page.width, (0.5 + MIDDLE) * page.width
    reach = 0.0
    widest: Gutter | None = None
    for left, right in [*sorted(_extents(page.lines)), (page.width, page.width)]:
        is_near = reach < most and least < left
        if is_near and left - reach >= NARROWEST and (widest is None or left - reach > widest.right - widest.left):
            widest = Gutter(reach, left)
        reach = max(reach, right)
    return widest


def _extents(lines: Sequence[PageLine]) -> Iterator[tuple[float, float]]:
    """Yield the left and right edge of each part of lines between their wide gaps."""
    for line in lines:
        left = line.left
        for gap_left, gap_right, _ in line.gaps:
            yield left, gap_left
            left = gap_right
        yield left, line.right


def _halves(lines: Sequence[PageLine], fold: Gutter) -> tuple[list[PageLine], list[PageLine]]:
    """Return the lines on either side of a fold, in the order of the file."""
    middle = (fold.left + fold.right) / 2
    left: list[PageLine] = []
    right: list[PageLine] = []
    for line in lines:
        parts = split_at_gap(line, middle) if line.left < middle < line.right else None
        for part in parts or (line,):
            (left if part.left < middle else right).append(part)
    return left, right


def _parted(page: PageText, fold: Gutter) -> Iterator[PageText]:
    """Yield the two pages of a sheet; the second one begins at the middle of the sheet."""
    middle = min(max(page.width / 2, fold.left), fold.right)
    left, right = _halves(page.lines, fold)
    yield replace(page, width=middle, lines=tuple(left), grids=())
    lines = tuple(moved(line, -middle) for line in right)
    yield replace(page, width=page.width - middle, lines=lines, left_out=(), grids=())
