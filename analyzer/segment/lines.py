"""The non-blank lines of a text, and what their ends and beginnings show about the sentences in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from analyzer.knowledge.structure import Structure

_LINE = re.compile(r"\S[^\n\r\f\v\x85\u2028\u2029]*")
_SENTENCE_END = re.compile(r"[.:;!?…](?:[\"'”’»)\]\s]|\[?\d{1,3}\]?(?!\d)){0,6}$")
_ABBREVIATED = re.compile(r"(?<![^\W\d_])(?:n|nos?|n[uú]ms?|arts?|paras?|vol|sec|pp?)\. ?\d{1,3}$", re.I)
"""``Convention No. 182`` at the end of a line: not a sentence with the marker of a footnote."""
LINKS = r"(?:and|or|and/or|y|e|o|u|y/o|et|ou|et/ou)"
"""Pattern of the words that link the last two items of a list."""
_LINKED_END = re.compile(rf";\s+{LINKS}[\s:]*$")
_FURNITURE = re.compile(
    r"[\W_]*(?:(?:page|página|p\.)\s*)?(?:(?:[ivxlc]{1,6}|\d{1,3})[-–/])?\d{1,4}(?:\s*(?:/|of|de|sur)\s*\d{1,4})?[\W_]*|[\W_]{2,}",
    re.I,
)
_LONGEST_FURNITURE = 24
"""Characters of the longest page number or rule."""
TAIL = 48
"""Characters at the end of a line or piece that show how it ends."""
_END = 12
"""Characters that hold the mark at the end of a clause and what may follow it (quotation marks, ``; and``)."""
_RAGGED = 0.85
"""A line shorter than this share of the page width, next word included, was ended on purpose."""
_LONGEST_WORD = 30
"""Characters of the next line in which its first word is looked for."""
_FEWEST_WRAPPED, _WRAPPED_SHARE = 3, 12
"""A text is hard-wrapped from three lines that go on in small letters, and from one in twelve."""


@dataclass(frozen=True, slots=True)
class SourceMarks:
    """What the source of a text says about its lines.

    Attributes:
        tables: Stretches of the text that are tables.
        headings: Offsets of lines that the source's own outline points to.
        styled: Offsets of lines that the styles of the source call headings.
    """

    tables: tuple[tuple[int, int], ...] = ()
    headings: frozenset[int] = frozenset()
    styled: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Lines:
    """Non-blank lines of a text, as parallel lists.

    Attributes:
        structure: The lay-out words by which they are read.
        text: The whole text.
        folded: The same, folded (``analyzer.text.fold.fold``); same offsets.
        starts: Offset of the first character of each line.
        ends: Offset after its last character that is not white space.
        gaps: Line breaks between the line before and this one (2 or more: a blank line stands between).
        width: Characters to which the text is hard-wrapped, 0 where its lines are whole paragraphs.
        marks: What the source says about lines.
    """

    structure: Structure
    text: str
    folded: str
    starts: list[int]
    ends: list[int]
    gaps: list[int]
    width: int
    marks: SourceMarks

    def words(self, index: int) -> str:
        """Return a line as printed."""
        return self.text[self.starts[index] : self.ends[index]]

    def tail(self, index: int) -> str:
        """Return the folded end of a line, long enough to see how it ends."""
        return self.folded[max(self.starts[index], self.ends[index] - TAIL) : self.ends[index]]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Return the lines (first, after the last) that have characters in ``[start, end)``."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def of_tables(self) -> frozenset[int]:
        """Return the lines that belong to tables."""
        return frozenset(line for start, end in self.marks.tables for line in range(*self.range(start, end)))

    def within(self, index: int, start: int, end: int) -> tuple[int, int]:
        """Return the offsets of the part of a line that lies in ``[start, end)``, without white space around it."""
        first, last = max(self.starts[index], start), min(self.ends[index], end)
        while first < last and self.text[first].isspace():
            first += 1
        return first, self.without_space(first, last)

    def without_space(self, start: int, end: int) -> int:
        """Return the offset after the last character of ``text[start:end]`` that is not white space."""
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return end

    def ends_clause(self, start: int, end: int) -> bool:
        """Return whether ``text[start:end]`` ends like a sentence, a clause or a lead-in (``. ; :``, ``; and``)."""
        if self.text[end - 1] in ".;:":
            return True
        reach = max(start, end - _END)
        if self.text[end - 1].isdigit() and _ABBREVIATED.search(self.text, reach, end):
            return False
        return (
            _SENTENCE_END.search(self.text, reach, end) is not None
            or _LINKED_END.search(self.text, reach, end) is not None
        )

    def ends_sentence(self, index: int) -> bool:
        """Return whether a line ends like a sentence, a clause or a lead-in."""
        return self.ends_clause(self.starts[index], self.ends[index])

    def goes_on(self, tail: str) -> bool:
        """Return whether a folded line end cannot be the end of anything (``… in accordance with``, ``… Article``)."""
        return self.structure.dangling.search(tail) is not None

    def is_furniture(self, index: int) -> bool:
        """Return whether a line is only a page number or a rule."""
        start, end = self.starts[index], self.ends[index]
        if end - start > _LONGEST_FURNITURE:
            return False
        line = self.text[start:end]
        return _FURNITURE.fullmatch(line) is not None and line[-1] not in ".)" and line[0] not in "([.,;:"

    def is_short(self, index: int) -> bool:
        """Return whether a line ends before the edge of the page: the next word would have fitted."""
        if not self.width or index + 1 >= len(self.starts):
            return True
        start = self.starts[index + 1]
        word = self.text[start : start + _LONGEST_WORD].split(maxsplit=1)[0]
        return self.ends[index] - self.starts[index] + 1 + len(word) < _RAGGED * self.width


def split_lines(
    structure: Structure,
    text: str,
    folded: str,
    marks: SourceMarks | None = None,
) -> Lines:
    """Return the non-blank lines of a text."""
    starts: list[int] = []
    ends: list[int] = []
    gaps: list[int] = []
    before = 0
    line_break = "\n" if "\n" in text else "\r"
    for match in _LINE.finditer(text):
        first, last = match.span()
        while text[last - 1].isspace():
            last -= 1
        gaps.append(text.count(line_break, before, first) + 2 * text.count("\f", before, first))
        starts.append(first)
        ends.append(last)
        before = last
    if gaps:
        gaps[0] = max(gaps[0], 2)
    width = _page_width(text, starts, ends)
    return Lines(structure, text, folded, starts, ends, gaps, width, marks or SourceMarks())


def _page_width(text: str, starts: list[int], ends: list[int]) -> int:
    """Return the length of the lines that are surely wrapped, because the next one begins with a small letter."""
    wrapped = [ends[index - 1] - starts[index - 1] for index in range(1, len(starts)) if text[starts[index]].islower()]
    if len(wrapped) < _FEWEST_WRAPPED or len(wrapped) * _WRAPPED_SHARE < len(starts):
        return 0
    wrapped.sort()
    return wrapped[len(wrapped) * 9 // 10]
