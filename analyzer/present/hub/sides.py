"""The parties of an agreement as the map and the reader need them: every State, and the sides that concluded it.

Some sources name a group (``EU``), others list its members one by one. The map needs States; a reader wants "European
Union – Chile" and not twenty-eight names.
"""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.knowledge.states import States, members_at

LEAST_MEMBERS = 3
"""Fewest States that are shown under the name of their group."""


def states_of(parties: str, date: str, known: States) -> list[str]:
    """Return the States behind the parties, groups expanded at a date.

    Args:
        parties: Codes joined by ``;``, as in the column ``parties``.
        date: ISO 8601 date; empty where not known.
        known: The States and groups of the knowledge.
    """
    return [party.code for party in known.expand([code for code in parties.split(";") if code], date)]


def sides_of(states: Sequence[str], date: str, known: States) -> list[list[str]]:
    """Return the sides of an agreement: each is the code of a State, or that of a group and the States in it.

    A group is recognised when all States that were its members on that day are among the parties. Later members that a
    source lists as well (as ToTA does for the European Union) join it, unless no State would be left on the other side.

    Args:
        states: Codes of States.
        date: ISO 8601 date; today's members if empty.
        known: The States and groups of the knowledge.
    """
    groups = {}
    for code, group in known.groups.items():
        members = members_at(group, date)
        if len(members) >= LEAST_MEMBERS and set(members) <= set(states):
            groups[code] = members, [state for state, *_ in group.members]
    left = list(dict.fromkeys(states))
    sides = []
    for code, (members, all_members) in sorted(groups.items(), key=lambda entry: -len(entry[1][0])):
        if not set(members) <= set(left):
            continue
        joined = [state for state in left if state in all_members]
        if len(joined) == len(left) > len(members):
            joined = members
        sides.append([code, *joined])
        left = [state for state in left if state not in joined]
    return [*sides, *([state] for state in left)]
