"""What is known about a line that may be a heading."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.segment.numbering import Key
from analyzer.types import ClauseKind


@dataclass(slots=True)
class Mark:
    """A possible heading.

    Attributes:
        kind: Kind of heading.
        word: Its level (``subsection``) or, for an annex, the word of its address (``appendix``).
        line: Index of its line.
        start: Offset of its word.
        number: Number as printed, or empty.
        rest: Offset of what follows the number and its separator.
        end: Offset after the number.
        keys: Values of the number.
        evidence: How much its look and surroundings speak for it (negative: against).
        bare: Whether nothing follows the number on the line.
    """

    kind: ClauseKind
    word: str
    line: int
    start: int
    number: str
    rest: int
    end: int
    bare: bool
    evidence: float = 0.0
    keys: tuple[Key, ...] = ()

    @property
    def shape(self) -> tuple[int, bool]:
        """How the number is printed: how many parts it has, and whether it begins with a digit."""
        return len(self.keys[0]) if self.keys else 0, self.number[:1].isdigit()
