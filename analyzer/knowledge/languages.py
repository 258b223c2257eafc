"""Facts about the languages of agreements (``language.toml``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyzer.text.fold import fold
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
        language_of: The language of each function word.
        divided_in: The language of each word that names a part of an agreement, or an agreement, in one language alone.
        prevailing: What says that the version in a language prevails, folded.
        others: A language of each frequent word of languages that are only recognised.
        close: Groups of languages that are only recognised and much alike: the words that tell them apart.
        names: The name of each language that is recognised (``labels.toml``), by its code (ISO 639-1).
    """

    facts: Mapping[Language, LanguageFacts]
    agreement: re.Pattern[str]
    title_ends: re.Pattern[str]
    divisions: frozenset[str]
    language_of: Mapping[str, Language]
    divided_in: Mapping[str, Language]
    prevailing: Mapping[Language, tuple[str, ...]]
    others: Mapping[str, str]
    close: tuple[Mapping[str, frozenset[str]], ...]
    names: Mapping[str, str]

    def __getitem__(self, language: Language) -> LanguageFacts:
        """Return the facts about one language."""
        return self.facts[language]

    def name_of(self, code: str) -> str:
        """Return the name of a language; its code if it has no name."""
        return self.names.get(code, code)


def make_languages(tables: LanguageTables, names: Mapping[str, str]) -> Languages:
    """Return the facts about languages.

    Args:
        tables: Content of ``language.toml``.
        names: The names of languages by code.
    """
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
        language_of={word: language for language, entry in written.items() for word in entry.function_words},
        divided_in=_in_one_language(written),
        prevailing={language: tuple(map(fold, getattr(tables.prevailing, language))) for language in LANGUAGES},
        others={word: language for language, words in tables.others.items() for word in words},
        close=tuple({code: frozenset(words) for code, words in group.items()} for group in tables.close),
        names=names,
    )


def _in_one_language(written: Mapping[Language, Any]) -> dict[str, Language]:
    """Return the words for divisions and agreements that only one language has, each with its language."""
    words_of = {language: {*entry.divisions, *entry.agreement} for language, entry in written.items()}
    count = Counter(word for words in words_of.values() for word in words)
    return {word: language for language, words in words_of.items() for word in words if count[word] == 1}


def _words(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(set(words))))})\b", re.IGNORECASE)
