"""Schemas of the files of words: strength, lay-out, metadata, languages."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from analyzer.knowledge.checks import Schema
from analyzer.knowledge.schema_fields import (
    ByLanguage,
    MonthAbbreviations,
    Months,
    Number,
    Pairs,
    Phrases,
    SomeWords,
    Word,
    Words,
    each_once,
    for_each_language,
)
from analyzer.types import ClauseKind, DocumentKind, Location, Strength


class StrengthCategory(Schema):
    """``[[categories]]`` of ``strength.toml``."""

    codes: SomeWords
    strength: Strength
    replaces: list[Strength]
    unless_borne: bool


class StrengthPhrases(Schema):
    """A language of ``strength.toml``."""

    B: Words
    E: Words
    H: Words
    P: Words
    D: Words
    N: Words
    statements: Words
    rights: Words
    soft: Words
    fillers: Words
    bearers: Words
    describing: Words
    persons: Words
    subordinators: Words
    coordinators: Words
    conjunctions: Words
    present: Words


@for_each_language(StrengthPhrases)
class StrengthLanguages(ByLanguage):
    """``[language.…]`` of ``strength.toml``."""


class StrengthTables(Schema):
    """``strength.toml``."""

    order: Annotated[list[Strength], AfterValidator(each_once)]
    scale: Annotated[list[Strength], AfterValidator(each_once)]
    softening: SomeWords
    otherwise: Strength
    kinds: dict[ClauseKind, Strength]
    locations: dict[Location, Strength]
    bare: dict[Location, Strength]
    categories: list[StrengthCategory]
    language: StrengthLanguages


# Lay-out and words about an agreement: structure.toml, metadata.toml


class HeadingWords(Schema):
    """``[headings]``: the words of each level; ``clause`` and ``articles`` under conditions."""

    part: SomeWords
    title: SomeWords
    chapter: SomeWords
    section: SomeWords
    subsection: SomeWords
    article: SomeWords
    clause: SomeWords
    articles: SomeWords
    former: SomeWords


class NestedWords(Schema):
    """``[nested]``."""

    instruments: SomeWords
    titles: SomeWords
    words: SomeWords
    subjects: SomeWords


class LetterWords(Schema):
    """``[letters]``."""

    headings: SomeWords
    salutations: SomeWords


class SuffixWords(Schema):
    """``[suffixes]``."""

    words: SomeWords
    others: dict[str, Word]
    ranges: SomeWords


class GuardWords(Schema):
    """``[guards]``."""

    words: SomeWords
    verbs: SomeWords
    not_verbs: SomeWords
    copulas: SomeWords
    running: SomeWords
    dangling: SomeWords
    referring: SomeWords
    tails: SomeWords


class LineWords(Schema):
    """``[lines]``."""

    preamble: SomeWords
    conclusion: SomeWords
    contents: SomeWords
    note_labels: SomeWords


class SignatureOpenings(Schema):
    """``[signature]`` of ``structure.toml``."""

    openings: SomeWords


class RecitalWords(Schema):
    """``[recitals]``."""

    openings: SomeWords
    endings: SomeWords
    others: SomeWords


class EnactingWords(Schema):
    """``[enacting]``."""

    agreed: SomeWords
    introducing: SomeWords


class AmendingWords(Schema):
    """``[amending]``."""

    phrases: SomeWords


class DefinitionWords(Schema):
    """``[definitions]`` of ``structure.toml``."""

    headings: SomeWords
    leads: SomeWords
    verbs: SomeWords


class StructureTables(Schema):
    """``structure.toml``."""

    headings: HeadingWords
    annexes: Annotated[dict[str, Word], Field(min_length=1)]
    nested: NestedWords
    letters: LetterWords
    ordinals: Annotated[dict[str, SomeWords], Field(min_length=1)]
    other_ordinals: dict[str, int]
    suffixes: SuffixWords
    guards: GuardWords
    lines: LineWords
    signature: SignatureOpenings
    recitals: RecitalWords
    enacting: EnactingWords
    amending: AmendingWords
    definitions: DefinitionWords


class TitleWords(Schema):
    """``[title]``."""

    endings: SomeWords
    beginnings: SomeWords


class PartyWords(Schema):
    """``[parties]``."""

    agreed: SomeWords
    reasons: SomeWords
    infinitives: SomeWords
    not_recitals: SomeWords
    between: SomeWords
    signed_for: SomeWords
    areas: SomeWords
    joining: SomeWords
    before_names: SomeWords
    founding: SomeWords
    money: SomeWords
    of: SomeWords
    members: SomeWords
    false_names: SomeWords


class CoverWords(Schema):
    """``[cover]``."""

    words: SomeWords
    parts: SomeWords


class SignatureWords(Schema):
    """``[signature]`` of ``metadata.toml``."""

    done: Phrases
    said: Phrases
    witness: Phrases
    place_ends: SomeWords
    dated: SomeWords
    not_signed: SomeWords


class ForceWords(Schema):
    """``[force]``."""

    phrases: Phrases
    on_signature: Phrases


class DateWords(Schema):
    """``[dates]``."""

    joining: SomeWords
    binding: SomeWords
    months: Months
    abbreviations: MonthAbbreviations


class FirstArticleWords(Schema):
    """``[first_article]``."""

    articles: SomeWords
    article_numbers: SomeWords
    divisions: SomeWords
    division_numbers: SomeWords


class MetadataTables(Schema):
    """``metadata.toml``."""

    cover: CoverWords
    kinds: dict[DocumentKind, SomeWords]
    title: TitleWords
    parties: PartyWords
    signature: SignatureWords
    force: ForceWords
    first_article: FirstArticleWords
    dates: DateWords
    numbers: dict[Number, SomeWords]


# Languages: language.toml, words.toml


class LanguageFactsEntry(Schema):
    """A language in ``language.toml``."""

    function_words: SomeWords
    agreement: SomeWords
    title_ends: SomeWords
    divisions: SomeWords
    limbs: SomeWords
    spelling: Pairs
    common: SomeWords


class WordListEntry(Schema):
    """A language in ``words.toml``."""

    short: SomeWords
    before: SomeWords
    after: SomeWords
    endings: SomeWords
    prefixes: SomeWords
    whole: SomeWords


@for_each_language(Words)
class PrevailingPhrases(ByLanguage):
    """``[prevailing]`` of ``language.toml``."""


@for_each_language(LanguageFactsEntry)
class LanguageTables(ByLanguage):
    """``language.toml``."""

    prevailing: PrevailingPhrases
    others: dict[str, SomeWords]
    close: list[dict[str, SomeWords]]


@for_each_language(WordListEntry)
class WordTables(ByLanguage):
    """``words.toml``."""
