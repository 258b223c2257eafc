"""The text of a PDF, composed from the rows of its pages.

Paragraphs are separated by blank lines, words are whole, and footnotes stand after their paragraphs.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from analyzer.read.pdf.footnotes import Footnote, has_marker
from analyzer.read.pdf.hyphenation import Spelling, is_divided, rejoin, whole_words, with_plain_signs
from analyzer.read.pdf.paragraph_starts import ENDED
from analyzer.read.pdf.reading_order import TextRow
from analyzer.types import Page

_OPENS = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxl]{1,5})[.)]\s|[•–—-]\s")
"""The beginning of an item."""
_FAR = 40
"""Rows after its marker within which the paragraph of a footnote must end."""


@dataclass(frozen=True, slots=True)
class PageRows:
    """What a page contributes to the text.

    Attributes:
        number: Its number, from 1.
        label: Its number as printed, or empty.
        rows: Its rows.
        footnotes: Its footnotes.
        quality: Confidence in its words, 0 to 1.
    """

    number: int
    label: str
    rows: Sequence[TextRow]
    footnotes: Sequence[Footnote] = ()
    quality: float = 1.0


@dataclass(frozen=True, slots=True)
class Composed:
    """The text, and where its parts come from.

    Attributes:
        text: The text.
        pages: Its stretches by page, in order; a page whose footnote stands after a paragraph that ends on the next
            page has two.
        tables: Its stretches that are tables.
        row_starts: Offset at which each row begins, by its index (``TextRow.index``); rows without words have none.
    """

    text: str
    pages: tuple[Page, ...]
    tables: tuple[tuple[int, int], ...]
    row_starts: Mapping[int, int]


class Hyphens(NamedTuple):
    """What decides about hyphens, besides the words of the document (see ``hyphenation.Spelling``).

    Attributes:
        prefixes: Those that keep their hyphen.
        dictionary: Gives the words of the language of the document.
    """

    prefixes: Set[str]
    dictionary: Callable[[], Set[str]]


@dataclass(slots=True)
class _Line:
    """A line of the text while it is composed.

    Attributes:
        text: Its words.
        page: The page on which it is printed.
        row: Index of its row.
        begins: Whether it begins a paragraph.
        is_table: Whether it belongs to a table.
    """

    text: str
    page: PageRows
    row: int
    begins: bool = False
    is_table: bool = False


def compose(pages: Sequence[PageRows], paragraph_starts: Set[int], table_rows: Set[int], hyphens: Hyphens) -> Composed:
    """Join the rows of all pages.

    Args:
        pages: The pages, in order.
        paragraph_starts: Indices (``TextRow.index``) of the rows that begin a paragraph.
        table_rows: Indices of the rows that belong to tables.
        hyphens: What decides about the hyphens of words that a line divides.
    """
    lines: list[_Line] = []
    ends: list[int] = []  # of each page in ``lines``
    for page in pages:
        for row in page.rows:
            text = with_plain_signs(row.line.text)
            lines.append(_Line(text, page, row.index, row.index in paragraph_starts, row.index in table_rows))
        ends.append(len(lines))
    lines = _with_footnotes(lines, pages, ends)
    _make_words_whole(lines, hyphens)
    return _join(lines, pages)


def _with_footnotes(lines: list[_Line], pages: Sequence[PageRows], ends: Sequence[int]) -> list[_Line]:
    """Return the lines with the footnotes of each page after their paragraphs.

    Args:
        lines: The lines without footnotes.
        pages: The pages.
        ends: For each page, the index after its last line.
    """
    footnotes: dict[int, list[_Line]] = {}
    start = 0
    latest: int | None = None  # the line behind which the last footnote stands
    for page, end in zip(pages, ends, strict=True):
        for note in page.footnotes:
            is_rest = latest is not None and not note.marker
            if latest is None or not is_rest:
                latest = _last_of_paragraph(lines, start, end, note)
            footnotes.setdefault(latest, []).extend(_lines_of(note, page, is_rest=is_rest))
        start = end
    if not footnotes:
        return lines
    result = footnotes.get(-1, [])
    for index, line in enumerate(lines):
        result.append(line)
        if index in footnotes:
            result += footnotes[index]
            if index + 1 < len(lines):
                lines[index + 1].begins = True
    return result


def _last_of_paragraph(lines: Sequence[_Line], start: int, end: int, note: Footnote) -> int:
    """Return the index of the line that ends the paragraph with the marker of a footnote.

    Without a marker (and no footnote on the pages before), this is the paragraph that is open at the end of the page.

    Args:
        lines: All lines.
        start: Index of the first line of the page.
        end: Index after the last one.
        note: A footnote of the page.
    """
    line_with_marker = end - 1
    if note.marker:
        with_marker = (index for index in range(start, end) if has_marker(note.marker, lines[index].text))
        line_with_marker = next(with_marker, end - 1)
    for index in range(max(line_with_marker, 0), min(line_with_marker + _FAR, len(lines) - 1)):
        following = lines[index + 1]
        if ENDED.search(lines[index].text) or following.begins or _OPENS.match(following.text):
            return index
    return min(max(line_with_marker, -1), len(lines) - 1)


def _lines_of(note: Footnote, page: PageRows, *, is_rest: bool) -> Iterator[_Line]:
    """Yield the lines of a footnote, the first with its marker; the rest of one goes on with its paragraph."""
    for number, row in enumerate(note.rows):
        text = with_plain_signs(row.line.text)
        begins = number == 0 and not is_rest
        yield _Line(f"{note.marker} {text}".strip() if number == 0 else text, page, row.index, begins)


def _make_words_whole(lines: Sequence[_Line], hyphens: Hyphens) -> None:
    """Join the words that line ends divide; changes the texts of the lines."""
    divided = [
        index
        for index in range(len(lines) - 1)
        if is_divided(lines[index].text) and not lines[index].is_table and lines[index + 1].text
    ]
    words = whole_words(line.text for line in lines) if divided else frozenset()
    spelling = Spelling(words, hyphens.prefixes, hyphens.dictionary)
    for index in divided:
        line, following = lines[index], lines[index + 1]
        if not following.begins and following.text:
            line.text, following.text = rejoin(line.text, following.text, spelling)
    for line in lines:
        if "\ufffe" in line.text or "\u00ad" in line.text:
            line.text = line.text.replace("\ufffe", "-").replace("\u00ad", "-")


class _TextBuilder:
    """The text as far as it is joined, with the stretches of its pages and tables.

    Attributes:
        parts: Pieces of the text.
        length: Their length together.
        stretches: The stretches of the pages that are complete.
        tables: The stretches that are tables.
        row_starts: Offset at which each row begins.
    """

    def __init__(self, pages: Sequence[PageRows]) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.stretches: list[Page] = []
        self.tables: list[tuple[int, int]] = []
        self.row_starts: dict[int, int] = {}
        silent = {page.number: page for page in pages}
        for page in pages:
            if page.rows or page.footnotes:
                silent.pop(page.number, None)
        self._silent = deque(silent[number] for number in sorted(silent))
        self._page: PageRows | None = None
        self._page_start = 0

    def add(self, line: _Line) -> None:
        """Add a line; an empty one only begins its page or a paragraph."""
        is_separated = line.begins and bool(self.parts)
        # A sheet may hold two pages with printed numbers of their own.
        if self._page is None or (line.page.number, line.page.label) != (self._page.number, self._page.label):
            self._turn_to(line.page, self.length + is_separated)
        if is_separated:
            self.parts.append("\n")
            self.length += 1
        if not line.text:
            return
        start, end = self.length, self.length + len(line.text)
        self.row_starts[line.row] = start
        if line.is_table:
            if self.tables and self.tables[-1][1] >= start - 2:  # nothing but a blank line between them
                self.tables[-1] = (self.tables[-1][0], end)
            else:
                self.tables.append((start, end))
        self.parts.append(line.text + "\n")
        self.length = end + 1

    def _turn_to(self, page: PageRows, start: int) -> None:
        """Close the stretch of the page so far, and begin one of another page."""
        self._close_page()
        while self._silent and self._silent[0].number < page.number:
            self._add_stretch(self._silent.popleft(), self.length, self.length)
        self._page, self._page_start = page, start

    def _close_page(self) -> None:
        if self._page is not None:
            self._add_stretch(self._page, self._page_start, max(self._page_start, self.length - 1))

    def _add_stretch(self, page: PageRows, start: int, end: int) -> None:
        self.stretches.append(Page(page.number, start, end, page.label, page.quality))

    def finish(self) -> Composed:
        """Return the text, with the stretches of all pages."""
        self._close_page()
        for page in self._silent:
            self._add_stretch(page, self.length, self.length)
        text = "".join(self.parts).removesuffix("\n")
        return Composed(text, tuple(self.stretches), tuple(self.tables), self.row_starts)


def _join(lines: Sequence[_Line], pages: Sequence[PageRows]) -> Composed:
    builder = _TextBuilder(pages)
    for line in lines:
        builder.add(line)
    return builder.finish()
