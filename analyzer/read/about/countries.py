"""States and groups of States named in a text, by all the names that agreements call them.

Names come from ``knowledge/members.csv`` (member States of the ILO), ``knowledge/countries.csv`` (other States and
territories, official and historical names) and ``knowledge/groups.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analyzer.errors import KnowledgeError
from analyzer.knowledge.instruments import FOLDER, read_rows
from analyzer.knowledge.metadata_words import load_words
from analyzer.knowledge.states import MEMBER_COLUMNS, load_parties
from analyzer.text.fold import fold

FILE = FOLDER / "countries.csv"
# Words run together by a printer are cut where a small letter meets a capital: "theKingdom".
_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+|[A-ZÀ-ÖØ-ÞĀ-ž]+(?![a-zß-ÿ])|[^\W\d_]")
_SHORT = 4
"""Names of so few letters in capitals (``USA``, ``EC``) are recognised in capitals only."""
_LEADING = frozenset({"the", "los", "las", "les", "el", "la", "le"})

_END = ""
"""Key of a node of the tree of names that holds the code of the name that ends there."""


@dataclass(frozen=True, slots=True)
class Named:
    """A State or group named in a text: its code (ISO 3166-1 alpha-3, or a group's) and where the name stands."""

    code: str
    start: int
    end: int


def find_countries(text: str, start: int = 0, end: int | None = None) -> list[Named]:
    """Return the States and groups named in ``text[start:end]``, in order; of names that overlap the longest."""
    tree = _names()
    words = [
        (fold(match[0]), match.start(), match.end(), match[0].isupper())
        for match in _WORD.finditer(text, start, end or len(text))
    ]
    found: list[Named] = []
    at = 0
    while at < len(words):
        node, last, code, step = tree, -1, "", at
        while step < len(words) and words[step][0] in node:
            node = node[words[step][0]]
            step += 1
            if _END in node:
                last, code = step, node[_END]
        if last > at and not code:
            at = last
        elif last > at and _is_name(text, words[at:last]):
            found.append(Named(code, words[at][1], words[last - 1][2]))
            at = last
        else:
            at += 1
    return found


def _is_name(text: str, words: list[tuple[str, int, int, bool]]) -> bool:
    """Say whether words are printed as a name: it begins with a capital, an abbreviation is in capitals."""
    first = text[words[0][1]]
    if not first.isupper() or (words[0][1] and text[words[0][1] - 1].isalpha() and text[words[0][1] - 1].isupper()):
        return False
    letters = "".join(word for word, *_ in words)
    return letters not in _abbreviations() or all(capital for *_, capital in words)


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(
        "".join(_WORD.findall(name)).lower()
        for name, _ in _known()
        if (letters := "".join(_WORD.findall(name))).isupper() and len(letters) <= _SHORT
    )


@cache
def _names() -> dict[str, Any]:
    """Return the tree of names: words lead from node to node."""
    tree: dict[str, Any] = {}
    for name, code in _known():
        words = [fold(match[0]) for match in _WORD.finditer(name)]
        while len(words) > 1 and words[0] in _LEADING:
            words.pop(0)
        node = tree
        for word in words:
            node = node.setdefault(word, {})
        if node.setdefault(_END, code) != code:
            raise KnowledgeError(f"the name {name!r} belongs to {node[_END]} and to {code}", file=FILE)
    return tree


@cache
def _known() -> tuple[tuple[str, str], ...]:
    """Return all names with their codes."""
    return (*_of_countries(), *_of_members(), *((name, "") for name in load_words().false_names))


def _of_members() -> Iterator[tuple[str, str]]:
    for _, row in read_rows(FOLDER / "members.csv", MEMBER_COLUMNS):
        yield from ((name, row["iso3"]) for name in (row["name"], *filter(None, row["aliases"].split(";"))))
    for code, group in load_parties().groups.items():
        yield from ((name, code) for name in (group.name, *group.aliases, code))


def _of_countries(file: Path = FILE) -> Iterator[tuple[str, str]]:
    for _, row in read_rows(file, ("iso3", "names")):
        if not re.fullmatch(r"[A-Z]{3}", row["iso3"]):
            raise KnowledgeError(f"a row must be a code of three letters and names: {row}", file=file)
        yield from ((name.strip(), row["iso3"]) for name in row["names"].split(";") if name.strip())
