"""The parties of an agreement as a map and a reader want them: every State, and the sides that concluded it.

Some sources name a group (``EU``), others list its members one by one. The map needs States; a reader wants "European
Union – Chile" and not twenty-eight names.
"""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.knowledge.states import States, members_at

LEAST_MEMBERS = 3
"""Fewest States that are put together under the name of their group."""


def states_of(parties: str, date: str, known: States) -> list[str]:
    """Return the States behind the parties, groups expanded at a date.

    Args:
        parties: Codes joined by ``;``, as in the column ``parties``.
        date: ISO 8601 date; empty where not known.
        known: The States and groups that there are.
    """
    return [party.code for party in known.expand([code for code in parties.split(";") if code], date)]


def sides_of(states: Sequence[str], date: str, known: States) -> list[list[str]]:
    """Put States together that make up a whole group: each side is a code and, for a group, its States.

    A group is recognised when all that were its members on that day are among the States. Later members that a source
    lists as well (as ToTA does for the European Union) go with it, unless nobody would be left on the other side.

    Args:
        states: Codes of States.
        date: ISO 8601 date; today's members if empty.
        known: The States and groups that there are.
    """
    groups = {}
    for code, group in known.groups.items():
        then = members_at(group, date)
        if len(then) >= LEAST_MEMBERS and set(then) <= set(states):
            groups[code] = then, [state for state, *_ in group.members]
    left = list(dict.fromkeys(states))
    sides = []
    for code, (then, ever) in sorted(groups.items(), key=lambda entry: -len(entry[1][0])):
        if not set(then) <= set(left):
            continue
        joined = [state for state in left if state in ever]
        if len(joined) == len(left) > len(then):
            joined = then
        sides.append([code, *joined])
        left = [state for state in left if state not in joined]
    return [*sides, *([state] for state in left)]
