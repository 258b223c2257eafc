"""Running headers, footers and page numbers: lines that come back at the same place of page after page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from analyzer.read.pdf.lines import Line, PageLines

MOST_ROWS = 4
"""Most rows of furniture at either edge."""
NEAR = 12
"""Pages before and after within which a line must come back; headers change from chapter to chapter."""
FEW = 4
"""Pages on which it must stand there, itself included; all of them, if a document has fewer that are full."""
FEW_NUMBERS = 2
"""Pages that make a page number, if it counts on with them."""
SAME_ROW = 0.4
"""Lines whose middles differ by less than this share of their size stand side by side."""
BAND = 8.0
"""Height in points of the band in which it must stand; the same header is rarely set to the point."""

_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|página|pág|pag|p)\b\.?\s*)?(?:[A-Z]{1,4}[-–.])?(?:(?:[ivxlc]+|\d{1,4})\s*[-–/.]\s*)?"
    r"(?P<number>\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|de|sur)\s*\d{1,4})?[\W_]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
ENUMERATED = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivxl]{1,4})[.)]\s", re.IGNORECASE)
_MOST_NUMBERS = 8
_LONGEST_NUMBER = 40
"""Characters that no page number has, with the words around it."""
_HEADING_REPEATS = 5
"""A line that begins like the heading of a chapter is furniture from so many pages with the very same words."""


@dataclass(slots=True)
class Furniture:
    """What is no text on a page.

    Attributes:
        lines: Ids (``id``) of its lines.
        label: The page number as printed, or empty.
    """

    lines: set[int]
    label: str = ""


class Key(NamedTuple):
    """What lines of furniture have in common: their place, their words, and on how many pages they must stand."""

    place: int
    needed: int
    words: str


@dataclass(slots=True)
class _Row:
    """Lines side by side at an edge of a page, with their distance from that edge in points."""

    lines: list[Line]
    words: str
    at_top: bool
    distance: float
    keys: tuple[Key, ...] = ()


def find_furniture(pages: Sequence[PageLines], divisions: Set[str]) -> list[Furniture]:
    """Return the furniture of each page: from the edge inwards, as long as line after line comes back.

    Args:
        pages: The pages.
        divisions: Words with which headings of chapters and articles begin.
    """
    edges = [_edges(page) for page in pages]
    short = len(pages) in range(2, FEW) and len(pages[0].lines) > 2 * MOST_ROWS
    few = len(pages) if short else FEW
    places: dict[Key, list[int]] = defaultdict(list)
    for page, both in zip(pages, edges, strict=True):
        for row in (row for edge in both for row in edge):
            row.keys = tuple(_keys(row, page.number, few, divisions))
            for key in row.keys:
                if not places[key] or places[key][-1] != page.number:
                    places[key].append(page.number)
    found = [_peel(page, both, places) for page, both in zip(pages, edges, strict=True)]
    if all(len(on_page.lines) == len(page.lines) for on_page, page in zip(found, pages, strict=True)):
        return [Furniture(set()) for _ in pages]  # a document of nothing but furniture has none
    return found


def _peel(page: PageLines, edges: Sequence[Sequence[_Row]], places: dict[Key, list[int]]) -> Furniture:
    found = Furniture(set())
    for rows in edges:
        for row in rows:
            if not any(_comes_back(key, page.number, places[key]) for key in row.keys):
                break
            found.lines |= {id(line) for line in row.lines}
            if number := _NUMBER.fullmatch(row.words):
                found.label = number["number"]
    return found


def _comes_back(key: Key, number: int, pages: Sequence[int]) -> bool:
    return bisect_right(pages, number + NEAR) - bisect_left(pages, number - NEAR) >= key.needed


def _edges(page: PageLines) -> tuple[list[_Row], list[_Row]]:
    """Return the rows at the top and at the bottom of a page."""
    lines = sorted(page.lines, key=lambda line: line.middle)
    return list(_rows(page, lines, True)), list(_rows(page, reversed(lines), False))


def _rows(page: PageLines, lines: Iterable[Line], at_top: bool) -> Iterator[_Row]:
    """Yield the rows at one edge of a page, the outermost first, of its lines in that order."""
    rows: list[_Row] = []
    for line in lines:
        if rows and abs(line.middle - rows[-1].lines[0].middle) < SAME_ROW * line.size:
            rows[-1].lines.append(line)
        elif len(rows) == MOST_ROWS:
            break
        else:
            rows.append(_Row([line], "", at_top, line.middle if at_top else page.height - line.middle))
    for row in rows:
        row.lines.sort(key=lambda line: line.left)
        row.words = " ".join(" ".join(line.text for line in row.lines).split())
        yield row


def _keys(row: _Row, number: int, few: int, divisions: Set[str]) -> Iterator[Key]:
    """Yield what a row has in common with its fellows: place, words, and how its numbers count on with the pages."""
    words = row.words
    if (len(words) < _LONGEST_NUMBER or not words[0].isalnum()) and (printed := _NUMBER.fullmatch(words)):
        alike = [(few, "number")]
        if printed["number"].isdigit():
            alike.append((FEW_NUMBERS, f"number {int(printed['number']) - number:+}"))
    elif words.split(maxsplit=1)[0].lower() in divisions:
        alike = [(_HEADING_REPEATS, words)]
    elif not ENUMERATED.match(words):
        alike = [(few, counted) for counted in _counting(words, number)]
    else:
        return
    halves = int(2 * row.distance / BAND)
    for band in (halves // 2 * 2, (halves - 1) // 2 * 2 + 1):  # each line stands in two bands that overlap by half
        place = band if row.at_top else -1 - band
        for needed, shared in alike:
            yield Key(place, needed, shared)


def _counting(words: str, number: int) -> Iterator[str]:
    """Yield the words as they stand, and with each number in them as its distance from the page's number."""
    numbers = _DIGITS.findall(words)
    yield words
    if 0 < len(numbers) <= _MOST_NUMBERS:
        for digits in _DIGITS.finditer(words):
            counted = f"page{int(digits[0][:9]) - number:+}"
            yield words[: digits.start()] + counted + words[digits.end() :]
