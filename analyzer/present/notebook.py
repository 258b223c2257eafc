"""HTML tables by which results show themselves in a notebook; every text in them is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from analyzer.present.cells import percent, shorten
from analyzer.present.columns import Row
from analyzer.present.tables import provision_rows

if TYPE_CHECKING:
    from analyzer.assemble.findings import Findings

MOST_ROWS = 30
"""Most rows that are shown; the frames hold all of them."""
LONGEST_TEXT = 400
"""Most characters of a clause that are shown."""
_MARK = "background:#ffe9a8;color:#000;padding:0 1px"


def show_agreements(rows: Sequence[Row]) -> str:
    """Return rows of ``agreements`` as an HTML table."""
    unread = sum(row["has_labour_provisions"] is None for row in rows)
    rows = [row for row in rows if row["has_labour_provisions"] is not None]
    having = sum(row["has_labour_provisions"] for row in rows)
    total = sum(row["provisions"] for row in rows)
    names = ("agreement", "signed", "provisions", "principles", "binding", "review")
    cells = (
        (
            f"<bdi>{escape(row['agreement'])}</bdi><br><small>{escape(row['agreement_id'])}</small>",
            escape(row["date_signed"]),
            str(row["provisions"]),
            escape(" ".join(row["principles"])),
            percent(row["binding_share"]),
            str(row["review"]),
        )
        for row in rows[:MOST_ROWS]
    )
    caption = f"{len(rows)} agreements, {having} with labour provisions; {total} provisions"
    caption += f"; {unread} more in languages that are not supported" if unread else ""
    return _table(caption, names, cells, (len(rows), "agreements"))


def show_provisions(analysis: Findings) -> str:
    """Return the provisions of one agreement as an HTML table, with the words that caused the categories marked."""
    rows = provision_rows(analysis)
    names = ("clause", "text", "categories", "strength", "confidence")
    cells = (
        (
            escape(row["clause_id"]) + (f"<br><small>page {row['page_start']}</small>" if row["page_start"] else ""),
            _marked(row),
            escape(" ".join(row["categories"])),
            escape(row["strength"]),
            f"{row['confidence']:.2f}{' (review)' if row['review'] else ''}",
        )
        for row in rows[:MOST_ROWS]
    )
    title = analysis.document.metadata.title or analysis.document.agreement_id
    return _table(f"{title}: {len(rows)} provisions", names, cells, (len(rows), "to_frame()"))


def _marked(row: Row) -> str:
    """Return the beginning of a clause as HTML, with its evidence marked."""
    text = shorten(" ".join(row["text"].split()), LONGEST_TEXT)
    phrases = {entry["words"] for entry in row["evidence"] if entry["given"] and entry["words"]}
    spans = sorted((offset, offset + len(phrase)) for phrase in phrases if (offset := text.find(phrase)) >= 0)
    parts, done = [], 0
    for start, end in spans:
        if end > done:
            start = max(start, done)
            parts += [escape(text[done:start]), f'<mark style="{_MARK}">{escape(text[start:end])}</mark>']
            done = end
    return f'<span dir="auto">{"".join(parts)}{escape(text[done:])}</span>'


def _table(caption: str, names: Sequence[str], rows: Iterable[Sequence[str]], every: tuple[int, str]) -> str:
    """Return a table.

    Args:
        caption: Its caption, as text.
        names: Names of its columns, as text.
        rows: Its cells, as HTML.
        every: How many rows there are, and the attribute or method that holds them all.
    """
    total, holder = every
    head = "".join(f'<th scope="col" style="text-align:left">{escape(name)}</th>' for name in names)
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align:left;vertical-align:top">{cell}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    more = f"<p>The first {MOST_ROWS} of {total}; <code>{holder}</code> has all.</p>" if total > MOST_ROWS else ""
    caption = f'<caption style="text-align:left"><b>{escape(caption)}</b></caption>'
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
