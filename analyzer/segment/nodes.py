"""Nodes of the tree of clauses, and the bodies between them."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.types import ClauseKind, Division


@dataclass(slots=True)
class Node:
    """A clause in the making.

    Attributes:
        kind: Kind of clause.
        number: Number as printed, or empty.
        heading: Heading or defined term.
        start: Offset of its first character.
        own_end: Offset after its own words.
        parent: Index of the node it belongs to.
        word: Word that opens its address (``article``, ``appendix``); empty for the pieces of a body.
        end: Offset after everything that belongs to it.
        furniture: Whether it is a page number or a rule.
        apart: Whether it is an endnote: it stands behind the end of the clause it belongs to.
        source_id: The source's identifier of its article.
        source_start: Offset inside the source's own text of that article.
    """

    kind: ClauseKind
    number: str
    heading: str
    start: int
    own_end: int
    parent: int | None
    word: str
    end: int = 0
    furniture: bool = False
    apart: bool = False
    source_id: str = ""
    source_start: int | None = None

    def below(self, parent: int | None) -> Node:
        """Return the same node, as it was made, below another one."""
        node = Node(self.kind, self.number, self.heading, self.start, self.own_end, parent, self.word)
        node.source_id, node.source_start = self.source_id, self.source_start
        return node

    def mark(self, division: Division | None) -> None:
        """Keep where it stands in what the source marks around it."""
        if division is not None:
            self.source_id = division.source_id
            self.source_start = self.start - division.body if self.start >= division.body else None


@dataclass(frozen=True, slots=True)
class Body:
    """A stretch of running text.

    Attributes:
        position: Number of nodes of the outline before it.
        start: Offset of its first character.
        end: Offset where it ends.
        container: Index, in the outline, of the container that it stands in; ``None`` at the top.
        division: What the source marks around it, if it does.
        opens: Whether its first paragraph is the clause of its container itself (a signature block).
    """

    position: int
    start: int
    end: int
    container: int | None
    division: Division | None
    opens: bool = False
