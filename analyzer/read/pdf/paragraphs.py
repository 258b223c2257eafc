"""Where paragraphs begin on the pages of a PDF: below white space, behind a line that ends early, or indented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import groupby, pairwise
from operator import attrgetter
from statistics import median

from analyzer.read.pdf.furniture import ENUMERATED
from analyzer.read.pdf.layout import Row

SPACED = 1.3
"""A distance between lines greater than this many times the usual one parts two paragraphs."""
WIDE, TELLING = 1.3, 3
"""The usual distance is wide from this share of the size of the text; so many steps within sentences tell better."""
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


def mark_paragraphs(pages: Sequence[Sequence[Row]]) -> bool:
    """Mark (``after_gap``) the rows within columns that begin a paragraph.

    Machines fill every line, so that one which leaves room for the next word ends a paragraph or a heading. A typist,
    or the maker of a table, leaves some room anywhere; whether lines are filled is asked of the whole document.

    Args:
        pages: The rows of each page, in reading order.

    Returns:
        Whether the document fills its lines.
    """
    columns = [list(column) for rows in pages for _, column in groupby(rows, attrgetter("column"))]
    early = [list(_early_ends(column)) for column in columns]
    roomy = sum(_goes_on(before, after) for ends in early for before, after, _ in ends)
    filled = roomy * FEW_ROOMY <= sum(map(len, columns))
    _mark_spaced(columns)
    for column, ends in zip(columns, early, strict=True):
        for before, after, room in ends:
            if filled or (room > MUCH and ENDED.search(before.line.text)):
                after.after_gap = after.after_gap or _is_set_off(before, after)
        _mark_indented(column, {id(before) for before, _, _ in ends})
    return filled


def ends_paragraph(rows: Sequence[Row], following: Row) -> bool:
    """Whether the last of some rows of a page ends early before a row on top of the next column or page.

    Args:
        rows: Rows in reading order; those in the column of the last tell where it ends.
        following: The row that is read next.
    """
    edge, start = _edges([row for row in rows if row.column == rows[-1].column])
    return _room(rows[-1], following, edge) > 0 and edge > start and _is_set_off(rows[-1], following)


def _early_ends(column: Sequence[Row]) -> Iterator[tuple[Row, Row, float]]:
    """Yield the rows beside whose ends the first word of the next row had found room.

    Each comes with that next row and what room is left beside such a word, as a share of the width of the column.
    """
    edge, start = _edges(column)
    for before, after in pairwise(column):
        line = before.line
        if edge - line.right > ROOM * line.size:  # few lines
            room = _room(before, after, edge)
            if room > 0:
                yield before, after, room / (edge - start)


def _edges(column: Sequence[Row]) -> tuple[float, float]:
    """Return the right and the left edge of a column."""
    return sorted(row.line.right for row in column)[-1 - len(column) // OUTLIERS], min(row.line.left for row in column)


def _room(before: Row, after: Row, edge: float) -> float:
    """Return the points that the first word of a row would leave free beside the end of the row before."""
    words = after.line.text
    word = after.line.width * (words.find(" ") + 1 or len(words) + 1) / len(words)
    return edge - before.line.right - ROOM * before.line.size - word


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


def _mark_spaced(columns: Sequence[Sequence[Row]]) -> None:
    """Mark the rows that more than the usual space parts from the one before.

    Usual is what parts a third of the rows of a column at most; where that is wide, the paragraphs may be of one row
    each, and it is asked how far apart rows are between which a sentence goes on.
    """
    steps = [[after.line.middle - before.line.middle for before, after in pairwise(column)] for column in columns]
    usual = [_usual(column, of_column) for column, of_column in zip(columns, steps, strict=True)]
    wide = [place for place, column in enumerate(columns) if usual[place] > WIDE * column[0].line.size]
    inner = {place: sorted(_inner(columns[place], steps[place])) for place in wide}
    all_inner = sorted(step for found in inner.values() for step in found)
    for place, found in inner.items():
        found = found if len(found) >= TELLING else all_inner
        if len(found) >= TELLING:
            usual[place] = min(usual[place], found[len(found) // 2])
    for column, of_column, step in zip(columns, steps, usual, strict=True):
        for row, distance in zip(column[1:], of_column, strict=True):
            row.after_gap = distance > SPACED * max(step, 0.9 * row.line.size)


def _usual(column: Sequence[Row], steps: Sequence[float]) -> float:
    return sorted(steps)[len(steps) // 3] if len(steps) > 2 else median(row.line.size for row in column) * SPACED


def _inner(column: Sequence[Row], steps: Sequence[float]) -> Iterator[float]:
    for pair, step in zip(pairwise(column), steps, strict=True):
        if _goes_on(*pair):
            yield step


def _mark_indented(column: Sequence[Row], early: Set[int]) -> None:
    """Mark the rows, but those of ``early``, that begin further right than the rows before and after them.

    The line after an enumerator may do so too, and centred lines end early.
    """
    lefts = [row.line.left for row in column]
    for place, (before, here, after) in enumerate(zip(lefts, lefts[1:], lefts[2:], strict=False), 1):
        if before < here > after:  # few rows
            row, text = column[place], column[place - 1].line.text
            indented = here - max(before, after) > INDENT * row.line.size and id(row) not in early
            allowed = text[-1] == ";" or not row.line.text[:1].islower()
            if indented and allowed and ENDED.search(text) and not ENUMERATED.match(text):
                row.after_gap = True
