"""Pages whose numbers of paragraphs stand in elements of their own, and marks of amendments, as EUR-Lex has both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from analyzer.read.formats.html_blocks import Block, glue
from analyzer.read.formats.html_lists import is_numbered
from analyzer.read.formats.left_out import AMENDMENTS
from analyzer.read.formats.paper import ENUMERATOR

_DASHES = frozenset("-–—•·")
_BEGINS = re.compile(r"[►▶▼] ?(?:[A-Z]{1,2}\d{0,3}|-{2,})(?= |\n|$)[ \n]?")
_ENDS = re.compile(r" ?[◄◀]")


def join_numbers(blocks: Iterable[Block]) -> list[Block]:
    """Return the paragraphs; a number that is a paragraph of its own is joined with the text behind it."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before is not None and _is_number(before) and not _is_number(block) and not block.is_heading:
            joined[-1] = glue([before, block])
        else:
            joined.append(block)
    return joined


def without_amendment_marks(text: str, left: Counter[str]) -> str:
    """Return a text without the marks that show which act amended it (``►M1 … ◄``); they are counted in ``left``."""
    if not _BEGINS.search(text) and not _ENDS.search(text):
        return text
    text, begun = _BEGINS.subn("", text)
    left[AMENDMENTS] += begun
    return _ENDS.sub("", text)


def _is_number(block: Block) -> bool:
    text = block.text
    is_whole = ENUMERATOR.fullmatch(text) is not None and text not in _DASHES
    return is_whole and is_numbered(text) and not block.is_heading and not block.links
