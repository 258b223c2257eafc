"""In which language an agreement is written, told by its commonest small words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import get_args

from analyzer.knowledge.instruments import FOLDER
from analyzer.types import Language

SAMPLE = 8_000
"""Characters looked at from the beginning, the middle and the end of a text each."""
_WORD = re.compile(r"[^\W\d_]+")


@cache
def facts(language: Language) -> dict[str, list[str]]:
    """Return the entry of a language in ``knowledge/language.toml``."""
    file = FOLDER / "language.toml"
    entry: dict[str, list[str]] = tomllib.loads(file.read_text(encoding="utf-8"))[language]
    return entry


def count_function_words(text: str) -> dict[Language, int]:
    """Return how many of each language's function words a sample of the text holds."""
    middle = max(0, len(text) // 2 - SAMPLE // 2)
    pieces = [text] if len(text) <= 3 * SAMPLE else [text[:SAMPLE], text[middle : middle + SAMPLE], text[-SAMPLE:]]
    words = [word.lower() for piece in pieces for word in _WORD.findall(piece)]
    languages: tuple[Language, ...] = get_args(Language)
    known = {language: frozenset(facts(language)["function_words"]) for language in languages}
    return {language: sum(word in known[language] for word in words) for language in languages}


def detect_language(text: str) -> Language:
    """Return the language of a text; English if nothing tells, the commonest if it is in several."""
    counted = count_function_words(text)
    return max(counted, key=lambda language: counted[language])
