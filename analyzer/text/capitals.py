"""How many words of a line begin with a capital, by which titles are told from running text."""

from __future__ import annotations

import re

TITLE_SHARE, LIKELY_TITLE_SHARE = 0.9, 0.6
"""Shares of words with a capital from which a line is certainly, and probably, printed as a title."""
LONG_WORD = re.compile(r"[^\W\d_]{4,}")
"""Words of four letters and more: shorter ones (``of``, ``the``, ``y``) have no capital in titles either."""


def capital_share(words: str) -> float:
    """Return the share of the words of four letters and more that begin with a capital; 1 if there are none.

    Example:
        >>> capital_share("Agreement on Trade between the Parties"), capital_share("1.")
        (0.75, 1.0)
    """
    long_words = LONG_WORD.findall(words)
    return sum(word[0].isupper() for word in long_words) / len(long_words) if long_words else 1.0
