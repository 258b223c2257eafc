"""The parties of an agreement, from the list at the head of its preamble, its title or its signature block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from analyzer.knowledge import Knowledge
from analyzer.knowledge.states import Group, States, members_at
from analyzer.read.about.countries import Named, find_countries
from analyzer.text.fold import fold

HEAD = 40_000
"""Characters at the beginning of a text that contain the list of parties; the Lomé Conventions name each
plenipotentiary of some fifty States with all titles."""
TAIL = 20_000
"""Characters after "In witness whereof" that contain all signatures."""
SIGNATURE = 160
"""Characters after "For" in which the signing party is named, in two columns too."""
GAP = 800
"""Maximum distance, in characters, between two signatures."""
OPENING = 8_000
"""Characters of the first articles that are searched for the parties if there is no preamble."""
LEAD = 60
"""Characters before the first party that are searched for the noun before "between"."""
NAMED_MEMBERS = 2
NAMED_SHARE = 0.25
"""A group is not expanded if at least this many of its members, or this share of them, are named individually."""


def parties_of(text: str, title: str, signed: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the parties as ISO 3166-1 alpha-3 codes, in alphabetical order; empty if fewer than two are found.

    Args:
        text: The agreement.
        title: Its title.
        signed: The day of signature, of any precision, at which groups are expanded into their members; if empty,
            groups are not expanded.
        knowledge: The names of States, and the words around them.
    """
    states, words = knowledge.states, knowledge.metadata
    at_the_head = _at_the_head(text, knowledge)
    others: tuple[Callable[[], list[Named]], ...] = (  # tried in turn until one finds two parties
        lambda: find_countries(title, states.names),
        lambda: _in_signatures(text, knowledge),
        lambda: _between(text, knowledge),
    )
    for named in chain([at_the_head], (find() for find in others)):
        codes = list(dict.fromkeys(party.code for party in named))
        if len(codes) > 1:
            return tuple(sorted(_expand(codes, signed, states)))
    alone = {party.code for party in at_the_head}
    if len(alone) == 1 and alone <= states.groups.keys() and words.members.search(fold(text[:HEAD])):
        return tuple(sorted(_expand(list(alone), signed, states)))
    return ()


@lru_cache(maxsize=1)
def head_end(text: str, knowledge: Knowledge) -> int:
    """Return the offset at which title page and list of parties end, before the first recital.

    A table of contents, which names the first article too, belongs to them if a preamble follows.
    """
    folded = fold(text[:HEAD])
    words = knowledge.metadata
    first = [match.start() for match in words.first_article.finditer(folded)][:3]
    preamble = words.preamble.search(folded)
    start = preamble.end() if preamble else 0
    limit = next((offset for offset in first if offset > start), len(folded))
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
    """Return the two parties named in the first articles ("a free-trade area between A and B")."""
    opening = text[:OPENING]
    named = find_countries(opening, knowledge.states.names)
    words, folded = knowledge.metadata, fold(opening)
    for first, second in pairwise(named):
        is_introduced = words.area_between.search(folded, max(0, first.start - LEAD), first.start)
        if is_introduced and words.and_party.fullmatch(folded, first.end, second.start):
            return [first, second]
    return []


def _expand(codes: Sequence[str], signed: str, registry: States) -> Iterator[str]:
    """Yield the States for some codes; a group whose members are named individually adds nothing."""
    groups = registry.groups
    states = {code for code in codes if code not in groups}
    expanded = set(states)
    for code in codes:
        if code in groups:
            members = _members(groups[code], signed)
            named_members = len(states & members)
            if named_members < NAMED_MEMBERS and named_members < NAMED_SHARE * len(members):
                expanded |= members if signed else {code}
    yield from expanded


def _members(group: Group, signed: str) -> set[str]:
    """Return the members of a group on a day; without a day, all members it ever had."""
    return set(members_at(group, signed)) if signed else {state for state, *_ in group.members}
