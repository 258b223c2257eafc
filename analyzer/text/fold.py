"""Folding, tokens and stems: the form in which texts are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

TOKEN = re.compile(r"[^\W\d_]+|\d+|[.;:,()]")
"""Words, numbers and the marks that end a phrase; apostrophes, hyphens and quotation marks only separate words."""

# Inflectional endings, longest first. Only endings are cut, so a stem stays a beginning of its word; derived words
# (employer, employee, employment) keep apart, because they are different things in law.
_ENDINGS: dict[str, re.Pattern[str]] = {
    "en": re.compile(r"(?<=..)(?<!ss)(?:ying|ing|ies|ied|es|ed|e|y|(?<![su])s)$"),
    "es": re.compile(r"(?<=...)(?:es|as|os|s|a|e|o)$"),
    "fr": re.compile(r"(?<=...)(?:es|e|s|x)$"),
}


def _folded(char: str) -> str:
    base = unicodedata.normalize("NFKD", char)[:1].lower()
    return base if base.isascii() and base.isalpha() and len(base) == 1 else char


_FOLD: dict[int, str] = {code: _folded(chr(code)) for code in range(0xC0, 0x250) if _folded(chr(code)) != chr(code)} | {
    ord("İ"): "i",
    ord("ı"): "i",
    ord("º"): "o",
    ord("ª"): "a",
    ord("\u00ad"): "-",
}


def alternation(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, folded, longest first, any white space for a blank."""
    ordered = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def fold(text: str) -> str:
    """Return ``text`` in lower case ASCII, character for character (same length, same offsets).

    Accents are dropped; whatever is no Latin letter then (curly quotation marks, dashes, Greek) becomes ``?``, which
    separates words as the original does. ASCII makes the searches several times faster.
    """
    return _fold(text) if len(text) < _LONG else _fold_once(text)


_LONG = 10_000
"""Characters from which a text is a document, which several steps fold."""


def _fold(text: str) -> str:
    if not text.isascii():
        for char in set(text):
            if ord(char) in _FOLD:
                text = text.replace(char, _FOLD[ord(char)])
        text = text.encode("ascii", "replace").decode("ascii")
    return text.lower()


@lru_cache(maxsize=2)
def _fold_once(text: str) -> str:
    return _fold(text)


_MOST_STEMS = 200_000
"""Words of a language whose stems are remembered."""


class _Stems(dict[str, str]):
    """The stems of the words of a language, each worked out once."""

    def __init__(self, ending: re.Pattern[str]) -> None:
        super().__init__()
        self._ending = ending

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_STEMS:
            self.clear()
        stem = self[word] = self._ending.sub("", word, count=1)
        return stem


_STEMS = {language: _Stems(ending) for language, ending in _ENDINGS.items()}


def stem(word: str, language: str) -> str:
    """Return the beginning of a folded ``word`` that its inflected forms share."""
    return _STEMS[language][word]


def stems_of(words: Iterable[str], language: str) -> list[str]:
    """Return the stems of folded words."""
    return list(map(_STEMS[language].__getitem__, words))


def stems(phrase: str, language: str) -> tuple[str, ...]:
    """Return the stems of a phrase as the matcher compares them."""
    return tuple(stems_of(TOKEN.findall(fold(phrase)), language))
