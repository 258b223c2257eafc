"""Addresses of clauses: ``chapter-19/art-19.3/par-1/item-a``.

An address is made of the printed numbers on the way down to a clause, so that a change elsewhere in the text leaves
it as it is. Only unnumbered clauses are counted, and only within the clause that holds them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from analyzer.segment.nodes import Node
from analyzer.text.fold import fold
from analyzer.types import CONTAINERS, Location

_PREFIXES = {"paragraph": "par", "item": "item", "subitem": "sub", "footnote": "fn"}
_OTHER = re.compile(r"[^a-z0-9.]+")
_RAISED_ENDING = re.compile(r"(?<=\d)\.?[ºª°]")
_TERM_LENGTH = 40
"""Characters of a name or term in an address."""


@lru_cache(maxsize=10_000)
def slug(text: str) -> str:
    """Return ``text`` in small ASCII letters, digits, dots and hyphens; ``2º`` as ``2``."""
    return _OTHER.sub("-", fold(_RAISED_ENDING.sub("", text))).strip("-.")


class Addresses:
    """Addresses and locations of the nodes of a tree.

    Attributes:
        addresses: Address of each node.
        locations: Where in the agreement each node stands.
    """

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.addresses: list[str] = []
        self.locations: list[Location] = []
        self._nodes = nodes
        self._prefixes: list[str] = []
        self._repeated: Counter[str] = Counter()
        self._unnumbered: Counter[tuple[str, str]] = Counter()
        for node in nodes:
            self._add(node)

    def _add(self, node: Node) -> None:
        """Give the next node in reading order its address and location."""
        above = self._prefix(node)
        segment = self._segment(node, above)
        address = f"{above}/{segment}" if above else segment
        self._repeated[address] += 1
        if self._repeated[address] > 1:
            address = f"{address}~{self._repeated[address]}"
        self.addresses.append(address)
        # The items of an article's only (or first) unnumbered lead-in are cited by the article: Article 5(a).
        self._prefixes.append(above if segment == "text-1" else address)
        self.locations.append(self._locate(node))

    def _prefix(self, node: Node) -> str:
        """Return the beginning of an address; footnotes are numbered within their article."""
        parent = node.parent
        if node.kind == "footnote":
            while parent is not None and self._nodes[parent].kind not in CONTAINERS:
                parent = self._nodes[parent].parent
        return "" if parent is None else self._prefixes[parent]

    def _segment(self, node: Node, above: str) -> str:
        """Return the last part of an address."""
        if node.word:
            return _container_segment(node)
        if node.furniture:
            return "furniture"
        if node.kind == "definition" and not node.number:
            return f"def-{_short(slug(node.heading))}"
        name = _PREFIXES.get("item" if node.kind == "definition" else node.kind, node.kind)
        if node.number:
            return f"{name}-{slug(node.number) or 'x'}"
        if node.kind in ("item", "subitem"):
            name = "indent"
        self._unnumbered[above, name] += 1
        return f"{name}-{self._unnumbered[above, name]}"

    def _locate(self, node: Node) -> Location:
        if node.word == "contents":
            return "contents"
        if node.word == "cover":
            return "cover"
        above = "body" if node.parent is None else self.locations[node.parent]
        if above == "cover":
            return above
        if node.kind == "footnote":
            return "footnote"
        if node.kind == "preamble":
            return "preamble"
        if node.kind == "annex":
            return "side letter" if node.word == "side-letter" else "annex"
        return "body" if above == "footnote" else above


def _container_segment(node: Node) -> str:
    """Return the part of an address that names a container, by its number or else by its heading."""
    word = "art" if node.word == "article" else node.word
    number = slug(node.number)
    if not number and node.kind != "preamble":
        first, _, rest = slug(node.heading).partition("-")
        # "PROTOCOLO COMPLEMENTARIO" below the word "protocol": its own word is not repeated.
        name = rest.removeprefix("on-") if first.startswith(word) else f"{first}-{rest}".strip("-")
        number = _short(name)
    return f"{word}-{number}" if number else word


def _short(name: str) -> str:
    """Cut a slug at a hyphen so that it stays readable."""
    if len(name) <= _TERM_LENGTH:
        return name
    return name[:_TERM_LENGTH].rpartition("-")[0] or name[:_TERM_LENGTH]
