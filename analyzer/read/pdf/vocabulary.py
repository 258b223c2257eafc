"""The vocabulary of a document: its own words and those of a dictionary, as evidence of which words are whole."""

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
"""Length up to which ``knowledge/data/words.toml`` lists all usual words."""
SHORTEST = 4
"""Minimum length of a word rejoined from fragments."""
SHORTEST_LUMP, LONGEST_LUMP = 5, 40
"""Minimum and maximum length of a lump, that is of words without the blanks between them."""
MOST_PARTS = 4
"""Maximum number of fragments of one word, and of words in one lump."""
OFTEN = 3
"""Occurrences in the document from which an unknown word counts as a word."""
USUAL = 1000
"""Occurrences in the dictionary's texts from which a word is usual; its most frequent one has some 10 million."""
LEAST_STEM = 4
"""Minimum length of a word that is looked up by its stem too."""
DICTIONARY_SHARE = 0.5
"""Share of the words of a document that the dictionary must have; otherwise it is written in another language."""
LONGEST_LOOKED_UP = 10
"""Maximum length of the words that count for that share."""

WORD = re.compile(r"[^\W\d_]+")
# Without what is tied to something else ("s’efforce", "2-B", "x86"), and abbreviations of one letter ("n°", "p.").
_WHOLE_WORD = re.compile(r"(?<![\w-])(?:[^\W\d_](?![\w’'°º.-])|[^\W\d_]{2,}(?![\w’'°º-]))")


def rows_of(text: str, ends: Set[int]) -> Iterator[list[tuple[str, int]]]:
    """Yield the words of a text, with their offsets, in rows: words with only a blank between them.

    Args:
        text: The text.
        ends: Offsets at which a row ends too.
    """
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
    """Return the words of a language with those of trade agreements in all spellings, the usual ones, and the stems.

    Stems stand for inflected forms, of which the dictionary lacks many in Spanish and French; English needs none.
    """
    from spellchecker import SpellChecker

    counts = SpellChecker(language=language).word_frequency.dictionary
    words = set(counts)
    words.update(facts.common, whole)
    for spelling, variant in facts.spelling:
        words.update([word.replace(variant, spelling) for word in words if variant in word])
    usual = (word for word, count in counts.items() if count >= USUAL and len(word) > SHORT)
    stems = {stem(fold(word), language) for word in words if len(word) >= LEAST_STEM} if language != "en" else set()
    return frozenset(words), frozenset(usual).union(facts.common), frozenset(stems)


class DocumentWords:
    """The words of a document, and what they and the dictionary show about fragments and lumps.

    Attributes:
        counts: Occurrences of each word, in small letters.
        pairs: Occurrences of each pair of neighbouring words, in small letters.
    """

    def __init__(self, lines: Iterable[str], knowledge: Knowledge) -> None:
        texts = [line.lower() for line in lines]
        self.counts = Counter(word for text in texts for word in WORD.findall(text))
        rows = [row for text in texts for row in rows_of(text, frozenset())]
        self.pairs = Counter((left, right) for row in rows for (left, _), (right, _) in pairwise(row))
        language = detect_language("\n".join(texts), knowledge.languages)
        facts, lists = knowledge.languages[language], knowledge.words[language]
        self._language = language
        self._dictionary_words, self._usual, self._stems = _dictionary(language, facts, lists.whole)
        self._short = lists.short
        self._before = lists.before
        self._after = lists.after
        self._endings = lists.endings
        self._small = facts.function_words | self._before | self._after
        self._small |= {word for word in self._short if len(word) < SHORT}
        # How often a word may be the fragment of another word of the document.
        self._bound: Counter[str] = Counter()
        for (left, right), count in self.pairs.items():
            if self.counts[left + right] > 1:
                self._bound[left] += count
                self._bound[right] += count

    def is_its_language(self) -> bool:
        """Return whether the dictionary is in the language of the document."""
        looked_up = [word for word in self.counts if SHORT < len(word) <= LONGEST_LOOKED_UP]
        total = sum(self.counts[word] for word in looked_up)
        in_dictionary = sum(self.counts[word] for word in looked_up if self._is_in_dictionary(word))
        return in_dictionary > DICTIONARY_SHARE * total

    def is_word(self, word: str) -> bool:
        """Return whether a string in small letters is a word by itself, and not a fragment of one."""
        return word in self._short if len(word) < SHORT else self._is_in_dictionary(word)

    def _is_in_dictionary(self, word: str) -> bool:
        return word in self._dictionary_words or (
            len(word) > LEAST_STEM and stem(fold(word), self._language) in self._stems
        )

    def is_fragment(self, word: str) -> bool:
        """Return whether a string in small letters is not a word, or is only ever a fragment in the document."""
        return not self.is_word(word) or 0 < self.counts[word] <= self._bound[word]

    def is_one(self, pieces: Sequence[str]) -> bool:
        """Return whether neighbouring words in small letters are the fragments of one word.

        If the document has that word, one of them must not be a word, or each must be only ever a fragment in the
        document; if only the dictionary has it, or only the document, none of them may be a word.
        """
        whole = "".join(pieces)
        count = self.counts[whole]
        if len(whole) < SHORTEST or len(set(pieces)) < len(pieces):  # "Bubo bubo", the owl
            return False
        words = sum(map(self.is_word, pieces))
        if words == len(pieces):  # only short ones: "policy makers" is no damage
            has_short = min(map(len, pieces)) <= SHORT
            return has_short and count > 1 and self._is_in_dictionary(whole) and all(map(self.is_fragment, pieces))
        if count and self._is_in_dictionary(whole):
            return True
        are_rarely_apart = all(self.pairs[pair] < max(2, count) for pair in pairwise(pieces))
        return not words and are_rarely_apart and (whole in self._dictionary_words or count >= OFTEN)

    def may_be_one(self, left: str, right: str) -> bool:
        """Return whether two words in small letters may be one: the document has that one more often than either."""
        are_words = self.is_word(left) and self.is_word(right)
        is_frequent = self.counts[left + right] > min(self.counts[left], self.counts[right])
        return self.is_one((left, right)) or (are_words and is_frequent)

    def is_lump(self, word: str) -> bool:
        """Return whether a string in small letters is not a word but as long as a few words."""
        return SHORTEST_LUMP <= len(word) <= LONGEST_LUMP and not self._is_in_dictionary(word)

    def may_be_two(self, lump: str) -> bool:
        """Return whether a lump in small letters can be two words, each usual, small or repeated in the document."""
        halves = ((lump[:index], lump[index:]) for index in range(1, len(lump)))
        return any(
            self._is_familiar(left) and self._is_familiar(right) and right not in self._endings
            for left, right in halves
        )

    def _is_familiar(self, word: str) -> bool:
        if len(word) <= SHORT:
            return word in self._small
        return word in self._usual or (self.counts[word] > 1 and self.is_word(word))

    def parts(self, lump: str) -> list[list[str]]:
        """Return the ways to divide a lump in small letters into words that the document has in this order.

        The document must have them so at least as often as the lump, and one of two must be a small word.
        """
        ways: list[list[str]] = []

        def divide(words: list[str], rest: str) -> None:
            if not rest and len(words) > 1:
                ways.append(words)
            if len(words) == MOST_PARTS:
                return
            for end in range(1, len(rest) + 1):
                word = rest[:end]
                if self.is_word(word) and (not words or self._may_follow(words[-1], word, lump)):
                    divide([*words, word], rest[end:])

        divide([], lump)
        return ways

    def _may_follow(self, left: str, right: str, lump: str) -> bool:
        """Return whether one word of a lump may precede another.

        The document must have them in this order, except next to words that ``words.toml`` lists for that.
        """
        if self._is_in_dictionary(left + right) or right in self._endings:
            return False
        if left in self._before or right in self._after:
            other = right if left in self._before else left
            if len(other) > SHORT and (other in self._usual or self.counts[other] > 0):
                return True
        needed = 1 if left in self._small or right in self._small else OFTEN
        return self.pairs[left, right] >= max(needed, self.counts[lump])
