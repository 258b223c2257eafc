"""Families: clauses of several agreements in nearly the same words.

Clauses join a family in the order of their dates. The first clause of a wording leads a family; every later one joins
the family whose leader it is most like, or leads a new one. So a family keeps its clauses and its id when younger
agreements are added; an older agreement that has the wording too becomes its leader and gives it another id.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.knowledge.states import members_at
from analyzer.precedents.alike import Leaders, Shingles, shingles
from analyzer.precedents.vectors import WORD, supported
from analyzer.precedents.wording import Row, Wording, without_number, wordings
from analyzer.text.fold import fold

if TYPE_CHECKING:
    from analyzer.knowledge import Knowledge

LEAST = 0.5
"""Least share of words and pairs of words that a clause has in common with the leader of its family."""
SHORTEST_NAME = 4
"""Letters of the shortest name of a party that is not counted as a word."""
LONGEST_STEM = 5
"""Letters of the longest name whose last one its adjective keeps (*Chilean*, but *Mexican*)."""
PARTY = "party"
"""Stands for the name of a party."""
DIGITS = 10
"""Hexadecimal digits of an id."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the wordings of a family.

    Attributes:
        clauses: The clauses that have it, the oldest first.
        strength: The strength that most of them have.
    """

    clauses: tuple[Wording, ...]
    strength: str


@dataclass(frozen=True, slots=True)
class Step:
    """How a wording came into an agreement.

    Attributes:
        to: The agreement.
        source: The earliest agreement before it that has the wording and a party in common.
        through: Code of the party, or of a group to which all parties in common belong.
    """

    to: str
    source: str
    through: str


@dataclass(frozen=True, slots=True)
class Family:
    """Clauses of at least two agreements in nearly the same words.

    Attributes:
        id: Its id: language and a digest of the words of its first clause.
        clauses: Its clauses, the oldest first; those without a date last.
        variants: Its wordings, the most frequent first.
        steps: From which agreement to which it went.
    """

    id: str
    clauses: tuple[Wording, ...]
    variants: tuple[Variant, ...]
    steps: tuple[Step, ...]

    @property
    def typical(self) -> Wording:
        """The oldest clause in the most frequent wording."""
        return self.variants[0].clauses[0]

    @property
    def agreements(self) -> tuple[str, ...]:
        """The agreements that have it, the oldest first."""
        return tuple(dict.fromkeys(one.agreement_id for one in self.clauses))


def find_families(rows: Iterable[Row], knowledge: Knowledge) -> tuple[Family, ...]:
    """Return the families among provisions, those of most agreements first.

    Args:
        rows: Rows of ``provisions``, in any order.
        knowledge: The names of parties, and spellings.
    """
    found: list[Family] = []
    words = _Words(knowledge)
    clauses = wordings(rows)
    for language in dict.fromkeys(one.language for one in clauses):
        same = [one for one in clauses if one.language == language]
        for members in _grouped(same, words):
            if len({one.agreement_id for one, _ in members}) > 1:
                found.append(_family(members, knowledge))
    return tuple(sorted(found, key=lambda one: (-len(one.agreements), one.clauses[0].age, one.id)))


class _Words:
    """The words of clauses, the names of parties aside."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._patterns: dict[tuple[str, ...], re.Pattern[str]] = {}

    def of(self, clause: Wording) -> str:
        """Return the words of a clause, folded, one spelling for each, a blank between them."""
        text = fold(without_number(clause.text))
        language = supported(clause.language)
        for one, other in self._knowledge.languages[language].spelling if language else ():
            text = text.replace(fold(one), fold(other))
        return " ".join(WORD.findall(self._pattern(clause.parties).sub(PARTY, text)))

    def _pattern(self, parties: tuple[str, ...]) -> re.Pattern[str]:
        if parties not in self._patterns:
            codes = self._knowledge.states.codes
            names = [name for name, code in codes.items() if code in parties and len(name) >= SHORTEST_NAME]
            ordered = "|".join(_with_adjective(name) for name in sorted(names, key=lambda name: (-len(name), name)))
            self._patterns[parties] = re.compile(rf"(?<!\w)(?:{ordered or '(?!)'})(?!\w)")
        return self._patterns[parties]


def _with_adjective(name: str) -> str:
    """Return a pattern of a folded name, and of the adjective that begins like it: *Chile*, *Chilean*; *Latvia*."""
    if " " in name:
        return re.escape(name)
    stem = name[:-1] if len(name) > LONGEST_STEM else name
    return rf"{re.escape(stem)}\w{{0,4}}"


Member = tuple[Wording, str]
"""A clause and its words."""


def _grouped(clauses: Sequence[Wording], words: _Words) -> Iterator[list[Member]]:
    """Yield groups of clauses, the oldest first, that are like the first of the group."""
    said = [words.of(one) for one in clauses]
    sets: dict[str, Shingles] = {text: shingles(text.split()) for text in dict.fromkeys(said)}
    leaders = Leaders(sets.values(), LEAST)
    group_of: dict[str, int] = {}
    groups: list[list[Member]] = []
    for clause, text in zip(clauses, said, strict=True):
        if text not in group_of:
            nearest = leaders.nearest(sets[text])
            group_of[text] = leaders.add(sets[text]) if nearest is None else nearest[0]
            if nearest is None:
                groups.append([])
        groups[group_of[text]].append((clause, text))
    yield from groups


def _family(members: Sequence[Member], knowledge: Knowledge) -> Family:
    by_words: dict[str, list[Wording]] = {}
    for clause, text in members:
        by_words.setdefault(text, []).append(clause)
    variants = [Variant(tuple(same), _most(one.strength for one in same)) for same in by_words.values()]
    clauses = tuple(clause for clause, _ in members)
    digest = hashlib.sha256(members[0][1].encode()).hexdigest()[:DIGITS]
    return Family(
        id=f"{clauses[0].language}-{digest}",
        clauses=clauses,
        variants=tuple(sorted(variants, key=lambda one: (-len(one.clauses), one.clauses[0].age))),
        steps=tuple(_steps(clauses, knowledge)),
    )


def _steps(clauses: Sequence[Wording], knowledge: Knowledge) -> Iterator[Step]:
    """Yield from which agreement each got the wording, as far as an older one has a party in common."""
    first: dict[str, Wording] = {}
    for clause in clauses:
        first.setdefault(clause.agreement_id, clause)
    dated = [one for one in first.values() if one.date]
    states = {one.agreement_id: _states(one, knowledge) for one in dated}
    for position, clause in enumerate(dated):
        for source in dated[:position]:
            shared = states[clause.agreement_id] & states[source.agreement_id]
            if shared and source.date < clause.date:
                yield Step(clause.agreement_id, source.agreement_id, _named(shared, clause.date, knowledge))
                break


def _states(clause: Wording, knowledge: Knowledge) -> frozenset[str]:
    return frozenset(party.code for party in knowledge.states.expand(clause.parties, clause.date))


def _named(shared: frozenset[str], date: str, knowledge: Knowledge) -> str:
    """Return the group whose members all parties in common are, if there are several; otherwise the first of them."""
    if len(shared) == 1:
        return next(iter(shared))
    groups: Mapping[str, set[str]] = {
        code: set(members_at(group, date)) for code, group in knowledge.states.groups.items()
    }
    fitting = [code for code, members in groups.items() if shared <= members]
    return min(fitting, key=lambda code: (len(groups[code]), code)) if fitting else ";".join(sorted(shared))


def _most(values: Iterable[str]) -> str:
    """Return the most frequent of some values, the first of equals."""
    return Counter(values).most_common(1)[0][0]
