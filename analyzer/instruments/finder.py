"""The search for citations: patterns of one or more languages, and the order in which the kinds of mention count."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from analyzer.citations import Citations, Noun
from analyzer.instruments.checks import joined, with_warnings
from analyzer.instruments.collective import SetFinder
from analyzer.instruments.hyphens import unhyphenated
from analyzer.instruments.reading import NUMBER, SCANNED, SIGN, YEAR, Reading
from analyzer.instruments.terms import Terms
from analyzer.lexicon import fold
from analyzer.titles import Titles, Token, name_pattern, one_of
from analyzer.types import Reference


class Finder:
    """Titles, and patterns of numbers, in some languages.

    Args:
        known: The instruments and the words of citations.
        languages: Languages of the titles.
    """

    def __init__(self, known: Citations, languages: Sequence[str]) -> None:
        self.instruments = known.instruments
        self.titles = Titles(known, languages)
        self.sets = SetFinder(known, languages)
        self.terms = Terms(known, languages, self.titles)
        self.numbered = {fold(noun): said for noun, said in known.numbered.items()}
        ilo = name_pattern({"ilo": known.names["ilo"]})
        protocols = one_of(noun for noun, said in known.numbered.items() if said.kind == "Protocol")
        self.ilo = re.compile(ilo)
        self.labour = re.compile(one_of(known.labour))
        self.others = re.compile(rf"(?<![^\W_]){one_of(known.others)}")
        self.protocol_before = re.compile(rf"(?<![^\W_]){protocols}(?![^\W_])[^.;:]{{0,50}}$")
        self.after_noun = re.compile(
            rf"(?:[\s,]*+(?:(?:of|de)\s++)?{YEAR}(?:\s*+,)?)?(?:[\s(]*+(?:(?:of|de|the|la|del|l['?])\s*+)*+"
            rf"{ilo}\s*+\)?)?\s*+[(\[]?\s*+(?:(?P<sign>{SIGN})(?:{NUMBER}|{SCANNED})"
            rf"|{NUMBER.replace('number', 'bare')})(?:\s*+[)\]])?"
        )
        self.introduces = re.compile(rf"[\s(,:\"'?]*+(?:{one_of(known.introducing)}[\s'?]++)*+")
        nouns = "|".join(sorted(self.numbered, key=lambda noun: -len(noun)))
        self._glued = re.compile(rf"(?P<ilo>ilo|oit)?(?P<noun>{nouns})(?:no?s?|num)?")

    def find(self, text: str, date: str | None) -> list[Reference]:
        """Return the mentions of a text in order, with what must be known about them."""
        plain, before = unhyphenated(text)
        found = self._find(plain, date)
        if plain is not text:
            found = [_moved(one, text, before) for one in found]
        return with_warnings(found, self.instruments, date)

    def _find(self, text: str, date: str | None) -> list[Reference]:
        reading = Reading(self, text, date)
        titles = list(reading.titles())
        found = without_overlaps([*titles, *reading.literals(), *reading.numbers(titles), *reading.short_codes()])
        found = joined(text, found)
        terms = self.terms.defined_in(reading, found)
        if terms:
            # At the same place a defined term counts before a title of the same length, a longer title before it.
            found = without_overlaps([*self.terms.used_in(reading, terms), *found])
        return self._with_sets(reading, found)

    def noun_in(self, token: Token) -> tuple[Noun | None, int, int, bool]:
        """Return the noun that a word is, where it stands, and whether the ILO's name is glued to it.

        Scanning loses blanks: "ILOConvention No. 182", "ConventionNo. 182".
        """
        noun = self.numbered.get(token.key)
        if noun is not None:
            return noun, token.start, token.end, False
        glued = self._glued.fullmatch(token.key) if len(token.key) > 10 else None
        if glued is None:
            return None, token.start, token.end, False
        return self.numbered[glued["noun"]], token.start, token.start + glued.end("noun"), bool(glued["ilo"])

    def _with_sets(self, reading: Reading, found: list[Reference]) -> list[Reference]:
        """Add the collective mentions; where their words name instruments one by one, those alone count."""
        sets = list(reading.sets())
        if not sets:
            return found
        free = []
        for one in sets:
            before = bisect_right(found, one.end - 1, key=lambda other: other.start) - 1
            if before < 0 or found[before].end <= one.start:
                free.append(one)
        return sorted([*found, *free], key=lambda one: one.start)


def without_overlaps(found: Iterable[Reference]) -> list[Reference]:
    """Keep the mention that begins first, of those the longest, and drop what overlaps it (the sort is stable).

    Only the instruments of a range share their words: "to" in "Nos. 163 to 166" stands for Nos. 164 and 165.
    """
    kept: list[Reference] = []
    for reference in sorted(found, key=lambda one: (one.start, -one.end)):
        last = kept[-1] if kept else None
        if last is None or reference.start >= last.end or _share_words(last, reference):
            kept.append(reference)
    return kept


def _moved(reference: Reference, text: str, before: Callable[[int], int]) -> Reference:
    """Return a mention as it stands in the text with its hyphens."""
    start, end = before(reference.start), before(reference.end - 1) + 1
    return replace(reference, start=start, end=end, text=text[start:end])


def _share_words(last: Reference, reference: Reference) -> bool:
    same = (last.start, last.end, last.form) == (reference.start, reference.end, reference.form)
    return same and reference.form == "number" and last.id < reference.id
