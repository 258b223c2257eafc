"""Sets of ILO instruments that agreements cite together, with their members by period (``sets.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analyzer.errors import KnowledgeError
from analyzer.knowledge.instruments import FOLDER, LANGUAGES, TYPES, load_citations, string_list
from analyzer.knowledge.states import earlier, is_date
from analyzer.text.fold import fold

_KEYS = {"title", "type", "note", "own", "periods", *LANGUAGES}


@dataclass(frozen=True, slots=True)
class Period:
    """What a set stood for from one day to another (``until`` empty: until today)."""

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
        note: Why it is no fixed list; empty where it is one.
        own: Whether each party has a list of its own, of what it has ratified.
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
        """Return the members at a date (today if none is given), and what a reader must know about them.

        Args:
            date: ISO 8601 date of the agreement.
            count: How many the text says they are; this decides where it fits the set at another time only.
        """
        if not self.periods:
            return (), (self.note,)
        current = self.periods[-1] if date is None else self._period(date)
        if count is not None:
            fitting = [one for one in self.periods if count in (len(one.members), len(_conventions(one.members)))]
            if current not in fitting and fitting:
                chosen = fitting[-1]
                until = f", which they were until {chosen.until}" if chosen.until else f", as since {chosen.since}"
                return _counted(chosen.members, count), (f"the text counts {count}{until}",) if date else ()
            if current in fitting and current is not None:
                return _counted(current.members, count), ()
        if current is None:
            return (), (f"the set was not fixed before {self.periods[0].since}",)
        said = [f"the text counts {count}; the set has {len(current.members)}"] if count is not None else []
        if date is None and len(self.periods) > 1:
            said.append(f"date of the agreement not known: members as since {current.since}")
        return current.members, tuple(said)

    def _period(self, date: str) -> Period | None:
        begun = [one for one in self.periods if earlier(one.since, date) is not False]
        return begun[-1] if begun else None


def _conventions(members: Sequence[str]) -> tuple[str, ...]:
    return tuple(id for id in members if id.startswith("C"))


def _counted(members: tuple[str, ...], count: int) -> tuple[str, ...]:
    return members if len(members) == count else _conventions(members)


@dataclass(frozen=True, slots=True)
class Sets:
    """The sets, the words that count them, and the words by which a phrase means the opposite."""

    sets: Mapping[str, InstrumentSet]
    counts: Mapping[str, int]
    negations: tuple[str, ...]


@cache
def load_sets(folder: Path | None = None) -> Sets:
    """Read and check ``sets.toml``.

    Args:
        folder: A folder with the same files as ``analyzer/knowledge/data/``; that one if none is given.

    Raises:
        KnowledgeError: It is missing or wrong; the message names the key and the reason.
    """
    file = (folder or FOLDER) / "sets.toml"
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(str(error), file=file) from error
    counts = {}
    for entry in string_list(file, "counts", written.pop("counts", None)):
        word, _, number = entry.partition(" = ")
        if not number.isdecimal():
            raise KnowledgeError(f"[counts] {entry!r} is not 'word = number'", file=file)
        counts[fold(word)] = int(number)
    negations = string_list(file, "negations", written.pop("negations", None))
    return Sets({id: _set(file, id, entry) for id, entry in written.items()}, counts, negations)


def _set(file: Path, id: str, entry: Any) -> InstrumentSet:
    if not isinstance(entry, dict) or set(entry) != _KEYS or not entry["title"]:
        raise KnowledgeError(f"[{id}] must have the keys {', '.join(sorted(_KEYS))}", file=file)
    if entry["type"] not in ("", *TYPES):
        raise KnowledgeError(f"[{id}] type must be one of {', '.join(TYPES)}, or empty", file=file)
    if bool(entry["periods"]) == bool(entry["note"]):
        raise KnowledgeError(f"[{id}] needs either periods or a note why there are none", file=file)
    periods = []
    instruments = load_citations().instruments
    for period in entry["periods"]:
        since, until, members = period if isinstance(period, list) and len(period) == 3 else ("", "", "")
        ids = tuple(str(members).split())
        if not is_date(since) or (until and not is_date(until)) or not ids or not all(id in instruments for id in ids):
            raise KnowledgeError(f"[{id}.periods] {period!r} is not first day, last day and known ids", file=file)
        periods.append(Period(since, until, ids))
    phrases = {language: string_list(file, f"{id}.{language}", entry[language]) for language in LANGUAGES}
    return InstrumentSet(
        id, entry["title"], entry["type"], entry["note"], entry["own"] is True, tuple(periods), phrases
    )
