"""Cuts a preamble into its recitals, the words that open it and the formula that closes it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from analyzer.segment.enumerators import read_enumerator
from analyzer.segment.lines import Lines
from analyzer.segment.names import capital_share
from analyzer.segment.pieces import Piece
from analyzer.text.fold import fold

_INSIDE = re.compile(r"[;,:.]\s+(?:(?:and|y|e|et)\s+)?(?=[A-ZÀ-Þ]{2})|;\s+(?:(?:and|y|e|et)\s+)?(?=[A-ZÀ-Þ])")
_TITLE = 0.9
"""Share of words with a capital from which a line is a title."""
_FIRST_WORD = re.compile(r"[\"“«]?([^\W\d_]+)")


def cut_preamble(lines: Lines, low: int, high: int, start: int, end: int) -> list[Piece]:
    """Return the pieces of ``text[start:end]``, which lies in the lines ``low`` to ``high``."""
    cutter = _PreambleCutter(lines)
    for line in range(low, high):
        first, last = lines.within(line, start, end)
        if first < last:
            cutter.add_line(line, first, last)
    return cutter.pieces


@dataclass(slots=True)
class _PreambleCutter:
    lines: Lines
    pieces: list[Piece] = field(default_factory=list)
    before: int = -1

    def add_line(self, line: int, start: int, end: int) -> None:
        """Let a line open a piece, or go on with the last one."""
        lines = self.lines
        enumerator = read_enumerator(lines.text, start, end)
        if self.pieces and lines.is_furniture(line):
            if self._ended():
                self.pieces.append(Piece("text", "", start, end, -1, start, furniture=True))
        elif enumerator is not None and (not self.pieces or self._set_off(line)):
            self.pieces.append(Piece("recital", enumerator.number, start, end, -1, enumerator.end))
        elif not self.pieces or not self._goes_on(line, start):
            self._open(start, end)
        self.before = line
        self._open_inside(start, end)
        self.pieces[-1].end = end

    def _ended(self) -> bool:
        piece = self.pieces[-1]
        return piece.furniture or self.lines.ends_clause(min(piece.content, piece.end - 1), piece.end)

    def _set_off(self, line: int) -> bool:
        return self.lines.gaps[line] >= 2 or self._ended() or self.lines.text[self.pieces[-1].end - 1] in ",—–"

    def _goes_on(self, line: int, start: int) -> bool:
        """Whether a line carries on the last piece."""
        lines, text = self.lines, self.lines.text
        piece = self.pieces[-1]
        if piece.furniture or piece.alone:
            return not piece.furniture
        tail = lines.folded[max(piece.start, piece.end - 48) : piece.end]
        ended, lower = self._ended(), text[start].islower()
        apart = lines.gaps[line] >= 2
        filled = not lines.is_short(self.before)
        if ended or tail[-1] in ",—–-" or tail.endswith(" and"):
            small = apart or not (filled or tail.endswith(" and"))
            if self.opens_recital(start, small=small) or self._opens_formula(start, ended=ended):
                return False
        if not (ended or filled or apart or self.lines.goes_on(tail)) and self._is_line_of_its_own(line, start):
            return False
        if not ended and self.lines.goes_on(tail):
            return not apart or lower or tail[-1] != ","
        if apart:
            return not ended and (lower or text[start] in ",;.)(" or (filled and not self._in_capitals()))
        return not ended or (lower and tail[-1] != ":") or (filled and not lower)

    def _is_line_of_its_own(self, line: int, start: int) -> bool:
        """Whether a recital opens at the head of a line though none of them ends on a mark; titles open none."""
        words = self.lines.text[start : self.lines.ends[line]]
        return not self._in_capitals() and capital_share(words) < _TITLE and self.opens_recital(start)

    def _in_capitals(self) -> bool:
        return self.lines.text[self.pieces[-1].start : self.pieces[-1].end].isupper()

    def opens_recital(self, start: int, *, small: bool = False) -> bool:
        """Whether a recital may begin at an offset; ``small``: in small letters too."""
        word = _FIRST_WORD.match(self.lines.folded, start)
        if word is None or word[1] in self.lines.structure.no_recital:
            return False
        printed = self.lines.text[word.start(1) : word.end(1)]
        if not small and not printed[0].isupper():
            return False
        if self.lines.structure.recital.match(self.lines.folded, word.start(1)) is not None:
            return True
        # In a line that is all capitals those of the first word say nothing.
        line = self.lines.text[start : self.lines.ends[bisect_right(self.lines.starts, start) - 1]]
        return printed.isupper() and len(printed) > 3 and not line.isupper()

    def _opens_formula(self, start: int, *, ended: bool) -> bool:
        """Whether the closing words of a preamble (``HAVE AGREED as follows``) may begin at an offset."""
        word = _FIRST_WORD.match(self.lines.text, start)
        return word is not None and word[1].isupper() and (ended or fold(word[1]) in self.lines.structure.no_recital)

    def _open(self, start: int, end: int) -> None:
        text = self.lines.text
        listed = bool(self.pieces) and (self.pieces[-1].kind == "recital" or text[self.pieces[-1].end - 1] == ":")
        recital = self.opens_recital(start, small=bool(self.pieces)) or (listed and text[end - 1] in ";,")
        self.pieces.append(Piece("recital" if recital else "text", "", start, end, -1, start))

    def _open_inside(self, start: int, end: int) -> None:
        """Open the recitals that follow each other within a line."""
        text = self.lines.text
        for match in _INSIDE.finditer(text, start, end):
            word = _FIRST_WORD.match(self.lines.folded, match.end())
            if word is None or not (text[match.start()] == ";" or self.opens_recital(match.end())):
                continue
            stop = match.end()
            while text[stop - 1].isspace():
                stop -= 1
            self.pieces[-1].end = stop
            kind = "text" if word[1] in self.lines.structure.no_recital else "recital"
            self.pieces.append(Piece(kind, "", match.end(), end, -1, match.end()))  # type: ignore[arg-type]
