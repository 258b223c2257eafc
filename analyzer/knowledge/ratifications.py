"""Who has ratified which ILO instrument, and when.

The facts are in ``knowledge/ratifications.csv``, and ``knowledge/ratifications.toml`` says as of which day and for
which instruments they are complete. Of an instrument that is not among those, nothing is known here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analyzer.errors import AnalyzerError, KnowledgeError
from analyzer.knowledge.instruments import FOLDER, load_citations, read_rows
from analyzer.knowledge.states import Party, earlier, expand, is_date, load_parties, party_code

COLUMNS = ("iso3", "instrument", "ratified", "denounced")


@dataclass(frozen=True, slots=True)
class Ratification:
    """Whether one State is bound by one instrument.

    Attributes:
        party: The State.
        instrument: Id of the instrument.
        ratified: When the ratification was registered (ISO 8601 date, or the year alone); empty: not ratified.
        denounced: When it was denounced, or empty.
        as_of: Day of the facts; empty where ratifications of the instrument are not known here.

    Examples:
        >>> from analyzer import ratifications
        >>> [fact] = ratifications("Canada", "C087")
        >>> fact.ratified, fact.now, fact.at("1960-01-01")
        ('1972', True, False)
    """

    party: Party
    instrument: str
    ratified: str
    denounced: str
    as_of: str

    @property
    def now(self) -> bool | None:
        """Whether the State had a ratification that it had not denounced on the day of the facts.

        ``None`` where that is not known: instruments without facts, and States that are no members of the ILO.
        """
        if not self.as_of or not self.party.member:
            return None
        return bool(self.ratified) and not self.denounced

    def at(self, date: str) -> bool | None:
        """Say whether the State had ratified by a day (ISO 8601); ``None`` where that cannot be told.

        It cannot where only the year of the ratification is known and is the year asked for.
        """
        if self.now is None or not date:
            return None
        if not self.ratified:
            return False
        before = earlier(self.ratified, date)
        if not before or not self.denounced:
            return before
        after = earlier(self.denounced, date)
        return None if after is None else not after


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Who ratified and denounced which instrument, and when.

    Attributes:
        source: Where the facts are from.
        as_of: The instruments whose ratifications are known, and as of which day.
        facts: By State and instrument, the dates of ratification and of denunciation (empty: none).
    """

    source: str
    as_of: Mapping[str, str]
    facts: Mapping[tuple[str, str], tuple[str, str]]


@cache
def load_ratifications(folder: Path | None = None) -> Snapshot:
    """Read and check the table of ratifications.

    Args:
        folder: A folder with the same files as ``analyzer/knowledge/data/``; that one if none is given.

    Raises:
        KnowledgeError: A file is missing or wrong; the message names file, row or key, and reason.
    """
    folder = folder or FOLDER
    file = folder / "ratifications.toml"
    try:
        about = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(str(error), file=file) from error
    if set(about) != {"as_of", "source"} or not isinstance(about["as_of"], dict):
        raise KnowledgeError("must have the keys source and as_of, the latter a table", file=file)
    covered: dict[str, str] = about["as_of"]
    instruments, states = load_citations().instruments, load_parties().states
    for id, date in covered.items():
        if id not in instruments or not isinstance(date, str) or not is_date(date):
            raise KnowledgeError(f"[as_of] {id} = {date!r} is not the id of an instrument and a date", file=file)
    file = folder / "ratifications.csv"
    facts: dict[tuple[str, str], tuple[str, str]] = {}
    for where, row in read_rows(file, COLUMNS):
        reason = _fault(
            row, states, covered, instruments[row["instrument"]].year if row["instrument"] in covered else 0
        )
        key = row["iso3"], row["instrument"]
        if reason or key in facts:
            raise KnowledgeError(f"[{where}] {reason or 'the same State and instrument again'}", file=file)
        facts[key] = row["ratified"], row["denounced"]
    return Snapshot(str(about["source"]), covered, facts)


def ratifications(party: str, instrument: str, *, date: str = "") -> tuple[Ratification, ...]:
    """Return whether a party has ratified an instrument.

    Args:
        party: Code or name of a State, or of a group, which is expanded to its members.
        instrument: Canonical id (``C087``).
        date: ISO 8601 date at which a group is expanded; today's members if empty.

    Returns:
        One entry per State.

    Raises:
        AnalyzerError: There is no such party or instrument.

    Examples:
        >>> from analyzer import ratifications
        >>> [(fact.party.code, fact.ratified) for fact in ratifications("Honduras", "C087")]
        [('HND', '1956')]
        >>> len(ratifications("EU", "C087", date="2012-06-29"))
        27
    """
    if instrument not in load_citations().instruments:
        raise AnalyzerError(f"there is no instrument {instrument!r}; ids are written like C087, P029 or R204")
    return tuple(ratification(state, instrument) for state in expand([party_code(party)], date))


def ratification(state: Party, instrument: str) -> Ratification:
    """Return whether a State has ratified an instrument."""
    known = load_ratifications()
    ratified, denounced = known.facts.get((state.code, instrument), ("", ""))
    return Ratification(state, instrument, ratified, denounced, known.as_of.get(instrument, ""))


def _fault(row: Mapping[str, str], states: Mapping[str, str], covered: Mapping[str, str], adopted: int) -> str:
    """Return what is wrong with a row, or nothing."""
    if row["iso3"] not in states:
        return f"{row['iso3']!r} is no member State of the ILO"
    if row["instrument"] not in covered:
        return f"{row['instrument']!r} is not among the instruments of ratifications.toml"
    if not is_date(row["ratified"]) or (row["denounced"] and not is_date(row["denounced"])):
        return "dates must be written like 2011, 2011-05 or 2011-05-01"
    if int(row["ratified"][:4]) < adopted:
        return f"ratified {row['ratified']}, before its adoption in {adopted}"
    if row["denounced"] and earlier(row["ratified"], row["denounced"]) is False:
        return "denounced before it was ratified"
    return ""
