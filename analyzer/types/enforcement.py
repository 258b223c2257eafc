"""What enforces a provision."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Enforcement:
    """One way in which a provision is enforced, or its exclusion from one.

    Attributes:
        code: ``consultations``, ``panel-of-experts``, ``fines``, ``suspension``, ``dispute-settlement`` or ``excluded``
            (``knowledge/data/enforcement.toml``).
        clauses: Indices of the clauses that say so, in reading order.
    """

    code: str
    clauses: tuple[int, ...]
