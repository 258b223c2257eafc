"""The chapter that an annex serves, whose subject is that of the annex too."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from analyzer.knowledge.structure import Structure
from analyzer.segment.nodes import Node
from analyzer.segment.numbering import number_of, printed_keys

_OPENING = 300
"""Characters at the beginning of an annex in which it may say which chapter or article it belongs to."""


def served_chapters(nodes: Sequence[Node], text: str, folded: str, structure: Structure) -> dict[int, int]:
    """Return the index of the chapter that each annex serves, by the index of the annex.

    The chapter stands before the annex. It is the one whose number opens that of the annex (annex 18-A), that the
    annex names at its beginning (``Annex to Chapter 18``, ``referred to in Article 18.2``), that alone cites the annex,
    or behind which the annex stands where the body goes on with the next chapter.

    Args:
        nodes: The clauses, in reading order.
        text: The agreement.
        folded: The same, folded.
        structure: The lay-out words.
    """
    chapters = _chapters(nodes, structure)
    annexes = [index for index, node in enumerate(nodes) if node.kind == "annex" and node.word != "side-letter"]
    served: dict[int, int] = {}
    if not chapters or not annexes:
        return served
    for index in annexes:
        node = nodes[index]
        numbers = [key[0] for key in printed_keys(node.number, structure) if len(key) > 1]
        numbers += _named(node, text, folded, structure)
        before = (_last_before(chapters.get(number, []), index) for number in numbers)
        by_number = next((other for other in before if other is not None), None)
        if by_number is not None:
            served[index] = by_number
    if len(served) < len(annexes):  # the whole body is searched for what cites the others
        between = _between(nodes)
        citing = _citing_chapters(nodes, annexes, text, folded, structure)
        for index in annexes:
            chapter = citing.get(index, between[index])
            if index not in served and chapter is not None and chapter < index:
                served[index] = chapter
    return served


def _last_before(indices: Sequence[int], index: int) -> int | None:
    position = bisect_left(indices, index)
    return indices[position - 1] if position else None


def _chapters(nodes: Sequence[Node], structure: Structure) -> dict[int, list[int]]:
    """Return the indices of the numbered chapters of the body, by their number."""
    chapters: dict[int, list[int]] = {}
    for index, node in enumerate(nodes):
        if _is_outer(nodes, index) and node.kind == "chapter":
            for key in printed_keys(node.number, structure):
                if len(key) == 1:
                    chapters.setdefault(key[0], []).append(index)
    return chapters


def _is_outer(nodes: Sequence[Node], index: int) -> bool:
    """Return whether a clause is a chapter, or what holds chapters, of the body."""
    if nodes[index].kind not in ("chapter", "part", "title"):
        return False
    parent = nodes[index].parent
    while parent is not None:
        if nodes[parent].kind == "annex":
            return False
        parent = nodes[parent].parent
    return True


def _named(node: Node, text: str, folded: str, structure: Structure) -> list[int]:
    """Return the numbers of the chapters that an annex names at its beginning, itself or by one of their articles."""
    pattern = number_of(structure)
    numbers = []
    end = min(node.end, node.start + _OPENING)
    for mention in structure.mention.finditer(folded, node.start, end):
        level = structure.levels.get(mention[0])
        number = pattern.match(text, mention.end() + 1)
        if number is None or level not in ("chapter", "article"):
            continue
        parts = 1 if level == "chapter" else 2
        numbers += [key[0] for key in printed_keys(number[0], structure) if len(key) == parts]
    return numbers


def _citing_chapters(
    nodes: Sequence[Node], annexes: Sequence[int], text: str, folded: str, structure: Structure
) -> Mapping[int, int]:
    """Return the chapter that cites an annex, by the index of the annex, where only one does."""
    by_number = {nodes[index].number: index for index in annexes if nodes[index].number}
    pattern = number_of(structure)
    words = "|".join(map(re.escape, structure.annexes))
    citing: dict[int, set[int]] = {}
    spans = [
        (node.start, node.end, index)
        for index, node in enumerate(nodes)
        if node.kind == "chapter" and _is_outer(nodes, index)
    ]
    mentions = re.compile(rf"\b(?:{words})\s+(?=[\da-z])")
    for start, end, chapter in spans:
        for mention in mentions.finditer(folded, start, end):
            number = pattern.match(text, mention.end())
            annex = by_number.get(number[0]) if number else None
            if annex is not None:
                citing.setdefault(annex, set()).add(chapter)
    return {annex: next(iter(chapters)) for annex, chapters in citing.items() if len(chapters) == 1}


def _between(nodes: Sequence[Node]) -> list[int | None]:
    """Return, for each clause, the chapter of the body before it if the body goes on with another one behind it."""
    outer = [_is_outer(nodes, index) for index in range(len(nodes))]
    goes_on = [False] * len(nodes)
    chapter_next = False
    for index in range(len(nodes) - 1, -1, -1):
        goes_on[index] = chapter_next
        if outer[index]:
            chapter_next = nodes[index].kind == "chapter"
    between: list[int | None] = []
    last: int | None = None
    for index, node in enumerate(nodes):
        between.append(last if goes_on[index] else None)
        if outer[index]:
            last = index if node.kind == "chapter" else None
    return between
