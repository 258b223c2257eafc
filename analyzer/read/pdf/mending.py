"""Words that a PDF's producer broke (``th e Par ties``) or glued together (``ofthe``), put right where that is sure.

Three steps, each only where the one before found something. A quick look at the distinct words of the document tells
whether any are suspicious. Then the document itself, its words and which of them stand side by side, and a dictionary
of its language say what a piece or a lump should be: pieces are joined if one of them is no word and together they
are one; a lump that is no word is parted into words that the document has in this order elsewhere. What remains
lowers the quality of its page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence, Set
from itertools import pairwise

from analyzer.knowledge import Knowledge
from analyzer.knowledge.words import WordLists
from analyzer.read.pdf.lines import Line, PageLines
from analyzer.read.pdf.vocabulary import (
    LONGEST_LUMP,
    MOST_PIECES,
    SHORT,
    SHORTEST_LUMP,
    WORD,
    DocumentWords,
    rows_of,
)

FEW_WORDS = 20
"""With fewer words nothing is said of a page."""
FEWEST = 2
"""Suspicious words of a document that call for the closer look."""
BROKEN = 0.01
"""Share of words on a page that are pieces or lumps up to which they may be slips of the typist."""
FEWEST_BROKEN = 3
"""With fewer on a page they are taken for such slips."""

_CAPITAL_INSIDE = re.compile(r"[^\W\d_A-Z]{2,}[A-Z][^\W\d_A-Z]{2,}|[A-Z][^\W\d_A-Z]+[A-Z][^\W\d_A-Z]{2,}")


def mend_words(pages: Sequence[PageLines], knowledge: Knowledge) -> list[int]:
    """Put right what is surely broken or glued together; lower the quality of pages by what is left.

    Args:
        pages: The pages of a document that have a text layer; their lines are changed in place.
        knowledge: Words of the languages.

    Returns:
        The numbers of the pages on which words were put right.
    """
    if not is_suspicious(pages, knowledge.words.all):
        return []
    lines = [line for page in pages for line in page.lines]
    before = [line.text for line in lines]
    words = DocumentWords((line.text for line in lines), knowledge)
    if not words.is_its_language():
        return []
    for line in lines:
        _join(line, words)
    words = DocumentWords(
        (line.text for line in lines), knowledge
    )  # without the pieces, which would vouch for each other
    for line in lines:
        _part(line, words)
    words = DocumentWords((line.text for line in lines), knowledge)
    for line in lines:
        _join(line, words)
    changed = {id(line) for line, text in zip(lines, before, strict=True) if line.text != text}
    for page in pages:
        _mark(page, words)
    return [page.number for page in pages if any(id(line) in changed for line in page.lines)]


def is_suspicious(pages: Sequence[PageLines], lists: WordLists) -> bool:
    """Whether a quick look at the distinct words of a document finds pieces or lumps."""
    texts = [" ".join([line.text for line in page.lines]) for page in pages]
    known = set().union(*map(str.split, texts))
    before, after = tuple(lists.before), tuple(lists.after)
    heads, tails = {word[:2] for word in before}, {word[-2:] for word in after}  # these are faster to look up
    lumps = [
        word
        for word in known
        if (word[:2] in heads and word.startswith(before)) or (word[-2:] in tails and word.endswith(after))
    ]
    if sum(_may_be_lump(word, known, lists) for word in lumps) >= FEWEST:
        return True
    short = {word for word in known if len(word) <= SHORT and word.isalpha() and not word.isupper()}
    odd = [word for word in short if word.lower() not in lists.short]
    return sum(_pieces(text, odd, known) for text in texts if any(f" {word} " in text for word in odd)) >= FEWEST


def _pieces(text: str, odd: Collection[str], known: Set[str]) -> int:
    """Return how many of the ``odd`` short words in a text make a known word with their neighbours."""
    return sum(
        (one in odd or two in odd) and one + two in known and one.isalpha() and two[0].islower()
        for one, two in pairwise(text.split())
    )


def _may_be_lump(word: str, known: Set[str], lists: WordLists) -> bool:
    """Whether a word is a small word and another word of the document."""
    if not SHORTEST_LUMP <= len(word) <= LONGEST_LUMP or not word.isalpha() or word.lower() in lists.whole:
        return False
    before, after = lists.before, lists.after
    cuts = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
    return any(
        (one in before and (two in after or (len(two) > SHORT and (two in known or two.lower() in known))))
        or (two in after and len(one) > SHORT and one in known)
        for one, two in cuts
    )


def _join(line: Line, words: DocumentWords) -> None:
    """Join the pieces of words."""
    for start, end in sorted(_broken(line, words), reverse=True):
        pieces = line.text[start:end]
        _replace(line, start, pieces, pieces.replace(" ", ""))


def _part(line: Line, words: DocumentWords) -> None:
    """Part what is glued together, but for what may be a piece of the word before or after it."""
    for row in reversed(list(rows_of(line.text, frozenset()))):
        pieces = [len(word) < SHORTEST_LUMP and not words.is_word(word.lower()) for word, _ in row]
        for place in range(len(row) - 1, -1, -1):
            word, start = row[place]
            near = pieces[max(0, place - 1) : place] + pieces[place + 1 : place + 2]
            if not any(near) and (parted := _parted(word, words)):
                _replace(line, start, word, parted)


def _replace(line: Line, start: int, old: str, new: str) -> None:
    line.text = line.text[:start] + new + line.text[start + len(old) :]
    grown = len(new) - len(old)
    line.gaps = tuple((left, right, end + grown if end > start else end) for left, right, end in line.gaps)


def _broken(line: Line, words: DocumentWords) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a line that are the pieces of one word."""
    ends = {end for _, _, end in line.gaps}
    for row in rows_of(line.text, ends):
        if len(row) > 1:
            yield from _best([(word, start, start + len(word)) for word, start in row], words)


def _best(row: Sequence[tuple[str, int, int]], words: DocumentWords) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a row to be joined so that the fewest pieces are left, and the fewest are joined.

    Where two ways are as good, none is taken.
    """
    # For each number of words from the left: pieces left, words joined, ways (2: several), and the last step.
    best: list[tuple[int, int, int, int]] = [(0, 0, 1, 0)]
    for end in range(1, len(row) + 1):
        left, joined, ways, _ = best[end - 1]
        found = [(left + words.is_piece(row[end - 1][0].lower()), joined, ways, 1)]
        for size in range(2, min(MOST_PIECES, end) + 1):
            pieces = [word for word, _, _ in row[end - size : end]]
            if _fit(pieces) and words.is_one([piece.lower() for piece in pieces]):
                left, joined, ways, _ = best[end - size]
                found.append((left, joined + size - 1, ways, size))
        least = min(found)[:2]
        equal = [way for way in found if way[:2] == least]
        best.append((*least, min(2, sum(way[2] for way in equal)), equal[0][3]))
    if best[-1][2] > 1:
        return
    end = len(row)
    while end:
        size = best[end][3]
        if size > 1:
            yield row[end - size][1], row[end - 1][2]
        end -= size


def _fit(pieces: Sequence[str]) -> bool:
    """Whether pieces are set as one word is: a capital only at its beginning, or all of it in capitals."""
    whole = "".join(pieces)
    return whole[1:].islower() or whole.isupper()


def _parted(lump: str, words: DocumentWords) -> str:
    """Return a lump with blanks between its words; empty if it is none, or may be parted in several ways."""
    small = lump.lower()
    if not words.is_lump(small) or not (lump[1:].islower() or lump.isupper() or _CAPITAL_INSIDE.fullmatch(lump)):
        return ""
    ways = words.parts(small)
    fewest = min(map(len, ways), default=0)
    best = [way for way in ways if len(way) == fewest]
    if len(best) > 1:  # "itshall"
        best = [way for way in best if all(words.pairs[pair] for pair in pairwise(way))]
    if len(best) != 1:
        return ""
    parted, at = [], 0
    for word in best[0]:
        parted.append(lump[at : at + len(word)])
        at += len(word)
    return " ".join(parted)


def _mark(page: PageLines, words: DocumentWords) -> None:
    """Lower the quality of a page by the pieces and lumps that are left on it."""
    total = wrong = 0
    lumps: set[str] = set()  # each counted once: what comes back is a word that the dictionary lacks
    for line in page.lines:
        small = line.text.lower()
        found = WORD.findall(small)
        total += len(found)
        lumps.update(filter(words.is_lump, found))
        for row in rows_of(small, frozenset()):
            wrong += sum(words.may_be_one(one, two) for (one, _), (two, _) in pairwise(row))
    wrong += sum(words.may_be_two(word) or bool(words.parts(word)) for word in lumps)
    if wrong >= FEWEST_BROKEN:
        page.quality -= 4 * max(0.0, 2 * wrong / max(FEW_WORDS, total) - BROKEN)
        page.quality = round(max(0.0, page.quality), 3)
