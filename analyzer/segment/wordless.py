"""Headings whose word is missing: numbered titles (``IV. ACCESSION``), and words that were lost or misread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analyzer.knowledge.structure import LEVELS
from analyzer.segment import weights
from analyzer.segment.candidates import HeadingCandidate
from analyzer.segment.headings import HeadingFinder
from analyzer.segment.numbering import ROMAN_CAPITALS, Key, printed_keys
from analyzer.segment.titles import is_title

_NUMBERED = re.compile(rf"(\d{{1,3}}|{ROMAN_CAPITALS}|[IVXLC][ivxlc]{{1,5}})(?:[ \t]*[:.–—-]+[ \t]*(?=\S)|$)")
_MISREAD = re.compile(r"(?:[Aa][Rr]\w{3,9}\.?[ \t]+)?(\d{1,3}[.–-]\d{1,3})[ \t]*[:.–—-]?[ \t]+(?=[A-ZÀ-Þ])")
_LONGEST = 100
"""Characters of a numbered title."""


def numbered_titles(finder: HeadingFinder, low: int, high: int) -> list[HeadingCandidate]:
    """Return the lines that are a number and a title; for texts in which no line has the word *article*."""
    lines, text = finder.lines, finder.lines.text
    candidates = []
    for line in range(low, high):
        start, end = lines.starts[line], lines.ends[line]
        number = _NUMBERED.match(text, start, end)
        if number is None or end - start > _LONGEST:
            continue
        bare = number.end() == end
        title = line + 1 if bare else line
        begin = lines.starts[title] if bare and title < high else number.end()
        if title >= high or not is_title(lines, begin, lines.ends[title]) or text[lines.ends[title] - 1] in ".;:,":
            continue
        candidate = _candidate("article", line, start, number, bare=bare)
        candidate.keys = printed_keys(number[1], lines.structure)
        if candidate.keys:
            candidate.evidence = weights.NO_WORD + finder.surroundings(candidate)
            candidates.append(candidate)
    return candidates


def with_missing(finder: HeadingFinder, chosen: Sequence[HeadingCandidate]) -> list[HeadingCandidate]:
    """Return the headings together with those that only the numbering shows to be missing (19.3, …, 19.5)."""
    headings = [*chosen, *_without_word(finder, chosen)]
    articles = [heading for heading in chosen if heading.word == "article" and len(heading.keys) == 1]
    for before, after in pairwise(articles):
        earlier, later = before.keys[0], after.keys[0]
        if len(earlier) > 1 and earlier[:-1] == later[:-1] and later[-1] == earlier[-1] + 2:
            missing = _find(finder, before.line + 1, after.line, (*earlier[:-1], earlier[-1] + 1))
            headings += [missing] if missing else []
    return sorted(headings, key=lambda heading: heading.start)


def _without_word(finder: HeadingFinder, chosen: Sequence[HeadingCandidate]) -> Iterator[HeadingCandidate]:
    """Yield the lines right above a heading that name the next title, chapter … without saying so (``XI. TRADE``)."""
    lines = finder.lines
    open_headings: dict[str, HeadingCandidate] = {}
    for before, heading in pairwise(chosen):
        rank = _rank(before)
        open_headings = {word: other for word, other in open_headings.items() if _rank(other) < rank}
        open_headings[before.word] = before
        line = heading.line - 1
        if line <= before.line or before.kind == "annex" or not lines.text[lines.starts[line]].isalnum():
            continue
        start, end = lines.starts[line], lines.ends[line]
        number = _NUMBERED.match(lines.text, start, end)
        if number is None or number.end() == end or end - start > _LONGEST or not lines.text[start:end].isupper():
            continue
        keys = printed_keys(number[1], lines.structure)
        for word, other in open_headings.items():
            next_keys = {(*key[:-1], key[-1] + 1) for key in other.keys}
            counts_on = not next_keys.isdisjoint(keys) and other.shape[1] == number[1].isdigit()
            if counts_on and _rank(other) < _rank(heading) and is_title(lines, number.end(), end):
                missing = _candidate(word, line, start, number)
                missing.kind, missing.keys = other.kind, keys
                open_headings[word] = missing
                yield missing
                break


def _rank(heading: HeadingCandidate) -> int:
    return LEVELS.index(heading.word) if heading.word in LEVELS else -1


def _find(finder: HeadingFinder, low: int, high: int, key: Key) -> HeadingCandidate | None:
    """Return the line that bears a number and a title, whatever stands before the number."""
    lines, text = finder.lines, finder.lines.text
    for line in range(low, high):
        start, end = lines.starts[line], lines.ends[line]
        match = _MISREAD.match(text, start, end)
        if match and printed_keys(match[1], lines.structure) == (key,) and is_title(lines, match.end(), end):
            return _candidate("article", line, start, match)
    return None


def _candidate(word: str, line: int, start: int, number: re.Match[str], *, bare: bool = False) -> HeadingCandidate:
    """Return a candidate for a heading whose number is the first group of a match."""
    return HeadingCandidate("article", word, line, start, number[1], number.end(), number.end(1), bare)
