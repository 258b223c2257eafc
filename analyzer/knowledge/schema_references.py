"""Schema of ``cross_references.toml``."""

from __future__ import annotations

from analyzer.knowledge.checks import Schema
from analyzer.knowledge.schema_fields import SomeWords


class LevelWords(Schema):
    """``[levels]``."""

    part: SomeWords
    title: SomeWords
    annex: SomeWords
    chapter: SomeWords
    section: SomeWords
    article: SomeWords
    paragraph: SomeWords
    item: SomeWords


class ReferringWords(Schema):
    """``[words]``."""

    plurals: SomeWords
    this: SomeWords
    preceding: SomeWords
    following: SomeWords
    articles: SomeWords
    joining: SomeWords
    ranges: SomeWords
    of: SomeWords


class ExternalWords(Schema):
    """``[external]``."""

    instruments: SomeWords
    own: SomeWords


class ReferenceTables(Schema):
    """``cross_references.toml``."""

    levels: LevelWords
    words: ReferringWords
    external: ExternalWords
