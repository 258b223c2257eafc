"""Lines that may be headings: what they look like, what stands around them, and where their names end.

A line such as ``Article 5 …`` is a heading or a cross-reference. Three things tell: the grammar of what follows the
number (``Article 5 shall apply``), the lines around it (a sentence that runs into it), and the numbering, which only
the whole text shows (see ``analyzer.outline``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analyzer.lexicon import fold
from analyzer.lines import Lines, goes_on
from analyzer.numbering import Key, keys_of
from analyzer.structure import Structure, load_structure
from analyzer.types import ClauseKind

_DIGITS = r"(?:\d{1,4}[A-Z]?|l\d{1,2}|\d{1,2}[lO])"
_NUMBER = re.compile(
    rf"(?:{_DIGITS}|[IVXLC]{{1,7}}|[A-Z]|[IVXLC][ivxlc]{{1,7}}|[ivxl]{{2,6}}|l)(?:(?:[ ]?\.|[-–])(?:\d{{1,3}}|[IVXLC]{{1,5}}|[A-Z])(?![a-z]))*"
    r"(?:[ ]?(?i:bis|ter|quater|quinquies)\b(?:\.\d{1,3})*)?(?:er|re|ère|ER|RE|[ºo°ª])?(?!\w)"
)
_BETWEEN = re.compile(r"[ \t\xa0]*[:.\-–—−]?[ \t\xa0]*(?:[Nn][o°º]\.?[ \t\xa0]*)?")
_SEPARATOR = re.compile(r"[ \t\xa0]*[:.\-–—−]+[ \t\xa0]*")
_SPACED_DIGIT = re.compile(r"[ \t\xa0]\d(?=\s*$)")
_MARK = re.compile(r"\s*(?:\*+|\[\d{1,3}\]|[¹²³⁴-⁹]+)\s*$")
_SUBDIVISION = re.compile(r"\((?:\d{1,3}|[a-z]{1,4})\)")
_NAMED = re.compile(r"\([^()]{3,120}\)\s*$")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)º]|[-–—•·▪]\s")
_OCR_WORD = re.compile(r"[a-z0-9|!]{6,9}(?=[ \t\xa0.:–-]+(?:\d|[ivxl]+\b))")
_OCR = str.maketrans("1l|!0", "iiiio")
_FLOWED_NAME = re.compile(r"(?:[A-ZÀ-ÖØ-Þ&][A-ZÀ-ÖØ-Þ'’&,;()/-]*[ \t\xa0\n]+)+(?=\W*[\w(])")
_FLOWED_UNTIL_LIST = re.compile(r"[A-ZÀ-Þ][^.;:]{3,90}?(?=\s+(?:1\.|\(a\)|\(1\))\s)")
_ENDED = re.compile(r"[.;:]\d{0,3}[”\")\]]?\s+(?:(?:\d{1,3}|[IVXL]{1,6})\s+)?$")
_WORDLESS = re.compile(r"(\d{1,3}|[IVXLC]{1,6}|[IVXLC][ivxlc]{1,5})(?:[ \t]*[:.–—-]+[ \t]*(?=\S)|$)")
_LONGEST_WORDLESS = 100
_WORD = re.compile(r"[^\W\d_]{4,}")
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
_LONGEST_NAME = 300


@dataclass(slots=True)
class Mark:
    """A possible heading.

    Attributes:
        kind: Kind of heading.
        word: Its level (``subsection``) or, for an annex, the word of its address (``appendix``).
        line: Index of its line.
        start: Offset of its word.
        number: Number as printed, or empty.
        rest: Offset of what follows the number and its separator.
        end: Offset after the number.
        keys: Values of the number.
        evidence: How much its look and surroundings speak for it (negative: against).
        bare: Whether nothing follows the number on the line.
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

    @property
    def shape(self) -> tuple[int, bool]:
        """How the number is printed: how many parts it has, and whether it begins with a digit."""
        return len(self.keys[0]) if self.keys else 0, self.number[:1].isdigit()


@dataclass(slots=True)
class HeadingFinder:
    """Finds possible headings among lines."""

    lines: Lines
    structure: Structure = field(default_factory=load_structure)
    _firsts: frozenset[str] = field(init=False)
    _marked: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        words = (*self.structure.levels, *self.structure.annexes)
        self._firsts = frozenset(word[0] for word in words) | frozenset("#*_>|")

    def find(self, low: int, high: int) -> list[Mark]:
        """Return the possible headings among the lines ``low`` to ``high``, in reading order."""
        marks = []
        folded, starts, ends = self.lines.folded, self.lines.starts, self.lines.ends
        for line in range(low, high):
            if folded[starts[line]] in self._firsts and (mark := self._at(line, starts[line])):
                mark.evidence += self._surroundings(mark)
                marks.append(mark)
                self._marked.add(line)
            if ends[line] - starts[line] > FLOWED:
                marks += self._inside(line)
        return marks

    def _at(self, line: int, start: int) -> Mark | None:
        """Return the mark at an offset, judged by its own words only."""
        end = self.lines.ends[line]
        opener = self.structure.opener.match(self.lines.folded, start, end)
        if opener is None:
            return self._misread(line, start)
        word = opener[opener.lastgroup or 0]
        begin = opener.start(opener.lastgroup or 0)
        if opener.lastgroup == "annex":
            return self._annex(line, begin, opener.end(), self.structure.annexes[word])
        level = self.structure.levels["".join(word.split()) if opener.lastgroup == "spaced" else word]
        return self._numbered(level, line, begin, opener.end())

    def _misread(self, line: int, start: int) -> Mark | None:
        """Return a mark whose word is one letter away from a heading word (``ARTTCLE 5``), numbered and bare."""
        word = _OCR_WORD.match(self.lines.folded, start)
        if word is None or not self.lines.text[start].isupper():
            return None
        seen = word[0].translate(_OCR)
        for known, level in self.structure.levels.items():
            if len(known) >= 6 and seen != known + "s" and _one_letter_apart(seen, known.translate(_OCR)):
                mark = self._numbered(level, line, start, word.end())
                if mark:
                    mark.evidence -= 0.5
                return mark
        return None

    def _numbered(self, word: str, line: int, start: int, after: int) -> Mark | None:
        text, end = self.lines.text, self.lines.ends[line]
        between = _BETWEEN.match(text, after, end)
        at = between.end() if between else after
        number = _NUMBER.match(text, at, end)
        first, last = number.span() if number else (at, at)
        if number is None:
            ordinal = self.structure.ordinal.match(self.lines.folded, at, end)
            if ordinal is None or (text[at].islower() and word != "article"):
                return None
            last = ordinal.end()
        elif at == after and self.lines.folded[after - 1] != ".":
            return None
        if spaced := _SPACED_DIGIT.match(text, last, end):
            last = spaced.end()
        printed = text[first:last]
        mark = Mark(_KINDS.get(word, "annex"), word, line, start, printed, last, last, bare=False)
        mark.keys = self._keys(printed)
        if not mark.keys or not self._judge_rest(mark, end):
            return None
        return mark

    def _keys(self, printed: str) -> tuple[Key, ...]:
        """Return what a printed number may be worth; ``l`` and ``O`` among digits are 1 and 0 misread."""
        if printed == "l":
            return ((1,),)
        folded = fold(printed.rstrip("ºª°"))
        if any(mark.isdigit() for mark in folded):
            folded = re.sub(r"(?<=\d)(?:er|e?re)$|(?<=\d)[ \xa0](?=\d)", "", folded)
            folded = re.sub(r"(?<![a-z])l(?=\d)|(?<=\d)l$", "1", re.sub(r"(?<=\d)o$", "0", folded))
        return keys_of(" ".join(folded.split()), self.structure.ordinals)

    def _judge_rest(self, mark: Mark, end: int) -> bool:
        """Weigh what follows the number on the line; False where it can only be a reference."""
        text = self.lines.text
        upper = text[mark.start : mark.start + 4].isupper()
        mark.evidence += 1.0 if upper else -3.0 if text[mark.start].islower() else 0.0
        if noted := _MARK.match(text, mark.end, end):
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
        word = re.match(r"[a-z'-]+", self.lines.folded[mark.rest : mark.rest + 24])
        guarded = word is not None and word[0] in self.structure.guards
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
        lines, text = self.lines, self.lines.text
        mark = self._numbered(word, line, start, after)
        if mark is not None:
            return mark
        end = lines.ends[line]
        rest = text[after:end]
        bare = not rest.strip(" \t\xa0:.-–—*")
        if not bare and (
            end - start > 100
            or rest[0] not in " \t\xa0:"
            or text[end - 1] in ".,;:"
            or self.structure.verbs.search(lines.folded, after, end)
            or not (text[start:end].isupper() or rest.strip(" \t\xa0:-–—")[0:3] in ("on ", "to ", "con", "sob", "sur", "rel"))
            or (goes_on(self.structure, lines.tail(line)) and not text[start:end].isupper())
        ):
            return None
        if text[start].islower() or text[after - 1 : after].lower() in "s.":
            return None
        mark = Mark("annex", word, line, start, "", after if bare else start, after, bare=bare)
        mark.evidence = 0.5 + (1.0 if text[start:after].isupper() else 0.0)
        return mark

    def _surroundings(self, mark: Mark) -> float:
        """Weigh the lines before and after: a heading does not stand in the middle of a sentence."""
        lines, line = self.lines, mark.line
        score = 0.0
        following = line + 1
        if mark.bare and following < len(lines.starts) and lines.text[lines.starts[following]].islower():
            score -= 3.0 if lines.gaps[following] < 2 else 1.5
        before = line - 1
        blank = lines.gaps[line] >= 2
        while before >= 0 and line - before < 5 and lines.is_furniture(before):
            blank = blank or lines.gaps[before] >= 2
            before -= 1
        if before < 0 or before in self._marked:
            return score + 1.5
        if goes_on(self.structure, lines.tail(before)):
            return score - (1.0 if lines.text[mark.start : mark.start + 4].isupper() and blank else 3.0)
        if lines.ends_sentence(before):
            return score + 1.5
        if blank:
            return score + 0.5
        return score - (0.5 if lines.is_short(before) else 3.0)

    def _inside(self, line: int) -> list[Mark]:
        """Return the marks inside a line that holds many paragraphs: behind a sentence (and maybe a page number)."""
        marks = []
        text = self.lines.text
        for match in self.structure.mention.finditer(self.lines.folded, self.lines.starts[line], self.lines.ends[line]):
            start = match.start()
            if not text[start].isupper():
                continue
            ended = _ENDED.search(text[max(0, start - 16) : start]) is not None
            if not ended and not match[0].isalpha() and not text[start : match.end()].isupper():
                continue
            mark = self._at(line, start)
            if mark and mark.number and (ended or text[start : start + 4].isupper()):
                mark.evidence -= 1.5 if ended else 3.0
                marks.append(mark)
        return marks

    def find_wordless(self, low: int, high: int) -> list[Mark]:
        """Return possible headings that are a number and a title without a word (``IV. ACCESSION``)."""
        marks = []
        lines, text = self.lines, self.lines.text
        for line in range(low, high):
            start, end = lines.starts[line], lines.ends[line]
            number = _WORDLESS.match(text, start, end)
            if number is None or end - start > _LONGEST_WORDLESS or lines.gaps[line] < 1:
                continue
            mark = Mark("article", "article", line, start, number[1], number.end(), number.end(1), number.end() == end)
            title = line + 1 if mark.bare else line
            if title >= high or (mark.bare and lines.ends[title] - lines.starts[title] > _LONGEST_WORDLESS):
                continue
            begin = lines.starts[title] if mark.bare else mark.rest
            name = text[begin : lines.ends[title]]
            if _capital_share(name) < 0.9 or name[-1] in ".;:," or not _WORD.search(name):
                continue
            if self.structure.verbs.search(lines.folded, begin, lines.ends[title]):
                continue
            mark.keys = self._keys(number[1])
            if mark.keys:
                mark.evidence = -1.0 + self._surroundings(mark)
                marks.append(mark)
        return marks

    # Names of headings

    def name_span(self, mark: Mark, limit: int) -> tuple[int, int]:
        """Return the offsets of the name of a heading; an empty span behind its number if it has none.

        Args:
            mark: The heading.
            limit: Offset of the next heading.
        """
        lines = self.lines
        if not mark.bare:
            if lines.ends[mark.line] - mark.rest > FLOWED // 4:
                return self._flowed_name(mark, limit)
            last = self._name_lines(mark.line, mark.rest, limit, same=True)
            return (mark.rest, lines.ends[last]) if last is not None else (mark.rest, mark.rest)
        line = mark.line + 1
        if line < len(lines.starts) and lines.starts[line] < limit and not lines.is_furniture(line):
            last = self._name_lines(line, lines.starts[line], limit, same=False)
            if last is not None:
                return lines.starts[line], lines.ends[last]
        return mark.end, mark.end

    def _flowed_name(self, mark: Mark, limit: int) -> tuple[int, int]:
        text = self.lines.text
        end = min(limit, mark.rest + _LONGEST_NAME)
        found = _FLOWED_NAME.match(text, mark.rest, end) or _FLOWED_UNTIL_LIST.match(text, mark.rest, end)
        if found is None:
            return mark.rest, mark.rest
        name = found[0].rstrip()
        name = re.sub(r"\s+(?:A|EACH|ANY|L[AE]S?|EL|LOS)$|[\s(]+$", "", name) if name.isupper() else name
        return (mark.rest, mark.rest + len(name)) if len(name) > 3 else (mark.rest, mark.rest)

    def _name_lines(self, line: int, start: int, limit: int, *, same: bool) -> int | None:
        """Return the last line of the name that begins at ``start``, or None if running text begins there."""
        lines, text = self.lines, self.lines.text
        end = lines.ends[line]
        name = text[start:end]
        if name[0].islower() or len(name) > _LONGEST_NAME or name[-1] in ",;":
            return None
        if name.isupper():
            return self._last_capital_line(line, limit)
        capitals = _capital_share(name)
        if not same and capitals < 0.6 and self.structure.running.match(lines.folded, start):
            return None
        if _ENUMERATOR.match(name) or (name[-1] == ":" and not same):
            return None
        if capitals < 0.9 and (
            self.structure.verbs.search(lines.folded, start, end)
            or (name[-1] in ".:" and (len(name.split()) > 9 or not (same or capitals >= 0.6)))
        ):
            return None
        following = line + 1
        if following >= len(lines.starts) or lines.starts[following] >= limit:
            return line
        if self._goes_on(line) or (text[lines.starts[following]].islower() and not (same and lines.gaps[following] > 1)):
            return self._wrapped_name(line, start, limit)
        return line if capitals >= 0.6 or same or (len(name) <= 90 and name[-1] not in ".:") else None

    def _goes_on(self, line: int) -> bool:
        """Whether a line fills the page and the next one follows at once, or its last word needs another."""
        lines = self.lines
        return goes_on(self.structure, lines.tail(line)) or (lines.gaps[line + 1] < 2 and not lines.is_short(line))

    def _last_capital_line(self, line: int, limit: int) -> int:
        """Return the last of the lines in capitals that make up a name."""
        lines, text = self.lines, self.lines.text
        while line + 1 < len(lines.starts) and lines.starts[line + 1] < limit:
            following = text[lines.starts[line + 1] : lines.ends[line + 1]]
            joined = lines.gaps[line + 1] < 2 or goes_on(self.structure, lines.tail(line))
            if not joined or not following.isupper() or _ENUMERATOR.match(following):
                break
            line += 1
        return line

    def _wrapped_name(self, line: int, start: int, limit: int) -> int | None:
        """Return the last line of a name of up to three lines; None if what follows shows that it is running text."""
        lines, text = self.lines, self.lines.text
        alone = line if text[start : lines.ends[line]].istitle() else None
        last = line
        while last + 1 < len(lines.starts) and lines.starts[last + 1] < limit:
            following = text[lines.starts[last + 1] : lines.ends[last + 1]]
            if not following[0].islower() and not self._goes_on(last):
                break
            if _ENUMERATOR.match(following) or (alone is not None and not following.istitle()):
                break
            if last - line == 2:
                return alone
            last += 1
        whole = lines.folded[start : lines.ends[last]]
        if self.structure.verbs.search(whole) or len(whole) > _LONGEST_NAME or whole[-1] in ".;:,":
            return alone
        return last


def _capital_share(name: str) -> float:
    words = _WORD.findall(name)
    return sum(word[0].isupper() for word in words) / len(words) if words else 1.0


def _one_letter_apart(one: str, two: str) -> bool:
    """Whether two different words differ by one letter changed, left out or put in."""
    if abs(len(one) - len(two)) > 1:
        return False
    same = 0
    while same < min(len(one), len(two)) and one[same] == two[same]:
        same += 1
    return one[same + (len(one) >= len(two)) :] == two[same + (len(two) >= len(one)) :]
