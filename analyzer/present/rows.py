"""What the rows of the tables have in common: the years and ids by which they are chosen and counted."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Literal, get_args

from analyzer.errors import TableError
from analyzer.present.columns import Row
from analyzer.text.fold import fold
from analyzer.text.numerals import year_of_date

Aspect = Literal["categories", "principles", "pillars", "strength", "instruments"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
"""What provisions can be counted by: columns of ``provisions``."""
NEAREST = 3
"""Most ids that are suggested for a name that is unknown."""
MOST_LISTED = 20
"""Most ids that a message lists."""


def check_agreements(wanted: Sequence[str], rows: Sequence[Row], *, least: int) -> list[str]:
    """Return the ids of the agreements that are wanted.

    Args:
        wanted: Their ids or titles; of a title, words are enough that no other has.
        rows: The rows of ``agreements``.
        least: Fewest ids that are needed.

    Raises:
        TableError: A name is unknown or fits several (the message names those near to it), or is that of an agreement
            in a language that is not supported, or is given twice, or there are too few.
    """
    known = [row for row in rows if row["has_labour_provisions"] is not None]
    wanted = [_id_of(name, known, rows) for name in wanted]
    if len(set(wanted)) < len(wanted):
        raise TableError("an agreement is named twice")
    if len(wanted) < least:
        raise TableError(f"at least {least} agreements are needed")
    return list(wanted)


def _id_of(wanted: str, known: Sequence[Row], rows: Sequence[Row]) -> str:
    """Return the id of the agreement that has an id or title."""
    ids = [str(row["agreement_id"]) for row in known]
    if wanted in ids:
        return wanted
    if any(row["agreement_id"] == wanted for row in rows):
        raise TableError(f"{wanted} is in a language that is not supported: its provisions are not known")
    words = fold(wanted).strip()
    titles = {str(row["agreement_id"]): fold(row["agreement"]).strip() for row in known}
    exact = [id for id in ids if words in (fold(id), titles[id])]
    found = exact or [id for id in ids if words and words in titles[id]]
    if len(found) == 1:
        return found[0]
    if found:
        raise TableError(f"{wanted!r} fits several agreements: {_some(found)}")
    names = {**{fold(id): id for id in ids}, **{title: id for id, title in titles.items() if title}}
    near = dict.fromkeys(names[name] for name in get_close_matches(words, names, n=NEAREST, cutoff=0.6))
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise TableError(f"there is no agreement {wanted!r}{hint}; there are {_some(sorted(ids)) or 'none'}")


def _some(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - MOST_LISTED} more" if len(ids) > MOST_LISTED else ""
    return ", ".join(ids[:MOST_LISTED]) + more


def year_of(row: Row) -> int | None:
    """Return the year of signature of a row, of entry into force where that is unknown, or ``None``."""
    return year_of_date(row["date_signed"] or row["date_in_force"])
