"""The indicators and indices of agreements, as they are evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Literal

from analyzer.knowledge.on_demand import OnDemand
from analyzer.knowledge.rules import Atom
from analyzer.text.fold import fold
from analyzer.types import Language

Groups = tuple[frozenset[str], ...]
Searched = Literal["clause", "lead", "article"]


@dataclass(frozen=True, slots=True)
class Case:
    """What makes a clause count for an indicator; everything that is asked for must hold.

    Attributes:
        clauses: Which clauses are looked at: labour provisions, headings above labour provisions, or all.
        categories: Groups of alternatives: the clause has a category of each.
        not_categories: It has none of these.
        not_actors: It is none of these who acts.
        beyond: It has a category besides these.
        strength: Its strength is one of these (any if empty); so for kinds and locations.
        kinds: Kinds of clause.
        not_kinds: Kinds that do not count.
        locations: Places.
        not_locations: Places that do not count.
        all: Groups of atoms over the thesaurus, as in rules.
        none: Atoms that must not hold.
        words: Groups of phrases: one of each is in the text.
        not_words: Phrases that are not in the clause's own words.
        search: The text in which the phrases are: the clause, with its lead-in, or its whole article.
        under: Groups of phrases: one of each is in a heading above the clause.
        not_under: Phrases that are in no heading above it.
        title: Groups of phrases: one of each is in the title of the agreement.
        not_title: Phrases that are not in it.
        chapter: As ``under``, but headings of articles do not count.
        not_chapter: As ``not_under``, but headings of articles do not count.
        instruments: It cites one of these instruments; ``*`` at the end stands for anything.
        forms: It cites an instrument in one of these forms.
        article_has: Groups of categories that provisions of the same article have.
        chapter_has: Groups of categories that provisions of the same chapter have.
        document_kinds: The document is of one of these kinds.
        bound: A plain duty is on the clause, or reaches it (``Reach``).
        meets: Names of shared conditions that hold for it.
        requires: Groups of indicators, one of each of which is 1.
        unless: Indicators that are 0.
    """

    clauses: Literal["provisions", "headings", "all"]
    categories: Groups
    not_categories: frozenset[str]
    not_actors: frozenset[str]
    beyond: frozenset[str]
    strength: frozenset[str]
    kinds: frozenset[str]
    not_kinds: frozenset[str]
    locations: frozenset[str]
    not_locations: frozenset[str]
    all: tuple[tuple[Atom, ...], ...]
    none: tuple[Atom, ...]
    words: Groups
    not_words: frozenset[str]
    search: Searched
    under: Groups
    not_under: frozenset[str]
    title: Groups
    not_title: frozenset[str]
    chapter: Groups
    not_chapter: frozenset[str]
    instruments: tuple[str, ...]
    forms: frozenset[str]
    article_has: Groups
    chapter_has: Groups
    document_kinds: frozenset[str]
    bound: bool
    meets: tuple[str, ...]
    requires: Groups
    unless: frozenset[str]

    @property
    def indicators(self) -> frozenset[str]:
        """The indicators that it asks for."""
        return frozenset().union(*self.requires, self.unless)


@dataclass(frozen=True, slots=True)
class Reach:
    """Duties that reach what other clauses of their chapter list: to enforce laws that these clauses define.

    Attributes:
        duty: The clauses that put the duty.
        rights: The clauses that it reaches, with the items below them.
    """

    duty: Case
    rights: Case


@dataclass(frozen=True, slots=True)
class Sample:
    """A small agreement on which an indicator must be (``holds``) or must not be 1; the tests check all of them."""

    text: str
    holds: bool
    language: Language
    chapter: str
    article: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is asked of a whole agreement.

    Attributes:
        id: Name of its column.
        name: Name for people.
        group: Its group, a key of ``Indicators.groups``.
        definition: When it is 1.
        corresponds: Items of published codings that ask nearly the same (``DTA 14``).
        cases: The clauses that make it 1.
        levels: For an indicator with more values: each value with the indicators that give it.
        samples: Its examples and counter-examples.
        note: What a user of the figures must know.
        shown: Whether the table ``agreements`` has it too.
    """

    id: str
    name: str
    group: str
    definition: str
    corresponds: tuple[str, ...]
    cases: tuple[Case, ...]
    levels: tuple[tuple[int, tuple[str, ...]], ...]
    samples: tuple[Sample, ...]
    note: str
    shown: bool

    @property
    def highest(self) -> int:
        """The highest value it can have."""
        return max((value for value, _ in self.levels), default=1)

    @property
    def asked(self) -> frozenset[str]:
        """The indicators on which its value depends."""
        cases = frozenset().union(*(case.indicators for case in self.cases))
        return cases.union(*(ids for _, ids in self.levels))


@dataclass(frozen=True, slots=True)
class Component:
    """A part of an index: it is full at ``full`` points, and counts by its weight.

    Attributes:
        name: Name for people.
        weight: Its share of the index, relative to the other weights.
        full: Points at which it is full.
        points: Points of each indicator; one with levels has them at its highest value.
    """

    name: str
    weight: float
    full: float
    points: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Index:
    """A figure from 0 to 5 that sums up indicators.

    Attributes:
        id: Name of its column.
        name: Name for people.
        definition: What it measures.
        components: Its parts.
    """

    id: str
    name: str
    definition: str
    components: tuple[Component, ...]


@dataclass(frozen=True, eq=False)
class Indicators:
    """All that is known about indicators; compared by identity.

    Attributes:
        groups: Names of groups, by id.
        entries: The indicators, by id, in the order of the file.
        conditions: Shared conditions: the clause meets one of the cases.
        reaches: Which duties reach which clauses.
        indices: The indices, by id.
    """

    groups: Mapping[str, str]
    entries: Mapping[str, Indicator]
    conditions: Mapping[str, tuple[Case, ...]]
    reaches: tuple[Reach, ...]
    indices: Mapping[str, Index]
    _phrases: Mapping[str, Mapping[Language, tuple[str, ...]]]

    @cached_property
    def phrases(self) -> Mapping[str, Mapping[Language, re.Pattern[str]]]:
        """The phrases by name and language, compiled for folded text."""
        return {
            name: OnDemand(tuple(by_language), partial(_pattern_of, by_language))
            for name, by_language in self._phrases.items()
        }

    @cached_property
    def order(self) -> tuple[Indicator, ...]:
        """The indicators, each behind those for which it asks."""
        ordered: dict[str, Indicator] = {}
        waiting = dict(self.entries)
        while waiting:
            ready = [id for id, indicator in waiting.items() if indicator.asked <= ordered.keys()]
            if not ready:  # Checked when the knowledge is read.
                raise ValueError(f"indicators ask for each other: {', '.join(waiting)}")
            ordered |= {id: waiting.pop(id) for id in ready}
        return tuple(ordered.values())


def _pattern_of(by_language: Mapping[Language, tuple[str, ...]], language: Language) -> re.Pattern[str]:
    return _pattern(by_language[language])


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of the phrases in folded text.

    ``*`` stands for any letters, ``~`` for up to twelve words of the same sentence; a blank for white space or hyphens.
    """
    spelt = sorted({_phrase(fold(phrase)) for phrase in phrases}, key=lambda one: (-len(one), one))
    return re.compile(rf"(?<![a-z])(?:{'|'.join(spelt) or '(?!)'})(?![a-z])")


_BETWEEN = r"[^a-z0-9.;:]+"
_GAP = rf"(?:{_BETWEEN}[a-z0-9]+(?:\.[0-9]+)*){{0,12}}?"
"""No character can belong both to a word and to what stands between words, so the search stays quick."""


def _phrase(folded: str) -> str:
    pattern = ""
    for word in folded.replace("-", " ").replace("'", " ").split():
        if word == "~":
            pattern += _GAP
        else:
            pattern += (_BETWEEN if pattern else "") + re.escape(word).replace(r"\*", "[a-z]*")
    return pattern
