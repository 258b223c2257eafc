"""Candidates for headings, and the headings that an outline is made of."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.segment.lines import Lines
from analyzer.segment.numbering import Key
from analyzer.types import ClauseKind

LETTER = "side-letter"
"""Word of the address of a letter."""
_LONGEST_ROMAN = 5
"""Letters of the usual Roman numerals; a longer number is a word (``premier``), at home among figures."""


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
        uncommon: Whether its word names articles only in texts that have no other word for them (``Clause``, ``§``).
        quoted: Whether a quotation mark opens it.
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
    uncommon: bool = False
    quoted: bool = False

    @property
    def shape(self) -> tuple[int, bool]:
        """Return how the number is printed: its parts without suffixes, and whether in figures or words."""
        parts = sum(part >= 0 for part in self.keys[0]) if self.keys else 0
        word = len(self.number) > _LONGEST_ROMAN and self.number[:_LONGEST_ROMAN].isalpha()
        return parts, self.number[:1].isdigit() or word


@dataclass(slots=True)
class Heading:
    """A heading of the outline.

    Attributes:
        kind: Kind of clause; ``text`` for a table of contents or a signature block.
        word: Word that opens its address (``chapter``, ``appendix``, ``contents``).
        number: Number as printed, or empty.
        name: Its name, white space folded, or empty.
        start: Offset where it begins.
        end: Offset where its own words end.
        quoted: Whether it stands in the new text of another agreement, which an article quotes.
    """

    kind: ClauseKind
    word: str
    number: str
    name: str
    start: int
    end: int
    quoted: bool = False


def plain_heading(lines: Lines, word: str, line: int, end: int | None = None) -> Heading:
    """Return the heading of what has no number; it has no words of its own if no end is given."""
    kind: ClauseKind = "annex" if word == LETTER else "text"
    start = lines.starts[line]
    return Heading(kind, word, "", "", start, start if end is None else end)
