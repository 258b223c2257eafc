"""Open the workbook of a review, which comes from elsewhere, and return the rows of its sheet as plain values."""

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

MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 20_000_000, 30_000_000, 1_000
"""Largest workbook that is opened: bytes packed and unpacked, and number of files in it. Five thousand rows, the most
that can be exported, take 12 MB unpacked."""
MOST_ROWS = 20_000
"""Most rows that are read: of several workbooks that were copied into one, say."""
MOST_COLUMNS = 256
LAST_ROW = 1_048_576
"""Rows of a sheet (Microsoft, "Excel specifications and limits")."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the sheet that is not empty.

    Attributes:
        workbook: The file.
        number: Its number in the sheet, as the spreadsheet program shows it.
        cells: Text (white space around it cut off, the guard against formulas still there), whole number or other
            value by column; ``None`` where a cell is empty.
        formulas: Columns that hold a formula.
    """

    workbook: Path
    number: int
    cells: Mapping[str, Any]
    formulas: Sequence[str]

    def text(self, column: str) -> str:
        """Return what stands in a cell as text, without the guard against formulas."""
        value = self.cells.get(column)
        return "" if value is None else unguard(str(value))


def read_sheet(path: Path) -> list[SheetRow]:
    """Return the rows of a reviewed workbook.

    Args:
        path: The ``.xlsx`` file.

    Raises:
        GoldError: It is no workbook, too large, damaged, or lacks the sheet or columns of it.
    """
    data = _checked(path)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of what it leaves out (styles, drop-downs); nothing of that is needed here.
            warnings.simplefilter("ignore")
            book = load_workbook(data, read_only=True, keep_links=False)
            if SHEET not in book.sheetnames:
                raise GoldError(f"has no sheet {SHEET!r}; its sheets: {', '.join(book.sheetnames)}", file=path)
            sheet = book[SHEET]
            if not hasattr(sheet, "iter_rows"):
                raise GoldError(f"the sheet {SHEET!r} is a chart", file=path)
            rows = sheet.iter_rows(min_row=1, max_row=LAST_ROW, max_col=MOST_COLUMNS)
            names = _names(next(rows, ()), path)
            found = []
            for number, cells in enumerate(rows, start=2):
                row = _row(path, number, names, cells)
                if any(value is not None for value in row.cells.values()):
                    found.append(row)
                if len(found) > MOST_ROWS:
                    raise GoldError(f"sheet {SHEET!r}: holds more than {MOST_ROWS} rows", file=path)
            return found
    except GoldError:
        raise
    except MemoryError:
        raise GoldError("is too large for the memory", file=path) from None
    except Exception as error:  # A damaged workbook makes the library fail in any of a dozen ways.
        said = (str(error).splitlines() or [""])[0]
        reason = f"is damaged, or no workbook of a spreadsheet program ({type(error).__name__}: {said})"
        raise GoldError(reason, file=path) from error


def _checked(path: Path) -> bytes:
    """Return the bytes of a workbook that is safe to unpack."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise GoldError(f"is too large; at most {MOST_BYTES // 10**6} MB are read", file=path)
        data = path.read_bytes()
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
        said = ", ".join(repr(name) for name in missing)
        raise GoldError(f"sheet {SHEET!r}: the first row lacks the column {said}", file=path)
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        said = ", ".join(repr(name) for name in twice)
        raise GoldError(f"sheet {SHEET!r}: the first row names a column twice: {said}", file=path)
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
