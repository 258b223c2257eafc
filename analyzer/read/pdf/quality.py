"""Quality of a page's text layer: some fonts have no map to Unicode, and some producers break words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.read.pdf.page_lines import PageLine

FEW_LETTERS = 100
"""Letters below which a page may be a scan with only a stamp or a page number as text."""
FEW_WORDS = 20
"""Words below which the quality of a page is not judged."""
UNUSABLE = 0.5
"""Quality below which a page is read from its picture."""

_UNKNOWN = re.compile(r"[\ufffd\ue000-\uf8ff\x01\x03-\x08\x0e-\x1f\x7f-\x9f]|\(cid:\d+\)")
_BULLETS = re.compile("[\uf0a0-\uf0ff\uf02d\uf076]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONE_LETTER = re.compile(r"(?<![\w(.’'-])[^\W\d_aAàyYeEoOuUIiVvXxLlCc](?![\w).’'-])")
_VOWEL = re.compile(r"[aeiouyáàâäéèêëíìîïóòôöúùûüAEIOUYÁÀÂÄÉÈÊËÍÌÎÏÓÒÔÖÚÙÛÜ]")
_VOWELLESS_WORDS = 0.15
"""Usual share of words without a vowel (abbreviations, units); more lower the quality."""
_SOUND_VOWELS = 0.25
"""Minimum vowels per character of running text."""
_SOUND_LENGTH = 4.8
"""Minimum characters per word of running text, blanks included."""
_LONE_LETTERS = 0.05
"""Usual share of single letters that are neither words nor enumerators; more lower the quality."""
_LONG_WORDS = 9.0
"""Mean letters per word above which words are glued together.

English, Spanish and French have 5 to 7, lists of chemicals 8."""


def quality_of(lines: Sequence[PageLine]) -> float:
    """Return the quality of a page's text: 1 if its words can be read, 0 if none can.

    It falls with characters that have no meaning in Unicode, words without vowels, single letters and very long
    words. ``analyzer.read.pdf.mending`` judges what only the whole document shows.
    """
    text = "\n".join(line.text for line in lines)
    if _looks_sound(text):
        return 1.0
    words = _WORD.findall(text)
    unknown = len(_UNKNOWN.findall(_BULLETS.sub("", text)))
    if len(words) + unknown < FEW_WORDS:
        return 1.0
    letters = sum(map(len, words)) + unknown
    lower = [word for word in words if not word.isupper()]  # capitals may be codes: CTH, HS
    vowelless = sum(1 for word in lower if not _VOWEL.search(word)) / max(FEW_WORDS, len(lower))
    lone = len(_LONE_LETTER.findall(text)) / max(1, len(words))
    penalty = unknown / letters + 2 * max(0.0, vowelless - _VOWELLESS_WORDS) + 2 * max(0.0, lone - _LONE_LETTERS)
    penalty += 0.2 * max(0.0, letters / max(FEW_WORDS, len(words)) - _LONG_WORDS)
    return round(max(0.0, 1.0 - penalty), 3)


def _looks_sound(text: str) -> bool:
    """Return whether a quick check passes: usual characters, enough vowels, words of usual length."""
    if not text.isascii() and _UNKNOWN.search(text):
        return False
    words = text.count(" ") + text.count("\n") + 1
    if not _SOUND_LENGTH * words < len(text) < _LONG_WORDS * words:
        return False
    enough = _SOUND_VOWELS * len(text)
    return sum(map(text.count, "aeio")) > enough or sum(map(text.count, "aeiouAEIOU")) > enough
