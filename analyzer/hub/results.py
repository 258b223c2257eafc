"""Read the rows of an earlier ``lpa analyze`` back from its JSON lines."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analyzer.errors import TableError
from analyzer.hub.data import STRENGTHS
from analyzer.instrument_tables import RATIFICATION_COLUMNS
from analyzer.knowledge import Knowledge
from analyzer.tables import ERROR_COLUMNS, PROVISION_COLUMNS, Column, ColumnKind, Row, agreement_columns

_EVIDENCE: Mapping[str, type | tuple[type, ...]] = {
    "category": str,
    "given": bool,
    "source": str,
    "rule": str,
    "words": str,
    "confidence": (int, float),
}


def read_results(folder: Path, knowledge: Knowledge) -> dict[str, list[Row]]:
    """Read the tables that the hub shows from a folder of results.

    Args:
        folder: What ``lpa analyze --out`` wrote, with JSON lines among the formats.
        knowledge: Its categories must be those of the run.

    Raises:
        TableError: A file is missing, damaged or of another version; the message names file and line.
    """
    columns = {
        "provisions": PROVISION_COLUMNS,
        "agreements": agreement_columns(knowledge),
        "ratifications": RATIFICATION_COLUMNS,
        "errors": ERROR_COLUMNS,
    }
    tables = {name: _read(folder / f"{name}.jsonl", wanted) for name, wanted in columns.items()}
    _check_codes(folder / "provisions.jsonl", tables["provisions"], knowledge)
    return tables


def _read(path: Path, columns: Sequence[Column]) -> list[Row]:
    try:
        # Not splitlines(): a clause may hold characters that it takes for the end of a line.
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError as error:
        raise TableError("is not there; run 'lpa analyze --out FOLDER --format jsonl' first", file=path) from error
    except UnicodeDecodeError as error:
        raise TableError("is damaged: it is not UTF-8", file=path) from error
    except OSError as error:
        raise TableError(f"cannot be read: {error.strerror or error}", file=path) from error
    return [_row(line, number, path, columns) for number, line in enumerate(lines, start=1) if line.strip()]


def _row(line: str, number: int, path: Path, columns: Sequence[Column]) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise TableError(f"line {number} is damaged: it is no JSON", file=path) from error
    names = [column.name for column in columns]
    if not isinstance(row, dict) or set(row) != set(names):
        raise TableError(
            f"line {number} has other columns than this version writes; run 'lpa analyze' again", file=path
        )
    for column in columns:
        if not _FITS[column.kind](row[column.name]):
            raise TableError(f"line {number} is damaged: {column.name} is no {column.kind}", file=path)
    return {name: row[name] for name in names}


def _check_codes(path: Path, rows: Sequence[Row], knowledge: Knowledge) -> None:
    for number, row in enumerate(rows, start=1):
        used = {*row["categories"], *(entry["category"] for entry in row["evidence"])}
        unknown = sorted(used - set(knowledge.categories)) + sorted({row["strength"]} - set(STRENGTHS))
        if unknown:
            raise TableError(f"row {number} has the unknown code {unknown[0]}; run 'lpa analyze' again", file=path)


def _is_entry(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and set(value) >= set(_EVIDENCE)
        and all(isinstance(value[key], kind) for key, kind in _EVIDENCE.items())
    )


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value))


_FITS: Mapping[ColumnKind, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "integer": lambda value: _is_number(value) and not isinstance(value, float),
    "number": _is_number,
    "flag": lambda value: value is None or isinstance(value, bool),
    "list": lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    "evidence": lambda value: isinstance(value, list) and all(_is_entry(one) for one in value),
}
