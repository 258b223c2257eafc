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
LONG_LINES = 1_000
"""Mean length of lines, in characters, from which the first article is looked for within a line too."""
OPENING = 8_000
"""Characters of the first articles that are searched for the parties if there is no preamble."""
MONEY = 40
"""Characters before and after a name in which money is looked for."""
PLACE = 60
"""Characters before a name in which "done at" and a town are looked for."""
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
    at_the_head = _as_in_title(at_the_head, find_countries(title, states.names), states)
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
    if not first and len(folded) > LONG_LINES * (folded.count("\n") + 1):
        inside = words.first_article_inside.search(folded, start)
        limit = inside.start() if inside else limit
    codes: set[str] = set()
    for named in find_countries(text, knowledge.states.names, start, limit):
        codes.add(named.code)
        if len(codes) > 1:
            patterns = (words.agreed, words.recital, words.reasons)
            cuts = [match.start() for pattern in patterns if (match := pattern.search(folded, named.end, limit))]
            return min([*cuts, *_first_infinitive(text, named.end, limit, knowledge)], default=limit)
    return limit


def _first_infinitive(text: str, start: int, end: int, knowledge: Knowledge) -> Iterator[int]:
    """Yield where the first recital with an infinitive in capitals begins, if there is one."""
    for match in knowledge.metadata.infinitive.finditer(text, start, end):
        if not find_countries(text, knowledge.states.names, match.start(1), match.end(1)):
            yield match.start(1)
            return


def _find_parties(text: str, knowledge: Knowledge, start: int, end: int) -> list[Named]:
    """Return the States and groups named in a stretch, but those that only say whose money or which town is meant."""
    before, after = knowledge.metadata.money
    place = knowledge.metadata.place
    return [
        named
        for named in find_countries(text, knowledge.states.names, start, end)
        if not before.search(fold(text[max(start, named.start - MONEY) : named.start]))
        and not place.search(fold(text[max(start, named.start - PLACE) : named.start]))
        and not after.match(fold(text[named.end : named.end + MONEY]))
    ]


def _at_the_head(text: str, knowledge: Knowledge) -> list[Named]:
    return _find_parties(text, knowledge, 0, head_end(text, knowledge))


def _as_in_title(named: list[Named], in_title: Sequence[Named], states: States) -> list[Named]:
    """Return the parties of the list without those that a title with two parties or more leaves no room for."""
    titled = {party.code for party in in_title}
    if len(titled) < 2 or not titled <= {party.code for party in named}:
        return named
    groups = [states.groups[code] for code in titled if code in states.groups]
    allowed = titled | {state for group in groups for state in _members(group, "")}
    return [party for party in named if party.code in allowed]


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
    """Return the two parties named in the first articles ("a free-trade area between A and B", "A and B establish")."""
    opening = text[:OPENING]
    named = _find_parties(opening, knowledge, 0, len(opening))
    words, folded = knowledge.metadata, fold(opening)
    for first, second in pairwise(named):
        is_introduced = words.area_between.search(folded, max(0, first.start - LEAD), first.start)
        is_introduced = is_introduced or words.founding.match(folded, second.end)
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
