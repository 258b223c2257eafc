"""The annexes that clauses cite: "the conventions listed in Part A of Annex VIII" say what that part lists.

A clause that goes on ("it accepts the monitoring of those conventions") cites what a clause before it cites.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import overload

from analyzer.knowledge.structure import Structure
from analyzer.tag.lexicon import Hits
from analyzer.types import Clause, ask_below

BACK = 60
"""Clauses before a clause among which the last that cites an annex is looked for."""
MOST_INSIDE = 80
"""Clauses of an annex that are looked at."""


class HitsOnDemand(Sequence[Hits]):
    """The terms in pieces of text, looked for when they are asked for."""

    def __init__(self, find: Callable[[], Sequence[Hits]]) -> None:
        self._find = find

    @cached_property
    def _found(self) -> Sequence[Hits]:
        return self._find()

    @overload
    def __getitem__(self, index: int) -> Hits: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Hits]: ...

    def __getitem__(self, index: int | slice) -> Hits | Sequence[Hits]:
        return self._found[index]

    def __len__(self) -> int:
        return len(self._found)


class CitedAnnexes:
    """Finds the annexes, or their parts, that clauses cite.

    Args:
        clauses: The clauses of the agreement.
        folded: Its text, folded.
        structure: The words for annexes and their parts.
    """

    def __init__(self, clauses: Sequence[Clause], folded: str, structure: Structure) -> None:
        self._clauses, self._folded, self._structure = clauses, folded, structure
        self._own = lru_cache(maxsize=None)(self._find)

    @cached_property
    def _annexes(self) -> Mapping[str, int]:
        return _numbered(self._clauses, range(len(self._clauses)), ("annex",))

    def of(self, index: int) -> list[int]:
        """Return the clauses of the annexes or parts that a clause cites, or the last clause before it that cites any.

        They begin with the annex or part itself; its later clauses are left out.
        """
        if not self._annexes:
            return []
        ask_below(self._clauses, None)
        for before in range(index, max(-1, index - BACK), -1):
            if cited := self._own(before):
                return [inside for container in cited for inside in self._inside(container)]
        return []

    def _inside(self, container: int) -> range:
        end = self._clauses[container].end
        last = container
        while last + 1 < len(self._clauses) and self._clauses[last + 1].start < end and last - container < MOST_INSIDE:
            last += 1
        return range(container, last + 1)

    def _find(self, index: int) -> tuple[int, ...]:
        clause, levels = self._clauses[index], self._structure.levels
        parts = tuple(word for word, level in levels.items() if level in ("part", "section"))
        cited = []
        for match in _mention(tuple(self._structure.annexes), parts).finditer(
            self._folded, clause.start, clause.own_end
        ):
            annex = self._annexes.get(match["annex"])
            if annex is None or annex == index:
                continue
            inner = _numbered(self._clauses, self._inside(annex), ("part", "section")) if match["part"] else {}
            cited.append(inner.get(match["part"], annex))
        return tuple(cited)


def _numbered(clauses: Sequence[Clause], indices: Sequence[int] | range, kinds: tuple[str, ...]) -> Mapping[str, int]:
    """Return the clauses of some kinds by their number, in small letters; of several the first."""
    found: dict[str, int] = {}
    for index in indices:
        if clauses[index].kind in kinds and clauses[index].number:
            found.setdefault(clauses[index].number.lower(), index)
    return found


@lru_cache(maxsize=4)
def _mention(annexes: tuple[str, ...], parts: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the number of an annex in folded text, and of the part of it that is meant."""
    number = r"[a-z\d]+(?:[-.][a-z\d]+)*"
    return re.compile(
        rf"(?:\b(?:{'|'.join(map(re.escape, parts))})\s+(?P<part>{number})"
        r"\s+(?:of|to|in|de|del|a)\s+(?:the\s+|la\s+|l['’]\s*)?)?"
        rf"\b(?:{'|'.join(map(re.escape, annexes))})\s+(?P<annex>{number})"
    )
