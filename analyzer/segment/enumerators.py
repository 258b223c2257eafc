"""Enumerators (``1.``, ``(a)``, ``iv)``, ``–``) and the lists they form.

What an enumerator means depends on the lists that are open: ``(i)`` after ``(h)`` is a letter, after a lead-in it is
a roman number; ``2.`` after ``paragraph`` at the end of a line is a reference and no enumerator at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from analyzer.text.numerals import letter_value, roman_value

_SUFFIX = r"(?:[ ]?(?:bis|ter|quater)\b)?"
_ENUMERATOR = re.compile(
    rf"\([ ]?(?P<bracket>\d{{1,3}}{_SUFFIX}|[a-zA-Z]{{1,2}}|[ivxl]{{1,7}}|[IVXL]{{1,6}}|[a-z][ ]?bis)[ ]?\)\.?"
    r"|(?P<decimal>\d{1,3}(?:\.\d{1,2}){1,3})[.)]?(?=[ \t\xa0]|$)"
    rf"|(?P<number>\d{{1,3}}{_SUFFIX})[ ]?(?:\.[-–]|[.)º°](?!\d))"
    r"|(?P<letter>[a-zA-Z]|[a-z]{2}|[ivxl]{2,7}|[IVXL]{2,6})(?:\)|\.(?=\s|$))"
    r"|(?P<dash>[-–—−•·▪●○■*])(?=\s|\w|$)"
)
_SPACE = re.compile(r"[\s\xa0]*")
_HIGHEST = 199
_FIRST_WORDS = 4
"""Highest number with which a list may begin when its first enumerators were lost."""


@dataclass(frozen=True, slots=True)
class Enumerator:
    """An enumerator as printed.

    Attributes:
        number: Without brackets and dots; empty for a dash.
        form: ``()``, ``.``, ``)`` or ``-``.
        readings: What it may be: alphabet (``1`` figures, ``a`` letters, ``i`` roman, ``d`` decimal, ``A`` and ``I``
            for capitals, ``-`` for dashes) and value.
        start: Offset of its first character.
        end: Offset of the text it introduces.
    """

    number: str
    form: str
    readings: tuple[tuple[str, int], ...]
    start: int
    end: int


def read_enumerator(text: str, start: int, end: int) -> Enumerator | None:
    """Return the enumerator at ``start``, if there is one before ``end``."""
    match = _ENUMERATOR.match(text, start, end)
    if match is None:
        return None
    kind = match.lastgroup or ""
    number = match[kind]
    space = _SPACE.match(text, match.end(), end)
    after = space.end() if space else match.end()
    if kind == "dash":
        return Enumerator("", "-", (("-", 1),), start, after)
    form = "()" if kind == "bracket" else "." if "." in match[0] else ")"
    readings = tuple(_readings(kind, number))
    if not readings or (
        form == ")" and kind == "number" and after == match.end() and not text[after : after + 1].isupper()
    ):
        return None
    return Enumerator(" ".join(number.split()), form, readings, start, after)


def _readings(kind: str, number: str) -> Iterator[tuple[str, int]]:
    if kind == "decimal":
        if not number.startswith("0"):
            yield "d", int(number.rsplit(".", 1)[1])
        return
    plain = number.split(" ")[0].removesuffix("bis").removesuffix("ter")
    if plain[:1].isdigit():
        value = int(re.sub(r"\D", "", plain))
        if 0 < value <= _HIGHEST and not plain.startswith("0"):
            yield "1", value
        return
    lower = plain.lower()
    capital = plain.isupper()
    if roman := roman_value(lower):
        yield "I" if capital else "i", roman
    if letter := letter_value(lower):
        yield "A" if capital else "a", letter
        if len(lower) == 2:
            yield "AA" if capital else "aa", letter - 26


@dataclass(slots=True)
class Open:
    """An open list: its style, how far it has come, its last item and its lead-in (indices of pieces)."""

    alphabet: str
    form: str
    value: int
    prefix: str
    item: int
    parent: int


@dataclass(slots=True)
class Lists:
    """The lists that are open at a point of the text, outermost first."""

    stack: list[Open] = field(default_factory=list)

    def place(self, enumerator: Enumerator, *, strong: bool, inline: bool = False) -> tuple[int, str, int] | None:
        """Return where an enumerator belongs: depth in the stack, alphabet, value; None if it is no enumerator.

        A depth equal to the height of the stack opens a new list.

        Args:
            enumerator: What was read.
            strong: Whether a sentence or clause ends before it, or a blank line stands there.
            inline: Whether it stands inside a line.
        """
        prefix = enumerator.number.rpartition(".")[0]
        for same_form in (True, False):
            for depth in range(len(self.stack) - 1, -1, -1):
                known = self.stack[depth]
                if same_form != (known.form == enumerator.form):
                    continue
                for alphabet, value in enumerator.readings:
                    if alphabet == known.alphabet and known.prefix == prefix and self._is_next(known, alphabet, value):
                        return depth, alphabet, value
        firsts = [reading for reading in enumerator.readings if reading[1] == 1]
        if firsts:
            return self._first(enumerator, firsts[0], prefix, inline=inline)
        if inline or not strong:
            return None
        return self._gap(enumerator, prefix)

    def _is_next(self, known: Open, alphabet: str, value: int) -> bool:
        return alphabet == "-" or value == known.value + 1

    def _first(
        self, enumerator: Enumerator, reading: tuple[str, int], prefix: str, *, inline: bool
    ) -> tuple[int, str, int] | None:
        """Place a first enumerator: a new list, or a list of the same style that starts again."""
        if reading[0] == "d" and prefix and self.stack and self.stack[-1].alphabet == "d":
            known = self.stack[-1]
            if known.prefix.count(".") == prefix.count("."):
                return len(self.stack) - 1, *reading
        for depth, known in enumerate(self.stack):
            if known.alphabet == reading[0] and known.form == enumerator.form and known.prefix == prefix:
                return None if inline else (depth, *reading)
        return len(self.stack), *reading

    def _gap(self, enumerator: Enumerator, prefix: str) -> tuple[int, str, int] | None:
        """Place an enumerator that skips some, or repeats one: the text between was lost or misread."""
        for depth in range(len(self.stack) - 1, -1, -1):
            known = self.stack[depth]
            for alphabet, value in enumerator.readings:
                if alphabet != known.alphabet or known.form != enumerator.form:
                    continue
                if alphabet == "d" or known.value <= value <= known.value + _FIRST_WORDS:
                    return depth, alphabet, value
        if any(known.alphabet == enumerator.readings[-1][0] for known in self.stack):
            return None
        alphabet, value = enumerator.readings[-1]
        if value <= _FIRST_WORDS or (alphabet == "1" and not self.stack):
            return len(self.stack), alphabet, value
        return None

    def accept(self, depth: int, enumerator: Enumerator, alphabet: str, value: int, item: int, parent: int) -> None:
        """Record an item: close the lists below ``depth`` and let that one go on, or open it."""
        if depth < len(self.stack):
            known = self.stack[depth]
            del self.stack[depth + 1 :]
            known.value, known.item = value, item
            known.prefix, known.form = enumerator.number.rpartition(".")[0], enumerator.form
        else:
            prefix = enumerator.number.rpartition(".")[0]
            self.stack.append(Open(alphabet, enumerator.form, value, prefix, item, parent))
