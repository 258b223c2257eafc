"""Write tables as CSV, JSON lines, a workbook and the hub: all of them or none, and the same bytes for the same rows.

Every file is first written under a temporary name in its folder; only when all are complete are they renamed, so that
a full disk or an interrupt leaves the files of an earlier run as they were and nothing half-written.

CSV is UTF-8 *with* a byte-order mark, because a spreadsheet program that opens the file by a double click otherwise
takes it for the local code page and garbles every accent (read it with ``encoding="utf-8-sig"`` in Python; pandas needs
nothing). Lists are joined by ``;``. A cell whose text would be taken for a formula gets one apostrophe in front, see
``guard``. JSON lines hold the values as they are.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Literal, get_args

from analyzer.errors import TableError
from analyzer.present.cells import LINE_SEPARATORS, Table, csv_cell
from analyzer.present.columns import check_rows
from analyzer.present.replace import open_text, replacing

Format = Literal["csv", "jsonl", "xlsx", "hub"]
FORMATS: tuple[Format, ...] = get_args(Format)

HUB = "hub.html"


def parse_formats(written: str) -> tuple[Format, ...]:
    """Return the formats of a comma-separated list, in the order of ``FORMATS``.

    Raises:
        TableError: One is unknown, or there is none.
    """
    names = {name.strip().lower() for name in written.split(",")} - {""}
    unknown = sorted(names - set(FORMATS))
    if unknown or not names:
        said = f"unknown format {', '.join(unknown)}" if unknown else "no format given"
        raise TableError(f"{said}; choose from {', '.join(FORMATS)}")
    return tuple(known for known in FORMATS if known in names)


def file_names(tables: Sequence[str], formats: Sequence[Format]) -> list[str]:
    """Return the names of the files that ``write_tables`` makes; all tables share one workbook and one hub."""
    names = [f"{table}.{known}" for known in formats if known in ("csv", "jsonl") for table in tables]
    if "xlsx" in formats:
        names.append(f"{tables[0]}.xlsx")
    return [*names, HUB] if "hub" in formats else names


def write_tables(
    folder: Path,
    tables: Sequence[Table],
    formats: Sequence[Format],
    *,
    workbook: Mapping[str, Any] | None = None,
    hub: Mapping[str, Any] | None = None,
    texts: Mapping[str, str] | None = None,
) -> list[Path]:
    """Write tables into a folder in each format, and further small texts beside them; all files or none.

    Args:
        folder: An existing folder.
        tables: The tables; the workbook takes its name from the first.
        formats: The formats.
        workbook: Keyword arguments for ``analyzer.present.workbook.write_workbook``.
        hub: Keyword arguments for ``analyzer.present.hub.page.make_hub``.
        texts: Content of further files (``run.json``), by file name.

    Returns:
        The files, in the order of ``file_names`` and then ``texts``.

    Raises:
        TableError: A file cannot be written, or rows do not fit their columns.
    """
    for table in tables:
        check_rows(table.rows, table.columns)
    names = [*file_names([table.name for table in tables], formats), *(texts or ())]
    with replacing([folder / name for name in names]) as temporary:
        for known in formats:
            if known == "xlsx":
                from analyzer.present.workbook import write_workbook

                write_workbook(temporary[folder / f"{tables[0].name}.xlsx"], tables, **(workbook or {}))
                continue
            if known == "hub":
                from analyzer.present.hub.page import make_hub

                with open_text(temporary[folder / HUB]) as file:
                    file.write(make_hub({table.name: table.rows for table in tables}, **(hub or {})))
                continue
            write = write_csv if known == "csv" else write_jsonl
            for table in tables:
                with open_text(temporary[folder / f"{table.name}.{known}"], bom=known == "csv") as file:
                    write(file, table)
        for name, text in (texts or {}).items():
            with open_text(temporary[folder / name]) as file:
                file.write(text)
    return [folder / name for name in names]


def write_csv(file: IO[str], table: Table) -> None:
    """Write a table as CSV (RFC 4180) with a header line; line breaks inside a clause stay inside its cell."""
    writer = csv.writer(file)
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        writer.writerow([csv_cell(row[column.name], column) for column in table.columns])


def write_jsonl(file: IO[str], table: Table) -> None:
    """Write a table as JSON lines: one object per row, in the order of the columns, values as they are."""
    for row in table.rows:
        file.write(json.dumps(row, ensure_ascii=False).translate(LINE_SEPARATORS) + "\n")
