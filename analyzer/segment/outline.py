"""The outline of a plain text: preamble, contents, parts to articles, annexes, side letters, signature block."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.knowledge.structure import LEVELS
from analyzer.segment.candidates import Mark
from analyzer.segment.chain import Candidate, best_chain
from analyzer.segment.contents import find_contents
from analyzer.segment.headings import HeadingFinder
from analyzer.segment.lines import Lines
from analyzer.segment.names import name_span
from analyzer.segment.notes import read_footnote
from analyzer.segment.numbering import Key
from analyzer.segment.wordless import numbered_titles, with_missing
from analyzer.text.fold import fold
from analyzer.text.numerals import RAISED_FIGURES
from analyzer.types import ClauseKind

_ANNEX_EVIDENCE = 2.0
"""Annexes have no numbering that could be checked, so they need more evidence of their own."""
_WORDLESS = 3
"""Fewest numbered titles that are taken for articles where no line has the word."""
_GLUED_MARKER = re.compile(r"(?:(?<=[^\W\d_]{4})|(?<=[^\W\d_]\)))(?:\d{1,2}|\*{1,3})$")
"""The marker of a footnote behind a name: ``LABOUR INSPECTION3``."""
_BRACKETED_MARKER = re.compile(r"(?<=[^\W\d_]{2}) +\(\d{1,3}\)$")
_MARKER = re.compile(r"(?<=[^\W\d_]{4}) (\d{1,2})$")
_NOTE_WITHIN = 60
"""Lines below a heading among which its footnote is sought."""
_USUAL = 5
_CITED = 5.0
"""Evidence against a number in an annex that the body has: ``Article 8-05. 3. Standards …`` in a list."""
_OTHER_PARTS, _OTHER_FIGURES = 2.0, 5.0
"""Evidence against a number printed otherwise than most: ``Article 5``, ``Article IV:1`` among ``Article 19.3``."""


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
    contents = find_contents(lines, low, high, marks)
    if contents:
        marks = [mark for mark in marks if not contents[0] <= mark.line < contents[1]]
    chosen = _choose(marks)
    if opening and not any(mark.kind == "article" for mark in chosen):
        wordless = _choose(numbered_titles(finder, low, high))
        chosen = sorted(chosen + wordless, key=lambda mark: mark.start) if len(wordless) >= _WORDLESS else chosen
    chosen = with_missing(finder, chosen)
    tables = [start for start, _ in lines.tables]
    found = []
    for place, mark in enumerate(chosen):
        limit = chosen[place + 1].start if place + 1 < len(chosen) else end
        table = bisect_right(tables, mark.start)
        limit = min(limit, tables[table]) if table < len(tables) else limit
        first, last = name_span(lines, mark, limit)
        stop = last if last > first else max(mark.end, min(first, limit))
        while stop > mark.end and lines.text[stop - 1].isspace():
            stop -= 1
        name = " ".join(lines.text[first:last].split()).rstrip(f" .:-–—{RAISED_FIGURES}")
        name = _without_marker(lines, name, stop)
        found.append(Heading(mark.kind, mark.word, mark.number, name, mark.start, stop))
    if contents:
        found.append(_plain(lines, "contents", contents[0]))
        found[-1].end = lines.ends[contents[1] - 1]
    found += _letters(lines, low, high, contents)
    found += _signatures(lines, low, high, contents)
    found = _in_order(found)
    if opening:
        found = _open(lines, low, high, found, contents)
    return found


def _without_marker(lines: Lines, name: str, end: int) -> str:
    """Return a name without the marker of a footnote: glued to it, or apart from it and the note stands below."""
    name = _BRACKETED_MARKER.sub("", name)
    apart = _MARKER.search(name)
    if apart is None or lines.structure.referring.search(fold(name[: apart.start()])):
        return _GLUED_MARKER.sub("", name)
    first, last = lines.range(end, len(lines.text))
    for line in range(first, min(last, first + _NOTE_WITHIN)):
        note = read_footnote(lines, lines.starts[line], lines.ends[line])
        if note is not None and note[0] == apart[1]:
            return name[: apart.start()]
    return name


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

        annexes = [mark.start for mark in chosen if mark.kind == "annex"]
        chain = best_chain([Candidate(mark.keys, evidence) for mark, evidence in _weighed(group, annexes)], is_reset)
        chosen += [group[index] for index in chain]
    return sorted(chosen, key=lambda mark: mark.start)


def _weighed(group: Sequence[Mark], annexes: Sequence[int]) -> Iterator[tuple[Mark, float]]:
    """Yield marks with their evidence, less for a number printed otherwise than most between the same annexes."""
    shapes: dict[int, Counter[tuple[int, bool]]] = {}
    for mark in group:
        if mark.evidence > 0:
            shapes.setdefault(bisect_right(annexes, mark.start), Counter())[mark.shape] += 1
    usual: dict[int, tuple[int, bool]] = {}
    for place, counts in shapes.items():
        shape, count = counts.most_common(1)[0]
        if count >= _USUAL and count * 10 >= counts.total() * 7:
            usual[place] = shape
    seen: dict[Key, int] = {}
    for mark in group:
        place = bisect_right(annexes, mark.start)
        parts, figures = usual.get(place, mark.shape)
        unusual = _OTHER_PARTS * (parts != mark.shape[0]) + _OTHER_FIGURES * (figures != mark.shape[1])
        cited = any(len(key) > 1 and key[-1] > 1 and seen.setdefault(key, place) < place for key in mark.keys)
        yield mark, mark.evidence - unusual - _CITED * cited


def _letters(lines: Lines, low: int, high: int, contents: tuple[int, int] | None) -> list[Heading]:
    structure = lines.structure
    found: list[Heading] = []
    headed = low - 60
    for line in range(low, high):
        start, end = lines.starts[line], lines.ends[line]
        if end - start > 70 or not lines.text[start].isupper() or (contents and contents[0] <= line < contents[1]):
            continue
        if structure.letter.match(lines.folded, start, end) and lines.gaps[line] >= 1:
            if line > low and lines.goes_on(lines.tail(line - 1)):
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
    structure = lines.structure
    found: list[Heading] = []
    last = -100
    for line in range(low, high):
        start, end = lines.starts[line], lines.ends[line]
        if not lines.text[start].isupper() or structure.signature.match(lines.folded, start, end) is None:
            continue
        if contents and contents[0] <= line < contents[1]:
            continue
        before = line == low or lines.gaps[line] >= 2 or lines.ends_sentence(line - 1) or lines.is_short(line - 1)
        if before and not (line > low and lines.goes_on(lines.tail(line - 1))):
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


def _open(lines: Lines, low: int, high: int, found: list[Heading], contents: tuple[int, int] | None) -> list[Heading]:
    """Put the preamble, and the title page before it, in front of the first heading of the body."""
    structure = lines.structure
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
