"""The pieces that bodies and preambles are cut into."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.types import ClauseKind


@dataclass(slots=True)
class Piece:
    """A piece of a body.

    Attributes:
        kind: Kind of clause.
        number: Number as printed, or empty.
        start: Offset of its first character.
        end: Offset after its last.
        parent: Index of the piece that is its lead-in or holds it; -1 for the article itself.
        content: Offset of its text behind the enumerator.
        depth: How many pieces hold it.
        defining: Whether it stands where terms are defined.
        furniture: Whether it is a page number or a rule.
        term: The term it defines, or empty.
    """

    kind: ClauseKind
    number: str
    start: int
    end: int
    parent: int
    content: int
    depth: int = 0
    defining: bool = False
    furniture: bool = False
    term: str = ""

    @property
    def alone(self) -> bool:
        """Whether it is nothing but its enumerator."""
        return self.content >= self.end
