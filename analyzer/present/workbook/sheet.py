"""A table as a sheet: one row per row, a filter on every column, what few readers need folded away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from math import ceil
from typing import Any

from analyzer.present.cells import Table, flat
from analyzer.present.columns import Column, Row
from analyzer.present.workbook import cells
from analyzer.present.workbook.cells import LINE_HEIGHT, LINK_LIMIT, Styles, clean, pieces, set_up_print

WIDTHS = {
    "agreement_id": 20,
    "agreement": 30,
    "parties": 16,
    "date_signed": 12,
    "source_file": 20,
    "clause_id": 24,
    "chapter": 26,
    "article": 14,
    "heading": 22,
    "page_start": 8,
    "text": 80,
    "title": 40,
    "party_name": 24,
    "has_labour_provisions": 14,
    "monitoring_and_cooperation": 18,
    "dispute_settlement_mechanisms": 20,
    "ratified_in": 30,
    "not_ratified": 22,
    "kind": 16,
    "type": 13,
    "status": 12,
    "link": 30,
    "categories": 18,
    "pillars": 24,
    "instruments": 14,
    "principles": 18,
    "evidence": 60,
    "warnings": 60,
    "definition": 90,
    "name": 48,
    "group": 15,
    "pillar": 30,
    "file": 40,
    "reason": 80,
}
"""Widths of columns, in characters; others are as wide as their name."""
FOLDED = {
    "provisions": {
        *("date_in_force", "language", "source_file", "chapter", "location", "page_end", "start", "end"),
        *("source_id", "source_start", "pillars", "principles"),
    },
    "instruments": {
        *("date_in_force", "language", "source_file", "article", "location", "start", "end", "members", "principle"),
        *("ratified_at_signature", "ratified_now", "ratified_in", "ratifications_as_of"),
    },
    "agreements": {"language", "source_file"},
}
"""Columns that a click on ``+`` above them shows. Those of instruments about ratification, and the counts of agreements
per category, have sheets of their own."""
BRIEF = {"parties", "agreement", "ratified_at_signature", "ratified_now", "ratified_in", "not_ratified", "link"}
"""Columns that make a row no higher than ``BRIEF_LINES``: thirty parties need not push the text apart."""
BRIEF_LINES = 3
CENTRED = {"page_start", "page_end", "strength", "year"}
UNPRINTED = {"provisions": "evidence", "agreements": "warnings"}
"""The column from which on a table is not printed."""
HEIGHT_LIMIT = 180.0
"""Points. Rows are at most twelve lines high: a sheet of very high rows cannot be scrolled."""

Links = Mapping[tuple[int, str], str]
"""Where a cell leads, by the number of its row in the table, from 0, and the name of its column."""


def write_table(
    book: Any, table: Table, styles: Styles, *, links: Links | None = None, folded: Set[str] = frozenset()
) -> None:
    """Write a table as a sheet, or as several numbered ones where it has more rows than a sheet."""
    hidden = FOLDED.get(table.name, set()) | folded
    size = cells.ROW_LIMIT - 1
    for number in range(max(1, ceil(len(table.rows) / size))):
        name = table.name.capitalize() + (f" {number + 1}" if number else "")
        rows = table.rows[number * size : (number + 1) * size]
        here = {(at - number * size, column): target for (at, column), target in (links or {}).items()}
        _write_sheet(book.add_worksheet(name), Table(table.name, table.columns, rows), styles, here, hidden)


def place_of(table: str, row: int) -> str:
    """Return where row number ``row`` (from 0) of a table stands, as the target of a link."""
    sheet, line = divmod(row, cells.ROW_LIMIT - 1)
    name = table.capitalize() + (f" {sheet + 1}" if sheet else "")
    return f"internal:'{name}'!A{line + 2}"


def _write_sheet(sheet: Any, table: Table, styles: Styles, links: Links, folded: Set[str]) -> None:
    columns = list(table.columns)
    extra = _continuations(table)
    names = [column.name for column in columns] + extra
    kinds = {column.name: column.kind for column in columns}
    widths = [_width(name) for name in names]
    _set_columns(sheet, names, widths, folded)
    sheet.freeze_panes(1, 2 if table.name == "agreements" else 1)
    sheet.autofilter(0, 0, len(table.rows), len(names) - 1)
    set_up_print(sheet, table.name.capitalize(), head_rows=1)
    if UNPRINTED.get(table.name) in names:
        sheet.print_area(0, 0, len(table.rows), names.index(UNPRINTED[table.name]) - 1)
    sheet.set_row(0, 2 * LINE_HEIGHT)
    for at, name in enumerate(names):
        sheet.write_string(0, at, name, styles.head)
    left = LINK_LIMIT
    for line, row in enumerate(table.rows, start=1):
        values = list(_cells(row, columns, extra))
        lines = [_lines(*cell) for cell in zip(values, names, widths, strict=True) if cell[1] not in folded]
        sheet.set_row(line, min(HEIGHT_LIMIT, max(lines) * LINE_HEIGHT))
        for at, value in enumerate(values):
            target = links.get((line - 1, names[at]))
            plain = styles.flag if names[at] in CENTRED else styles.number if isinstance(value, int) else styles.text
            if target and left:
                left -= 1
                sheet.write_url(line, at, target, styles.link, string="")
            if isinstance(value, float):
                sheet.write_number(line, at, value, styles.share)
            elif isinstance(value, int):
                sheet.write_number(line, at, value, styles.link if target else plain)
            elif value and kinds.get(names[at]) == "flag":
                flagged = value == "yes" and names[at] in ("review", "gap")
                sheet.write_string(line, at, value, styles.flagged if flagged else styles.flag)
            elif value:
                sheet.write_string(line, at, value, styles.link if target else plain)
            else:
                sheet.write_blank(line, at, None, styles.text)


def _set_columns(sheet: Any, names: Sequence[str], widths: Sequence[float], folded: Set[str]) -> None:
    """Set the widths; a folded column is hidden, and the one after it bears the mark that shows it again."""
    for at, (name, width) in enumerate(zip(names, widths, strict=True)):
        if name in folded:
            sheet.set_column(at, at, width, None, {"level": 1, "hidden": True})
        else:
            sheet.set_column(at, at, width, None, {"collapsed": at > 0 and names[at - 1] in folded})


def _continuations(table: Table) -> list[str]:
    """Return the names of the further columns that the longest cells need, and of the note about them."""
    most = {
        column.name: max((len(pieces(_string(row[column.name], column))) for row in table.rows), default=1)
        for column in table.columns
        if column.kind in ("text", "list", "evidence")
    }
    extra = [f"{name} (continued {number})" for name, count in most.items() for number in range(1, count)]
    return [*extra, "note"] if extra else []


def _cells(row: Row, columns: Sequence[Column], extra: Sequence[str]) -> Iterator[str | int | float | None]:
    """Yield the values of a row's cells, those of the continuation columns at the end."""
    rest: dict[str, str] = {}
    for column in columns:
        value = row[column.name]
        if column.kind == "flag":
            yield None if value is None else "yes" if value else "no"
        elif column.kind in ("integer", "number"):
            yield value
        else:
            first, *more = pieces(_string(value, column))
            rest |= {f"{column.name} (continued {number})": piece for number, piece in enumerate(more, start=1)}
            yield first
    if rest:
        rest["note"] = f"Longer than a cell can hold; see also: {', '.join(rest)}."
    for name in extra:
        yield rest.get(name)


def _string(value: Any, column: Column) -> str:
    return clean(flat(value, column))


def _width(name: str) -> float:
    if "continued" in name:
        return WIDTHS["text"]
    return WIDTHS.get(name, max(8, len(name) + 3))


def _lines(value: str | float | None, name: str, width: float) -> int:
    """Return how many lines of a column a value takes."""
    if not isinstance(value, str):
        return 1
    lines = sum(max(1, ceil(len(line) / width)) for line in value[:5000].split("\n"))
    return min(lines, BRIEF_LINES) if name in BRIEF else lines
