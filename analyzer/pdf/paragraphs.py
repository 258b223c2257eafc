"""Where paragraphs begin on the pages of a PDF: below white space, behind a line that ends early, or indented."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import groupby, pairwise
from operator import attrgetter
from statistics import median

from analyzer.pdf.furniture import ENUMERATED
from analyzer.pdf.layout import Row
from analyzer.pdf.lines import Line

SPACED = 1.3
"""A distance between lines greater than this many times the usual one parts two paragraphs."""
ROOM = 0.5
"""Share of its size that a line must leave free beside the next word to end early; words are of uneven width."""
FEW_ROOMY = 50
"""One line in so many may leave room for the first word of the next one although the sentence goes on."""
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
    or the maker of a table, leaves room anywhere; whether lines are filled is asked of the whole document.

    Args:
        pages: The rows of each page, in reading order.
    """
    columns = [list(column) for rows in pages for _, column in groupby(rows, attrgetter("column"))]
    early = [_early_ends(column) for column in columns]
    roomy = sum(_goes_on(before, after) for ends in early for before, after in ends)
    filled = roomy * FEW_ROOMY <= sum(map(len, columns))
    for column, ends in zip(columns, early, strict=True):
        _mark_spaced(column)
        for before, after in ends if filled else ():
            after.after_gap = after.after_gap or _is_set_off(before, after)
        _mark_indented(column, {id(before) for before, _ in ends})


def _early_ends(column: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Return the rows beside whose ends the first word of the next row had found room, each with the next one."""
    edge = sorted(row.line.right for row in column)[-1 - len(column) // OUTLIERS]
    return [pair for pair in pairwise(column) if _has_room(pair[0].line, pair[1].line, edge)]


def _has_room(line: Line, following: Line, edge: float) -> bool:
    room = edge - line.right - ROOM * line.size
    if room <= 0:  # most lines
        return False
    letters = following.text.find(" ") + 1 or len(following.text) + 1
    return room > following.width * letters / len(following.text)


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
