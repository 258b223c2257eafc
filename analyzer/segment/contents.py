"""Tables of contents: lists of headings without their bodies, with leaders and page numbers or without."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.segment.candidates import Mark
from analyzer.segment.lines import Lines

_FEWEST_ENTRIES = 6
"""A list without a heading of its own is a table of contents from so many entries."""
_LONGEST_ENTRY = 130
_LONGEST_PREAMBLE = 24
_PAUSE = 4
"""Lines without an entry that end a table of contents."""
_FRONT_LINES = 400
"""A table of contents is announced within so many lines."""
_LEADERS = re.compile(r"\.{4}|…|(?:\. ){4}|_{4}")
_PAGED = re.compile(r"\S\s+\d{1,4}$")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[IVXLC]{1,7}|[A-Z])[.)]")


def find_contents(lines: Lines, low: int, high: int, marks: Sequence[Mark]) -> tuple[int, int] | None:
    """Return the lines (first, after the last) of a table of contents: a list of headings without their bodies."""
    structure = lines.structure
    headed = next(
        (
            line
            for line in range(low, min(high, low + _FRONT_LINES))
            if lines.ends[line] - lines.starts[line] < 40
            and structure.contents.match(lines.folded, lines.starts[line], lines.ends[line])
        ),
        None,
    )
    marked = {mark.line for mark in marks}
    if headed is not None:
        begin = headed + 1
    else:
        begin = next((line for line in sorted(marked) if _is_listed(lines, line)), high)
        while begin > low and begin < high and _is_entry(lines, begin - 1):
            begin -= 1
    stop, last = begin, begin
    while stop < high and stop - last < _PAUSE:
        if _is_listed(lines, stop):
            last = stop + 1
        stop += 1
    stop = _repeated(lines, [mark for mark in marks if begin <= mark.line < last], begin, last)
    entries = [line for line in range(begin, stop) if line in marked or _is_entry(lines, line)]
    if not entries:
        return None
    stop = entries[-1] + 1
    while stop < high and stop < last and _is_wrapped(lines, stop):
        stop += 1
    inside = [mark for mark in marks if begin <= mark.line < stop]
    later = {(mark.kind, mark.keys) for mark in marks if mark.line >= stop}
    again = sum((mark.kind, mark.keys) in later for mark in inside)
    if headed is not None and len(entries) > 1:
        return headed, stop
    if len(inside) >= _FEWEST_ENTRIES and again * 2 >= len(inside):
        return begin, stop
    return None


def _is_listed(lines: Lines, line: int) -> bool:
    """Whether a line may stand in a table of contents: short, and no sentence."""
    start, end = lines.starts[line], lines.ends[line]
    if _LEADERS.search(lines.text, start, end):
        return end - start < 2 * _LONGEST_ENTRY
    if end - start > _LONGEST_ENTRY or lines.text[end - 1] in ".;":
        return False
    return lines.structure.verbs.search(lines.folded, start, end) is None


def _is_entry(lines: Lines, line: int) -> bool:
    """Whether a line looks like an entry though it has no word of a heading: leaders, a page number or a number."""
    start, end = lines.starts[line], lines.ends[line]
    return bool(_LEADERS.search(lines.text, start, end) or _NUMBERED.match(lines.text, start, end)) or (
        end - start > 4 and _PAGED.search(lines.text, start, end) is not None
    )


def _is_wrapped(lines: Lines, line: int) -> bool:
    """Whether a line carries on the entry on the line before."""
    before = lines.text[lines.ends[line - 1] - 1]
    return lines.gaps[line] < 2 and (
        before == "," or lines.text[lines.starts[line]].islower() or lines.goes_on(lines.tail(line - 1))
    )


def _repeated(lines: Lines, inside: Sequence[Mark], begin: int, stop: int) -> int:
    """Return where the body begins behind a table of contents: its preamble, or its first heading once more."""
    structure = lines.structure
    marked = {mark.line for mark in inside}
    for line in range(stop - 1, begin, -1):
        headed = lines.ends[line] - lines.starts[line] < _LONGEST_PREAMBLE and structure.preamble.match(
            lines.folded, lines.starts[line], lines.ends[line]
        )
        # In the table itself "Preamble" is followed by the next entry.
        if headed and line + 1 < len(lines.starts) and line + 1 not in marked and not _is_entry(lines, line + 1):
            return line
    seen: set[object] = set()
    for mark in inside:
        if seen and (mark.kind, mark.keys) == (inside[0].kind, inside[0].keys):
            return mark.line
        seen.add((mark.kind, mark.keys))
    # The last headings before running text are those of that text if the same stand in the list already.
    for place in range(len(inside) - 1, 0, -1):
        mark = inside[place]
        if any(other.kind == mark.kind and other.keys == mark.keys for other in inside[:place]):
            return mark.line
    return stop
