"""Printed numbers of headings and their values."""

from __future__ import annotations

import re
from functools import lru_cache

from analyzer.knowledge.structure import Structure
from analyzer.text.fold import fold
from analyzer.text.numerals import letter_value, roman_value

_FIGURES = r"\d{1,4}[A-Za-z]?|l\d{1,2}|\d{1,2}[lO]"
ROMAN_CAPITALS = "[IVXLC]{1,7}"
"""Pattern of a Roman numeral in capitals: no heading needs D or M, nor more than seven letters (``XXXVIII``)."""
_ROMANS = rf"{ROMAN_CAPITALS}|[IVXLC][ivxlc]{{1,7}}|[ivxl]{{2,6}}"
_ENDINGS = r"(?:\.?[ºo°ª]|er|re|ère|ER|RE|ÈRE|(?<=[\dIVX])[eE]|ème)"
"""Endings of ordinal figures: ``1º``, ``1er``, ``IIe``."""
_APART = r"(?:(?<=\d)[ ][A-Z]|[ ]\([A-Z]\))(?=[ \t\xa0]*(?:[:–—-]|$))"
"""A letter apart from its number, which nothing but a separator follows: ``71 A``, ``140 (A)``."""
_END = r"(?:(?!\w)|(?<=\d)(?=[A-ZÀ-Þ][^\W\d_]{2}))"
"""The end of a number; the name may be glued to figures: ``CHAPTER 15LABOUR``."""
_PART = re.compile(r"\d+|[a-z]+")
_PLAIN = re.compile(r"\d+(?:\.\d+)*")
_ORDINAL_FIGURE = re.compile(r"(\d|^[ivxlc]+)(?:e?re?|e|eme|ere)(?![a-z])")
SUFFIX_BASE = -1000
"""Value to which that of a suffix is added, so that it is below zero."""
_LONGEST_FIGURE = 6
"""Digits of a number that are read; more are a misreading."""
_MOST_READINGS = 6
"""Readings of a number that are kept."""
Key = tuple[int, ...]
"""The value of a printed number, one integer for each of its parts (``19.3`` → 19, 3). A suffix (``bis``, ``A``)
is a part of its own below zero, so that ``5 bis`` comes after ``5`` and before ``6``."""


@lru_cache(maxsize=16)
def suffix_pattern(suffixes: tuple[str, ...]) -> str:
    """Return the pattern of the suffix of an inserted article: ``bis``, ``-ter``, ``bis A``."""
    return rf"[ –-]?(?i:{'|'.join(map(re.escape, suffixes))})\b(?:\.\d{{1,3}}|[ ]?[A-Z]\b(?![ ][a-z]))*"


@lru_cache(maxsize=16)
def number_pattern(suffixes: tuple[str, ...], ranges: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of a number as headings have it.

    Such are ``5``, ``19.3``, ``A-01``, ``XIII.9``, ``2-A``, ``71a``, ``5 bis``, ``1er bis``, ``140 (A)``, ``1º`` and
    the range ``28 à 30``.

    Args:
        suffixes: Suffixes of inserted articles.
        ranges: Words between the first and the last number of a range.
    """
    suffix = suffix_pattern(suffixes)
    to = "|".join(map(re.escape, ranges))
    return re.compile(
        rf"\d{{1,4}}[ ](?:{to}|[–-])[ ]\d{{1,4}}(?!\w)|"
        rf"(?:{_FIGURES}|{_ROMANS}|[A-Z]|l)(?:(?:[ ]?\.|[-–])(?:\d{{1,3}}|(?:[IVXLC]{{1,5}}|[A-Z])(?![a-z])))*"
        rf"(?:{_ENDINGS}?{suffix}|{_APART}|{_ENDINGS})?{_END}"
    )


def number_of(structure: Structure) -> re.Pattern[str]:
    """Return the pattern of a number as headings have it, with the suffixes and ranges of the lay-out words."""
    return number_pattern(tuple(structure.suffixes), structure.ranges)


def keys_of(number: str, structure: Structure) -> tuple[Key, ...]:
    """Return the values a folded printed number may have; several where a letter may be a Roman numeral (``C``)."""
    if number in structure.ordinals:
        return ((structure.ordinals[number],),)
    readings: list[Key] = [()]
    word = structure.ordinal.match(number)
    if word is not None:  # "segundo bis"
        readings = [(structure.ordinals[" ".join(word[0].split())],)]
        number = number[word.end() :]
    for part in _PART.findall(number):
        values = _values(part, structure, first=not (readings and readings[0]))
        readings = [(*reading, value) for reading in readings for value in values][:_MOST_READINGS]
    if ends := re.fullmatch(rf"(\d{{1,4}})(?:[ ](?:{'|'.join(structure.ranges)}|[?-])[ ]|[?-])(\d{{1,4}})", number):
        readings += [(int(end),) for end in ends.groups()]
    return tuple(reading for reading in readings if reading)


def _values(part: str, structure: Structure, *, first: bool) -> list[int]:
    """Return the values that a part of a number may have."""
    if part.isdigit():
        return [int(part[:_LONGEST_FIGURE])]
    if not first and part in structure.suffixes:
        return [SUFFIX_BASE + structure.suffixes[part]]
    roman, letter = roman_value(part), letter_value(part)
    if first:
        return [value for value in (roman, letter) if value]
    return [value for value in (roman, letter if roman else 0, SUFFIX_BASE + letter if letter else 0) if value]


def printed_keys(printed: str, structure: Structure) -> tuple[Key, ...]:
    """Return the values a printed number may have; ``l`` and ``O`` among figures are 1 and 0 misread."""
    if printed == "l":
        return ((1,),)
    if _PLAIN.fullmatch(printed):
        return (tuple(int(part[:_LONGEST_FIGURE]) for part in printed.split(".")),)
    folded = _ORDINAL_FIGURE.sub(r"\1", fold(re.sub(r"\.?[ºª°]", "", printed)))
    if any(character.isdigit() for character in folded):
        folded = re.sub(r"(?<=\d)[ \xa0](?=\d)", "", folded)
        folded = re.sub(r"(?<![a-z])l(?=\d)|(?<=\d)l$", "1", re.sub(r"(?<=\d)o$", "0", folded))
    return keys_of(" ".join(folded.split()), structure)
