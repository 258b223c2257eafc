"""What stands on pages and is no part of their text: watermarks, and numbers, notes and bars in the margins."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from analyzer.read.pdf.line_numbers import find_numbers
from analyzer.read.pdf.page_lines import PageText
from analyzer.read.pdf.page_parts import Part, find_blocks, parts_of, usual_size, without
from analyzer.read.pdf.side_notes import find_side_notes
from analyzer.read.pdf.watermarks import find_watermarks

TINY = 2.0
"""Size below which nobody reads words, points."""


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
