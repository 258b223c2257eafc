"""The outline of a plain text: preamble, contents, parts to articles, annexes, side letters, signature block."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from analyzer.knowledge.structure import LEVELS
from analyzer.segment import weights
from analyzer.segment.amending import LineSpan, find_new_texts
from analyzer.segment.body import first_of_body
from analyzer.segment.candidates import LETTER, Heading, HeadingCandidate, plain_heading
from analyzer.segment.chain import ChainLink, best_chain
from analyzer.segment.contents import find_contents
from analyzer.segment.ends import end_of_recitals, further_instruments, letters, signatures
from analyzer.segment.headings import HeadingFinder
from analyzer.segment.implied import chapters_without_word, implied_chapters
from analyzer.segment.lines import Lines
from analyzer.segment.names import name_span
from analyzer.segment.notes import read_footnote
from analyzer.segment.numbering import Key
from analyzer.segment.titles import is_title_line
from analyzer.segment.wordless import numbered_titles, with_missing
from analyzer.text.fold import fold
from analyzer.text.numerals import RAISED_FIGURES

_FEWEST_WORDLESS = 3
"""Numbered titles from which they are taken for articles where no line has the word."""
_GLUED_MARKER = re.compile(r"(?:(?<=[^\W\d_]{4})|(?<=[^\W\d_]\)))(?:\d{1,2}|\*{1,3})$")
"""The marker of a footnote behind a name: ``LABOUR INSPECTION3``."""
_BRACKETED_MARKER = re.compile(r"(?<=[^\W\d_]{2})(?: +\(\d{1,3}\)| ?\[\d{1,3}\])$")
_MARKER = re.compile(r"(?<=[^\W\d_]{4}) (\d{1,2})$")
_NOTE_WITHIN = 60
"""Lines below a heading among which its footnote is looked for."""
_FEWEST_ALIKE = 5
"""Numbers printed alike from which that is usual …"""
_ALIKE_IN_TEN = 7
"""… if so many in ten are."""


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
    candidates = finder.find(low, high)
    contents = find_contents(lines, low, high, candidates)
    if contents:
        candidates = [candidate for candidate in candidates if not contents[0] <= candidate.line < contents[1]]
    new_texts = list(find_new_texts(lines, low, high, candidates))
    quoted = [heading for span in new_texts for heading in _quoted(lines, candidates, span)]
    candidates = [candidate for candidate in candidates if not candidate.quoted and not _lies_in(candidate, new_texts)]
    if opening:
        candidates = _without_title(lines, low, candidates)
    chosen = _choose(candidates)
    if opening and not any(candidate.kind == "article" for candidate in chosen):
        wordless = _choose(numbered_titles(finder, low, high))
        if len(wordless) >= _FEWEST_WORDLESS:
            chosen = sorted(chosen + wordless, key=lambda candidate: candidate.start)
    chosen = with_missing(finder, chosen)
    if opening:
        chosen += chapters_without_word(finder, low, chosen)
    chosen = sorted([*implied_chapters(lines, chosen), *chosen], key=lambda heading: heading.start)
    headings = [*_with_names(lines, chosen, end), *quoted]
    if contents:
        headings.append(plain_heading(lines, "contents", contents[0], lines.ends[contents[1] - 1]))
    outside = [line for line in range(low, high) if not (contents and contents[0] <= line < contents[1])]
    headings += letters(lines, outside, low, {heading.start for heading in headings if heading.word == LETTER})
    headings += signatures(lines, outside, low, end_of_recitals(lines, outside, headings))
    headings = _in_order(headings)
    headings = _in_order([*headings, *further_instruments(lines, headings)])
    return _with_opening(lines, (low, high), headings, contents) if opening else headings


def _lies_in(candidate: HeadingCandidate, spans: Sequence[LineSpan]) -> bool:
    return any(first <= candidate.line < last for first, last in spans)


def _quoted(lines: Lines, candidates: Sequence[HeadingCandidate], span: LineSpan) -> Iterator[Heading]:
    """Yield the headings of the new text of another agreement, and the end of that text."""
    end = lines.ends[span[1] - 1]
    inside = [candidate for candidate in candidates if _lies_in(candidate, [span])]
    for heading in _with_names(lines, _choose(inside), end):
        heading.quoted = True
        yield heading
    yield Heading("text", "outer", "", "", end, end)


def _without_title(lines: Lines, low: int, candidates: Sequence[HeadingCandidate]) -> list[HeadingCandidate]:
    """Return the candidates without the title of the document itself: ``PROTOCOL AMENDING THE TRADE AGREEMENT …``."""
    first = next(iter(candidates), None)
    if first is None or first.kind != "annex" or first.number or first.word not in lines.structure.instruments:
        return list(candidates)
    is_title = all(is_title_line(lines, line) for line in range(low, first.line))
    return [candidate for candidate in candidates if candidate is not first or not is_title]


def _with_names(lines: Lines, chosen: Sequence[HeadingCandidate], end: int) -> Iterator[Heading]:
    """Yield the chosen candidates as headings with their names."""
    tables = [start for start, _ in lines.marks.tables]
    for index, candidate in enumerate(chosen):
        limit = chosen[index + 1].start if index + 1 < len(chosen) else end
        table = bisect_right(tables, candidate.start)
        limit = min(limit, tables[table]) if table < len(tables) else limit
        first, last = name_span(lines, candidate, limit)
        stop = last if last > first else max(candidate.end, min(first, limit))
        stop = lines.without_space(candidate.end, stop)
        name = " ".join(lines.text[first:last].split()).rstrip(f" .:-–—{RAISED_FIGURES}")
        name = _without_marker(lines, name, stop)
        yield Heading(candidate.kind, candidate.word, candidate.number, name, candidate.start, stop)


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


def _choose(candidates: Sequence[HeadingCandidate]) -> list[HeadingCandidate]:
    """Return the candidates that are headings, level by level: a lower level may start again below a higher one."""
    chosen = [other for other in candidates if other.kind == "annex" and other.evidence >= weights.FEWEST_FOR_ANNEX]
    annexes = [annex.start for annex in chosen]
    for level in LEVELS:
        borders = sorted(heading.start for heading in chosen)
        group = _of_usual_words([candidate for candidate in candidates if candidate.word == level], annexes)
        higher = [bisect_left(borders, candidate.start) for candidate in group]

        def is_reset(earlier: int, later: int, higher: list[int] = higher) -> bool:
            return higher[later] > (higher[earlier] if earlier >= 0 else 0)

        chain = best_chain(list(_weighed(group, annexes)), is_reset)
        chosen += [group[index] for index in chain]
    return sorted(chosen, key=lambda heading: heading.start)


def _of_usual_words(group: Sequence[HeadingCandidate], annexes: Sequence[int]) -> list[HeadingCandidate]:
    """Return the candidates of a level without ``Rule 3`` or ``§ 3`` where articles are called articles."""
    usual = {
        bisect_right(annexes, candidate.start)
        for candidate in group
        if not candidate.uncommon and candidate.evidence > 0
    }
    return [
        candidate
        for candidate in group
        if not candidate.uncommon or bisect_right(annexes, candidate.start) not in usual
    ]


def _weighed(group: Sequence[HeadingCandidate], annexes: Sequence[int]) -> Iterator[ChainLink]:
    """Yield candidates of a level with evidence against numbers that are printed otherwise or that the body has too."""
    usual = _usual_shapes(group, annexes)
    first_section: dict[Key, int] = {}
    for candidate in group:
        section = bisect_right(annexes, candidate.start)
        parts, figures = usual.get(section, candidate.shape)
        evidence = candidate.evidence
        evidence += weights.OTHER_PARTS if parts != candidate.shape[0] else 0
        evidence += weights.OTHER_FIGURES if figures != candidate.shape[1] else 0
        # One by one: whether a number is kept depends on the readings before it.
        if any(
            len(key) > 1 and key[-1] > 1 and first_section.setdefault(key, section) < section for key in candidate.keys
        ):
            evidence += weights.IN_BODY_TOO
        yield ChainLink(candidate.keys, evidence)


def _usual_shapes(group: Sequence[HeadingCandidate], annexes: Sequence[int]) -> dict[int, tuple[int, bool]]:
    """Return how most numbers are printed, by the number of annexes before them, where most are printed alike."""
    shapes: dict[int, Counter[tuple[int, bool]]] = {}
    for candidate in group:
        if candidate.evidence > 0:
            shapes.setdefault(bisect_right(annexes, candidate.start), Counter())[candidate.shape] += 1
    usual: dict[int, tuple[int, bool]] = {}
    for section, counts in shapes.items():
        shape, count = counts.most_common(1)[0]
        if count >= _FEWEST_ALIKE and count * 10 >= counts.total() * _ALIKE_IN_TEN:
            usual[section] = shape
    return usual


def _in_order(headings: list[Heading]) -> list[Heading]:
    """Return headings in reading order, without those that begin inside another."""
    kept: list[Heading] = []
    for heading in sorted(headings, key=lambda heading: (heading.start, heading.word != "contents")):
        if not kept or heading.start >= kept[-1].end:
            kept.append(heading)
    return kept


def _with_opening(lines: Lines, span: LineSpan, headings: list[Heading], contents: LineSpan | None) -> list[Heading]:
    """Return the headings with the preamble, and the title page before it, in front of the first of the body."""
    low, high = span
    body = next((heading for heading in headings if heading.kind != "text" and heading.word != LETTER), None)
    first = bisect_left(lines.starts, body.start) if body else high
    after_contents = contents[1] if contents and contents[1] < first else low
    if after_contents >= first:
        return headings
    if body is None:
        first = first_of_body(lines, after_contents, high)
        if first < high:
            headings = [*headings, plain_heading(lines, "body", first)]
        if first == after_contents:
            return _in_order(headings)
    opener, end = _preamble(lines, after_contents, first)
    preamble = Heading("preamble", "preamble", "", "", lines.starts[opener], end)
    has_front = opener > low and not (contents and contents[0] == low)
    front = [plain_heading(lines, "front", low)] if has_front else []
    if contents and contents[1] < opener:
        front.append(plain_heading(lines, "front", contents[1]))
    return _in_order([*front, *headings, preamble])


def _preamble(lines: Lines, low: int, high: int) -> tuple[int, int]:
    """Return the line that opens the preamble and the offset after its heading; the first line if none has one."""
    for line in range(low, high):
        if match := lines.structure.preamble.match(lines.folded, lines.starts[line], lines.ends[line]):
            return line, lines.starts[line] + len(match[0].rstrip())
    return low, lines.starts[low]
