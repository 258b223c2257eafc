"""The strength of a clause by its modal verbs: binding, best endeavour, hortatory, permissive or descriptive.

The expressions of each language, the subjects whose duties only describe (panels, rosters) and the defaults are in
``knowledge/data/strength.toml``; this module only reads them. The codebook (sections 7 and 9) says what the classes
mean.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from analyzer.assemble.verbs import PlainWords, Verb, main_verbs, plain_words
from analyzer.knowledge.strength import ModalWords, StrengthWords
from analyzer.types import Strength

STATEMENT: Strength = "D"
"""Strength of a sentence that only states something."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The strength of a clause, and what decided it.

    Attributes:
        strength: Its strength.
        words: Its own words as they were searched.
        verbs: The verbs of its own that count.
        verb: The one that decided; ``None`` where the lead-in, the kind, the place or a category did.
        by_lead: Whether it goes by the verb of its lead-in.
        is_told: Whether words, lead-in or categories decided, and not the class of clauses that say nothing.
    """

    strength: Strength
    words: PlainWords
    verbs: tuple[Verb, ...]
    verb: Verb | None
    by_lead: bool
    is_told: bool = True


def judge(
    words: str,
    expressions: StrengthWords,
    language: str,
    *,
    inherited: Strength | None = None,
    categories: Collection[str] = (),
) -> Judgement:
    """Return the strength of a clause by its words, with the verb that decided it.

    ``StrengthWords.fixed`` knows kinds and places that decide alone.

    Args:
        words: Its own words.
        expressions: Those that decide.
        language: Their language; English is read where it is unknown.
        inherited: Strength of its lead-in, for an item of a list.
        categories: Codes the clause carries; they matter only where it has no verb that decides.
    """
    modal_words = expressions.languages.get(language) or expressions.languages["en"]
    plain = plain_words(words)
    verbs = main_verbs(plain.text, modal_words)
    if inherited is not None:
        verbs = [verb for verb in verbs if verb.overrides(inherited)]
    by_lead = not verbs and inherited is not None
    by_words = min((verb.strength for verb in verbs), key=expressions.order.index, default=inherited)
    if inherited == "B" and not verbs and modal_words.soft.match(plain.text):
        by_words = "E"
    # An item that goes by its lead-in has the lead-in's subject.
    borne = any(verb.borne for verb in verbs) or by_lead
    for rule in expressions.categories:
        if not rule.codes.isdisjoint(categories) and rule.decides(by_words, borne=borne):
            return Judgement(rule.strength, plain, tuple(verbs), _deciding(verbs, rule.strength), by_lead)
    by_words = by_words or _by_statement(plain, modal_words)
    strength = by_words or expressions.otherwise
    return Judgement(strength, plain, tuple(verbs), _deciding(verbs, strength), by_lead, is_told=by_words is not None)


def _by_statement(plain: PlainWords, modal_words: ModalWords) -> Strength | None:
    """Return the strength of a whole sentence without expressions that states something: it describes."""
    return STATEMENT if plain.text.endswith(".") and modal_words.statement.search(plain.text) else None


def _deciding(verbs: Collection[Verb], strength: Strength) -> Verb | None:
    """Return the first verb of a strength; ``None`` if no verb decided."""
    return next((verb for verb in verbs if verb.strength == strength), None)
