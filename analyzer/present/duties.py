"""Who must do what, by when: the duties among the provisions, and the dates of a calendar."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from importlib.util import find_spec

from analyzer.assemble.effect.deadlines import date_after
from analyzer.errors import AnalyzerError
from analyzer.present.columns import Column, Row

DUTIES = ("B", "E")
"""Strengths of provisions that put a duty: plain ones, and best endeavours."""
BY_ALL = ("each-party", "parties", "a-party")
"""Actors that stand for every Party."""
DUTY_COLUMNS = (
    Column("agreement_id", "text", "Id of the agreement."),
    Column("agreement", "text", "Its title."),
    Column("who", "text", "Who acts, as in the column actor of provisions."),
    Column("parties", "list", "Codes of the Parties that the duty binds; empty where a body or others act."),
    Column("towards", "list", "To or for whom."),
    Column("strength", "text", "B: a plain duty; E: a best endeavour."),
    Column("deadline", "list", "By when, or how often."),
    Column("due", "text", "The first date on which it is due (ISO 8601), where the entry into force is known."),
    Column("every", "text", "ISO 8601 duration after which it is due again; empty if it is due once."),
    Column("clause_id", "text", "Address of the clause."),
    Column("article", "text", "Label of the article."),
    Column("text", "text", "The exact words."),
)
_DATED = re.compile(r"\((\d{4}-\d{2}-\d{2})\)$")
_RECURRING = re.compile(r"R/(P\d+[DWMY])\b")
_FREQUENCY = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}


def duties(
    provisions: Iterable[Row], *, party: str = "", agreements: Collection[str] = (), plain_only: bool = False
) -> list[Row]:
    """Return the duties among provisions, one row each with ``DUTY_COLUMNS``: dated ones first, by date.

    Args:
        provisions: Rows of the table ``provisions``.
        party: Code of a Party whose duties are wanted; all if empty.
        agreements: Ids of agreements; all if there are none.
        plain_only: Leave out best endeavours.
    """
    rows = []
    for row in provisions:
        if row["strength"] not in DUTIES[: 1 if plain_only else None] or not row["actor"]:
            continue
        bound = _bound(row)
        if (agreements and row["agreement_id"] not in agreements) or (party and party not in bound):
            continue
        due, every = _when(row)
        kept = {
            name: row[name] for name in ("agreement_id", "agreement", "strength", "deadline", "clause_id", "article")
        }
        about = {"who": row["actor"], "parties": bound, "towards": row["counterpart"], "due": due, "every": every}
        rows.append({**kept, **about, "text": row["text"]})
    return sorted(rows, key=lambda row: (not row["due"], row["due"]))


def calendar(rows: Sequence[Row]) -> bytes:
    """Return the duties that have a date as an iCalendar file (RFC 5545), a day each.

    Raises:
        AnalyzerError: The extra ``calendar`` is not installed.
    """
    if find_spec("icalendar") is None:
        raise AnalyzerError("a calendar needs the extra: pip install 'labour-provision-analyzer[calendar]'")
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//labour-provision-analyzer//duties//EN")
    made.add("version", "2.0")
    for row in rows:
        if not row["due"]:
            continue
        day = date.fromisoformat(row["due"])
        event = Event()
        event.add("uid", f"{row['agreement_id']}/{row['clause_id']}/{row['due']}")
        event.add("dtstamp", datetime(day.year, day.month, day.day, tzinfo=UTC))
        event.add("dtstart", day)
        event.add("summary", f"{row['article'] or row['clause_id']}: {', '.join(row['deadline'])} ({row['who']})")
        event.add("description", f"{row['agreement']}\n{row['clause_id']}\n\n{row['text']}")
        if row["every"]:
            unit = _FREQUENCY[row["every"][-1]]
            event.add("rrule", {"freq": unit, "interval": int(row["every"][1:-1])})
        made.add_component(event)
    content: bytes = made.to_ical()
    return content


def _bound(row: Row) -> tuple[str, ...]:
    """Return the Parties that a provision binds."""
    if row["actor"] in BY_ALL:
        return tuple(filter(None, row["parties"].split(";")))
    kind, _, code = row["actor"].partition(":")
    return (code,) if kind == "named-party" and code else ()


def _when(row: Row) -> tuple[str, str]:
    """Return the first date on which a provision is due, and the duration after which it is due again.

    What recurs is counted from the entry into force.
    """
    in_force = row["date_in_force"] or ""
    for deadline in row["deadline"]:
        if dated := _DATED.search(deadline):
            return dated[1], ""
        recurring = _RECURRING.match(deadline)
        first = date_after(in_force, recurring[1]) if recurring else ""
        if recurring and first:
            return first, recurring[1]
    return "", ""
