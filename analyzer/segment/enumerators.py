"""Enumerators (``1.``, ``(a)``, ``iv)``, ``–``) and the lists they form.

What an enumerator means depends on the lists that are open: ``(i)`` after ``(h)`` is a letter, after a lead-in it is
a Roman numeral; ``2.`` after ``paragraph`` at the end of a line is a reference and not an enumerator at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

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
"""Highest number of an enumerator; a higher one is a year or a figure of the text."""
_HIGHEST_FIRST = 4
"""Highest number with which a list may begin when its first enumerators were lost; also the most that may be lost
inside one."""


class Reading(NamedTuple):
    """What an enumerator may be.

    Attributes:
        alphabet: ``1`` for figures, ``a`` letters, ``i`` Roman numerals, ``d`` decimals, ``aa`` double letters, capital
            letters for capitals, ``-`` for dashes.
        value: Its number in that alphabet.
    """

    alphabet: str
    value: int


class Position(NamedTuple):
    """Where an enumerator belongs: the depth of its list, and how it is read there.

    A depth equal to the number of open lists opens a new one.
    """

    depth: int
    alphabet: str
    value: int


@dataclass(frozen=True, slots=True)
class Enumerator:
    """An enumerator as printed.

    Attributes:
        number: Without brackets and dots; empty for a dash.
        form: ``()``, ``.``, ``)`` or ``-``.
        readings: What it may be.
        start: Offset of its first character.
        end: Offset of the text it introduces.
    """

    number: str
    form: str
    readings: tuple[Reading, ...]
    start: int
    end: int

    @property
    def prefix(self) -> str:
        """Return the parts of its number before the last (``2.3`` of ``2.3.1``)."""
        return self.number.rpartition(".")[0]


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
        return Enumerator("", "-", (Reading("-", 1),), start, after)
    form = "()" if kind == "bracket" else "." if "." in match[0] else ")"
    readings = tuple(_readings(kind, number))
    glued = form == ")" and kind == "number" and after == match.end()
    if not readings or (glued and not text[after : after + 1].isupper()):
        return None
    return Enumerator(" ".join(number.split()), form, readings, start, after)


def _readings(kind: str, number: str) -> Iterator[Reading]:
    if kind == "decimal":
        if not number.startswith("0"):
            yield Reading("d", int(number.rsplit(".", 1)[1]))
        return
    plain = number.split(" ")[0].removesuffix("bis").removesuffix("ter")
    if plain[:1].isdigit():
        value = int(re.sub(r"\D", "", plain))
        if 0 < value <= _HIGHEST and not plain.startswith("0"):
            yield Reading("1", value)
        return
    lower = plain.lower()
    capital = plain.isupper()
    if roman := roman_value(lower):
        yield Reading("I" if capital else "i", roman)
    if letter := letter_value(lower):
        yield Reading("A" if capital else "a", letter)
        if len(lower) == 2:
            yield Reading("AA" if capital else "aa", letter - 26)


@dataclass(slots=True)
class OpenList:
    """An open list: its style, how far it has come, its last item and its lead-in (indices of pieces)."""

    alphabet: str
    form: str
    value: int
    prefix: str
    item: int
    parent: int

    def is_next(self, reading: Reading, prefix: str) -> bool:
        """Return whether an enumerator carries the list on; dashes always do."""
        if reading.alphabet != self.alphabet or prefix != self.prefix:
            return False
        return reading.alphabet == "-" or reading.value == self.value + 1


@dataclass(slots=True)
class OpenLists:
    """The lists that are open at a point of the text, outermost first."""

    stack: list[OpenList] = field(default_factory=list)

    def position(self, enumerator: Enumerator, *, strong: bool, inline: bool = False) -> Position | None:
        """Return where an enumerator belongs; None if it is not an enumerator here.

        Args:
            enumerator: The enumerator as read.
            strong: Whether a sentence or clause ends before it, or a blank line stands there.
            inline: Whether it stands inside a line.
        """
        prefix = enumerator.prefix
        for same_form in (True, False):
            for depth in range(len(self.stack) - 1, -1, -1):
                candidate = self.stack[depth]
                if same_form != (candidate.form == enumerator.form):
                    continue
                for reading in enumerator.readings:
                    if candidate.is_next(reading, prefix):
                        return Position(depth, *reading)
        firsts = [reading for reading in enumerator.readings if reading.value == 1]
        if firsts:
            return self._first(enumerator, firsts[0], inline=inline)
        if inline or not strong:
            return None
        return self._gap(enumerator)

    def _first(self, enumerator: Enumerator, reading: Reading, *, inline: bool) -> Position | None:
        """Return where a first enumerator belongs: a new list, or a list of the same style that starts again."""
        prefix = enumerator.prefix
        if reading.alphabet == "d" and prefix and self.stack and self.stack[-1].alphabet == "d":
            innermost = self.stack[-1]
            if innermost.prefix.count(".") == prefix.count("."):
                return Position(len(self.stack) - 1, *reading)
        for depth, candidate in enumerate(self.stack):
            style = (candidate.alphabet, candidate.form, candidate.prefix)
            if style == (reading.alphabet, enumerator.form, prefix):
                return None if inline else Position(depth, *reading)
        return Position(len(self.stack), *reading)

    def _gap(self, enumerator: Enumerator) -> Position | None:
        """Return where an enumerator belongs that skips some, or repeats one: text was lost or misread."""
        for depth in range(len(self.stack) - 1, -1, -1):
            candidate = self.stack[depth]
            for reading in enumerator.readings:
                if reading.alphabet != candidate.alphabet or candidate.form != enumerator.form:
                    continue
                near = candidate.value <= reading.value <= candidate.value + _HIGHEST_FIRST
                if reading.alphabet == "d" or near:
                    return Position(depth, *reading)
        reading = enumerator.readings[-1]
        if any(candidate.alphabet == reading.alphabet for candidate in self.stack):
            return None
        if reading.value <= _HIGHEST_FIRST or (reading.alphabet == "1" and not self.stack):
            return Position(len(self.stack), *reading)
        return None

    def accept(self, enumerator: Enumerator, position: Position, item: int, parent: int) -> None:
        """Record an item: close the lists below its position, and carry on the list there or open it.

        Args:
            enumerator: The enumerator of the item.
            position: Where it belongs.
            item: Index of the item among the pieces.
            parent: Index of its lead-in.
        """
        depth, alphabet, value = position
        if depth < len(self.stack):
            reached = self.stack[depth]
            del self.stack[depth + 1 :]
            reached.value, reached.item = value, item
            reached.prefix, reached.form = enumerator.prefix, enumerator.form
        else:
            self.stack.append(OpenList(alphabet, enumerator.form, value, enumerator.prefix, item, parent))
