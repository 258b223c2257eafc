"""Pieces into which bodies and preambles are cut, and whether the line below carries a piece on."""

from __future__ import annotations

from dataclasses import dataclass, field

from analyzer.segment.lines import TAIL, Lines
from analyzer.types import ClauseKind

_REACH = 400
"""Characters at the end of a piece that show how it is printed."""


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
        depth: Number of pieces that hold it.
        defining: Whether it stands where terms are defined.
        furniture: Whether it is a page number or a rule.
        term: The term it defines, or empty.
        caption: Whether it is no more than the heading of what it holds: ``(a) Eligibility``.
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
    caption: bool = False

    @property
    def alone(self) -> bool:
        """Return whether it is nothing but its enumerator."""
        return self.content >= self.end

    def is_ended(self, lines: Lines) -> bool:
        """Return whether it ends on a mark that ends a sentence, a clause or a lead-in."""
        return self.furniture or lines.ends_clause(min(self.content, self.end - 1), self.end)


@dataclass(slots=True)
class Juncture:
    """The end of a piece and the beginning of the line below it.

    Attributes:
        lines: The lines of the text.
        piece: The piece; it has text of its own.
        line: Index of the line below.
        start: Offset of the first character of that line.
        before: Index of the line on which the piece ends.
        tail: The folded end of the piece.
        ended: Whether the piece ends on a mark that ends a sentence, a clause or a lead-in.
        lower: Whether the line begins with a small letter.
        apart: Whether a blank line stands between.
        waits: Whether the piece cannot end where it does (``… in accordance with``).
        filled: Whether the line on which the piece ends reaches the edge of the page.
    """

    lines: Lines
    piece: Piece
    line: int
    start: int
    before: int
    tail: str = field(init=False)
    ended: bool = field(init=False)
    lower: bool = field(init=False)
    apart: bool = field(init=False)
    waits: bool = field(init=False)
    filled: bool = field(init=False)

    def __post_init__(self) -> None:
        lines, piece = self.lines, self.piece
        self.tail = lines.folded[max(piece.start, piece.end - TAIL) : piece.end]
        self.ended = piece.is_ended(lines)
        self.lower = lines.text[self.start].islower()
        self.apart = lines.gaps[self.line] >= 2
        self.waits = not self.ended and lines.goes_on(self.tail)
        self.filled = not lines.is_short(self.before)

    @property
    def in_capitals(self) -> bool:
        """Return whether the piece, as far as its end shows, is printed in capitals."""
        return self.lines.text[max(self.piece.start, self.piece.end - _REACH) : self.piece.end].isupper()

    def continues(self) -> bool | None:
        """Return whether the line carries the piece on.

        Returns:
            ``None`` if the piece has ended and the line follows without a blank line: then it depends on what the
            piece is.
        """
        if self.waits:
            return not self.apart or self.lower or self.tail[-1] != ","
        if self.apart:
            opens_low = self.lower or self.lines.text[self.start] in ",;.)("
            return not self.ended and (opens_low or (self.filled and not self.in_capitals))
        return None if self.ended else True
