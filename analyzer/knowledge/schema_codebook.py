"""Schemas of the files of the codebook: categories, terms, contexts, rules."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from analyzer.knowledge.checks import Schema
from analyzer.knowledge.schema_fields import ByLanguage, SomeWords, Word, Words, for_each_language
from analyzer.types import LANGUAGES, ClauseKind, Language


class CategoryEntry(Schema):
    """A table of ``categories.toml``."""

    name: Word
    group: Literal["principle", "topic", "instrument", "obligation", "cooperation", "dispute", "supplementary"]
    pillar: Word
    definition: Word
    inherited: bool = False
    carries_topics: bool = False
    alone: bool = True


@for_each_language(Words, [])
class TermEntry(ByLanguage):
    """A table of ``terms/``."""

    anchor: bool = False
    exact: bool = False
    captions: bool = False
    masked_by: Words = Field(default=[])


class ExampleEntry(Schema):
    """A clause on which a rule must, or must not, fire; written as plain words if only they matter."""

    text: Word
    language: Language = "en"
    kind: ClauseKind = "paragraph"
    chapter: str = ""
    article: str = ""
    lead: str = ""

    @model_validator(mode="before")
    @classmethod
    def _words_alone(cls, written: Any) -> Any:
        return {"text": written} if isinstance(written, str) else written


class ConditionEntry(Schema):
    """A ``[[context]]`` or a ``[[veto]]``."""

    id: Word
    all: SomeWords
    none: Words = Field(default=[])
    near: Annotated[int, Field(ge=0)] = 0
    languages: list[Language] = Field(default=list(LANGUAGES))
    confidence: Annotated[float, Field(ge=0, le=1)] = 0.9
    examples: list[ExampleEntry] = Field(default=[])
    counter: list[ExampleEntry] = Field(default=[])
    note: str = ""


class RuleEntry(ConditionEntry):
    """A ``[[rule]]``."""

    categories: SomeWords
    examples: list[ExampleEntry]
