"""The text of a PDF from the rows of its pages: paragraphs parted, words whole, footnotes behind their paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.read.pdf.hyphenation import is_divided, plain, rejoin, vocabulary
from analyzer.read.pdf.layout import Row
from analyzer.read.pdf.notes import Note, marker_in
from analyzer.read.pdf.paragraphs import ENDED
from analyzer.types import Page

_OPENS = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxl]{1,5})[.)]\s|[•–—-]\s")
_FAR = 40
"""Rows within which the paragraph of a footnote must have ended."""


@dataclass(slots=True)
class PageRows:
    """What a page gives to the text.

    Attributes:
        number: Its number, from 1.
        label: Its number as printed, or empty.
        rows: Its lines.
        notes: Its footnotes.
        quality: How sure its words are, 0 to 1.
    """

    number: int
    label: str
    rows: list[Row]
    notes: list[Note] = field(default_factory=list)
    quality: float = 1.0


@dataclass(slots=True)
class Composed:
    """The text and where its parts come from.

    Attributes:
        text: The text.
        pages: Its stretches by page, in order; a page whose footnote stands behind a paragraph that ends on the
            next page has two.
        tables: Its stretches that are tables.
        starts: Offset of each row that was printed (not of those that footnotes or joined words made).
    """

    text: str
    pages: tuple[Page, ...]
    tables: tuple[tuple[int, int], ...]
    starts: dict[int, int]


@dataclass(slots=True)
class _Entry:
    text: str
    page: PageRows
    row: Row | None = None
    gap: bool = False
    table: bool = False


def compose(pages: Sequence[PageRows], tables: frozenset[int] = frozenset()) -> Composed:
    """Join the rows of all pages.

    Args:
        pages: The pages, in order.
        tables: Ids (``id``) of the rows that belong to tables.
    """
    entries: list[_Entry] = []
    notes: dict[int, list[_Entry]] = {}
    loose: list[tuple[int, int, PageRows]] = []
    for page in pages:
        first = len(entries)
        entries += [_Entry(plain(row.line.text), page, row, row.after_gap, id(row) in tables) for row in page.rows]
        loose.append((first, len(entries), page))
    for first, last, page in loose:
        for note in page.notes:
            at = _anchor(entries, first, last, note)
            notes.setdefault(at, []).extend(_of_note(note, page))
    if notes:
        placed: list[_Entry] = notes.get(-1, [])
        for index, entry in enumerate(entries):
            placed.append(entry)
            if index in notes:
                placed += notes[index]
                if index + 1 < len(entries):
                    entries[index + 1].gap = True
        entries = placed
    _make_whole(entries)
    return _join(entries, pages)


def _anchor(entries: Sequence[_Entry], first: int, last: int, note: Note) -> int:
    """Return the index of the entry that ends the paragraph with the marker, or the one that is open at page end."""
    at = last - 1
    if note.marker:
        at = next((i for i in range(first, last) if marker_in(note.marker, entries[i].text)), at)
    for index in range(max(at, 0), min(at + _FAR, len(entries) - 1)):
        after = entries[index + 1]
        if ENDED.search(entries[index].text) or after.gap or _OPENS.match(after.text):
            return index
    return min(max(at, -1), len(entries) - 1)


def _of_note(note: Note, page: PageRows) -> list[_Entry]:
    made = [_Entry(plain(row.line.text), page, row) for row in note.rows]
    if made:
        made[0].text = f"{note.marker} {made[0].text}".strip()
        made[0].gap = True
    return made


def _make_whole(entries: Sequence[_Entry]) -> None:
    """Join the words that line ends divide."""
    divided = [
        index
        for index in range(len(entries) - 1)
        if is_divided(entries[index].text) and not entries[index].table and entries[index + 1].text
    ]
    known = vocabulary(entry.text for entry in entries) if divided else frozenset()
    for index in divided:
        entry, after = entries[index], entries[index + 1]
        if not after.gap and after.text:
            entry.text, after.text = rejoin(entry.text, after.text, known)
    for entry in entries:
        if "\ufffe" in entry.text or "\u00ad" in entry.text:
            entry.text = entry.text.replace("\ufffe", "-").replace("\u00ad", "-")


def _join(entries: Sequence[_Entry], pages: Sequence[PageRows]) -> Composed:
    parts: list[str] = []
    places: list[Page] = []
    tables: list[tuple[int, int]] = []
    starts: dict[int, int] = {}
    at = 0
    left = iter(pages)
    current: PageRows | None = None
    begin = reached = 0

    def close(end: int) -> None:
        if current is not None:
            places.append(Page(current.number, begin, end, current.label, current.quality))

    for entry in entries:
        if entry.page is not current:
            close(max(begin, at - 1))
            if entry.page.number > reached:
                reached = entry.page.number
                for page in left:  # pages without rows
                    if page is entry.page:
                        break
                    places.append(Page(page.number, at, at, page.label, page.quality))
            current, begin = entry.page, at + (entry.gap and bool(parts))
        if entry.gap and parts:
            parts.append("\n")
            at += 1
        if not entry.text:
            continue
        if entry.row is not None:
            starts[id(entry.row)] = at
        if entry.table:
            if tables and tables[-1][1] >= at - 2:
                tables[-1] = (tables[-1][0], at + len(entry.text))
            else:
                tables.append((at, at + len(entry.text)))
        parts.append(entry.text + "\n")
        at += len(entry.text) + 1
    close(max(begin, at - 1))
    places += [Page(page.number, at, at, page.label, page.quality) for page in left]
    return Composed("".join(parts).removesuffix("\n"), tuple(places), tuple(tables), starts)
