"""The paragraphs of a web page: their words, links and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analyzer.read.formats.paper import ENUMERATOR, Note, raised, row, tidy

LABEL = re.compile(r"[\[(]?(\d{1,3}|[ivx]{1,5}|[a-z]|\*{1,4}|[†‡§])[\])]?\.?")
"""The label of a footnote."""
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_ARIA_LEVELS = frozenset("123456789")


@dataclass(slots=True)
class Link:
    """A link within the page or away from it: its target, its words and where they begin in the paragraph's parts."""

    target: str
    part: int
    anchors: tuple[str, ...]
    words: str = ""


@dataclass(slots=True)
class Block:
    """A paragraph.

    Attributes:
        parts: Its words, as they come.
        links: The links in it.
        anchors: The ids by which links point to it or to what it stands in.
        linked: How many of its characters, blanks aside, belong to links.
        is_main: Whether it stands in the main part of the page.
        level: Its level where it is marked as a heading, else 0.
        place: Number of the element that holds it and has an id, to tell the paragraphs of one note.
        suspect: Index of the innermost element around it that may be no text of the agreement, -1 if none is.
    """

    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    linked: int = 0
    is_main: bool = False
    level: int = 0
    place: int = 0
    suspect: int = -1

    @property
    def is_heading(self) -> bool:
        """True if it is marked as a heading."""
        return self.level > 0

    @property
    def text(self) -> str:
        """The words of the paragraph."""
        return tidy("".join(self.parts))

    @property
    def size(self) -> int:
        """Its letters and other characters, blanks aside."""
        return sum(len(word) for part in self.parts for word in part.split())

    @property
    def is_linked(self) -> bool:
        """True if it consists of links."""
        return bool(self.links) and self.linked >= 0.9 * self.size > 0

    @property
    def is_mostly_linked(self) -> bool:
        """True if links make up half of it."""
        return bool(self.links) and self.linked >= 0.5 * self.size


def join_cells(cells: list[list[Block]]) -> list[Block]:
    """Return the paragraphs of a row of a table: one, if each cell holds one (see ``paper.row``)."""
    filled = [cell for cell in cells if cell]
    lines = row([block.text for block in cell] for cell in filled)
    blocks = [block for cell in filled for block in cell]
    if len(lines) == len(blocks):
        return blocks
    joined: list[Block] = []
    waiting: list[Block] = []
    single = all(len(cell) == 1 for cell in filled)
    for cell in filled:
        if single or (len(cell) == 1 and ENUMERATOR.fullmatch(tidy(cell[0].text))):
            waiting += cell
            continue
        joined += [glue([*waiting, cell[0]]), *cell[1:]]
        waiting = []
    return [*joined, glue(waiting)] if waiting else joined


def glue(blocks: list[Block]) -> Block:
    """Return blocks that stand side by side as one."""
    first = blocks[0]
    glued = Block(is_main=first.is_main, level=first.level, place=first.place, suspect=first.suspect)
    for block in blocks:
        if glued.parts:
            glued.parts.append(" ")
        shift = len(glued.parts)
        glued.links += [Link(link.target, link.part + shift, link.anchors, link.words) for link in block.links]
        glued.parts += block.parts
        glued.anchors |= block.anchors
        glued.linked += block.linked
    return glued


def lay_notes(blocks: Sequence[Block]) -> Iterable[tuple[str, list[Note], int]]:
    """Yield each paragraph with the footnotes that it refers to and its level as a heading.

    Notes no longer stand where the page has them.

    A note is recognised by two links: one with a short label that points to it, and one in it that points back.
    """
    notes, moved = _find_notes(blocks)
    for index, block in enumerate(blocks):
        if index in moved:
            continue
        referred: list[Note] = []
        parts = list(block.parts)
        for link in block.links:
            note = notes.get((index, link.part))
            if note is not None:
                referred.append(note)
                parts[link.part] = raised(note[0])
        yield tidy("".join(parts)), referred, block.level


def _find_notes(blocks: Sequence[Block]) -> tuple[dict[tuple[int, int], Note], set[int]]:
    """Return the notes by the place of the link that refers to each, and the paragraphs that are notes."""
    targets: dict[str, int] = {}
    for index, block in enumerate(blocks):
        for anchor in block.anchors:
            targets.setdefault(anchor, index)
    notes: dict[tuple[int, int], Note] = {}
    moved: set[int] = set()
    for index, block in enumerate(blocks):
        for link in block.links:
            label = LABEL.fullmatch(tidy(link.words))
            target = targets.get(link.target.removeprefix("#")) if link.target.startswith("#") else None
            if label is None or target is None or target <= index or target in moved:
                continue
            if not any(_points_back(other, link, block) for other in blocks[target].links):
                continue
            paragraphs = _paragraphs_of_note(blocks, target)
            moved.update(paragraphs)
            words = "\n".join(_without_label(blocks[paragraph], label[1]) for paragraph in paragraphs)
            notes[index, link.part] = (label[1], words)
    return notes, moved


def _paragraphs_of_note(blocks: Sequence[Block], first: int) -> list[int]:
    """Return the paragraphs of the note that begins with one: those in the same element with an id."""
    note = [first]
    while note[-1] + 1 < len(blocks) and blocks[first].place and blocks[note[-1] + 1].place == blocks[first].place:
        note.append(note[-1] + 1)
    return note


def _points_back(link: Link, reference: Link, block: Block) -> bool:
    target = link.target.removeprefix("#")
    return link.target.startswith("#") and (target in reference.anchors or target in block.anchors)


def _without_label(block: Block, label: str) -> str:
    """Return the words of a note without its label and the arrow that leads back."""
    parts = list(block.parts)
    for link in block.links:
        words = tidy(link.words).strip("[]().:")
        if words == label or not any(map(str.isalnum, words)):
            parts[link.part] = ""
    return re.sub(rf"^\W{{0,2}}{re.escape(label)}(?:[\]).:]{{1,2}}|(?=\s))\s*", "", tidy("".join(parts))).strip(
        "[]↩↑^ \n"
    )


def heading_level(tag: str, attributes: Mapping[str, str]) -> int:
    """Return the level of an element that is a heading, 0 if it is none."""
    if attributes.get("role") == "heading":
        level = attributes.get("aria-level", "")
        return int(level) if level in _ARIA_LEVELS else 2  # WAI-ARIA 1.2: 2 where the page does not say
    return _LEVELS.get(tag, 0)
