"""Everything known about an agreement before any decision is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzer.tag.facts import Reading
from analyzer.types import Reference, Tag


@dataclass(frozen=True, slots=True)
class Examination:
    """An agreement with all that is known about it before anything is decided.

    Attributes:
        reading: The agreement, its clauses and the terms in them.
        candidates: The clauses that can be about labour, by index.
        tags: Tags of rules and instruments, by clause index.
        references: The instruments it cites anywhere.
        vetoed: The clauses that are no labour provisions by a veto of the rules, by index.
    """

    reading: Reading
    candidates: Sequence[int]
    tags: Mapping[int, Sequence[Tag]]
    references: tuple[Reference, ...]
    vetoed: frozenset[int] = frozenset()
