"""Choose, among all clauses with a doubt, the rows most worth a lawyer's look: much to learn, and no two alike."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import sqrt

from analyzer.learn.review.doubts import Candidate
from analyzer.learn.training.gold import digest
from analyzer.text.fold import fold

ALIKE = 0.6
"""Two clauses are alike if they share at least this part of their pairs of words (of all pairs in either)."""
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """A clause to show.

    Attributes:
        candidate: The clause.
        copies: How many other clauses with a doubt have the same words.
    """

    candidate: Candidate
    copies: int


def choose(found: Iterable[Candidate], rows: int, *, reviewed: Collection[str] = ()) -> list[Choice]:
    """Return the rows most worth a lawyer's look, in the order of agreements and clauses.

    Each choice lowers the worth of what is still to be chosen from the same agreement, and of what is doubted for the
    same reason; a clause like one that is chosen already is left out.

    Args:
        found: The clauses with a doubt, agreement by agreement.
        rows: How many to choose at most.
        reviewed: Digests of clauses that were reviewed before; clauses with the same words are left out.
    """
    known = set(reviewed)
    groups: dict[str, list[_Wording]] = {}
    for place, candidate in enumerate(found):
        if digest(candidate.row["text"]) not in known:
            wording = _Wording(place, candidate)
            groups.setdefault(wording.key, []).append(wording)
    heads = [max(group, key=lambda one: (one.candidate.worth, -one.place)) for group in groups.values()]
    chosen = _pick(heads, rows)
    chosen.sort(key=lambda one: one.place)
    return [Choice(one.candidate, len(groups[one.key]) - 1) for one in chosen]


class _Wording:
    """A candidate with its words as they are compared: folded, without numbers and marks."""

    def __init__(self, place: int, candidate: Candidate) -> None:
        self.place = place
        self.candidate = candidate
        self._words = WORD.findall(fold(candidate.row["text"]))

    @property
    def key(self) -> str:
        return " ".join(self._words)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        words = ["", *self._words]
        return frozenset(pairwise(words))

    def is_like(self, other: _Wording) -> bool:
        shared = len(self.pairs & other.pairs)
        return shared >= ALIKE * (len(self.pairs) + len(other.pairs) - shared)


def _pick(heads: Sequence[_Wording], rows: int) -> list[_Wording]:
    """Return the best wordings, greedily: values only fall, so the top of the heap, once up to date, is the best."""
    taken: Counter[tuple[str, str]] = Counter()
    chosen: list[_Wording] = []

    def value(one: _Wording) -> float:
        first = one.candidate.doubts[0]
        agreement, reason = one.candidate.row["agreement_id"], first.category or first.kind
        return one.candidate.worth / sqrt((1 + taken["agreement", agreement]) * (1 + taken["reason", reason]))

    heap = [(-value(one), one.place, one) for one in heads]
    heapq.heapify(heap)
    while heap and len(chosen) < rows:
        before, place, one = heapq.heappop(heap)
        now = -value(one)
        if now > before:
            heapq.heappush(heap, (now, place, one))
        elif not any(one.is_like(other) for other in chosen):
            chosen.append(one)
            first = one.candidate.doubts[0]
            taken["agreement", one.candidate.row["agreement_id"]] += 1
            taken["reason", first.category or first.kind] += 1
    return chosen
