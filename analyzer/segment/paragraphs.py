"""Bodies of articles, preambles and annexes cut into their smallest enumerated pieces.

A piece is a numbered paragraph, an item of a list, an unnumbered paragraph, a recital, a definition or a footnote.
Line breaks alone prove nothing: agreements come hard-wrapped, with blank lines inside sentences, with enumerators
alone on a line and with page numbers and footnotes between the items of a list.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from analyzer.segment.definitions import defined_term
from analyzer.segment.enumerators import Enumerator, Reading, read_enumerator
from analyzer.segment.lines import LINKS, TAIL, Lines
from analyzer.segment.nesting import ENTRY, Nest
from analyzer.segment.notes import (
    MAY_BEGIN,
    NOTE_BACK,
    InlineEnumerator,
    has_marker,
    has_second_dash,
    has_second_item,
    inline_enumerators,
    inline_notes,
    read_footnote,
)
from analyzer.segment.pieces import Juncture, Piece
from analyzer.segment.recitals import cut_preamble

Mode = Literal["body", "definitions", "preamble"]
"""What a stretch of text is: an ordinary body, an article of definitions, or a preamble."""

_BARE_PARAGRAPH = re.compile(r"1[ \t\xa0]+(?=[A-ZÀ-Þ])")
_BARE_NUMBER = re.compile(r"(\d{1,2})[ \t\xa0]+(?=[A-ZÀ-Þ“\"])")
_LINK = re.compile(LINKS)
_NEXT_TERM = re.compile(rf"(?P<before>;(?:\s+{LINKS}(?=\s))?)\s+(?!{LINKS}\b)(?=[^\W\d_]|[“\"«])")
_MOST_WORDS = 8
"""Words of a term that begins within a line."""
_FIRST_WORD = re.compile(r"[\"“«]?([^\W\d_]+)")


def cut_into_pieces(lines: Lines, start: int, end: int, mode: Mode) -> list[Piece]:
    """Return the pieces of ``text[start:end]`` in reading order; together they hold all its non-blank characters."""
    if mode == "preamble":
        return cut_preamble(lines, start, end)
    inside = [match.start() for match in MAY_BEGIN.finditer(lines.text, start, end)]
    cutter = _BodyCutter(lines, Nest(lines, mode == "definitions", mode == "definitions"), end, inside)
    for line in range(*lines.range(start, end)):
        first, last = lines.within(line, start, end)
        if first < last:
            cutter.add_line(line, first, last)
    for piece in cutter.pieces:
        if piece.kind != "footnote" and not piece.furniture:
            piece.term = defined_term(lines, piece.content, piece.end, listed=piece.defining)
            if piece.term and piece.kind != "paragraph":
                piece.kind = "definition"
    return cutter.pieces


@dataclass(slots=True)
class _BodyCutter:
    """Takes the lines of a body one by one.

    Attributes:
        lines: The lines of the text.
        nest: The pieces so far.
        limit: Offset where the body ends.
        inside: Offsets where items and footnotes may begin behind other words, in order.
        bare: Whether paragraphs are numbered without a dot (``1 The Parties``); such numbers open no footnotes then.
        before: Index of the line before.
    """

    lines: Lines
    nest: Nest
    limit: int
    inside: list[int]
    bare: bool = False
    before: int = -1

    @property
    def pieces(self) -> list[Piece]:
        """Return the pieces so far."""
        return self.nest.pieces

    def add_line(self, line: int, start: int, end: int) -> None:
        """Let a line open pieces, or carry on the last one."""
        if not self.pieces:
            self.bare = _BARE_PARAGRAPH.match(self.lines.text, start, end) is not None
        gap = self.lines.gaps[line] if self.pieces else 2
        self._open(line, start, end, gap)
        self.before = line
        for term_end, next_term in self._terms_inside(start, end) if self.nest.defining else ():
            self._look_inside(start, term_end)
            self.pieces[-1].end = term_end
            self.nest.add_text(next_term, end, self.nest.definition_parent())
            start = next_term
        self._look_inside(start, end)
        self.pieces[-1].end = end

    def _look_inside(self, start: int, end: int) -> None:
        if bisect_right(self.inside, start) < bisect_left(self.inside, end):
            self._open_inside(start, end)

    def _terms_inside(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where a definition ends and the next begins within a line (``… health; and labour law means:``)."""
        for match in _NEXT_TERM.finditer(self.lines.text, start, end):
            term = defined_term(self.lines, match.end(), self.limit, listed=True)
            if term and "," not in term and len(term.split()) <= _MOST_WORDS:
                yield match.end("before"), match.end()

    def _open(self, line: int, start: int, end: int, gap: int) -> None:
        """Open the piece that begins at the head of a line, if one does."""
        if self.pieces and self.lines.is_furniture(line):
            if self._numbers_note(line, start, end):
                self.nest.add_footnote(self.lines.text[start:end], start, end, end)
            elif self.nest.has_ended() or self.pieces[-1].alone:
                self.nest.add_furniture(start, end)
            return
        if self._add_enumerated(start, end, gap):
            return
        footnote = read_footnote(self.lines, start, end)
        if footnote is not None and (gap >= 2 or self.nest.has_ended() or self._is_marked(footnote[0], start)):
            self.nest.add_footnote(footnote[0], start, end, footnote[1])
        elif not self.pieces or not self._continues(line, start):
            self._open_text(start, end)

    def _numbers_note(self, line: int, start: int, end: int) -> bool:
        """Return whether a number alone on its line is that of the footnote below it: its marker stands further up."""
        text, following = self.lines.text, line + 1
        if not text[start:end].isdigit() or following >= len(self.lines.starts) or self.lines.gaps[following] > 1:
            return False
        if self.lines.starts[following] >= self.limit or not text[self.lines.starts[following]].isupper():
            return False
        return has_marker(text, text[start:end], max(self.pieces[0].start, start - NOTE_BACK), start)

    def _is_interrupted(self) -> bool:
        """Return whether the last piece is a footnote that stands within a sentence."""
        index = self.nest.last_words()
        return self.pieces[-1].kind == "footnote" and index >= 0 and not self.pieces[index].is_ended(self.lines)

    def _is_marked(self, number: str, start: int) -> bool:
        """Return whether the sentence before has the marker of a footnote (``labour5`` / ``5 When labour …``)."""
        if not self.pieces or not number.isdigit():
            return False
        return has_marker(self.lines.text, number, self.pieces[-1].start, start)

    # Enumerated pieces

    def _add_enumerated(self, start: int, end: int, gap: int) -> bool:
        """Add the pieces that the enumerators at the beginning of a line open; return whether there are any."""
        text, lists = self.lines.text, self.nest.lists
        enumerator = (self._bare_number(start, end) if self.bare else None) or read_enumerator(text, start, end)
        if enumerator is None:
            return False
        strong = gap >= 2 or self.nest.has_ended() or text[self.pieces[-1].end - 1] in ",—–"
        if self.pieces and not self._is_enumerator(enumerator, end, gap, strong=strong):
            return False
        position = lists.position(enumerator, strong=strong)
        if position is None:
            return False
        self.nest.add_item(enumerator, position, end)
        while enumerator.end < end:  # "3. (a) (i) Nothing in …"
            inner = read_enumerator(text, enumerator.end, end)
            if inner is None or inner.form == "-" or all(value > 1 for _, value in inner.readings):
                break
            position = lists.position(inner, strong=True)
            if position is None or position.depth != len(lists.stack):
                break
            self.pieces[-1].end = self.lines.without_space(start, enumerator.end)
            self.nest.add_item(inner, position, end)
            enumerator = inner
        return True

    def _bare_number(self, start: int, end: int) -> Enumerator | None:
        match = _BARE_NUMBER.match(self.lines.text, start, end)
        return Enumerator(match[1], " ", (Reading("1", int(match[1])),), start, match.end()) if match else None

    def _is_enumerator(self, enumerator: Enumerator, end: int, gap: int, *, strong: bool) -> bool:
        """Return whether the words around an enumerator allow it: ``paragraph`` / ``2. The …`` is a reference."""
        text, folded = self.lines.text, self.lines.folded
        last = self.pieces[-1]
        following = text[enumerator.end : min(end, enumerator.end + 1)]
        if gap < 2 and not last.alone and not self.nest.has_ended():
            tail = folded[max(last.start, last.end - TAIL) : last.end]
            titled = following.isupper() and self.nest.is_subheading(last.start, last.end)
            if not titled and self.lines.structure.referring.search(tail):
                return False
        if enumerator.form == "-":
            return strong or following.isalpha()
        if not strong and following.islower():
            word = _FIRST_WORD.match(folded, enumerator.end)
            if word and word[1] in self.lines.structure.guards:
                return False
        return not following or following not in ",;.)"

    # Running text

    def _continues(self, line: int, start: int) -> bool:
        """Return whether a line without enumerator carries on the last piece."""
        lines, piece = self.lines, self.pieces[-1]
        if piece.furniture or piece.alone:
            return not piece.furniture
        if lines.gaps[line] < 2 and _LINK.fullmatch(lines.folded, start, lines.ends[line]):
            return True
        juncture = Juncture(lines, piece, line, start, self.before)
        if (
            self.nest.lists.stack
            and juncture.apart
            and not juncture.waits
            and lines.structure.tails.match(lines.folded, start)
        ):
            return False
        continues = juncture.continues()
        return self._continues_ended(juncture) if continues is None else continues

    def _continues_ended(self, juncture: Juncture) -> bool:
        """Return whether a line right below the end of a sentence, clause or lead-in carries on the last piece."""
        lines, tail, lower = self.lines, juncture.tail, juncture.lower
        if lower and self._is_interrupted():
            return False
        if tail[-1] == ":" and (lower or not juncture.filled):
            return False
        following = lines.ends[min(juncture.line + 1, len(lines.ends) - 1)]
        may_define = self.nest.defining and (lower or tail[-1] != ".")
        if may_define and defined_term(lines, juncture.start, following, listed=True):
            return False
        if lower:
            stack = self.nest.lists.stack
            return tail[-1] != ";" or not stack or stack[-1].alphabet != ENTRY
        return juncture.filled

    def _open_text(self, start: int, end: int) -> None:
        """Open a piece without enumerator: paragraph, entry of a list, definition, tail of a list, inner heading."""
        nest, text = self.nest, self.lines.text
        stack = nest.lists.stack
        last = nest.last_words()
        if last < 0:
            nest.add_text(start, end, -1)
            return
        if nest.take_for_caption(last):
            nest.add_text(start, end, last)
            return
        lower, mark = text[start].islower(), nest.final_mark(last)
        defines = nest.defining and bool(defined_term(self.lines, start, end, listed=True))
        if lower and self._is_interrupted():
            nest.add_text(start, end, last)
        elif not defines and mark in ":—" and (lower or text[end - 1] in ";,"):
            nest.add_entry(start, end, last)
        elif not defines and mark != "." and stack and stack[-1].alphabet == ENTRY:
            nest.add_entry(start, end, stack[-1].parent)
        elif nest.defining:
            nest.add_text(start, end, nest.definition_parent())
        elif lower:
            nest.add_text(start, end, stack[-1].parent if stack else self.pieces[last].parent)
        elif stack and stack[0].parent == -1 and stack[0].alphabet in "1dI" and not nest.is_subheading(start, end):
            nest.add_text(start, end, stack[0].item)
        else:
            nest.add_text(start, end, -1)

    # Several pieces in one line

    def _open_inside(self, start: int, end: int) -> None:
        """Open the footnotes and the items of lists that run on within a line."""
        for number, end_before, first, content in inline_notes(self.lines, start, end):
            if first > self.pieces[-1].start:
                self._open_items(start, end_before)
                self.pieces[-1].end = end_before
                self.nest.add_footnote(number, first, end, content)
                start = content
        self._open_items(start, end)

    def _open_items(self, start: int, end: int) -> None:
        """Open the items of lists that run on in ``text[start:end]``."""
        lists = self.nest.lists
        for inline in inline_enumerators(self.lines.text, start, end):
            enumerator = inline.enumerator
            if enumerator.start <= self.pieces[-1].start:
                continue
            position = lists.position(enumerator, strong=False, inline=True)
            if position is None:
                continue
            is_new = position.depth == len(lists.stack)
            opens = position.value == 1 and (position.alphabet != "-" or is_new)
            if opens and not (is_new and self._opens_list(inline, position.alphabet)):
                continue
            self.pieces[-1].end = inline.end_before
            if inline.page:
                self.nest.add_furniture(*inline.page)
            self.nest.add_item(enumerator, position, end)

    def _opens_list(self, inline: InlineEnumerator, alphabet: str) -> bool:
        """Return whether a first enumerator inside a line opens a list."""
        text, enumerator = self.lines.text, inline.enumerator
        if self.pieces[-1].content == enumerator.start:  # "4. (a) A Party …"
            return True
        if alphabet == "-" and inline.separator == ",":
            return has_second_dash(text, enumerator.end, self.limit)
        return inline.separator in ":—–" and has_second_item(text, enumerator, alphabet, self.limit)
