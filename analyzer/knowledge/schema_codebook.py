"""Schemas of the files of the codebook: names, categories, terms, contexts, rules."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from analyzer.knowledge.checks import Schema
from analyzer.knowledge.schema_fields import ByLanguage, LanguageCode, SomeWords, Word, Words, for_each_language
from analyzer.types import LANGUAGES, ClauseKind, Language


class StrengthLabel(Schema):
    """A strength, or a measure, in ``labels.toml``."""

    name: Word
    meaning: Word


class StrengthLabels(Schema):
    """``[en.strengths]``."""

    B: StrengthLabel
    E: StrengthLabel
    H: StrengthLabel
    P: StrengthLabel
    D: StrengthLabel


class PillarNames(Schema):
    """``[en.pillars]``: the columns that count provisions of a pillar."""

    obligations: Word
    monitoring_and_cooperation: Word
    dispute_settlement_mechanisms: Word


class GroupNames(Schema):
    """``[en.groups]``: the groups that a category may have."""

    principle: Word
    topic: Word
    instrument: Word
    obligation: Word
    cooperation: Word
    dispute: Word
    supplementary: Word


class InvocationNames(Schema):
    """``[en.invocations]``: the ways to invoke an instrument, the strongest first."""

    named: Word
    set: Word
    ratified: Word
    declaration: Word


class MeasureNames(Schema):
    """``[en.measures]``: the ways to count agreements with labour provisions."""

    standards: StrengthLabel
    any: StrengthLabel


class ReasonNames(Schema):
    """``[en.reasons]``: why a person should check a provision."""

    unsure: Word
    unsure_category: Word
    differ: Word
    refused: Word
    by_lead_in: Word
    weak_rule: Word
    picture: Word
    damaged: Word


class LocationNames(Schema):
    """``[en.locations]``: the parts of an agreement."""

    preamble: Word
    body: Word
    annex: Word
    side_letter: Word = Field(alias="side letter")
    footnote: Word
    cover: Word


class LanguageLabels(Schema):
    """The names in one language."""

    strengths: StrengthLabels
    pillars: PillarNames
    groups: GroupNames
    invocations: InvocationNames
    measures: MeasureNames
    reasons: ReasonNames
    languages: dict[LanguageCode, Word]
    locations: LocationNames
    columns: dict[str, Word]


class LabelTables(Schema):
    """``labels.toml``: a table for each language of the names."""

    en: LanguageLabels
    es: LanguageLabels
    fr: LanguageLabels


class CategoryNames(Schema):
    """A category in another language than English."""

    name: Word
    definition: Word


class CategoryEntry(Schema):
    """A table of ``categories.toml``."""

    name: Word
    group: Word
    pillar: Word
    definition: Word
    es: CategoryNames | None = None
    fr: CategoryNames | None = None
    inherited: bool = False
    carries_topics: bool = False
    alone: bool = True
    witnessed: bool = False


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
    annex: str = ""

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
