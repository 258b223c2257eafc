"""Numbers of lists as a reader sees them: 3 as ``3``, ``c`` or ``III``."""

from __future__ import annotations

from collections.abc import Callable

from analyzer.text.numerals import letter_numeral, roman_numeral

FORMATS: dict[str, Callable[[int], str]] = {
    "1": str,
    "01": lambda number: f"{number:02}",
    "a": letter_numeral,
    "A": lambda number: letter_numeral(number).upper(),
    "i": roman_numeral,
    "I": lambda number: roman_numeral(number).upper(),
}
"""How numbers are shown, by the names that HTML and OpenDocument give."""
