"""The body of a text without articles: the points of a statement, a declaration or a memorandum."""

from __future__ import annotations

import re

from analyzer.segment.lines import Lines

_FEWEST_POINTS = 2
"""Numbered points in a row from which they are the body."""
_SHARE_OF_PREAMBLE = 0.5
"""Share of the lines, from the first, among which the words that introduce the body stand."""
_POINT = re.compile(r"\(?(\d{1,2})[.)\xa0 ]+(?=\S)")


def first_of_body(lines: Lines, low: int, high: int) -> int:
    """Return the line with which the body of a text without articles begins; ``high`` if all of it is a preamble.

    The body begins behind the words by which the parties agree; else at the first of its numbered points; else behind
    the words that introduce its terms. A text without any of these is all body, unless it opens with recitals.
    """
    points = _first_point(lines, low, high)
    for pattern in (lines.structure.agreed, lines.structure.introducing):
        introduced = _behind(lines, pattern, low, high)
        if introduced is not None:
            return introduced if points is None else min(introduced, points)
    if points is not None:
        return points
    opens = any(lines.structure.recital.match(lines.folded, lines.starts[line]) for line in range(low, high))
    return high if opens else low


def _behind(lines: Lines, pattern: re.Pattern[str], low: int, high: int) -> int | None:
    """Return the line behind the first that holds some words and ends, it or the next, with a colon."""
    for line in range(low, low + int((high - low) * _SHARE_OF_PREAMBLE) + 1):
        if line + 1 < high and pattern.search(lines.folded, lines.starts[line], lines.ends[line]):
            for last in range(line, min(line + 2, high - 1)):
                if lines.text[lines.ends[last] - 1] == ":":
                    return last + 1
    return None


def _first_point(lines: Lines, low: int, high: int) -> int | None:
    """Return the line of point 1 where at least one other follows it in order."""
    first, expected = None, 1
    for line in range(low, high):
        point = _POINT.match(lines.text, lines.starts[line], lines.ends[line])
        if point is None or int(point[1]) != expected:
            continue
        first, expected = line if expected == 1 else first, expected + 1
        if expected > _FEWEST_POINTS:
            return first
    return None
