"""Texts without the hyphens of typesetting, and where each character of them stood before."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

_HYPHEN = re.compile(
    r"\u00ad(?:[ \t]*\r?\n[ \t]*)?|[-\u2010](?<=[^\W\d_][-\u2010])[ \t]*\r?\n[ \t]*(?=[a-zß-öø-ÿ])|[\u200b\u2060\ufeff]"
)
"""Soft hyphens, hyphens at the end of a line before a small letter, and characters without width."""
_ENDS = ("-\n", "- \n")
_MARKS = ("\r", "\u00ad", "\u2010", "\u200b", "\u2060", "\ufeff")
"""Single characters are found much faster than pairs, so they are looked for first."""
_SIGNS = {"№": "#"}


def unhyphenated(text: str) -> tuple[str, Callable[[int], int]]:
    """Return a text without hyphens that typesetting put into words, and a function from its offsets to those before.

    A hyphen at the end of a line is taken for one of typesetting, which joins a compound there too: titles and names
    that are looked for have hardly any.
    """
    for sign, plain in _SIGNS.items() if not text.isascii() else ():
        if sign in text:
            text = text.replace(sign, plain)
    if not any(mark in text for mark in _MARKS) and not any(mark in text for mark in _ENDS):
        return text, _same
    starts, removed, parts, last, gone = [0], [0], list[str](), 0, 0
    for found in _HYPHEN.finditer(text):
        parts.append(text[last : found.start()])
        last = found.end()
        starts.append(found.start() - gone)
        gone += found.end() - found.start()
        removed.append(gone)
    if not gone:
        return text, _same
    parts.append(text[last:])
    return "".join(parts), lambda offset: offset + removed[bisect_right(starts, offset) - 1]


def _same(offset: int) -> int:
    return offset
