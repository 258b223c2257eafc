"""Printed numbers of headings and their values."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analyzer.text.fold import fold
from analyzer.text.numerals import letter_value, roman_value

_FIGURES = r"\d{1,4}[A-Z]?|l\d{1,2}|\d{1,2}[lO]"
ROMAN_CAPITALS = "[IVXLC]{1,7}"
"""Pattern of a Roman numeral in capitals: no heading needs D or M, nor more than seven letters (``XXXVIII``)."""
_ROMANS = rf"{ROMAN_CAPITALS}|[IVXLC][ivxlc]{{1,7}}|[ivxl]{{2,6}}"
NUMBER = re.compile(
    rf"(?:{_FIGURES}|{_ROMANS}|[A-Z]|l)(?:(?:[ ]?\.|[-–])(?:\d{{1,3}}|[IVXLC]{{1,5}}|[A-Z])(?![a-z]))*"
    r"(?:[ ]?(?i:bis|ter|quater|quinquies)\b(?:\.\d{1,3})*|[ ]?\([A-Z]\)(?=\s*(?:[:.–—-]|$)))?"
    r"(?:er|re|ère|ER|RE|[ºo°ª])?(?!\w)"
)
"""A number as headings have it: ``5``, ``19.3``, ``A-01``, ``XIII.9``, ``2-A``, ``5 bis``, ``140 (A)``, ``1º``."""
_PART = re.compile(r"\d+|[a-z]+")
_SUFFIXES = {"bis": 1, "ter": 2, "quater": 3, "quinquies": 4}
SUFFIX_BASE = -1000
"""Value to which that of a suffix is added, so that it is below zero."""
_LONGEST_FIGURE = 6
"""Digits of a number that are read; more are a misreading."""
_MOST_READINGS = 4
"""Readings of a number that are kept."""
Key = tuple[int, ...]
"""The value of a printed number, one integer for each of its parts (``19.3`` → 19, 3). A suffix (``bis``, ``A``)
is a part of its own below zero, so that ``5 bis`` comes after ``5`` and before ``6``."""


def keys_of(number: str, ordinals: Mapping[str, int]) -> tuple[Key, ...]:
    """Return the values a folded printed number may have; several where a letter may be a Roman numeral (``C``)."""
    if number in ordinals:
        return ((ordinals[number],),)
    readings: list[Key] = [()]
    for index, part in enumerate(_PART.findall(number)):
        values: list[int] = []
        if part.isdigit():
            values.append(int(part[:_LONGEST_FIGURE]))
        elif index and part in _SUFFIXES:
            values.append(SUFFIX_BASE + _SUFFIXES[part])
        else:
            roman, letter = roman_value(part), letter_value(part)
            if index and letter and not roman:
                values.append(SUFFIX_BASE + letter)
            else:
                values += [value for value in (roman, letter) if value]
        readings = [(*reading, value) for reading in readings for value in values][:_MOST_READINGS]
    return tuple(reading for reading in readings if reading)


def printed_keys(printed: str, ordinals: Mapping[str, int]) -> tuple[Key, ...]:
    """Return the values a printed number may have; ``l`` and ``O`` among figures are 1 and 0 misread."""
    if printed == "l":
        return ((1,),)
    folded = fold(printed.rstrip("ºª°"))
    if any(character.isdigit() for character in folded):
        folded = re.sub(r"(?<=\d)e?re?$|(?<=\d)[ \xa0](?=\d)", "", folded)
        folded = re.sub(r"(?<![a-z])l(?=\d)|(?<=\d)l$", "1", re.sub(r"(?<=\d)o$", "0", folded))
    return keys_of(" ".join(folded.split()), ordinals)
