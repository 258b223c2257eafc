"""Lines that may be headings: what they look like and what stands around them.

A line such as ``Article 5 …`` is a heading or a cross-reference. Three things show which: the grammar of what follows
the number (``Article 5 shall apply``), the lines around it (a sentence that runs into it), and the numbering, which
only the whole text shows (see ``chain``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from analyzer.segment import weights
from analyzer.segment.amending import QUOTES
from analyzer.segment.candidates import HeadingCandidate
from analyzer.segment.heading_words import LONGEST_ANNEX, HeadingReader
from analyzer.segment.lines import Lines

_DIGIT_APART = re.compile(r"[ \t\xa0](\d)[ \t\xa0]+(?=[A-ZÀ-Þ])")
_ENDED = re.compile(r"[.;:]\d{0,3}[”\")\]]?\s+(?:(?:\d{1,3}|[IVXL]{1,6})\s+)?$")
_ENDED_REACH = 16
"""Characters before a word in which the end of a sentence, and maybe a page number, are looked for."""
_BEHIND_SENTENCE = re.compile(r"[.;][ \t\xa0]+[A-ZÀ-Þ]")
_BEHIND_GAP = re.compile(r"  [A-ZÀ-Þ]")
"""A gap inside a line: texts with one line a page have it where the page had a line break."""
_NEAR = 4
"""Candidates, references among them, that may stand between two articles in a row."""
_LINES_OF_NAME = 3
"""Lines of a name in capitals below the word of a heading."""
_PAGE_BREAK_LINES = 5
"""Page numbers and rules that may stand between a heading and the text above it, and one more."""
_FLOWED = 1500
"""Characters from which a line is taken for several paragraphs without line breaks between them."""


@dataclass(slots=True)
class HeadingFinder:
    """Finds candidates for headings among lines.

    Attributes:
        lines: The lines of the text.
    """

    lines: Lines
    _reader: HeadingReader = field(init=False)
    _headed: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self._reader = HeadingReader(self.lines)

    def read(self, line: int, start: int) -> HeadingCandidate | None:
        """Return the candidate at an offset of a line, judged by its own words only."""
        return self._reader.read(line, start)

    def find(self, low: int, high: int) -> list[HeadingCandidate]:
        """Return the candidates among the lines ``low`` to ``high``, in reading order."""
        candidates = []
        folded, starts, ends = self.lines.folded, self.lines.starts, self.lines.ends
        letters = self._reader.first_letters
        tables = self.lines.of_tables()
        holding = self._holding_headings(low, high, _BEHIND_SENTENCE)
        apart = self._holding_headings(low, high, _BEHIND_GAP)
        for line in range(low, high):
            if line in tables:
                continue
            quoted = self.lines.text[starts[line]] in QUOTES and ends[line] - starts[line] > 1
            start = starts[line] + quoted
            candidate = self.read(line, start) if quoted or folded[start] in letters else None
            candidate = candidate or self._reader.read_number_first(line, starts[line])
            if candidate is not None:
                candidate.start, candidate.quoted = starts[line], quoted
                candidate.evidence += self.surroundings(candidate)
                candidates.append(candidate)
                if not quoted:
                    self._headed.add(line)
            if ends[line] - starts[line] > _FLOWED or line in apart:
                candidates += self._inside(line)
            elif line in holding:
                candidates += (candidate for candidate in self._inside(line) if self._closes(line, candidate))
        self._join_digits(candidates)
        self._weigh_names_of_annexes(candidates)
        return candidates

    def _weigh_names_of_annexes(self, candidates: list[HeadingCandidate]) -> None:
        """Weigh against a name that speaks of the chapter before: ``ANNEX 6-B``, ``CHAPTER SIX CONTACT POINTS``."""
        last: dict[str, HeadingCandidate] = {}
        for before, candidate in pairwise(candidates):
            last[before.word] = before
            below_annex = before.kind == "annex" and before.bare and before.line == candidate.line - 1
            repeats = candidate.word in last and last[candidate.word].keys == candidate.keys
            if below_annex and not candidate.bare and repeats:
                candidate.evidence += weights.NAME_OF_ANNEX

    def _join_digits(self, candidates: list[HeadingCandidate]) -> None:
        """Read ``Article 1 0 The Parties`` as article 10 where an article 9 was the one before, or nearly so."""
        for index, candidate in enumerate(candidates):
            apart = _DIGIT_APART.match(self.lines.text, candidate.end, self.lines.ends[candidate.line])
            if apart is None or not candidate.number.isdigit():
                continue
            joined = int(candidate.number + apart[1])
            near = [other for other in candidates[max(0, index - _NEAR) : index] if other.word == candidate.word]
            if any((joined - 1,) in other.keys for other in near):
                candidate.number, candidate.keys = str(joined), ((joined,),)
                candidate.end, candidate.rest = apart.end(1), apart.end()

    def surroundings(self, candidate: HeadingCandidate) -> float:
        """Return the evidence of the lines around: a heading does not stand in the middle of a sentence."""
        lines, line = self.lines, candidate.line
        if lines.starts[line] in lines.marks.headings:
            return weights.MARKED_BY_SOURCE
        score = self._below(candidate)
        if lines.starts[line] in lines.marks.styled:
            score += weights.STYLED_BY_SOURCE
        before = line - 1
        blank = lines.gaps[line] >= 2
        while before >= 0 and line - before < _PAGE_BREAK_LINES and lines.is_furniture(before):
            blank = blank or lines.gaps[before] >= 2
            before -= 1
        if before < 0 or before in self._headed or self._is_name(before):
            return score + weights.AFTER_HEADING
        if lines.goes_on(lines.tail(before)):
            if not blank:
                return score + weights.INSIDE_SENTENCE
            if lines.text[candidate.start : candidate.start + 4].isupper():
                return score + weights.CAPITALS_INSIDE_SENTENCE_AFTER_BLANK
            return score + weights.SMALL_INSIDE_SENTENCE_AFTER_BLANK
        if lines.ends_sentence(before):
            return score + weights.AFTER_SENTENCE
        if blank:
            return score + (weights.BARE_AFTER_BLANK if candidate.bare and score >= 0 else weights.AFTER_BLANK)
        return score + (weights.AFTER_SHORT_LINE if lines.is_short(before) else weights.AFTER_FULL_LINE)

    def _below(self, candidate: HeadingCandidate) -> float:
        """Return the evidence of the line below a number alone: a sentence that goes on there speaks against it."""
        lines, following = self.lines, candidate.line + 1
        if not candidate.bare or following >= len(lines.starts) or not lines.text[lines.starts[following]].islower():
            return 0.0
        # "ANNEX 4" above "to the Treaty on Free Trade"
        if candidate.kind == "annex" and lines.structure.subject.match(lines.folded, lines.starts[following]):
            return weights.SUBJECT_BELOW
        return weights.SENTENCE_BELOW if lines.gaps[following] < 2 else weights.SENTENCE_BELOW_BLANK

    def _is_name(self, line: int) -> bool:
        """Return whether a line is, or ends, the name in capitals below the word of another heading."""
        first = line
        while first >= 0 and line - first < _LINES_OF_NAME and self.lines.words(first).isupper():
            first -= 1
            if first in self._headed:
                return True
        return self._is_rest_of_name(line)

    def _is_rest_of_name(self, line: int) -> bool:
        """Return whether a line is the second of a heading set in two, in ordinary print, above a blank line."""
        lines = self.lines
        if line - 1 not in self._headed or lines.gaps[line] > 1 or lines.gaps[line + 1] < 2:
            return False
        ended = lines.text[lines.ends[line] - 1] in ".:;,"
        return not ended and lines.structure.verbs.search(lines.folded, lines.starts[line], lines.ends[line]) is None

    def _holding_headings(self, low: int, high: int, before: re.Pattern[str]) -> frozenset[int]:
        """Return the lines that hold the word of a heading behind a pattern; one search of them all is fastest."""
        if low >= high:
            return frozenset()
        lines, opener = self.lines, self.lines.structure.opener
        behind = before.finditer(lines.text, lines.starts[low], lines.ends[high - 1])
        starts = (match.end() - 1 for match in behind if opener.match(lines.folded, match.end() - 1))
        found = ((bisect_right(lines.starts, start) - 1, start) for start in starts)
        return frozenset(line for line, start in found if lines.starts[line] < start)

    def _closes(self, line: int, candidate: HeadingCandidate) -> bool:
        """Return whether a heading inside a line is its end (``… under paragraph 1. Chapter 13: Labour``)."""
        end = self.lines.ends[line]
        name = self.lines.text[candidate.rest : end]
        before = self.lines.text[candidate.start - 2 : candidate.start].strip()
        goes_on = line + 1 < len(self.lines.starts) and self.lines.text[self.lines.starts[line + 1]].islower()
        return (
            before in (".", ";")
            and 0 < len(name) < LONGEST_ANNEX
            and name[0].isupper()
            and name[-1] not in ".;:,"
            and not goes_on
            and self.lines.structure.verbs.search(self.lines.folded, candidate.rest, end) is None
        )

    def _inside(self, line: int) -> list[HeadingCandidate]:
        """Return the candidates inside a line that holds many paragraphs: behind a sentence and maybe a page number."""
        candidates = []
        text = self.lines.text
        low, high = self.lines.starts[line], self.lines.ends[line]
        for match in self.lines.structure.mention.finditer(self.lines.folded, low, high):
            start = match.start()
            if not text[start].isupper():
                continue
            ended = (
                text[start - 2 : start].isspace()
                or _ENDED.search(text, max(0, start - _ENDED_REACH), start) is not None
            )
            if not ended and not text[start : match.end()].isupper():
                continue
            candidate = self._reader.read(line, start)
            if candidate and candidate.number:
                candidate.evidence += weights.IN_LONG_LINE if ended else weights.IN_SENTENCE_OF_LONG_LINE
                candidates.append(candidate)
            elif titled := self._reader.titled_annex(line, start, match.end()):
                candidates.append(titled)
        return candidates
