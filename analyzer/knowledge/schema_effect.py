"""Schema of ``legal_effect.toml``."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from analyzer.knowledge.checks import Schema, form
from analyzer.knowledge.schema_fields import ByLanguage, Number, SomeWords, Words, for_each_language

Code = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$"), form("small letters and hyphens")]
Duration = Annotated[str, StringConstraints(pattern=r"^(P\d+[DWMY]|regular)$"), form("a duration (P1Y), or regular")]
Unit = Annotated[str, StringConstraints(pattern=r"^[DWMY]$"), form("D, W, M or Y")]


@for_each_language(Words, default=[])
class EffectPhrases(ByLanguage):
    """The phrases for one code."""


class DeadlinePhrases(Schema):
    """``[deadlines]``."""

    within: EffectPhrases
    every: EffectPhrases


class RelationPhrases(Schema):
    """``[relations]``."""

    after: EffectPhrases
    before: EffectPhrases


class EffectTables(Schema):
    """``legal_effect.toml``."""

    actors: dict[Code, EffectPhrases]
    counterparts: dict[Code, EffectPhrases]
    ignored: EffectPhrases
    openings: EffectPhrases
    passives: EffectPhrases
    active: EffectPhrases
    agents: EffectPhrases
    qualifiers: dict[Code, EffectPhrases]
    exceptions: EffectPhrases
    deadlines: DeadlinePhrases
    recurring: dict[Duration, EffectPhrases]
    prompt: dict[Code, EffectPhrases]
    numbers: dict[Number, SomeWords]
    units: dict[Unit, EffectPhrases]
    relations: RelationPhrases
    events: dict[Code, EffectPhrases]
