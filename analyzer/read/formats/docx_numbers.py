"""The numbers that Word shows before paragraphs: they stand nowhere in the text, only their recipe does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyzer.read.formats.counters import FORMATS
from analyzer.read.formats.markup import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LEVELS = 9
_CARDINAL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty "
)
_WORDS = _CARDINAL.split()
_ORDINAL = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth "
)
_ORDINALS = _ORDINAL.split()
_PLACE = re.compile(r"%([1-9])")
_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fco·", "•") | {"\uf02d": "–"})


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered.

    Attributes:
        start: Its first number.
        format: Word's name of the kind of number.
        pattern: What is shown, with ``%1`` … ``%9`` for the numbers of the levels.
        suffix: What stands between number and text.
        restart: The level after which it starts again, from 1; 0 never, ``None`` after any higher one.
        legal: Whether all numbers are shown in digits.
        style: The style of paragraph that belongs to it.
    """

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    suffix: str = " "
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a Word document and how far each has counted.

    Args:
        root: The root of ``word/numbering.xml``, or nothing where the document has no lists.
    """

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._of: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._overrides: dict[str, dict[int, Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        links: dict[str, str] = {}
        named: dict[str, str] = {}
        for element in root if root is not None else ():
            if local(element.tag) == "abstractNum":
                key = attribute(element, "abstractNumId")
                levels = {number: level for number, level in map(_level, element) if number is not None}
                self._lists[key] = _List(levels)
                for child in element:
                    if local(child.tag) == "numStyleLink":
                        links[key] = attribute(child, "val")
                    elif local(child.tag) == "name":
                        self._names[attribute(child, "val").lower()] = key
                    elif local(child.tag) == "styleLink":
                        named[attribute(child, "val")] = key
            elif local(element.tag) == "num":
                self._read_num(element)
        for key, style in links.items():
            if style in named:
                self._lists[key] = self._lists[named[style]]

    def level_of_style(self, num: str, style: str) -> int:
        """Return the level of a list that belongs to a style of paragraph, 0 if none does."""
        numbered = self._lists.get(self._of.get(num, ""))
        levels: Mapping[int, Level] = numbered.levels if numbered else {}
        return next((number for number, level in levels.items() if level.style == style), 0)

    def num_of_name(self, name: str) -> str:
        """Return the use of a list by its name, empty if there is none."""
        key = self._names.get(name.lower())
        return next((num for num, abstract in self._of.items() if key and abstract == key), "")

    def next(self, num: str, number: int, *, start: int | None = None) -> str:
        """Count on and return what is shown before the paragraph, its suffix included; empty if nothing is.

        Args:
            num: The use of a list.
            number: The level, from 0.
            start: The number to begin with, instead of the next.
        """
        numbered = self._lists.get(self._of.get(num, ""))
        if numbered is None or not 0 <= number < LEVELS:
            return ""
        levels = {**numbered.levels, **self._overrides.get(num, {})}
        level = levels.get(number)
        if level is None:
            return ""
        counts = numbered.counts
        start = self._starts.get(num, {}).pop(number, start)
        if start is not None:
            counts[number] = start
        else:
            counts[number] = counts[number] + 1 if number in counts else level.start
        for below in range(number + 1, LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or number < restart:
                counts.pop(below, None)
        if level.format == "none":
            return _PLACE.sub("", level.pattern).strip() + level.suffix if level.pattern else ""
        if level.format == "bullet":
            return (level.pattern.translate(_BULLETS)[:1] or "•") + level.suffix
        shown = _PLACE.sub(lambda match: _show(int(match[1]) - 1, levels, counts, level), level.pattern)
        return shown + level.suffix if shown else ""

    def _read_num(self, element: Element) -> None:
        num = attribute(element, "numId")
        for child in element:
            if local(child.tag) == "abstractNumId":
                self._of[num] = attribute(child, "val")
            elif local(child.tag) == "lvlOverride":
                level = whole(attribute(child, "ilvl"), -1)
                for part in child:
                    if local(part.tag) == "startOverride":
                        self._starts.setdefault(num, {})[level] = whole(attribute(part, "val"), 1)
                    elif local(part.tag) == "lvl":
                        self._overrides.setdefault(num, {})[level] = _level(part)[1]


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its name without namespace, empty if it is not there."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def whole(text: str, otherwise: int) -> int:
    """Return a whole number of at most six digits, or ``otherwise``."""
    return int(text) if re.fullmatch(r"-?\d{1,6}", text, re.ASCII) else otherwise


def switched_on(element: Element) -> bool:
    """Return whether a property of the kind ``<w:vanish/>`` is on."""
    return attribute(element, "val") not in ("0", "false", "off", "none")


def show(kind: str, number: int) -> str:
    """Return a number in one of Word's formats; an unknown one shows digits."""
    simple = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I", "decimalZero": "01"}
    if kind in simple:
        return FORMATS[simple[kind]](number)
    if kind in ("cardinalText", "ordinalText") and 0 <= number <= 20:
        return (_WORDS if kind == "cardinalText" else _ORDINALS)[number].capitalize()
    if kind == "ordinal":
        tens = 11 <= number % 100 <= 13
        return f"{number}{'th' if tens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
    return str(number)


def _show(number: int, levels: Mapping[int, Level], counts: Mapping[int, int], level: Level) -> str:
    shown = levels.get(number, Level())
    return show("decimal" if level.legal else shown.format, counts.get(number, shown.start))


def _level(element: Element) -> tuple[int | None, Level]:
    if local(element.tag) != "lvl":
        return None, Level()
    values = {local(child.tag): child for child in element}

    def value(name: str) -> str:
        return attribute(values[name], "val") if name in values else ""

    return whole(attribute(element, "ilvl"), 0), Level(
        start=whole(value("start"), 1),
        format=value("numFmt") or "decimal",
        pattern=value("lvlText"),
        suffix="" if value("suff") == "nothing" else " ",
        restart=whole(value("lvlRestart"), 0) if "lvlRestart" in values else None,
        legal="isLgl" in values and switched_on(values["isLgl"]),
        style=value("pStyle"),
    )
