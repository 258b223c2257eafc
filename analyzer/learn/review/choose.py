"""Choice of the doubtful clauses most worth a lawyer's time: those with most to learn from, no two alike."""

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
"""Two clauses are alike if they share at least this fraction of the pairs of words that occur in either."""
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


def choose(doubtful: Iterable[Candidate], rows: int, *, reviewed: Collection[str] = ()) -> list[Choice]:
    """Return the rows most worth a lawyer's time, in the order of agreements and clauses.

    Each choice lowers the worth of further clauses from the same agreement and of clauses doubted for the same reason;
    a clause that is like one already chosen is skipped.

    Args:
        doubtful: The clauses with a doubt, agreement by agreement.
        rows: Maximum number of rows.
        reviewed: Digests of clauses that were reviewed before; clauses with the same words are skipped.
    """
    seen = set(reviewed)
    groups: dict[str, list[_Wording]] = {}
    for position, candidate in enumerate(doubtful):
        if digest(candidate.row["text"]) not in seen:
            wording = _Wording(position, candidate)
            groups.setdefault(wording.key, []).append(wording)
    heads = [max(group, key=lambda pick: (pick.candidate.worth, -pick.position)) for group in groups.values()]
    chosen = _pick(heads, rows)
    chosen.sort(key=lambda pick: pick.position)
    return [Choice(pick.candidate, len(groups[pick.key]) - 1) for pick in chosen]


class _Wording:
    """A candidate with its words in the form in which they are compared: folded, without numbers and punctuation."""

    def __init__(self, position: int, candidate: Candidate) -> None:
        self.position = position
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
    """Return the best wordings, chosen greedily.

    Values only fall, so the top of the heap is the best as soon as its value is up to date.
    """
    taken: Counter[tuple[str, str]] = Counter()
    chosen: list[_Wording] = []

    def value(wording: _Wording) -> float:
        first = wording.candidate.doubts[0]
        agreement, reason = wording.candidate.row["agreement_id"], first.category or first.kind
        return wording.candidate.worth / sqrt((1 + taken["agreement", agreement]) * (1 + taken["reason", reason]))

    heap = [(-value(wording), wording.position, wording) for wording in heads]
    heapq.heapify(heap)
    while heap and len(chosen) < rows:
        before, position, wording = heapq.heappop(heap)
        now = -value(wording)
        if now > before:
            heapq.heappush(heap, (now, position, wording))
        elif not any(wording.is_like(other) for other in chosen):
            chosen.append(wording)
            first = wording.candidate.doubts[0]
            taken["agreement", wording.candidate.row["agreement_id"]] += 1
            taken["reason", first.category or first.kind] += 1
    return chosen
