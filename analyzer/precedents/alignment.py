"""Which clause of a new version is which of an old one, although renumbered, moved, edited, split or merged.

First the clauses whose words occur once on each side are joined: they are landmarks. Then the others are joined in the
order of how alike they are; among equals (``(a) wages;``) that which stands where the landmarks around it lead one to
expect it. What is left and lies whole within a clause that is joined already, in words that its partner does not have,
comes from a split; the other way round from a merger.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.precedents.alike import Shingles, shingles

LEAST, LEAST_NEAR = 0.34, 0.45
"""Least share of words and pairs of words (Dice) of two clauses that are joined; and least sum of it and of the pull of
the place, so that clauses far from each other must be more alike."""
WITHIN = 0.7
"""Least share of the words of a part that the whole must have beside its partner's."""
SHORTEST_PART = 4
"""Fewest words of a part of a split clause."""
RARE, MOST_PARTNERS = 14, 40
"""Of each clause the rarest words and pairs are looked up; those of more clauses than this are passed over."""
NEAR = 6
"""Distance from the place that landmarks lead to at which the pull of the place is halved."""
PULL = 0.12
"""How much the place counts beside the words."""
BESIDE = 4
"""Most clauses between a part and the part that is joined already."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two clauses of which one is the other, or a part of it.

    Attributes:
        old: Position of the old clause.
        new: Position of the new one.
        similarity: Share of words and pairs of words that both have, 0 to 1.
    """

    old: int
    new: int
    similarity: float


def align(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> list[Link]:
    """Return which clauses belong together, in the order of the old ones.

    Args:
        old: The words of each old clause, in reading order.
        new: Those of each new one.
    """
    return _Alignment(old, new).links()


class _Alignment:
    def __init__(self, old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> None:
        self._words = [list(map(tuple, side)) for side in (old, new)]
        self._sets: list[list[Shingles]] = [[shingles(words) for words in side] for side in self._words]
        self._new_of: dict[int, int] = {}
        self._old_of: dict[int, int] = {}
        self._landmarks: list[int] = []

    def links(self) -> list[Link]:
        """Return all links."""
        self._join_unique()
        self._join_alike()
        found = [self._link(old, new) for old, new in self._new_of.items()]
        found += [self._link(old, new) for old, new in self._parts(0)]
        found += [self._link(old, new) for new, old in self._parts(1)]
        return sorted(set(found), key=lambda link: (link.old, link.new))

    def _link(self, old: int, new: int) -> Link:
        return Link(old, new, round(_dice(self._sets[0][old], self._sets[1][new]), 3))

    def _join(self, old: int, new: int) -> None:
        self._new_of[old], self._old_of[new] = new, old

    def _join_unique(self) -> None:
        """Join the clauses whose words occur once on each side."""
        counts = [Counter(side) for side in self._words]
        place = {words: number for number, words in enumerate(self._words[1])}
        for number, words in enumerate(self._words[0]):
            if words and counts[0][words] == counts[1][words] == 1:
                self._join(number, place[words])
        self._landmarks = sorted(self._new_of)

    def _join_alike(self) -> None:
        """Join the others, those most alike and nearest to their place first."""
        ranked = sorted(
            (
                (-(similarity + PULL * self._nearness(old, new)), abs(new - self._expected(old)), old, new)
                for old, new, similarity in self._candidates()
            ),
        )
        for _, _, old, new in ranked:
            if old not in self._new_of and new not in self._old_of:
                self._join(old, new)

    def _candidates(self) -> Iterator[tuple[int, int, float]]:
        """Yield the pairs of clauses that are not joined yet and share enough of their words."""
        olds = [number for number, words in enumerate(self._words[0]) if words and number not in self._new_of]
        news = [number for number, words in enumerate(self._words[1]) if words and number not in self._old_of]
        having: dict[str, list[int]] = {}
        for number in news:
            for shingle in self._sets[1][number]:
                having.setdefault(shingle, []).append(number)
        for old in olds:
            known = sorted((len(having[one]), one) for one in self._sets[0][old] if one in having)
            partners = {new for count, one in known[:RARE] if count <= MOST_PARTNERS for new in having[one]}
            same = having[known[0][1]] if known else []
            middle = bisect_left(same, self._expected(old))
            partners |= set(same[max(0, middle - MOST_PARTNERS // 2) : middle + MOST_PARTNERS // 2])
            for new in sorted(partners):
                similarity = _dice(self._sets[0][old], self._sets[1][new])
                if similarity >= LEAST and similarity + PULL * self._nearness(old, new) >= LEAST_NEAR:
                    yield old, new, similarity

    def _nearness(self, old: int, new: int) -> float:
        return 1 / (1 + abs(new - self._expected(old)) / NEAR)

    def _expected(self, old: int) -> float:
        """Return where a clause should stand in the new version, by the nearest landmark."""
        position = bisect_left(self._landmarks, old)
        around = self._landmarks[max(0, position - 1) : position + 1]
        if not around:
            return old * len(self._words[1]) / max(1, len(self._words[0]))
        nearest = min(around, key=lambda landmark: abs(landmark - old))
        return self._new_of[nearest] + old - nearest

    def _parts(self, side: int) -> Iterator[tuple[int, int]]:
        """Yield wholes of one side and parts of the other that are joined to nothing: a part of the whole's words."""
        partner_of, taken = (self._new_of, self._old_of) if side == 0 else (self._old_of, self._new_of)
        other = 1 - side
        free = [
            number
            for number, words in enumerate(self._words[other])
            if number not in taken and len(words) >= SHORTEST_PART
        ]
        if not free:
            return
        rests = {whole: self._rest(side, whole, partner) for whole, partner in partner_of.items()}
        having: dict[str, list[int]] = {}
        for whole, rest in rests.items():
            for shingle in rest if len(rest) > SHORTEST_PART else ():
                having.setdefault(shingle, []).append(whole)
        for part in free:
            known = sorted((len(having[one]), one) for one in self._sets[other][part] if one in having)
            wholes = {whole for count, one in known[:RARE] if count <= MOST_PARTNERS for whole in having[one]}
            shares = ((len(self._sets[other][part] & rests[whole]) / len(self._sets[other][part]), -whole)
                      for whole in wholes if abs(partner_of[whole] - part) <= BESIDE)  # fmt: skip
            share, whole = max(shares, default=(0.0, 0))
            if share >= WITHIN:
                yield -whole, part

    def _rest(self, side: int, whole: int, partner: int) -> Shingles:
        """Return what a clause has beside the words of its partner."""
        words = Counter(self._words[side][whole])
        words.subtract(self._words[1 - side][partner])
        left = {word for word, count in words.items() if count > 0}
        if not left:
            return frozenset()
        beside = self._sets[side][whole] - self._sets[1 - side][partner]
        small = {word for word in self._words[side][whole] if any(word in one.split() for one in beside)}
        return beside | left | small


def _dice(one: Shingles, other: Shingles) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0
