"""What is in force at a point of an RTF document: which letters, and whether words are shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analyzer.read.formats.left_out import HIDDEN, STRUCK, WHITE
from analyzer.read.formats.paper import Note

MAX_COLOURS = 10_000
"""Most colours of a document; programs write some dozens."""
_HEAD = 100_000
"""Bytes at the beginning in which the document says what it is."""
_TITLE = re.compile(rb"\{\s*\\info\b.{0,2000}?\{\\title\b\s*((?:[^{}\\]|\\[^{}]|\\[{}]){1,2000})\}", re.DOTALL)
_LETTERS = re.compile(rb"\\ansicpg\d{1,5}")
_WHITE = (255, 255, 255)


@dataclass(slots=True)
class Flow:
    """A run of paragraphs: the text proper, or a footnote."""

    parts: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)


class Colours:
    """The table of colours, as it is read."""

    def __init__(self) -> None:
        self._colours: list[tuple[int, int, int] | None] = []
        self._mixed: dict[str, int] = {}

    def mix(self, part: str, amount: int) -> None:
        """Note the ``red``, ``green`` or ``blue`` of the next colour."""
        self._mixed[part] = amount

    def end(self, count: int) -> None:
        """End entries: the colour that was mixed, or the one that the reader's program has."""
        for _ in range(min(count, MAX_COLOURS - len(self._colours))):
            red, green, blue = (self._mixed.get(part, 0) for part in ("red", "green", "blue"))
            self._colours.append((red, green, blue) if self._mixed else None)
            self._mixed = {}

    def is_white(self, index: int) -> bool:
        """Return whether a colour is white for sure."""
        return 0 <= index < len(self._colours) and self._colours[index] == _WHITE


@dataclass(frozen=True, slots=True)
class State:
    """What a group inherits and changes for itself.

    Attributes:
        skipped: Whether the group holds no words of the page.
        hidden: Whether its words are another copy, deleted, or no words of the page.
        encoding: How its bytes are decoded.
        fallback: How many letters follow each Unicode letter, for programs that cannot show it.
        vanished: Whether its words are formatted as hidden; the ends of paragraphs are hidden too.
        struck: Whether a line goes through its words.
        colour: Index of the colour of its words.
        shaded: Whether they have a colour below them.
        framed: Whether they stand in a shape, which may have a colour.
    """

    skipped: bool = False
    hidden: bool = False
    encoding: str = "cp1252"
    fallback: int = 1
    vanished: bool = False
    struck: bool = False
    colour: int = 0
    shaded: bool = False
    framed: bool = False

    @property
    def is_shown(self) -> bool:
        """True if it belongs to what is displayed, if only as the end of a paragraph."""
        return not (self.hidden or self.skipped or self.vanished)

    def why_unread(self, colours: Colours, *, in_row: bool) -> str:
        """Return why words are not in force or not seen, empty if they are, or are no words of the page at all.

        Args:
            colours: The table of colours.
            in_row: Whether they stand in a row of a table, which may have a colour.
        """
        if self.hidden or self.skipped:
            return ""
        if self.vanished or self.struck:
            return HIDDEN if self.vanished else STRUCK
        return WHITE if colours.is_white(self.colour) and not (self.shaded or self.framed or in_row) else ""


def title_group(data: bytes) -> bytes:
    """Return the title among the properties of a document, as a document of its own; empty if it has none."""
    title = _TITLE.search(data, 0, _HEAD)
    letters = _LETTERS.search(data, 0, _HEAD)
    return b"{\\rtf1\\ansi%s %s}" % (letters[0] if letters else b"", title[1]) if title else b""
