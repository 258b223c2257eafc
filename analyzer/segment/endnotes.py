"""Notes at the end of a text brought to the article that has their marker."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from analyzer.segment.nodes import Node
from analyzer.text.numerals import RAISED_FIGURES, TO_PLAIN
from analyzer.types import CONTAINERS

_MARKER = re.compile(rf"\[(?P<square>\d{{1,3}})\]|(?P<raised>[{RAISED_FIGURES}]{{1,3}})(?![{RAISED_FIGURES}])")
"""A marker that cannot be anything else: a number in square brackets, or raised, behind a word or a mark."""


def place_endnotes(nodes: Sequence[Node], text: str) -> None:
    """Let each footnote that does not stand in the article of its marker belong to the clause that has the marker.

    Args:
        nodes: The clauses, in reading order.
        text: The agreement.
    """
    notes = [index for index, node in enumerate(nodes) if node.kind == "footnote" and node.number.isdigit()]
    if not notes:
        return
    markers: dict[str, list[int]] = {}
    for match in _markers(text):
        number = (match["square"] or match["raised"]).translate(TO_PLAIN)
        markers.setdefault(number, []).append(match.start())
    starts = [node.start for node in nodes]
    for index in notes:
        note = nodes[index]
        offsets = markers.get(note.number, [])
        before = bisect_left(offsets, note.start)
        holder = _article_of(nodes, note.parent)
        if not before or (holder is not None and offsets[before - 1] >= nodes[holder].start):
            continue
        bearer = bisect_right(starts, offsets[before - 1]) - 1
        if nodes[bearer].own_end > offsets[before - 1] and nodes[bearer].kind != "footnote":
            note.parent, note.apart = bearer, True


def has_endnotes(text: str) -> bool:
    """Return whether a text has a marker, so that notes at its end may belong to clauses before them."""
    return any(True for _ in _markers(text))


def _markers(text: str) -> Iterator[re.Match[str]]:
    """Yield the markers that stand behind a word or a mark."""
    if "[" not in text and not any(figure in text for figure in RAISED_FIGURES):
        return
    for match in _MARKER.finditer(text):
        if text[max(0, match.start() - 2) : match.start()].strip(" [("):
            yield match


def _article_of(nodes: Sequence[Node], index: int | None) -> int | None:
    while index is not None and nodes[index].kind not in CONTAINERS:
        index = nodes[index].parent
    return index
