"""The parties of an agreement: from the list at the head of its preamble, its title, its block of signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from analyzer.knowledge import Knowledge
from analyzer.knowledge.states import Group, States, members_at
from analyzer.read.about.countries import Named, find_countries
from analyzer.text.fold import fold

HEAD = 40_000
"""Characters at the beginning of a text in which the list of the parties ends; the Lomé Conventions name each
plenipotentiary of some fifty States with all titles."""
TAIL = 20_000
"""Characters behind "In witness whereof" in which all signatures stand."""
SIGNATURE = 160
"""Characters behind "For" in which the party stands for which somebody signs, in two columns too."""
GAP = 800
"""So far apart stand two signatures at most."""
OPENING = 8_000
"""Characters of the first articles that may say between whom the agreement is, where there is no preamble."""
LEAD = 60
"""Characters before the first party in which the noun before "between" stands."""
NAMED_MEMBERS = 2
NAMED_SHARE = 0.25
"""A group is not expanded where so many of its members, or this share of them, are named one by one."""


def parties_of(text: str, title: str, signed: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the parties as ISO 3166-1 alpha-3 codes, in order of the alphabet; empty where fewer than two are found.

    Args:
        text: The agreement.
        title: Its title.
        signed: The day of signature, of any precision, at which groups are expanded into their members. Without it a
            group stands for itself.
        knowledge: The names of States, and the words around them.
    """
    states, words = knowledge.states, knowledge.metadata
    at_the_head = _at_the_head(text, knowledge)
    others: tuple[Callable[[], list[Named]], ...] = (  # asked in turn until one tells
        lambda: find_countries(title, states.names),
        lambda: _in_signatures(text, knowledge),
        lambda: _between(text, knowledge),
    )
    for named in chain([at_the_head], (find() for find in others)):
        codes = list(dict.fromkeys(one.code for one in named))
        if len(codes) > 1:
            return tuple(sorted(_expand(codes, signed, states)))
    alone = {one.code for one in at_the_head}
    if len(alone) == 1 and alone <= states.groups.keys() and words.members.search(fold(text[:HEAD])):
        return tuple(sorted(_expand(list(alone), signed, states)))
    return ()


@lru_cache(maxsize=1)
def head_end(text: str, knowledge: Knowledge) -> int:
    """Return where the beginning of a text ends: the title page and the list of the parties, before the first recital.

    A table of contents, which names the first article too, belongs to it if a preamble follows.
    """
    folded = fold(text[:HEAD])
    words = knowledge.metadata
    first = [match.start() for match in words.first_article.finditer(folded)][:3]
    preamble = words.preamble.search(folded)
    start = preamble.end() if preamble else 0
    limit = next((place for place in first if place > start), len(folded))
    codes: set[str] = set()
    for named in find_countries(text, knowledge.states.names, start, limit):
        codes.add(named.code)
        if len(codes) > 1:
            cuts = (pattern.search(folded, named.end, limit) for pattern in (words.agreed, words.recital))
            return min((match.start() for match in cuts if match), default=limit)
    return limit


def _at_the_head(text: str, knowledge: Knowledge) -> list[Named]:
    return find_countries(text, knowledge.states.names, 0, head_end(text, knowledge))


def _in_signatures(text: str, knowledge: Knowledge) -> list[Named]:
    folded = fold(text)
    words = knowledge.metadata
    ends = [match.end() for match in words.witness.find(folded)] or [
        match.end() for match in words.done.find(folded) if text[match.start()].isupper()
    ]
    for start in reversed(ends):
        named: list[Named] = []
        last = start
        for match in words.signed_for.finditer(folded, start, start + TAIL):
            if match.start() > last + GAP:
                break
            last = match.end()
            named += find_countries(text, knowledge.states.names, match.end(), match.end() + SIGNATURE)
        if named:
            return named
    return []


def _between(text: str, knowledge: Knowledge) -> list[Named]:
    """Return who the first articles say the agreement is between ("a free-trade area between A and B")."""
    opening = text[:OPENING]
    named = find_countries(opening, knowledge.states.names)
    words, folded = knowledge.metadata, fold(opening)
    for first, second in pairwise(named):
        is_introduced = words.area_between.search(folded, max(0, first.start - LEAD), first.start)
        if is_introduced and words.and_party.fullmatch(folded, first.end, second.start):
            return [first, second]
    return []


def _expand(codes: Sequence[str], signed: str, known: States) -> Iterator[str]:
    """Yield the States behind some codes; a group whose members are named one by one adds nothing."""
    groups = known.groups
    states = {code for code in codes if code not in groups}
    found = set(states)
    for code in codes:
        if code in groups:
            members = _members(groups[code], signed)
            own = len(states & members)
            if own < NAMED_MEMBERS and own < NAMED_SHARE * len(members):
                found |= members if signed else {code}
    yield from found


def _members(group: Group, signed: str) -> set[str]:
    """Return the members of a group on a day, or all it ever had."""
    return set(members_at(group, signed)) if signed else {state for state, *_ in group.members}
