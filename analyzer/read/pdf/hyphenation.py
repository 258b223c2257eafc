"""Words as they should stand in a text: divided ones joined, ligatures spelt out, odd spaces and bullets made plain."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analyzer.read.pdf.lines import HYPHEN

_ODD = str.maketrans(
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
_SOFT = re.compile("\u00ad(?=.)")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_HEAD = re.compile(r"[^\W_]+(?:-[^\W_]+)*$")
_TAIL = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_HYPHENS = ("-", HYPHEN, "\u00ad")
# Words before a hyphen that is there to stay ("non-discrimination", "co-operation"), in the three languages.
_PREFIXES = frozenset(
    {
        "non",
        "anti",
        "co",
        "self",
        "inter",
        "intra",
        "sub",
        "pre",
        "post",
        "semi",
        "multi",
        "cross",
        "ex",
        "vice",
        "well",
        "socio",
        "extra",
        "ultra",
        "quasi",
        "half",
        "all",
    }
)


def plain(line: str) -> str:
    """Return a line with ligatures spelt out, plain spaces and hyphens, and without invisible characters."""
    if line.isascii() and "  " not in line and line.isprintable():
        return line.strip()
    line = _CONTROL.sub("", line.translate(_ODD))
    return _SPACES.sub(" ", _SOFT.sub("", line)).strip()


def is_divided(line: str) -> bool:
    """Whether the last word of a line may go on in the next."""
    return line[-1:] in _HYPHENS and len(line) > 1 and line[-2].isalnum()


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """Return the words of the lines in small letters, without those that a line end divides."""
    text = "\n".join(_HEAD.sub("", line[:-1]) if line[-1:] in _HYPHENS else line for line in lines)
    return frozenset(_WORD.findall("\n".join(set(text.lower().split()))))  # each word but once


def rejoin(line: str, following: str, known: frozenset[str]) -> tuple[str, str]:
    """Return a line with its divided last word whole, and the following line without the rest of that word.

    A hyphen stays where the next line begins with a capital or a figure, where the document writes the word so
    elsewhere, after a prefix that is written with one, and between two words of the document that it does not write
    as one.

    Args:
        line: A line for which ``is_divided`` holds.
        following: The next line.
        known: The words of the document.
    """
    tail = _TAIL.match(following)
    if tail is None:
        return (line.removesuffix(HYPHEN) + "-" if line.endswith(HYPHEN) else line), following
    rest = tail.end()
    while rest < len(following) and not following[rest].isspace():
        rest += 1
    head = _HEAD.search(line[:-1])
    one, two = (head[0] if head else line[:-1]).lower(), tail[0].lower()
    mark = "-" if _stays(one, two, tail[0], known) else ""
    return line[:-1] + mark + following[:rest], following[rest:].lstrip()


def _stays(one: str, two: str, printed: str, known: frozenset[str]) -> bool:
    if not printed[0].islower() or one[-1].isdigit():
        return True
    if one + two in known:
        return False
    if f"{one}-{two}" in known:
        return True
    last = one.rpartition("-")[2]
    if last in _PREFIXES:
        return True
    return len(last) > 2 and last in known and two in known
