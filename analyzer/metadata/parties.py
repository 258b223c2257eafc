"""The parties of an agreement: from the list at the head of its preamble, its title, its block of signatures."""

from __future__ import annotations

import re

from analyzer.lexicon import fold
from analyzer.metadata.countries import Named, find_countries
from analyzer.metadata.words import load_words
from analyzer.parties import expand, load_parties

HEAD = 12_000
"""Characters at the beginning of a text in which the list of the parties ends."""
TAIL = 8_000
"""Characters after "In witness whereof" in which the signatures stand."""
_FIRST_ARTICLE = re.compile(r"\n\s*(?:article|articulo|art\.)\s*(?:1|i|one|premier|primero|ler)\b|\n\s*(?:chapter|capitulo|chapitre|title|titre|titulo|part)\s+(?:1|i|one|premier|primero|uno)\b")


def parties_of(text: str, title: str, signed: str) -> tuple[str, ...]:
    """Return the parties as ISO 3166-1 alpha-3 codes, in order of the alphabet; empty where fewer than two are found.

    Args:
        text: The agreement.
        title: Its title.
        signed: The day of signature, of any precision, at which groups are expanded into their members.
    """
    for named in (_at_the_head(text), _in_title(title), _in_signatures(text)):
        codes = list(dict.fromkeys(one.code for one in named))
        if len(codes) > 1:
            states = {party.code for party in expand(codes, signed)}
            return tuple(sorted(states))
    return ()


def _at_the_head(text: str) -> list[Named]:
    """Return who is named before the first recital, once at least two are."""
    head = text[:HEAD]
    folded = fold(head)
    words = load_words()
    named = find_countries(head)
    codes: set[str] = set()
    second = next((one for one in named if codes.add(one.code) or len(codes) > 1), None)  # type: ignore[func-returns-value]
    if second is None:
        return []
    cuts = (
        pattern.search(folded, second.end) for pattern in (words.agreed, words.recital, _FIRST_ARTICLE)
    )
    cut = min((match.start() for match in cuts if match), default=len(head))
    return [one for one in named if one.start < cut]


def _in_title(title: str) -> list[Named]:
    return find_countries(title)


def _in_signatures(text: str) -> list[Named]:
    folded = fold(text)
    words = load_words()
    ends = [match.end() for match in words.witness.finditer(folded)] or [
        match.end() for match in words.done.finditer(folded)
    ]
    for start in reversed(ends):
        first = words.signed_for.search(folded, start)
        if first:
            return find_countries(text, first.start(), start + TAIL)
    return []


__all__ = ["load_parties", "parties_of"]
