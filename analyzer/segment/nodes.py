"""Nodes of the tree of clauses."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.types import ClauseKind


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
