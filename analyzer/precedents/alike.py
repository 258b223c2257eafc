"""Texts that share most of their words: measured alone, without a corpus, so that it never changes.

How alike two texts are is the share of their words and pairs of words that both have (Jaccard). It depends on nothing
but the two texts; rarity in a corpus would change whenever an agreement is added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import ceil

Shingles = frozenset[str]


def shingles(words: Sequence[str]) -> Shingles:
    """Return the words of a text, and its pairs of neighbours with its beginning and end."""
    return frozenset([*words, *(f"{one} {other}" for one, other in pairwise(("^", *words, "$")))])


def jaccard(one: Shingles, other: Shingles) -> float:
    """Return the share of what either text has that both have."""
    return len(one & other) / len(one | other) if one or other else 1.0


class Leaders:
    """Texts that stand for all that are like them; a text is compared with those alone that can be like it.

    Two sets of which a share ``least`` is common must share one of their first members in any common order, if enough
    of them are looked at (prefix filtering: Chaudhuri, Ganti and Kaushik, 2006). The rarest come first, so few texts
    are compared, and none is missed.

    Args:
        texts: All texts that will be compared.
        least: Least share of what both have.
    """

    def __init__(self, texts: Iterable[Shingles], least: float) -> None:
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(text)
        self._order: Mapping[str, int] = {
            shingle: rank for rank, shingle in enumerate(sorted(counts, key=lambda one: (counts[one], one)))
        }
        self._least = least
        self._leaders: list[Shingles] = []
        self._with: dict[str, list[int]] = {}

    def nearest(self, text: Shingles) -> tuple[int, float] | None:
        """Return the number of the leader that a text is most like, and how much; the first of equals."""
        best: tuple[int, float] | None = None
        for number in sorted({number for shingle in self._first(text) for number in self._with.get(shingle, ())}):
            leader = self._leaders[number]
            if self._least * len(leader) <= len(text) and self._least * len(text) <= len(leader):
                share = jaccard(leader, text)
                if share >= self._least and (best is None or share > best[1]):
                    best = number, share
        return best

    def add(self, text: Shingles) -> int:
        """Make a text a leader and return its number."""
        number = len(self._leaders)
        self._leaders.append(text)
        for shingle in self._first(text):
            self._with.setdefault(shingle, []).append(number)
        return number

    def _first(self, text: Shingles) -> list[str]:
        ranked = sorted(text, key=lambda shingle: self._order.get(shingle, -1))
        return ranked[: len(ranked) - ceil(self._least * len(ranked)) + 1]
