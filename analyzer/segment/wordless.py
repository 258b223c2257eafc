"""Headings whose word is missing: numbered titles (``IV. ACCESSION``), and words that were lost or misread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analyzer.knowledge.structure import LEVELS
from analyzer.segment.candidates import Mark
from analyzer.segment.headings import HeadingFinder
from analyzer.segment.lines import Lines
from analyzer.segment.names import capital_share
from analyzer.segment.numbering import Key, printed_keys

_NUMBERED = re.compile(r"(\d{1,3}|[IVXLC]{1,6}|[IVXLC][ivxlc]{1,5})(?:[ \t]*[:.–—-]+[ \t]*(?=\S)|$)")
_MISREAD = re.compile(r"(?:[Aa][Rr]\w{3,9}\.?[ \t]+)?(\d{1,3}[.–-]\d{1,3})[ \t]*[:.–—-]?[ \t]+(?=[A-ZÀ-Þ])")
_WORD = re.compile(r"[^\W\d_]{4,}")
_LONGEST = 100


def numbered_titles(finder: HeadingFinder, low: int, high: int) -> list[Mark]:
    """Return the lines that are a number and a title; for texts in which no line has the word *article*."""
    lines, text = finder.lines, finder.lines.text
    marks = []
    for line in range(low, high):
        start, end = lines.starts[line], lines.ends[line]
        number = _NUMBERED.match(text, start, end)
        if number is None or end - start > _LONGEST:
            continue
        bare = number.end() == end
        title = line + 1 if bare else line
        begin = lines.starts[title] if bare and title < high else number.end()
        if title >= high or not _is_title(lines, begin, lines.ends[title]) or text[lines.ends[title] - 1] in ".;:,":
            continue
        mark = Mark("article", "article", line, start, number[1], number.end(), number.end(1), bare)
        mark.keys = printed_keys(number[1], finder.lines.structure.ordinals)
        if mark.keys:
            mark.evidence = -1.0 + finder.surroundings(mark)
            marks.append(mark)
    return marks


def with_missing(finder: HeadingFinder, chosen: Sequence[Mark]) -> list[Mark]:
    """Return the headings together with those that only the numbering shows to be missing (19.3, …, 19.5)."""
    found = [*chosen, *_without_word(finder, chosen)]
    articles = [mark for mark in chosen if mark.word == "article" and len(mark.keys) == 1]
    for before, after in pairwise(articles):
        one, two = before.keys[0], after.keys[0]
        if len(one) > 1 and one[:-1] == two[:-1] and two[-1] == one[-1] + 2:
            missing = _find(finder, before.line + 1, after.line, (*one[:-1], one[-1] + 1))
            found += [missing] if missing else []
    return sorted(found, key=lambda mark: mark.start)


def _without_word(finder: HeadingFinder, chosen: Sequence[Mark]) -> Iterator[Mark]:
    """Yield the lines right above a heading that name the next title, chapter … without saying so (``XI. TRADE``)."""
    lines = finder.lines
    open_marks: dict[str, Mark] = {}
    for before, mark in pairwise(chosen):
        rank = _rank(before)
        open_marks = {word: known for word, known in open_marks.items() if _rank(known) < rank}
        open_marks[before.word] = before
        line = mark.line - 1
        if line <= before.line or before.kind == "annex" or not lines.text[lines.starts[line]].isalnum():
            continue
        start, end = lines.starts[line], lines.ends[line]
        number = _NUMBERED.match(lines.text, start, end)
        if number is None or number.end() == end or end - start > _LONGEST or not lines.text[start:end].isupper():
            continue
        keys = printed_keys(number[1], finder.lines.structure.ordinals)
        for word, known in open_marks.items():
            next_one = {(*key[:-1], key[-1] + 1) for key in known.keys}
            counts_on = not next_one.isdisjoint(keys) and known.shape[1] == number[1].isdigit()
            if counts_on and _rank(known) < _rank(mark) and _is_title(lines, number.end(), end):
                open_marks[word] = Mark(known.kind, word, line, start, number[1], number.end(), number.end(1), False)
                open_marks[word].keys = keys
                yield open_marks[word]
                break


def _rank(mark: Mark) -> int:
    return LEVELS.index(mark.word) if mark.word in LEVELS else -1


def _find(finder: HeadingFinder, low: int, high: int, key: Key) -> Mark | None:
    """Return the line that bears a number and a title, whatever stands before the number."""
    lines, text = finder.lines, finder.lines.text
    for line in range(low, high):
        start, end = lines.starts[line], lines.ends[line]
        match = _MISREAD.match(text, start, end)
        if match and printed_keys(match[1], lines.structure.ordinals) == (key,) and _is_title(lines, match.end(), end):
            return Mark("article", "article", line, start, match[1], match.end(), match.end(1), bare=False)
    return None


def _is_title(lines: Lines, start: int, end: int) -> bool:
    """Whether some words are printed as a title: with capitals, without a verb of running text."""
    structure = lines.structure
    name = lines.text[start:end]
    return (
        capital_share(name) >= 0.9
        and _WORD.search(name) is not None
        and structure.running.match(lines.folded, start) is None
        and structure.verbs.search(lines.folded, start, end) is None
    )
