"""The names of States, territories and groups, as a tree of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from analyzer.knowledge.overlay import Entry
from analyzer.text.fold import fold

WORD = re.compile(r"[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+|[A-ZÀ-ÖØ-ÞĀ-ž]+(?![a-zß-ÿ])|[^\W\d_]")
"""A word of a name; words run together by a printer are cut where a small letter meets a capital: "theKingdom"."""
SHORT = 4
"""Maximum length of names in capitals (``USA``, ``EC``) that are recognised in capitals only."""
_LEADING = frozenset({"the", "los", "las", "les", "el", "la", "le"})
_END = ""
"""Key, in a node, of the code of the name that ends there."""


class NameTree:
    """Names by their words.

    Attributes:
        abbreviations: Names that are recognised in capitals only, here in small letters.
    """

    def __init__(self) -> None:
        self._tree: dict[str, Any] = {}
        self.abbreviations: set[str] = set()

    def add(self, name: str, code: str, entry: Entry[Any]) -> None:
        """Add a name.

        Args:
            name: The name.
            code: The code of the State or group; empty for a phrase that is not a name.
            entry: The entry with the name, for the error.

        Raises:
            KnowledgeError: The name already belongs to another State or group.
        """
        printed = WORD.findall(name)
        words = [fold(word) for word in printed]
        while len(words) > 1 and words[0] in _LEADING:
            words.pop(0)
        node = self._tree
        for word in words:
            node = node.setdefault(word, {})
        if node.setdefault(_END, code) != code:
            raise entry.error(f"the name {name!r} belongs to {node[_END] or 'false_names'} already")
        letters = "".join(printed)
        if letters.isupper() and len(letters) <= SHORT:
            self.abbreviations.add(letters.lower())

    def longest(self, words: Sequence[str], first: int) -> tuple[int, str]:
        """Return the longest name that begins at a word: the index after its last word (-1: no name) and its code."""
        node, index = self._tree, first
        last, code = -1, ""
        while index < len(words) and words[index] in node:
            node = node[words[index]]
            index += 1
            if _END in node:
                last, code = index, node[_END]
        return last, code
