"""Which of many possible headings are real: those whose numbering makes the best sequence.

A cross-reference at the start of a line looks like a heading, but it rarely continues the numbering. So candidates
are not judged one by one: ``best_chain`` picks the sequence of headings with the best evidence as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analyzer.segment.numbering import Key

_WINDOW = 24
"""How many earlier candidates a heading may follow directly; further back only as a new start."""
_NEXT = 3.5
"""Evidence in a number that is the next one."""


def follows(before: Key, after: Key) -> bool:
    """Whether ``after`` is the next number: 4 → 5, 2.7 → 2.8, 2.7 → 3.1, 2.7 → 2.7.1, 2.7.3 → 2.8, 5 → 5 bis → 6."""
    size = len(after)
    if size == len(before) + 1 and after[:-1] == before:
        return after[-1] in (1, -999)
    if size > len(before):
        return False
    if after[:-1] == before[: size - 1] and after[-1] == before[size - 1] + 1:
        return True
    if size == len(before) and before[-1] < 0 and after == (*before[:-2], before[-2] + 1):
        return True
    return size == len(before) == 2 and after == (before[0] + 1, 1)


@dataclass(slots=True)
class Candidate:
    """A possible heading: its readings, and how much its own look and surroundings speak for it."""

    keys: tuple[Key, ...]
    evidence: float


def best_chain(candidates: Sequence[Candidate], is_reset: Callable[[int, int], bool]) -> list[int]:
    """Return the indices of the sequence of headings with the best total evidence.

    Args:
        candidates: In reading order.
        is_reset: Whether a higher heading stands between two candidates (by index), so that the numbering may
            start again; the first index is -1 for the beginning of the text.
    """
    totals: list[float] = []
    previous: list[int] = []
    far_best, far_index = 0.0, -1
    for index, candidate in enumerate(candidates):
        if index > _WINDOW and totals[index - _WINDOW - 1] > far_best:
            far_best, far_index = totals[index - _WINDOW - 1], index - _WINDOW - 1
        best = far_best + _start(candidate, is_reset(far_index, index))
        origin = far_index
        for earlier in range(index - 1, max(0, index - _WINDOW) - 1, -1):
            if totals[earlier] + _NEXT <= best:
                continue
            total = totals[earlier] + _step(candidates[earlier], candidate, is_reset(earlier, index))
            if total > best:
                best, origin = total, earlier
        totals.append(best + candidate.evidence)
        previous.append(origin)
    if not totals:
        return []
    index = max(range(len(totals)), key=totals.__getitem__)
    if totals[index] <= 0:
        return []
    chain = []
    while index >= 0:
        chain.append(index)
        index = previous[index]
    return chain[::-1]


def _start(candidate: Candidate, reset: bool) -> float:
    """Evidence for a heading that continues nothing near it."""
    if any(key[-1] == 1 for key in candidate.keys):
        return 1.5 if reset else 0.5
    return -0.5 if reset else -1.5


def _step(before: Candidate, after: Candidate, reset: bool) -> float:
    """Evidence in the numbering for ``after`` being the heading that comes next after ``before``."""
    best = -4.0
    for one in before.keys:
        for two in after.keys:
            if follows(one, two):
                return _NEXT
            if len(one) == len(two) and one[:-1] == two[:-1]:
                gap = two[-1] - one[-1]
                best = max(best, -0.5 * min(gap, 6) if gap > 0 else -3.0)
            elif two > one and two[-1] == 1:
                best = max(best, 2.0)
            elif two > one and len(one) == len(two):
                best = max(best, -1.0)
    if reset:
        return max(best, _start(after, reset) + 1.0)
    return max(best, -1.5) if any(key[-1] == 1 for key in after.keys) else best
