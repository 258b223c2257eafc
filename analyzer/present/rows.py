"""Choosing rows of the tables by what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from analyzer.errors import TableError
from analyzer.present.columns import Row

Aspect = Literal["categories", "principles", "pillars", "strength", "instruments"]


ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
"""What provisions can be counted by: columns of ``provisions``."""


def choose(wanted: Sequence[str], known: Sequence[str], *, least: int) -> list[str]:
    """Return the wanted ids as a list.

    Raises:
        TableError: One is unknown (the message names the known ones) or given twice, or there are too few.
    """
    for name in wanted:
        if name not in known:
            listed = ", ".join(sorted(known)[:20]) + (f" and {len(known) - 20} more" if len(known) > 20 else "")
            raise TableError(f"there is no agreement {name!r}; there are {listed or 'none'}")
    if len(set(wanted)) < len(wanted):
        raise TableError("an agreement is named twice")
    if len(wanted) < least:
        raise TableError(f"at least {least} agreements are needed")
    return list(wanted)


def year_of(row: Row) -> int | None:
    """Return the year of signature of a row, of entry into force where that is unknown, or ``None``."""
    written = (row["date_signed"] or row["date_in_force"])[:4]
    return int(written) if written.isascii() and written.isdigit() else None
