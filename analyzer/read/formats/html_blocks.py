"""The paragraphs of a web page: their words, links and notes, and which of them only lead through the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analyzer.read.formats.paper import Note, raised, tidy

LINKS_IN_A_ROW = 4
"""So many paragraphs in a row that consist of links to elsewhere are a menu."""
MAIN_SHARE = 0.5
"""Share of the words of a page that its main part must hold for the rest to be left out."""

_LABEL = re.compile(r"[\[(]?(\d{1,3}|[ivx]{1,5}|[a-z]|\*{1,4}|[†‡§])[\])]?\.?")
_TO_TOP = re.compile(r"#(?:top|inicio|haut|start)?|javascript:.*", re.IGNORECASE)


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
        place: Number of the element that holds it and has an id, to tell the paragraphs of one note.
    """

    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    linked: int = 0
    is_main: bool = False
    place: int = 0

    @property
    def text(self) -> str:
        """The words of the paragraph."""
        return tidy("".join(self.parts))


def keep_main(blocks: Sequence[Block]) -> list[Block]:
    """Return the paragraphs of the main part of the page, or all where it marks none that holds most of its words."""
    main = [block for block in blocks if block.is_main]
    size = sum(len(block.text) for block in blocks)
    return main if main and sum(len(block.text) for block in main) >= MAIN_SHARE * size else list(blocks)


def drop_menus(blocks: Sequence[Block]) -> list[Block]:
    """Return the paragraphs without rows of links to elsewhere and without links back to the top."""
    kept: list[Block] = []
    run: list[Block] = []
    for block in blocks:
        if _is_linked(block) and all(not link.target.startswith("#") for link in block.links):
            run.append(block)
            continue
        if len(run) < LINKS_IN_A_ROW:
            kept += run
        run = []
        if not (_is_linked(block) and all(_TO_TOP.fullmatch(link.target) for link in block.links)):
            kept.append(block)
    return kept + (run if len(run) < LINKS_IN_A_ROW else [])


def _is_linked(block: Block) -> bool:
    size = len("".join(block.text.split()))
    return bool(size and block.links) and block.linked >= 0.9 * size


def lay_notes(blocks: Sequence[Block]) -> Iterable[tuple[str, list[Note]]]:
    """Yield each paragraph with the footnotes that it refers to; notes no longer stand where the page has them.

    A note is told by two links: one with a short label that points to it, and one in it that points back.
    """
    notes, gone = _find_notes(blocks)
    for index, block in enumerate(blocks):
        if index in gone:
            continue
        found: list[Note] = []
        parts = list(block.parts)
        for link in block.links:
            note = notes.get((index, link.part))
            if note is not None:
                found.append(note)
                parts[link.part] = raised(note[0])
        yield tidy("".join(parts)), found


def _find_notes(blocks: Sequence[Block]) -> tuple[dict[tuple[int, int], Note], set[int]]:
    """Return the notes by the place of the link that refers to each, and the paragraphs that are notes."""
    places: dict[str, int] = {}
    for index, block in enumerate(blocks):
        for anchor in block.anchors:
            places.setdefault(anchor, index)
    notes: dict[tuple[int, int], Note] = {}
    gone: set[int] = set()
    for index, block in enumerate(blocks):
        for link in block.links:
            label = _LABEL.fullmatch(tidy(link.words))
            at = places.get(link.target.removeprefix("#")) if link.target.startswith("#") else None
            if label is None or at is None or at <= index or at in gone:
                continue
            back = next((other for other in blocks[at].links if _points_back(other, link, block)), None)
            if back is None:
                continue
            note = [at]
            while note[-1] + 1 < len(blocks) and blocks[at].place and blocks[note[-1] + 1].place == blocks[at].place:
                note.append(note[-1] + 1)
            gone.update(note)
            notes[index, link.part] = (label[1], "\n".join(_without_label(blocks[n], label[1]) for n in note))
    return notes, gone


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
