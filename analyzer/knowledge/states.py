"""Parties of agreements: the member States of the ILO, and the groups of States that conclude agreements together.

The facts are in ``knowledge/members.csv`` (the ILO's member States and the names they go by) and
``knowledge/groups.toml`` (groups with their members by period; sources there).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analyzer.errors import AnalyzerError, KnowledgeError
from analyzer.knowledge.instruments import FOLDER, read_rows, string_list
from analyzer.text.fold import fold

MEMBER_COLUMNS = ("iso3", "name", "aliases")
_ISO3 = re.compile(r"[A-Z]{3}")
_PARTIAL_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Group:
    """A group of States.

    Attributes:
        code: Its code (``EU``).
        name: Its name.
        aliases: Other names.
        source: What the membership is taken from.
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
        name: The ILO's short name; the code where it is no member State.
        group: Code of the group through which it is a party, or empty.
        member: Whether it is a member State of the ILO; others cannot ratify its Conventions.
    """

    code: str
    name: str
    group: str
    member: bool


@dataclass(frozen=True, slots=True)
class Parties:
    """Who can be a party; ``codes`` gives the code of a State or group by each of its folded names."""

    states: Mapping[str, str]
    groups: Mapping[str, Group]
    codes: Mapping[str, str]


def is_date(written: str) -> bool:
    """Say whether a text is an ISO 8601 date, a year and month, or a year."""
    return _PARTIAL_DATE.fullmatch(written) is not None


def earlier(one: str, other: str) -> bool | None:
    """Say whether a date is not after another; ``None`` where one is too vague to tell ("2011" and "2011-05-01")."""
    shared = min(len(one), len(other))
    if one[:shared] != other[:shared]:
        return one[:shared] < other[:shared]
    return True if len(one) == len(other) == 10 else None


@cache
def load_parties(folder: Path | None = None) -> Parties:
    """Read and check the tables of States and groups.

    Args:
        folder: A folder with the same files as ``analyzer/knowledge/data/``; that one if none is given.

    Raises:
        KnowledgeError: A file is missing or wrong; the message names file, row or key, and reason.
    """
    folder = folder or FOLDER
    file = folder / "members.csv"
    states: dict[str, str] = {}
    codes: dict[str, str] = {}
    for where, row in read_rows(file, MEMBER_COLUMNS):
        if not _ISO3.fullmatch(row["iso3"]) or row["iso3"] in states or not row["name"]:
            raise KnowledgeError(f"[{where}] needs a code of three letters, given once, and a name", file=file)
        states[row["iso3"]] = row["name"]
        for name in (row["iso3"], row["name"], *filter(None, row["aliases"].split(";"))):
            _learn(codes, name, row["iso3"], file, where)
    file = folder / "groups.toml"
    groups = {}
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(str(error), file=file) from error
    for code, entry in written.items():
        groups[code] = group = _group(file, code, entry, states)
        for name in (code, group.name, *group.aliases):
            _learn(codes, name, code, file, code)
    return Parties(states, groups, codes)


def party_code(written: str) -> str:
    """Return the code of a State or group by its code or one of its names, in any spelling of case and accents.

    Raises:
        AnalyzerError: There is none of that name.
    """
    code = load_parties().codes.get(_key(written))
    if code is None:
        raise AnalyzerError(f"no State or group of States is known by the name {written!r}")
    return code


def expand(codes: Sequence[str], date: str = "") -> list[Party]:
    """Return the States behind the parties of an agreement, each once, in order.

    Args:
        codes: Codes of States and groups; unknown ones stand for themselves.
        date: ISO 8601 date at which groups are expanded; today's members if empty.
    """
    known = load_parties()
    found: dict[str, Party] = {}
    for code in codes:
        if code in known.groups:
            for state in members_at(known.groups[code], date):
                found.setdefault(state, Party(state, known.states.get(state, state), code, state in known.states))
        else:
            found[code] = Party(code, known.states.get(code, code), "", code in known.states)
    return list(found.values())


def members_at(group: Group, date: str = "") -> list[str]:
    """Return the members of a group on a day (today's if none is given); a vague first day counts as a member's."""
    return list(
        dict.fromkeys(
            state
            for state, since, until in group.members
            if (not until if not date else earlier(since, date) is not False)
            and (not until or not date or earlier(date, until) is not False)
        )
    )


def _key(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", fold(name)).split())


def _learn(codes: dict[str, str], name: str, code: str, file: Path, where: str) -> None:
    if codes.setdefault(_key(name), code) != code:
        raise KnowledgeError(f"[{where}] the name {name!r} belongs to {codes[_key(name)]} already", file=file)


def _group(file: Path, code: str, entry: object, states: Mapping[str, str]) -> Group:
    keys = {"name", "aliases", "source", "members"}
    if not isinstance(entry, dict) or set(entry) != keys or not entry["name"] or not entry["source"]:
        raise KnowledgeError(f"[{code}] must have the keys {', '.join(sorted(keys))}", file=file)
    if code in states:
        raise KnowledgeError(f"[{code}] is the code of a State", file=file)
    members = []
    for member in string_list(file, f"{code}.members", entry["members"]):
        state, *dates = member.split()
        if not _ISO3.fullmatch(state) or len(dates) not in (1, 2) or not all(map(is_date, dates)):
            raise KnowledgeError(f"[{code}.members] {member!r} is not 'ISO3 from' or 'ISO3 from to'", file=file)
        if dates[1:] and earlier(dates[0], dates[1]) is False:
            raise KnowledgeError(f"[{code}.members] {member!r} ends before it begins", file=file)
        members.append((state, dates[0], dates[1] if dates[1:] else ""))
    return Group(
        code, entry["name"], string_list(file, f"{code}.aliases", entry["aliases"]), entry["source"], tuple(members)
    )
