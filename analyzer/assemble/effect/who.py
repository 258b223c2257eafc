"""Who acts and towards whom: the subject and the objects of the verb that decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analyzer.assemble.verbs import Verb
from analyzer.knowledge.legal_effect import EffectWords
from analyzer.knowledge.states import States

NAMED = "named-party"
PARTIES = frozenset({"parties", "each-party", "a-party", NAMED})
"""Codes of actors that are Parties: "between the Parties" names no one else."""
SHORTEST_NAME = 4
"""Letters of the shortest name of a State that is looked for in small letters; ``US`` would be found in "us"."""
AGENT_WITHIN = 20
"""Characters between "by" and the one who acts: "by the competent committee"."""
_STOP = re.compile(r"[.;](?= |$)")


@dataclass(frozen=True, slots=True)
class Found:
    """Words in the plain words of a clause, with their code."""

    code: str
    start: int
    end: int
    party: str = ""


class PartyNames:
    """The names of the Parties of an agreement.

    Args:
        parties: Their codes.
        states: The names of States and groups.
    """

    def __init__(self, parties: tuple[str, ...], states: States) -> None:
        wanted = frozenset(parties)
        self._codes: Mapping[str, str] = {
            name: code for name, code in states.codes.items() if code in wanted and len(name) >= SHORTEST_NAME
        }
        names = "|".join(map(re.escape, sorted(self._codes, key=len, reverse=True)))
        self._pattern = re.compile(rf"(?<!\w)(?:(?:the|el|la|le|l') ?)?({names or '(?!)'})(?!\w)")

    def find(self, text: str, start: int, end: int) -> Iterator[Found]:
        """Yield the names between two places of a folded text."""
        for match in self._pattern.finditer(text, start, end):
            yield Found(NAMED, match.start(), match.end(), self._codes[match[1]])


def actor_of(text: str, verb: Verb, words: EffectWords, names: PartyNames) -> Found | None:
    """Return who acts: the subject of a verb, or the agent of a passive; ``None`` if the words do not say.

    The subject is the first of those named in the last phrase between commas that names any, phrases that open with a
    preposition or conjunction aside: "Unless the Parties agree otherwise, *the panel* established by the Parties
    shall", "*Each Party*, on request of another Party, shall".

    Args:
        text: The plain words of the clause, folded.
        verb: The verb.
        words: The words of their language.
        names: The names of the Parties.
    """
    if words.passives.match(text, verb.start):
        return _agent(text, verb, words, names)
    aside: Found | None = None
    end = verb.end
    for start in _phrases(text, verb.subject, verb.start):
        found = next(_actors(text, start, end, words, names), None)
        if found and not words.openings.match(text, start):
            return found
        aside = aside or found
        end = start
    return aside


def counterparts_of(
    text: str, verb: Verb | None, words: EffectWords, names: PartyNames, actor: Found | None
) -> list[Found]:
    """Return to or for whom: all who are named behind the verb (anywhere without one), each code once."""
    start = verb.end if verb else 0
    stop = _STOP.search(text, start)
    end = stop.start() if stop else len(text)
    found: dict[str, Found] = {}
    by_party = actor is not None and actor.code in PARTIES
    for match in words.counterparts.pattern.finditer(text, start, end):
        code = words.counterparts.code_of(match)
        inside = actor is not None and actor.start <= match.start() < actor.end
        if code and not inside and not (by_party and code == "parties"):
            found.setdefault(code, Found(code, match.start(), match.end()))
    if by_party and "other-party" not in found:
        for name in names.find(text, start, end):
            if actor is None or name.party != actor.party:
                found.setdefault(NAMED, name)
    return sorted(found.values(), key=lambda one: one.start)


def _phrases(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where the phrases between commas begin, the last one first."""
    while (comma := text.rfind(",", start, end)) >= 0:
        yield comma + 1
        end = comma
    yield start


def _actors(text: str, start: int, end: int, words: EffectWords, names: PartyNames) -> Iterator[Found]:
    by_code = (
        Found(code, match.start(), match.end())
        for match in words.actors.pattern.finditer(text, start, end)
        if (code := words.actors.code_of(match))
    )
    # A named Party before a general word: "Peru shall give the Party".
    yield from sorted([*by_code, *names.find(text, start, end)], key=lambda one: (one.start, one.code == NAMED))


def _agent(text: str, verb: Verb, words: EffectWords, names: PartyNames) -> Found | None:
    stop = _STOP.search(text, verb.end)
    end = stop.start() if stop else len(text)
    for match in words.agents.finditer(text, verb.end, end):
        found = next(_actors(text, match.end(), min(end, match.end() + AGENT_WITHIN + 40), words, names), None)
        if found and found.start - match.end() <= AGENT_WITHIN:
            return found
    return None
