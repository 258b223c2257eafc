"""The compiled expressions that decide the strength of a clause (``strength.toml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from analyzer.knowledge.on_demand import OnDemand
from analyzer.knowledge.phrases import any_phrase, named_patterns, phrase_pattern
from analyzer.types import LANGUAGES, STRENGTHS, Language, Strength

if TYPE_CHECKING:
    from analyzer.knowledge.schema_words import StrengthPhrases, StrengthTables


@dataclass(frozen=True, slots=True)
class ModalWords:
    """The compiled expressions of one language in ``strength.toml``.

    Attributes:
        expression: One (empty) group per expression; its name begins with the class (``B3``).
        rights: The groups that give a right.
        ignored: The groups that mean nothing.
        statement: Verbs that only state something where no expression stands.
        soft: Verbs that make an item that opens with them a best endeavour.
        bearer: Those who bear duties.
        describing: Those whose duties only describe a procedure.
        person: Those whose rights are duties of a Party.
        subordinator: Words that open a subordinate clause.
        present: Subjects with a bare present tense, where that is how treaties say "shall".
        coordinator: Words after a comma that go back to the main clause.
        joined: The same right before a verb, whose subject is then that of the verb before.
        conjunction: Words that open a subordinate clause before the main one.
    """

    expression: re.Pattern[str]
    rights: frozenset[str]
    ignored: frozenset[str]
    statement: re.Pattern[str]
    soft: re.Pattern[str]
    bearer: re.Pattern[str]
    describing: re.Pattern[str]
    person: re.Pattern[str]
    subordinator: re.Pattern[str]
    coordinator: re.Pattern[str]
    joined: re.Pattern[str]
    present: re.Pattern[str]
    conjunction: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class CategoryRule:
    """The effect of categories on strength; see ``[[categories]]`` in ``strength.toml``."""

    codes: frozenset[str]
    strength: Strength
    replaces: frozenset[str]
    unless_borne: bool

    def decides(self, by_words: Strength | None, *, borne: bool) -> bool:
        """Return whether the rule decides over the strength by the words (``None``: no verb decides)."""
        return by_words is None or (by_words in self.replaces and not (borne and self.unless_borne))


@dataclass(frozen=True, slots=True)
class StrengthWords:
    """The whole of ``strength.toml``."""

    languages: Mapping[str, ModalWords]
    order: tuple[Strength, ...]
    kinds: Mapping[str, Strength]
    locations: Mapping[str, Strength]
    bare: Mapping[str, Strength]
    categories: tuple[CategoryRule, ...]
    otherwise: Strength
    scale: tuple[Strength, ...]
    softening: frozenset[str]

    def weakens(self, old: str, new: str) -> bool | None:
        """Return whether a change of class makes a wording weaker (true) or stronger (false); ``None`` if neither."""
        ranks = {strength: rank for rank, strength in enumerate(self.scale)}
        if old == new or old not in ranks or new not in ranks:
            return None
        return ranks[new] > ranks[old]

    def fixed(self, kind: str, location: str) -> Strength | None:
        """Return the strength of a clause whose kind or place decides alone, such as a definition or a recital."""
        return self.kinds.get(kind) or self.locations.get(location)


def compile_strength(tables: StrengthTables) -> StrengthWords:
    """Return the expressions of ``strength.toml`` as patterns."""
    return StrengthWords(
        languages=OnDemand(LANGUAGES, partial(_compile_of, tables)),
        order=tuple(tables.order),
        kinds=dict(tables.kinds.items()),
        locations=dict(tables.locations.items()),
        bare=dict(tables.bare.items()),
        categories=tuple(
            CategoryRule(frozenset(rule.codes), rule.strength, frozenset(rule.replaces), rule.unless_borne)
            for rule in tables.categories
        ),
        otherwise=tables.otherwise,
        scale=tuple(tables.scale),
        softening=frozenset(tables.softening),
    )


def _compile_of(tables: StrengthTables, language: Language) -> ModalWords:
    return _compile(tables.language.of(language))


def _compile(written: StrengthPhrases) -> ModalWords:
    filler = "|".join(phrase_pattern(phrase) for phrase in sorted(written.fillers, key=len, reverse=True)) or "(?!)"
    listed = [(phrase, strength) for strength in (*STRENGTHS, "N") for phrase in getattr(written, strength)]
    listed.sort(key=lambda pair: -len(pair[0]))
    groups = {f"{strength}{number}": phrase for number, (phrase, strength) in enumerate(listed)}
    coordinator = "|".join(map(phrase_pattern, written.coordinators)) or "(?!)"
    return ModalWords(
        expression=named_patterns({name: phrase_pattern(phrase, filler) for name, phrase in groups.items()}),
        rights=frozenset(name for name, phrase in groups.items() if phrase in written.rights),
        ignored=frozenset(name for name in groups if name.startswith("N")),
        statement=any_phrase(written.statements),
        soft=any_phrase(written.soft),
        bearer=any_phrase(written.bearers),
        describing=any_phrase(written.describing),
        person=any_phrase(written.persons),
        subordinator=any_phrase(written.subordinators),
        coordinator=re.compile(rf"[,;] (?:{coordinator}) "),
        joined=re.compile(rf"(?<!\w)(?:{coordinator}),?(?: (?:{filler}),?)? $"),
        present=any_phrase(written.present),
        conjunction=any_phrase(written.conjunctions),
    )
