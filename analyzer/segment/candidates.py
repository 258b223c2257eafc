"""Candidates for headings."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.segment.numbering import Key
from analyzer.types import ClauseKind


@dataclass(slots=True)
class HeadingCandidate:
    """A line, or part of one, that may be a heading.

    Attributes:
        kind: Kind of heading.
        word: Its level (``subsection``) or, for an annex, the word of its address (``appendix``).
        line: Index of its line.
        start: Offset of its word.
        number: Number as printed, or empty.
        rest: Offset of what follows the number and its separator.
        end: Offset after the number.
        bare: Whether nothing follows the number on the line.
        evidence: Sum of the weights (``analyzer.segment.weights``) of its look and surroundings.
        keys: Values of the number.
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
        """Return how the number is printed: the number of its parts, and whether it begins with a digit."""
        return len(self.keys[0]) if self.keys else 0, self.number[:1].isdigit()
