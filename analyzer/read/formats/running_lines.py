"""Page numbers and running headers left in plain text by whatever made it from pages.

A page number proves itself: the same line comes back with the next number (``Page 7 of 38``, ``CE/en 7``, ``XIX``)
about a page further on, and now and then in the middle of a sentence, where no heading, enumerator or footnote
stands. The lines that come back next to it are running headers and footers.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from analyzer.knowledge.structure import Structure
from analyzer.text.fold import fold
from analyzer.text.numerals import roman_value

LONGEST = 100
"""Characters of a running line at most."""
FEWEST = 4
"""Page numbers in a row that prove each other."""
MOST_MISSING = 2
"""Page numbers in a row that may be lost."""
MOST_CHAINS = 40
"""Times that page numbers start again at most: chapters and annexes with pages of their own."""
SHORTEST_PAGE, USUAL_PAGE, LONGEST_PAGE = 60, 600, 12_000
"""Characters between two page numbers: at least, the median of them at least, and at most."""
EVEN = 0.75
"""Share of pages with half to twice the characters of the median page, at least; of footnotes half are so."""
INTERRUPTING = 0.1
"""Share of page numbers within a sentence from which no further proof is needed."""
MANY = 20
"""Bare numbers in a row that need no further proof."""
BESIDE, USUALLY = 3, 0.75
"""Lines of a running header or footer next to the page number at most; share of pages that have it at least."""

_LINE = re.compile(r"\S[^\n\f]*")
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"[\W_]*([IVXLC]{1,7}|[ivxlc]{1,7})[\W_]*")
_OF_CHAPTER = re.compile(r"(?:[IVXLC]{1,7}|\d{1,2})(?=[-–]\d)")
_ENUMERATED = re.compile(r"\(?\w{1,4}[.)](?:\s|$)")
_BARE = re.compile(r"[\W_]*i?[-–#i][\W_]*#?[\W_]*")
_PAGED = re.compile(r"[\W_]*(?:pages?|página|pág|pag|p|folio)\b\W*#|.*/.*#|\W*#\s*(?:/|of|de|sur)\s*\d", re.IGNORECASE)
"""What no heading looks like: ``Page 3``, ``CE/en 7``, ``3 of 38``."""
_MOST_NUMBERS = 8
_HIGHEST = 3000
_KEPT = 8


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may bear a page number, read as one of its numbers.

    Attributes:
        place: Index among the lines of the text.
        start: Offset of its first character.
        part: Chapter in the number, where each has pages of its own (``XV-3``).
        value: The number.
    """

    place: int
    start: int
    part: str
    value: int


def without_running_lines(text: str, structure: Structure) -> tuple[str, int]:
    """Return a text without its page numbers and running headers, and how many lines that were.

    Args:
        text: The text.
        structure: Words of headings, which are no running headers.
    """
    opener = structure.opener
    spans = [(match.start(), match.start() + len(match[0].rstrip())) for match in _LINE.finditer(text)]
    running: set[int] = set()
    for shape, lines in _by_shape(text, spans, opener).items():
        numbers = [line for chain in _chains(lines) for line in chain]
        if len(numbers) < FEWEST or not _are_a_page_apart(numbers):
            continue
        page_lines = {line.place for line in numbers}
        page_lines |= _beside(text, spans, sorted(page_lines), opener)
        proven = _PAGED.match(shape) or (_BARE.fullmatch(shape) and len(numbers) >= MANY)
        if proven or _interrupt(text, spans, page_lines):
            running |= page_lines
    kept, offset = [], 0
    for index in sorted(running):
        start, end = spans[index]
        kept.append(text[offset:start])
        offset = end + 1 if text[end : end + 1] == "\n" else end
    return "".join((*kept, text[offset:])), len(running)


def _by_shape(text: str, spans: Sequence[tuple[int, int]], opener: re.Pattern[str]) -> dict[str, list[_Line]]:
    """Return the lines that may bear page numbers, by what stands around the number."""
    shapes: dict[str, list[_Line]] = defaultdict(list)
    for index, (start, end) in enumerate(spans):
        if end - start > LONGEST:
            continue
        line = text[start:end]
        if _ENUMERATED.match(line):
            continue
        if roman := _ROMAN.fullmatch(line):
            if value := roman_value(roman[1].lower()):
                shapes[line.replace(roman[1], "i")].append(_Line(index, start, "", value))
        elif opener.match(fold(line)) is None:
            for shape, part, value in _readings(line):
                shapes[shape].append(_Line(index, start, part, value))
    return {shape: lines for shape, lines in shapes.items() if len(lines) >= FEWEST}


def _readings(line: str) -> Iterator[tuple[str, str, int]]:
    """Yield what a line with figures may be: its words without the page number, the chapter, the page number."""
    numbers = list(_NUMBER.finditer(line))
    if len(numbers) > _MOST_NUMBERS:
        return
    chapter = _OF_CHAPTER.match(line)
    for number in numbers[1:] if chapter and line[0].isdigit() else numbers:
        if len(number[0]) <= len(str(_HIGHEST)):
            begin = chapter.end() if chapter else 0
            shape = f"{'i' if chapter else ''}{line[begin : number.start()]}#{line[number.end() :]}"
            yield shape, chapter[0] if chapter else "", int(number[0])


def _chains(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Yield the longest sequences of numbers that count on; where chapters have pages of their own, the short too."""
    for _ in range(MOST_CHAINS):
        chain = _longest(lines)
        if len(chain) < (2 if chain[0].part else FEWEST):
            return
        yield chain
        first, last = chain[0].place, chain[-1].place
        lines = [line for line in lines if not first <= line.place <= last]
        if not lines:
            return


def _longest(lines: Sequence[_Line]) -> list[_Line]:
    lengths: list[int] = []
    before: list[int] = []
    recent: dict[tuple[str, int], deque[int]] = defaultdict(lambda: deque(maxlen=_KEPT))
    for index, line in enumerate(lines):
        best, origin = 0, -1
        for step in range(1, MOST_MISSING + 2):
            for earlier in recent.get((line.part, line.value - step), ()):
                apart = line.start - lines[earlier].start
                if SHORTEST_PAGE <= apart <= step * LONGEST_PAGE and lengths[earlier] > best:
                    best, origin = lengths[earlier], earlier
        lengths.append(best + 1)
        before.append(origin)
        recent[line.part, line.value].append(index)
    index = max(range(len(lines)), key=lengths.__getitem__)
    chain = []
    while index >= 0:
        chain.append(lines[index])
        index = before[index]
    return chain[::-1]


def _are_a_page_apart(numbers: Sequence[_Line]) -> bool:
    """Return whether numbers are about equally far apart, as those of pages are and those of footnotes are not."""
    distances = [
        (after.start - before.start) / (after.value - before.value)
        for before, after in pairwise(sorted(numbers, key=lambda line: line.start))
        if before.part == after.part and before.value < after.value
    ]
    usual = median(distances)
    even = sum(usual / 2 < distance < usual * 2 for distance in distances)
    return usual >= USUAL_PAGE and even >= EVEN * len(distances)


def _interrupt(text: str, spans: Sequence[tuple[int, int]], running: set[int]) -> bool:
    """Return whether sentences go on after lines, as they do after page numbers now and then."""
    following = [index + 1 for index in running if index + 1 not in running and index + 1 < len(spans)]
    within = sum(text[spans[index][0]].islower() for index in following)
    return within >= max(2, INTERRUPTING * len(following))


def _beside(text: str, spans: Sequence[tuple[int, int]], indexes: Sequence[int], opener: re.Pattern[str]) -> set[int]:
    """Return the lines that come back next to page numbers, going outwards as long as one does."""
    running: set[int] = set()
    for step in (-1, 1):
        numbered = [(index, index + step) for index in indexes]
        for _ in range(BESIDE):
            words = {near: text[slice(*spans[near])] for _, near in numbered if 0 <= near < len(spans)}
            usual = {
                line
                for line, count in Counter(words.values()).items()
                if count >= FEWEST and count >= USUALLY * len(indexes) and opener.match(fold(line)) is None
            }
            numbered = [(index, near + step) for index, near in numbered if words.get(near) in usual]
            running |= {near - step for _, near in numbered}
    return running
