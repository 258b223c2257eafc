"""Schemas of ``phrases.toml``, ``indicators.toml`` and ``indices.toml``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from analyzer.knowledge.checks import Schema
from analyzer.knowledge.schema_fields import ByLanguage, SomeWords, Word, Words, for_each_language
from analyzer.types import ClauseKind, Language, Location, Strength


@for_each_language(Words, [])
class PhraseEntry(ByLanguage):
    """A table of ``phrases.toml``."""

    note: str = ""


class CaseEntry(Schema):
    """What makes a clause count: a ``[[….case]]`` of ``indicators.toml``; all that is written must hold."""

    clauses: Literal["provisions", "headings", "all"] = "provisions"
    categories: Words = Field(default=[])
    not_categories: Words = Field(default=[])
    not_actors: Words = Field(default=[])
    beyond: Words = Field(default=[])
    strength: list[Strength] = Field(default=[])
    kinds: list[ClauseKind] = Field(default=[])
    not_kinds: list[ClauseKind] = Field(default=[])
    locations: list[Location] = Field(default=[])
    not_locations: list[Location] = Field(default=[])
    all: Words = Field(default=[])
    none: Words = Field(default=[])
    words: Words = Field(default=[])
    not_words: Words = Field(default=[])
    search: Literal["clause", "lead", "article"] = "clause"
    under: Words = Field(default=[])
    not_under: Words = Field(default=[])
    title: Words = Field(default=[])
    not_title: Words = Field(default=[])
    chapter: Words = Field(default=[])
    not_chapter: Words = Field(default=[])
    instruments: Words = Field(default=[])
    forms: Words = Field(default=[])
    article_has: Words = Field(default=[])
    chapter_has: Words = Field(default=[])
    document_kinds: Words = Field(default=[])
    bound: bool = False
    meets: Words = Field(default=[])
    requires: Words = Field(default=[])
    unless: Words = Field(default=[])
    note: str = ""


class LevelEntry(Schema):
    """A ``[[….level]]``: the value where one of some indicators is 1."""

    value: Annotated[int, Field(ge=1)]
    any: SomeWords


class AgreementEntry(Schema):
    """A small agreement on which an indicator must, or must not, be 1; plain words if only they matter."""

    text: Word
    language: Language = "en"
    chapter: str = ""
    article: str = ""

    @model_validator(mode="before")
    @classmethod
    def _words_alone(cls, written: Any) -> Any:
        return {"text": written} if isinstance(written, str) else written


class IndicatorEntry(Schema):
    """A table of ``indicators.toml``."""

    name: Word
    group: Word
    definition: Word
    corresponds: Words = Field(default=[])
    in_agreements: bool = False
    case: list[CaseEntry] = Field(default=[])
    level: list[LevelEntry] = Field(default=[])
    examples: list[AgreementEntry] = Field(default=[])
    counter: list[AgreementEntry] = Field(default=[])
    note: str = ""


class ReachEntry(Schema):
    """``[[reach]]``: duties of one kind reach clauses of another kind in the same chapter."""

    duty: CaseEntry
    rights: CaseEntry


class SharedTables(Schema):
    """``[groups]``, ``[conditions]`` and ``[[reach]]`` of ``indicators.toml``."""

    groups: dict[str, Word]
    conditions: dict[str, list[CaseEntry]]
    reach: list[ReachEntry]


class ComponentEntry(Schema):
    """A ``[[….component]]`` of ``indices.toml``."""

    name: Word
    weight: Annotated[float, Field(gt=0)]
    full: Annotated[float, Field(gt=0)]
    points: dict[str, Annotated[float, Field(gt=0)]]


class IndexEntry(Schema):
    """A table of ``indices.toml``."""

    name: Word
    definition: Word
    component: Annotated[list[ComponentEntry], Field(min_length=1)]
