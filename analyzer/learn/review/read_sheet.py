"""Rows of a reviewed workbook, an untrusted file, as plain values."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from analyzer.errors import GoldError
from analyzer.knowledge.spreadsheet import load_workbook
from analyzer.learn.review.layout import REQUIRED, SHEET
from analyzer.present.cells import unguard
from analyzer.regular import TooLargeError, read_regular

MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 20_000_000, 30_000_000, 1_000
"""Limits of a workbook: bytes packed and unpacked, and number of files in it. Five thousand rows, the most that can be
exported, take 12 MB unpacked."""
MOST_ROWS = 20_000
"""Maximum number of rows; several workbooks may have been copied into one."""
MOST_COLUMNS = 256
LAST_ROW = 1_048_576
"""Rows of a sheet (Microsoft, "Excel specifications and limits")."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A non-empty row of the sheet.

    Attributes:
        workbook: The file.
        number: Its number in the sheet, as the spreadsheet program shows it.
        cells: Text (stripped, with the guard against formulas), whole number or other value by column; ``None`` where
            a cell is empty.
        formulas: Columns that hold a formula.
    """

    workbook: Path
    number: int
    cells: Mapping[str, Any]
    formulas: Sequence[str]

    def text(self, column: str) -> str:
        """Return the content of a cell as text, without the guard against formulas."""
        value = self.cells.get(column)
        return "" if value is None else unguard(str(value))


def read_sheet(path: Path) -> list[SheetRow]:
    """Return the rows of a reviewed workbook.

    Args:
        path: The ``.xlsx`` file.

    Raises:
        GoldError: The file is not a workbook, is too large or damaged, or lacks the sheet or some of its columns.
    """
    data = _checked(path)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of parts that it skips (styles, drop-downs), which are not needed here.
            warnings.simplefilter("ignore")
            book = load_workbook(data, read_only=True, keep_links=False)
            if SHEET not in book.sheetnames:
                raise GoldError(f"has no sheet {SHEET!r}; its sheets: {', '.join(book.sheetnames)}", file=path)
            sheet = book[SHEET]
            if not hasattr(sheet, "iter_rows"):
                raise GoldError(f"the sheet {SHEET!r} is a chart", file=path)
            rows = sheet.iter_rows(min_row=1, max_row=LAST_ROW, max_col=MOST_COLUMNS)
            names = _names(next(rows, ()), path)
            sheet_rows = []
            for number, cells in enumerate(rows, start=2):
                row = _row(path, number, names, cells)
                if any(value is not None for value in row.cells.values()):
                    sheet_rows.append(row)
                if len(sheet_rows) > MOST_ROWS:
                    raise GoldError(f"sheet {SHEET!r}: holds more than {MOST_ROWS} rows", file=path)
            return sheet_rows
    except GoldError:
        raise
    except MemoryError:
        raise GoldError("is too large for the memory", file=path) from None
    except Exception as error:  # The library raises many kinds of errors on a damaged workbook.
        detail = (str(error).splitlines() or [""])[0]
        reason = f"is damaged, or no workbook of a spreadsheet program ({type(error).__name__}: {detail})"
        raise GoldError(reason, file=path) from error


def _checked(path: Path) -> bytes:
    """Return the bytes of a workbook that is safe to unpack."""
    try:
        data = read_regular(path, MOST_BYTES)
    except TooLargeError:
        raise GoldError(f"is too large; at most {MOST_BYTES // 10**6} MB are read", file=path) from None
    except OSError as error:
        raise GoldError(f"cannot be opened: {error.strerror or error}", file=path) from error
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise GoldError(f"is no .xlsx workbook; {_advice(data)}", file=path) from error
    # The zip module never unpacks more of a part than is declared here.
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise GoldError(f"unpacks to too much; at most {MOST_UNPACKED // 10**6} MB are read", file=path)
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise GoldError("is a zip archive, but no .xlsx workbook; save it as .xlsx", file=path)
    return data


def _advice(data: bytes) -> str:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "it is an old or encrypted Office file; save it as .xlsx without a password"
    return "save the sheet as .xlsx"


def _names(cells: Sequence[Any], path: Path) -> list[str]:
    """Return the names of the columns, empty for columns without one."""
    names = ["" if cell.value is None else str(cell.value).strip() for cell in cells]
    missing = [name for name in (*REQUIRED, "category 1") if name not in names]
    if missing:
        listed = ", ".join(repr(name) for name in missing)
        raise GoldError(f"sheet {SHEET!r}: the first row lacks the column {listed}", file=path)
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        listed = ", ".join(repr(name) for name in twice)
        raise GoldError(f"sheet {SHEET!r}: the first row names a column twice: {listed}", file=path)
    return names


def _row(path: Path, number: int, names: Sequence[str], cells: Sequence[Any]) -> SheetRow:
    values: dict[str, Any] = {}
    formulas = []
    for name, cell in zip(names, cells, strict=False):
        if not name:
            continue
        value = cell.value
        if cell.data_type == "f":
            formulas.append(name)
            value = "(a formula)"
        elif isinstance(value, str):
            value = value.strip() or None
        elif isinstance(value, float) and value.is_integer():
            value = int(value)
        values[name] = value
    return SheetRow(path, number, values, formulas)
