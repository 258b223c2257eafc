"""Containers (annexes, chapters, articles …) that are open at a point of the text, and how headings close them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.knowledge.structure import LEVELS, Structure
from analyzer.segment.chain import follows
from analyzer.segment.nodes import Body, Node
from analyzer.segment.numbering import Key, printed_keys

RANKS = {level: 2 * rank for rank, level in enumerate(LEVELS, start=1)}
"""Rank of each level of headings, highest first. A heading closes all open containers from its own rank downwards."""
TOP, INNER_ANNEX = 0, 1
"""Ranks of what stands beside the body (annexes, side letters …), and of an appendix inside an annex."""
_MOVABLE = ("part", "title")
"""Levels above chapters that stand inside chapters in some agreements …"""
_IN_CHAPTER = RANKS["chapter"] + 1
"""… and their rank there."""


@dataclass(slots=True)
class OpenContainers:
    """The open containers, outermost first, and the last number of each level.

    Attributes:
        structure: The lay-out words.
        nodes: All containers so far, in reading order.
        bodies: All bodies so far.
        stack: Rank and index of each open container.
        floor: Number of containers that stay open whatever follows.
        numbers: Last number, by whether it stands in an annex, and level.
        outer: Floor and numbers outside the text in which headings stand now, where that is quoted.
    """

    structure: Structure
    nodes: list[Node]
    bodies: list[Body]
    stack: list[tuple[int, int]] = field(default_factory=list)
    floor: int = 0
    numbers: dict[tuple[bool, str], tuple[Key, ...]] = field(default_factory=dict)
    outer: tuple[int, dict[tuple[bool, str], tuple[Key, ...]]] | None = None

    @property
    def innermost(self) -> int | None:
        """Return the index of the innermost open container."""
        return self.stack[-1][1] if self.stack else None

    @property
    def annex(self) -> int | None:
        """Return the index of the outermost open annex above the floor."""
        return next((index for _, index in self.stack[self.floor :] if self.nodes[index].kind == "annex"), None)

    def enter(self, word: str, keys: tuple[Key, ...]) -> int:
        """Close what a heading of a plain text ends, keep its number, and return its rank."""
        rank = self.rank(word, keys)
        if rank == TOP and word in self.structure.nested and self.annex is not None:
            rank = INNER_ANNEX
        elif rank > INNER_ANNEX and self.annex is not None and self._leaves_annex(word, keys):
            self._close_annex()
        self.close(rank)
        if rank == TOP:
            self.numbers = {level: number for level, number in self.numbers.items() if not level[0]}
        elif rank > INNER_ANNEX:
            self._forget_lower(rank)
            self.numbers[self.annex is not None, word] = keys
        return rank

    def stay(self) -> None:
        """Keep the open containers open: what follows stands inside the innermost and is numbered on its own."""
        self.outer = (self.floor, self.numbers)
        self.floor, self.numbers = len(self.stack), {}

    def leave(self) -> None:
        """Close what was opened since ``stay``, and count on as before."""
        if self.outer is not None:
            del self.stack[self.floor :]
            self.floor, self.numbers = self.outer
            self.outer = None

    def enter_marked(self, level: str, keys: tuple[Key, ...]) -> int:
        """Close what a heading that the source marks ends, keep its number, and return its rank."""
        rank = self.rank(level, keys)
        self.close(rank)
        if level in _MOVABLE:
            self.numbers[False, level] = keys
        return rank

    def rank(self, level: str, keys: Sequence[Key]) -> int:
        """Return the rank of a level; a part right below the heading of a chapter, and the next ones, are in it."""
        rank = RANKS.get(level, TOP)
        if level not in _MOVABLE or not self.stack:
            return rank
        within, index = self.stack[-1]
        behind_text = bool(self.bodies) and self.bodies[-1].position == len(self.nodes)
        is_first = within == RANKS["chapter"] and index == len(self.nodes) - 1 and not behind_text
        before = self.numbers.get((self.annex is not None, level), ())
        inside = any(rank == _IN_CHAPTER and self.nodes[index].word == level for rank, index in self.stack)
        return _IN_CHAPTER if is_first or (inside and _any_follows(before, keys)) else rank

    def close(self, rank: int) -> None:
        """Close the containers that a heading of ``rank`` ends; a preamble or signature block holds no headings."""
        while len(self.stack) > self.floor and (
            self.stack[-1][0] >= rank or self.nodes[self.stack[-1][1]].kind in ("preamble", "text")
        ):
            self.stack.pop()

    def _leaves_annex(self, level: str, keys: Sequence[Key]) -> bool:
        """Return whether a heading carries on the numbering of the body and not that of the annex before it."""
        body, annex = self.numbers.get((False, level), ()), self.numbers.get((True, level), ())
        if _any_follows(annex, keys):
            return False
        if _any_follows(body, keys) or (level == "chapter" and self._is_behind_annex(keys)):
            return True
        # An annex without chapters does not begin with chapter 19: some of the body were lost or left out.
        skips = not annex and RANKS[level] < RANKS["section"] and all(key[-1] > 1 for key in keys)
        return skips and any(before < key and len(before) == len(key) for before in body for key in keys)

    def _is_behind_annex(self, keys: Sequence[Key]) -> bool:
        """Return whether a chapter is the one after that of the open annex: chapter 13 behind annex 12-B."""
        number = self.nodes[self.annex].number if self.annex is not None else ""
        chapters = {key[0] for key in printed_keys(number, self.structure) if len(key) > 1}
        return any(len(key) == 1 and key[0] - 1 in chapters for key in keys)

    def _close_annex(self) -> None:
        while self.annex is not None:
            self.stack.pop()

    def _forget_lower(self, rank: int) -> None:
        """Forget the numbers of lower levels, which start again; those of articles run through the agreement."""
        in_annex = self.annex is not None
        for level, lower in RANKS.items():
            if rank < lower < RANKS["article"]:
                self.numbers.pop((in_annex, level), None)


def _any_follows(before: Sequence[Key], after: Sequence[Key]) -> bool:
    """Return whether a reading of a number is the next one after a reading of another."""
    return any(follows(earlier, later) for earlier in before for later in after)
