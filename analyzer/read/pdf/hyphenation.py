"""Words as they should stand in a text: divided ones rejoined, ligatures spelt out, unusual signs made plain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass

from analyzer.read.pdf.page_lines import HYPHEN

_PLAIN_SIGNS = str.maketrans(
    {
        "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
        "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ", "\u2002": " ", "\u2003": " ", "\t": " ",
        "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\x00": "",
        "\u2010": "-", "\u2011": "-", "\x02": HYPHEN,
        "\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf0fc": "•", "\uf0a8": "•", "\uf076": "•", "\uf02d": "-",
    }
)  # fmt: skip
_CONTROL = re.compile(r"[\x01\x03-\x08\x0b-\x1f\x7f-\x9f]")
_SPACES = re.compile(r" {2,}")
_INNER_SOFT_HYPHEN = re.compile("\u00ad(?=.)")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LAST_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*$")
SHORTEST_PART = 3
"""Minimum letters of a word before or behind a hyphen that stays."""
_HYPHENS = ("-", HYPHEN, "\u00ad")


def with_plain_signs(line: str) -> str:
    """Return a line with ligatures spelt out, plain spaces, hyphens and bullets, and no invisible characters."""
    if line.isascii() and "  " not in line and line.isprintable():
        return line.strip()
    line = _CONTROL.sub("", line.translate(_PLAIN_SIGNS))
    return _SPACES.sub(" ", _INNER_SOFT_HYPHEN.sub("", line)).strip()


def is_divided(line: str) -> bool:
    """Return whether the last word of a line may continue on the next."""
    return line[-1:] in _HYPHENS and len(line) > 1 and line[-2].isalnum()


def whole_words(lines: Iterable[str]) -> frozenset[str]:
    """Return the words of lines in small letters, without those that a line end divides."""
    text = "\n".join(_LAST_WORD.sub("", line[:-1]) if line[-1:] in _HYPHENS else line for line in lines)
    return frozenset(_WORD.findall("\n".join(set(text.lower().split()))))  # each word only once


@dataclass(frozen=True, slots=True)
class Spelling:
    """What decides whether a word is written with a hyphen.

    Attributes:
        words: The words of the document.
        prefixes: Those that keep their hyphen.
        dictionary: Gives the words of the language of the document; called only where the document does not decide.
    """

    words: Set[str]
    prefixes: Set[str]
    dictionary: Callable[[], Set[str]]

    def has(self, word: str) -> bool:
        """Return whether a string in small letters is a word of the document or of its language."""
        return word in self.words or word in self.dictionary()


def rejoin(line: str, following: str, spelling: Spelling) -> tuple[str, str]:
    """Return a line with its divided last word whole, and the following line without the rest of that word.

    A hyphen stays where the next line begins with a capital or a figure, where the document writes the word so
    elsewhere, after a prefix that is written with one, and between two words which neither the document nor the
    dictionary writes as one.

    Args:
        line: A line for which ``is_divided`` holds.
        following: The next line.
        spelling: What decides about words.
    """
    second = _WORD.match(following)
    if second is None:
        return (line.removesuffix(HYPHEN) + "-" if line.endswith(HYPHEN) else line), following
    end = second.end()
    while end < len(following) and not following[end].isspace():
        end += 1
    last = _LAST_WORD.search(line[:-1])
    first = (last[0] if last else line[:-1]).lower()
    hyphen = "-" if _keeps_hyphen(first, second[0], spelling) else ""
    return line[:-1] + hyphen + following[:end], following[end:].lstrip()


def _keeps_hyphen(first: str, second: str, spelling: Spelling) -> bool:
    """Return whether a hyphen between two parts of a word stays; the first part is in small letters."""
    if not second[0].islower() or first[-1].isdigit():
        return True
    second = second.lower()
    if first + second in spelling.words:
        return False
    if f"{first}-{second}" in spelling.words:
        return True
    last_part = first.rpartition("-")[2]
    if last_part in spelling.prefixes:
        return True
    if len(last_part) < SHORTEST_PART or len(second) < SHORTEST_PART:
        return False
    if last_part in spelling.words and second in spelling.words:
        return True
    return last_part + second not in spelling.dictionary() and spelling.has(last_part) and spelling.has(second)
