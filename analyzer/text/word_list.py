"""A long list of words and phrases of which one is looked for at a place of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analyzer.text.fold import alternation, fold

_PLAIN = re.compile(r"[a-z]+(?:[ -][a-z]+)*")
_ANY = re.compile(r"[\s\S]*")


class WordList:
    """Finds what the pattern ``(?:word|other word)(?![a-z])`` finds, without compiling thousands of alternatives.

    Args:
        words: Words or phrases.

    Examples:
        >>> WordList(["thirty", "thirty-one"]).match("thirty-one days")[0]
        'thirty-one'
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(map(fold, words))
        most = max((len(re.findall(r"[ -]", word)) for word in self._words), default=0)
        self._run = re.compile(rf"[a-z]+(?:(?:-|\s+)[a-z]+){{0,{most}}}")
        plain = all(map(_PLAIN.fullmatch, self._words))
        self._pattern = None if plain else re.compile(rf"(?:{alternation(self._words)})(?![a-z])")

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return the longest of the words that stands at a place of a folded text; ``None`` if none does."""
        end = len(text) if end is None else end
        if self._pattern is not None:
            return self._pattern.match(text, start, end)
        run = self._run.match(text, start, end)
        stop = run.end() if run else start
        while stop > start:
            if " ".join(text[start:stop].split()) in self._words:
                return _ANY.match(text, start, stop)
            while stop > start and text[stop - 1].isalpha():
                stop -= 1
            while stop > start and not text[stop - 1].isalpha():
                stop -= 1
        return None

    def __eq__(self, other: object) -> bool:
        """Return whether another list has the same words."""
        return isinstance(other, WordList) and self._words == other._words

    def __hash__(self) -> int:
        """Return the hash of the words."""
        return hash(self._words)
