"""Words of a file that are no part of the agreement: struck out, hidden, around the text. They are counted and told."""

from __future__ import annotations

from collections import Counter

from analyzer.types import Notice

AMENDMENTS = "as marks of amendments"
AROUND = "around the text (header, footer, sidebar)"
DELETED = "deleted"
HIDDEN = "hidden"
MENUS = "in menus and links"
STRUCK = "struck out"
WHITE = "white on white"
"""Why words are left out; struck-out words are not in force."""


_OWN_CODE = (STRUCK, HIDDEN, WHITE)


def count_words(text: str) -> int:
    """Return how many words and numbers a text holds."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def left_out(left: Counter[str]) -> tuple[Notice, ...]:
    """Return the warnings about words that were left out.

    Args:
        left: How many, by the reason.

    Example:
        >>> str(left_out(Counter({STRUCK: 2}))[0])
        '2 words that are struck out were left out'
    """
    struck, unseen = left[STRUCK], left[HIDDEN] + left[WHITE]
    others = {reason: count for reason, count in sorted(left.items()) if count and reason not in _OWN_CODE}
    notices: list[Notice] = []
    if struck:
        notices.append(Notice("struck-words", f"{_words(struck)} struck out {_were(struck)}"))
    if unseen:
        white = f" ({left[WHITE]} {WHITE})" if left[WHITE] else ""
        words = "1 word that nobody sees" if unseen == 1 else f"{unseen} words that nobody sees"
        notices.append(Notice("hidden-words", f"{words}{white} {_were(unseen)}"))
    if others:
        reason = ", ".join(f"{count} {where}" for where, count in others.items())
        count = sum(others.values())
        notices.append(
            Notice("words-left-out", f"{count} {'word' if count == 1 else 'words'} {_were(count)}: {reason}")
        )
    return tuple(notices)


def _words(count: int) -> str:
    return "1 word that is" if count == 1 else f"{count} words that are"


def _were(count: int) -> str:
    return "was left out" if count == 1 else "were left out"
