"""Roman numerals, letters used as numbers, and raised figures."""

from __future__ import annotations

import re

RAISED_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"
TO_RAISED = str.maketrans("0123456789", RAISED_FIGURES)
TO_PLAIN = str.maketrans(RAISED_FIGURES, "0123456789")
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_DIGITS: dict[str, int] = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def roman_value(word: str) -> int:
    """Return the value of a Roman numeral in small letters; 0 if ``word`` is not one."""
    if not word or not _ROMAN.fullmatch(word):
        return 0
    total = 0
    for letter, following in zip(word, word[1:] + " ", strict=True):
        value = _DIGITS[letter]
        total += -value if _DIGITS.get(following, 0) > value else value
    return total


def letter_value(word: str) -> int:
    """Return the position of a letter in the alphabet, ``aa`` after ``z``; 0 if ``word`` is not such a letter."""
    if len(word) > 2 or not word.isascii() or not word.isalpha() or word != word[0] * len(word):
        return 0
    return ord(word[0]) - 96 + 26 * (len(word) - 1)
