"""Schema of ``published.toml``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from analyzer.knowledge.checks import Schema, form
from analyzer.knowledge.schema_fields import SomeWords, Word

FullYear = Annotated[int, Field(ge=1800, le=2200), form("a year")]
Share = Annotated[float, Field(ge=0, le=1), form("a number from 0 to 1")]


class FigureEntry(Schema):
    """``[figures.ID]``."""

    first: FullYear
    last: FullYear
    share: Share
    about: bool
    source: Word
    link: Word


class Differences(Schema):
    """``[differences]``."""

    en: SomeWords
    es: SomeWords
    fr: SomeWords


class PublishedTables(Schema):
    """``published.toml``."""

    figures: dict[str, FigureEntry]
    differences: Differences
