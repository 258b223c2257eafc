"""The true headings among many candidates: those whose numbers make the best sequence.

A cross-reference at the start of a line looks like a heading, but it rarely continues the numbering. So candidates
are not judged one by one: ``best_chain`` picks the sequence of headings with the best evidence as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analyzer.segment import weights
from analyzer.segment.numbering import SUFFIX_BASE, Key

_WINDOW = 24
"""Number of earlier candidates that a heading may follow directly; those further back only as a new start."""


def follows(before: Key, after: Key) -> bool:
    """Return whether ``after`` is the next number.

    Next numbers are 4 → 5, 2.7 → 2.8, 2.7 → 3.1, 2.7 → 2.7.1, 2.7.3 → 2.8 and 5 → 5 bis → 6.
    """
    size = len(after)
    if size == len(before) + 1 and after[:-1] == before:
        return after[-1] in (1, SUFFIX_BASE + 1)
    if size > len(before):
        return False
    if after[:-1] == before[: size - 1] and after[-1] == before[size - 1] + 1:
        return True
    if size == len(before) and before[-1] < 0 and after == (*before[:-2], before[-2] + 1):
        return True
    return size == len(before) == 2 and after == (before[0] + 1, 1)


@dataclass(slots=True)
class ChainLink:
    """A possible member of the chain: the readings of its number, and the evidence of its look and surroundings."""

    keys: tuple[Key, ...]
    evidence: float


def best_chain(links: Sequence[ChainLink], is_reset: Callable[[int, int], bool]) -> list[int]:
    """Return the indices of the sequence of headings with the best total evidence.

    Args:
        links: The candidates in reading order.
        is_reset: Whether a higher heading stands between two of them (by index), so that the numbering may start
            again; the first index is -1 for the beginning of the text.
    """
    totals: list[float] = []
    previous: list[int] = []
    far_best, far_index = 0.0, -1
    for index, link in enumerate(links):
        if index > _WINDOW and totals[index - _WINDOW - 1] > far_best:
            far_best, far_index = totals[index - _WINDOW - 1], index - _WINDOW - 1
        best = far_best + _start(link, is_reset(far_index, index))
        origin = far_index
        for earlier in range(index - 1, max(0, index - _WINDOW) - 1, -1):
            if totals[earlier] + weights.NEXT_NUMBER <= best:
                continue
            total = totals[earlier] + _step(links[earlier], link, is_reset(earlier, index))
            if total > best:
                best, origin = total, earlier
        totals.append(best + link.evidence)
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


def _start(link: ChainLink, reset: bool) -> float:
    """Return the evidence for a heading that continues nothing near it."""
    if any(key[-1] == 1 for key in link.keys):
        return weights.FIRST_NUMBER_AFTER_HIGHER if reset else weights.FIRST_NUMBER
    return weights.LATER_NUMBER_AFTER_HIGHER if reset else weights.LATER_NUMBER


def _step(before: ChainLink, after: ChainLink, reset: bool) -> float:
    """Return the evidence in the numbers for ``after`` being the heading that comes next after ``before``."""
    best = weights.UNRELATED
    for earlier in before.keys:
        for later in after.keys:
            if follows(earlier, later):
                return weights.NEXT_NUMBER
            if len(earlier) == len(later) and earlier[:-1] == later[:-1]:
                skipped = min(later[-1] - earlier[-1], weights.MOST_SKIPPED)
                best = max(best, weights.SKIPPED_NUMBER * skipped if skipped > 0 else weights.BACKWARDS)
            elif later > earlier and later[-1] == 1:
                best = max(best, weights.FIRST_OF_LATER)
            elif later > earlier and len(earlier) == len(later):
                best = max(best, weights.MIDDLE_OF_LATER)
    if reset:
        return max(best, _start(after, reset) + weights.AFTER_RESET)
    return max(best, weights.RESTART) if any(key[-1] == 1 for key in after.keys) else best
