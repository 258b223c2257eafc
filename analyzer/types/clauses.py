"""The clauses of an agreement, of which some bodies may not be cut yet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyzer.types.clause import Clause


@dataclass(frozen=True, slots=True)
class Uncut:
    """The text of a body that is not cut into clauses.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        parent: Index of the clause that its clauses belong to; ``None`` at the top.
        container: The same, as whoever cuts names it (``analyzer.segment.draft``).
    """

    start: int
    end: int
    parent: int | None
    container: int | None


class Clauses(tuple[Clause, ...]):
    """Clauses in reading order, without those of some bodies.

    What asks for a body that is not cut is remembered, so that whoever made the clauses can cut it and ask again.
    Everything else is as in the whole agreement: addresses, places, the order.

    Args:
        clauses: The clauses.
        uncut: The bodies without clauses, in reading order.

    Attributes:
        uncut: The bodies without clauses, in reading order.
        asked: The containers whose bodies were asked for.
    """

    uncut: tuple[Uncut, ...]
    asked: set[int | None]

    def __new__(cls, clauses: Iterable[Clause], uncut: Sequence[Uncut] = ()) -> Clauses:
        """Make the clauses a tuple that knows what is not cut."""
        made = super().__new__(cls, tuple(clauses))
        made.uncut = tuple(uncut)
        made.asked = set()
        return made

    def __getnewargs__(self) -> tuple[tuple[Clause, ...], tuple[Uncut, ...]]:
        """Return what makes them again in another process."""
        return tuple(self), self.uncut


def ask_of(clauses: Sequence[Clause], parent: int | None) -> None:
    """Ask for the clauses that directly belong to one."""
    if isinstance(clauses, Clauses):
        clauses.asked.update(body.container for body in clauses.uncut if body.parent == parent)


def ask_below(clauses: Sequence[Clause], index: int | None) -> None:
    """Ask for all clauses below one; below ``None`` are all."""
    if isinstance(clauses, Clauses):
        start, end = (0, None) if index is None else (clauses[index].start, clauses[index].end)
        clauses.asked.update(
            body.container for body in clauses.uncut if start <= body.start and (end is None or body.start < end)
        )


def ask_at(clauses: Sequence[Clause], offset: int) -> None:
    """Ask for the clause at a place in the text."""
    if isinstance(clauses, Clauses):
        place = bisect_right(clauses.uncut, offset, key=lambda body: body.start) - 1
        if place >= 0 and offset < clauses.uncut[place].end:
            clauses.asked.add(clauses.uncut[place].container)


def asked_of(clauses: Sequence[Clause]) -> frozenset[int | None]:
    """Return the containers whose bodies were asked for in vain."""
    return frozenset(clauses.asked) if isinstance(clauses, Clauses) else frozenset()
