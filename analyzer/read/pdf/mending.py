"""Repair of words that the PDF's producer split (``th e Par ties``) or joined (``ofthe``), where it is unambiguous.

A quick check of the distinct words of a document shows whether any are suspicious; only then are they examined closely.
The document itself (its words, and which of them are neighbours) and a dictionary of its language decide what a
fragment or a lump should be: fragments are joined if one of them is not a word and together they are one; a lump that
is not a word is divided into words that the document has in this order elsewhere. What cannot be repaired lowers the
quality of its page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from analyzer.knowledge import Knowledge
from analyzer.knowledge.words import WordLists
from analyzer.read.pdf.page_lines import PageLine, PageText, with_longer_text
from analyzer.read.pdf.vocabulary import (
    LONGEST_LUMP,
    MOST_PARTS,
    SHORT,
    SHORTEST_LUMP,
    WORD,
    DocumentWords,
    rows_of,
)

FEW_WORDS = 20
"""Words up to which a page is treated as if it had so many, so that a few fragments do not make its quality low."""
FEWEST_SUSPICIOUS = 2
"""Suspicious words in a document from which it is examined closely."""
TYPING_SLIPS = 0.01
"""Share of the words of a page that may be fragments or lumps as slips of the typist; only more lower its quality."""
FEWEST_BROKEN = 3
"""Fragments and lumps on a page below which all of them are taken for slips of the typist."""

_CAPITAL_INSIDE = re.compile(r"[^\W\d_A-Z]{2,}[A-Z][^\W\d_A-Z]{2,}|[A-Z][^\W\d_A-Z]+[A-Z][^\W\d_A-Z]{2,}")


def mend_words(pages: Sequence[PageText], knowledge: Knowledge) -> tuple[list[PageText], list[int]]:
    """Repair words that are surely split or joined, and lower the quality of pages by what is left.

    Args:
        pages: The pages of a document that have a text layer.
        knowledge: Words of the languages.

    Returns:
        The pages repaired, and the numbers of those on which words changed.
    """
    unchanged: tuple[list[PageText], list[int]] = (list(pages), [])
    if not is_suspicious(pages, knowledge.words.all):
        return unchanged
    words = _words_of(pages, knowledge)
    if not words.is_its_language():
        return unchanged
    mended = _change_lines(pages, words, _join)
    # The words are counted after each step: fragments that were joined would vouch for each other.
    mended = _change_lines(mended, _words_of(mended, knowledge), _divide)
    words = _words_of(mended, knowledge)
    mended = _change_lines(mended, words, _join)
    changed = [
        page.number
        for page, after in zip(pages, mended, strict=True)
        if any(old.text != new.text for old, new in zip(page.lines, after.lines, strict=True))
    ]
    return [_with_lower_quality(page, words) for page in mended], changed


def _words_of(pages: Sequence[PageText], knowledge: Knowledge) -> DocumentWords:
    return DocumentWords((line.text for page in pages for line in page.lines), knowledge)


def _change_lines(
    pages: Sequence[PageText], words: DocumentWords, change: Callable[[PageLine, DocumentWords], PageLine]
) -> list[PageText]:
    return [replace(page, lines=tuple(change(line, words) for line in page.lines)) for page in pages]


def is_suspicious(pages: Sequence[PageText], lists: WordLists) -> bool:
    """Return whether a quick check of the distinct words of a document finds fragments or lumps."""
    texts = [" ".join([line.text for line in page.lines]) for page in pages]
    distinct = set().union(*map(str.split, texts))
    before, after = tuple(lists.before), tuple(lists.after)
    heads, tails = {word[:2] for word in before}, {word[-2:] for word in after}  # these are faster to look up
    lumps = [
        word
        for word in distinct
        if (word[:2] in heads and word.startswith(before)) or (word[-2:] in tails and word.endswith(after))
    ]
    if sum(_may_be_lump(word, distinct, lists) for word in lumps) >= FEWEST_SUSPICIOUS:
        return True
    short = {word for word in distinct if len(word) <= SHORT and word.isalpha() and not word.isupper()}
    odd = [word for word in short if word.lower() not in lists.short]
    with_odd = (text for text in texts if any(f" {word} " in text for word in odd))
    return sum(_count_fragments(text, odd, distinct) for text in with_odd) >= FEWEST_SUSPICIOUS


def _count_fragments(text: str, odd: Collection[str], distinct: Set[str]) -> int:
    """Return how many of the ``odd`` short words in a text make a word of the document with a neighbour."""
    return sum(
        (left in odd or right in odd) and left + right in distinct and left.isalpha() and right[0].islower()
        for left, right in pairwise(text.split())
    )


def _may_be_lump(word: str, distinct: Set[str], lists: WordLists) -> bool:
    """Return whether a word consists of a small word and another word of the document."""
    if not SHORTEST_LUMP <= len(word) <= LONGEST_LUMP or not word.isalpha() or word.lower() in lists.whole:
        return False
    before, after = lists.before, lists.after
    halves = ((word[:index], word[index:]) for index in range(2, len(word) - 1))
    return any(
        (
            left in before
            and (right in after or (len(right) > SHORT and (right in distinct or right.lower() in distinct)))
        )
        or (right in after and len(left) > SHORT and left in distinct)
        for left, right in halves
    )


def _join(line: PageLine, words: DocumentWords) -> PageLine:
    """Return a line with the fragments of words joined."""
    for start, end in sorted(_fragments(line, words), reverse=True):
        fragments = line.text[start:end]
        line = _with_word(line, start, fragments, fragments.replace(" ", ""))
    return line


def _divide(line: PageLine, words: DocumentWords) -> PageLine:
    """Return a line with its lumps divided, except those that may be a fragment of a neighbouring word."""
    for row in reversed(list(rows_of(line.text, frozenset()))):
        may_be_fragment = [len(word) < SHORTEST_LUMP and not words.is_word(word.lower()) for word, _ in row]
        for index in range(len(row) - 1, -1, -1):
            word, start = row[index]
            neighbours = may_be_fragment[max(0, index - 1) : index] + may_be_fragment[index + 1 : index + 2]
            if not any(neighbours) and (divided := _divided(word, words)):
                line = _with_word(line, start, word, divided)
    return line


def _with_word(line: PageLine, start: int, old: str, new: str) -> PageLine:
    """Return a line with the word at an offset replaced, its gaps moved accordingly."""
    text = line.text[:start] + new + line.text[start + len(old) :]
    return with_longer_text(line, text, start, len(new) - len(old))


def _fragments(line: PageLine, words: DocumentWords) -> Iterator[tuple[int, int]]:
    """Yield the stretches (start, end) of a line that are the fragments of one word."""
    ends = {end for _, _, end in line.gaps}
    for row in rows_of(line.text, ends):
        if len(row) > 1:
            yield from _best_joins([(word, start, start + len(word)) for word, start in row], words)


class _Way(NamedTuple):
    """A way to join the first words of a row; of two, the smaller is better.

    Attributes:
        fragments: Number of fragments that are left.
        removed: Number of blanks that are removed.
        equals: Number of equally good ways; 2 stands for several.
        size: Number of words that its last step joins; 1 if it leaves a word as it is.
    """

    fragments: int
    removed: int
    equals: int
    size: int


def _best_joins(row: Sequence[tuple[str, int, int]], words: DocumentWords) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a row to join so that the fewest fragments remain, and the fewest blanks are removed.

    Where two ways are equally good, none is taken.
    """
    best = [_Way(0, 0, 1, 0)]  # for each number of words from the left
    for end in range(1, len(row) + 1):
        fragments, removed, equals, _ = best[end - 1]
        ways = [_Way(fragments + words.is_fragment(row[end - 1][0].lower()), removed, equals, 1)]
        for size in range(2, min(MOST_PARTS, end) + 1):
            pieces = [word for word, _, _ in row[end - size : end]]
            if _are_set_as_one(pieces) and words.is_one([piece.lower() for piece in pieces]):
                fragments, removed, equals, _ = best[end - size]
                ways.append(_Way(fragments, removed + size - 1, equals, size))
        least = min(ways)[:2]
        equal = [way for way in ways if way[:2] == least]
        best.append(_Way(*least, min(2, sum(way.equals for way in equal)), equal[0].size))
    if best[-1].equals > 1:
        return
    end = len(row)
    while end:
        size = best[end].size
        if size > 1:
            yield row[end - size][1], row[end - 1][2]
        end -= size


def _are_set_as_one(pieces: Sequence[str]) -> bool:
    """Return whether pieces have the case of one word: a capital only at its beginning, or only capitals."""
    whole = "".join(pieces)
    return whole[1:].islower() or whole.isupper()


def _divided(lump: str, words: DocumentWords) -> str:
    """Return a lump with blanks between its words; empty if it is not one, or if it is ambiguous."""
    lower = lump.lower()
    if not words.is_lump(lower) or not (lump[1:].islower() or lump.isupper() or _CAPITAL_INSIDE.fullmatch(lump)):
        return ""
    ways = words.parts(lower)
    fewest = min(map(len, ways), default=0)
    best = [way for way in ways if len(way) == fewest]
    if len(best) > 1:  # "itshall"
        best = [way for way in best if all(words.pairs[pair] for pair in pairwise(way))]
    if len(best) != 1:
        return ""
    ends = list(accumulate(map(len, best[0])))
    return " ".join(lump[start:end] for start, end in pairwise([0, *ends]))


def _with_lower_quality(page: PageText, words: DocumentWords) -> PageText:
    """Return a page with its quality lowered by the fragments and lumps that are left on it."""
    total = wrong = 0
    lumps: set[str] = set()  # each counted once: a lump that is repeated is a word that the dictionary lacks
    for line in page.lines:
        lower = line.text.lower()
        of_line = WORD.findall(lower)
        total += len(of_line)
        lumps.update(filter(words.is_lump, of_line))
        for row in rows_of(lower, frozenset()):
            wrong += sum(words.may_be_one(left, right) for (left, _), (right, _) in pairwise(row))
    wrong += sum(words.may_be_two(word) or bool(words.parts(word)) for word in lumps)
    if wrong < FEWEST_BROKEN:
        return page
    quality = page.quality - 4 * max(0.0, 2 * wrong / max(FEW_WORDS, total) - TYPING_SLIPS)
    return replace(page, quality=round(max(0.0, quality), 3))
