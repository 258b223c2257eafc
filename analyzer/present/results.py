"""Results that an earlier run wrote, read back from the JSON lines in its folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from analyzer.errors import TableError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.present.columns import (
    ERROR_COLUMNS,
    EVIDENCE_COLUMNS,
    PROVISION_COLUMNS,
    Column,
    ColumnKind,
    Row,
    agreement_columns,
    indicator_columns,
)
from analyzer.present.instrument_tables import INSTRUMENT_COLUMNS, RATIFICATION_COLUMNS
from analyzer.present.provenance import Provenance, recorded
from analyzer.present.study import Study
from analyzer.regular import TooLargeError, read_regular_text
from analyzer.types import STRENGTHS

MAX_BYTES = 2_000_000_000
"""Largest table that is read; 450 agreements make 20 MB."""

_WITNESS: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("category", "source", "rule", "words"), (str,)),
    "given": (bool,),
    "confidence": (int, float),
}
"""What an entry of the evidence must hold."""


@dataclass(frozen=True, repr=False)
class Results(Study):
    """The tables of an earlier run; see ``load_results``.

    Attributes:
        provision_rows: Rows of ``provisions``.
        agreement_rows: Rows of ``agreements``.
        knowledge: Names and definitions of the categories.
        instrument_rows: Rows of ``instruments``.
        ratification_rows: Rows of ``ratifications``.
        indicator_rows: Rows of ``indicators``.
        evidence_rows: Rows of ``indicator_evidence``.
        error_rows: Rows of ``errors``.
        made_by: What the run says about itself (``run.json``): versions, model, arguments; empty where there is no such
            file.

    Examples:
        >>> from analyzer import Results, analyze_folder
        >>> from analyzer.bundled import bundled
        >>> batch = analyze_folder(bundled("corpus/texts") / "norwell-veridia.txt")
        >>> results = Results(batch.provision_rows, batch.agreement_rows, batch.knowledge)
        >>> int(results.coverage("strength").loc["norwell-veridia", "B"]) > 0
        True
    """

    provision_rows: list[Row]
    agreement_rows: list[Row]
    knowledge: Knowledge
    instrument_rows: list[Row] = field(default_factory=list)
    ratification_rows: list[Row] = field(default_factory=list)
    indicator_rows: list[Row] = field(default_factory=list)
    evidence_rows: list[Row] = field(default_factory=list)
    error_rows: list[Row] = field(default_factory=list)
    made_by: Mapping[str, Any] = field(default_factory=dict)

    @property
    def provenance(self) -> Provenance:
        """Program, knowledge and model that made the tables, as far as the run recorded them."""
        return recorded(self.made_by)


def load_results(folder: str | Path, *, knowledge: Knowledge | None = None) -> Results:
    """Read the results of ``lpa analyze --out FOLDER`` (format jsonl).

    Args:
        folder: The folder that the run wrote into.
        knowledge: The knowledge by which they were made; that of the package if none is given.

    Raises:
        TableError: The folder holds no results, or they are damaged or of another version of the program.

    Examples:
        >>> import subprocess, sys
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> command = [sys.executable, "-m", "analyzer", "analyze", str(sample), "--out", "results"]
        >>> done = subprocess.run(command, capture_output=True, check=True)
        >>> from analyzer import load_results
        >>> load_results("results").agreements["agreement_id"].tolist()
        ['norwell-veridia']
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise TableError("there is no such folder of results; make one with lpa analyze --out", file=folder)
    knowledge = knowledge or load_knowledge()
    provisions = _rows(folder / "provisions.jsonl", PROVISION_COLUMNS)
    agreements = _rows(folder / "agreements.jsonl", agreement_columns(knowledge))
    _check_ids(folder, provisions, agreements)
    _check_codes(folder / "provisions.jsonl", provisions, knowledge)
    return Results(
        provision_rows=provisions,
        agreement_rows=agreements,
        knowledge=knowledge,
        instrument_rows=_rows(folder / "instruments.jsonl", INSTRUMENT_COLUMNS),
        ratification_rows=_rows(folder / "ratifications.jsonl", RATIFICATION_COLUMNS),
        indicator_rows=_rows(folder / "indicators.jsonl", indicator_columns(knowledge)),
        evidence_rows=_rows(folder / "indicator_evidence.jsonl", EVIDENCE_COLUMNS),
        error_rows=_rows(folder / "errors.jsonl", ERROR_COLUMNS),
        made_by=_run(folder / "run.json"),
    )


def _rows(path: Path, columns: Sequence[Column]) -> list[Row]:
    # Not splitlines(): a clause may hold characters that it takes for the end of a line.
    lines = _text(path).split("\n")
    return [_row(line, number, path, columns) for number, line in enumerate(lines, start=1) if line.strip()]


def _row(line: str, number: int, path: Path, columns: Sequence[Column]) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise TableError(f"line {number} is not JSON", file=path) from None
    if not isinstance(row, dict) or set(row) != {column.name for column in columns}:
        problem = "has other columns than this version writes; run lpa analyze again"
        raise TableError(f"line {number} {problem}", file=path)
    for column in columns:
        if not _FITS[column.kind](row[column.name]):
            problem = f"{column.name!r} holds a value that is not of the kind {column.kind!r}"
            raise TableError(f"line {number}: {problem}", file=path)
    return {c.name: tuple(row[c.name]) if c.kind in ("list", "evidence") else row[c.name] for c in columns}


def _check_ids(folder: Path, provisions: Sequence[Row], agreements: Sequence[Row]) -> None:
    ids = {row["agreement_id"] for row in agreements}
    if len(ids) < len(agreements):
        raise TableError("two agreements have the same id", file=folder / "agreements.jsonl")
    for number, row in enumerate(provisions, start=1):
        if row["agreement_id"] not in ids:
            problem = f"row {number}: its agreement is not in agreements.jsonl"
            raise TableError(problem, file=folder / "provisions.jsonl")


def _check_codes(path: Path, provisions: Sequence[Row], knowledge: Knowledge) -> None:
    for number, row in enumerate(provisions, start=1):
        used = {*row["categories"], *(entry["category"] for entry in row["evidence"])}
        unknown = sorted(used - set(knowledge.categories)) + sorted({row["strength"]} - set(STRENGTHS))
        if unknown:
            raise TableError(f"row {number} has the unknown code {unknown[0]!r}; run lpa analyze again", file=path)


def _is_witness(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(key), kind) for key, kind in _WITNESS.items())


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value))


_FITS: Mapping[ColumnKind, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "integer": lambda value: _is_number(value) and not isinstance(value, float),
    "number": _is_number,
    "flag": lambda value: value is None or isinstance(value, bool),
    "list": lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
    "evidence": lambda value: isinstance(value, list) and all(map(_is_witness, value)),
}


def _run(path: Path) -> Mapping[str, Any]:
    if not path.exists():
        return {}
    try:
        run = json.loads(_text(path))
    except (ValueError, RecursionError):
        raise TableError("is not JSON", file=path) from None
    return run if isinstance(run, dict) else {}


def _text(path: Path) -> str:
    try:
        return read_regular_text(path, MAX_BYTES)
    except TooLargeError:
        raise TableError(f"is too large: at most {MAX_BYTES // 10**6} MB are read", file=path) from None
    except FileNotFoundError:
        raise TableError("is missing; write it with lpa analyze --format jsonl", file=path) from None
    except OSError as error:
        raise TableError(f"cannot be read: {error.strerror or error}", file=path) from error
    except UnicodeDecodeError as error:
        raise TableError(f"cannot be read: {error}", file=path) from error
