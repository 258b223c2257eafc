"""Page furniture: running headers, footers and page numbers, which recur at the same place of page after page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import NamedTuple

from analyzer.read.pdf.page_lines import SAME_ROW, PageLine, PageText

MOST_ROWS = 4
"""Maximum number of rows of furniture at either edge of a page."""
NEAR = 12
"""Pages before and after a page on which its furniture must recur; headers change from chapter to chapter."""
ENOUGH_PAGES = 4
"""Pages, its own included, on which a line must stand to be furniture.

In a document with fewer pages it must stand on all of them, and the first must be full."""
ENOUGH_NUMBERED_PAGES = 2
"""Pages on which a number must stand that increases with the pages."""
ENOUGH_HEADED_PAGES = 5
"""Pages on which a line that begins like the heading of a chapter must stand in the very same words."""
BAND = 8.0
"""Height of the band in which a line must recur, points; headers are rarely set at exactly the same height."""

_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|página|pág|pag|p)\b\.?\s*)?(?:[A-Z]{1,4}[-–.])?(?:(?:[ivxlc]+|\d{1,4})\s*[-–/.]\s*)?"
    r"(?P<number>\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|de|sur)\s*\d{1,4})?[\W_]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
ENUMERATED = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivxl]{1,4})[.)]\s", re.IGNORECASE)
_MOST_NUMBERS = 8
"""Maximum numbers in a line that are compared with the number of its page."""
_LONGEST_NUMBER = 40
"""Characters of a line from which it is not a page number with the words around it."""
_MOST_DIGITS = 9
"""Digits of a number that are compared, so that no endless one must be converted."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """The furniture of a page.

    Attributes:
        lines: Its lines, as indices in ``PageText.lines``.
        label: The page number as printed, or empty.
    """

    lines: frozenset[int] = frozenset()
    label: str = ""


class Recurrence(NamedTuple):
    """What a row has in common with rows of other pages if it is furniture.

    Attributes:
        band: The band in which it stands, counted from the top of the page, or, negative, from the bottom.
        needed: Number of pages on which it must stand there.
        words: Its words; numbers that increase with the pages are written as distances from the page's number.
    """

    band: int
    needed: int
    words: str


@dataclass(frozen=True, slots=True)
class _EdgeRow:
    """Lines side by side near an edge of a page.

    Attributes:
        lines: Indices in ``PageText.lines``.
        words: Their words, from the left.
        recurrences: What it has in common with rows of other pages if it is furniture.
    """

    lines: tuple[int, ...]
    words: str
    recurrences: tuple[Recurrence, ...]


@dataclass(frozen=True, slots=True)
class _Needs:
    """On how many pages words must stand to be furniture.

    Attributes:
        enough: Pages for words that are neither a page number nor a heading.
        divisions: Words with which headings begin; they need ``ENOUGH_HEADED_PAGES``.
    """

    enough: int
    divisions: Set[str]


def find_furniture(pages: Sequence[PageText], divisions: Set[str]) -> list[Furniture]:
    """Return the furniture of each page: from the edges inwards, as long as row after row recurs.

    Args:
        pages: The pages, in order; of a sheet with two, each by itself.
        divisions: Words with which headings of chapters and articles begin.
    """
    pages = [replace(page, number=number) for number, page in enumerate(pages, 1)]
    is_short = len(pages) in range(2, ENOUGH_PAGES) and len(pages[0].lines) > 2 * MOST_ROWS
    enough = len(pages) if is_short else ENOUGH_PAGES
    needs = _Needs(enough, divisions)
    edges = [_edges(page, needs) for page in pages]
    occurrences: dict[Recurrence, list[int]] = defaultdict(list)
    for page, rows_of_edges in zip(pages, edges, strict=True):
        for recurrence in {recurrence for rows in rows_of_edges for row in rows for recurrence in row.recurrences}:
            occurrences[recurrence].append(page.number)
    furniture = [_of_page(page.number, rows, occurrences) for page, rows in zip(pages, edges, strict=True)]
    if all(len(of_page.lines) == len(page.lines) for of_page, page in zip(furniture, pages, strict=True)):
        return [Furniture() for _ in pages]  # a document of nothing but furniture has none
    return furniture


def _of_page(
    number: int, edges: Sequence[Sequence[_EdgeRow]], occurrences: Mapping[Recurrence, Sequence[int]]
) -> Furniture:
    """Return the furniture of a page.

    Args:
        number: Number of the page.
        edges: The rows at its top and at its bottom, the outermost first.
        occurrences: The numbers of the pages on which each row stands, in order.
    """
    lines: set[int] = set()
    label = ""
    for rows in edges:
        for row in rows:
            if not any(_recurs(recurrence, number, occurrences[recurrence]) for recurrence in row.recurrences):
                break
            lines.update(row.lines)
            if match := _NUMBER.fullmatch(row.words):
                label = match["number"]
    return Furniture(frozenset(lines), label)


def _recurs(recurrence: Recurrence, number: int, pages: Sequence[int]) -> bool:
    return bisect_right(pages, number + NEAR) - bisect_left(pages, number - NEAR) >= recurrence.needed


def _edges(page: PageText, needs: _Needs) -> tuple[list[_EdgeRow], list[_EdgeRow]]:
    """Return the rows at the top and at the bottom of a page, the outermost first.

    Args:
        page: The page.
        needs: On how many pages they must stand.
    """
    lines = sorted(enumerate(page.lines), key=lambda numbered: numbered[1].middle)
    top = [_edge_row(page, row, needs, at_top=True) for row in _outer_rows(lines)]
    bottom = [_edge_row(page, row, needs, at_top=False) for row in _outer_rows(reversed(lines))]
    return top, bottom


def _outer_rows(lines: Iterable[tuple[int, PageLine]]) -> list[list[tuple[int, PageLine]]]:
    """Return the rows at an edge of a page, from its lines with their indices, the outermost first."""
    rows: list[list[tuple[int, PageLine]]] = []
    for index, line in lines:
        if rows and abs(line.middle - rows[-1][0][1].middle) < SAME_ROW * line.size:
            rows[-1].append((index, line))
        elif len(rows) == MOST_ROWS:
            break
        else:
            rows.append([(index, line)])
    return rows


def _edge_row(page: PageText, lines: Sequence[tuple[int, PageLine]], needs: _Needs, *, at_top: bool) -> _EdgeRow:
    outermost = lines[0][1].middle
    distance = outermost if at_top else page.height - outermost
    from_left = sorted(lines, key=lambda numbered: numbered[1].left)
    words = " ".join(" ".join(line.text for _, line in from_left).split())
    halves = int(2 * distance / BAND)
    bands = (halves // 2 * 2, (halves - 1) // 2 * 2 + 1)  # each row stands in two bands that overlap by half
    recurrences = tuple(
        Recurrence(band if at_top else -1 - band, needed, shared)
        for needed, shared in _shared_words(words, page.number, needs)
        for band in bands
    )
    return _EdgeRow(tuple(index for index, _ in from_left), words, recurrences)


def _shared_words(words: str, number: int, needs: _Needs) -> Iterator[tuple[int, str]]:
    """Yield what the words of a row share with those of other pages, each with the number of pages that are needed.

    Args:
        words: The words of the row.
        number: The number of its page.
        needs: On how many pages words must stand.
    """
    may_be_number = len(words) < _LONGEST_NUMBER or not words[0].isalnum()
    if may_be_number and (printed := _NUMBER.fullmatch(words)):
        yield needs.enough, "number"
        if printed["number"].isdigit():
            yield ENOUGH_NUMBERED_PAGES, f"number {int(printed['number']) - number:+}"
    elif words.split(maxsplit=1)[0].lower() in needs.divisions:
        yield ENOUGH_HEADED_PAGES, words
    elif not ENUMERATED.match(words):
        for counted in _with_distances(words, number):
            yield needs.enough, counted


def _with_distances(words: str, number: int) -> Iterator[str]:
    """Yield the words unchanged, and with each number in them as its distance from the page's number."""
    yield words
    if 0 < len(_DIGITS.findall(words)) <= _MOST_NUMBERS:
        for digits in _DIGITS.finditer(words):
            distance = f"page{int(digits[0][:_MOST_DIGITS]) - number:+}"
            yield words[: digits.start()] + distance + words[digits.end() :]
