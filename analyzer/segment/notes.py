"""Footnotes among the paragraphs of a body, and lists that run on within a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from analyzer.segment.enumerators import Enumerator, read_enumerator
from analyzer.segment.lines import Lines
from analyzer.text.numerals import RAISED_FIGURES, TO_PLAIN, TO_RAISED

_FOOTNOTE = re.compile(
    r"(?:(?P<number>\d{1,3}(?:-\d{1,3})?)(?=[/\s\xa0])|\[(?P<square>\d{1,3})\]|(?P<star>\*{1,3})"
    rf"|(?P<raised>[{RAISED_FIGURES}]{{1,3}})|\((?P<round>\d{{1,3}})\)(?=\s+(?:OJ|JO|DO)\b))"
    r"/?[ \t\xa0]*(?=[A-ZÀ-Þ“\"«(])"
)
_WORD = re.compile(r"[\"“«]?([^\W\d_]+)")
_INLINE = re.compile(
    r"(?P<separator>[.;:,—–]|\b(?:and|or|y|o|et|ou))[”\"»]?"
    r"(?:(?<=[.;:])\d{1,2}|(?<=[.;:]) (?P<page>\d{1,3})(?=\s))?\s+"
    r"(?=(?:\((?:\d{1,2}|[a-z]{1,4}|[A-Z])\)|\d{1,2}\.|[a-z]\))\s|[-–—•](?:\s|[^\W\d]))"
)
MAY_BEGIN = re.compile(rf"\s(?:\((?:\d{{1,2}}|[a-z]{{1,4}}|[A-Z])\)|\d{{1,2}}[.\s-]|[a-z]\)|[-–—•]|[{RAISED_FIGURES}])")
"""White space behind which an item of a list or a footnote may begin within a line: a quick first look."""
_INLINE_NOTE = re.compile(
    r"(?:[.;:][”\"»)]?|[;,] (?:and|or|y|o|u|et|ou))[ \t\xa0]"
    rf"(?:(?P<number>\d{{1,2}}(?:-\d{{1,2}})?)|(?P<raised>[{RAISED_FIGURES}]{{1,3}}))[ \t\xa0]+(?=[A-ZÀ-Þ][a-zß-ÿ]+)"
)
NOTE_BACK = 4000
"""Characters before a footnote in which its marker is looked for."""
_DASH_ITEM = re.compile(r"[,;]\s+[-–—•]\s+[^\W\d]")
_CITED = re.compile(r"(?:\((?:\d{1,2}|[a-zA-Z]{1,4})\)|\d)$")
_LONGEST_CITED = 6
"""Characters of a cited enumerator (``(viii)``)."""
_SHORTEST_FOOTNOTE = 15
"""Characters of the text of a footnote."""
_REACH = 4000
"""Characters behind an enumerator in which the second item of a list within a line is looked for."""


def read_footnote(lines: Lines, start: int, end: int) -> tuple[str, int] | None:
    """Return the number of the footnote that a line opens and the offset of its text, if it opens one."""
    match = _FOOTNOTE.match(lines.text, start, end)
    if match is None or end - match.end() < _SHORTEST_FOOTNOTE:
        return None
    word = _WORD.match(lines.folded, match.end())
    if word and word[1] in lines.structure.months:
        return None
    return match[match.lastgroup or 0].translate(TO_PLAIN), match.end()


@dataclass(frozen=True, slots=True)
class InlineEnumerator:
    """An enumerator inside a line.

    Attributes:
        enumerator: The enumerator.
        separator: The mark or linking word before it.
        end_before: Offset where the text before it ends.
        page: Offsets of a page number between.
    """

    enumerator: Enumerator
    separator: str
    end_before: int
    page: tuple[int, int] | None = None


def inline_enumerators(text: str, start: int, end: int) -> Iterator[InlineEnumerator]:
    """Yield the enumerators inside a line that stand behind a mark or a linking word."""
    reach = min(len(text), end + 1)  # the white space behind an enumerator at the end of the line
    for match in _INLINE.finditer(text, start, reach):
        enumerator = read_enumerator(text, match.end(), reach)
        if enumerator is None or match.end() >= end:
            continue
        separator = match["separator"]
        before = text[max(0, match.start() - 2) : match.start()]
        if enumerator.form == "-" and separator not in ";:," and before != "; ":
            continue
        if enumerator.form == "." and enumerator.number.isdigit() and not _may_open(text, enumerator.end, reach):
            continue
        stop = match.end()
        while text[stop - 1].isspace():
            stop -= 1
        cited = _CITED.search(text, max(start, match.start() - _LONGEST_CITED), match.start())
        if cited is None or not _is_cited(text, cited, separator, enumerator):
            page = match.span("page") if match["page"] else None
            while page and text[stop - 1] != separator:
                stop -= 1
            yield InlineEnumerator(enumerator, separator, stop, page)


def inline_notes(lines: Lines, start: int, end: int) -> Iterator[tuple[str, int, int, int]]:
    """Yield the footnotes that begin inside a line: number, end of the text before, start and start of the words.

    A number before a sentence is that of a footnote if it is glued to a word further up (``minimum wages4``).
    """
    text = lines.text
    for match in _INLINE_NOTE.finditer(text, start, end):
        group = match.lastgroup or "number"
        number = match[group].translate(TO_PLAIN)
        if match["raised"] or has_marker(text, number, max(0, match.start() - NOTE_BACK), match.start(group) - 1):
            word = _WORD.match(lines.folded, match.end())
            if word is None or word[1] not in lines.structure.months:
                yield number, match.start(group) - 1, match.start(group), match.end()


def has_marker(text: str, number: str, start: int, end: int) -> bool:
    """Return whether the marker of a footnote, glued to a word or raised, stands in ``text[start:end]``."""
    return _marker(number).search(text, start, end) is not None


@lru_cache(maxsize=1000)
def _marker(number: str) -> re.Pattern[str]:
    if not number.isdigit():
        return re.compile(re.escape(number))
    raised = rf"(?<![{RAISED_FIGURES}]){number.translate(TO_RAISED)}(?![{RAISED_FIGURES}])"
    glued = rf"(?<=[^\W\d_]|[.,;:)”\"’»]){number}(?![\d.]\d|\d)"
    return re.compile(f"{raised}|{glued}")


def _is_cited(text: str, cited: re.Match[str], separator: str, enumerator: Enumerator) -> bool:
    """Return whether an enumerator is part of a citation: ``(a), (b)`` is, ``… 1(f); (b)`` is not."""
    if separator in ".:":
        return False
    if separator != ";":
        return True
    before = read_enumerator(text, cited.start(), cited.end())
    values = {value for _, value in enumerator.readings}
    return before is not None and any(value + 1 in values for _, value in before.readings)


def _may_open(text: str, start: int, end: int) -> bool:
    """Return whether a paragraph may begin at ``start``: with a capital or the first item of a list (``(a) A …``)."""
    if text[start : start + 1].isupper():
        return True
    first = read_enumerator(text, start, end)
    return first is not None and first.form == "()" and any(value == 1 for _, value in first.readings)


def has_second_dash(text: str, start: int, end: int) -> bool:
    """Return whether another dash follows behind a comma (``workers, - the …, - the …``)."""
    return _DASH_ITEM.search(text, start, min(end, start + _REACH)) is not None


def has_second_item(text: str, enumerator: Enumerator, alphabet: str, end: int) -> bool:
    """Return whether the second item of the list that ``enumerator`` opens follows in the same line."""
    second = {"1": "2", "a": "b", "i": "ii", "A": "B", "I": "II"}.get(alphabet, "")
    printed = {"()": f"({second})", ")": f"{second})", ".": f"{second}.", "-": "-"}[enumerator.form]
    end = min(end, enumerator.end + _REACH)
    return max(text.find(f"{blank}{printed}", enumerator.end, end) for blank in " \n") >= 0
