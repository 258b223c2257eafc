"""Footnotes at the foot of a page, told by their size: taken out of the text, to be put behind their paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.read.pdf.layout import Row
from analyzer.text.numerals import RAISED_FIGURES, TO_RAISED

SMALL = 0.93
"""Footnotes are set in at most this share of the size of the text."""

_OPENING = re.compile(
    rf"(?:(?P<raised>[{RAISED_FIGURES}]{{1,3}})"
    r"|\[(?P<square>\d{1,3})\]|(?P<plain>\d{1,3})|(?P<star>\*{1,3}))"
    r"[ \t]*(?=[^\W\d_]|[“\"«(])"
)


@dataclass(slots=True)
class Note:
    """A footnote.

    Attributes:
        marker: Its number in raised figures, or its stars; empty for what goes on from the page before.
        rows: Its lines, without the marker.
    """

    marker: str
    rows: list[Row]


def take_notes(rows: Sequence[Row], size: float, *, open_note: bool) -> tuple[list[Row], list[Note]]:
    """Part the rows of a page into its text and its footnotes.

    Args:
        rows: The rows of the page, in reading order.
        size: Size of the text of the whole document.
        open_note: Whether the page before has footnotes, so that the last of them may go on here.
    """
    text: list[Row] = []
    notes: list[Note] = []
    start = 0
    while start < len(rows):
        stop = start
        while stop < len(rows) and rows[stop].column == rows[start].column:
            stop += 1
        column = rows[start:stop]
        foot = len(column)
        while foot > 0 and column[foot - 1].line.size <= SMALL * size:
            foot -= 1
        first = next((at for at in range(foot, len(column)) if _OPENING.match(column[at].line.text)), None)
        if first is None or (first == 0 and not text):
            first = len(column)
        elif open_note and not notes:
            first = foot
        text += column[:first]
        for row in column[first:]:
            _add(notes, row)
        start = stop
    return text, notes


def _add(notes: list[Note], row: Row) -> None:
    opening = _OPENING.match(row.line.text)
    if opening is None:
        if not notes:
            notes.append(Note("", []))
        notes[-1].rows.append(row)
        return
    marker = opening["star"] or next(filter(None, opening.groups())).translate(TO_RAISED)
    row.line.text = row.line.text[opening.end() :]
    notes.append(Note(marker, [row]))


def marker_in(marker: str, text: str) -> bool:
    """Whether a line has the marker of a footnote, whole."""
    at = text.find(marker)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(marker) : at + len(marker) + 1]
        if not any(letter in RAISED_FIGURES or letter == "*" for letter in around):
            return True
        at = text.find(marker, at + 1)
    return False
