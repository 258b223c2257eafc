"""The words of the hub in the languages that it speaks, and the language in which it opens."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from analyzer.types import LANGUAGES

FILE = Path(__file__).parent / "messages.toml"


@cache
def messages() -> dict[str, dict[str, str]]:
    """Return the messages by language and key; every key has all languages."""
    with FILE.open("rb") as file:
        written: dict[str, list[str]] = tomllib.load(file)
    return {language: {key: words[at] for key, words in written.items()} for at, language in enumerate(LANGUAGES)}


def language_of(languages: Iterable[str]) -> str:
    """Return the language in which the page opens: that of most agreements, English where none prevails.

    Args:
        languages: The language of each agreement.
    """
    counts = Counter(language for language in languages if language in LANGUAGES)
    return max(LANGUAGES, key=lambda language: counts[language])
