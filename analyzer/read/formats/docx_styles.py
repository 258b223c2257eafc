"""The styles of a Word document: which list, which level of heading, and what is struck out or hidden.

Styles inherit from the style that they are based on; a property of a run itself comes first (ECMA-376, part 1, 17.7).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyzer.read.formats.docx_numbers import attribute, switched_on, whole
from analyzer.read.formats.left_out import HIDDEN, STRUCK, WHITE
from analyzer.read.formats.markup import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Look = Mapping[str, str]
"""What properties say of how words look: ``on`` or ``off`` for switches, colours, a size."""
_SWITCHES = ("vanish", "strike", "dstrike")
_GROUNDS = ("shd", "highlight")
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
"""Names of the built-in styles of headings, English in every language of Word."""
_SMALLEST = 2
"""Half points of a size in which nobody can read."""


@dataclass(slots=True)
class _Style:
    """What a style says itself."""

    based_on: str = ""
    num: str = ""
    num_level: str = ""
    level: int | None = None
    look: dict[str, str] = field(default_factory=dict)


class Styles:
    """The styles of a Word document.

    Args:
        root: The root of ``word/styles.xml``, or nothing where the document has no styles.

    Attributes:
        default: The style of paragraphs that name none.
    """

    def __init__(self, root: Element | None) -> None:
        self.default = ""
        self._styles: dict[str, _Style] = {}
        self._looks: dict[str, Look] = {}
        self._base: Look = {}
        for element in root if root is not None else ():
            if local(element.tag) == "docDefaults":
                self._base = look_of(part for part in element.iter() if local(part.tag) == "rPr")
            elif local(element.tag) == "style":
                self._read(element)

    def numbering(self, style: str) -> tuple[str, str]:
        """Return the list and the level that a style gives its paragraphs, empty where it does not say."""
        level = ""
        for each in self._chain(style):
            level = level or each.num_level
            if each.num:
                return each.num, level
        return "", level

    def level(self, style: str) -> int:
        """Return the level that a style gives its paragraphs as headings, 0 if they are none."""
        return next((each.level for each in self._chain(style) if each.level is not None), 0)

    def look(self, style: str, properties: Element | None = None) -> Look:
        """Return how the style of a paragraph and its own properties make its words look."""
        return {**self._base, **self._look(style), **look_of(() if properties is None else (properties,))}

    def _look(self, style: str) -> Look:
        if style not in self._looks:
            look: dict[str, str] = {}
            for each in reversed(list(self._chain(style))):
                look.update(each.look)
            self._looks[style] = look
        return self._looks[style]

    def why_unseen(self, run: Element, paragraph: Look, *, on_white: bool) -> str:
        """Return why the words of a run are not in force or not seen, empty if they are.

        Args:
            run: The run.
            paragraph: How its paragraph makes words look.
            on_white: Whether the paper below it is surely white.
        """
        properties = next((child for child in run if local(child.tag) == "rPr"), None)
        own = look_of(() if properties is None else (properties,))
        style = next((attribute(part, "val") for part in properties or () if local(part.tag) == "rStyle"), "")
        if not (own or style or paragraph):
            return ""
        named = self._look(style) if style else {}

        def is_on(switch: str) -> bool:
            if switch in own:
                return own[switch] == "on"
            # A switch that is on in the styles of both the paragraph and the run is off (17.7.3).
            return (paragraph.get(switch) == "on") != (named.get(switch) == "on")

        look = {**paragraph, **named, **own}
        if is_on("strike") or look.get("dstrike") == "on":
            return STRUCK
        if is_on("vanish") or whole(look.get("sz", ""), _SMALLEST + 1) <= _SMALLEST:
            return HIDDEN
        is_white = on_white and look.get("color") == "FFFFFF" and not any(look.get(ground) for ground in _GROUNDS)
        return WHITE if is_white else ""

    def _read(self, element: Element) -> None:
        style = self._styles[attribute(element, "styleId")] = _Style()
        is_paragraph = attribute(element, "type") in ("paragraph", "")
        if is_paragraph and attribute(element, "default") in ("1", "true", "on"):
            self.default = attribute(element, "styleId")
        style.look = look_of(part for part in element if local(part.tag) in ("rPr", "pPr"))
        for child in element.iter():
            name = local(child.tag)
            if name == "basedOn":
                style.based_on = attribute(child, "val")
            elif name == "numPr" and is_paragraph:
                values = {local(part.tag): attribute(part, "val") for part in child}
                style.num, style.num_level = values.get("numId", ""), values.get("ilvl", "")
            elif name == "outlineLvl" and is_paragraph:
                style.level = outline_level(child)
            elif name == "name" and is_paragraph and style.level is None:
                named = _HEADING.fullmatch(attribute(child, "val"))
                style.level = int(named[1]) if named else None

    def _chain(self, style: str) -> Iterable[_Style]:
        """Yield a style and those that it is based on, nearest first."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = self._styles[style].based_on


def look_of(properties: Iterable[Element]) -> dict[str, str]:
    """Return what properties of runs (``rPr``) and paragraphs (``pPr``) say of how words look."""
    look: dict[str, str] = {}
    for child in (child for each in properties for child in each):
        name = local(child.tag)
        if name in _SWITCHES:
            look[name] = "on" if switched_on(child) else "off"
        elif name in ("color", "sz"):
            look[name] = attribute(child, "val").upper()
        elif name == "shd":
            fill = attribute(child, "fill").upper()
            is_plain = fill in ("", "AUTO", "FFFFFF") and attribute(child, "val") in ("", "clear", "nil")
            look[name] = "" if is_plain else "shaded"
        elif name == "highlight":
            look[name] = attribute(child, "val").removesuffix("none").removesuffix("white")
    return look


def outline_level(element: Element) -> int:
    """Return the level of a heading from 1; 0 for running text, which is level 9 (17.3.1.20)."""
    level = whole(attribute(element, "val"), 9)
    return level + 1 if 0 <= level < 9 else 0
