"""Preambles cut into their recitals, the words that open them and the formula that closes them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from analyzer.segment.enumerators import read_enumerator
from analyzer.segment.lines import LINKS, Lines
from analyzer.segment.pieces import Juncture, Piece
from analyzer.text.capitals import TITLE_SHARE, capital_share
from analyzer.text.fold import fold

_NEXT_RECITAL = re.compile(
    rf"[;,:.]\s+(?:{LINKS}\s+)?(?=[A-ZÀ-Þ]{{2}})|;\s+(?:{LINKS}\s+)?(?=[A-ZÀ-Þ])"
    rf"|,\s+(?:{LINKS}\s+)?(?=[A-ZÀ-Þ][a-zß-ÿ]+\s+[a-zß-ÿ])"
)
_LINKED = re.compile(rf"[,;]\s+{LINKS}$")
"""The end of the last recital but one: ``…, et``."""
_FIRST_WORD = re.compile(r"[\"“«]?([^\W\d_]+)")


def cut_preamble(lines: Lines, start: int, end: int) -> list[Piece]:
    """Return the pieces of the preamble ``text[start:end]`` in reading order."""
    cutter = _PreambleCutter(lines)
    for line in range(*lines.range(start, end)):
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
        """Let a line open a piece, or carry on the last one."""
        lines = self.lines
        enumerator = read_enumerator(lines.text, start, end)
        if self.pieces and lines.is_furniture(line):
            if self._has_ended():
                self.pieces.append(Piece("text", "", start, end, -1, start, furniture=True))
        elif enumerator is not None and (not self.pieces or self._is_set_off(line)):
            self.pieces.append(Piece("recital", enumerator.number, start, end, -1, enumerator.end))
        elif not self.pieces or not self._continues(line, start):
            self._open(start, end)
        self.before = line
        self._open_inside(start, end)
        self.pieces[-1].end = end

    def _has_ended(self) -> bool:
        return self.pieces[-1].is_ended(self.lines)

    def _is_set_off(self, line: int) -> bool:
        lines, last = self.lines, self.pieces[-1]
        if lines.gaps[line] >= 2 or self._has_ended() or lines.text[last.end - 1] in ",—–":
            return True
        return _LINKED.search(lines.folded, last.start, last.end) is not None

    def _continues(self, line: int, start: int) -> bool:
        """Return whether a line carries on the last piece."""
        piece = self.pieces[-1]
        if piece.furniture or piece.alone:
            return not piece.furniture
        juncture = Juncture(self.lines, piece, line, start, self.before)
        if self._opens_part(juncture) or self._opens_unmarked_recital(juncture):
            return False
        continues = juncture.continues()
        if continues is not None:
            return continues
        return juncture.tail[-1] != ":" if juncture.lower else juncture.filled

    def _opens_part(self, juncture: Juncture) -> bool:
        """Return whether a recital or the closing formula begins behind a mark or a linking word."""
        tail, ended = juncture.tail, juncture.ended
        if not (ended or tail[-1] in ",—–-" or tail.endswith(" and")):
            return False
        small = juncture.apart or not (juncture.filled or tail.endswith(" and"))
        return self._opens_recital(juncture.start, small=small) or self._opens_formula(juncture.start, ended=ended)

    def _opens_unmarked_recital(self, juncture: Juncture) -> bool:
        """Return whether a recital begins at the head of a line though the one before has no mark at its end.

        Titles begin no recital: in them every word may have a capital.
        """
        if juncture.ended or juncture.filled or juncture.apart or juncture.waits or juncture.in_capitals:
            return False
        words = self.lines.text[juncture.start : self.lines.ends[juncture.line]]
        return capital_share(words) < TITLE_SHARE and self._opens_recital(juncture.start)

    def _opens_recital(self, start: int, *, small: bool = False) -> bool:
        """Return whether a recital may begin at an offset; ``small``: with a small letter too."""
        word = _FIRST_WORD.match(self.lines.folded, start)
        if word is None or word[1] in self.lines.structure.no_recital:
            return False
        printed = self.lines.text[word.start(1) : word.end(1)]
        if not small and not printed[0].isupper():
            return False
        if self.lines.structure.recital.match(self.lines.folded, word.start(1)) is not None:
            return True
        # In a line that is all capitals those of the first word prove nothing.
        line = self.lines.text[start : self.lines.ends[bisect_right(self.lines.starts, start) - 1]]
        return printed.isupper() and len(printed) > 3 and not line.isupper()

    def _opens_formula(self, start: int, *, ended: bool) -> bool:
        """Return whether the closing words of a preamble (``HAVE AGREED as follows``) may begin at an offset."""
        word = _FIRST_WORD.match(self.lines.text, start)
        return word is not None and word[1].isupper() and (ended or fold(word[1]) in self.lines.structure.no_recital)

    def _open(self, start: int, end: int) -> None:
        """Open a piece without enumerator."""
        text = self.lines.text
        listed = bool(self.pieces) and (self.pieces[-1].kind == "recital" or text[self.pieces[-1].end - 1] == ":")
        recital = self._opens_recital(start, small=bool(self.pieces)) or (listed and text[end - 1] in ";,")
        self.pieces.append(Piece("recital" if recital else "text", "", start, end, -1, start))

    def _open_inside(self, start: int, end: int) -> None:
        """Open the recitals that follow each other within a line."""
        text = self.lines.text
        for match in _NEXT_RECITAL.finditer(text, start, end):
            word = _FIRST_WORD.match(self.lines.folded, match.end())
            agreed = self.lines.structure.agreed.match(self.lines.folded, match.end()) is not None
            if word is None or not (text[match.start()] == ";" or agreed or self._opens_recital(match.end())):
                continue
            self.pieces[-1].end = self.lines.without_space(start, match.end())
            formula = agreed or word[1] in self.lines.structure.no_recital
            self.pieces.append(Piece("text" if formula else "recital", "", match.end(), end, -1, match.end()))
