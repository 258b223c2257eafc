"""What the rows of the tables have in common: the years and ids by which they are chosen and counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from analyzer.errors import TableError
from analyzer.present.columns import Row

Aspect = Literal["categories", "principles", "pillars", "strength", "instruments"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
"""What provisions can be counted by: columns of ``provisions``."""
MOST_LISTED = 20
"""Most ids that a message lists."""


def check_agreements(wanted: Sequence[str], rows: Sequence[Row], *, least: int) -> list[str]:
    """Return the wanted ids of agreements as a list.

    Args:
        wanted: The ids asked for.
        rows: The rows of ``agreements``.
        least: Fewest ids that are needed.

    Raises:
        TableError: An id is unknown (the message names the known ones), that of an agreement in a language that is not
            supported, or given twice, or there are too few.
    """
    known = [row["agreement_id"] for row in rows if row["has_labour_provisions"] is not None]
    unread = {row["agreement_id"] for row in rows} - set(known)
    for agreement_id in wanted:
        if agreement_id in unread:
            raise TableError(f"{agreement_id} is in a language that is not supported: its provisions are not known")
        if agreement_id not in known:
            more = f" and {len(known) - MOST_LISTED} more" if len(known) > MOST_LISTED else ""
            listed = ", ".join(sorted(known)[:MOST_LISTED]) + more
            raise TableError(f"there is no agreement {agreement_id!r}; there are {listed or 'none'}")
    if len(set(wanted)) < len(wanted):
        raise TableError("an agreement is named twice")
    if len(wanted) < least:
        raise TableError(f"at least {least} agreements are needed")
    return list(wanted)


def year_of(row: Row) -> int | None:
    """Return the year of signature of a row, of entry into force where that is unknown, or ``None``."""
    written = (row["date_signed"] or row["date_in_force"])[:4]
    return int(written) if written.isascii() and written.isdigit() else None
