"""The compiled words of ``legal_effect.toml``. All patterns match folded text (``analyzer.text.fold``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from analyzer.knowledge.on_demand import OnDemand
from analyzer.knowledge.phrases import any_phrase, phrase_pattern
from analyzer.text.fold import fold
from analyzer.types import LANGUAGES

if TYPE_CHECKING:
    from analyzer.knowledge.schema_effect import EffectPhrases, EffectTables


FIRST_NUMBER = r"(?:[a-z-]+ \(\d{1,4}\)|\d{1,4}|[a-z-]+)"
"""What may be the number of a term that begins with it."""
NUMBER = r"(?:(?:[a-z-]+ ){1,5}\(\d{1,4}\)|\d{1,4}|[a-z-]+(?: [a-z-]+){0,4})"
"""What may be the number elsewhere: figures, words, or words with figures in brackets behind them."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The phrases of several codes as one pattern; of those that begin at the same word the longest is found.

    Attributes:
        pattern: The phrases; the name of the group that matched stands for its code.
        codes: Code by the name of a group.
    """

    pattern: re.Pattern[str]
    codes: Mapping[str, str]

    def code_of(self, match: re.Match[str]) -> str:
        """Return the code that a match stands for."""
        return self.codes[match.lastgroup or ""]


@dataclass(frozen=True, slots=True)
class EffectWords:
    """The words of one language in ``legal_effect.toml``.

    Attributes:
        actors: Who acts; the code is empty for words that mean nobody.
        counterparts: To or for whom; likewise.
        openings: First words of a phrase between commas that does not hold the subject.
        passives: What stands behind a verb whose subject does not act.
        agents: What stands before the one who acts then.
        qualifiers: One pattern for each code, because their phrases overlap.
        exceptions: What opens an exception.
        within: Terms; the group ``u`` is set in those without a number ("within the year").
        every: Times that come again; likewise.
        recurring: The same in one word; the code is the duration.
        prompt: Times without a number.
        units: Units of time by their sign in ISO 8601.
        relations: What joins a term to an event: ``after`` or ``before``.
        events: One pattern for each event, in the order in which they are looked for.
    """

    actors: Codes
    counterparts: Codes
    openings: re.Pattern[str]
    passives: re.Pattern[str]
    agents: re.Pattern[str]
    qualifiers: Mapping[str, re.Pattern[str]]
    exceptions: re.Pattern[str]
    within: re.Pattern[str]
    every: re.Pattern[str]
    recurring: Codes
    prompt: Codes
    units: Codes
    relations: Codes
    events: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class EffectKnowledge:
    """The whole of ``legal_effect.toml``."""

    languages: Mapping[str, EffectWords]
    numbers: Mapping[str, int]
    """Value of a number word, folded."""

    def of(self, language: str) -> EffectWords:
        """Return the words of a language; the English ones where it is not known."""
        return self.languages.get(language) or self.languages["en"]


def compile_effect(tables: EffectTables, ordinals: Mapping[str, int]) -> EffectKnowledge:
    """Return the words of ``legal_effect.toml`` as patterns.

    Args:
        tables: The file.
        ordinals: Values of number words up to a hundred (``Structure.ordinals``).
    """
    numbers = {**ordinals, **{fold(word): int(value) for value, words in tables.numbers.items() for word in words}}
    return EffectKnowledge(
        OnDemand(LANGUAGES, partial(_compile, tables)),
        numbers,
    )


def _compile(tables: EffectTables, language: str) -> EffectWords:
    def of(phrases: EffectPhrases) -> list[str]:
        return [fold(phrase) for phrase in phrases.of(language)]

    def codes(by_code: Mapping[str, EffectPhrases], ignored: Iterable[str] = ()) -> Codes:
        pairs = [(phrase, code) for code, phrases in by_code.items() for phrase in of(phrases)]
        return _codes([*pairs, *((phrase, "") for phrase in ignored)])

    unit = "|".join(_longest_first(phrase for phrases in tables.units.values() for phrase in of(phrases)))
    ignored = of(tables.ignored)
    active = any_phrase(of(tables.active)).pattern
    return EffectWords(
        actors=codes(tables.actors, ignored),
        counterparts=codes(tables.counterparts, ignored),
        openings=re.compile(rf"\s*{any_phrase(of(tables.openings)).pattern}"),
        passives=re.compile(rf"(?!{active}){any_phrase(of(tables.passives)).pattern}"),
        agents=any_phrase(of(tables.agents)),
        qualifiers={code: any_phrase(of(phrases)) for code, phrases in tables.qualifiers.items()},
        exceptions=any_phrase(_longest(of(tables.exceptions))),
        within=_terms(of(tables.deadlines.within), unit),
        every=_terms(of(tables.deadlines.every), unit),
        recurring=codes(tables.recurring),
        prompt=codes(tables.prompt),
        units=codes(tables.units),
        relations=codes({"after": tables.relations.after, "before": tables.relations.before}),
        events={code: any_phrase(of(phrases)) for code, phrases in tables.events.items()},
    )


def _codes(pairs: list[tuple[str, str]]) -> Codes:
    pairs = sorted(pairs, key=lambda pair: -len(pair[0]))
    names = {f"c{number}": code for number, (_, code) in enumerate(pairs)}
    parts = [f"{phrase_pattern(phrase)}(?P<c{number}>)" for number, (phrase, _) in enumerate(pairs)]
    return Codes(re.compile(rf"(?<!\w)(?:{'|'.join(parts) or '(?!)'})(?!\w)"), names)


def _longest(phrases: Iterable[str]) -> list[str]:
    return sorted(phrases, key=lambda phrase: -len(phrase))


def _longest_first(phrases: Iterable[str]) -> list[str]:
    return [phrase_pattern(phrase) for phrase in _longest(phrases)]


def _terms(phrases: Iterable[str], unit: str) -> re.Pattern[str]:
    """Return the pattern of terms; the group ``u`` is set in those that have a unit but no number."""
    with_number: list[str] = []
    without: list[str] = []
    for phrase in _longest(phrases):
        first = phrase.startswith("{n}")
        pattern = phrase_pattern(phrase.replace("{n}", "NNN").replace("{unit}", "UUU")).replace("uuu", f"(?:{unit})")
        target = with_number if "nnn" in pattern else without
        target.append(pattern.replace("nnn", FIRST_NUMBER if first else NUMBER))
    plain = f"(?:{'|'.join(without)})(?P<u>)" if without else "(?!)(?P<u>)"
    return re.compile(rf"(?<!\w)(?:{'|'.join((*with_number, plain))})(?!\w)")
