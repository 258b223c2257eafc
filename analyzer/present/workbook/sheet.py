"""A table as a sheet: a filter on every column, and columns that few readers need folded away behind the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any

from analyzer.knowledge.labels import Labels
from analyzer.present.cells import CELL_LIMIT, Table, cell_text, xml_text
from analyzer.present.columns import Column, Row
from analyzer.present.workbook import cells
from analyzer.present.workbook.cells import LINE_HEIGHT, LINK_LIMIT, Styles, pieces, set_up_print

WIDTHS = {
    "agreement_id": 20,
    "agreement": 30,
    "parties": 16,
    "date_signed": 12,
    "source_file": 20,
    "clause_id": 24,
    "indicator": 26,
    "words": 80,
    "chapter": 26,
    "article": 14,
    "heading": 22,
    "page_start": 11,
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
    "actor": 16,
    "counterpart": 18,
    "qualifiers": 22,
    "deadline": 30,
    "exception": 40,
    "references": 30,
    "enforced_by": 30,
    "enforced_by_clauses": 30,
    "targets": 40,
    "evidence": 60,
    "warnings": 60,
    "definition": 90,
    "name": 48,
    "group": 15,
    "pillar": 30,
    "file": 40,
    "reason": 80,
}
"""Widths of columns, in characters; other columns are as wide as their name."""
SHOWN = {
    "provisions": (
        *("agreement_id", "article", "heading", "page_start", "text", "categories", "strength", "actor", "review"),
        "review_reason",
    ),
    "agreements": (
        *("agreement_id", "agreement", "parties", "date_signed", "date_in_force", "substantive"),
        *("has_labour_provisions", "provisions", "obligations", "monitoring_and_cooperation"),
        *("dispute_settlement_mechanisms", "principles", "labour_chapter", "binding_share", "review", "version_of"),
    ),
    "instruments": (
        *("agreement_id", "article", "page_start", "text", "form", "instrument", "title", "year", "kind", "status"),
        *("not_ratified", "warnings"),
    ),
    "indicator_evidence": ("agreement_id", "indicator", "value", "clause_id", "words", "uncertain"),
    "references": ("agreement_id", "clause_id", "text", "kind", "targets", "status"),
}
"""The columns that are seen and printed, in their order; the others stand behind them, hidden until the reader
clicks on ``+`` above them."""
SMALL = {
    "provisions": {
        "agreement_id": 14, "article": 10, "heading": 13, "page_start": 5, "text": 52, "categories": 13, "strength": 7,
        "actor": 10, "review": 6, "review_reason": 15,
    },
    "indicator_evidence": {
        "agreement_id": 18, "indicator": 26, "value": 6, "clause_id": 24, "words": 52, "uncertain": 8
    },
}  # fmt: skip
"""Widths of columns on sheets in small print (8 points), so that they fit a page without being made smaller."""
ONE_LINE = {"indicator_evidence"}
"""Tables each row of which is one line high, so that they print on few pages."""
BRIEF = {"parties", "agreement", "ratified_at_signature", "ratified_now", "ratified_in", "not_ratified", "link"}
"""Columns that never make a row higher than ``BRIEF_LINES``, so that thirty parties do not push the texts apart."""
BRIEF_LINES = 3
CENTRED = {"page_start", "page_end", "strength", "year"}
DATES = {"date_signed", "date_in_force", "ratified", "denounced", "first_date", "last_date"}
"""Columns of dates; a date of which only the year is known stays a text."""
UNPRINTED = {"provisions": "evidence", "agreements": "source_sha256"}
"""The first column of each table that is not printed."""
SMALL_LINE = 11.5
"""Height of a line in small print, in points."""
EARLIEST = 1901
"""First year whose days all spreadsheet programs count alike."""
HEIGHT_LIMIT = 180.0
"""Greatest height of a row, in points: twelve lines. A sheet with very high rows is hard to scroll."""

Value = str | int | float | None
"""The value of a cell."""
Links = Mapping[tuple[int, str], str]
"""Targets of links, by the number of the row in the table, from 0, and the name of the column."""


def write_table(book: Any, table: Table, styles: Styles, labels: Labels, *, links: Links | None = None) -> None:
    """Write a table as a sheet, or as several numbered ones where it has more rows than a sheet can hold.

    Args:
        book: The workbook.
        table: The table.
        styles: The formats of the workbook.
        labels: The headings.
        links: Cells that lead to another sheet.
    """
    table = Table(table.name, _ordered(table), table.rows)
    size = cells.ROW_LIMIT - 1
    for number in range(max(1, ceil(len(table.rows) / size))):
        first = number * size
        part = Table(table.name, table.columns, table.rows[first : first + size])
        own_links = {(row - first, column): target for (row, column), target in (links or {}).items()}
        _Sheet(book.add_worksheet(sheet_name(table.name, number)), part, styles, labels, own_links).write()


def link_to_row(table: str, row: int) -> str:
    """Return the target of a link that leads to row number ``row`` (from 0) of a table."""
    number, line = divmod(row, cells.ROW_LIMIT - 1)
    return f"internal:'{sheet_name(table, number)}'!A{line + 2}"


def sheet_name(table: str, number: int = 0) -> str:
    """Return the name of the sheet of a table, or of a further part of it."""
    return table.replace("_", " ").capitalize() + (f" {number + 1}" if number else "")


def _ordered(table: Table) -> list[Column]:
    """Return the columns of a table, those that are shown first."""
    first = SHOWN.get(table.name, ())
    by_name = {column.name: column for column in table.columns}
    shown = [by_name[name] for name in first if name in by_name]
    return [*shown, *(column for column in table.columns if column not in shown)]


class _Sheet:
    """One sheet and the part of a table that is written into it."""

    def __init__(self, sheet: Any, table: Table, styles: Styles, labels: Labels, links: Links) -> None:
        self._sheet = sheet
        self._table = table
        self._styles = styles.small if table.name in SMALL else styles
        self._labels = labels
        self._links = links
        self._links_left = LINK_LIMIT
        self._extra = _continuations(table)
        self._names = [column.name for column in table.columns] + self._extra
        shown = SHOWN.get(table.name)
        self._shown = [name for name in self._names if shown is None or name in shown or name in self._extra]
        self._kinds = {column.name: column.kind for column in table.columns}
        widths = SMALL.get(table.name, {})
        self._widths = [widths.get(name) or _width(name) for name in self._names]

    def write(self) -> None:
        """Write head and rows."""
        self._write_head()
        for line, row in enumerate(self._table.rows, start=1):
            values = list(_values(row, self._table.columns, self._extra))
            self._sheet.set_row(line, self._height(values, row))
            for column, value in enumerate(values):
                if self._names[column] == "text" and row.get("lead_in"):
                    self._write_under(line, column, str(row["lead_in"]), value)
                else:
                    self._write_cell(line, column, value)

    def _write_under(self, line: int, column: int, lead: str, value: Value) -> None:
        """Write the words of a clause under the lead-in that it continues, which is grey."""
        above, words, styles = f"{xml_text(lead)}\n", str(value or ""), self._styles
        if words and len(above) + len(words) < CELL_LIMIT // 2:
            self._sheet.write_rich_string(line, column, styles.pale, above, styles.ink, words, styles.text)
        else:
            self._write_cell(line, column, value)

    def _write_head(self) -> None:
        sheet, names, rows = self._sheet, self._names, self._table.rows
        for column, (name, width) in enumerate(zip(names, self._widths, strict=True)):
            hidden = name not in self._shown
            # The column after hidden ones bears the mark that shows them again.
            after = column > 0 and names[column - 1] not in self._shown
            sheet.set_column(
                column, column, width, None, {"level": 1, "hidden": True} if hidden else {"collapsed": after}
            )
        if names and names[-1] not in self._shown:
            sheet.set_column(len(names), len(names), 4, None, {"collapsed": True})
        sheet.freeze_panes(1, 2 if self._table.name == "agreements" else 1)
        sheet.autofilter(0, 0, len(rows), len(names) - 1)
        small = self._table.name in SMALL
        set_up_print(sheet, sheet_name(self._table.name), head_rows=1, landscape=self._table.name not in ONE_LINE)
        if small:
            sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.5)
        last = max((names.index(name) for name in self._shown if name not in self._extra), default=0)
        sheet.print_area(0, 0, len(rows), last)
        sheet.set_row(0, 2 * LINE_HEIGHT)
        for column, name in enumerate(names):
            sheet.write_string(0, column, self._heading(name), self._styles.head)

    def _heading(self, name: str) -> str:
        """Return the heading of a column, also of one that continues another."""
        first, _, rest = name.partition(" (continued")
        return self._labels.heading(first) + (f" (continued{rest}" if rest else "")

    def _height(self, values: Sequence[Value], row: Row) -> float:
        height = SMALL_LINE if self._table.name in SMALL else LINE_HEIGHT
        if self._table.name in ONE_LINE:
            return height
        fitting = 1.25 if self._table.name in SMALL else 1.0  # More letters fit in small print.
        above = _lines(row["lead_in"], "text", fitting * SMALL["provisions"]["text"]) if row.get("lead_in") else 0
        lines = max(
            _lines(value, name, fitting * width) + (above if name == "text" else 0)
            for value, name, width in zip(values, self._names, self._widths, strict=True)
            if name in self._shown
        )
        return min(HEIGHT_LIMIT, lines * height)

    def _write_cell(self, line: int, column: int, value: Value) -> None:
        sheet, name = self._sheet, self._names[column]
        target = self._links.get((line - 1, name))
        style = self._styles.link if target else self._style(name, value)
        if target and self._links_left:
            self._links_left -= 1
            sheet.write_url(line, column, target, style, string="")
        if name in DATES and (day := _day(value)):
            sheet.write_datetime(line, column, day, self._styles.date)
        elif isinstance(value, int | float):
            sheet.write_number(line, column, value, style)
        elif value:
            sheet.write_string(line, column, value, style)
        else:
            sheet.write_blank(line, column, None, self._styles.text)

    def _style(self, name: str, value: Value) -> Any:
        if isinstance(value, float):
            return self._styles.share
        if self._kinds.get(name) == "flag":
            return self._styles.flagged if value == "yes" and name in ("review", "gap") else self._styles.flag
        if name in CENTRED:
            return self._styles.flag
        if self._table.name in ONE_LINE:
            return self._styles.plain_row
        return self._styles.number if isinstance(value, int) else self._styles.text


def _day(value: Value) -> date | None:
    """Return a day of the calendar of spreadsheets, ``None`` where a date is not known to the day."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return day if day and day.year >= EARLIEST else None


def _continuations(table: Table) -> list[str]:
    """Return the names of the further columns that the longest cells need, and of the note about them."""
    most = {
        column.name: max((len(pieces(_string(row[column.name], column))) for row in table.rows), default=1)
        for column in table.columns
        if column.kind in ("text", "list", "evidence")
    }
    extra = [f"{name} (continued {number})" for name, count in most.items() for number in range(1, count)]
    return [*extra, "note"] if extra else []


def _values(row: Row, columns: Sequence[Column], extra: Sequence[str]) -> Iterator[Value]:
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
    return xml_text(cell_text(value, column))


def _width(name: str) -> float:
    if "continued" in name:
        return WIDTHS["text"]
    return WIDTHS.get(name, max(8, len(name) + 3))


def _lines(value: Value, name: str, width: float) -> int:
    """Return how many lines of a column a value takes."""
    if not isinstance(value, str):
        return 1
    lines = sum(max(1, ceil(len(line) / width)) for line in value[:5000].split("\n"))
    return min(lines, BRIEF_LINES) if name in BRIEF else lines
