"""Citations of sets of ILO instruments, such as "the fundamental Conventions".

The sets are in ``knowledge/data/sets.toml``: their members by period (with sources) and the phrases that mean them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analyzer.knowledge import Knowledge
from analyzer.knowledge.sets import InstrumentSet
from analyzer.text.fold import fold
from analyzer.text.patterns import name_pattern, one_of

BEFORE, AFTER = 90, 130
"""Characters before and after the characteristic word of a phrase that contain the whole phrase."""
_GAP = 60
_BLANK, _BLANK_OR_NONE = r"[^\w.;:]{1,6}", r"[^\w.;:]{0,6}(?<!\w)"


@dataclass(frozen=True, slots=True)
class Mention:
    """A set that a text cites, its offsets, and whether its words alone show that it is one of the ILO's."""

    set: InstrumentSet
    start: int
    end: int
    count: int | None
    certain: bool


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase that means a set: its place among all, and the words that it needs, each with its alternatives."""

    set: InstrumentSet
    phrase: str
    place: int
    needed: list[tuple[str, ...]]


class SetFinder:
    """Finds the mentions of sets in folded text.

    Args:
        knowledge: Names of the ILO and spelling pairs.
        languages: Languages of the phrases.
    """

    def __init__(self, knowledge: Knowledge, languages: Sequence[str]) -> None:
        sets, citations = knowledge.sets, knowledge.citations
        self.counts = sets.counts
        ilo = name_pattern({"": citations.names["ilo"]})
        self._ilo = rf"(?:(?:of|by|de|del|por|par)\s++(?:(?:the|la|el|l)\W?\s*+)?)?{ilo}(?:\W?s(?!\w))?"
        self._negation = rf"(?:{'|'.join(re.escape(fold(word)) for word in sets.negations)})(?!\w)"
        self._spelling = citations.spelling
        self._phrases = [
            _Phrase(instrument_set, phrase, place, self._needed(phrase))
            for place, (instrument_set, phrase) in enumerate(
                (instrument_set, phrase)
                for instrument_set in sets.by_id.values()
                for language in languages
                for phrase in instrument_set.phrases.get(language, ())
            )
        ]
        self._heads = _characteristic([phrase.needed for phrase in self._phrases])
        spelt = [*sets.counts, *(str(number) for number in sets.counts.values() if number > 4)]
        count = "|".join(map(re.escape, sorted(spelt, key=lambda word: -len(word))))
        self._count = re.compile(rf"(?P<count>{count})(?!\w)")
        self._counted = rf"(?:(?P<counted>{count})(?:\s++\(\d{{1,2}}\))?\s++)?"
        self._patterns = lru_cache(maxsize=None)(self._compiled)
        self._certain = re.compile(rf"{ilo}|{one_of(citations.labour)}")

    def find(self, folded: str) -> Iterator[Mention]:
        """Yield the mentions in order; they do not overlap."""
        for start, end in self._windows(folded):
            for match, instrument_set in self._matches(folded, start, end):
                counted = self._count.match(match.group())
                count = self.counts.get(counted[0]) or int(counted[0]) if counted else None
                certain = self._certain.search(match.group()) is not None
                yield Mention(instrument_set, *match.span(), count, certain)

    def _matches(self, folded: str, start: int, end: int) -> Iterator[tuple[re.Match[str], InstrumentSet]]:
        """Yield where phrases stand in a window, one behind the other.

        Each phrase has a pattern of its own, which is compiled when a text has all of its words. Of phrases that begin
        at the same place, one with a number goes first ("the eight fundamental Conventions"), then the first in the
        file; so they are found as by one pattern for all.
        """
        near = folded[start:end]
        possible = [
            phrase for phrase in self._phrases if all(any(word in near for word in words) for words in phrase.needed)
        ]
        while possible:
            found = [
                (match.start(), match["counted"] is None, phrase.place, match, phrase)
                for phrase in possible
                if (match := self._patterns(phrase.place).search(folded, start, end))
            ]
            if not found:
                return
            *_, match, first = min(found, key=lambda one: one[:3])
            yield match, first.set
            start = match.end()
            possible = [phrase for *_, phrase in found]

    def _compiled(self, place: int) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){self._counted}(?:{self._pattern(self._phrases[place].phrase)})(?!\w)")

    def _windows(self, folded: str) -> list[tuple[int, int]]:
        """Return the spans around the characteristic word of a phrase that contain its other words too."""
        offsets = []
        for head, phrases in self._heads.items():
            offset = folded.find(head)
            while offset >= 0:
                near = folded[max(0, offset - BEFORE) : offset + AFTER]
                if any(all(any(word in near for word in words) for words in phrase) for phrase in phrases):
                    offsets.append(offset)
                offset = folded.find(head, offset + len(head))
        merged: list[tuple[int, int]] = []
        for offset in sorted(offsets):
            start, end = max(0, offset - BEFORE), offset + AFTER
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], end
            else:
                merged.append((start, end))
        return merged

    def _pattern(self, phrase: str) -> str:
        """Return the pattern of a phrase (its syntax is explained in ``sets.toml``)."""
        parts, before = [], ""
        for token in phrase.split():
            if token == "…":
                parts.append(rf"(?:(?!(?<!\w){self._negation})[^.;:]){{0,{_GAP}}}?")
                before = _BLANK_OR_NONE
                continue
            words = token.strip("[]").split("|")
            spelt = self._ilo if words == ["ILO"] else f"(?:{'|'.join(map(self._word, words))})"
            if not token.startswith("["):
                parts.append(before + spelt)
            else:
                parts.append(f"(?:{before}{spelt})?" if before else f"(?:{spelt}{_BLANK})?")
                before = before or _BLANK_OR_NONE
            if not token.startswith("[") or before != _BLANK_OR_NONE:
                before = _BLANK
        return "".join(parts)

    def _word(self, word: str) -> str:
        folded = re.escape(fold(word))
        for variant, other in self._spelling:
            folded = folded.replace(other, variant).replace(variant, f"(?:{variant}|{other})")
        return folded

    def _needed(self, phrase: str) -> list[tuple[str, ...]]:
        """Return the words that a phrase needs, each with its alternatives and spellings."""
        tokens = (token for token in phrase.split() if not token.startswith("[") and token not in ("…", "ILO"))
        return [tuple(spelt for word in token.split("|") for spelt in self._spellings(fold(word))) for token in tokens]

    def _spellings(self, word: str) -> list[str]:
        for variant, other in self._spelling:
            if variant in word or other in word:
                return [word.replace(other, variant), word.replace(other, variant).replace(variant, other)]
        return [word]


def _characteristic(needed: Sequence[Sequence[tuple[str, ...]]]) -> dict[str, list[list[tuple[str, ...]]]]:
    """Return a small set of words that covers all phrases, with the further words that the phrases need.

    The word that most phrases need is chosen first; of several, the longest.
    """
    heads: dict[str, list[list[tuple[str, ...]]]] = {}
    left = list(needed)
    while left:
        counts = Counter(words for phrase in left for words in set(phrase))
        best = max(counts, key=lambda words: (counts[words], min(map(len, words)), words))
        for phrase in (candidate for candidate in left if best in candidate):
            others = [words for words in phrase if words != best]
            for word in best:
                if others not in heads.setdefault(word, []):
                    heads[word].append(others)
        left = [candidate for candidate in left if best not in candidate]
    return heads
