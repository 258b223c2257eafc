"""Addresses of clauses: ``chapter-19/art-19.3/par-1/item-a``.

An address is made of the printed numbers on the way down to a clause, so that a change elsewhere in the text leaves
it as it is. Only unnumbered clauses are counted, and only within the clause that holds them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from analyzer.knowledge.structure import Structure
from analyzer.segment.tree import Node
from analyzer.text.fold import fold
from analyzer.types import CONTAINERS, Location

_PREFIXES = {"paragraph": "par", "item": "item", "subitem": "sub", "footnote": "fn"}
_OTHER = re.compile(r"[^a-z0-9.]+")
_TERM_LENGTH = 40


def slug(text: str) -> str:
    """Return ``text`` in small ASCII letters, digits, dots and hyphens."""
    return _OTHER.sub("-", fold(text)).strip("-.")


class Addresses:
    """Gives every node its address and location; ask in reading order."""

    def __init__(self, nodes: Sequence[Node], structure: Structure) -> None:
        self._nodes = nodes
        self._structure = structure
        self._made: list[str] = []
        self._prefixes: list[str] = []
        self._locations: list[Location] = []
        self._seen: Counter[str] = Counter()
        self._counts: Counter[tuple[str, str]] = Counter()

    def of(self, index: int) -> str:
        """Return the address of the next node."""
        node = self._nodes[index]
        above = self._prefix(node)
        own = self._segment(node, above)
        address = f"{above}/{own}" if above else own
        self._seen[address] += 1
        if self._seen[address] > 1:
            address = f"{address}~{self._seen[address]}"
        self._made.append(address)
        # The items of an article's only (or first) unnumbered lead-in are cited by the article: Article 5(a).
        self._prefixes.append(above if own == "text-1" else address)
        self._locations.append(self._locate(node))
        return address

    def location(self, index: int) -> Location:
        """Return where in the agreement a node stands."""
        return self._locations[index]

    def _prefix(self, node: Node) -> str:
        parent = node.parent
        if node.kind == "footnote":
            while parent is not None and self._nodes[parent].kind not in CONTAINERS:
                parent = self._nodes[parent].parent
        return "" if parent is None else self._prefixes[parent]

    def _segment(self, node: Node, above: str) -> str:
        if node.word:
            return self._container(node)
        if node.furniture:
            return "furniture"
        if node.kind == "definition" and not node.number:
            return f"def-{_short(slug(node.heading))}"
        name = _PREFIXES.get("item" if node.kind == "definition" else node.kind, node.kind)
        if node.number:
            return f"{name}-{slug(node.number) or 'x'}"
        if node.kind in ("item", "subitem"):
            name = "indent"
        self._counts[above, name] += 1
        return f"{name}-{self._counts[above, name]}"

    def _container(self, node: Node) -> str:
        word = "art" if node.word == "article" else node.word
        number = slug(node.number)
        if not number and node.kind != "preamble":
            name = slug(node.heading)
            number = _short(name.removeprefix(f"{word}-on-").removeprefix(f"{word}-").removeprefix(word))
        return f"{word}-{number}" if number else word

    def _locate(self, node: Node) -> Location:
        if node.kind == "footnote":
            return "footnote"
        if node.kind == "preamble":
            return "preamble"
        if node.kind == "annex":
            return "side letter" if node.word == "side-letter" else "annex"
        above = "body" if node.parent is None else self._locations[node.parent]
        return "body" if above == "footnote" else above


def _short(name: str) -> str:
    """Cut a slug at a hyphen so that it stays readable."""
    if len(name) <= _TERM_LENGTH:
        return name
    return name[:_TERM_LENGTH].rpartition("-")[0] or name[:_TERM_LENGTH]
