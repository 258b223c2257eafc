"""Footnotes at the foot of a page, recognised by font size, to be moved after their paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from analyzer.read.pdf.reading_order import TextRow
from analyzer.text.numerals import RAISED_FIGURES, TO_RAISED

SMALL = 0.93
"""Maximum size of footnotes, as a share of the size of the text."""

_OPENING = re.compile(
    rf"(?:(?P<raised>[{RAISED_FIGURES}]{{1,3}})"
    r"|\[(?P<square>\d{1,3})\]|(?P<plain>\d{1,3})|(?P<star>\*{1,3}))"
    r"[ \t]*(?=[^\W\d_]|[“\"«(])"
)
_ENDED = re.compile(r"[.!?][”\"’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote.

    Attributes:
        marker: Its number in raised figures, or its stars; empty for the rest of one from the page before.
        rows: Its rows, without the marker.
    """

    marker: str
    rows: tuple[TextRow, ...]


def take_footnotes(
    rows: Sequence[TextRow], size: float, before: Sequence[Footnote]
) -> tuple[list[TextRow], list[Footnote]]:
    """Separate the text of a page from its footnotes.

    Args:
        rows: The rows of the page, in reading order.
        size: Size of the text of the whole document, points.
        before: The footnotes of the page before, the last of which may go on here.

    Returns:
        The rows of the text, and the footnotes.
    """
    text: list[TextRow] = []
    at_foot: list[TextRow] = []
    is_open = bool(before) and not _ENDED.search(before[-1].rows[-1].line.text)
    for _, rows_of_column in groupby(rows, attrgetter("column")):
        column = list(rows_of_column)
        small = len(column)
        while small > 0 and column[small - 1].line.size <= SMALL * size:
            small -= 1
        first = next((row for row in range(small, len(column)) if _OPENING.match(column[row].line.text)), None)
        if is_open and first is None and not at_foot:
            first = small
        if first is None or (first == 0 and not text and not is_open):
            first = len(column)
        elif before and not at_foot:
            first = small
        text += column[:first]
        at_foot += column[first:]
    return text, list(_footnotes(at_foot))


def _footnotes(rows: Iterable[TextRow]) -> Iterator[Footnote]:
    """Yield the footnotes in the rows at the foot of a page."""
    marker = ""
    of_note: list[TextRow] = []
    for row in rows:
        if opening := _OPENING.match(row.line.text):
            if of_note:
                yield Footnote(marker, tuple(of_note))
            marker = opening["star"] or next(filter(None, opening.groups())).translate(TO_RAISED)
            of_note = [replace(row, line=replace(row.line, text=row.line.text[opening.end() :]))]
        else:
            of_note.append(row)
    if of_note:
        yield Footnote(marker, tuple(of_note))


def has_marker(marker: str, text: str) -> bool:
    """Return whether a line has the marker of a footnote, and not only as a part of a longer one."""
    start = text.find(marker)
    while start >= 0:
        around = text[start - 1 : start] + text[start + len(marker) : start + len(marker) + 1]
        if not any(letter in RAISED_FIGURES or letter == "*" for letter in around):
            return True
        start = text.find(marker, start + 1)
    return False
