"""What enforces provisions (``enforcement.toml``). All patterns match folded text (``analyzer.text.fold``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from analyzer.errors import KnowledgeError
from analyzer.knowledge.codebook import Category
from analyzer.knowledge.on_demand import OnDemand
from analyzer.knowledge.phrases import any_phrase
from analyzer.text.fold import fold
from analyzer.types import LANGUAGES

if TYPE_CHECKING:
    from analyzer.knowledge.overlay import Tables
    from analyzer.knowledge.schema_effect import EffectPhrases
    from analyzer.knowledge.schema_enforcement import EnforcementTables

Phrases = Mapping[str, re.Pattern[str]]
"""A pattern by language."""


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A piece of machinery; see ``[[mechanism]]``."""

    id: str
    categories: frozenset[str]
    general: bool
    words: Phrases | None
    not_words: Phrases | None


@dataclass(frozen=True, slots=True)
class EnforcementWords:
    """The whole of ``enforcement.toml``.

    Attributes:
        mechanisms: The machinery, in the order of the column.
        general: Id of the general settlement of disputes.
        excluded: Id of its exclusion.
        opens: Categories of clauses that open it.
        closes: Categories of clauses that close it.
        headings: Headings of its chapter.
        disputes: Words for its subject.
        scope: What a clause on its scope has, beside the name of the agreement.
        agreement: Names of the agreement.
        closing: Words that close it.
        conditions: Words that make this a condition only.
    """

    mechanisms: tuple[Mechanism, ...]
    general: str
    excluded: str
    opens: frozenset[str]
    closes: frozenset[str]
    headings: Phrases
    disputes: Phrases
    scope: Phrases
    agreement: Phrases
    closing: Phrases
    conditions: Phrases

    @property
    def ids(self) -> tuple[str, ...]:
        """The codes of the column ``enforced_by``, in their order."""
        return (*(mechanism.id for mechanism in self.mechanisms), self.general, self.excluded)


def check_enforcement(written: EnforcementTables, tables: Tables, categories: Mapping[str, Category]) -> None:
    """Check that the file names categories that there are.

    Raises:
        KnowledgeError: It does not.
    """
    named = [
        *(code for mechanism in written.mechanism for code in mechanism.categories),
        *written.general.opens,
        *written.general.closes,
    ]
    unknown = sorted(set(named) - set(categories))
    if unknown:
        raise KnowledgeError(f"names the category {unknown[0]!r}, which there is not", file=tables.file)


def compile_enforcement(written: EnforcementTables) -> EnforcementWords:
    """Return ``enforcement.toml`` with its phrases as patterns."""
    general = written.general
    return EnforcementWords(
        mechanisms=tuple(
            Mechanism(
                one.id,
                frozenset(one.categories),
                one.general,
                _patterns(one.words) if one.words else None,
                _patterns(one.not_words) if one.not_words else None,
            )
            for one in written.mechanism
        ),
        general=general.id,
        excluded=general.excluded,
        opens=frozenset(general.opens),
        closes=frozenset(general.closes),
        headings=_patterns(general.headings),
        disputes=_patterns(general.disputes),
        scope=_patterns(general.scope),
        agreement=_patterns(general.agreement),
        closing=_patterns(general.closing),
        conditions=_patterns(general.conditions),
    )


def _patterns(phrases: EffectPhrases) -> Phrases:
    return OnDemand(LANGUAGES, partial(_pattern, phrases))


def _pattern(phrases: EffectPhrases, language: str) -> re.Pattern[str]:
    return any_phrase(fold(phrase) for phrase in phrases.of(language))
