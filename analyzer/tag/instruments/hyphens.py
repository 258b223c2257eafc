"""Removal of typesetting hyphens, with a map back to the original offsets."""

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
"""Single characters, searched first because that is much faster than searching for pairs."""
_SIGNS = {"№": "#"}


def unhyphenated(text: str) -> tuple[str, Callable[[int], int]]:
    """Return a text without typesetting hyphens, and a function from its offsets to those of the given text.

    Every hyphen at the end of a line is taken for a typesetting hyphen, so compounds divided there are joined too; the
    titles and names that are sought have hardly any.
    """
    for sign, plain in _SIGNS.items() if not text.isascii() else ():
        if sign in text:
            text = text.replace(sign, plain)
    if not any(mark in text for mark in _MARKS) and not any(mark in text for mark in _ENDS):
        return text, _same
    starts, removed, parts, last, removed_so_far = [0], [0], list[str](), 0, 0
    for match in _HYPHEN.finditer(text):
        parts.append(text[last : match.start()])
        last = match.end()
        starts.append(match.start() - removed_so_far)
        removed_so_far += match.end() - match.start()
        removed.append(removed_so_far)
    if not removed_so_far:
        return text, _same
    parts.append(text[last:])
    return "".join(parts), lambda offset: offset + removed[bisect_right(starts, offset) - 1]


def _same(offset: int) -> int:
    return offset
