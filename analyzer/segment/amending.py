"""The new text that an amending agreement quotes: chapters and articles of another agreement inside its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from analyzer.segment.candidates import HeadingCandidate
from analyzer.segment.chain import follows
from analyzer.segment.lines import Lines

QUOTES = "“\"«„‘'"
"""Marks that open a quotation."""
_CLOSED = re.compile(r"[”\"»’'][\s.;,]{0,3}$")
_LINES_OF_LEAD = 3
"""Lines over which the words that introduce a new text may run."""

_NEAR = 40
"""Headings, references among them, between an article and the new text that it introduces."""

LineSpan = tuple[int, int]
"""A line, and the line after the last."""


def find_new_texts(lines: Lines, low: int, high: int, candidates: Sequence[HeadingCandidate]) -> Iterator[LineSpan]:
    """Yield the lines (first, after the last) of each new text that a clause introduces and that holds headings.

    A quoted text ends with its closing mark, another one at the next article of the amending agreement itself.

    Args:
        lines: The lines of the text.
        low: First line.
        high: Line after the last.
        candidates: Possible headings, those behind an opening quotation mark among them.
    """
    done = low
    headed = {candidate.line for candidate in candidates}
    for line in range(low, high - 1):
        if line < done or lines.text[lines.ends[line] - 1] != ":" or not _introduces(lines, line, low):
            continue
        first = line + 1
        if lines.text[lines.starts[first]] in QUOTES:
            end = _after_quotation(lines, first, high)
        elif first in headed:
            end = _next_of_outer(line, first, high, candidates)
        else:
            continue
        done = end
        if any(headed_line in headed for headed_line in range(first, end)):
            yield first, end


def _introduces(lines: Lines, line: int, low: int) -> bool:
    """Return whether the words that end with a line say that a new text follows: ``shall be replaced by …:``."""
    for first in range(line, max(low, line - _LINES_OF_LEAD), -1):
        if lines.structure.amending.search(lines.folded, lines.starts[first], lines.ends[line]):
            return True
        if first > low and lines.ends_sentence(first - 1):
            return False
    return False


def _after_quotation(lines: Lines, first: int, high: int) -> int:
    """Return the line after the one with which a quotation ends; every paragraph may open with a mark of its own."""
    depth = 0
    for line in range(first, high):
        words = lines.words(line)
        depth += words.count("“") - words.count("”") + words.count("«") - words.count("»")
        if _CLOSED.search(words) and depth <= 0:
            return line + 1
    return high


def _next_of_outer(line: int, first: int, high: int, candidates: Sequence[HeadingCandidate]) -> int:
    """Return the line of the article that follows the one in which a new text is introduced; ``high`` if none does."""
    index = bisect_right(candidates, line, key=lambda candidate: candidate.line)
    before = next(
        (other for other in reversed(candidates[max(0, index - _NEAR) : index]) if other.word == "article"), None
    )
    if before is None:
        return high
    for candidate in candidates[index:]:
        counts_on = any(follows(earlier, later) for earlier in before.keys for later in candidate.keys)
        if candidate.line > first and candidate.word == "article" and counts_on and candidate.shape == before.shape:
            return candidate.line
    return high
