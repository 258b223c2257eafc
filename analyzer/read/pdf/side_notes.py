"""Notes and bars in the margins: small words beside the text, and what marks a change in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.read.pdf.page_lines import PageLine, PageText
from analyzer.read.pdf.page_parts import TEXT_SIZE, Block, Part

SMALL = 0.92
"""Maximum size of notes, as a share of the usual size."""
APART = 0.4
"""White space between the text and a note, in usual sizes."""
WIDEST = 0.28
"""Maximum width of a note, as a share of the width of the page."""
MOST = 0.35
"""Maximum share of the letters of a page that its notes may have."""
TALL = 2.5
"""Height of a line, in its sizes, from which it stands upright."""
FEWEST_ROWS = 4
"""Rows of text that a page with notes must have."""

_BAR = re.compile(r"[|¦‖│┃▌▐█]{1,3}")


def find_side_notes(
    pages: Sequence[PageText], parts: Sequence[Sequence[Part]], blocks: Sequence[Block | None], size: float
) -> list[list[Part]]:
    """Return the parts of each page that are notes or bars in its margins.

    Args:
        pages: The pages.
        parts: The parts of each.
        blocks: Where the text of each begins and ends.
        size: Usual size of the text of the document, points.
    """
    return [
        _of_page(page.width, of_page, block, size) if block else []
        for page, of_page, block in zip(pages, parts, blocks, strict=True)
    ]


def _of_page(width: float, parts: Sequence[Part], block: Block, size: float) -> list[Part]:
    beside = [
        part for part in parts if (part.box.right < block.left or part.box.left > block.right) and not part.box.angle
    ]
    if not beside:
        return []
    bars = [part for part in beside if _BAR.fullmatch(part.box.text) or _is_upright(part.box)]
    notes = [
        part
        for part in beside
        if part.box.size < SMALL * size
        and part.box.width < WIDEST * width
        and part not in bars
        and (part.box.right < block.left - APART * size or part.box.left > block.right + APART * size)
    ]
    return bars + notes if notes and _are_notes(notes, parts, size) else bars


def _is_upright(box: PageLine) -> bool:
    """Return whether a line is higher than wide: OCR takes a column of numbers for one."""
    return box.bottom - box.top > max(TALL * box.size, box.width)


def _are_notes(notes: Sequence[Part], parts: Sequence[Part], size: float) -> bool:
    """Return whether small parts beside the text are notes on it: most stand beside rows of the usual size.

    Args:
        notes: Small parts in the margins of a page.
        parts: All parts of the page.
        size: Usual size of the text of the document, points.
    """
    taken = set(map(id, notes))
    text = [part.box for part in parts if id(part) not in taken and len(part.box.text) > 1]
    if len(text) < FEWEST_ROWS:
        return False
    if sum(len(note.box.text) for note in notes) > MOST * sum(len(part.box.text) for part in parts):
        return False
    usual = small = 0
    for note in notes:
        neighbours = [box for box in text if _overlaps(box, note.box)]
        usual += any(box.size >= TEXT_SIZE * size for box in neighbours)
        small += bool(neighbours) and all(box.size < TEXT_SIZE * size for box in neighbours)
    return usual > small


def _overlaps(box: PageLine, other: PageLine) -> bool:
    return box.top < other.bottom and other.top < box.bottom
