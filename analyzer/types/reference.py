"""A cross-reference: words by which a clause refers to another part of the agreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

ReferenceStatus = Literal["resolved", "dangling", "external"]
REFERENCE_STATUSES: tuple[ReferenceStatus, ...] = get_args(ReferenceStatus)


@dataclass(frozen=True, slots=True)
class CrossReference:
    """Words by which a clause refers to another part of the agreement, or of another instrument.

    Attributes:
        clause: Index of the clause that refers.
        start: Offset of the first character of the words in ``Document.text``.
        end: Offset after their last character.
        targets: Indices of the clauses that are meant, in reading order; of a dangling reference the narrowest clause
            that exists (the article, where it has no such paragraph), or none.
        status: ``resolved``; ``dangling``: the agreement, as read, has no such part; ``external``: it is a part of
            another instrument.
    """

    clause: int
    start: int
    end: int
    targets: tuple[int, ...]
    status: ReferenceStatus
