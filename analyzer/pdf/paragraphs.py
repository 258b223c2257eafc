"""Where paragraphs begin on the pages of a PDF: below white space, behind a line that ends early, or indented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import groupby, pairwise
from operator import attrgetter
from statistics import median

from analyzer.pdf.furniture import ENUMERATED
from analyzer.pdf.layout import Row

SPACED = 1.3
"""A distance between lines greater than this many times the usual one parts two paragraphs."""
ROOM = 0.5
"""Share of its size that a line must leave free beside the next word to end early; words are of uneven width."""
FEW_ROOMY = 50
"""One line in so many may leave room for the first word of the next one although the sentence goes on."""
MUCH = 0.25
"""Share of the width of a column that even a typist leaves free only at the end of a paragraph."""
INDENT = 0.8
"""Share of its size by which the first line of a paragraph is indented at least."""
OUTLIERS = 10
"""One row in so many may stick out of its column."""
ENDED = re.compile(r"(?:[.;:!?]|[;,] (?:and|or|y|o|u|et|ou))[”\"’»)\]⁰¹²³⁴-⁹]*$")
"""How a paragraph or an item ends."""

_OPEN = re.compile(r"[.;:] \(?(?:\d{1,3}|[a-z]|[ivxl]{1,5})[.)]$")
"""The enumerator of what stands in the next line."""


def mark_paragraphs(pages: Sequence[Sequence[Row]]) -> None:
    """Mark (``after_gap``) the rows that begin a paragraph.

    Machines fill every line, so that one which leaves room for the next word ends a paragraph or a heading. A typist,
    or the maker of a table, leaves some room anywhere; whether lines are filled is asked of the whole document.

    Args:
        pages: The rows of each page, in reading order.
    """
    columns = [list(column) for rows in pages for _, column in groupby(rows, attrgetter("column"))]
    early = [list(_early_ends(column)) for column in columns]
    roomy = sum(_goes_on(before, after) for ends in early for before, after, _ in ends)
    filled = roomy * FEW_ROOMY <= sum(map(len, columns))
    for column, ends in zip(columns, early, strict=True):
        _mark_spaced(column)
        for before, after, room in ends:
            if filled or (room > MUCH and ENDED.search(before.line.text)):
                after.after_gap = after.after_gap or _is_set_off(before, after)
        _mark_indented(column, {id(before) for before, _, _ in ends})


def _early_ends(column: Sequence[Row]) -> Iterator[tuple[Row, Row, float]]:
    """Yield the rows beside whose ends the first word of the next row had found room.

    Each comes with that next row and what room is left beside such a word, as a share of the width of the column.
    """
    edge = sorted(row.line.right for row in column)[-1 - len(column) // OUTLIERS]
    start = min(row.line.left for row in column)
    for before, after in pairwise(column):
        room = edge - before.line.right - ROOM * before.line.size
        if room > 0:  # few lines
            words = after.line.text
            room -= after.line.width * (words.find(" ") + 1 or len(words) + 1) / len(words)
            if room > 0:
                yield before, after, room / (edge - start)


def _goes_on(before: Row, after: Row) -> bool:
    """Whether a sentence surely goes on from one row to the next one, straight below it."""
    text, following = before.line.text, after.line.text
    below = abs(before.line.left - after.line.left) < 1
    return below and following[:1].islower() and not ENDED.search(text) and not ENUMERATED.match(following)


def _is_set_off(before: Row, after: Row) -> bool:
    """Whether the words allow that a row which ends early ends a paragraph."""
    text, following = before.line.text, after.line.text
    if _OPEN.search(text):
        return False
    if ENUMERATED.match(following):
        return True
    if ENDED.search(text):
        return text[-1] != "." or not following[:1].islower()
    if following[:1].islower():
        return False
    return before.cells == after.cells == 1 and abs(before.line.left - after.line.left) < 1  # centred lines are names


def _mark_spaced(column: Sequence[Row]) -> None:
    """Mark the rows that more than the usual space parts from the one before."""
    steps = [after.line.middle - before.line.middle for before, after in pairwise(column)]
    if not steps:
        return
    usual = sorted(steps)[len(steps) // 3] if len(steps) > 2 else median(row.line.size for row in column) * SPACED
    for row, step in zip(column[1:], steps, strict=True):
        row.after_gap = step > SPACED * max(usual, 0.9 * row.line.size)


def _mark_indented(column: Sequence[Row], early: Set[int]) -> None:
    """Mark the rows, but those of ``early``, that begin further right than the rows before and after them.

    The line after an enumerator may do so too, and centred lines end early.
    """
    for before, here, after in zip(column, column[1:], column[2:], strict=False):
        indent = here.line.left - max(before.line.left, after.line.left)
        if indent > INDENT * here.line.size and id(here) not in early and not here.line.text[:1].islower():
            ended = ENDED.search(before.line.text) and not ENUMERATED.match(before.line.text)
            here.after_gap = here.after_gap or bool(ended)
