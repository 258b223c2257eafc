"""Schemas of the files of facts: instruments and their citations, sets, ratifications, States."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from analyzer.knowledge.checks import Schema, form
from analyzer.knowledge.schema_fields import (
    ByLanguage,
    Date,
    Iso3,
    MaybeDate,
    Name,
    Number,
    Pairs,
    Phrases,
    SomeWords,
    Word,
    Words,
    Year,
    for_each_language,
)


class InstrumentRow(Schema):
    """A row of ``instruments.csv``."""

    code: str
    kind: Literal["Convention", "Protocol", "Recommendation"]
    number: Number
    year: Year
    title_en: Word
    title_fr: str
    title_es: str
    aliases_en: str
    aliases_fr: str
    aliases_es: str
    type: Literal["", "fundamental", "governance", "technical"]
    principle: str
    status: Literal["", "in_force", "to_be_revised", "outdated", "abrogated", "withdrawn", "not_in_force"]


class DeclarationRow(Schema):
    """A row of ``declarations.csv``."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]+$"), form("an id in capitals")]
    category: Word
    kind: Literal["ilo", "un", "other"]
    year: Year
    title_en: Word
    title_fr: str
    title_es: str
    aliases_en: str
    aliases_fr: str
    aliases_es: str


class Categories(Schema):
    """The code that a citation gets, by kind of instrument."""

    Convention: Word
    Protocol: Word
    Recommendation: Word


class Nouns(Schema):
    """Nouns that are cited by number."""

    singular: Words
    plural: Words


class NumberedTables(Schema):
    """``[numbered]``: by kind of instrument."""

    Convention: Nouns
    Protocol: Nouns
    Recommendation: Nouns


class CitationWords(Schema):
    """``[words]`` of ``citations.toml``."""

    spelling: Pairs
    ignored: Words
    introducing: Words
    declarations: Words


class CitationContext(Schema):
    """``[context]``."""

    labour: Words
    others: Words
    bilateral: Words
    no_code: Words
    adjectives: Words
    bearing: Words
    numbered_as: Words
    counted: Words
    see: Words
    lone: Words
    only: Words


class CitationDefinitions(Schema):
    """``[definitions]`` of ``citations.toml``."""

    hereinafter: Words
    means: Words
    understood: Words
    each: Words
    verbs: Words
    articles: Words
    collective: Words
    unnumbered: Words


class Links(Schema):
    """``[links]``."""

    normlex: Word


@for_each_language(Words)
class Heads(ByLanguage):
    """``[heads]``."""


def _with_the_ilo(names: dict[str, list[str]]) -> dict[str, list[str]]:
    if "ilo" not in names:
        raise ValueError("lacks the key ilo")
    return names


class CitationTables(Schema):
    """``citations.toml``."""

    categories: Categories
    names: Annotated[dict[Name, SomeWords], AfterValidator(_with_the_ilo)]
    words: CitationWords
    heads: Heads
    numbered: NumberedTables
    context: CitationContext
    definitions: CitationDefinitions
    links: Links


@for_each_language(Words)
class SetEntry(ByLanguage):
    """A set of ``sets.toml``."""

    title: Word
    type: Literal["", "fundamental", "governance"]
    note: str
    own: bool
    periods: Annotated[
        list[Annotated[list[str], Field(min_length=3, max_length=3)]],
        form("a list of first day, last day and ids of members"),
    ]

    @model_validator(mode="after")
    def _periods_or_note(self) -> SetEntry:
        if bool(self.periods) == bool(self.note):
            raise ValueError("needs either periods or a note why there are none")
        return self


class SetTables(Schema):
    """The keys of ``sets.toml`` that are not sets."""

    counts: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^\S.* = \d+$")]], form("a list of 'word = number'")
    ]
    treaty_words: SomeWords
    negations: SomeWords


class RatificationTables(Schema):
    """``ratifications.toml``."""

    source: Word
    as_of: dict[str, Date]


class RatificationRow(Schema):
    """A row of ``ratifications.csv``."""

    iso3: str
    instrument: str
    ratified: Date
    denounced: MaybeDate


class ExportColumns(Schema):
    """``[columns]`` of ``normlex.toml``."""

    country: Phrases
    instrument: Phrases
    date: Phrases
    status: Phrases
    note: Phrases


class ExportTables(Schema):
    """``normlex.toml``."""

    denounced: Phrases
    columns: ExportColumns


# States: states.csv, groups.toml


class StateRow(Schema):
    """A row of ``states.csv``."""

    iso3: Iso3
    number: str
    region: str
    ilo_member: Literal["yes", ""]
    name: Word
    names: str


class GroupEntry(Schema):
    """A table of ``groups.toml``."""

    name: Word
    aliases: Words
    source: Word
    members: Words
