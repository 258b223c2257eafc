"""What stands on pages and is no part of their text: watermarks, and numbers, notes and bars in the margins."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from analyzer.read.pdf.line_numbers import find_numbers
from analyzer.read.pdf.page_lines import PageText
from analyzer.read.pdf.page_parts import Part, find_blocks, parts_of, usual_size, without
from analyzer.read.pdf.side_notes import find_side_notes
from analyzer.read.pdf.watermarks import find_watermarks
from analyzer.types import Notice, NoticeCode

_NAMES: dict[NoticeCode, str] = {
    "hidden-words": "words that nobody sees were left out",
    "line-numbers": "line numbers were left out",
    "margin-notes": "notes, numbers or bars in the margin were left out",
    "struck-words": "words that are struck out were left out",
    "watermark": "a watermark was left out",
}
TINY = 2.0
"""Size below which nobody reads words, points."""
_QUOTED, _LONGEST_QUOTE = 3, 50
"""Number of examples in a notice, and their length."""


def leave_out(pages: Sequence[PageText], pictures: Collection[int] = ()) -> list[PageText]:
    """Return pages without watermarks and without what stands in their margins; ``PageText.left_out`` holds that.

    Args:
        pages: The pages of a document.
        pictures: Numbers of those that were read from their pictures.
    """
    size = usual_size(pages)
    parts = [parts_of(page) for page in pages]
    result = [without(page, _hidden(page, of_page), "hidden-words") for page, of_page in zip(pages, parts, strict=True)]
    parts = [parts_of(page) for page in result]
    printed = [[] if page.number in pictures else of_page for page, of_page in zip(pages, parts, strict=True)]
    if any(marks := find_watermarks(printed, size)):
        result = [without(page, of_page, "watermark") for page, of_page in zip(result, marks, strict=True)]
        parts = [parts_of(page) for page in result]
    blocks = find_blocks(parts, size)
    of_lines, of_paragraphs = find_numbers(parts, blocks, size)
    if any(of_lines) or any(of_paragraphs):
        numbers = zip(result, parts, of_lines, of_paragraphs, strict=True)
        result = [
            without(page, [*lines, *paragraphs], "line-numbers" if lines else "margin-notes")
            for page, _, lines, paragraphs in numbers
        ]
        parts = [parts_of(page) for page in result]
        blocks = find_blocks(parts, size)
    notes = find_side_notes(result, parts, blocks, size)
    return [without(page, of_page, "margin-notes") for page, of_page in zip(result, notes, strict=True)]


def _hidden(page: PageText, parts: Sequence[Part]) -> list[Part]:
    """Return the parts of a page that are too small to be read, or beyond its edges."""
    return [
        part
        for part in parts
        if part.box.size < TINY
        or part.box.bottom < 0
        or part.box.right < 0
        or part.box.top > page.height
        or part.box.left > page.width
    ]


def notices_of(pages: Sequence[PageText]) -> Iterator[Notice]:
    """Yield what a reader of the result must know about what was left out."""
    for code, name in _NAMES.items():
        words = {page.number: [left.words for left in page.left_out if left.code == code] for page in pages}
        numbers = [number for number, of_page in words.items() if of_page]
        if not numbers:
            continue
        distinct = list(dict.fromkeys(quoted for number in numbers for quoted in words[number]))
        quotes = "" if code == "line-numbers" else f" ({', '.join(map(_quote, distinct[:_QUOTED]))}"
        if quotes:
            quotes += f" and {len(distinct) - _QUOTED} more)" if len(distinct) > _QUOTED else ")"
        yield Notice(code, f"{name}{quotes}: page {ranges(numbers)}", tuple(numbers))


def _quote(words: str) -> str:
    return f"“{words}”" if len(words) <= _LONGEST_QUOTE else f"“{words[:_LONGEST_QUOTE].rstrip()}…”"


def ranges(numbers: Sequence[int]) -> str:
    """Return numbers in ascending order as ranges: ``1-3, 7``."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)
