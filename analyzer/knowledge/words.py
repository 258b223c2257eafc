"""Short and small words of each language, by which broken and glued words in PDFs are recognised (``words.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.types import LANGUAGES, Language

if TYPE_CHECKING:
    from analyzer.knowledge.schema_words import WordTables


@dataclass(frozen=True, slots=True)
class WordLists:
    """Words of one language, or of all.

    Attributes:
        short: Words of one to three letters.
        before: Small words with which two glued words may begin.
        after: Small words with which two glued words may end.
        endings: Small words that are also endings of other words.
        prefixes: Prefixes that keep their hyphen where a line break divides a word.
        whole: Single words that look like two glued words.
    """

    short: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    endings: frozenset[str]
    prefixes: frozenset[str]
    whole: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of each language, and those of all together."""

    by_language: Mapping[Language, WordLists]
    all: WordLists

    def __getitem__(self, language: Language) -> WordLists:
        """Return the words of one language."""
        return self.by_language[language]


def make_words(tables: WordTables) -> Words:
    """Return the words of ``words.toml``."""
    written = {language: tables.of(language) for language in LANGUAGES}
    keys = ("short", "before", "after", "endings", "prefixes", "whole")
    return Words(
        by_language={
            language: WordLists(**{key: frozenset(getattr(entry, key)) for key in keys})
            for language, entry in written.items()
        },
        all=WordLists(**{key: frozenset(w for entry in written.values() for w in getattr(entry, key)) for key in keys}),
    )
