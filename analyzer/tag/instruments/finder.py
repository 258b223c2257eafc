"""The search for citations: patterns of one or more languages, and the order in which the kinds of mention count."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from analyzer.knowledge import Knowledge
from analyzer.tag.instruments.by_number import ByNumber
from analyzer.tag.instruments.by_title import ByTitle
from analyzer.tag.instruments.context import Context
from analyzer.tag.instruments.hyphens import unhyphenated
from analyzer.tag.instruments.patterns import Patterns
from analyzer.tag.instruments.terms import Terms
from analyzer.tag.instruments.warnings import joined, with_warnings
from analyzer.types import Reference


class Finder:
    """Finds the citations of a text in some languages.

    Args:
        knowledge: The instruments and the words of citations.
        languages: Languages of the titles.
    """

    def __init__(self, knowledge: Knowledge, languages: Sequence[str]) -> None:
        self._patterns = Patterns(knowledge, languages)
        self._terms = Terms(knowledge, languages, self._patterns.titles)

    def find(self, text: str, date: str | None) -> list[Reference]:
        """Return the mentions of a text in order, with what must be known about them."""
        plain, before = unhyphenated(text)
        found = self._find(plain, date)
        if plain is not text:
            found = [_moved(one, text, before) for one in found]
        return with_warnings(found, self._patterns.instruments, date)

    def _find(self, text: str, date: str | None) -> list[Reference]:
        context = Context(self._patterns, text, date)
        by_title, by_number = ByTitle(context), ByNumber(context)
        titles = list(by_title.titles())
        numbers = [*by_number.numbers(titles), *by_number.short_codes()]
        found = joined(text, without_overlaps([*titles, *by_title.literals(), *numbers]))
        found = without_overlaps([*found, *by_title.protocols(found)])
        terms = self._terms.defined_in(context, found)
        if terms:
            # At the same place a defined term counts before a title of the same length, a longer title before it.
            found = without_overlaps([*self._terms.used_in(context, terms), *found])
        return _with_sets(found, list(by_title.sets()))


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


def _with_sets(found: list[Reference], sets: Sequence[Reference]) -> list[Reference]:
    """Add the mentions of sets; where their words name instruments one by one, those alone count."""
    free = []
    for one in sets:
        before = bisect_right(found, one.end - 1, key=lambda other: other.start) - 1
        if before < 0 or found[before].end <= one.start:
            free.append(one)
    return sorted([*found, *free], key=lambda one: one.start)


def _moved(reference: Reference, text: str, before: Callable[[int], int]) -> Reference:
    """Return a mention as it stands in the text with its hyphens."""
    start, end = before(reference.start), before(reference.end - 1) + 1
    return replace(reference, start=start, end=end, text=text[start:end])


def _share_words(last: Reference, reference: Reference) -> bool:
    same = (last.start, last.end, last.form) == (reference.start, reference.end, reference.form)
    return same and reference.form == "number" and last.id < reference.id
