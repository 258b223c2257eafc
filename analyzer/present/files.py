"""The results as files: CSV, JSON lines, Parquet, workbook and hub; all of them or none, and always the same bytes.

Every file is first written into a hidden folder; only when all are complete are they moved, so that a full disk, an
interrupt or a file that is open elsewhere leaves the files of an earlier run as they were and nothing half-written.

CSV is UTF-8 *with* a byte-order mark. Without it, a spreadsheet program that opens the file by a double click assumes
the local code page and garbles every accent (read it with ``encoding="utf-8-sig"`` in Python; pandas needs nothing).
Lists are joined by ``;``. A cell whose text a spreadsheet could take for a formula gets an apostrophe in front, see
``analyzer.present.cells.guard``. JSON lines hold the values as they are.

Excel separates cells as the country of the system does. In the dialect ``excel-eu`` semicolons do, and numbers have a
decimal comma, as Excel expects in most of Europe and Latin America.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import IO, Any, Literal, get_args

from analyzer.errors import TableError
from analyzer.present.cells import CELL_LIMIT, LINE_SEPARATORS, Table, cell_text, csv_cell
from analyzer.present.columns import Column, Row, checked
from analyzer.present.crate import crate_text
from analyzer.present.manifest import CRATE, RUN, read_run, run_text, with_files
from analyzer.present.statistics import TABLES, Statistics
from analyzer.present.study import Study
from analyzer.read.about.sidecar import is_sidecar
from analyzer.replace import open_text
from analyzer.switch import switching
from analyzer.types import Language

Format = Literal["csv", "jsonl", "xlsx", "hub", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
Dialect = Literal["standard", "excel-eu"]
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)
_SHORT = frozenset({"flag", "integer", "number"})
WORKBOOK, HUB = "provisions.xlsx", "hub.html"


def parse_formats(written: str) -> tuple[Format, ...]:
    """Return the formats of a comma-separated list, in the order of ``FORMATS``.

    Raises:
        TableError: A format is unknown, or none is given.
    """
    names = {name.strip().lower() for name in written.split(",")} - {""}
    unknown = sorted(names - set(FORMATS))
    if unknown or not names:
        problem = f"unknown format {', '.join(unknown)}" if unknown else "no format given"
        raise TableError(f"{problem}; choose from {', '.join(FORMATS)}")
    return tuple(name for name in FORMATS if name in names)


def parse_dialect(written: str) -> Dialect:
    """Return the dialect of CSV that has a name.

    Raises:
        TableError: There is none.
    """
    dialect = next((name for name in DIALECTS if name == written.strip().lower()), None)
    if dialect is None:
        raise TableError(f"unknown dialect of CSV {written}; choose from {', '.join(DIALECTS)}")
    return dialect


def file_names(formats: Sequence[Format]) -> list[str]:
    """Return the names of the files that ``write_results`` makes; all tables share one workbook and one hub."""
    names = [f"{table}.{form}" for form in formats if form in ("csv", "jsonl", "parquet") for table in TABLES]
    if "xlsx" in formats:
        names.append(WORKBOOK)
    return [*names, HUB] if "hub" in formats else names


def refuse_other_files(folder: Path, names: Sequence[str]) -> None:
    """Refuse to replace files that are no results of this program.

    Results stand beside the file that describes their run; a table of metadata of the user does not become one.

    Args:
        folder: The output folder.
        names: Files that will be written into it.

    Raises:
        TableError: A file of such a name was not written by this program.
    """
    ours = (folder / RUN).is_file()
    for name in names:
        file = folder / name
        if file.is_file() and (not ours or (name.endswith(".csv") and is_sidecar(file))):
            raise TableError("this file is no result of an earlier run; choose another folder or rename it", file=file)


def write_results(  # noqa: PLR0913 - all but the first three have defaults
    folder: Path,
    study: Study,
    formats: Sequence[Format],
    *,
    run: Mapping[str, Any] | None = None,
    dialect: Dialect = "standard",
    chapters: bool = False,
    language: Language = "en",
) -> list[Path]:
    """Write results into a folder in each format; all files or none.

    Args:
        folder: An existing folder.
        study: The results.
        formats: The formats.
        run: What a new run says about itself; ``run.json`` gets it, and a list of the files. Files of the run before
            that are not replaced, and were not changed since, are removed. Without it the files are added to the run
            whose results the folder holds. Both ways ``ro-crate-metadata.json`` says the same for other programs.
        dialect: How CSV is written.
        language: That of headings and names in the workbook.
        chapters: Whether the hub shows whole labour chapters, for which the files are read again.

    Returns:
        The files, in the order of ``file_names``, and those that describe the run if there is a new one.

    Raises:
        TableError: A file cannot be written, or rows do not fit their columns.
    """
    tables = study.tables()
    names = file_names(formats)
    described = read_run(folder).content if run is None else run
    is_of_run = run is not None or bool(described)
    further = study.beside if run is not None else {}
    written = [*names, *further, CRATE, RUN] if is_of_run else names
    obsolete = [] if run is None else _without_successor(folder, written)
    with switching(folder, written, obsolete) as scratch:
        for table in tables:
            _write_lines(scratch, table, formats, dialect)
        if "parquet" in formats:
            from analyzer.present.parquet import write_parquet

            for table in tables:
                write_parquet(scratch / f"{table.name}.parquet", table)
        if "xlsx" in formats:
            from analyzer.present.workbook import write_workbook

            write_workbook(scratch / WORKBOOK, study, language)
        if "hub" in formats:
            from analyzer.present.hub.page import make_hub

            with open_text(scratch / HUB) as file:
                file.write(make_hub(study, chapters=chapters))
        for name, content in further.items():
            with open_text(scratch / name) as file:
                file.write(content)
        if is_of_run:
            _describe(scratch, with_files(described, scratch, [*names, *further]), study)
    return [folder / name for name in (names if run is None else written)]


def _describe(folder: Path, run: Mapping[str, Any], study: Statistics) -> None:
    """Write the description of a run into a folder, for other programs and for this one."""
    with open_text(folder / CRATE) as file:
        file.write(crate_text(run, study.agreement_rows))
    with open_text(folder / RUN) as file:
        file.write(run_text(with_files(run, folder, [CRATE])))


def _without_successor(folder: Path, names: Sequence[str]) -> list[str]:
    """Return the results of the run before that stay behind if files are replaced, and were not changed since."""
    try:
        earlier = read_run(folder)
    except TableError:  # It will be replaced.
        return []
    return earlier.unchanged(name for name in file_names(FORMATS) if name not in names)


def _write_lines(folder: Path, table: Table, formats: Sequence[Format], dialect: Dialect) -> None:
    """Check the rows of a table and write them as CSV and JSON lines, in one walk through them."""
    chosen = [form for form in ("csv", "jsonl") if form in formats]
    with ExitStack() as files:
        writes = []
        for form in chosen:
            file = files.enter_context(open_text(folder / f"{table.name}.{form}", bom=form == "csv"))
            writes.append(_csv_writer(file, table.columns, dialect) if form == "csv" else partial(write_json, file))
        for row in checked(table.rows, table.columns):
            for write in writes:
                write(row)


def write_csv(file: IO[str], table: Table, *, dialect: Dialect = "standard") -> None:
    """Write a table as CSV (RFC 4180) with a header line; line breaks inside a clause stay inside its cell."""
    write = _csv_writer(file, table.columns, dialect)
    for row in table.rows:
        write(row)


def _csv_writer(file: IO[str], columns: Sequence[Column], dialect: Dialect) -> Callable[[Row], None]:
    """Write the header line, and return the function that writes a row."""
    delimiter, decimal = (";", ",") if dialect == "excel-eu" else (",", ".")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow([column.name for column in columns])

    def write(row: Row) -> None:
        writer.writerow([csv_cell(row[column.name], column, decimal) for column in columns])

    return write


def count_long_cells(tables: Sequence[Table]) -> int:
    """Return how many cells are longer than those of a spreadsheet program, which cuts them when it opens CSV."""
    texts = [(table, [column for column in table.columns if column.kind not in _SHORT]) for table in tables]
    return sum(
        row[column.name] is not None and len(cell_text(row[column.name], column)) > CELL_LIMIT
        for table, columns in texts
        for row in table.rows
        for column in columns
    )


def write_jsonl(file: IO[str], table: Table) -> None:
    """Write a table as JSON lines: one object per row, in the order of the columns, values as they are."""
    for row in table.rows:
        write_json(file, row)


def write_json(file: IO[str], row: Row) -> None:
    """Write a row as a line of JSON."""
    file.write(_json_of(row).translate(LINE_SEPARATORS) + "\n")


_json_of = json.JSONEncoder(ensure_ascii=False).encode
