"""Ligatures that PDFium places wrongly: it forgets where a form stands, such as a page on a sheet of two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analyzer.read.pdf.line_pieces import Box, Boxes

FAR = 2.0
"""Distance from the next letter of its word, in sizes, from which a ligature is misplaced."""

_LIGATURE = re.compile("ff[il]?|f[il]")


def may_be_misplaced(runs: Sequence[Box]) -> bool:
    """Return whether the runs of a line leap forward, back, up or down, as they do around a misplaced ligature."""
    return any(
        not before[0] <= after[0] < before[2] + FAR * (before[3] - before[1])
        or not before[1] < (after[1] + after[3]) / 2 < before[3]
        for before, after in pairwise(runs)
    )


def leave_out_misplaced(boxes: Boxes, text: str, start: int, end: int, runs: list[Box]) -> tuple[list[Box], int]:
    """Return the runs of a line without those of misplaced ligatures, and the first letter that stands in its place.

    Args:
        boxes: The letters of the page.
        text: Its text.
        start: Where the line begins.
        end: Where it ends.
        runs: Its runs.
    """
    first = start
    for ligature_start, ligature_end, cell in _misplaced(boxes, text, start, end):
        runs = [run for run in runs if not _is_within(run, cell)] or runs
        if ligature_start == first:
            first = ligature_end
    return runs, first


def _misplaced(boxes: Boxes, text: str, start: int, end: int) -> Iterator[tuple[int, int, Box]]:
    """Yield the misplaced ligatures of a line: where they begin and end in the text, and where PDFium places them."""
    for match in _LIGATURE.finditer(text, start, end):
        begin, stop = match.span()
        if begin > start and not text[begin - 1].isspace():
            neighbour = boxes.letter(begin - 1)
        elif stop < end and not text[stop].isspace():
            neighbour = boxes.letter(stop)
        else:
            continue
        left, top, _, bottom = boxes.letter(begin)
        right = boxes.letter(stop - 1)[2]
        size = neighbour[3] - neighbour[1]
        is_far = max(left - neighbour[2], neighbour[0] - right) > FAR * size
        if is_far or abs(top + bottom - neighbour[1] - neighbour[3]) > 2 * size:
            yield begin, stop, (left, top, right, bottom)


def _is_within(run: Box, cell: Box) -> bool:
    x, y = (run[0] + run[2]) / 2, (run[1] + run[3]) / 2
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3] and run[2] - run[0] < 2 * (cell[2] - cell[0])
