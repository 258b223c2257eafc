"""The lists of a web page and the numbers of their items."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from analyzer.read.formats.counters import FORMATS
from analyzer.read.formats.paper import ENUMERATOR

_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|decimal|(?:lower|upper)-(?:alpha|latin|roman))\b")
_STYLES = {"decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
           "lower-roman": "i", "upper-roman": "I"}  # fmt: skip
_WORD = re.compile(r"(?![ivxlc]+\.)[a-z]{2,4}\.")
_WHOLE = re.compile(r"\d{1,6}", re.ASCII)


@dataclass(slots=True)
class NumberedList:
    """A list that is open.

    Attributes:
        form: How its numbers are shown (see ``counters.FORMATS``), ``•`` for a bullet, empty for nothing.
        next: The number of its next item.
        mark: What stands behind them.
        step: By how much each number differs from the one before.
    """

    form: str
    next: int
    step: int = 1
    mark: str = "."

    def count(self, attributes: Mapping[str, str]) -> str:
        """Count on, and return what is shown before an item with these attributes."""
        if not self.form:
            return ""
        if self.form == "•":
            return "• "
        value = attributes.get("value", "")
        if _WHOLE.fullmatch(value):
            self.next = int(value)
        number, self.next = self.next, self.next + self.step
        return f"{FORMATS[self.form](number)}{self.mark} "


def is_numbered(words: str) -> bool:
    """Return whether an item of a list begins with a number of its own; ``act.`` is a word."""
    return ENUMERATOR.match(words) is not None and _WORD.fullmatch(words) is None


def list_of(tag: str, attributes: Mapping[str, str]) -> NumberedList:
    """Return the list that an element begins."""
    styled = _LIST_STYLE.search(attributes.get("style", "").lower())
    if styled and styled[1] == "none":
        return NumberedList("", 1)
    if tag != "ol":
        return NumberedList(_STYLES.get(styled[1], "•") if styled else "•", 1)
    form = _STYLES[styled[1]] if styled else attributes.get("type", "1")
    start = attributes.get("start", "")
    first = int(start) if _WHOLE.fullmatch(start) else 1
    mark = ")" if attributes.get("data-mark") == ")" else "."  # see ``markdown``
    return NumberedList(form if form in FORMATS else "1", first, -1 if "reversed" in attributes else 1, mark)
