"""Rows of a downloaded table: CSV in any common encoding and delimiter, or XLSX, within limits of size."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from analyzer.errors import ReadError
from analyzer.knowledge.spreadsheet import load_workbook
from analyzer.regular import TooLargeError, read_regular

MOST_BYTES = 20_000_000
"""Maximum size of a file; all ratifications of all Conventions take about one million bytes."""
MOST_UNPACKED = 200_000_000
MOST_ROWS, MOST_CELLS = 60_000, 400


def rows_of(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a CSV or XLSX file, cells stripped.

    Raises:
        ReadError: The file is not a readable table, or is too large.
    """
    try:
        data = read_regular(path, MOST_BYTES)
    except TooLargeError:
        reason = f"larger than {MOST_BYTES // 1_000_000} MB, so no export of ratifications"
        raise ReadError(reason, file=path) from None
    except OSError as error:
        raise ReadError(error.strerror or str(error), file=path) from error
    rows = _sheet(path, data) if data.startswith(b"PK\x03\x04") else _separated(path, data)
    for number, row in enumerate(rows):
        if number >= MOST_ROWS or len(row) > MOST_CELLS:
            raise ReadError(f"more than {MOST_ROWS} rows or {MOST_CELLS} columns", file=path)
        yield [" ".join(cell.split()) if "\n" not in cell else cell.strip() for cell in row]


def _separated(path: Path, data: bytes) -> Iterator[list[str]]:
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    if data.startswith(b"\xd0\xcf\x11\xe0") or (b"\x00" in data and encodings[0] != "utf-16"):
        raise ReadError("neither CSV nor XLSX; save it as one of these", file=path)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ReadError("the characters of this CSV file cannot be read; save it as UTF-8", file=path)
    if re.match(r"\s*<", text):
        raise ReadError("a web page and no table; use the download as CSV or XLSX", file=path)
    sample = text[:20_000]
    delimiter = max(",;\t|", key=sample.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise ReadError(f"damaged CSV: {error}", file=path) from error


def _sheet(path: Path, data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > MOST_UNPACKED:
            raise ReadError(f"it would unpack to {size // 1_000_000} MB", file=path)
        book = load_workbook(data, read_only=True, data_only=True)
        for sheet in book.worksheets[:1]:
            for row in sheet.iter_rows(values_only=True, max_col=MOST_CELLS + 1, max_row=MOST_ROWS + 1):
                cells = [_cell(value) for value in row]
                while cells and not cells[-1]:
                    cells.pop()
                yield cells
    except ReadError:
        raise
    except Exception as error:  # The reader raises many kinds of errors on a damaged file.
        raise ReadError(f"damaged XLSX: {type(error).__name__}: {error}", file=path) from error


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value.date().isoformat() if isinstance(value, datetime) else str(value)
