"""Detection of the language of a text from its most frequent function words."""

from __future__ import annotations

import re

from analyzer.knowledge.languages import Languages
from analyzer.types import LANGUAGES, Language

SAMPLE = 8_000
"""Characters sampled from the beginning, the middle and the end of a text each."""
_WORD = re.compile(r"[^\W\d_]+")


def count_function_words(text: str, languages: Languages) -> dict[Language, int]:
    """Return the number of each language's function words in a sample of the text."""
    middle = max(0, len(text) // 2 - SAMPLE // 2)
    pieces = [text] if len(text) <= 3 * SAMPLE else [text[:SAMPLE], text[middle : middle + SAMPLE], text[-SAMPLE:]]
    words = [word.lower() for piece in pieces for word in _WORD.findall(piece)]
    return {language: sum(word in languages[language].function_words for word in words) for language in LANGUAGES}


def detect_language(text: str, languages: Languages) -> Language:
    """Return the language with most function words in a text; English if the text has none."""
    counted = count_function_words(text, languages)
    return max(counted, key=lambda language: counted[language])
