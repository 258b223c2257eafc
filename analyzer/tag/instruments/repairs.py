"""Repair of what typesetting and scanning did to words, with a map back to the original offsets.

Typesetting hyphens are removed, ligatures (ﬁ, ﬃ) are spelt out, and words split by scanning ("Conven tion") are joined.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from analyzer.knowledge import Knowledge
from analyzer.text.fold import fold

NEAR_NOUN = 250
"""Characters before and after a noun of titles in which its other words are joined."""

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_EDITED = re.compile(
    r"\u00ad(?:[ \t]*\r?\n[ \t]*)?|[-\u2010](?<=[^\W\d_][-\u2010])[ \t]*\r?\n[ \t]*(?=[a-zß-öø-ÿ])|[\u200b\u2060\ufeff]"
    rf"|[{''.join(_LIGATURES)}]"
)
"""Soft hyphens, hyphens at the end of a line before a small letter, characters without width, and ligatures."""
_ENDS = ("-\n", "- \n")
_MARKS = ("\r", "\u00ad", "\u2010", "\u200b", "\u2060", "\ufeff", *_LIGATURES)
"""Single characters, searched first because that is much faster than searching for pairs."""
_SIGNS = {"№": "#"}
_BLANK = r"(?:[ \t]{1,2}|[ \t]*\r?\n[ \t]*)"
_WORD = re.compile(r"[a-z]+")
_BETWEEN_HALVES = re.compile(_BLANK)
SHORT_TEXT = 20_000
"""Characters of a text that costs too little to spare it the search for split words."""
SHORTEST = 7
"""Letters of the shortest word that is joined from two halves."""

Edit = tuple[int, int, str]
"""Start, end and replacement of a stretch of text."""
OffsetMap = Callable[[int], int]


class Repairs:
    """The nouns and words of titles by which split words are recognised.

    Args:
        knowledge: The titles and nouns.
        languages: Languages of the titles.
    """

    def __init__(self, knowledge: Knowledge, languages: Sequence[str]) -> None:
        citations = knowledge.citations
        nouns = {fold(noun) for noun in (*citations.numbered, *citations.declarations)}
        self._nouns = sorted(noun for noun in nouns if not any(other != noun and other in noun for other in nouns))
        self._signs = tuple(name for name in citations.names["ilo"] if " " not in name)
        self._labour = tuple(fold(word) for word in citations.labour)
        titles = [
            title
            for known in knowledge.instruments.values()
            for language, title in known.titles
            if language in languages
        ]
        self._words = nouns | {word for title in titles for word in _WORD.findall(fold(title))}
        starts = sorted({noun[:2] for noun in nouns})
        self._split_noun = re.compile(
            "|".join(
                rf"{start}(?<![a-z]..)(?:{'|'.join(_split(noun) for noun in sorted(nouns) if noun.startswith(start))})"
                r"(?![a-z])"
                for start in starts
            )
        )

    def repair(self, text: str) -> tuple[str, OffsetMap]:
        """Return a text with its words repaired, and a function from its offsets to those of the given text.

        Every hyphen at the end of a line is taken for a typesetting hyphen, so compounds divided there are joined too;
        the titles and names that are sought have hardly any.
        """
        for sign, plain in _SIGNS.items() if not text.isascii() else ():
            if sign in text:
                text = text.replace(sign, plain)
        marked = any(mark in text for mark in _MARKS) or any(mark in text for mark in _ENDS)
        spelt, before = _edited(text, _printed(text) if marked else ())
        folded = fold(spelt)
        if len(spelt) > SHORT_TEXT and not self._is_on_labour(spelt, folded):
            return spelt, before
        joined, before_joining = _edited(spelt, self._splits(folded))
        if joined is spelt:
            return spelt, before
        return joined, lambda offset: before(before_joining(offset))

    def _is_on_labour(self, text: str, folded: str) -> bool:
        """Return whether a text speaks of the ILO or of labour; long ones that do not are not searched for splits."""
        return any(sign in text for sign in self._signs) or any(word in folded for word in self._labour)

    def _splits(self, folded: str) -> Iterator[Edit]:
        """Yield the blanks within split nouns, and within split words of titles near nouns."""
        blanks = {
            (blank.start(), blank.end())
            for noun in self._split_noun.finditer(folded)
            for blank in _BETWEEN_HALVES.finditer(folded, noun.start(), noun.end())
        }
        for start, end in self._near_nouns(folded, [start for start, _ in blanks]):
            last = None
            for word in _WORD.finditer(folded, start, end):
                if last is not None and self._belong_together(folded, last, word):
                    blanks.add((last.end(), word.start()))
                    last = None
                else:
                    last = word
        yield from ((start, end, "") for start, end in sorted(blanks))

    def _belong_together(self, folded: str, first: re.Match[str], second: re.Match[str]) -> bool:
        joined = first[0] + second[0]
        return (
            len(joined) >= SHORTEST
            and joined in self._words
            and not (first[0] in self._words and second[0] in self._words)
            and _BETWEEN_HALVES.fullmatch(folded, first.end(), second.start()) is not None
        )

    def _near_nouns(self, folded: str, places: list[int]) -> list[tuple[int, int]]:
        """Return the stretches around nouns and around some places, merged and in order."""
        for noun in self._nouns:
            offset = folded.find(noun)
            while offset >= 0:
                places.append(offset)
                offset = folded.find(noun, offset + len(noun))
        merged: list[tuple[int, int]] = []
        for place in sorted(places):
            start, end = max(0, place - NEAR_NOUN), place + NEAR_NOUN
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], end
            else:
                merged.append((start, end))
        return merged


def _printed(text: str) -> Iterator[Edit]:
    for match in _EDITED.finditer(text):
        yield match.start(), match.end(), _LIGATURES.get(match[0], "")


def _split(noun: str) -> str:
    """Return a pattern for what follows the first two letters of a noun with one blank within the noun."""
    pattern = _BLANK + noun[-2:]
    for index in range(len(noun) - 3, 1, -1):
        pattern = rf"(?:{_BLANK}{noun[index:]}|{noun[index]}{pattern})"
    return pattern


def _edited(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """Return the text after some edits, given in order, and the map from its offsets to those before."""
    starts, origins, copied = [0], [0], [True]
    parts, last, length = list[str](), 0, 0
    for start, end, replacement in edits:
        parts += [text[last:start], replacement]
        length += start - last
        for origin, size, copy in ((start, len(replacement), False), (end, 0, True)):
            if size or copy:
                starts.append(length)
                origins.append(origin)
                copied.append(copy)
            length += size
        last = end
    if not parts:
        return text, _same
    parts.append(text[last:])

    def before(offset: int) -> int:
        index = bisect_right(starts, offset) - 1
        return origins[index] + (offset - starts[index] if copied[index] else 0)

    return "".join(parts), before


def _same(offset: int) -> int:
    return offset
