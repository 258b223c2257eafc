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
from analyzer.segment.candidates import HeadingCandidate
from analyzer.segment.lines import Lines
from analyzer.segment.misread import misread_level
from analyzer.segment.numbering import NUMBER, printed_keys
from analyzer.text.numerals import RAISED_FIGURES
from analyzer.types import ClauseKind

_BETWEEN = re.compile(r"[ \t\xa0]*[:.\-–—−]?[ \t\xa0]*(?:[Nn][o°º]\.?[ \t\xa0]*)?")
_SEPARATOR = re.compile(r"[ \t\xa0]*[:.\-–—−]+[ \t\xa0]*")
_SPACED_DIGIT = re.compile(r"[ \t\xa0]\d(?=\s*$)")
_DIGIT_APART = re.compile(r"[ \t\xa0](\d)[ \t\xa0]+(?=[A-ZÀ-Þ])")
_NOTE_MARK = re.compile(rf"\s*(?:\*+|\[\d{{1,3}}\]|[{RAISED_FIGURES}]+)\s*$")
_SUBDIVISION = re.compile(r"\((?:\d{1,3}|[a-z]{1,4})\)")
_NAMED = re.compile(r"\([^()]{3,120}\)\s*$")
_WORD = re.compile(r"[a-z'-]+")
_ENDED = re.compile(r"[.;:]\d{0,3}[”\")\]]?\s+(?:(?:\d{1,3}|[IVXL]{1,6})\s+)?$")
_ENDED_REACH = 16
"""Characters before a word in which the end of a sentence, and maybe a page number, are looked for."""
_BEHIND_SENTENCE = re.compile(r"[.;][ \t\xa0]+[A-ZÀ-Þ]")
_EDGE = " \t\xa0:.-–—*"
_LONGEST_ANNEX = 100
"""Characters of the heading of an annex without a number, and of a title at the end of a line."""
_NEAR = 4
"""Candidates, references among them, that may stand between two articles in a row."""
_LINES_OF_NAME = 3
"""Lines of a name in capitals below the word of a heading."""
_PAGE_BREAK_LINES = 5
"""Page numbers and rules that may stand between a heading and the text above it, and one more."""
_KINDS: dict[str, ClauseKind] = {
    "part": "part",
    "title": "title",
    "chapter": "chapter",
    "section": "section",
    "subsection": "section",
    "article": "article",
}
_FLOWED = 1500
"""Characters from which a line is taken for several paragraphs without line breaks between them."""


@dataclass(slots=True)
class HeadingFinder:
    """Finds candidates for headings among lines.

    Attributes:
        lines: The lines of the text.
    """

    lines: Lines
    _first_letters: frozenset[str] = field(init=False)
    _headed: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        words = (*self.lines.structure.levels, *self.lines.structure.annexes)
        self._first_letters = frozenset(word[0] for word in words) | frozenset("#*_>|")

    def find(self, low: int, high: int) -> list[HeadingCandidate]:
        """Return the candidates among the lines ``low`` to ``high``, in reading order."""
        candidates = []
        folded, starts, ends = self.lines.folded, self.lines.starts, self.lines.ends
        tables = self.lines.of_tables()
        holding = self._holding_headings(low, high)
        for line in range(low, high):
            if line in tables:
                continue
            if folded[starts[line]] in self._first_letters and (candidate := self._read(line, starts[line])):
                candidate.evidence += self.surroundings(candidate)
                candidates.append(candidate)
                self._headed.add(line)
            if ends[line] - starts[line] > _FLOWED:
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

    def _read(self, line: int, start: int) -> HeadingCandidate | None:
        """Return the candidate at an offset, judged by its own words only."""
        end = self.lines.ends[line]
        opener = self.lines.structure.opener.match(self.lines.folded, start, end)
        if opener is None:
            return self._misread(line, start)
        word = opener[opener.lastgroup or 0]
        begin = opener.start(opener.lastgroup or 0)
        if opener.lastgroup == "annex":
            return self._annex(line, begin, opener.end(), self.lines.structure.annexes[word])
        level = self.lines.structure.levels["".join(word.split()) if opener.lastgroup == "spaced" else word]
        return self._numbered(level, line, begin, opener.end())

    def _misread(self, line: int, start: int) -> HeadingCandidate | None:
        """Return a candidate whose word is one letter away from a heading word (``ARTTCLE 5``) and numbered."""
        misread = misread_level(self.lines, start)
        candidate = self._numbered(misread[0], line, start, misread[1]) if misread else None
        if candidate:
            candidate.evidence += weights.MISREAD_WORD
        return candidate

    def _numbered(self, word: str, line: int, start: int, after: int) -> HeadingCandidate | None:
        """Return the candidate whose word ends at ``after`` if a number follows that can be the number of a heading."""
        text, end = self.lines.text, self.lines.ends[line]
        between = _BETWEEN.match(text, after, end)
        first = between.end() if between else after
        number = NUMBER.match(text, first, end)
        last = number.end() if number else first
        if number is None:
            ordinal = self.lines.structure.ordinal.match(self.lines.folded, first, end)
            if ordinal is None or (text[first].islower() and word != "article"):
                return None
            last = ordinal.end()
        elif first == after and self.lines.folded[after - 1] != ".":
            return None
        if spaced := _SPACED_DIGIT.match(text, last, end):
            last = spaced.end()
        printed = text[first:last]
        candidate = HeadingCandidate(_KINDS.get(word, "annex"), word, line, start, printed, last, last, bare=False)
        candidate.keys = printed_keys(printed, self.lines.structure.ordinals)
        if not candidate.keys or not self._judge_rest(candidate, end):
            return None
        return candidate

    def _judge_rest(self, candidate: HeadingCandidate, end: int) -> bool:
        """Weigh the word and what follows the number on the line; False where it can only be a reference."""
        text = self.lines.text
        if text[candidate.start : candidate.start + 4].isupper():
            candidate.evidence += weights.CAPITAL_WORD
        elif text[candidate.start].islower():
            candidate.evidence += weights.SMALL_WORD
        if note := _NOTE_MARK.match(text, candidate.end, end):
            candidate.rest, candidate.bare = note.end(), True
            candidate.evidence += weights.NUMBER_AND_NOTE
            return True
        separator = _SEPARATOR.match(text, candidate.end, end)
        if separator:
            candidate.rest = separator.end()
        else:
            while candidate.rest < end and text[candidate.rest].isspace():
                candidate.rest += 1
        if candidate.rest >= end:
            candidate.bare = True
            stop = separator is not None and "." in separator[0]
            candidate.evidence += weights.NUMBER_AND_STOP if stop else weights.NUMBER_ALONE
            return True
        return self._judge_words(candidate, end, separated=separator is not None)

    def _judge_words(self, candidate: HeadingCandidate, end: int, *, separated: bool) -> bool:
        """Weigh the words that follow the number; False where it can only be a reference."""
        first = self.lines.text[candidate.rest]
        word = _WORD.match(self.lines.folded, candidate.rest, end)
        guarded = word is not None and word[0] in self.lines.structure.guards
        if separated:
            if first.islower():
                candidate.evidence += weights.REFERENCE_AFTER_SEPARATOR if guarded else weights.SMALL_AFTER_SEPARATOR
            elif first in ",;)":
                return False
            else:
                name = first.isalpha()
                candidate.evidence += weights.NAME_AFTER_SEPARATOR if name else weights.OTHER_AFTER_SEPARATOR
            return True
        if first == "(":
            return self._judge_bracket(candidate, end)
        if guarded or first.islower() or first in ",;)/.'’”\"%":
            return False
        if first.isalpha() or first in "“[":
            candidate.evidence += weights.NAME_AFTER_NUMBER
        return True

    def _judge_bracket(self, candidate: HeadingCandidate, end: int) -> bool:
        """``Article 5 (Scope)`` may be a heading; ``Article 5 (2) applies`` and ``Article 5 (Scope), …`` are not."""
        text = self.lines.text
        if division := _SUBDIVISION.match(text, candidate.rest, end):
            following = text[division.end() : division.end() + 3].strip()
            candidate.evidence += weights.SUBDIVISION
            return bool(following) and following[0].isupper()
        candidate.evidence += weights.NAME_IN_BRACKETS
        return _NAMED.match(text, candidate.rest, end) is not None

    def _annex(self, line: int, start: int, after: int, word: str) -> HeadingCandidate | None:
        """Return the candidate for an annex, with a number or without."""
        numbered = self._numbered(word, line, start, after)
        if numbered is not None:
            return numbered
        text, end = self.lines.text, self.lines.ends[line]
        if text[start].islower() or text[after - 1] in "sS.":
            return None
        bare = not text[after:end].strip(_EDGE)
        if not bare and not self._describes_annex(line, start, after):
            return None
        candidate = HeadingCandidate("annex", word, line, start, "", after if bare else start, after, bare=bare)
        candidate.evidence = weights.UNNUMBERED_ANNEX
        if text[start:after].isupper():
            candidate.evidence += weights.CAPITAL_WORD
        return candidate

    def _describes_annex(self, line: int, start: int, after: int) -> bool:
        """Return whether a line is the heading of an annex without number (``ANNEX ON FINANCIAL SERVICES``)."""
        text, end = self.lines.text, self.lines.ends[line]
        if end - start > _LONGEST_ANNEX or text[after] not in " \t\xa0:" or text[end - 1] in ".,;:":
            return False
        if self.lines.structure.verbs.search(self.lines.folded, after, end):
            return False
        if text[start:end].isupper():
            return True
        subject = self.lines.structure.subject.match(self.lines.folded, after, end)
        return subject is not None and not self.lines.goes_on(self.lines.tail(line))

    def surroundings(self, candidate: HeadingCandidate) -> float:
        """Return the evidence of the lines around: a heading does not stand in the middle of a sentence."""
        lines, line = self.lines, candidate.line
        if lines.starts[line] in lines.headings:
            return weights.MARKED_BY_SOURCE
        score = self._below(candidate)
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
        return False

    def _holding_headings(self, low: int, high: int) -> frozenset[int]:
        """Return the lines that hold the word of a heading behind a sentence; one search of them all is fastest."""
        if low >= high:
            return frozenset()
        lines, opener = self.lines, self.lines.structure.opener
        behind = _BEHIND_SENTENCE.finditer(lines.text, lines.starts[low], lines.ends[high - 1])
        starts = (match.end() - 1 for match in behind if opener.match(lines.folded, match.end() - 1))
        return frozenset(bisect_right(lines.starts, start) - 1 for start in starts)

    def _closes(self, line: int, candidate: HeadingCandidate) -> bool:
        """Return whether a heading inside a line is its end (``… under paragraph 1. Chapter 13: Labour``)."""
        end = self.lines.ends[line]
        name = self.lines.text[candidate.rest : end]
        before = self.lines.text[candidate.start - 2 : candidate.start].strip()
        goes_on = line + 1 < len(self.lines.starts) and self.lines.text[self.lines.starts[line + 1]].islower()
        return (
            before in (".", ";")
            and 0 < len(name) < _LONGEST_ANNEX
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
            ended = _ENDED.search(text, max(0, start - _ENDED_REACH), start) is not None
            if not ended and not text[start : match.end()].isupper():
                continue
            candidate = self._read(line, start)
            if candidate and candidate.number:
                candidate.evidence += weights.IN_LONG_LINE if ended else weights.IN_SENTENCE_OF_LONG_LINE
                candidates.append(candidate)
            elif titled := self._titled_annex(line, start, match.end()):
                candidates.append(titled)
        return candidates

    def _titled_annex(self, line: int, start: int, after: int) -> HeadingCandidate | None:
        """Return the candidate for an annex in capitals whose title says what it is: ``ANNEX Protocol on …``."""
        text, folded = self.lines.text, self.lines.folded
        title = after
        while title < self.lines.ends[line] and text[title].isspace():
            title += 1
        opener = self.lines.structure.opener.match(folded, title)
        word = self.lines.structure.annexes.get(folded[start:after])
        if word is None or opener is None or opener.lastgroup != "annex" or not text[start:after].isupper():
            return None
        if not text[title].isupper() or self.lines.structure.subject.match(folded, opener.end()) is None:
            return None
        evidence = weights.TITLED_ANNEX
        return HeadingCandidate("annex", word, line, start, "", title, after, bare=False, evidence=evidence)
