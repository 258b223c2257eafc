"""The outline of a plain text: preamble, contents, parts to articles, annexes, side letters, signature block."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.headings import HeadingFinder, Mark
from analyzer.lines import Lines, goes_on
from analyzer.numbering import Candidate, best_chain
from analyzer.structure import LEVELS, load_structure
from analyzer.types import ClauseKind

_ANNEX_EVIDENCE = 2.0
"""Annexes have no numbering that could be checked, so they need more evidence of their own."""
_CONTENTS_ENTRIES = 6
_CONTENTS_LINE = 130
_CONTENTS_PAUSE = 4
"""Lines without an entry that end a table of contents."""
_FRONT_LINES = 400
_LEADERS = re.compile(r"\.{4}|…|(?:\. ){4}|_{4}")
_PAGED = re.compile(r"\S\s+\d{1,4}$")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[IVXLC]{1,7}|[A-Z])[.)]")
_WORDLESS = 3
"""Fewest numbered titles that are taken for articles where no line has the word."""
_USUAL = 5
_UNUSUAL = 2.0
"""Evidence against a number printed otherwise than most (``Article IV:1`` where the articles are ``19.3``)."""



@dataclass(slots=True)
class Heading:
    """A heading of the outline.

    Attributes:
        kind: Kind of clause; ``text`` for a table of contents or a signature block.
        word: Word that opens its address (``chapter``, ``appendix``, ``contents``).
        number: Number as printed, or empty.
        name: Its name, white space folded, or empty.
        start: Where it begins.
        end: Where its own words end.
        number_end: Offset after the number.
    """

    kind: ClauseKind
    word: str
    number: str
    name: str
    start: int
    end: int


def find_outline(lines: Lines, low: int, high: int, end: int, *, opening: bool) -> list[Heading]:
    """Return the headings among the lines ``low`` to ``high``, in reading order.

    Args:
        lines: The lines of the text.
        low: First line.
        high: Line after the last.
        end: Offset where the stretch ends.
        opening: Whether the stretch opens the agreement, so that what stands before its first heading is a preamble.
    """
    if low >= high:
        return []
    finder = HeadingFinder(lines)
    marks = finder.find(low, high)
    contents = _contents(lines, low, high, marks)
    if contents:
        marks = [mark for mark in marks if not contents[0] <= mark.line < contents[1]]
    chosen = _choose(marks)
    if opening and not any(mark.kind == "article" for mark in chosen):
        wordless = _choose(finder.find_wordless(low, high))
        chosen = sorted(chosen + wordless, key=lambda mark: mark.start) if len(wordless) >= _WORDLESS else chosen
    found = []
    for place, mark in enumerate(chosen):
        limit = chosen[place + 1].start if place + 1 < len(chosen) else end
        first, last = finder.name_span(mark, limit)
        stop = last if last > first else max(mark.end, min(first, limit))
        while stop > mark.end and lines.text[stop - 1].isspace():
            stop -= 1
        name = " ".join(lines.text[first:last].split())
        found.append(Heading(mark.kind, mark.word, mark.number, name, mark.start, stop))
    if contents:
        found.append(_plain(lines, "contents", contents[0]))
        after = lines.starts[contents[1]] if contents[1] < high else end
        found[-1].end = lines.ends[contents[1] - 1]
    found += _letters(lines, low, high, contents)
    found += _signatures(lines, low, high, contents)
    found = _in_order(found)
    if opening:
        found = _open(lines, low, high, found, contents)
    return found


def _plain(lines: Lines, word: str, line: int) -> Heading:
    kind: ClauseKind = "annex" if word == "side-letter" else "text"
    return Heading(kind, word, "", "", lines.starts[line], lines.starts[line])


def _choose(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks that are headings, level by level: a lower level may start again below a higher one."""
    chosen = [mark for mark in marks if mark.kind == "annex" and mark.evidence >= _ANNEX_EVIDENCE]
    for level in LEVELS:
        borders = sorted(mark.start for mark in chosen)
        group = [mark for mark in marks if mark.word == level]
        places = [bisect_left(borders, mark.start) for mark in group]

        def is_reset(earlier: int, later: int, places: list[int] = places) -> bool:
            return places[later] > (places[earlier] if earlier >= 0 else 0)

        shape = _usual_shape(group)
        candidates = [
            Candidate(mark.keys, mark.evidence - (0 if shape in (None, mark.shape) else _UNUSUAL)) for mark in group
        ]
        chain = best_chain(candidates, is_reset)
        chosen += [group[index] for index in chain]
    return sorted(chosen, key=lambda mark: mark.start)


def _usual_shape(marks: Sequence[Mark]) -> tuple[int, bool] | None:
    """Return the shape (parts, roman or not) that most of the likely headings' numbers have, if most share one."""
    shapes = Counter(mark.shape for mark in marks if mark.evidence > 0)
    if not shapes:
        return None
    shape, count = shapes.most_common(1)[0]
    return shape if count * 10 >= shapes.total() * 7 and count >= _USUAL else None


def _contents(lines: Lines, low: int, high: int, marks: Sequence[Mark]) -> tuple[int, int] | None:
    """Return the lines (first, after the last) of a table of contents: a list of headings without their bodies."""
    structure = load_structure()
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
    while stop < high and stop - last < _CONTENTS_PAUSE:
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
    if len(inside) >= _CONTENTS_ENTRIES and again * 2 >= len(inside):
        return begin, stop
    return None


def _is_listed(lines: Lines, line: int) -> bool:
    """Whether a line may stand in a table of contents: short, and no sentence."""
    start, end = lines.starts[line], lines.ends[line]
    if _LEADERS.search(lines.text, start, end):
        return end - start < 2 * _CONTENTS_LINE
    if end - start > _CONTENTS_LINE or lines.text[end - 1] in ".;":
        return False
    return load_structure().verbs.search(lines.folded, start, end) is None


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
        before == "," or lines.text[lines.starts[line]].islower() or goes_on(load_structure(), lines.tail(line - 1))
    )


def _repeated(lines: Lines, inside: Sequence[Mark], begin: int, stop: int) -> int:
    """Return where the body begins behind a table of contents: its preamble, or its first heading once more."""
    structure = load_structure()
    preambles = [
        line
        for line in range(begin, stop)
        if lines.ends[line] - lines.starts[line] < 24
        and structure.preamble.match(lines.folded, lines.starts[line], lines.ends[line])
    ]
    if preambles and preambles[-1] > begin + 3:
        return preambles[-1]
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


def _letters(lines: Lines, low: int, high: int, contents: tuple[int, int] | None) -> list[Heading]:
    structure = load_structure()
    found: list[Heading] = []
    headed = low - 60
    for line in range(low, high):
        start, end = lines.starts[line], lines.ends[line]
        if end - start > 70 or not lines.text[start].isupper() or (contents and contents[0] <= line < contents[1]):
            continue
        if structure.letter.match(lines.folded, start, end) and lines.gaps[line] >= 1:
            if line > low and goes_on(structure, lines.tail(line - 1)):
                continue
            found.append(_plain(lines, "side-letter", line))
            found[-1].end = end
            found[-1].name = " ".join(lines.text[start:end].split())
            headed = line
        elif structure.salutation.match(lines.folded, start, end) and lines.text[end - 1] in ",:":
            if line - headed > 30:
                found.append(_plain(lines, "side-letter", line))
            headed = line - 30
    return found


def _signatures(lines: Lines, low: int, high: int, contents: tuple[int, int] | None) -> list[Heading]:
    structure = load_structure()
    found: list[Heading] = []
    last = -100
    for line in range(low, high):
        start, end = lines.starts[line], lines.ends[line]
        if not lines.text[start].isupper() or structure.signature.match(lines.folded, start, end) is None:
            continue
        if contents and contents[0] <= line < contents[1]:
            continue
        before = line == low or lines.gaps[line] >= 2 or lines.ends_sentence(line - 1) or lines.is_short(line - 1)
        if before and not (line > low and goes_on(structure, lines.tail(line - 1))):
            if line - last > 40:
                found.append(_plain(lines, "signature", line))
            last = line
    return found


def _in_order(found: list[Heading]) -> list[Heading]:
    found.sort(key=lambda heading: (heading.start, heading.word != "contents"))
    kept: list[Heading] = []
    for heading in found:
        if kept and heading.start < kept[-1].end:
            continue
        kept.append(heading)
    return kept


def _open(
    lines: Lines, low: int, high: int, found: list[Heading], contents: tuple[int, int] | None
) -> list[Heading]:
    """Put the preamble, and the title page before it, in front of the first heading of the body."""
    structure = load_structure()
    body = next((h for h in found if h.kind != "text" and h.word != "side-letter"), None)
    first = bisect_left(lines.starts, body.start) if body else high
    opener = None
    for line in range(contents[1] if contents and contents[1] < first else low, min(first, high)):
        if match := structure.preamble.match(lines.folded, lines.starts[line], lines.ends[line]):
            opener = line
            printed = match[0].rstrip()
            heading = Heading("preamble", "preamble", "", "", lines.starts[line], lines.starts[line] + len(printed))
            break
    start = contents[1] if contents and contents[1] < first else low
    if opener is None and start < first:
        heading = Heading("preamble", "preamble", "", "", lines.starts[start], lines.starts[start])
        opener = start
    if opener is None:
        return found
    if opener > low and not (contents and contents[0] == low):
        front = _plain(lines, "front", low)
        found = [front, *found]
    found.append(heading)
    return _in_order(found)


def line_range(lines: Lines, start: int, end: int) -> tuple[int, int]:
    """Return the lines (first, after the last) that have characters in ``[start, end)``."""
    return bisect_right(lines.ends, start), bisect_left(lines.starts, end)
