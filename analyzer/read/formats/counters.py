"""Numbers of lists as a reader sees them: 3 as ``3``, ``c`` or ``III``."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
MAX_ROMAN = 3999
"""Roman numerals end here; a greater number is printed in digits."""


def roman(number: int) -> str:
    """Return a number as a small Roman numeral."""
    if not 0 < number <= MAX_ROMAN:
        return str(number)
    numeral = ""
    for value, letters in _ROMAN:
        numeral += letters * (number // value)
        number %= value
    return numeral


def letter(number: int) -> str:
    """Return a number as a small letter; after z comes aa, then bb, as word processors count."""
    if not 0 < number <= 26 * 5:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


FORMATS: dict[str, Callable[[int], str]] = {
    "1": str,
    "01": lambda number: f"{number:02}",
    "a": letter,
    "A": lambda number: letter(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}
"""How numbers are shown, by the way HTML and ODF call it."""
