"""Sets of ILO instruments that agreements cite together, and what such a citation stood for at the time.

The sets are in ``knowledge/sets.toml``: their members by period (with sources) and the phrases that mean them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analyzer.citations import FOLDER, LANGUAGES, TYPES, Citations, load_citations, string_list
from analyzer.errors import KnowledgeError
from analyzer.lexicon import fold
from analyzer.parties import earlier, is_date
from analyzer.titles import name_pattern, one_of

BEFORE, AFTER = 90, 130
"""Characters around the characteristic word of a phrase within which the whole phrase lies."""
_GAP = 60
_BLANK, _BLANK_OR_NONE = r"[^\w.;:]{1,6}", r"[^\w.;:]{0,6}(?<!\w)"
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
        folder: A folder with the same files as ``analyzer/knowledge/``; that one if none is given.

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


@dataclass(frozen=True, slots=True)
class Mention:
    """A set that a text cites, where, and whether the words themselves say that it is one of the ILO's."""

    set: InstrumentSet
    start: int
    end: int
    count: int | None
    certain: bool


class SetFinder:
    """Finds the mentions of sets in folded text.

    Args:
        known: Names of the ILO and spelling pairs.
        languages: Languages of the phrases.
    """

    def __init__(self, known: Citations, languages: Sequence[str]) -> None:
        sets = load_sets()
        self.counts = sets.counts
        ilo = name_pattern({"": known.names["ilo"]})
        self._ilo = rf"(?:(?:of|by|de|del|por|par)\s++(?:(?:the|la|el|l)\W?\s*+)?)?{ilo}(?:\W?s(?!\w))?"
        self._negation = rf"(?:{'|'.join(re.escape(fold(word)) for word in sets.negations)})(?!\w)"
        self._spelling = known.spelling
        self._sets = sets.sets
        self._heads: dict[str, list[list[list[str]]]] = {}
        patterns = []
        for one in sets.sets.values():
            phrases = [phrase for language in languages for phrase in one.phrases[language]]
            patterns.append(rf"(?P<{one.id}>{'|'.join(map(self._pattern, phrases))})")
            for phrase in phrases:
                heads, *others = self._needed(phrase)
                for head in heads:
                    if others not in self._heads.setdefault(head, []):
                        self._heads[head].append(others)
        spelt = [*sets.counts, *(str(number) for number in sets.counts.values() if number > 4)]
        count = "|".join(map(re.escape, sorted(spelt, key=lambda word: -len(word))))
        self._count = re.compile(rf"(?P<count>{count})(?!\w)")
        self._phrase = re.compile(rf"(?<!\w)(?:(?:{count})\s++)?(?:{'|'.join(patterns)})(?!\w)")
        self._certain = re.compile(rf"{ilo}|{one_of(known.labour)}")

    def find(self, folded: str) -> Iterator[Mention]:
        """Yield the mentions in order; they do not overlap."""
        for start, end in self._windows(folded):
            for found in self._phrase.finditer(folded, start, end):
                counted = self._count.match(found.group())
                count = self.counts.get(counted[0]) or int(counted[0]) if counted else None
                certain = self._certain.search(found.group()) is not None
                yield Mention(self._sets[found.lastgroup or ""], *found.span(), count, certain)

    def _windows(self, folded: str) -> list[tuple[int, int]]:
        """Return the stretches around the longest word of a phrase that hold its other words too."""
        places = []
        for head, phrases in self._heads.items():
            at = folded.find(head)
            while at >= 0:
                near = folded[max(0, at - BEFORE) : at + AFTER]
                if any(all(any(word in near for word in words) for words in phrase) for phrase in phrases):
                    places.append(at)
                at = folded.find(head, at + len(head))
        merged: list[tuple[int, int]] = []
        for at in sorted(places):
            start, end = max(0, at - BEFORE), at + AFTER
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], end
            else:
                merged.append((start, end))
        return merged

    def _pattern(self, phrase: str) -> str:
        """Return the pattern of a phrase (its syntax is explained in ``sets.toml``)."""
        parts, before = [], ""
        for token in phrase.split():
            if token == "…":
                parts.append(rf"(?:(?!(?<!\w){self._negation})[^.;:]){{0,{_GAP}}}?")
                before = _BLANK_OR_NONE
                continue
            words = token.strip("[]").split("|")
            spelt = self._ilo if words == ["ILO"] else f"(?:{'|'.join(map(self._word, words))})"
            if not token.startswith("["):
                parts.append(before + spelt)
            else:
                parts.append(f"(?:{before}{spelt})?" if before else f"(?:{spelt}{_BLANK})?")
                before = before or _BLANK_OR_NONE
            if not token.startswith("[") or before != _BLANK_OR_NONE:
                before = _BLANK
        return "".join(parts)

    def _word(self, word: str) -> str:
        folded = re.escape(fold(word))
        for one, other in self._spelling:
            folded = folded.replace(other, one).replace(one, f"(?:{one}|{other})")
        return folded

    def _needed(self, phrase: str) -> list[list[str]]:
        """Return, longest first, the words of a phrase of which one each is in every text that has the phrase."""
        needed = [
            token.split("|") for token in phrase.split() if not token.startswith("[") and token not in ("…", "ILO")
        ]
        needed.sort(key=lambda words: -min(map(len, words)))
        return [[spelt for word in words for spelt in self._spellings(fold(word))] for words in needed]

    def _spellings(self, word: str) -> list[str]:
        for one, other in self._spelling:
            if one in word or other in word:
                return [word.replace(other, one), word.replace(other, one).replace(one, other)]
        return [word]
