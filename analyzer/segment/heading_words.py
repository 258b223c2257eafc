"""Candidates for headings judged by their own words: the word, its number and what follows it on the line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analyzer.segment import weights
from analyzer.segment.candidates import HeadingCandidate
from analyzer.segment.lines import Lines
from analyzer.segment.misread import misread_level
from analyzer.segment.numbering import number_of, printed_keys, suffix_pattern
from analyzer.text.numerals import RAISED_FIGURES
from analyzer.types import ClauseKind

_BETWEEN = re.compile(r"[ \t\xa0]*[:.\-–—−]?[ \t\xa0]*(?:[Nn](?:[°º]|o(?![^\W\d_]))\.?[ \t\xa0]*)?")
_SEPARATOR = re.compile(r"[ \t\xa0]*[:.\-–—−]+[ \t\xa0]*")
_SPACED_DIGIT = re.compile(r"[ \t\xa0]\d(?=\s*$)")
_NOTE_MARK = re.compile(rf"\s*(?:\*+|\[\d{{1,3}}\]|[{RAISED_FIGURES}]+)\s*$")
_SUBDIVISION = re.compile(r"\((?:\d{1,3}|[a-z]{1,4})\)")
_NAMED = re.compile(r"\([^()]{3,120}\)\s*$")
_WORD = re.compile(r"[a-z'-]+")
_EDGE = " \t\xa0:.-–—*"
LONGEST_ANNEX = 100
"""Characters of the heading of an annex without a number, and of a title at the end of a line."""
_LONGEST_INSTRUMENT = 300
"""The same of a title in capitals: ``PROTOCOL SUPPLEMENTARY TO THE TREATY …``."""
_KINDS: dict[str, ClauseKind] = {
    "part": "part",
    "title": "title",
    "chapter": "chapter",
    "section": "section",
    "subsection": "section",
    "article": "article",
}
_READINGS_OF_RANGE = 2
"""Readings of the number of a range: its first and its last."""
_HEAD = 3
"""Letters at the beginning of a number word by which it is recognised at a first look."""
_LONGEST_BEFORE = 80
"""Characters of a line that may be a heading with its number first: ``FIRST PART``, ``DEUXIÈME PARTIE – COMMERCE``."""


@dataclass(slots=True)
class HeadingReader:
    """Reads candidates for headings at an offset, by their own words only.

    Attributes:
        lines: The lines of the text.
    """

    lines: Lines
    first_letters: frozenset[str] = field(init=False)
    _heads: frozenset[str] = field(init=False)
    _number: re.Pattern[str] = field(init=False)
    _suffix: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        structure = self.lines.structure
        # In folded text "§" is a question mark.
        letters = {word[0] for word in (*structure.levels, *structure.annexes)} | set("#*_>|?")
        self.first_letters = frozenset(letters)
        self._heads = frozenset(word[:_HEAD] for word in structure.ordinals)
        self._number = number_of(structure)
        self._suffix = re.compile(suffix_pattern(tuple(structure.suffixes)))

    def read(self, line: int, start: int) -> HeadingCandidate | None:
        """Return the candidate at an offset."""
        lines, structure, end = self.lines, self.lines.structure, self.lines.ends[line]
        if lines.text[start] == "§":
            return self._sign(line, start)
        opener = structure.opener.match(lines.folded, start, end)
        if opener is None:
            return self._misread(line, start)
        word = opener[opener.lastgroup or 0]
        begin = opener.start(opener.lastgroup or 0)
        if opener.lastgroup == "annex":
            return self._annex(line, begin, opener.end(), structure.annexes[word])
        level = structure.levels["".join(word.split()) if opener.lastgroup == "spaced" else word]
        candidate = self._numbered(level, line, begin, opener.end())
        if candidate is None or (word in structure.plurals and len(candidate.keys) < _READINGS_OF_RANGE):
            return None
        candidate.uncommon = word in structure.uncommon
        return candidate

    def read_number_first(self, line: int, start: int) -> HeadingCandidate | None:
        """Return the candidate at an offset whose number, a word, stands before its word: ``PREMIÈRE PARTIE``."""
        lines, structure, end = self.lines, self.lines.structure, self.lines.ends[line]
        if lines.folded[start : start + _HEAD] not in self._heads or end - start > _LONGEST_BEFORE:
            return None
        if not lines.text[start].isupper():
            return None
        before = structure.number_first.match(lines.folded, start, end)
        if before is None:
            return None
        value = structure.ordinals.get(" ".join(before["number"].split()))
        level = structure.levels[before["level"]]
        if value is None or before["level"] in structure.plurals:
            return None
        number = lines.text[slice(*before.span("number"))]
        after = before.end()
        candidate = HeadingCandidate(_KINDS[level], level, line, start, number, after, after, bare=False)
        candidate.keys = ((value,),)
        candidate.uncommon = before["level"] in structure.uncommon
        return candidate if self._judge_rest(candidate, end) else None

    def _sign(self, line: int, start: int) -> HeadingCandidate | None:
        """Return the candidate that a section sign opens: ``§ 2101. Designation``, ``§§ 4–6``."""
        after = start
        while self.lines.text[after : after + 1] == "§":
            after += 1
        candidate = self._numbered("article", line, start, after)
        if candidate is not None:
            candidate.uncommon = True
        return candidate

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
        bracketed = text[first : first + 1] == "["
        first += bracketed
        number = self._number.match(text, first, end)
        if number is None:
            last = self._number_word(word, first, end)
        else:
            last = number.end()
            # "CHAPTER15": a number is glued to its word only where both are printed as a heading.
            glued = first == after and text[after - 1] not in ".§"
            if glued and not (text[first].isdigit() and text[start].isupper()):
                return None
        if last is None or (bracketed and text[last : last + 1] != "]"):
            return None
        if spaced := _SPACED_DIGIT.match(text, last, end):
            last = spaced.end()
        printed = text[first:last]
        last += bracketed
        candidate = HeadingCandidate(_KINDS.get(word, "annex"), word, line, start, printed, last, last, bare=False)
        candidate.keys = printed_keys(printed, self.lines.structure)
        if not candidate.keys or not self._judge_rest(candidate, end):
            return None
        return candidate

    def _number_word(self, word: str, first: int, end: int) -> int | None:
        """Return the offset after the word that stands for a number at an offset: ``premier``, ``segundo bis``."""
        ordinal = self.lines.structure.ordinal.match(self.lines.folded, first, end)
        if ordinal is None:
            return None
        apart = ordinal.end() >= end or _SEPARATOR.match(self.lines.text, ordinal.end(), end) is not None
        if self.lines.text[first].islower() and word != "article" and not apart:
            return None
        suffix = self._suffix.match(self.lines.text, ordinal.end(), end)
        return suffix.end() if suffix else ordinal.end()

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
        longest = _LONGEST_INSTRUMENT if text[start:end].isupper() else LONGEST_ANNEX
        if end - start > longest or text[after] not in " \t\xa0:" or text[end - 1] in ".,;:":
            return False
        if self.lines.structure.verbs.search(self.lines.folded, after, end):
            return False
        if text[start:end].isupper():
            return True
        subject = self.lines.structure.subject.match(self.lines.folded, after, end)
        return subject is not None and not self.lines.goes_on(self.lines.tail(line))

    def titled_annex(self, line: int, start: int, after: int) -> HeadingCandidate | None:
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
