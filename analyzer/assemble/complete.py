"""Clauses that are needed besides those that may be about labour: asked for, cut, and then asked again.

References lead to paragraphs of other articles, machinery stands in the chapter on disputes, indicators ask for all
clauses of a chapter. Only then are these bodies cut; the provisions found before move to their places in the new
sequence of clauses.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from analyzer.assemble.connect import connect
from analyzer.assemble.cross_references.resolve import References
from analyzer.assemble.enforcement.place import Places
from analyzer.assemble.indicators import evaluate
from analyzer.assemble.labour_chapters import labour_chapters
from analyzer.knowledge import Knowledge
from analyzer.tag.facts import Reading
from analyzer.types import Clause, Clauses, IndicatorValue, Provision, ask_below, asked_of

Recut = Callable[[Collection[int | None]], Reading]
"""Reads the same agreement with the bodies of containers that were asked for."""


class Completion:
    """Connects the provisions of an agreement and evaluates its indicators, cutting what these ask for.

    Args:
        reading: The agreement.
        provisions: Its labour provisions, not connected yet.
        recut: What cuts more of it.
        knowledge: The words to go by.

    Attributes:
        reading: The agreement, as far as it is cut now.
        provisions: Its provisions.
    """

    def __init__(self, reading: Reading, provisions: Sequence[Provision], recut: Recut, knowledge: Knowledge) -> None:
        self.reading = reading
        self.provisions = tuple(provisions)
        self._recut = recut
        self._knowledge = knowledge

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that are cut now."""
        clauses = self.reading.clauses
        return clauses if isinstance(clauses, tuple) else tuple(clauses)

    def connect(self) -> None:
        """Say what each provision refers to and what enforces it."""
        if not self.provisions:
            return
        self._ask()
        self._cut()
        while True:
            connected = connect(self.reading, self.provisions, self._knowledge)
            if not self._cut():
                self.provisions = connected
                return

    def evaluate(self) -> Mapping[str, IndicatorValue]:
        """Return the values of the indicators."""
        while True:
            values = evaluate(self.reading, self.provisions, self._knowledge.indicators)
            if not self._cut():
                return values

    def _ask(self) -> None:
        """Ask for what will surely be needed, so that little is done twice."""
        reading = self.reading
        for chapter in labour_chapters(reading.clauses, self.provisions):
            ask_below(reading.clauses, chapter)
        if isinstance(reading.clauses, Clauses) and reading.clauses.uncut:
            _ = Places(reading, self._knowledge).disputes
            references = References(reading.document, reading.clauses, self._knowledge)
            for provision in self.provisions:
                references.of(provision.clause)

    def _cut(self) -> bool:
        """Cut what was asked for; return whether there was any."""
        clauses = self.reading.clauses
        asked = asked_of(clauses)
        if not asked:
            return False
        self.reading.forget()
        self.reading = self._recut(asked)
        self.provisions = moved(self.provisions, clauses, self.reading.clauses)
        return True


def moved(provisions: Sequence[Provision], before: Sequence[Clause], after: Sequence[Clause]) -> tuple[Provision, ...]:
    """Return provisions as they are in a sequence of clauses that has more of the same agreement."""
    places = _places(before, after)
    return tuple(
        replace(
            provision,
            clause=places[provision.clause],
            cross_references=tuple(
                replace(one, clause=places[one.clause], targets=tuple(places[target] for target in one.targets))
                for one in provision.cross_references
            ),
            enforcement=tuple(
                replace(one, clauses=tuple(places[index] for index in one.clauses)) for one in provision.enforcement
            ),
        )
        for provision in provisions
    )


def moved_values(
    values: Mapping[str, IndicatorValue], before: Sequence[Clause], after: Sequence[Clause]
) -> dict[str, IndicatorValue]:
    """Return the values of indicators with the clauses that justify them in such a sequence."""
    places = _places(before, after)
    return {
        id: replace(value, supports=tuple(replace(one, clause=places[one.clause]) for one in value.supports))
        for id, value in values.items()
    }


def _places(before: Sequence[Clause], after: Sequence[Clause]) -> list[int]:
    """Return where each clause of a sequence stands in another that has all of them."""
    place_of = {clause.clause_id: place for place, clause in enumerate(after)}
    return [place_of[clause.clause_id] for clause in before]
