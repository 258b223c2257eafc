"""Write the tables as a workbook that a lawyer can open, filter and read.

Sheets: *Agreements*, *Provisions*, *Categories* (the codebook), *Errors* and *About*, which says what the columns mean.
A cell of a workbook holds 32 767 characters at most; a longer text goes on, exactly, in the columns ``text (continued
1)`` … of the same row, and the column ``note`` says so. No cell is a formula, a link or a guess at a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.output import Table, flat
from analyzer.tables import Column, Row

CELL_LIMIT = 32_767
"""Most characters (UTF-16 code units) of a cell, and the next: most rows of a sheet (Microsoft, "Excel specifications
and limits")."""
ROW_LIMIT = 1_048_576
CREATED = datetime(2000, 1, 1)
"""Written instead of the time of the run, so that the same tables make the same file."""
WIDTHS = {
    "agreement_id": 22,
    "agreement": 32,
    "source_file": 20,
    "clause_id": 26,
    "chapter": 26,
    "article": 14,
    "heading": 24,
    "text": 80,
    "categories": 22,
    "pillars": 24,
    "evidence": 60,
    "warnings": 60,
    "file": 40,
    "reason": 80,
}
"""Widths of columns, in characters; others are as wide as their name."""
HEIGHT_LIMIT = 180.0
LINE_HEIGHT = 15.0
"""Points. Rows are at most twelve lines high: a sheet of very high rows cannot be scrolled."""

STRENGTHS = {
    "B": "Binding duty: shall, shall not, must, undertake to.",
    "E": "Best endeavour: shall strive, endeavour, seek, promote, encourage; should; as appropriate.",
    "H": "Hortatory: recognise, affirm, aim; recitals and objectives.",
    "P": "Permissive: may, right to.",
    "D": "Descriptive: definitions, facts of procedure without a duty of a Party.",
}
NOTES = (
    ("review", "A row marked “yes” is one of which the program is not sure: read the clause before you rely on it."),
    (
        "evidence",
        "For every category the rule that gave it with, in quotation marks, the words that it matched, and how sure the "
        "model was. 'not' marks a category that a rule or the model said and that was not given.",
    ),
    ("start, end", "They count characters in the text of the agreement as read, so that every row can be traced."),
    ("long texts", "What does not fit into one cell goes on in the columns “… (continued 1)” and so on of its row."),
)


@dataclass(frozen=True, slots=True)
class _Styles:
    head: Any
    text: Any
    number: Any
    share: Any
    flag: Any
    flagged: Any
    title: Any
    plain: Any


def write_workbook(path: Path, tables: Sequence[Table], *, knowledge: Knowledge, version: str) -> None:
    """Write tables, codebook and explanations as an ``.xlsx`` workbook.

    Args:
        path: File to write.
        tables: ``provisions``, ``agreements`` and ``errors``, in any order.
        knowledge: Its categories become a sheet, its version is named.
        version: Version of the package.

    Raises:
        TableError: The file cannot be written.
    """
    named = {table.name: table for table in tables}
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    try:
        with (
            path.open("wb") as file,
            TemporaryDirectory(prefix="lpa-") as scratch,
            xlsxwriter.Workbook(file, {**options, "tmpdir": scratch}) as book,
        ):
            book.set_properties({"title": "Labour provisions", "created": CREATED})
            styles = _styles(book)
            for table in (named["agreements"], named["provisions"], _codebook(knowledge), named["errors"]):
                _write_table(book, table, styles)
            _write_about(book, list(named.values()), styles, knowledge, version)
    except (XlsxWriterException, OSError) as error:
        raise TableError(f"the workbook cannot be written: {error}", file=path) from error


def clean(text: str) -> str:
    """Return text as XML can hold it: one kind of line end, no other control characters, no halves of pairs."""
    return re.sub(r"[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", re.sub(r"\r\n?|[\x0b\x0c]", "\n", text))


def pieces(text: str, limit: int = CELL_LIMIT) -> list[str]:
    """Cut text into pieces that fit a cell; joined they are the text.

    Args:
        text: Any text.
        limit: Most UTF-16 code units in a piece.
    """
    cut = []
    start = 0
    while len(text) - start > limit // 2:
        end = min(len(text), start + limit)
        while (units := _units(text[start:end])) > limit:
            end -= (units - limit + 1) // 2
        cut.append(text[start:end])
        start = end
    return [*cut, text[start:]] if start < len(text) or not cut else cut


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _styles(book: Any) -> _Styles:
    body = {"valign": "top", "text_wrap": True, "font_size": 10, "bottom": 1, "bottom_color": "#D9D9D9"}
    plain = {"valign": "top", "text_wrap": True, "font_size": 10}
    head = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3864", "border": 1, "border_color": "#8496B0"}
    return _Styles(
        head=book.add_format({**body, **head, "valign": "vcenter"}),
        text=book.add_format(body),
        number=book.add_format({**body, "text_wrap": False}),
        share=book.add_format({**body, "num_format": "0.00"}),
        flag=book.add_format({**body, "align": "center"}),
        flagged=book.add_format({**body, "align": "center", "bg_color": "#FFE699"}),
        title=book.add_format({**plain, "bold": True, "font_size": 14, "text_wrap": False}),
        plain=book.add_format(plain),
    )


def _codebook(knowledge: Knowledge) -> Table:
    columns = [Column(name, "text", "") for name in ("code", "name", "group", "pillar", "definition")]
    rows = [{column.name: getattr(known, column.name) for column in columns} for known in knowledge.categories.values()]
    return Table("categories", columns, rows)


def _write_table(book: Any, table: Table, styles: _Styles) -> None:
    """Write a table as a sheet, or as several numbered ones where it has more rows than a sheet."""
    sheets = max(1, ceil(len(table.rows) / (ROW_LIMIT - 1)))
    for number in range(sheets):
        name = table.name.capitalize() + (f" {number + 1}" if number else "")
        rows = table.rows[number * (ROW_LIMIT - 1) : (number + 1) * (ROW_LIMIT - 1)]
        _write_sheet(book.add_worksheet(name), Table(table.name, table.columns, rows), styles)


def _write_sheet(sheet: Any, table: Table, styles: _Styles) -> None:
    columns = list(table.columns)
    extra = _continuations(table)
    names = [column.name for column in columns] + extra
    kinds = {column.name: column.kind for column in columns}
    widths = [_width(name) for name in names]
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 2 if table.name == "agreements" else 1)
    sheet.autofilter(0, 0, len(table.rows), len(names) - 1)
    sheet.set_row(0, 2 * LINE_HEIGHT)
    for at, name in enumerate(names):
        sheet.write_string(0, at, name, styles.head)
    for line, row in enumerate(table.rows, start=1):
        cells = list(_cells(row, columns, extra))
        lines = max(_lines(cell, width) for cell, width in zip(cells, widths, strict=True))
        sheet.set_row(line, min(HEIGHT_LIMIT, lines * LINE_HEIGHT))
        for at, cell in enumerate(cells):
            if isinstance(cell, float):
                sheet.write_number(line, at, cell, styles.share)
            elif isinstance(cell, int):
                sheet.write_number(line, at, cell, styles.number)
            elif cell and kinds.get(names[at]) == "flag":
                flagged = cell == "yes" and names[at] == "review"
                sheet.write_string(line, at, cell, styles.flagged if flagged else styles.flag)
            elif cell:
                sheet.write_string(line, at, cell, styles.text)
            else:
                sheet.write_blank(line, at, None, styles.text)


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


def _lines(cell: str | float | None, width: float) -> int:
    if not isinstance(cell, str):
        return 1
    return sum(max(1, ceil(len(line) / width)) for line in cell[:5000].split("\n"))


def _write_about(book: Any, tables: Sequence[Table], styles: _Styles, knowledge: Knowledge, version: str) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 110)
    blocks: Mapping[str, Sequence[tuple[str, str]]] = {
        "Labour provisions of trade agreements": (
            ("Made by", f"labour-provision-analyzer {version}, knowledge {knowledge.version}"),
            ("Agreements", "One row per agreement: what it contains, counted."),
            ("Provisions", "One row per clause that is a labour provision, with its exact words and where they stand."),
            ("Categories", "The codes that the column “categories” uses, and what they mean."),
            ("Errors", "One row per file that could not be (fully) read, with the reason."),
        ),
        "Strength": tuple(STRENGTHS.items()),
        "How to read": NOTES,
        **{
            f"Columns of {table.name.capitalize()}": tuple((known.name, known.meaning) for known in table.columns)
            for table in tables
        },
    }
    line = 0
    for title, entries in blocks.items():
        sheet.write_string(line, 0, title, styles.title)
        for name, meaning in entries:
            line += 1
            sheet.write_string(line, 0, name, styles.plain)
            sheet.write_string(line, 1, meaning, styles.plain)
        line += 2
