"""Results that an earlier run wrote, read back from its folder: ``provisions.jsonl`` and ``agreements.jsonl``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.errors import TableError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.study import Study
from analyzer.tables import PROVISION_COLUMNS, Column, ColumnKind, Row, agreement_columns, to_frame

if TYPE_CHECKING:
    import pandas as pd

MAX_BYTES = 2_000_000_000
"""Largest table that is read; 450 agreements make 20 MB."""
_TYPES: Mapping[ColumnKind, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int, type(None)),
    "number": (int, float, type(None)),
    "flag": (bool, type(None)),
    "list": (list,),
    "evidence": (list,),
}
_WITNESS: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("category", "source", "rule", "words"), (str,)),
    "given": (bool,),
    "confidence": (int, float),
}


@dataclass(frozen=True)
class Results(Study):
    """The tables of an earlier run; see ``load_results``.

    Attributes:
        provision_rows: Rows of ``provisions``.
        agreement_rows: Rows of ``agreements``.
        knowledge: The codebook now installed.
        made_by: What the run says of itself (``run.json``): versions, arguments; empty where there is no such file.
    """

    provision_rows: list[Row]
    agreement_rows: list[Row]
    knowledge: Knowledge
    made_by: Mapping[str, Any]

    @cached_property
    def provisions(self) -> pd.DataFrame:
        """The table ``provisions``."""
        return to_frame(self.provision_rows, PROVISION_COLUMNS)

    @cached_property
    def agreements(self) -> pd.DataFrame:
        """The table ``agreements``."""
        return to_frame(self.agreement_rows, agreement_columns(self.knowledge))


def load_results(folder: str | Path) -> Results:
    """Read the results of ``lpa analyze --out FOLDER`` (format jsonl).

    Raises:
        TableError: The folder holds no results, or they are damaged or of another version of the program.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise TableError("there is no such folder of results; make one with lpa analyze --out", file=folder)
    knowledge = load_knowledge()
    provisions = _rows(folder / "provisions.jsonl", PROVISION_COLUMNS)
    agreements = _rows(folder / "agreements.jsonl", agreement_columns(knowledge))
    known = {row["agreement_id"] for row in agreements}
    if len(known) < len(agreements):
        raise TableError("two agreements have the same id", file=folder / "agreements.jsonl")
    for number, row in enumerate(provisions, start=1):
        if row["agreement_id"] not in known:
            raise TableError(
                f"line {number}: its agreement is not in agreements.jsonl", file=folder / "provisions.jsonl"
            )
    return Results(provisions, agreements, knowledge, _run(folder / "run.json"))


def _rows(path: Path, columns: Sequence[Column]) -> list[Row]:
    rows = []
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise TableError(f"line {number} is no JSON", file=path) from None
        _check(row, columns, number, path)
        rows.append({c.name: tuple(row[c.name]) if c.kind in ("list", "evidence") else row[c.name] for c in columns})
    return rows


def _check(row: Any, columns: Sequence[Column], number: int, path: Path) -> None:
    if not isinstance(row, dict) or set(row) != {column.name for column in columns}:
        said = "has other columns than this version writes; run lpa analyze again"
        raise TableError(f"line {number} {said}", file=path)
    for column in columns:
        value = row[column.name]
        fits = isinstance(value, _TYPES[column.kind])
        if fits and column.kind == "list":
            fits = all(isinstance(one, str) for one in value)
        elif fits and column.kind == "evidence":
            fits = all(_is_witness(one) for one in value)
        elif fits and column.kind in ("integer", "number"):
            fits = not isinstance(value, bool)
        if not fits:
            raise TableError(f"line {number}: {column.name!r} holds a value that is no {column.kind}", file=path)


def _is_witness(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(key), kind) for key, kind in _WITNESS.items())


def _run(path: Path) -> Mapping[str, Any]:
    if not path.exists():
        return {}
    try:
        run = json.loads(_text(path))
    except (ValueError, RecursionError):
        raise TableError("is no JSON", file=path) from None
    return run if isinstance(run, dict) else {}


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise TableError(f"is too large: at most {MAX_BYTES // 10**6} MB are read", file=path)
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise TableError("is missing; write it with lpa analyze --format jsonl", file=path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"cannot be read: {error}", file=path) from error
