"""States and territories, and the groups of States that conclude agreements together.

The facts are in ``states.csv`` (States and territories, former ones too, with all names used in texts) and
``groups.toml`` (groups with their members by period; sources there).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.errors import AnalyzerError
from analyzer.knowledge.names import NameTree
from analyzer.knowledge.overlay import Entry
from analyzer.text.fold import fold

if TYPE_CHECKING:
    from analyzer.knowledge.schema_facts import GroupEntry, StateRow

_ISO3 = re.compile(r"[A-Z]{3}")
_PARTIAL_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Group:
    """A group of States.

    Attributes:
        code: Its code (``EU``).
        name: Its name.
        aliases: Other names.
        source: Source of the membership.
        members: State, first day and last day (empty: still a member), as dates of any precision.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    source: str
    members: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Party:
    """A State that is bound by an agreement.

    Attributes:
        code: ISO 3166-1 alpha-3, or the unknown code as it was given.
        name: The ILO's short name; for a State that is not a member, the code.
        group: Code of the group through which it is a party, or empty.
        member: Whether it is a member State of the ILO; others cannot ratify its Conventions.
    """

    code: str
    name: str
    group: str
    member: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A State or territory, as lists and maps show it.

    Attributes:
        name: The ILO's short name for its member States.
        number: ISO 3166-1 numeric code, by which maps know it; empty if it has none.
        region: The ILO's region.
    """

    name: str
    number: str
    region: str


@dataclass(frozen=True, eq=False, slots=True)
class States:
    """The States and groups of States that can be parties.

    Attributes:
        members: The member States of the ILO: their names by code (ISO 3166-1 alpha-3).
        places: All States and territories by code.
        groups: The groups, by code.
        codes: The code of a State, territory or group by each of its folded names.
        names: All names of States, territories and groups that are recognised in texts.
    """

    members: Mapping[str, str]
    places: Mapping[str, Place]
    groups: Mapping[str, Group]
    codes: Mapping[str, str]
    names: NameTree

    def code_of(self, written: str) -> str:
        """Return the code of a State or group by its code or one of its names, in any spelling of case and accents.

        Raises:
            AnalyzerError: No State or group has that name.
        """
        code = self.codes.get(_key(written))
        if code is None:
            raise AnalyzerError(f"no State or group of States is known by the name {written!r}")
        return code

    def expand(self, codes: Sequence[str], date: str = "") -> list[Party]:
        """Return the States behind the parties of an agreement, each once, in order.

        Args:
            codes: Codes of States and groups; unknown ones stand for themselves.
            date: ISO 8601 date at which groups are expanded; today's members if empty.
        """
        parties: dict[str, Party] = {}
        for code in codes:
            if code in self.groups:
                for state in members_at(self.groups[code], date):
                    parties.setdefault(state, self._party(state, code))
            else:
                parties[code] = self._party(code, "")
        return list(parties.values())

    def _party(self, code: str, group: str) -> Party:
        return Party(code, self.members.get(code, code), group, code in self.members)


def is_date(written: str) -> bool:
    """Return whether a text is an ISO 8601 date, a year and month, or a year."""
    return _PARTIAL_DATE.fullmatch(written) is not None


def earlier(first: str, second: str) -> bool | None:
    """Return whether the first date is not after the second.

    ``None`` if the precision of the dates does not decide ("2011" and "2011-05-01").
    """
    shared = min(len(first), len(second))
    if first[:shared] != second[:shared]:
        return first[:shared] < second[:shared]
    return True if len(first) == len(second) == 10 else None


def make_states(
    rows: Mapping[str, Entry[StateRow]],
    groups: Mapping[str, Entry[GroupEntry]],
    false_names: Iterable[Entry[str]],
) -> States:
    """Return the States and groups.

    Args:
        rows: Rows of ``states.csv``.
        groups: Tables of ``groups.toml``.
        false_names: Phrases that contain the name of a State without meaning it.

    Raises:
        KnowledgeError: A name belongs to two States or groups, or a group is wrong.
    """
    codes: dict[str, str] = {}
    known_groups: dict[str, Group] = {}
    tree = NameTree()
    for row in rows.values():
        state = row.value
        _learn(codes, state.iso3, state.iso3, row)
        for name in _listed(state.names):
            _learn(codes, name, state.iso3, row)
            tree.add(name, state.iso3, row)
    for entry in groups.values():
        known_groups[entry.id] = group = _group(entry, rows)
        for name in (group.name, *group.aliases, group.code):
            _learn(codes, name, group.code, entry)
            tree.add(name, group.code, entry)
    for phrase in false_names:
        tree.add(phrase.value, "", phrase)
    return States(
        members={code: row.value.name for code, row in rows.items() if row.value.ilo_member},
        places={code: Place(row.value.name, row.value.number, row.value.region) for code, row in rows.items()},
        groups=known_groups,
        codes=codes,
        names=tree,
    )


def members_at(group: Group, date: str = "") -> list[str]:
    """Return the members of a group on a day (today's if none is given).

    If the precision of the dates does not decide, a State counts as a member.
    """
    return list(
        dict.fromkeys(
            state
            for state, since, until in group.members
            if (not until if not date else earlier(since, date) is not False)
            and (not until or not date or earlier(date, until) is not False)
        )
    )


def _listed(cell: str) -> Iterator[str]:
    return (name.strip() for name in cell.split(";") if name.strip())


def _key(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", fold(name)).split())


def _learn(codes: dict[str, str], name: str, code: str, entry: Entry[StateRow] | Entry[GroupEntry]) -> None:
    if codes.setdefault(_key(name), code) != code:
        raise entry.error(f"the name {name!r} belongs to {codes[_key(name)]} already")


def _group(entry: Entry[GroupEntry], states: Mapping[str, object]) -> Group:
    if entry.id in states:
        raise entry.error("is the code of a State")
    periods = []
    for written in entry.value.members:
        state, *dates = written.split()
        if not _ISO3.fullmatch(state) or len(dates) not in (1, 2) or not all(map(is_date, dates)):
            raise entry.error(f"members: {written!r} is not 'ISO3 from' or 'ISO3 from to'")
        if dates[1:] and earlier(dates[0], dates[1]) is False:
            raise entry.error(f"members: {written!r} ends before it begins")
        periods.append((state, dates[0], dates[1] if dates[1:] else ""))
    return Group(entry.id, entry.value.name, tuple(entry.value.aliases), entry.value.source, tuple(periods))
