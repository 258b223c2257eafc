"""How results show themselves in a notebook: small HTML tables, every text in them escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from analyzer.present.columns import Row
from analyzer.present.tables import provision_rows

if TYPE_CHECKING:
    from analyzer.assemble.findings import Findings

MOST_ROWS = 30
LONGEST = 400
"""Most rows of a table, and most characters of a clause: the frames hold everything."""
OMISSION = " […]"
_MARK = "background:#ffe9a8;color:#000;padding:0 1px"


def cut(text: str, most: int) -> str:
    """Return text, or its beginning up to the end of a word if it is longer than ``most`` characters."""
    if len(text) <= most + len(OMISSION):
        return text
    whole = text[:most].rpartition(" ")[0]
    return (whole if len(whole) > most // 2 else text[:most]).rstrip() + OMISSION


def show_agreements(rows: Sequence[Row]) -> str:
    """Return agreements as an HTML table."""
    having = sum(row["has_labour_provisions"] for row in rows)
    total = sum(row["provisions"] for row in rows)
    names = ("agreement", "signed", "provisions", "principles", "binding", "review")
    cells = (
        (
            f"<bdi>{escape(row['agreement'])}</bdi><br><small>{escape(row['agreement_id'])}</small>",
            escape(row["date_signed"]),
            str(row["provisions"]),
            escape(" ".join(row["principles"])),
            "" if row["binding_share"] is None else f"{row['binding_share']:.0%}",
            str(row["review"]),
        )
        for row in rows[:MOST_ROWS]
    )
    caption = f"{len(rows)} agreements, {having} with labour provisions; {total} provisions"
    return _table(caption, names, cells, len(rows))


def show_provisions(analysis: Findings) -> str:
    """Return the provisions of one agreement as an HTML table, with the words that caused the categories marked."""
    rows = provision_rows(analysis)
    cells = (
        (
            escape(row["clause_id"]) + (f"<br><small>page {row['page_start']}</small>" if row["page_start"] else ""),
            _marked(row),
            escape(" ".join(row["categories"])),
            escape(row["strength"]),
            f"{row['confidence']:.2f}{' ?' if row['review'] else ''}",
        )
        for row in rows[:MOST_ROWS]
    )
    title = analysis.document.metadata.title or analysis.document.agreement_id
    return _table(
        f"{title}: {len(rows)} provisions", ("clause", "text", "categories", "strength", "sure"), cells, len(rows)
    )


def _marked(row: Row) -> str:
    """Return the beginning of a clause as HTML, its evidence marked."""
    text = cut(" ".join(row["text"].split()), LONGEST)
    words = {entry["words"] for entry in row["evidence"] if entry["given"] and entry["words"]}
    spans = sorted((at, at + len(word)) for word in words if (at := text.find(word)) >= 0)
    parts, done = [], 0
    for start, end in spans:
        if end > done:
            start = max(start, done)
            parts += [escape(text[done:start]), f'<mark style="{_MARK}">{escape(text[start:end])}</mark>']
            done = end
    return f'<span dir="auto">{"".join(parts)}{escape(text[done:])}</span>'


def _table(caption: str, names: Sequence[str], rows: Iterable[Sequence[str]], total: int) -> str:
    """Return a table; the cells are HTML already, caption and names are not."""
    head = "".join(f'<th scope="col" style="text-align:left">{escape(name)}</th>' for name in names)
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align:left;vertical-align:top">{cell}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    rest = f"<p>The first {MOST_ROWS} of {total}; <code>to_frame()</code> holds all.</p>" if total > MOST_ROWS else ""
    caption = f'<caption style="text-align:left"><b>{escape(caption)}</b></caption>'
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"
