"""Ratifications of ILO instruments.

The facts are in ``ratifications.csv``; ``ratifications.toml`` lists the instruments for which they are complete, and as
of which day. For other instruments, ratifications are not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.knowledge.files import FOLDER
from analyzer.knowledge.instruments import Instrument
from analyzer.knowledge.overlay import Entry, Tables
from analyzer.knowledge.states import Party, earlier

if TYPE_CHECKING:
    from analyzer.knowledge.schema_facts import RatificationRow, RatificationTables


@dataclass(frozen=True, slots=True)
class Ratification:
    """The standing of one State towards one instrument.

    Attributes:
        party: The State.
        instrument: Id of the instrument.
        ratified: When the ratification was registered (ISO 8601 date, or the year alone); empty: not ratified.
        denounced: When it was denounced, or empty.
        as_of: Day of the facts; empty if the ratifications of the instrument are not known.

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
        """True if the State had a ratification that it had not denounced on the day of the facts.

        ``None`` if that is not known: for instruments without facts, and States that are not members of the ILO.
        """
        if not self.as_of or not self.party.member:
            return None
        return bool(self.ratified) and not self.denounced

    def at(self, date: str) -> bool | None:
        """Return whether the State was bound by a ratification on a day (ISO 8601); ``None`` if that is not known.

        It is not known if only the year of the ratification is known and the day is in that year.
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
class Ratifications:
    """All ratifications and denunciations.

    Attributes:
        source: Source of the facts.
        as_of: The day of the facts, by instrument whose ratifications are known.
        facts: By State and instrument, the dates of ratification and of denunciation (empty: none).
    """

    source: str
    as_of: Mapping[str, str]
    facts: Mapping[tuple[str, str], tuple[str, str]]

    def of(self, state: Party, instrument: str) -> Ratification:
        """Return the facts about a State and an instrument."""
        ratified, denounced = self.facts.get((state.code, instrument), ("", ""))
        return Ratification(state, instrument, ratified, denounced, self.as_of.get(instrument, ""))


def make_ratifications(
    rows: Mapping[str, Entry[RatificationRow]],
    written: RatificationTables,
    tables: Tables,
    instruments: Mapping[str, Instrument],
    members: Mapping[str, str],
) -> Ratifications:
    """Return the ratifications.

    For an instrument in a user's ``ratifications.toml``, only the user's rows count.

    Args:
        rows: Rows of ``ratifications.csv``.
        written: Content of ``ratifications.toml``.
        tables: The same, with the file that each key comes from.
        instruments: The instruments by id.
        members: The member States of the ILO by code.

    Raises:
        KnowledgeError: An instrument or State is unknown, or dates cannot be right.
    """
    for id in written.as_of:
        if id not in instruments:
            file = tables.file_of(("as_of", id))
            raise Entry(id, "", file, "as_of").error(f"{id} is not the id of an instrument")
    given = {id for table, *ids in tables.origins if table == "as_of" for id in ids}
    facts = {}
    for entry in rows.values():
        row = entry.value
        if row.instrument in given and entry.file.parent == FOLDER:
            continue
        if reason := _fault(row, members, written.as_of, instruments):
            raise entry.error(reason)
        facts[row.iso3, row.instrument] = row.ratified, row.denounced
    return Ratifications(written.source, written.as_of, facts)


def _fault(
    row: RatificationRow, members: Mapping[str, str], as_of: Mapping[str, str], instruments: Mapping[str, Instrument]
) -> str:
    """Return what is wrong with a row; empty if nothing is."""
    if row.iso3 not in members:
        return f"{row.iso3!r} is no member State of the ILO"
    if row.instrument not in as_of:
        return f"{row.instrument!r} is not among the instruments of ratifications.toml"
    adopted = instruments[row.instrument].year
    if int(row.ratified[:4]) < adopted:
        return f"ratified {row.ratified}, before its adoption in {adopted}"
    if row.denounced and earlier(row.ratified, row.denounced) is False:
        return "denounced before it was ratified"
    return ""
