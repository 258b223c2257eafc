"""Footnotes among the paragraphs of a body, and lists that run on within a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from analyzer.segment.enumerators import Enumerator, read_enumerator
from analyzer.segment.lines import Lines
from analyzer.text.numerals import TO_PLAIN, TO_RAISED

_FOOTNOTE = re.compile(
    r"(?:(?P<number>\d{1,3}(?:-\d{1,3})?)(?=[/\s\xa0])|\[(?P<square>\d{1,3})\]|(?P<star>\*{1,3})"
    r"|(?P<raised>[¹²³⁴-⁹⁰]{1,3})|\((?P<round>\d{1,3})\)(?=\s+(?:OJ|JO|DO)\b))/?[ \t\xa0]*(?=[A-ZÀ-Þ“\"«(])"
)
_WORD = re.compile(r"[\"“«]?([^\W\d_]+)")
_INLINE = re.compile(
    r"(?P<mark>[.;:,—–]|\b(?:and|or|y|o|et|ou))[”\"»]?"
    r"(?:(?<=[.;:])\d{1,2}|(?<=[.;:]) (?P<page>\d{1,3})(?=\s))?\s+"
    r"(?=(?:\((?:\d{1,2}|[a-z]{1,4}|[A-Z])\)|\d{1,2}\.|[a-z]\))\s|[-–—•](?:\s|[^\W\d]))"
)
MAY_BEGIN = re.compile(r"\s(?:\((?:\d{1,2}|[a-z]{1,4}|[A-Z])\)|\d{1,2}[.\s-]|[a-z]\)|[-–—•]|[¹²³⁴-⁹⁰])")
"""White space behind which an item of a list or a footnote may begin within a line: a quick first look."""
_INLINE_NOTE = re.compile(
    r"(?:[.;:][”\"»)]?|[;,] (?:and|or|y|o|u|et|ou))[ \t\xa0]"
    r"(?:(?P<number>\d{1,2}(?:-\d{1,2})?)|(?P<raised>[¹²³⁴-⁹⁰]{1,3}))[ \t\xa0]+(?=[A-ZÀ-Þ][a-zß-ÿ]+)"
)
NOTE_BACK = 4000
"""How far back the marker of a footnote is looked for."""
_DASH_ITEM = re.compile(r"[,;]\s+[-–—•]\s+[^\W\d]")
_CITED = re.compile(r"(?:\((?:\d{1,2}|[a-zA-Z]{1,4})\)|\d)$")
_SHORTEST_FOOTNOTE = 15
_REACH = 4000
"""How far ahead the second item of a list within a line is looked for."""


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
class Inline:
    """An enumerator inside a line: the mark before it, where the text before it ends, and a page number between."""

    enumerator: Enumerator
    mark: str
    end_before: int
    page: tuple[int, int] | None = None


def inline_enumerators(text: str, start: int, end: int) -> Iterator[Inline]:
    """Yield the enumerators inside a line that stand behind a mark or a linking word."""
    reach = min(len(text), end + 1)  # the white space behind an enumerator at the end of the line
    for match in _INLINE.finditer(text, start, reach):
        enumerator = read_enumerator(text, match.end(), reach)
        if enumerator is None or match.end() >= end:
            continue
        mark = match["mark"]
        if enumerator.form == "-" and mark not in ";:," and text[max(0, match.start() - 2) : match.start()] != "; ":
            continue
        if enumerator.form == "." and enumerator.number.isdigit() and not _opens(text, enumerator.end, reach):
            continue
        stop = match.end()
        while text[stop - 1].isspace():
            stop -= 1
        cited = _CITED.search(text, max(start, match.start() - 6), match.start())
        if cited is None or not _is_cited(text, cited, mark, enumerator):
            page = match.span("page") if match["page"] else None
            while page and text[stop - 1] != mark:
                stop -= 1
            yield Inline(enumerator, mark, stop, page)


def inline_notes(lines: Lines, start: int, end: int) -> Iterator[tuple[str, int, int, int]]:
    """Yield the footnotes that begin inside a line: number, end of the text before, start and start of the words.

    A number before a sentence is the footnote's if it is glued to a word before it (``minimum wages4``).
    """
    text = lines.text
    for match in _INLINE_NOTE.finditer(text, start, end):
        mark = match.lastgroup or "number"
        number = match[mark].translate(TO_PLAIN)
        if match["raised"] or has_marker(text, number, max(0, match.start() - NOTE_BACK), match.start(mark) - 1):
            word = _WORD.match(lines.folded, match.end())
            if word is None or word[1] not in lines.structure.months:
                yield number, match.start(mark) - 1, match.start(mark), match.end()


def has_marker(text: str, number: str, start: int, end: int) -> bool:
    """Whether the marker of a footnote, glued to a word or raised, stands in ``text[start:end]``."""
    return _marker(number).search(text, start, end) is not None


@lru_cache(maxsize=1000)
def _marker(number: str) -> re.Pattern[str]:
    raised = number.translate(TO_RAISED)
    glued = rf"(?<=[^\W\d_]|[.,;:)”\"’»]){number}(?![\d.]\d|\d)" if number.isdigit() else re.escape(number)
    return re.compile(rf"(?<![⁰¹²³⁴-⁹]){raised}(?![⁰¹²³⁴-⁹])|{glued}" if number.isdigit() else glued)


def _is_cited(text: str, cited: re.Match[str], mark: str, enumerator: Enumerator) -> bool:
    """Whether an enumerator belongs to a citation that ends before it: ``(a), (b)`` does, ``… 1(f); (b)`` does not."""
    if mark in ".:":
        return False
    if mark != ";":
        return True
    before = read_enumerator(text, cited.start(), cited.end())
    values = {value for _, value in enumerator.readings}
    return before is not None and any(value + 1 in values for _, value in before.readings)


def _opens(text: str, at: int, end: int) -> bool:
    """Whether a paragraph may begin at an offset: with a capital, or with the first item of a list (``4. (a) A …``)."""
    if text[at : at + 1].isupper():
        return True
    first = read_enumerator(text, at, end)
    return first is not None and first.form == "()" and any(value == 1 for _, value in first.readings)


def has_second_dash(text: str, start: int, end: int) -> bool:
    """Whether a dash that follows a comma is followed by another one that does (``workers, - the …, - the …``)."""
    return _DASH_ITEM.search(text, start, min(end, start + _REACH)) is not None


def has_second_item(text: str, enumerator: Enumerator, alphabet: str, end: int) -> bool:
    """Whether the second item of the list that ``enumerator`` opens follows in the same line."""
    second = {"1": "2", "a": "b", "i": "ii", "A": "B", "I": "II"}.get(alphabet, "")
    printed = {"()": f"({second})", ")": f"{second})", ".": f"{second}.", "-": "-"}[enumerator.form]
    end = min(end, enumerator.end + _REACH)
    return max(text.find(f"{blank}{printed}", enumerator.end, end) for blank in " \n") >= 0
