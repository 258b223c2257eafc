"""A table as a sheet: a filter on every column, and columns that few readers need folded away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from math import ceil
from typing import Any

from analyzer.present.cells import Table, cell_text, xml_text
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
FOLDED = {
    "provisions": {
        *(
            "date_in_force",
            "document_kind",
            "language",
            "source_file",
            "chapter",
            "location",
            "page_end",
            "start",
            "end",
        ),
        *("source_id", "source_start", "pillars", "principles"),
        *("strength_words", "exception", "references", "enforced_by_clauses"),
    },
    "references": {"date_in_force", "document_kind", "language", "source_file", "start", "end"},
    "instruments": {
        *(
            "date_in_force",
            "document_kind",
            "language",
            "source_file",
            "article",
            "location",
            "start",
            "end",
            "members",
            "principle",
        ),
        *("ratified_at_signature", "ratified_now", "ratified_in", "ratifications_as_of"),
    },
    "agreements": {"language", "source_file", "source_sha256", "source_bytes"},
}
"""Columns that are hidden until the reader clicks on ``+`` above them.

What the table of instruments says about ratification, and the counts of agreements per category, have sheets of their
own.
"""
BRIEF = {"parties", "agreement", "ratified_at_signature", "ratified_now", "ratified_in", "not_ratified", "link"}
"""Columns that never make a row higher than ``BRIEF_LINES``, so that thirty parties do not push the texts apart."""
BRIEF_LINES = 3
CENTRED = {"page_start", "page_end", "strength", "year"}
UNPRINTED = {"provisions": "evidence", "agreements": "source_sha256"}
"""The first column of each table that is not printed."""
HEIGHT_LIMIT = 180.0
"""Greatest height of a row, in points: twelve lines. A sheet with very high rows is hard to scroll."""

Value = str | int | float | None
"""The value of a cell."""
Links = Mapping[tuple[int, str], str]
"""Targets of links, by the number of the row in the table, from 0, and the name of the column."""


def write_table(
    book: Any, table: Table, styles: Styles, *, links: Links | None = None, folded: Set[str] = frozenset()
) -> None:
    """Write a table as a sheet, or as several numbered ones where it has more rows than a sheet can hold.

    Args:
        book: The workbook.
        table: The table.
        styles: The formats of the workbook.
        links: Cells that lead to another sheet.
        folded: Columns to fold away, besides those in ``FOLDED``.
    """
    folded = FOLDED.get(table.name, set()) | folded
    size = cells.ROW_LIMIT - 1
    for number in range(max(1, ceil(len(table.rows) / size))):
        first = number * size
        part = Table(table.name, table.columns, table.rows[first : first + size])
        own_links = {(row - first, column): target for (row, column), target in (links or {}).items()}
        _Sheet(book.add_worksheet(_sheet_name(table.name, number)), part, styles, own_links, folded).write()


def link_to_row(table: str, row: int) -> str:
    """Return the target of a link that leads to row number ``row`` (from 0) of a table."""
    number, line = divmod(row, cells.ROW_LIMIT - 1)
    return f"internal:'{_sheet_name(table, number)}'!A{line + 2}"


def _sheet_name(table: str, number: int) -> str:
    return table.capitalize() + (f" {number + 1}" if number else "")


class _Sheet:
    """One sheet and the part of a table that is written into it."""

    def __init__(self, sheet: Any, table: Table, styles: Styles, links: Links, folded: Set[str]) -> None:
        self._sheet = sheet
        self._table = table
        self._styles = styles
        self._links = links
        self._links_left = LINK_LIMIT
        self._folded = folded
        self._extra = _continuations(table)
        self._names = [column.name for column in table.columns] + self._extra
        self._kinds = {column.name: column.kind for column in table.columns}
        self._widths = [_width(name) for name in self._names]

    def write(self) -> None:
        """Write head and rows."""
        self._write_head()
        for line, row in enumerate(self._table.rows, start=1):
            values = list(_values(row, self._table.columns, self._extra))
            self._sheet.set_row(line, self._height(values))
            for column, value in enumerate(values):
                self._write_cell(line, column, value)

    def _write_head(self) -> None:
        sheet, names, rows = self._sheet, self._names, self._table.rows
        for column, (name, width) in enumerate(zip(names, self._widths, strict=True)):
            if name in self._folded:
                sheet.set_column(column, column, width, None, {"level": 1, "hidden": True})
            else:
                # The column after folded ones bears the mark that shows them again.
                collapsed = column > 0 and names[column - 1] in self._folded
                sheet.set_column(column, column, width, None, {"collapsed": collapsed})
        sheet.freeze_panes(1, 2 if self._table.name == "agreements" else 1)
        sheet.autofilter(0, 0, len(rows), len(names) - 1)
        set_up_print(sheet, self._table.name.capitalize(), head_rows=1)
        if UNPRINTED.get(self._table.name) in names:
            sheet.print_area(0, 0, len(rows), names.index(UNPRINTED[self._table.name]) - 1)
        sheet.set_row(0, 2 * LINE_HEIGHT)
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, self._styles.head)

    def _height(self, values: Sequence[Value]) -> float:
        lines = max(
            _lines(value, name, width)
            for value, name, width in zip(values, self._names, self._widths, strict=True)
            if name not in self._folded
        )
        return min(HEIGHT_LIMIT, lines * LINE_HEIGHT)

    def _write_cell(self, line: int, column: int, value: Value) -> None:
        sheet, name = self._sheet, self._names[column]
        target = self._links.get((line - 1, name))
        style = self._styles.link if target else self._style(name, value)
        if target and self._links_left:
            self._links_left -= 1
            sheet.write_url(line, column, target, style, string="")
        if isinstance(value, int | float):
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
        return self._styles.number if isinstance(value, int) else self._styles.text


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
