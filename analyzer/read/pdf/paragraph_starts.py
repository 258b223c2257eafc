"""Starts of paragraphs on the pages of a PDF: below white space, after a line that ends early, or indented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from statistics import median

from analyzer.read.pdf.furniture import ENUMERATED
from analyzer.read.pdf.reading_order import TextRow

SPACED = 1.3
"""Distance between rows, in usual distances, above which they belong to two paragraphs."""
TIGHT = 0.9
"""Minimum of the usual distance between rows, in sizes of the text."""
WIDE = 1.3
"""Usual distance between rows, in sizes of the text, above which it may be that between paragraphs of one row each."""
ENOUGH_INNER = 3
"""Distances within sentences from which these decide in a column where the usual distance is wide."""
ROOM = 0.5
"""Space that a row must leave free, besides the next word, to end early, in sizes of the text.

The width of words is estimated from the number of their letters."""
FEW_ROOMY = 50
"""Rows for each of which one may end early although its sentence goes on, for lines to count as filled."""
MUCH_ROOM = 0.25
"""Share of the width of a column that even a typist leaves free only at the end of a paragraph."""
INDENT = 0.8
"""Minimum indent of the first row of a paragraph, in sizes of the text."""
OUTLIERS = 10
"""Rows for each of which one may extend beyond the right edge of its column."""
ENDED = re.compile(r"(?:[.;:!?]|[;,] (?:and|or|y|o|u|et|ou))[”\"’»)\]⁰¹²³⁴-⁹]*$")
"""The end of a paragraph or an item."""

_ENUMERATOR_AT_END = re.compile(r"[.;:] \(?(?:\d{1,3}|[a-z]|[ivxl]{1,5})[.)]$")
"""The enumerator of an item that begins on the next row."""
_SAME_EDGE = 1.0
"""Points by which the left edges of rows may differ that begin straight below each other."""


@dataclass(frozen=True, slots=True)
class ParagraphStarts:
    """Where paragraphs begin within the columns of a document.

    Attributes:
        rows: Indices (``TextRow.index``) of the rows that begin a paragraph.
        are_rows_filled: Whether the document fills its rows, so that one that ends early ends a paragraph.
    """

    rows: frozenset[int]
    are_rows_filled: bool


@dataclass(frozen=True, slots=True)
class _EarlyEnd:
    """A row that ends early: the first word of the next one would have fitted on it.

    Attributes:
        row: The row.
        following: The next one.
        room: What it leaves free besides that word, as a share of the width of its column.
    """

    row: TextRow
    following: TextRow
    room: float


def find_paragraph_starts(pages: Sequence[Sequence[TextRow]]) -> ParagraphStarts:
    """Return where paragraphs begin within columns.

    Machines fill every row, so that one which leaves room for the next word ends a paragraph or a heading. A typist,
    or the maker of a table, leaves some room anywhere; whether rows are filled is judged over the whole document.

    Args:
        pages: The rows of each page, in reading order.
    """
    columns = [list(column) for rows in pages for _, column in groupby(rows, attrgetter("column"))]
    early_ends = [list(_early_ends(column)) for column in columns]
    roomy = sum(_goes_on(end.row, end.following) for ends in early_ends for end in ends)
    are_rows_filled = roomy * FEW_ROOMY <= sum(map(len, columns))
    starts = {row.index for row in _spaced(columns)}
    starts.update(row.index for column in columns for row in _around_tables(column))
    for column, ends in zip(columns, early_ends, strict=True):
        starts.update(
            end.following.index
            for end in ends
            if (are_rows_filled or (end.room > MUCH_ROOM and ENDED.search(end.row.line.text)))
            and _is_set_off(end.row, end.following)
        )
        starts.update(row.index for row in _indented(column, {end.row.index for end in ends}))
    return ParagraphStarts(frozenset(starts), are_rows_filled)


def ends_paragraph(rows: Sequence[TextRow], following: TextRow) -> bool:
    """Return whether the last of some rows of a page ends early before a row on top of the next column or page.

    Args:
        rows: Rows in reading order; those in the column of the last show where it ends.
        following: The row that is read next.
    """
    left, right = _edges([row for row in rows if row.column == rows[-1].column])
    return _room(rows[-1], following, right) > 0 and right > left and _is_set_off(rows[-1], following)


def _early_ends(column: Sequence[TextRow]) -> Iterator[_EarlyEnd]:
    left, right = _edges(column)
    for row, following in pairwise(column):
        if right - row.line.right > ROOM * row.line.size:  # few rows
            room = _room(row, following, right)
            if room > 0:
                yield _EarlyEnd(row, following, room / (right - left))


def _edges(column: Sequence[TextRow]) -> tuple[float, float]:
    """Return the left and the right edge of a column, points."""
    right = sorted(row.line.right for row in column)[-1 - len(column) // OUTLIERS]
    return min(row.line.left for row in column), right


def _room(row: TextRow, following: TextRow, right: float) -> float:
    """Return the points that a row leaves free before the right edge besides the first word of the next row."""
    text = following.line.text
    word_width = following.line.width * (text.find(" ") + 1 or len(text) + 1) / len(text)
    return right - row.line.right - ROOM * row.line.size - word_width


def _goes_on(row: TextRow, following: TextRow) -> bool:
    """Return whether a sentence surely goes on from one row to the next one, straight below it."""
    text = following.line.text
    return (
        _are_aligned(row, following)
        and text[:1].islower()
        and not ENDED.search(row.line.text)
        and not ENUMERATED.match(text)
    )


def _are_aligned(row: TextRow, following: TextRow) -> bool:
    return abs(row.line.left - following.line.left) < _SAME_EDGE


def _is_set_off(row: TextRow, following: TextRow) -> bool:
    """Return whether the words allow that a row which ends early ends a paragraph."""
    text, next_text = row.line.text, following.line.text
    if _ENUMERATOR_AT_END.search(text):
        return False
    if ENUMERATED.match(next_text):
        return True
    if ENDED.search(text):
        return text[-1] != "." or not next_text[:1].islower()
    if next_text[:1].islower():
        return False
    return row.cells == following.cells == 1 and _are_aligned(row, following)  # centred rows are names


def _around_tables(column: Sequence[TextRow]) -> Iterator[TextRow]:
    """Yield the rows of tables with rules, and the rows below such tables; a row may go on from the page before."""
    for before, row in zip([None, *column], column, strict=False):
        if row.is_ruled:
            if not row.line.text[:1].islower():
                yield row
        elif before is not None and before.is_ruled:
            yield row


def _spaced(columns: Sequence[Sequence[TextRow]]) -> Iterator[TextRow]:
    """Yield the rows that are further from the row before than usual."""
    distances = [[after.line.middle - before.line.middle for before, after in pairwise(column)] for column in columns]
    usual = _usual_distances(columns, distances)
    for column, of_column, usual_distance in zip(columns, distances, usual, strict=True):
        for row, distance in zip(column[1:], of_column, strict=True):
            if distance > SPACED * max(usual_distance, TIGHT * row.line.size):
                yield row


def _usual_distances(columns: Sequence[Sequence[TextRow]], distances: Sequence[Sequence[float]]) -> list[float]:
    """Return the usual distance between the rows of each column.

    At most a third of the rows of a column are nearer. Where it is wide, paragraphs may be of one row each, and the
    distances between rows within sentences decide: those of the column, or of all such columns if it has too few.

    Args:
        columns: The rows of each column.
        distances: The distances between neighbouring rows of each column, points.
    """
    usual = [_usual_distance(column, of_column) for column, of_column in zip(columns, distances, strict=True)]
    inner = {
        number: sorted(_inner_distances(column, distances[number]))
        for number, column in enumerate(columns)
        if usual[number] > WIDE * column[0].line.size
    }
    of_all = sorted(distance for of_column in inner.values() for distance in of_column)
    for number, of_column in inner.items():
        telling = of_column if len(of_column) >= ENOUGH_INNER else of_all
        if len(telling) >= ENOUGH_INNER:
            usual[number] = min(usual[number], telling[len(telling) // 2])
    return usual


def _usual_distance(column: Sequence[TextRow], distances: Sequence[float]) -> float:
    if len(distances) > 2:
        return sorted(distances)[len(distances) // 3]
    return median(row.line.size for row in column) * SPACED


def _inner_distances(column: Sequence[TextRow], distances: Sequence[float]) -> Iterator[float]:
    """Yield the distances between rows within a sentence."""
    for (before, after), distance in zip(pairwise(column), distances, strict=True):
        if _goes_on(before, after):
            yield distance


def _indented(column: Sequence[TextRow], early: Set[int]) -> Iterator[TextRow]:
    """Yield the rows that begin further right than the rows before and after them.

    Rows after an enumerator and centred rows are left out; the latter end early.

    Args:
        column: The rows of a column.
        early: Indices (``TextRow.index``) of those that end early.
    """
    lefts = [row.line.left for row in column]
    for number, (before, left, after) in enumerate(zip(lefts, lefts[1:], lefts[2:], strict=False), 1):
        if before < left > after:  # few rows
            row, text_before = column[number], column[number - 1].line.text
            is_indented = left - max(before, after) > INDENT * row.line.size and row.index not in early
            may_begin = text_before[-1] == ";" or not row.line.text[:1].islower()
            if is_indented and may_begin and ENDED.search(text_before) and not ENUMERATED.match(text_before):
                yield row
