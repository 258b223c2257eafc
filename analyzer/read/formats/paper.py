"""Paragraphs and footnotes of a word processor's or web file, laid out as the text of an agreement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analyzer.errors import ReadError
from analyzer.knowledge.languages import Languages
from analyzer.read.formats.two_languages import in_order
from analyzer.text.numerals import TO_RAISED
from analyzer.types import MarkedLine, Metadata, Notice

MAX_CHARACTERS = 100_000_000
"""Longest text that is read; the longest agreements with all their schedules have some 20 million characters."""

_SPACES = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_NOTHING = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff\ud800-\udfff]"
)
_LINES = re.compile(" ?(?:\r\n|[\n\r\f\v\x85\u2028\u2029]) ?")

Note = tuple[str, str]
"""The label of a footnote and its text."""


def tidy(text: str) -> str:
    """Return a text without marks that nobody sees, a blank for blanks, a line feed for a line break."""
    return _LINES.sub("\n", _SPACES.sub(" ", _NOTHING.sub("", text))).strip()


def raised(label: str) -> str:
    """Return the mark of a footnote as it stands in a text: ``¹²`` for 12, ``*`` for ``*``, ``[iv]`` for iv."""
    label = label.strip().strip("[]()")
    if label.isascii() and label.isdigit():
        return label.translate(TO_RAISED)
    return label if label.strip("*†‡§") == "" else f"[{label}]"


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds.

    Attributes:
        text: Its text.
        warnings: What a reader of the result must know.
        marked_lines: The lines of the text that are marked as headings (see ``Document.marked_lines``).
        about: What the file states about itself: a title, dates.
    """

    text: str
    warnings: tuple[Notice, ...] = ()
    marked_lines: tuple[MarkedLine, ...] = ()
    about: Metadata = field(default_factory=Metadata)


@dataclass(slots=True)
class Cell:
    """A cell of a table: its paragraphs and the footnotes to which they refer."""

    paragraphs: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


class Paper:
    """Collects paragraphs; a footnote is laid below the paragraph whose mark refers to it.

    Args:
        path: Named in errors.
        languages: What the languages of the columns of tables are told by.
    """

    def __init__(self, path: Path, languages: Languages) -> None:
        self._path = path
        self._languages = languages
        self._rows: list[list[Cell]] = []
        self._parts: list[str] = []
        self._left = MAX_CHARACTERS
        self._marked: list[MarkedLine] = []

    def add(self, text: str, notes: Iterable[Note] = (), level: int = 0) -> None:
        """Add a paragraph, with its footnotes below it.

        Args:
            text: Its words.
            notes: Its footnotes.
            level: Its level where it is marked as a heading, else 0.

        Raises:
            ReadError: The text becomes longer than ``MAX_CHARACTERS``.
        """
        self.end_table()
        self._add(text, notes, level)

    def _add(self, text: str, notes: Iterable[Note], level: int = 0) -> None:
        words = tidy(text)
        if level and words:
            start = MAX_CHARACTERS - self._left
            for line in words.split("\n"):
                self._marked += [MarkedLine(start, level)] if line else []
                start += len(line) + 1
        self._put(words)
        for label, words in notes:
            if words := tidy(words):
                self._put(f"{raised(label)} {words}")

    def add_row(self, cells: list[Cell]) -> None:
        """Add a row of a table; it is laid out when the table ends, which the next paragraph does at the latest."""
        self._rows.append(cells)

    def end_table(self) -> None:
        """Lay out the rows of a table: row by row, or column by column where each is in a language of its own."""
        rows, self._rows = self._rows, []
        for line, notes in table_lines(rows, self._languages):
            self._add(line, notes)

    def text(self) -> str:
        """Return the paragraphs, a blank line between each and the next."""
        self.end_table()
        return "\n\n".join(self._parts)

    def content(self, warnings: Iterable[Notice] = (), about: Metadata | None = None) -> Content:
        """Return the text with its marked lines, ``warnings`` and what the file says ``about`` itself."""
        return Content(self.text(), tuple(warnings), tuple(self._marked), about or Metadata())

    def _put(self, text: str) -> None:
        if not text:
            return
        self._left -= len(text) + 2
        if self._left < 0:
            raise ReadError(f"holds more than {MAX_CHARACTERS / 1e6:.0f} million characters", file=self._path)
        self._parts.append(text)


def table_lines(rows: Sequence[Sequence[Cell]], languages: Languages) -> Iterator[tuple[str, list[Note]]]:
    """Yield the paragraphs of a table, those of a row or version together, each with the footnotes below it."""
    for cells in in_order(rows, lambda cell: " ".join(cell.paragraphs), languages):
        lines = row(cell.paragraphs for cell in cells)
        notes = [note for cell in cells for note in cell.notes]
        yield from ((line, notes if index == len(lines) - 1 else []) for index, line in enumerate(lines))


def row(cells: Iterable[list[str]]) -> list[str]:
    """Return the paragraphs of a row of a table, read across.

    A row whose cells hold one paragraph each is one line; so are an enumerator in a cell of its own and the first
    paragraph of the next cell, the way some printers set lists. Otherwise the cells follow one another.
    """
    filled = [cell for cell in ([words for words in map(tidy, cell) if words] for cell in cells) if cell]
    if len(filled) == 1:
        return filled[0]
    if all(len(cell) == 1 for cell in filled):
        return [" ".join(cell[0].replace("\n", " ") for cell in filled)] if filled else []
    lines: list[str] = []
    mark = ""
    for cell in filled:
        if len(cell) == 1 and ENUMERATOR.fullmatch(cell[0]):
            mark += f"{cell[0]} "
            continue
        lines += [mark + cell[0], *cell[1:]]
        mark = ""
    return [*lines, mark] if mark else lines


ENUMERATOR = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-z]{1,4}|[A-Z]{1,4})[.)]{1,2}|[-–—•·]")
"""A number, letter or dash that opens an item of a list."""
