"""The lines of a page in Tesseract's table of its words."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from analyzer.read.pdf.gutters import white_stretches
from analyzer.read.pdf.line_pieces import MARK
from analyzer.read.pdf.page_lines import WIDE_GAP, PageLine, PageText, split_at_gap

MARK_GAP = 0.6
"""White space beside a number in the margin, in sizes of the line."""
SMALL_LINE = 0.8
"""Share of the usual height below which a line is set in small letters; smaller differences are noise."""
_LINE_LEVEL, _WORD_LEVEL = "4", "5"
"""Values of the column ``level`` in Tesseract's table for lines and for words."""
LANDSCAPE = 1.15
"""Width of a picture, in heights, from which it may show two pages."""
MIDDLE = 0.05
"""Distance of the gutter between two pages from the middle of the picture, as a share of its width."""
FEWEST_LINES, FEWEST_WORDS = 4, 2.5
"""Minimum lines of each page, and words in them on average."""
MOST_CROSSING = 0.1
"""Share of the lines that may cross that gutter, such as a stain."""


class _Word(NamedTuple):
    """A word, with its left and right edge in points."""

    text: str
    left: float
    right: float


def lines_of(table: str, points: float) -> tuple[list[PageLine], float]:
    """Return the lines of Tesseract's table of words, and the mean confidence of its words, 0 to 1.

    Args:
        table: Tab-separated; the columns are those of ``tesseract … tsv``.
        points: Points per pixel.
    """
    words: dict[tuple[str, ...], list[_Word]] = {}
    boxes: dict[tuple[str, ...], list[float]] = {}
    confidences: list[float] = []
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        key = tuple(row[name] for name in ("block_num", "par_num", "line_num"))
        if row["level"] not in (_LINE_LEVEL, _WORD_LEVEL):
            continue
        left, top, width, height = (float(row[name]) * points for name in ("left", "top", "width", "height"))
        if row["level"] == _LINE_LEVEL:
            boxes[key] = [left, top, width, height]
        elif word := (row["text"] or "").strip():
            words.setdefault(key, []).append(_Word(word, left, left + width))
            confidences.append(max(0.0, float(row["conf"])) / 100)
    usual = median([boxes[key][3] for key in words]) if words else 0.0
    lines = []
    for key, of_line in words.items():
        _, top, _, height = boxes[key]
        size = height if height < SMALL_LINE * usual else usual
        line = _line(of_line, top, top + height, size)
        pieces = [_line(part, top, top + height, size) for part in _with_marks_apart(of_line, size)]
        left, _, width, _ = boxes[key]
        lines.append(replace(line, left=left, right=left + width, pieces=tuple(pieces) if len(pieces) > 1 else ()))
    return lines, sum(confidences) / len(confidences) if confidences else 0.0


def _line(words: Sequence[_Word], top: float, bottom: float, size: float) -> PageLine:
    text = ""
    gaps = []
    for number, word in enumerate(words):
        text += " " * bool(text)
        if number and word.left - words[number - 1].right >= WIDE_GAP * size:
            gaps.append((words[number - 1].right, word.left, len(text)))
        text += word.text
    return PageLine(text, words[0].left, words[-1].right, top, bottom, size, tuple(gaps))


def _with_marks_apart(words: Sequence[_Word], size: float) -> list[Sequence[_Word]]:
    """Return the words of a line, a number or bar at its ends by itself."""
    start, end = 0, len(words)
    if end > 1 and MARK.fullmatch(words[0].text) and words[1].left - words[0].right > MARK_GAP * size:
        start = 1
    if end - start > 1 and MARK.fullmatch(words[-1].text) and words[-1].left - words[-2].right > MARK_GAP * size:
        end -= 1
    return [part for part in (words[:start], words[start:end], words[end:]) if part]


def middle_gutter(page: PageText) -> float | None:
    """Return where the gutter is, points from the left, if a picture shows two pages side by side.

    Args:
        page: The picture, as read at once.
    """
    if page.width < LANDSCAPE * page.height:
        return None
    for gutter in white_stretches(page.lines):
        middle = (gutter.left + gutter.right) / 2
        if abs(middle - page.width / 2) > MIDDLE * page.width and not gutter.left < page.width / 2 < gutter.right:
            continue
        parts = [part for line in page.lines for part in (split_at_gap(line, middle) or (line,))]
        sides = [
            [part for part in parts if part.right <= gutter.right],
            [part for part in parts if part.left >= gutter.left],
        ]
        words = [sum(part.text.count(" ") + 1 for part in side) for side in sides]
        if len(parts) - sum(map(len, sides)) <= MOST_CROSSING * len(parts) and all(
            len(side) >= FEWEST_LINES and count >= FEWEST_WORDS * len(side)
            for side, count in zip(sides, words, strict=True)
        ):
            return middle
    return None
