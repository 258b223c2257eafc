"""Chapters that are mostly about labour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from analyzer.types import CONTAINERS, Clause, Provision

LABOUR_CHAPTER_SHARE = 0.5
"""Least share of the clauses of a labour chapter that are labour provisions.

This measure is our own. It does not need a heading that says "labour", and a single labour article in a short chapter
does not meet it, because of ``LABOUR_CHAPTER_LEAST``.
"""

LABOUR_CHAPTER_LEAST = 5
"""Least number of labour provisions in a labour chapter."""

_KINDS = ("chapter", "annex", "title", "part")


def labour_chapters(clauses: Sequence[Clause], provisions: Iterable[Provision]) -> list[int]:
    """Return the chapters, titles, parts and annexes most of whose clauses are labour provisions."""
    found = {provision.clause for provision in provisions}
    if len(found) < LABOUR_CHAPTER_LEAST:
        return []
    chapter_of: list[int | None] = []
    size: Counter[int] = Counter()
    labour: Counter[int] = Counter()
    for index, clause in enumerate(clauses):
        above = None if clause.parent is None else chapter_of[clause.parent]
        chapter = index if clause.kind in _KINDS else above
        chapter_of.append(chapter)
        if chapter is not None and clause.kind not in CONTAINERS:
            size[chapter] += 1
            labour[chapter] += index in found
    return [
        chapter
        for chapter, count in labour.items()
        if count >= LABOUR_CHAPTER_LEAST and count >= LABOUR_CHAPTER_SHARE * size[chapter]
    ]
