"""A tree of words in which titles and phrases are looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_YEAR = re.compile(r"(?:19|20)\d\d")


MOST_PASSED = 3
"""Years and names within a title that may be passed over."""


class Token(NamedTuple):
    """A word that counts when titles are compared, in its compared form, and where it stands."""

    key: str
    start: int
    end: int


@dataclass(slots=True)
class Tree:
    """Titles or phrases as a tree of words; ``ids`` are those of the titles or phrases that end at this node."""

    next: dict[str, Tree] = field(default_factory=dict)
    ids: tuple[str, ...] = ()

    def add(self, keys: Iterable[str], id: str) -> None:
        """Add a title or phrase, given by its compared words."""
        node = self
        for key in keys:
            node = node.next.setdefault(key, Tree())
        if id not in node.ids:
            node.ids += (id,)

    def longest(self, tokens: Sequence[Token], first: int) -> tuple[int, tuple[str, ...]]:
        """Return the index after the longest title that begins at ``first``, and its instruments (none: no title).

        A year or an organisation's name within the title is passed over where the known title has none there ("the
        Tripartite Declaration *of the ILO* of Principles …").
        """
        nodes, passed = [self], 0
        found: tuple[int, tuple[str, ...]] = first, ()
        for index in range(first, len(tokens)):
            key = tokens[index].key
            reached = [node.next[key] for node in nodes if key in node.next]
            ended = [node.ids for node in reached if node.ids]
            if ended:
                found = (index + 1, ended[0])
            if index > first and passed < MOST_PASSED and (key.isupper() or _YEAR.fullmatch(key)):
                reached += nodes
                passed += 1
            if not reached:
                break
            nodes = reached
        return found
