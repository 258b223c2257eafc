"""Words of a file that are no part of the agreement: struck out, hidden, around the text. They are counted and told."""

from __future__ import annotations

from collections import Counter

from analyzer.types import Notice

AROUND = "around the text (header, footer, sidebar)"
DELETED = "deleted"
HIDDEN = "hidden"
MENUS = "in menus and links"
STRUCK = "struck out"
WHITE = "white on white"
"""Why words are left out; struck-out words are not in force."""


def count_words(text: str) -> int:
    """Return how many words and numbers a text holds."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def left_out(left: Counter[str]) -> tuple[Notice, ...]:
    """Return the warning about words that were left out.

    Args:
        left: How many, by the reason.

    Example:
        >>> str(left_out(Counter({STRUCK: 2}))[0])
        '2 words were left out: 2 struck out'
    """
    if not left.total():
        return ()
    words = ", ".join(f"{count} {where}" for where, count in sorted(left.items()) if count)
    verb = "word was" if left.total() == 1 else "words were"
    return (Notice("words-left-out", f"{left.total()} {verb} left out: {words}"),)
