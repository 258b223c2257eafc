"""Agreements in two languages side by side, in two columns or on facing pages: one version is read after the other.

The columns of two languages are often aligned paragraph by paragraph, which leaves holes in both, as in a table; what
shows that they are columns is that each has a language of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.knowledge.languages import Languages
from analyzer.read.about.language import count_function_words
from analyzer.read.pdf.gutters import Gutter, white_stretches
from analyzer.read.pdf.page_lines import PageLine
from analyzer.read.pdf.reading_order import split_at_gutters

FEWEST_WORDS = 12
"""Minimum words of a column or page whose language is looked for."""
SAMPLE = 3_000
"""Characters of a column or page that are looked at."""
TELLING = 0.15
"""Minimum share of a language's function words."""
CLEARLY = 1.4
"""How much more frequent they must be than those of the next language."""
FOREIGN = 0.5
"""Share of letters that are not Latin from which a text is in another script."""
CROSSING, CROSSING_IF_NEAR = 0.3, 0.5
"""Share of the lines of a page that may cross the gutter, and where a neighbouring page has the same one."""
FEWEST_FACING = 4
"""Minimum of pages that alternate between two languages."""
SLACK = 1.0
"""Points by which a line may reach into a gutter without crossing it."""

_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufaff\ufe70-\ufeff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is read of a page at once: all of it, or the column of one language.

    Attributes:
        page: Index of the page.
        lines: Its lines.
        opens_version: Whether a version of the text in another language begins with it.
    """

    page: int
    lines: Sequence[PageLine]
    opens_version: bool = False


def order_versions(pages: Sequence[Sequence[PageLine]], languages: Languages) -> list[Sheet]:
    """Return the pages of a document in the order in which they are read, those in two languages version by version.

    Args:
        pages: The lines of each page.
        languages: Their function words.
    """
    split = _in_columns(pages, languages)
    if any(split):
        return list(_by_column(pages, split))
    first = _facing(pages, languages)
    if first is None:
        return [Sheet(number, lines) for number, lines in enumerate(pages)]
    start, end = first
    order = [*range(start), *range(start, end, 2), *range(start + 1, end, 2), *range(end, len(pages))]
    return [Sheet(number, pages[number], number == start + 1) for number in order]


def language_of(text: str, languages: Languages) -> str:
    """Return the language of a text, or in what script it is; empty if that is not clear."""
    text = text[:SAMPLE]
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return ""
    letters = sum(map(len, words))
    if len(_OTHER_SCRIPT.findall(text)) > FOREIGN * letters:
        return "other"
    counted = sorted(((count, name) for name, count in count_function_words(text, languages).items()), reverse=True)
    (most, language), (next_most, _) = counted[:2]
    return language if most >= TELLING * len(words) and most >= CLEARLY * next_most else ""


# Columns


@dataclass(frozen=True, slots=True)
class _Split:
    """The two columns of a page.

    Attributes:
        gutter: The white stretch between them.
        left: The lines of the left one, with those that cross the gutter.
        right: The lines of the right one.
    """

    gutter: Gutter
    left: Sequence[PageLine]
    right: Sequence[PageLine]


def _in_columns(pages: Sequence[Sequence[PageLine]], languages: Languages) -> list[_Split | None]:
    """Return the columns of each page in two languages, ``None`` for other pages."""
    split = [_columns(lines, languages) for lines in pages]
    for step in (1, -1):  # pages with few words next to others
        for number in range(len(pages))[::step]:
            if split[number] is None and 0 <= number - step < len(pages) and (near := split[number - step]):
                split[number] = _columns_as(pages[number], near, languages)
    return split


def _columns(lines: Sequence[PageLine], languages: Languages) -> _Split | None:
    for gutter in white_stretches(lines):
        split, crossing = _split(lines, gutter)
        if crossing > CROSSING * len(lines):
            continue
        left, right = (language_of(_text(column), languages) for column in (split.left, split.right))
        if left and right and left != right:
            return split
    return None


def _columns_as(lines: Sequence[PageLine], near: _Split, languages: Languages) -> _Split | None:
    """Return the columns of a page as those of a neighbouring page, unless too many lines cross their gutter."""
    if not lines:
        return None
    split, crossing = _split(lines, near.gutter)
    if not split.right or crossing > CROSSING_IF_NEAR * len(lines):
        return None
    pairs = ((split.left, near.left), (split.right, near.right))
    for column, other in pairs:
        language = language_of(_text(column), languages)
        if language and language != language_of(_text(other), languages):
            return None
    return split


def _split(lines: Sequence[PageLine], gutter: Gutter) -> tuple[_Split, int]:
    """Return the columns on both sides of a gutter, and how many lines cross it."""
    left: list[PageLine] = []
    right: list[PageLine] = []
    crossing = 0
    for line in lines:
        for part in split_at_gutters(line, [gutter]):
            is_right = part.left > gutter.left - SLACK
            crossing += not is_right and part.right > gutter.right + SLACK
            (right if is_right else left).append(part)
    return _Split(gutter, left, right), crossing


def _text(lines: Sequence[PageLine]) -> str:
    return "\n".join(line.text for line in lines)


def _by_column(pages: Sequence[Sequence[PageLine]], split: Sequence[_Split | None]) -> Iterator[Sheet]:
    """Yield the left columns of pages in a row before their right columns."""
    start = 0
    while start < len(pages):
        end = start
        while end < len(pages) and split[end]:
            end += 1
        if end == start:
            yield Sheet(start, pages[start])
            start += 1
            continue
        columns = [(number, of_page) for number in range(start, end) if (of_page := split[number])]
        for number, of_page in columns:
            yield Sheet(number, of_page.left)
        for number, of_page in columns:
            yield Sheet(number, of_page.right, opens_version=number == start)
        start = end


# Facing pages


def _facing(pages: Sequence[Sequence[PageLine]], languages: Languages) -> tuple[int, int] | None:
    """Return the first and the end of the longest run of pages that alternate between two languages."""
    count = len(pages)
    if count < FEWEST_FACING:
        return None
    samples = {index for quarter in (1, 2, 3) if 0 < (index := count * quarter // 4) < count}
    pairs = [[language_of(_text(pages[number]), languages) for number in (index - 1, index)] for index in samples]
    if not any(left and right and left != right for left, right in pairs):
        return None
    named = [language_of(_text(lines), languages) for lines in pages]
    best = (0, 0)
    for start in range(count - 1):
        pair = named[start : start + 2]
        if not all(pair) or pair[0] == pair[1]:
            continue
        end = start
        while end < count and named[end] in (pair[(end - start) % 2], ""):
            end += 1
        best = max(best, (start, end), key=lambda run: run[1] - run[0])
    return best if best[1] - best[0] >= FEWEST_FACING else None
