"""Numbers in other signs than plain figures: Roman numerals, letters of the alphabet, raised figures."""

from __future__ import annotations

import re

HIGHEST_ROMAN = 3999
"""Roman numerals end here; a greater number is printed in figures."""
RAISED_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""The figures of footnote marks, from 0 to 9."""
TO_RAISED = str.maketrans("0123456789", RAISED_FIGURES)
"""Translates plain figures into raised ones (``str.translate``)."""
TO_PLAIN = str.maketrans(RAISED_FIGURES, "0123456789")
"""Translates raised figures into plain ones."""

_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_VALUES: dict[str, int] = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_SIGNS = {"m": 1000, "cm": 900, "d": 500, "cd": 400, "c": 100, "xc": 90, "l": 50, "xl": 40, "x": 10, "ix": 9, "v": 5,
          "iv": 4, "i": 1}  # fmt: skip


def year_of_date(date: str) -> int | None:
    """Return the year of a date, ISO 8601; ``None`` where it has none.

    Example:
        >>> year_of_date("2031-05-04"), year_of_date("")
        (2031, None)
    """
    return int(date[:4]) if date[:4].isascii() and date[:4].isdigit() else None


def roman_value(word: str) -> int:
    """Return the value of a Roman numeral in small letters, 0 if it is none.

    Example:
        >>> roman_value("xiv"), roman_value("iiii")
        (14, 0)
    """
    if not word or not _ROMAN.fullmatch(word):
        return 0
    total = 0
    for letter, following in zip(word, word[1:] + " ", strict=True):
        value = _VALUES[letter]
        total += -value if _VALUES.get(following, 0) > value else value
    return total


def roman_numeral(number: int) -> str:
    """Return a number as a Roman numeral in small letters, in figures if it is below 1 or above ``HIGHEST_ROMAN``.

    Example:
        >>> roman_numeral(14)
        'xiv'
    """
    if not 0 < number <= HIGHEST_ROMAN:
        return str(number)
    numeral = ""
    for sign, value in _SIGNS.items():
        numeral += sign * (number // value)
        number %= value
    return numeral


def letter_value(word: str) -> int:
    """Return the position of a letter in the alphabet, ``aa`` after ``z``; 0 if ``word`` is not such a letter."""
    if len(word) > 2 or not word.isascii() or not word.isalpha() or word != word[0] * len(word):
        return 0
    return ord(word[0]) - 96 + 26 * (len(word) - 1)


def letter_numeral(number: int) -> str:
    """Return a number as a small letter; after z come aa and bb, as word processors count, up to zzzzz.

    Example:
        >>> letter_numeral(3), letter_numeral(28)
        ('c', 'bb')
    """
    if not 0 < number <= 26 * 5:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
