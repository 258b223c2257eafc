"""Sets of ILO instruments that agreements cite together, with their members by period (``sets.toml``)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.knowledge.overlay import Entry
from analyzer.knowledge.states import earlier, is_date
from analyzer.text.fold import fold
from analyzer.types import LANGUAGES

if TYPE_CHECKING:
    from analyzer.knowledge.schema_facts import SetEntry, SetTables


@dataclass(frozen=True, slots=True)
class Period:
    """The members of a set from one day to another (``until`` empty: until today)."""

    since: str
    until: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InstrumentSet:
    """A set of instruments that is cited as a whole.

    Attributes:
        id: ``FUNDAMENTAL`` and so on.
        title: Its name, in English.
        type: ``fundamental`` or ``governance``, or empty.
        note: Why it has no fixed list of members; empty if it has one.
        own: Whether the members differ by party, being the instruments that each has ratified.
        periods: Its members by time.
        phrases: By language, the phrases that mean it.
    """

    id: str
    title: str
    type: str
    note: str
    own: bool
    periods: tuple[Period, ...]
    phrases: Mapping[str, tuple[str, ...]]

    def at(self, date: str | None, count: int | None = None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the members at a date (today if none is given), and warnings about them.

        Args:
            date: ISO 8601 date of the agreement.
            count: Number of members according to the text; it prevails if it fits the set only at another time.
        """
        if not self.periods:
            return (), (self.note,)
        current = self.periods[-1] if date is None else self._period(date)
        if count is not None:
            fitting = [
                period for period in self.periods if count in (len(period.members), len(_conventions(period.members)))
            ]
            if current not in fitting and fitting:
                chosen = fitting[-1]
                until = f", which they were until {chosen.until}" if chosen.until else f", as since {chosen.since}"
                return _counted(chosen.members, count), (f"the text counts {count}{until}",) if date else ()
            if current in fitting and current is not None:
                return _counted(current.members, count), ()
        if current is None:
            return (), (f"the set was not fixed before {self.periods[0].since}",)
        warnings = [f"the text counts {count}; the set has {len(current.members)}"] if count is not None else []
        if date is None and len(self.periods) > 1:
            warnings.append(f"date of the agreement not known: members as since {current.since}")
        return current.members, tuple(warnings)

    def _period(self, date: str) -> Period | None:
        begun = [period for period in self.periods if earlier(period.since, date) is not False]
        return begun[-1] if begun else None


def _conventions(members: Sequence[str]) -> tuple[str, ...]:
    return tuple(id for id in members if id.startswith("C"))


def _counted(members: tuple[str, ...], count: int) -> tuple[str, ...]:
    return members if len(members) == count else _conventions(members)


@dataclass(frozen=True, slots=True)
class Sets:
    """The sets of instruments.

    Attributes:
        by_id: The sets.
        counts: The words that count them.
        negations: The words by which a phrase means the opposite.
        treaty_words: Folded words by which a phrase means Conventions, and not only the standards behind them.
    """

    by_id: Mapping[str, InstrumentSet]
    counts: Mapping[str, int]
    negations: tuple[str, ...]
    treaty_words: frozenset[str] = frozenset()

    def names_treaties(self, phrase: str) -> bool:
        """Return whether a mention of a set means its Conventions: "core labour standards" does not."""
        return not self.treaty_words.isdisjoint(re.findall(r"\w+", fold(phrase)))


def make_sets(entries: Mapping[str, Entry[SetEntry]], tables: SetTables, instruments: Collection[str]) -> Sets:
    """Return the sets.

    Args:
        entries: The sets of ``sets.toml``.
        tables: Its other keys.
        instruments: The ids of all instruments.

    Raises:
        KnowledgeError: The id of a set cannot be used, or a period is wrong.
    """
    counts = {}
    for written in tables.counts:
        word, _, number = written.partition(" = ")
        counts[fold(word)] = int(number)
    return Sets(
        {id: _set(entry, instruments) for id, entry in entries.items()},
        counts,
        tuple(tables.negations),
        frozenset(map(fold, tables.treaty_words)),
    )


def _set(entry: Entry[SetEntry], instruments: Collection[str]) -> InstrumentSet:
    if not (entry.id.isidentifier() and entry.id.isupper()):
        raise entry.error("the id of a set must be in capitals, without blanks")
    written = entry.value
    periods = []
    for since, until, members in written.periods:
        ids = tuple(members.split())
        if not is_date(since) or (until and not is_date(until)) or not ids or not all(id in instruments for id in ids):
            period = [since, until, members]
            raise entry.error(f"periods: {period!r} is not first day, last day and known ids")
        periods.append(Period(since, until, ids))
    phrases: dict[str, tuple[str, ...]] = {language: tuple(written.of(language)) for language in LANGUAGES}
    return InstrumentSet(entry.id, written.title, written.type, written.note, written.own, tuple(periods), phrases)
