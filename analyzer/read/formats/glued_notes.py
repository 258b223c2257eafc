"""Marks of footnotes spelt out and glued to words, as they come when a web page is copied: ``lawsFootnote 3 and``.

Screen readers are given the words; readers of the page see a raised 3. Only words glued to others or to the number are
taken for a mark: "see Footnote 3" is a reference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.knowledge.structure import Structure
from analyzer.read.formats.paper import raised
from analyzer.text.fold import fold
from analyzer.types import MarkedLine

_GLUED_TO = re.compile(r"[\w.,;:)\]»”’\"']")


def raise_glued_notes(
    text: str, structure: Structure, marked: Sequence[MarkedLine] = ()
) -> tuple[str, tuple[MarkedLine, ...]]:
    """Return a text with the marks of footnotes as raised figures, and where the lines marked as headings are then.

    Example:
        >>> from analyzer import load_knowledge
        >>> raise_glued_notes("its labour lawsFootnote 3 Footnote 4.", load_knowledge().structure)[0]
        'its labour laws³ ⁴.'
    """
    parts: list[str] = []
    shifts: list[tuple[int, int]] = []  # where a mark ended, and how many characters are gone by then
    reached = gone = 0
    for match in structure.note_label.finditer(fold(text)):
        start, end = match.span()
        follows = bool(parts) and not text[reached:start].strip(" \u00a0") and "\n" not in text[reached:start]
        glued = start > 0 and _GLUED_TO.match(text[start - 1]) is not None
        tight = text[match.start(1) - 1].isalpha() and start > 0 and text[start - 1] in " \u00a0"
        if not text[start].isupper() or not (glued or follows or tight):
            continue
        parts += [text[reached:start], raised(match[1])]
        gone += end - start - len(match[1])
        reached = end
        shifts.append((end, gone))
    if not parts:
        return text, tuple(marked)
    moved = tuple(
        replace(line, start=line.start - max((gone for end, gone in shifts if end <= line.start), default=0))
        for line in marked
    )
    return "".join((*parts, text[reached:])), moved
