"""Facts about the languages of agreements (``language.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.types import LANGUAGES, Language

if TYPE_CHECKING:
    from analyzer.knowledge.schema_words import LanguageTables


@dataclass(frozen=True, slots=True)
class LanguageFacts:
    """Facts about one language.

    Attributes:
        function_words: Frequent small words by which the language is detected.
        divisions: Words that name a part of an agreement.
        limbs: Words after a comma with which a sentence goes on to a further duty.
        spelling: Pairs of letters that mean the same (``labour``, ``labor``).
        common: Words too frequent in trade agreements to be searched for alone.
    """

    function_words: frozenset[str]
    divisions: tuple[str, ...]
    limbs: tuple[str, ...]
    spelling: tuple[tuple[str, str], ...]
    common: frozenset[str]


@dataclass(frozen=True, slots=True)
class Languages:
    """Facts about all languages.

    Attributes:
        facts: Those of each language.
        agreement: A word for an agreement in its title.
        title_ends: The first words of lines that follow the title.
        divisions: Words that name a part of an agreement.
    """

    facts: Mapping[Language, LanguageFacts]
    agreement: re.Pattern[str]
    title_ends: re.Pattern[str]
    divisions: frozenset[str]

    def __getitem__(self, language: Language) -> LanguageFacts:
        """Return the facts about one language."""
        return self.facts[language]


def make_languages(tables: LanguageTables) -> Languages:
    """Return the facts of ``language.toml``."""
    written = {language: tables.of(language) for language in LANGUAGES}
    return Languages(
        facts={
            language: LanguageFacts(
                function_words=frozenset(entry.function_words),
                divisions=tuple(entry.divisions),
                limbs=tuple(entry.limbs),
                spelling=tuple((pair[0], pair[1]) for pair in entry.spelling),
                common=frozenset(entry.common),
            )
            for language, entry in written.items()
        },
        agreement=_words(word for entry in written.values() for word in entry.agreement),
        title_ends=_words(word for entry in written.values() for word in entry.title_ends),
        divisions=frozenset(word for entry in written.values() for word in entry.divisions),
    )


def _words(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(set(words))))})\b", re.IGNORECASE)
