"""Chapters: where the machinery of a clause is looked for, and where the general settlement of disputes stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from analyzer.assemble.effect.effects import exceptions_in
from analyzer.knowledge import Knowledge
from analyzer.knowledge.enforcement import Phrases
from analyzer.tag.facts import Reading
from analyzer.types import CONTAINERS, Clause, ask_below, nearest_of, subject_path

LEVELS = ("chapter", "annex"), ("title", "part"), ("section",)
"""Kinds of containers whose machinery is that of the clauses below; the nearest of the first of these counts."""

WHOLE = frozenset({"side agreement", "memorandum", "declaration", "joint statement"})
"""Kinds of documents whose machinery is that of all their clauses, wherever it stands."""
_SENTENCE = re.compile(r"[.;](?= |$)")


class Places:
    """The chapters of an agreement.

    Args:
        reading: The agreement.
        knowledge: The headings of the chapter on disputes, and the words of exceptions.
    """

    def __init__(self, reading: Reading, knowledge: Knowledge) -> None:
        self._reading = reading
        self._words = knowledge.enforcement
        self._expressions = knowledge.effect
        self._exceptions: dict[int, list[tuple[int, int]]] = {}
        self.clauses: Sequence[Clause] = reading.clauses

    def chapter(self, index: int) -> int | None:
        """Return the chapter of a clause, or the one that its annex serves; ``None`` where there are no chapters."""
        if self._reading.document.metadata.document_kind in WHOLE:
            return None
        return nearest_of(self.clauses, (index, *subject_path(self.clauses, index)), LEVELS)

    def holds(self, container: int, index: int) -> bool:
        """Return whether a clause is, lies in, or serves another."""
        return index == container or container in subject_path(self.clauses, index)

    def article(self, index: int) -> int:
        """Return the article of a clause; the clause itself outside of articles."""
        path = (index, *subject_path(self.clauses, index))
        return next((above for above in path if self.clauses[above].kind == "article"), index)

    @cached_property
    def disputes(self) -> tuple[int, ...]:
        """The clauses of the general chapter on disputes, or of the article where there is no such chapter."""
        headed = [
            index
            for index, clause in enumerate(self.clauses)
            if clause.kind in CONTAINERS and clause.location in ("body", "annex") and self._is_disputes(index)
        ]
        headed = [index for index in headed if self.clauses[index].location == "body"] or headed
        chapters = [index for index in headed if self.clauses[index].kind != "article"]
        return tuple(index for top in _outermost(self.clauses, chapters or headed) for index in self._below(top))

    def is_disputes(self, index: int) -> bool:
        """Return whether a clause is, or stands in, the general chapter on disputes."""
        return index in self._dispute_set

    @cached_property
    def _dispute_set(self) -> frozenset[int]:
        return frozenset(self.disputes)

    def _is_disputes(self, index: int) -> bool:
        return self.says(self._words.headings, index)

    def says(self, phrases: Phrases, index: int) -> bool:
        """Return whether phrases stand in the own words of a clause."""
        words = " ".join(self._reading.words(index).split())
        return phrases[self._reading.language_of(index)].search(words) is not None

    def says_with_leads(self, phrases: Phrases, index: int) -> bool:
        """Return whether phrases stand in the own words of a clause or of its lead-ins."""
        at: int | None = index
        while at is not None and self.clauses[at].kind not in CONTAINERS:
            if self.says(phrases, at):
                return True
            at = self.clauses[at].parent
        return False

    def goes_on(self, phrases: Phrases, index: int, offset: int) -> bool:
        """Return whether phrases stand behind an offset in the text, in the same sentence of a clause."""
        words = self._reading.words(index)[offset - self.clauses[index].start :]
        sentence = _SENTENCE.split(" ".join(words.split()), maxsplit=1)[0]
        return phrases[self._reading.language_of(index)].search(sentence) is not None

    def is_excepted(self, index: int, offset: int) -> bool:
        """Return whether an offset in the text lies in an exception that a clause makes."""
        if index not in self._exceptions:
            clause, document = self.clauses[index], self._reading.document
            expressions = self._expressions.of(document.language_at(clause.start))
            spans = exceptions_in(document.text[clause.start : clause.own_end], expressions)
            self._exceptions[index] = [(clause.start + start, clause.start + end) for start, end in spans]
        return any(start <= offset < end for start, end in self._exceptions[index])

    def _below(self, top: int) -> Iterator[int]:
        ask_below(self.clauses, top)
        end = self.clauses[top].end
        for index in range(top, len(self.clauses)):
            if self.clauses[index].start >= end:
                return
            yield index


def _outermost(clauses: Sequence[Clause], found: Sequence[int]) -> list[int]:
    """Return those of some clauses that none of the others holds."""
    ends: list[int] = []
    outer = []
    for index in found:
        if not ends or clauses[index].start >= ends[-1]:
            outer.append(index)
            ends.append(clauses[index].end)
    return outer
