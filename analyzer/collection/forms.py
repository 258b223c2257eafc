"""The form in which words are searched: without accents, plurals and the spellings of a country.

The forms of a word and of its plural are the same, in English, Spanish and French, without knowing which language it is
in: a query names none. Derived words (employer, employee, employment) stay apart, because they are different things in
law. The rules are few, so that a page can follow them too: ``docs/how-to/search.md`` lists them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

VERSION = "3"
"""Part of what says whether an index can be used; raised with every change of these rules."""
WORD = re.compile(r"[^\W_]+")
"""A word or number; everything else only separates."""
SHORTEST = 3
"""Longest word whose ending stays."""
_IRREGULAR = {"children": "child", "women": "woman", "men": "man"}
_SPELLINGS = (
    (re.compile(r"^(labo|behavio|favo|harbo|hono|neighbo)u(r)"), r"\1\2"),
    (re.compile(r"is(e[ds]?|ing|ations?|ers?)$"), r"iz\1"),
    (re.compile(r"^(program)me(s?)$"), r"\1\2"),
    (re.compile(r"^(licen)c(e[ds]?|ing)$"), r"\1s\2"),
    (re.compile(r"^(defen)c(es?)$"), r"\1s\2"),
    (re.compile(r"^(fulfil|instal|enrol)(ment|s?$)"), r"\1l\2"),
)
"""Spellings of British and American English that mean the same."""
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
"""Accents that stand for themselves behind their letter (NFD)."""
_BEFORE_R = re.compile(r"(?:labo|behavio|favo|harbo|hono|neighbo)u")


def fold(text: str) -> str:
    """Return a text in small letters without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss"))
    return _MARKS.sub("", plain)


@lru_cache(maxsize=100_000)
def form(word: str) -> str:
    """Return the form of a folded word.

    Examples:
        >>> [form(word) for word in ("labours", "parties", "trabajadores", "travaux", "employees")]
        ['labor', 'parti', 'trabajador', 'traval', 'employe']
    """
    if len(word) <= SHORTEST and word not in _IRREGULAR:
        return word
    word = _spelt(_IRREGULAR.get(word, word))
    if word.endswith("eaux"):
        word = word[:-1]
    elif word.endswith("aux"):
        word = f"{word[:-3]}al"
    elif word.endswith("s") and not word.endswith(("ss", "us")):
        word = word[:-1]
    if word.endswith("ail"):
        word = f"{word[:-3]}al"
    if word.endswith("e") and len(word) > SHORTEST:
        word = word[:-1]
    return f"{word[:-1]}i" if word.endswith("y") else word


def prefix_forms(beginning: str) -> tuple[str, ...]:
    """Return with what the forms of words begin that begin with some folded letters, in either spelling.

    The form of these letters as a word of their own may be another: it is looked for too.

    Examples:
        >>> prefix_forms("labou"), prefix_forms("organis"), prefix_forms("union")
        (('labou', 'labo'), ('organis', 'organiz'), ('union',))
    """
    other = f"{beginning[:-1]}z" if beginning.endswith("is") else beginning
    other = beginning[:-1] if _BEFORE_R.fullmatch(beginning) else other
    return tuple(dict.fromkeys((beginning, _spelt(beginning), other)))


def _spelt(word: str) -> str:
    for pattern, other in _SPELLINGS:
        word = pattern.sub(other, word)
    return word


def forms(text: str) -> list[str]:
    """Return the forms of the words of a text."""
    return [form(word) for word in WORD.findall(fold(text))]


def form_text(text: str) -> str:
    """Return a text as it is indexed."""
    return " ".join(forms(text))


def places(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the form, start and end of each word of a text as it is written."""
    for match in re.finditer(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*", text):
        for word in WORD.findall(fold(match[0])):
            yield form(word), match.start(), match.end()


def mark_of(instrument: str) -> str:
    """Return the word that stands for an instrument in the index: no text holds it, for words hold no ``_``."""
    return "i_" + "_".join(WORD.findall(fold(instrument)))


def fact_mark(kind: str, value: str) -> str:
    """Return the word that stands for a fact about a clause, by which results are filtered.

    Args:
        kind: ``category``, ``strength``, ``language``, ``party`` or ``year``.
        value: The code, or the year (a decade has three digits).
    """
    return f"{_FACTS[kind]}_{'_'.join(WORD.findall(fold(value)))}"


_FACTS = {"category": "k", "strength": "s", "language": "l", "party": "p", "year": "y"}
