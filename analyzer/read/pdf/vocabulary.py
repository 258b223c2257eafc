"""The words of a document as evidence of which words are whole: its own, and those of a dictionary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import pairwise

from analyzer.knowledge import Knowledge
from analyzer.knowledge.languages import LanguageFacts
from analyzer.read.about.language import detect_language
from analyzer.text.fold import fold, stem
from analyzer.types import LANGUAGES, Language

SHORT = 3
"""Letters up to which all usual words are listed (``knowledge/data/words.toml``)."""
SHORTEST = 4
"""Letters of a word that is put together from pieces."""
SHORTEST_LUMP, LONGEST_LUMP = 5, 40
"""Letters of two words in one, or of a few."""
MOST_PIECES = 4
"""Pieces of one word, words of one lump."""
OFTEN = 3
"""A word that stands in the document so often is one, though the dictionary lacks it."""
USUAL = 1000
"""A word that the dictionary counted so often is usual; its commonest was counted some 10 million times."""
LEAST_STEM = 4
"""Words of more letters are known by their stem too."""
KNOWN, LONG = 0.5, 10
"""Share of the words of a document, up to a length, in the dictionary; else it is written in another language."""

WORD = re.compile(r"[^\W\d_]+")
# Not what is tied to something else ("s’efforce", "2-B", "x86"), and no abbreviations of one letter ("n°", "p.").
_WHOLE_WORD = re.compile(r"(?<![\w-])(?:[^\W\d_](?![\w’'°º.-])|[^\W\d_]{2,}(?![\w’'°º-]))")


def rows_of(text: str, ends: Set[int]) -> Iterator[list[tuple[str, int]]]:
    """Yield words and their places that stand in a row with nothing but a blank between them."""
    row: list[tuple[str, int]] = []
    for match in _WHOLE_WORD.finditer(text):
        start = match.start()
        if row and (text[row[-1][1] + len(row[-1][0]) : start] != " " or start in ends):
            yield row
            row = []
        row.append((match[0], start))
    if row:
        yield row


@lru_cache(maxsize=len(LANGUAGES))
def _dictionary(
    language: Language, facts: LanguageFacts, whole: frozenset[str]
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the words of a language, in all spellings and with those of trade agreements, the usual ones, and stems.

    The dictionary lacks many inflected forms of Spanish and French words; in English a stem would say too little.
    """
    from spellchecker import SpellChecker

    counted = SpellChecker(language=language).word_frequency.dictionary
    known = set(counted)
    known.update(facts.common, whole)
    for one, two in facts.spelling:
        known.update([word.replace(two, one) for word in known if two in word])
    usual = (word for word, times in counted.items() if times >= USUAL and len(word) > SHORT)
    stems = {stem(fold(word), language) for word in known if len(word) >= LEAST_STEM} if language != "en" else set()
    return frozenset(known), frozenset(usual).union(facts.common), frozenset(stems)


class DocumentWords:
    """The words of a document: how often each stands in it, which stand side by side, and which the dictionary has."""

    def __init__(self, lines: Iterable[str], knowledge: Knowledge) -> None:
        texts = [line.lower() for line in lines]
        found = [WORD.findall(text) for text in texts]
        self.times = Counter(word for words in found for word in words)
        rows = [row for text in texts for row in rows_of(text, frozenset())]
        self.pairs = Counter((one, two) for row in rows for (one, _), (two, _) in pairwise(row))
        language = detect_language("\n".join(texts), knowledge.languages)
        facts, lists = knowledge.languages[language], knowledge.words[language]
        self._language = language
        self._known, self._usual, self._stems = _dictionary(language, facts, lists.whole)
        self._short = lists.short
        self._before = lists.before
        self._after = lists.after
        self._endings = lists.endings
        self._small = facts.function_words | self._before | self._after
        self._small |= {word for word in self._short if len(word) < SHORT}
        # How often a word may be the piece of another that the document has.
        self._bound: Counter[str] = Counter()
        for (one, two), times in self.pairs.items():
            if self.times[one + two] > 1:
                self._bound[one] += times
                self._bound[two] += times

    def is_its_language(self) -> bool:
        """Whether the dictionary is of the language of the document."""
        long = [word for word in self.times if SHORT < len(word) <= LONG]
        total = sum(self.times[word] for word in long)
        return sum(self.times[word] for word in long if self._is_known(word)) > KNOWN * total

    def is_word(self, word: str) -> bool:
        """Whether a word, in small letters, is one and no piece."""
        return word in self._short if len(word) < SHORT else self._is_known(word)

    def _is_known(self, word: str) -> bool:
        return word in self._known or (len(word) > LEAST_STEM and stem(fold(word), self._language) in self._stems)

    def is_piece(self, word: str) -> bool:
        """Whether a word, in small letters, is none, or stands in the document as a piece of other words alone."""
        return not self.is_word(word) or 0 < self.times[word] <= self._bound[word]

    def is_one(self, pieces: Sequence[str]) -> bool:
        """Whether pieces, in small letters, are one word together.

        Where the document has that word, one of them must be no word, or each must stand in it as a piece alone;
        where only the dictionary has it, or only the document, none of them may be a word.
        """
        whole = "".join(pieces)
        times = self.times[whole]
        if len(whole) < SHORTEST or len(set(pieces)) < len(pieces):  # "Bubo bubo", the owl
            return False
        words = sum(map(self.is_word, pieces))
        if words == len(pieces):  # short ones: "policy makers" is no damage
            short = min(map(len, pieces)) <= SHORT
            return short and times > 1 and self._is_known(whole) and all(map(self.is_piece, pieces))
        if times and self._is_known(whole):
            return True
        seldom = all(self.pairs[pair] < max(2, times) for pair in pairwise(pieces))
        return not words and seldom and (whole in self._known or times >= OFTEN)

    def may_be_one(self, one: str, two: str) -> bool:
        """Whether two words, in small letters, may be pieces of one: the document has that one more often than them."""
        both = self.is_word(one) and self.is_word(two)
        return self.is_one((one, two)) or (both and self.times[one + two] > min(self.times[one], self.times[two]))

    def is_lump(self, word: str) -> bool:
        """Whether a word, in small letters, is none and of the length of two or a few."""
        return SHORTEST_LUMP <= len(word) <= LONGEST_LUMP and not self._is_known(word)

    def may_be_two(self, lump: str) -> bool:
        """Whether a lump, in small letters, can be two words: usual ones, small ones or others of the document."""
        cuts = ((lump[:at], lump[at:]) for at in range(1, len(lump)))
        return any(self._is_familiar(one) and self._is_familiar(two) and two not in self._endings for one, two in cuts)

    def _is_familiar(self, word: str) -> bool:
        if len(word) <= SHORT:
            return word in self._small
        return word in self._usual or (self.times[word] > 1 and self.is_word(word))

    def parts(self, lump: str) -> list[list[str]]:
        """Return the ways to part a lump, in small letters, into words that the document has in this order.

        It must have them so at least as often as the lump, and one of two is to be a small word.
        """
        ways: list[list[str]] = []

        def part(done: list[str], rest: str) -> None:
            if not rest and len(done) > 1:
                ways.append(done)
            if len(done) == MOST_PIECES:
                return
            for at in range(1, len(rest) + 1):
                word = rest[:at]
                if self.is_word(word) and (not done or self._follow(done[-1], word, lump)):
                    part([*done, word], rest[at:])

        part([], lump)
        return ways

    def _follow(self, one: str, two: str, lump: str) -> bool:
        """Whether one word of a lump may come before another: the document must have them so, but next to some."""
        if self._is_known(one + two) or two in self._endings:
            return False
        if one in self._before or two in self._after:
            other = two if one in self._before else one
            if len(other) > SHORT and (other in self._usual or self.times[other] > 0):
                return True
        needed = 1 if one in self._small or two in self._small else OFTEN
        return self.pairs[one, two] >= max(needed, self.times[lump])
