"""How far the text layer of a page can be trusted: some fonts have no map to Unicode, some producers break words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.read.pdf.lines import Line

FEW_LETTERS = 100
"""With fewer letters a page may be a scan with nothing but a stamp or a page number on it."""
FEW_WORDS = 20
"""With fewer words nothing is said of them."""
UNUSABLE = 0.5
"""Below this quality a page is read from its picture."""

_UNKNOWN = re.compile(r"[\ufffd\ue000-\uf8ff\x01\x03-\x08\x0e-\x1f\x7f-\x9f]|\(cid:\d+\)")
_BULLETS = re.compile("[\uf0a0-\uf0ff\uf02d\uf076]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONE = re.compile(r"(?<![\w(.’'-])[^\W\d_aAàyYeEoOuUIiVvXxLlCc](?![\w).’'-])")
_VOWEL = re.compile(r"[aeiouyáàâäéèêëíìîïóòôöúùûüAEIOUYÁÀÂÄÉÈÊËÍÌÎÏÓÒÔÖÚÙÛÜ]")
_WORDS_OF_CONSONANTS = 0.15
"""Usual share of words without a vowel (abbreviations, units)."""
_SOUND_VOWELS, _SOUND_LENGTH = 0.25, 4.8
"""Vowels a character, and characters a word, blanks included, of running text at least."""
_LONE_LETTERS = 0.05
"""Usual share of single letters that are no words and no enumerators."""
_LONG_WORDS = 9.0
"""Usual letters a word at most, the mean of a page; English, Spanish and French have 5 to 7, lists of chemicals 8."""


def quality_of(lines: Sequence[Line]) -> float:
    """Return the quality of a page's text, 0 to 1: 1 for words that can be read, 0 for none that can.

    Looked at are letters without a meaning in Unicode, words without vowels, single letters and very long words; for
    what shows only in the whole document see ``analyzer.read.pdf.mending``.
    """
    text = "\n".join(line.text for line in lines)
    if _looks_sound(text):
        return 1.0
    words = _WORD.findall(text)
    unknown = len(_UNKNOWN.findall(_BULLETS.sub("", text)))
    if len(words) + unknown < FEW_WORDS:
        return 1.0
    letters = sum(map(len, words)) + unknown
    small = [word for word in words if not word.isupper()]  # capitals may be codes: CTH, HS
    silent = sum(1 for word in small if not _VOWEL.search(word)) / max(FEW_WORDS, len(small))
    lone = len(_LONE.findall(text)) / max(1, len(words))
    penalty = unknown / letters + 2 * max(0.0, silent - _WORDS_OF_CONSONANTS) + 2 * max(0.0, lone - _LONE_LETTERS)
    penalty += 0.2 * max(0.0, letters / max(FEW_WORDS, len(words)) - _LONG_WORDS)
    return round(max(0.0, 1.0 - penalty), 3)


def _looks_sound(text: str) -> bool:
    """Whether a quick look finds nothing wrong: letters of usual languages, enough vowels, words of usual length."""
    if not text.isascii() and _UNKNOWN.search(text):
        return False
    words = text.count(" ") + text.count("\n") + 1
    if not _SOUND_LENGTH * words < len(text) < _LONG_WORDS * words:
        return False
    wanted = _SOUND_VOWELS * len(text)
    return sum(map(text.count, "aeio")) > wanted or sum(map(text.count, "aeiouAEIOU")) > wanted
