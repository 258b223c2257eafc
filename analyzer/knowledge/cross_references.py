"""The compiled words of ``cross_references.toml``. All patterns match folded text (``analyzer.text.fold``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.text.fold import alternation, fold

if TYPE_CHECKING:
    from analyzer.knowledge.schema_references import ReferenceTables

REFERRED = ("part", "title", "annex", "chapter", "section", "article", "paragraph", "item")
"""Levels that references name, highest first."""


@dataclass(frozen=True, slots=True)
class ReferenceWords:
    """The words of references.

    Attributes:
        mention: Word of a level; the group ``this`` before it where it holds the words themselves, ``near`` where it
            is the one before or behind them.
        behind: The same word for the one before or behind them, after the level ("párrafo anterior").
        levels: Level by folded word.
        plurals: Words after which a list may stand.
        preceding: Words for the one before, folded.
        joining: What parts the elements of a list; the group ``range`` where they are the ends of a range.
        of: What leads to the whole that a part belongs to.
        external: Names of other instruments.
        own: Name of the agreement itself behind a reference.
        holds_itself: Words for what holds the words themselves ("this").
    """

    mention: re.Pattern[str]
    behind: re.Pattern[str]
    levels: Mapping[str, str]
    plurals: frozenset[str]
    preceding: frozenset[str]
    joining: re.Pattern[str]
    of: re.Pattern[str]
    external: re.Pattern[str]
    own: re.Pattern[str]
    holds_itself: re.Pattern[str]


def compile_references(tables: ReferenceTables) -> ReferenceWords:
    """Return the words of ``cross_references.toml`` as patterns."""
    levels = {fold(word): level for level in REFERRED for word in getattr(tables.levels, level)}
    words = tables.words
    near = alternation((*words.preceding, *words.following))
    joining, ranges = alternation(words.joining), alternation(words.ranges)
    return ReferenceWords(
        mention=re.compile(
            rf"(?<![\w-])(?:(?:(?P<this>{alternation(words.this)})|(?P<near>{near}))\s+)?"
            rf"(?P<level>{alternation(levels)})(?![a-z-])"
        ),
        behind=re.compile(rf"\s+({near})(?!\w)"),
        levels=levels,
        plurals=frozenset(map(fold, words.plurals)),
        preceding=frozenset(map(fold, words.preceding)),
        joining=re.compile(
            rf"\s*(?:(?P<range>(?:(?<![a-z])(?:{ranges})(?=\s)|[-?]))|,\s*(?:(?:{joining})(?=[\s(]))?|(?:{joining})(?=[\s(]))\s*"
        ),
        of=re.compile(rf",?\s*(?:{alternation(words.of)})(?:(?<=')|\s+)"),
        external=re.compile(rf"\b(?:{alternation(tables.external.instruments)})\b"),
        own=re.compile(
            rf"\s*,?\s*(?:(?:{alternation(words.of)})\s+)?(?P<name>{alternation(tables.external.own)})(?!\w)"
        ),
        holds_itself=re.compile(rf"\b(?:{alternation(words.this)})\b"),
    )
