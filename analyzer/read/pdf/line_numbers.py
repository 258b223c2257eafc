"""Numbers in the margin: those that count the lines of a page, and those that count its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from analyzer.read.pdf.page_lines import SAME_ROW, PageLine
from analyzer.read.pdf.page_parts import LONG, Block, Part

ALIGNED = 6.0
"""Points by which the edges of the numbers of one margin may differ."""
FEWEST, FEWEST_STEPS = 4, 2
"""Minimum of numbers of one kind in a document, and of steps from one to the next where all are the same, five say."""
REGULAR = 0.8
"""Share of the neighbouring numbers that must count on."""
SAME_LEAD = 0.12
"""Difference of the distance of lines from the usual one, as a share of it, up to which numbers are regular."""
MANY_ROWS = 8
"""Rows from which a page must have numbers if its document counts lines."""
NUMBERED = 0.6
"""Share of the rows of such a page that must be numbered."""
NUMBERED_PAGES = 0.5
"""Share of such pages that must be numbered."""
FULL = 0.85
"""Share of the width of the text from which a row is full, so that its sentence may go on in the next row."""
ENOUGH_GOING_ON = 2
"""Rows beside a number that go on with a sentence; lists number their items instead."""
STRAYS = 0.1
"""Share of the rows that may reach into the margin, such as headers."""
SMALL = 0.9
"""Size of the numbers of paragraphs, as a share of the usual size, up to which they are no part of the text."""
LARGEST_STEP = 5
"""Maximum by which the number of a paragraph exceeds the one before; headings may count."""
MORE_THAN_PAGES = 1.5
"""Minimum of the numbers of paragraphs per page; one on each page is the number of the page."""
MOST_MARGINS = 6
"""Margins that are looked for: left and right, on left and right pages."""

_NUMBER = re.compile(r"\[?(\d{1,4})\]?")
_ENUMERATED = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivxl]{1,4})[.)]\s")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that stands by itself.

    Attributes:
        page: Index of its page.
        value: The number.
        part: Where it stands.
    """

    page: int
    value: int
    part: Part


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a page besides its numbers, from the top.

    Attributes:
        middles: Their middles.
        first: The leftmost part of each.
        right: The right edge of each.
    """

    middles: tuple[float, ...]
    first: tuple[PageLine, ...]
    right: tuple[float, ...]

    def between(self, top: float, bottom: float) -> int:
        """Return the number of rows below one height down to another."""
        return sum(top < middle <= bottom for middle in self.middles)


def find_numbers(
    pages: Sequence[Sequence[Part]], blocks: Sequence[Block | None], size: float
) -> tuple[list[list[Part]], list[list[Part]]]:
    """Return the numbers of lines and the numbers of paragraphs in the margins of each page.

    Args:
        pages: The parts of each page.
        blocks: Where their text begins and ends.
        size: Usual size of the text of the document, points.
    """
    numbers = [
        _Number(index, int(match[1]), part)
        for index, parts in enumerate(pages)
        for part in parts
        if (match := _NUMBER.fullmatch(part.box.text)) and not part.box.angle
    ]
    of_lines: list[list[Part]] = [[] for _ in pages]
    of_paragraphs: list[list[Part]] = [[] for _ in pages]
    if len(numbers) < FEWEST:
        return of_lines, of_paragraphs
    rows = [_rows(parts) for parts in pages]
    for margin in _margins(numbers):
        if not _are_outside(margin, rows):
            continue
        if _count_lines(margin, rows):
            result = of_lines
        elif _count_paragraphs(margin, rows, size, blocks):
            result = of_paragraphs
        else:
            continue
        for number in margin:
            result[number.page].append(number.part)
    return of_lines, of_paragraphs


def _rows(parts: Sequence[Part]) -> _Rows:
    rows: list[list[PageLine]] = []
    boxes = (part.box for part in parts if not _NUMBER.fullmatch(part.box.text) and not part.box.angle)
    for box in sorted(boxes, key=lambda box: box.middle):
        if rows and box.middle - rows[-1][-1].middle < SAME_ROW * box.size:
            rows[-1].append(box)
        else:
            rows.append([box])
    return _Rows(
        tuple(row[0].middle for row in rows),
        tuple(min(row, key=lambda box: box.left) for row in rows),
        tuple(max(box.right for box in row) for row in rows),
    )


def _margins(numbers: Sequence[_Number]) -> Iterator[list[_Number]]:
    """Yield the numbers that stand straight below each other, the most first."""
    left = list(numbers)
    for _ in range(MOST_MARGINS):
        best: list[_Number] = []
        for edge in ("right", "left"):
            in_order = sorted(left, key=lambda number: getattr(number.part.box, edge))
            edges = [getattr(number.part.box, edge) for number in in_order]
            start = 0
            for end, x in enumerate(edges):
                while x - edges[start] > ALIGNED:
                    start += 1
                if end + 1 - start > len(best):
                    best = in_order[start : end + 1]
        if len(best) < FEWEST:
            return
        yield sorted(best, key=lambda number: (number.page, number.part.box.middle))
        taken = set(map(id, best))
        left = [number for number in left if id(number) not in taken]


def _are_outside(margin: Sequence[_Number], rows: Sequence[_Rows]) -> bool:
    """Return whether numbers stand beside the text, on one side of it."""
    beyond_left = beyond_right = count = 0
    for page in {number.page for number in margin}:
        boxes = [number.part.box for number in margin if number.page == page]
        right, left = max(box.right for box in boxes), min(box.left for box in boxes)
        beyond_left += sum(box.left < right for box in rows[page].first)
        beyond_right += sum(edge > left for edge in rows[page].right)
        count += len(rows[page].middles)
    return min(beyond_left, beyond_right) <= STRAYS * count


def _count_lines(margin: Sequence[_Number], rows: Sequence[_Rows]) -> bool:
    """Return whether the numbers of a margin count the lines of the text, each of them or each fifth for example."""
    pairs = [pair for pair in pairwise(margin) if pair[0].page == pair[1].page]
    steps = [after.value - before.value for before, after in pairs]
    fewest = FEWEST_STEPS if min(steps, default=0) == max(steps, default=0) > 1 else FEWEST - 1
    if len(pairs) < fewest or sum(step > 0 for step in steps) < REGULAR * len(pairs):
        return False
    leads = [
        (after.part.box.middle - before.part.box.middle) / step
        for (before, after), step in zip(pairs, steps, strict=True)
        if step > 0
    ]
    lead = median(leads)
    regular = 0
    for (before, after), step in zip(pairs, steps, strict=True):
        top, bottom = before.part.box.middle, after.part.box.middle
        slack = SAME_ROW * after.part.box.size
        counted = rows[after.page].between(top + slack, bottom + slack)
        regular += step > 0 and (counted == step or abs((bottom - top) / step - lead) < SAME_LEAD * lead)
    if regular < REGULAR * len(pairs):
        return False
    return median(steps) > 1 or _number_each_row(margin, rows)


def _number_each_row(margin: Sequence[_Number], rows: Sequence[_Rows]) -> bool:
    """Return whether numbers stand beside most rows of most pages, also where a sentence goes on."""
    on_page: dict[int, list[_Number]] = {}
    for number in margin:
        on_page.setdefault(number.page, []).append(number)
    long = [index for index, of_page in enumerate(rows) if len(of_page.middles) >= MANY_ROWS]
    numbered = [index for index in long if len(on_page.get(index, ())) >= NUMBERED * len(rows[index].middles)]
    if len(numbered) < NUMBERED_PAGES * len(long):
        return False
    return sum(_going_on(rows[index], numbers) for index, numbers in on_page.items()) >= ENOUGH_GOING_ON


def _going_on(rows: _Rows, numbers: Sequence[_Number]) -> int:
    """Return the number of rows beside a number that go on with the sentence of a full row."""
    if not rows.right:
        return 0
    full = max(rows.right) - (1 - FULL) * (max(rows.right) - min(box.left for box in rows.first))
    count = 0
    for index in range(1, len(rows.middles)):
        box = rows.first[index]
        is_long = len(rows.first[index - 1].text) >= LONG and rows.right[index - 1] >= full
        if is_long and box.text[:1].islower():
            count += any(abs(number.part.box.middle - box.middle) < SAME_ROW * box.size for number in numbers)
    return count


def _count_paragraphs(
    margin: Sequence[_Number], rows: Sequence[_Rows], size: float, blocks: Sequence[Block | None]
) -> bool:
    """Return whether the numbers of a margin count paragraphs through the document, besides their own numbers."""
    steps = [after.value - before.value for before, after in pairwise(margin)]
    if sum(0 < step <= LARGEST_STEP for step in steps) < REGULAR * len(steps):
        return False
    if len(margin) < MORE_THAN_PAGES * len({number.page for number in margin}):
        return False
    inside = 0
    for number in margin:
        block = blocks[number.page]
        inside += block is None or (number.part.box.right > block.left and number.part.box.left < block.right)
    if inside > STRAYS * len(margin):
        return False
    if median(number.part.box.size for number in margin) < SMALL * size:
        return True
    return sum(_is_beside_enumerator(number, rows[number.page]) for number in margin) >= ENOUGH_GOING_ON


def _is_beside_enumerator(number: _Number, rows: _Rows) -> bool:
    box = number.part.box
    return any(
        abs(first.middle - box.middle) < SAME_ROW * box.size and _ENUMERATED.match(first.text) is not None
        for first in rows.first
    )
