"""Tables of contents: lists of headings without their bodies, with leaders and page numbers or without."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.segment.candidates import HeadingCandidate
from analyzer.segment.lines import Lines
from analyzer.segment.numbering import ROMAN_CAPITALS
from analyzer.text.capitals import LIKELY_TITLE_SHARE, capital_share

_FEWEST_ENTRIES = 6
"""Entries from which a list without a heading of its own is a table of contents."""
_LONGEST_ENTRY = 130
"""Characters of an entry; one with leaders may be twice as long."""
_LONGEST_HEADING = 40
"""Characters of the heading of a table of contents."""
_LONGEST_PREAMBLE = 24
"""Characters of a line that opens the preamble."""
_PAUSE = 4
"""Lines without an entry that end a table of contents."""
_SHORTEST_SENTENCE = 4
"""Words of the shortest sentence: ``Minutes shall be kept.``"""
_FRONT_LINES = 400
"""Lines at the beginning among which the heading of a table of contents is looked for."""
_LEADERS = re.compile(r"\.{4}|…|(?:\. ){4}|_{4}")
_PAGED = re.compile(r"\S\s+\d{1,4}$")
_NUMBERED = re.compile(rf"\(?(?:\d{{1,3}}|{ROMAN_CAPITALS}|[A-Z])[.)]")


def find_contents(lines: Lines, low: int, high: int, candidates: Sequence[HeadingCandidate]) -> tuple[int, int] | None:
    """Return the lines (first, after the last) of a table of contents: a list of headings without their bodies."""
    heading = _heading(lines, low, high)
    headed = {candidate.line for candidate in candidates}
    begin = _first_entry(lines, low, high, headed) if heading is None else heading + 1
    last = _after_list(lines, begin, high, headed)
    stop = _body_start(lines, [candidate for candidate in candidates if begin <= candidate.line < last], begin, last)
    entries = [line for line in range(begin, stop) if line in headed or _is_entry(lines, line)]
    if not entries:
        return None
    stop = entries[-1] + 1
    while stop < high and stop < last and _is_wrapped(lines, stop):
        stop += 1
    if heading is not None and len(entries) > 1:
        return heading, stop
    inside = [candidate for candidate in candidates if begin <= candidate.line < stop]
    later = {(candidate.kind, candidate.keys) for candidate in candidates if candidate.line >= stop}
    repeated = sum((candidate.kind, candidate.keys) in later for candidate in inside)
    return (begin, stop) if len(inside) >= _FEWEST_ENTRIES and repeated * 2 >= len(inside) else None


def _heading(lines: Lines, low: int, high: int) -> int | None:
    """Return the line that is the heading of a table of contents, if there is one."""
    for line in range(low, min(high, low + _FRONT_LINES)):
        start, end = lines.starts[line], lines.ends[line]
        if end - start < _LONGEST_HEADING and lines.structure.contents.match(lines.folded, start, end):
            return line
    return None


def _first_entry(lines: Lines, low: int, high: int, headed: set[int]) -> int:
    """Return the first entry of a table of contents without a heading; ``high`` if there is none."""
    begin = next((line for line in sorted(headed) if _is_listed(lines, line)), high)
    while low < begin < high and _is_entry(lines, begin - 1):
        begin -= 1
    return begin


def _after_list(lines: Lines, begin: int, high: int, headed: set[int]) -> int:
    """Return the line after the last that may stand in a table of contents: no sentence stands between its entries."""
    line, last = begin, begin
    while line < high and line - last < _PAUSE and (line in headed or not _is_sentence(lines, line)):
        if _is_listed(lines, line):
            last = line + 1
        line += 1
    return last


def _is_sentence(lines: Lines, line: int) -> bool:
    """Return whether a line is a sentence, or the end of one, in ordinary print."""
    start, end = lines.starts[line], lines.ends[line]
    if _LEADERS.search(lines.text, start, end) or _PAGED.search(lines.text, start, end):
        return False
    words = lines.text[start:end]
    if len(words.split()) < _SHORTEST_SENTENCE or capital_share(words) >= LIKELY_TITLE_SHARE:
        return False
    return words[-1] in ".;" or lines.structure.verbs.search(lines.folded, start, end) is not None


def _is_listed(lines: Lines, line: int) -> bool:
    """Return whether a line may stand in a table of contents: short, and not a sentence."""
    start, end = lines.starts[line], lines.ends[line]
    if _LEADERS.search(lines.text, start, end):
        return end - start < 2 * _LONGEST_ENTRY
    if end - start > _LONGEST_ENTRY or lines.text[end - 1] in ".;":
        return False
    return lines.structure.verbs.search(lines.folded, start, end) is None


def _is_entry(lines: Lines, line: int) -> bool:
    """Return whether a line without the word of a heading looks like an entry: leaders, a page number or a number."""
    start, end = lines.starts[line], lines.ends[line]
    return bool(_LEADERS.search(lines.text, start, end) or _NUMBERED.match(lines.text, start, end)) or (
        end - start > 4 and _PAGED.search(lines.text, start, end) is not None
    )


def _is_wrapped(lines: Lines, line: int) -> bool:
    """Return whether a line carries on the entry on the line before."""
    last = lines.text[lines.ends[line - 1] - 1]
    return lines.gaps[line] < 2 and (
        last == "," or lines.text[lines.starts[line]].islower() or lines.goes_on(lines.tail(line - 1))
    )


def _body_start(lines: Lines, inside: Sequence[HeadingCandidate], begin: int, stop: int) -> int:
    """Return where the body begins behind a table of contents: its preamble, or its first heading once more."""
    structure = lines.structure
    headed = {candidate.line for candidate in inside}
    for line in range(stop - 1, begin, -1):
        start, end = lines.starts[line], lines.ends[line]
        opens = end - start < _LONGEST_PREAMBLE and structure.preamble.match(lines.folded, start, end)
        # In the table itself "Preamble" is followed by the next entry.
        if opens and line + 1 < len(lines.starts) and line + 1 not in headed and not _is_entry(lines, line + 1):
            return line
    numbers = [(candidate.kind, candidate.keys) for candidate in inside]
    if numbers[:1] and numbers[0] in numbers[1:]:
        return inside[numbers.index(numbers[0], 1)].line
    # The last headings before running text are those of that text if the same stand in the list already.
    first = {number: index for index, number in reversed(list(enumerate(numbers)))}
    for index in range(len(inside) - 1, 0, -1):
        if first[numbers[index]] < index:
            return inside[index].line
    return stop
