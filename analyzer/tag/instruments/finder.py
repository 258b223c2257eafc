"""The search for citations in one or more languages, and the precedence of the kinds of mention."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from analyzer.knowledge import Knowledge
from analyzer.tag.instruments.by_number import ByNumber
from analyzer.tag.instruments.by_title import ByTitle
from analyzer.tag.instruments.codes import ShortCodes
from analyzer.tag.instruments.context import Context
from analyzer.tag.instruments.lone_numbers import LoneNumbers
from analyzer.tag.instruments.patterns import Patterns
from analyzer.tag.instruments.repairs import Repairs
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
        self._repairs = Repairs(knowledge, languages)
        self._patterns = Patterns(knowledge, languages)
        self._terms = Terms(knowledge, languages, self._patterns.titles)

    def find(self, text: str, date: str | None) -> list[Reference]:
        """Return the mentions of a text in order, with their warnings."""
        plain, before = self._repairs.repair(text)
        references = self._find(plain, date)
        if plain != text:
            references = [_moved(reference, text, before) for reference in references]
        return with_warnings(references, self._patterns.instruments, date)

    def _find(self, text: str, date: str | None) -> list[Reference]:
        context = Context(self._patterns, text, date)
        by_title, by_number = ByTitle(context), ByNumber(context)
        titles = list(by_title.titles())
        numbers = list(by_number.numbers(titles))
        numbers += ShortCodes(context).codes({reference.id for reference in (*titles, *numbers)})
        declarations = [*by_title.literals(), *by_title.dated_declarations()]
        references = joined(text, without_overlaps([*titles, *declarations, *numbers]))
        references = without_overlaps([*references, *by_title.further_declarations(references)])
        references = without_overlaps([*references, *LoneNumbers(context).numbers(references)])
        references = without_overlaps([*references, *by_title.protocols(references)])
        sets = list(by_title.sets())
        terms = self._terms.defined_in(context, _with_sets(references, sets))
        if terms:
            # At the same offset a defined term outranks a title of the same length; a longer title outranks the term.
            references = without_overlaps([*self._terms.used_in(context, terms), *references])
        return _with_sets(references, sets)


def without_overlaps(references: Iterable[Reference]) -> list[Reference]:
    """Return the mentions that begin first, the longest of these, without those that overlap them.

    The sort is stable, so of equal mentions the first given is kept. Only the instruments of a range share their words:
    "to" in "Nos. 163 to 166" stands for Nos. 164 and 165.
    """
    kept: list[Reference] = []
    for reference in sorted(references, key=lambda mention: (mention.start, -mention.end)):
        last = kept[-1] if kept else None
        if last is None or reference.start >= last.end or _share_words(last, reference):
            kept.append(reference)
    return kept


def _with_sets(references: list[Reference], sets: Sequence[Reference]) -> list[Reference]:
    """Return all mentions with those of sets, except sets whose words name single instruments."""
    free = []
    for mention in sets:
        before = bisect_right(references, mention.end - 1, key=lambda other: other.start) - 1
        if before < 0 or references[before].end <= mention.start:
            free.append(mention)
    return sorted([*references, *free], key=lambda mention: mention.start)


def _moved(reference: Reference, text: str, before: Callable[[int], int]) -> Reference:
    """Return a mention with its offsets and words in the text before the repairs."""
    start, end = before(reference.start), before(reference.end - 1) + 1
    return replace(reference, start=start, end=end, text=text[start:end])


def _share_words(last: Reference, reference: Reference) -> bool:
    same = (last.start, last.end, last.form) == (reference.start, reference.end, reference.form)
    return same and reference.form == "number" and last.id < reference.id
