"""The outline of an agreement, whose bodies are cut into clauses where they are wanted.

The unit is the container: either all that stands directly below it is cut or nothing. So every clause has the address
that it has in the whole tree, whatever else is cut.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence

from analyzer.knowledge.structure import Structure
from analyzer.segment.addresses import Addresses
from analyzer.segment.endnotes import has_endnotes, place_endnotes
from analyzer.segment.lines import Lines
from analyzer.segment.nodes import Body, Node
from analyzer.segment.paragraphs import Mode, cut_into_pieces
from analyzer.segment.pieces import Piece
from analyzer.segment.served import served_chapters
from analyzer.text.fold import fold
from analyzer.types import Clause, Clauses, Document, Page, Uncut

_LONGEST_MARKED = 200
"""Characters of a line that the source marks as a heading."""


class Draft:
    """The containers of an agreement, and the bodies between them.

    Args:
        document: The agreement.
        lines: Its lines.
        nodes: The containers, in reading order.
        bodies: The bodies, in reading order.
    """

    def __init__(self, document: Document, lines: Lines, nodes: Sequence[Node], bodies: Sequence[Body]) -> None:
        self._document = document
        self._lines = lines
        self._nodes = nodes
        self._bodies = bodies
        self._pieces: dict[tuple[int, int, int], list[Piece]] = {}
        self._served: dict[int, int] | None = None

    @property
    def _structure(self) -> Structure:
        return self._lines.structure

    def outline(self) -> Clauses:
        """Return the containers alone."""
        return self.cut(frozenset())

    def containers(self) -> frozenset[int | None]:
        """Return the containers that have bodies."""
        return frozenset(body.container for body in self._bodies)

    def always(self) -> frozenset[int | None]:
        """Return the containers that must be cut for others to be right.

        Notes at the end belong to the clause that has their marker; the clauses of a cover are counted; a text
        without articles is small.
        """
        cover = self._document.cover
        articles = any(node.kind == "article" and node.start >= cover for node in self._nodes)
        if not articles or has_endnotes(self._document.text):
            return self.containers()
        return frozenset(body.container for body in self._bodies if body.opens or body.start < cover)

    def cut(self, wanted: Collection[int | None]) -> Clauses:
        """Return the clauses of the agreement, without those of the bodies in containers that are not wanted."""
        nodes: list[Node] = []
        moved: list[int] = []
        uncut: list[tuple[Body, int]] = []
        waiting = iter(self._bodies)
        body = next(waiting, None)
        for position in range(len(self._nodes) + 1):
            while body is not None and body.position == position:
                if body.opens or body.container in wanted:
                    nodes += self._cut(body, nodes, moved)
                else:
                    uncut.append((body, self._lines.without_space(body.start, body.end)))
                body = next(waiting, None)
            if position < len(self._nodes):
                node = self._nodes[position]
                moved.append(len(nodes))
                nodes.append(node.below(None if node.parent is None else moved[node.parent]))
        for body, end in uncut:
            if body.container is not None:
                container = nodes[moved[body.container]]
                container.end = max(container.end, end)
        place_endnotes(nodes, self._document.text)
        _extend(nodes)
        if self._served is None:  # the same whatever is cut
            served = served_chapters(nodes, self._document.text, self._lines.folded, self._structure)
            outline = {place: index for index, place in enumerate(moved)}
            self._served = {outline[annex]: outline[chapter] for annex, chapter in served.items()}
        return Clauses(
            _clauses(
                nodes,
                self._document.pages,
                {moved[annex]: moved[chapter] for annex, chapter in self._served.items()},
            ),
            [
                Uncut(body.start, end, None if body.container is None else moved[body.container], body.container)
                for body, end in uncut
            ],
        )

    def _cut(self, body: Body, nodes: Sequence[Node], moved: Sequence[int]) -> Iterator[Node]:
        """Yield the nodes of a body, which come behind those before it."""
        container = None if body.container is None else moved[body.container]
        base = len(nodes)
        pieces = self._pieces_of(body)
        if body.opens and container is not None and pieces:
            nodes[container].own_end = pieces[0].end
            base -= 1
            pieces = pieces[1:]
        for piece in pieces:
            parent = container if piece.parent < 0 or base + piece.parent == container else base + piece.parent
            node = Node(piece.kind, piece.number, self._heading(piece, body), piece.start, piece.end, parent, "")
            node.furniture = piece.furniture and not body.opens
            node.mark(body.division)
            yield node

    def _pieces_of(self, body: Body) -> list[Piece]:
        key = body.position, body.start, body.end
        if key not in self._pieces:
            mode = "body" if body.opens else self._mode(body.container)
            self._pieces[key] = cut_into_pieces(self._lines, body.start, body.end, mode)
        return self._pieces[key]

    def _heading(self, piece: Piece, body: Body) -> str:
        if body.opens or not (piece.caption or (piece.kind == "text" and self._is_marked(piece))):
            return piece.term
        return " ".join(self._document.text[piece.content : piece.end].split())

    def _is_marked(self, piece: Piece) -> bool:
        """Return whether a paragraph is a line that the source marks as a heading, and no sentence."""
        if piece.start not in self._lines.marks.styled:
            return False
        words = " ".join(self._document.text[piece.start : piece.end].split())
        return len(words) <= _LONGEST_MARKED and words[-1] not in ".;:,"

    def _mode(self, container: int | None) -> Mode:
        if container is None:
            return "body"
        node = self._nodes[container]
        if node.kind == "preamble":
            return "preamble"
        return "definitions" if self._structure.definition_heading.search(fold(node.heading)) else "body"


def _extend(nodes: Sequence[Node]) -> None:
    """Let every node end where the last of what belongs to it ends; endnotes stand apart from it."""
    for node in reversed(nodes):
        node.end = max(node.end, node.own_end)
        if node.parent is not None and not node.apart:
            nodes[node.parent].end = max(nodes[node.parent].end, node.end)


def _clauses(nodes: Sequence[Node], pages: Sequence[Page], served: Mapping[int, int]) -> Iterator[Clause]:
    """Yield the nodes as clauses with their addresses, pages and, for annexes, the chapters that they serve."""
    named = Addresses(nodes)
    starts = [page.start for page in pages]

    def page_of(offset: int) -> int | None:
        return pages[max(0, bisect_right(starts, offset) - 1)].number if pages else None

    for index, node in enumerate(nodes):
        yield Clause(
            named.addresses[index],
            node.kind,
            node.number,
            node.heading,
            node.start,
            node.end,
            node.own_end,
            node.parent,
            named.locations[index],
            page_of(node.start),
            page_of(max(node.start, node.own_end - 1)),
            node.source_id,
            node.source_start,
            served.get(index),
        )
