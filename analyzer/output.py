"""Write tables as CSV, JSON lines and a workbook: all of them or none, and the same bytes for the same rows.

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
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal, get_args

from analyzer.errors import TableError
from analyzer.tables import Column, Row, check_rows

Format = Literal["csv", "jsonl", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)

FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""Beginnings of a cell that spreadsheets may run as a formula (OWASP, "CSV Injection"), behind any apostrophes."""
LINE_SEPARATORS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""Characters that JSON allows raw but that many readers take for the end of a line."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with the columns they were made for."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]


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


def prepare_folder(folder: Path, names: Sequence[str] = ()) -> None:
    """Create the output folder and make sure that it can be written to, before any work is done.

    Args:
        folder: The folder.
        names: Files that will be written into it.

    Raises:
        TableError: It is a file, cannot be created or written to, or one of the names is a folder.
    """
    probe = folder / f".lpa-{os.getpid()}.probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except (FileExistsError, NotADirectoryError) as error:
        raise TableError("the output folder cannot be made: there is a file of that name", file=folder) from error
    except OSError as error:
        raise TableError(f"the output folder cannot be written to: {_reason(error)}", file=folder) from error
    for name in names:
        if (folder / name).is_dir():
            raise TableError("the output file cannot be written: there is a folder of that name", file=folder / name)


def file_names(tables: Sequence[str], formats: Sequence[Format]) -> list[str]:
    """Return the names of the files that ``write_tables`` makes; all tables share one workbook, the first one's."""
    names = [f"{table}.{known}" for known in formats if known != "xlsx" for table in tables]
    return [*names, f"{tables[0]}.xlsx"] if "xlsx" in formats else names


def write_tables(
    folder: Path,
    tables: Sequence[Table],
    formats: Sequence[Format],
    *,
    workbook: Mapping[str, Any] | None = None,
    texts: Mapping[str, str] | None = None,
) -> list[Path]:
    """Write tables into a folder in each format, and further small texts beside them; all files or none.

    Args:
        folder: An existing folder.
        tables: The tables; the workbook takes its name from the first.
        formats: The formats.
        workbook: Keyword arguments for ``analyzer.workbook.write_workbook``.
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
                from analyzer.workbook import write_workbook

                write_workbook(temporary[folder / f"{tables[0].name}.xlsx"], tables, **(workbook or {}))
                continue
            write = write_csv if known == "csv" else write_jsonl
            for table in tables:
                with _open(temporary[folder / f"{table.name}.{known}"], bom=known == "csv") as file:
                    write(file, table)
        for name, text in (texts or {}).items():
            with _open(temporary[folder / name]) as file:
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


def csv_cell(value: Any, column: Column) -> str:
    """Return a value as it stands in a CSV cell: ``true``/``false``, empty for nothing, lists joined by ``;``."""
    if value is None:
        return ""
    if column.kind == "flag":
        return "true" if value else "false"
    if column.kind in ("integer", "number"):
        return str(value)
    return guard(flat(value, column))


def flat(value: Any, column: Column) -> str:
    """Return text, a list or evidence as one string."""
    if column.kind == "evidence":
        return describe_evidence(value)
    return ";".join(value) if column.kind == "list" else str(value)


def guard(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet could run as a formula.

    A text that already has apostrophes before such a character gets one more, so that taking one apostrophe away
    wherever ``FORMULA`` matches a cell that begins with one gives back the text.
    """
    return f"'{text}" if FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Return the text that ``guard`` was given."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def describe_evidence(evidence: Sequence[Mapping[str, Any]]) -> str:
    """Return evidence as one readable string: ``ENFORCE: enforce-law “effectively enforce”, model 0.97; not CL: …``."""
    told: dict[str, list[str]] = {}
    for entry in evidence:
        code = entry["category"] if entry["given"] else f"not {entry['category']}"
        told.setdefault(code, []).append(_witness(entry))
    return "; ".join(f"{code}: {', '.join(witnesses)}" for code, witnesses in told.items())


def _witness(entry: Mapping[str, Any]) -> str:
    words = f" “{entry['words']}”" if entry["words"] else ""
    if entry["source"] == "model":
        return f"model {entry['confidence']:.2f}{words}"
    return f"{entry['rule']}{words or ' (' + entry['source'] + ')'}"


@contextmanager
def replacing(targets: Sequence[Path]) -> Iterator[Mapping[Path, Path]]:
    """Give a temporary name beside each target; on success rename all, on any failure remove all."""
    temporary = {target: target.with_name(f".{target.name}.{os.getpid()}.tmp") for target in targets}
    with ExitStack() as stack:
        for path in temporary.values():
            stack.callback(path.unlink, missing_ok=True)
        try:
            yield temporary
            for target, path in temporary.items():
                path.replace(target)
        except OSError as error:
            raise TableError(f"the output cannot be written: {_reason(error)}", file=targets[0].parent) from error


@contextmanager
def _open(path: Path, *, bom: bool = False) -> Iterator[IO[str]]:
    # Lone surrogates (undecodable file names) become \\udcxx, which is also what JSON calls them.
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", errors="backslashreplace", newline="") as file:
        yield file


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
