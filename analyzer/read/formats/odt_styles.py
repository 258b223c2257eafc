"""The styles of an OpenDocument text: the levels of lists, and what is struck out or hidden.

The names of elements are those of OpenDocument 1.3, part 3 (OASIS standard of 2021).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyzer.read.formats.left_out import HIDDEN, STRUCK, WHITE
from analyzer.read.formats.markup import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Look = Mapping[str, str]
"""What properties of text and paragraphs say of how words look, by their names without namespace."""
_LOOKS = ("display", "text-line-through-style", "text-line-through-type", "color", "background-color")
_GROUNDS = ("", "transparent", "#ffffff")
_DEEPEST = 20
"""Most styles, each based on the next, that are asked."""


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    format: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    bullet: str = ""


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says itself."""

    parent: str
    list_name: str
    look: Look = field(default_factory=dict)


class Styles:
    """The styles of an OpenDocument text.

    Args:
        roots: The roots of the parts that hold styles; a later one has the last word.

    Attributes:
        levels: The levels of each list style; those of headings have no name.
    """

    def __init__(self, roots: Iterable[Element]) -> None:
        self.levels: dict[str, dict[int, Level]] = {}
        self._styles: dict[tuple[str, str], _Style] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self._on_white = True
        for element in (element for root in roots for element in root.iter()):
            name = local(element.tag)
            if name in ("list-style", "outline-style"):
                key = get(element, "name") if name == "list-style" else ""
                self.levels[key] = dict(map(_level, element))
            elif name == "style":
                look = {key: value for part in element for key, value in _look(part).items()}
                style = _Style(get(element, "parent-style-name"), get(element, "list-style-name"), look)
                self._styles[get(element, "family"), get(element, "name")] = style
            elif name == "page-layout-properties" and get(element, "background-color") not in _GROUNDS:
                self._on_white = False

    def list_of(self, style: str) -> str | None:
        """Return the list style that a style of paragraph names, ``None`` where it names none."""
        return next((each.list_name for each in self._chain("paragraph", style) if each.list_name), None)

    def look(self, family: str, style: str) -> Look:
        """Return how a style makes words look."""
        if (family, style) not in self._looks:
            look: dict[str, str] = {}
            for each in self._chain(family, style):
                look = {**each.look, **look}
            self._looks[family, style] = look
        return self._looks[family, style]

    def why_unseen(self, look: Look, *, on_white: bool) -> str:
        """Return why words are not in force or not seen, empty if they are.

        Args:
            look: How they look.
            on_white: Whether the paper below them is surely white.
        """
        if any(look.get(f"text-line-through-{way}", "none") != "none" for way in ("style", "type")):
            return STRUCK
        if look.get("display") == "none":
            return HIDDEN
        on_white = on_white and self._on_white and look.get("background-color", "") in _GROUNDS
        return WHITE if on_white and look.get("color") == "#ffffff" else ""

    def _chain(self, family: str, style: str) -> Iterable[_Style]:
        """Yield a style and those that it inherits from, nearest first."""
        for _ in range(_DEEPEST):
            if (family, style) not in self._styles:
                return
            yield self._styles[family, style]
            style = self._styles[family, style].parent


def _look(properties: Element) -> dict[str, str]:
    """Return the properties of an element that say how words look; the two of a line through them go together."""
    if local(properties.tag) not in ("text-properties", "paragraph-properties"):
        return {}
    look = {name: value.lower() for name in _LOOKS if (value := get(properties, name))}
    if "none" in (look.get("text-line-through-style"), look.get("text-line-through-type")):
        look["text-line-through-style"] = look["text-line-through-type"] = "none"
    return look


def _level(element: Element) -> tuple[int, Level]:
    bullet = ""
    if local(element.tag) == "list-level-style-bullet":
        bullet = get(element, "bullet-char")[:1] or "•"
    return whole(get(element, "level"), 0), Level(
        get(element, "num-format"), get(element, "num-prefix"), get(element, "num-suffix"),
        whole(get(element, "start-value"), 1), whole(get(element, "display-levels"), 1), bullet,
    )  # fmt: skip


def get(element: Element, name: str) -> str:
    """Return an attribute by its name without namespace, empty if it is not there."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def whole(text: str, otherwise: int) -> int:
    """Return a whole number of at most six digits, or ``otherwise``."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else otherwise
