"""Words of a file that are no part of the agreement: struck out, hidden, around the text. They are counted and told."""

from __future__ import annotations

from collections import Counter

from analyzer.read.quotes import quote_some
from analyzer.types import Notice, NoticeCode

AMENDMENTS = "as marks of amendments"
AROUND = "around the text (header, footer, sidebar)"
DELETED = "deleted"
HIDDEN = "hidden"
MENUS = "in menus and links"
STRUCK = "struck out"
WHITE = "white on white"
"""Why words are left out; struck-out words are not in force."""


_OWN_CODE: dict[str, NoticeCode] = {STRUCK: "struck-words", HIDDEN: "hidden-words", WHITE: "hidden-words"}
_NAMES: dict[NoticeCode, str] = {"struck-words": "that {} struck out", "hidden-words": "that nobody sees"}
_MOST_QUOTES = 1_000
_LONGEST = 200
"""Characters of an example that are kept."""


def count_words(text: str) -> int:
    """Return how many words and numbers a text holds."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


class LeftOut(Counter[str]):
    """How many words were left out, by the reason, and some of those that a reader would want to see."""

    def __init__(self) -> None:
        super().__init__()
        self.quotes: dict[str, list[str]] = {}

    def add(self, reason: str, words: str) -> None:
        """Count words that are left out."""
        count = count_words(words)
        self[reason] += count
        if count and reason in _OWN_CODE:
            quotes = self.quotes.setdefault(_OWN_CODE[reason], [])
            quotes += [" ".join(words[:_LONGEST].split())] if len(quotes) < _MOST_QUOTES else []

    def notices(self) -> tuple[Notice, ...]:
        """Return the warnings.

        Example:
            >>> left = LeftOut()
            >>> left.add(STRUCK, "endeavour to")
            >>> str(left.notices()[0])
            '2 words that are struck out were left out (“endeavour to”)'
        """
        notices: list[Notice] = []
        for code, form in _NAMES.items():
            count = sum(self[reason] for reason, own_code in _OWN_CODE.items() if own_code == code)
            if count:
                name = form.format("is" if count == 1 else "are")
                notices.append(Notice(code, f"{_words(count)} {name} {_were(count)} {quote_some(self.quotes[code])}"))
        others = {reason: count for reason, count in sorted(self.items()) if count and reason not in _OWN_CODE}
        if others:
            reasons = ", ".join(f"{count} {where}" for where, count in others.items())
            count = sum(others.values())
            notices.append(Notice("words-left-out", f"{_words(count)} {_were(count)}: {reasons}"))
        return tuple(notices)


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count} words"


def _were(count: int) -> str:
    return "was left out" if count == 1 else "were left out"
