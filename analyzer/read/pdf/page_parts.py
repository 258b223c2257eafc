"""Pages as the parts of which their lines consist, and what is left when some of them are taken out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from analyzer.read.pdf.page_lines import LeftOut, PageLine, PageText
from analyzer.types import NoticeCode

LONG = 40
"""Characters from which a line shows where the text of a page begins and ends."""
ENOUGH_LONG = 5
"""Long lines that show it on a page; on others the whole document does."""
TEXT_SIZE = 0.93
"""Share of the usual size from which a line is set in the size of the text."""
FEW = 20
"""Long lines for each of which one may begin or end beyond the edge of the text."""


class Part(NamedTuple):
    """A line of a page, or a piece of one.

    Attributes:
        line: Index in ``PageText.lines``.
        piece: Index in ``PageLine.pieces``, or -1 for the whole line.
        box: Its words and where they stand.
    """

    line: int
    piece: int
    box: PageLine


class Block(NamedTuple):
    """Where the text of a page begins and ends, points from its left edge."""

    left: float
    right: float


def parts_of(page: PageText) -> list[Part]:
    """Return the parts of a page, in the order of the file."""
    parts = []
    for index, line in enumerate(page.lines):
        if line.pieces:
            parts += [Part(index, number, piece) for number, piece in enumerate(line.pieces)]
        else:
            parts.append(Part(index, -1, line))
    return parts


def without(page: PageText, parts: Collection[Part], code: NoticeCode) -> PageText:
    """Return a page without some of its parts; what is left of their lines stands in pieces.

    Args:
        page: The page.
        parts: What is left out.
        code: Of what kind it is.
    """
    if not parts:
        return page
    taken = {(part.line, part.piece) for part in parts}
    cut = {part.line for part in parts}
    lines: list[PageLine] = []
    for index, line in enumerate(page.lines):
        if index not in cut:
            lines.append(line)
        else:
            lines += [piece for number, piece in enumerate(line.pieces) if (index, number) not in taken]
    left_out = page.left_out + tuple(LeftOut(code, part.box.text) for part in parts)
    return replace(page, lines=tuple(lines), left_out=left_out)


def usual_size(pages: Iterable[PageText]) -> float:
    """Return the size in which most letters of a document are set, points."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            letters[round(line.size, 1)] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def find_blocks(pages: Sequence[Sequence[Part]], size: float) -> list[Block | None]:
    """Return where the text of each page begins and ends; ``None`` if no page shows it.

    Args:
        pages: The parts of each page.
        size: Usual size of the text of the document, points.
    """
    long = [list(_long_lines(parts, size)) for parts in pages]
    of_all = [box for boxes in long for box in boxes]
    of_document = _block(of_all) if len(of_all) >= ENOUGH_LONG else None
    return [_block(boxes) if len(boxes) >= ENOUGH_LONG else of_document for boxes in long]


def _long_lines(parts: Iterable[Part], size: float) -> Iterator[PageLine]:
    for part in parts:
        box = part.box
        if len(box.text) >= LONG and box.size >= TEXT_SIZE * size and not box.angle:
            yield box


def _block(boxes: Sequence[PageLine]) -> Block:
    strays = len(boxes) // FEW
    return Block(sorted(box.left for box in boxes)[strays], sorted(box.right for box in boxes)[-1 - strays])
