"""Lines that may be headings: what they look like and what stands around them.

A line such as ``Article 5 …`` is a heading or a cross-reference. Three things tell: the grammar of what follows the
number (``Article 5 shall apply``), the lines around it (a sentence that runs into it), and the numbering, which only
the whole text shows (see ``chain``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from analyzer.segment.candidates import Mark
from analyzer.segment.lines import Lines
from analyzer.segment.numbering import NUMBER, printed_keys
from analyzer.types import ClauseKind

_BETWEEN = re.compile(r"[ \t\xa0]*[:.\-–—−]?[ \t\xa0]*(?:[Nn][o°º]\.?[ \t\xa0]*)?")
_SEPARATOR = re.compile(r"[ \t\xa0]*[:.\-–—−]+[ \t\xa0]*")
_SPACED_DIGIT = re.compile(r"[ \t\xa0]\d(?=\s*$)")
_DIGIT_APART = re.compile(r"[ \t\xa0](\d)[ \t\xa0]+(?=[A-ZÀ-Þ])")
_NOTE_MARK = re.compile(r"\s*(?:\*+|\[\d{1,3}\]|[¹²³⁴-⁹]+)\s*$")
_SUBDIVISION = re.compile(r"\((?:\d{1,3}|[a-z]{1,4})\)")
_NAMED = re.compile(r"\([^()]{3,120}\)\s*$")
_WORD = re.compile(r"[a-z'-]+")
_MISREAD = re.compile(r"[a-z0-9|!]{6,9}(?=[ \t\xa0.:–-]+(?:\d|[ivxl]+\b))")
_LOOKALIKES = str.maketrans("1l|!0", "iiiio")
_ENDED = re.compile(r"[.;:]\d{0,3}[”\")\]]?\s+(?:(?:\d{1,3}|[IVXL]{1,6})\s+)?$")
_BEHIND_SENTENCE = re.compile(r"[.;][ \t\xa0]+[A-ZÀ-Þ]")
_EDGE = " \t\xa0:.-–—*"
_LONGEST_ANNEX = 100
_NEAR = 4
"""So many possible headings, references among them, may stand between two articles in a row."""
_LINES_OF_NAME = 3
_NAMED_SO = 5.0
"""Evidence against a heading that repeats the last number right below the heading of an annex."""
_TITLED = 2.0
"""Evidence in the word of an annex, in capitals, before its title (``ANNEX Protocol on …``)."""
_TOLD = 3.0
"""Evidence that the source's own outline gives."""
_SHORTEST_MISREAD = 6
_KINDS: dict[str, ClauseKind] = {
    "part": "part",
    "title": "title",
    "chapter": "chapter",
    "section": "section",
    "subsection": "section",
    "article": "article",
}
FLOWED = 1500
"""A line longer than this is taken for several paragraphs without line breaks between them."""


@dataclass(slots=True)
class HeadingFinder:
    """Finds possible headings among lines."""

    lines: Lines
    _firsts: frozenset[str] = field(init=False)
    _marked: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        words = (*self.lines.structure.levels, *self.lines.structure.annexes)
        self._firsts = frozenset(word[0] for word in words) | frozenset("#*_>|")

    def find(self, low: int, high: int) -> list[Mark]:
        """Return the possible headings among the lines ``low`` to ``high``, in reading order."""
        marks = []
        folded, starts, ends = self.lines.folded, self.lines.starts, self.lines.ends
        tables = self.lines.of_tables()
        holding = self._holding_headings(low, high)
        for line in range(low, high):
            if line in tables:
                continue
            if folded[starts[line]] in self._firsts and (mark := self._at(line, starts[line])):
                mark.evidence += self.surroundings(mark)
                marks.append(mark)
                self._marked.add(line)
            if ends[line] - starts[line] > FLOWED:
                marks += self._inside(line)
            elif line in holding:
                marks += (mark for mark in self._inside(line) if self._closes(line, mark))
        self._join_digits(marks)
        self._take_names_of_annexes(marks)
        return marks

    def _take_names_of_annexes(self, marks: list[Mark]) -> None:
        """Weigh against a name that speaks of the chapter before: ``ANNEX 6-B``, ``CHAPTER SIX CONTACT POINTS``."""
        last: dict[str, Mark] = {}
        for before, mark in pairwise(marks):
            last[before.word] = before
            above = before.kind == "annex" and before.bare and before.line == mark.line - 1
            if above and not mark.bare and mark.word in last and last[mark.word].keys == mark.keys:
                mark.evidence -= _NAMED_SO

    def _join_digits(self, marks: list[Mark]) -> None:
        """Read ``Article 1 0 The Parties`` as article 10 where an article 9 was the one before, or nearly so."""
        for place, mark in enumerate(marks):
            apart = _DIGIT_APART.match(self.lines.text, mark.end, self.lines.ends[mark.line])
            if apart is None or not mark.number.isdigit():
                continue
            joined = int(mark.number + apart[1])
            if any(
                near.word == mark.word and (joined - 1,) in near.keys for near in marks[max(0, place - _NEAR) : place]
            ):
                mark.number, mark.keys = str(joined), ((joined,),)
                mark.end, mark.rest = apart.end(1), apart.end()

    def _at(self, line: int, start: int) -> Mark | None:
        """Return the mark at an offset, judged by its own words only."""
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

    def _misread(self, line: int, start: int) -> Mark | None:
        """Return a mark whose word is one letter away from a heading word (``ARTTCLE 5``), numbered and bare."""
        word = _MISREAD.match(self.lines.folded, start)
        if word is None or not self.lines.text[start].isupper():
            return None
        seen = word[0].translate(_LOOKALIKES)
        for known, level in self.lines.structure.levels.items():
            if (
                len(known) >= _SHORTEST_MISREAD
                and seen != known + "s"
                and _one_letter_apart(seen, known.translate(_LOOKALIKES))
            ):
                mark = self._numbered(level, line, start, word.end())
                if mark:
                    mark.evidence -= 0.5
                return mark
        return None

    def _numbered(self, word: str, line: int, start: int, after: int) -> Mark | None:
        text, end = self.lines.text, self.lines.ends[line]
        between = _BETWEEN.match(text, after, end)
        at = between.end() if between else after
        number = NUMBER.match(text, at, end)
        first, last = number.span() if number else (at, at)
        if number is None:
            ordinal = self.lines.structure.ordinal.match(self.lines.folded, at, end)
            if ordinal is None or (text[at].islower() and word != "article"):
                return None
            last = ordinal.end()
        elif at == after and self.lines.folded[after - 1] != ".":
            return None
        if spaced := _SPACED_DIGIT.match(text, last, end):
            last = spaced.end()
        printed = text[first:last]
        mark = Mark(_KINDS.get(word, "annex"), word, line, start, printed, last, last, bare=False)
        mark.keys = printed_keys(printed, self.lines.structure.ordinals)
        if not mark.keys or not self._judge_rest(mark, end):
            return None
        return mark

    def _judge_rest(self, mark: Mark, end: int) -> bool:
        """Weigh what follows the number on the line; False where it can only be a reference."""
        text = self.lines.text
        upper = text[mark.start : mark.start + 4].isupper()
        mark.evidence += 1.0 if upper else -3.0 if text[mark.start].islower() else 0.0
        if noted := _NOTE_MARK.match(text, mark.end, end):
            mark.rest, mark.bare = noted.end(), True
            mark.evidence += 1.5
            return True
        separator = _SEPARATOR.match(text, mark.end, end)
        if separator:
            mark.rest = separator.end()
        else:
            while mark.rest < end and text[mark.rest].isspace():
                mark.rest += 1
        if mark.rest >= end:
            mark.bare = True
            mark.evidence += 1.5 if separator and "." in separator[0] else 2.0
            return True
        first = text[mark.rest]
        word = _WORD.match(self.lines.folded, mark.rest, end)
        guarded = word is not None and word[0] in self.lines.structure.guards
        if separator:
            if first.islower():
                mark.evidence -= 4.0 if guarded else 1.0
            elif first in ",;)":
                return False
            else:
                mark.evidence += 1.5 if first.isalpha() else 0.5
            return True
        if first == "(":
            return self._judge_bracket(mark, end)
        if guarded or first.islower() or first in ",;)/.'’”\"%":
            return False
        mark.evidence += 1.0 if first.isalpha() or first in "“[" else 0.0
        return True

    def _judge_bracket(self, mark: Mark, end: int) -> bool:
        """``Article 5 (Scope)`` may be a heading; ``Article 5 (2) applies`` and ``Article 5 (Scope), …`` are not."""
        text = self.lines.text
        if division := _SUBDIVISION.match(text, mark.rest, end):
            following = text[division.end() : division.end() + 3].strip()
            mark.evidence -= 1.0
            return bool(following) and following[0].isupper()
        mark.evidence += 0.5
        return _NAMED.match(text, mark.rest, end) is not None

    def _annex(self, line: int, start: int, after: int, word: str) -> Mark | None:
        mark = self._numbered(word, line, start, after)
        if mark is not None:
            return mark
        text, end = self.lines.text, self.lines.ends[line]
        if text[start].islower() or text[after - 1] in "sS.":
            return None
        bare = not text[after:end].strip(_EDGE)
        if not bare and not self._describes_annex(line, start, after):
            return None
        mark = Mark("annex", word, line, start, "", after if bare else start, after, bare=bare)
        mark.evidence = 0.5 + (1.0 if text[start:after].isupper() else 0.0)
        return mark

    def _describes_annex(self, line: int, start: int, after: int) -> bool:
        """Whether a line is the heading of an annex without number (``ANNEX ON FINANCIAL SERVICES``)."""
        text, end = self.lines.text, self.lines.ends[line]
        if end - start > _LONGEST_ANNEX or text[after] not in " \t\xa0:" or text[end - 1] in ".,;:":
            return False
        if self.lines.structure.verbs.search(self.lines.folded, after, end):
            return False
        if text[start:end].isupper():
            return True
        subject = self.lines.structure.subject.match(self.lines.folded, after, end)
        return subject is not None and not self.lines.goes_on(self.lines.tail(line))

    def surroundings(self, mark: Mark) -> float:
        """Weigh the lines before and after: a heading does not stand in the middle of a sentence."""
        lines, line = self.lines, mark.line
        if lines.starts[line] in lines.headings:
            return _TOLD
        score = 0.0
        following = line + 1
        if mark.bare and following < len(lines.starts) and lines.text[lines.starts[following]].islower():
            # "ANNEX 4" over "to the Treaty on Free Trade"
            titled = mark.kind == "annex" and self.lines.structure.subject.match(lines.folded, lines.starts[following])
            score += 1.0 if titled else -3.0 if lines.gaps[following] < 2 else -1.5
        before = line - 1
        blank = lines.gaps[line] >= 2
        while before >= 0 and line - before < 5 and lines.is_furniture(before):
            blank = blank or lines.gaps[before] >= 2
            before -= 1
        if before < 0 or before in self._marked or self._is_name(before):
            return score + 1.5
        if self.lines.goes_on(lines.tail(before)):
            if blank:
                return score - (1.0 if lines.text[mark.start : mark.start + 4].isupper() else 3.0)
            return score - 5.0
        if lines.ends_sentence(before):
            return score + 1.5
        if blank:
            return score + (1.5 if mark.bare and score >= 0 else 0.5)
        return score - (0.5 if lines.is_short(before) else 3.0)

    def _is_name(self, line: int) -> bool:
        """Whether a line is, or ends, the name in capitals below the word of another heading."""
        lines, first = self.lines, line
        while (
            first >= 0
            and line - first < _LINES_OF_NAME
            and lines.text[lines.starts[first] : lines.ends[first]].isupper()
        ):
            first -= 1
            if first in self._marked:
                return True
        return False

    def _holding_headings(self, low: int, high: int) -> frozenset[int]:
        """Return the lines that hold the word of a heading behind a sentence; one search of them all is fastest."""
        if low >= high:
            return frozenset()
        lines, opener = self.lines, self.lines.structure.opener
        behind = _BEHIND_SENTENCE.finditer(lines.text, lines.starts[low], lines.ends[high - 1])
        found = (match.end() - 1 for match in behind if opener.match(lines.folded, match.end() - 1))
        return frozenset(bisect_right(lines.starts, start) - 1 for start in found)

    def _closes(self, line: int, mark: Mark) -> bool:
        """Whether a heading inside a line is its end: a title (``… under paragraph 1. Chapter 13: Labour``)."""
        end = self.lines.ends[line]
        name = self.lines.text[mark.rest : end]
        before = self.lines.text[mark.start - 2 : mark.start].strip()
        following = line + 1 < len(self.lines.starts) and self.lines.text[self.lines.starts[line + 1]].islower()
        return (
            before in (".", ";")
            and 0 < len(name) < _LONGEST_ANNEX
            and name[0].isupper()
            and name[-1] not in ".;:,"
            and not following
            and self.lines.structure.verbs.search(self.lines.folded, mark.rest, end) is None
        )

    def _inside(self, line: int) -> list[Mark]:
        """Return the marks inside a line that holds many paragraphs: behind a sentence (and maybe a page number)."""
        marks = []
        text = self.lines.text
        low, high = self.lines.starts[line], self.lines.ends[line]
        for match in self.lines.structure.mention.finditer(self.lines.folded, low, high):
            start = match.start()
            if not text[start].isupper():
                continue
            ended = _ENDED.search(text, max(0, start - 16), start) is not None
            if not ended and not text[start : match.end()].isupper():
                continue
            mark = self._at(line, start)
            if mark and mark.number:
                mark.evidence -= 1.5 if ended else 3.0
                marks.append(mark)
            elif titled := self._titled_annex(line, start, match.end()):
                marks.append(titled)
        return marks

    def _titled_annex(self, line: int, start: int, after: int) -> Mark | None:
        """Return the mark of an annex in capitals whose title says what it is: ``ANNEX Protocol on …``."""
        text, folded = self.lines.text, self.lines.folded
        title = after
        while title < self.lines.ends[line] and text[title].isspace():
            title += 1
        what = self.lines.structure.opener.match(folded, title)
        word = self.lines.structure.annexes.get(folded[start:after])
        if word is None or what is None or what.lastgroup != "annex" or not text[start:after].isupper():
            return None
        if not text[title].isupper() or self.lines.structure.subject.match(folded, what.end()) is None:
            return None
        return Mark("annex", word, line, start, "", title, after, bare=False, evidence=_TITLED)


def _one_letter_apart(one: str, two: str) -> bool:
    """Whether two different words differ by one letter changed, left out or put in."""
    if abs(len(one) - len(two)) > 1:
        return False
    same = 0
    while same < min(len(one), len(two)) and one[same] == two[same]:
        same += 1
    return one[same + (len(one) >= len(two)) :] == two[same + (len(two) >= len(one)) :]
