"""Schema of ``enforcement.toml``."""

from __future__ import annotations

from pydantic import Field

from analyzer.knowledge.checks import Schema
from analyzer.knowledge.schema_effect import Code, EffectPhrases
from analyzer.knowledge.schema_fields import SomeWords


class MechanismEntry(Schema):
    """``[[mechanism]]``."""

    id: Code
    categories: SomeWords
    general: bool = False
    words: EffectPhrases | None = None
    not_words: EffectPhrases | None = None


class GeneralEntry(Schema):
    """``[general]``."""

    id: Code
    excluded: Code
    opens: SomeWords
    closes: SomeWords
    headings: EffectPhrases
    disputes: EffectPhrases
    scope: EffectPhrases
    agreement: EffectPhrases
    closing: EffectPhrases
    conditions: EffectPhrases


class EnforcementTables(Schema):
    """``enforcement.toml``."""

    mechanism: list[MechanismEntry] = Field(min_length=1)
    general: GeneralEntry
