"""Words printed as a title: most of them begin with a capital."""

from __future__ import annotations

import re

from analyzer.segment.lines import Lines

TITLE_SHARE, LIKELY_TITLE_SHARE = 0.9, 0.6
"""Shares of words with a capital from which a line is certainly, and probably, printed as a title."""
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
"""Words of four letters and more: shorter ones (``of``, ``the``, ``y``) have no capital in titles either."""


def capital_share(words: str) -> float:
    """Return the share of the words of four letters and more that begin with a capital; 1 if there are none."""
    long = _LONG_WORD.findall(words)
    return sum(word[0].isupper() for word in long) / len(long) if long else 1.0


def count_long_words(words: str) -> int:
    """Return the number of words of four letters and more."""
    return len(_LONG_WORD.findall(words))


def is_title(lines: Lines, start: int, end: int) -> bool:
    """Return whether ``text[start:end]`` is printed as a title: with capitals, without a verb of running text."""
    structure = lines.structure
    words = lines.text[start:end]
    return (
        capital_share(words) >= TITLE_SHARE
        and _LONG_WORD.search(words) is not None
        and structure.running.match(lines.folded, start) is None
        and structure.verbs.search(lines.folded, start, end) is None
    )
