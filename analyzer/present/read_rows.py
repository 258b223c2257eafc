"""Rows of a table, read back from JSON lines that may come from anybody; what does not fit is named with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.present.columns import Column, ColumnKind, Row
from analyzer.present.manifest import RunRecord
from analyzer.types import STRENGTHS

LARGEST = 2**53 - 1
"""Largest number that JSON means the same everywhere (RFC 8259, section 6); all are offsets, pages, years or counts."""

MOST_NAMED = 6
"""Most columns that a message names."""

_WITNESS: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("category", "source", "rule", "words"), (str,)),
    "given": (bool,),
    "confidence": (int, float),
    **dict.fromkeys(("start", "end"), (int,)),
}
"""What an entry of the evidence must hold."""

_SURE = re.compile(r"(\S+) (?:0(?:\.\d{1,9})?|1(?:\.0)?)")
_DIGEST = re.compile("[0-9a-f]{64}")

Problem = tuple[str, str]
"""A column, and what is wrong with its value."""


def read_rows(
    run: RunRecord, name: str, columns: Sequence[Column], problem_of: Callable[[Row], Problem | None] = lambda _: None
) -> list[Row]:
    """Return the rows of a table.

    Args:
        run: The run that wrote it.
        name: Name of a file of JSON lines.
        columns: Its columns.
        problem_of: What else is wrong with a row whose values are of the right kinds.

    Raises:
        TableError: The file is missing, of another run or no such table; the message names line and column.
    """
    rows, path = [], run.folder / name
    try:
        text = run.read(name).decode("utf-8")
    except UnicodeDecodeError as error:
        raise TableError(f"cannot be read: {error}", file=path) from error
    # Not splitlines(): a clause may hold characters that it takes for the end of a line.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            row = _row(line, number, path, columns)
            if problem := problem_of(row):
                column, reason = problem
                raise TableError(f"line {number}: {column!r} {reason}", file=path)
            rows.append(row)
    return rows


@dataclass(slots=True)
class RowChecks:
    """What the rows of a run must have in common, and which values they must have.

    Agreements are checked before the tables that refer to them.

    Attributes:
        knowledge: The codes that may occur.
        ids: The agreements seen, and whether their language is supported.
    """

    knowledge: Knowledge
    ids: dict[str, bool] = field(default_factory=dict)

    def agreement(self, row: Row) -> Problem | None:
        """Return what is wrong with a row of ``agreements``: two of an id, or counts that are missing."""
        name, has_provisions = row["agreement_id"], row["has_labour_provisions"]
        if name in self.ids:
            return "agreement_id", "is that of an earlier line: two agreements have the same id"
        self.ids[name] = has_provisions is not None
        digest, size = row["source_sha256"], row["source_bytes"]
        if (digest and not _DIGEST.fullmatch(digest)) or bool(digest) == (size is None):
            return "source_sha256", "is not the SHA-256 of the bytes that were read"
        counts = ("provisions", "review", *self.knowledge.labels.pillars, *self.knowledge.categories)
        if has_provisions is not None:
            if empty := next((column for column in counts if row[column] is None), None):
                return empty, "is empty, although the agreement was analysed"
            if has_provisions != bool(row["provisions"]):
                return "has_labour_provisions", "does not fit the number of provisions"
            if has_provisions and row["binding_share"] is None:
                return "binding_share", "is empty, although the agreement has provisions"
        return _beyond_one(row, "binding_share")

    def provision(self, row: Row) -> Problem | None:
        """Return what is wrong with a row of ``provisions``: no such agreement, unknown codes, missing values."""
        if not self.ids.get(row["agreement_id"], True):
            return "agreement_id", "is that of an agreement whose language is not supported, which has no provisions"
        for column in ("confidence", "review"):
            if row[column] is None:
                return column, "is empty"
        witnesses = [entry["category"] for entry in row["evidence"]]
        for column, used, known in (
            ("categories", row["categories"], self.knowledge.categories),
            ("evidence", witnesses, self.knowledge.categories),
            ("strength", (row["strength"],), STRENGTHS),
        ):
            if unknown := sorted(set(used) - set(known)):
                return column, f"has the unknown code {unknown[0]!r}; run lpa analyze again"
        sure = [_SURE.fullmatch(one) for one in row["category_confidence"]]
        if [match[1] if match else "" for match in sure] != list(row["categories"]):
            return "category_confidence", "does not say of each category, in their order, how sure it is from 0 to 1"
        return self.mention(row) or _beyond_one(row, "confidence")

    def mention(self, row: Row) -> Problem | None:
        """Return what is wrong with a row about words of an agreement: no such agreement, or no such place."""
        if row["start"] is None or row["end"] is None:
            return ("start" if row["start"] is None else "end"), "is empty"
        if row["start"] > row["end"]:
            return "end", "is before the start"
        return self.of_known_agreement(row)

    def of_known_agreement(self, row: Row) -> Problem | None:
        """Return what is wrong with the agreement of a row: it is none of those in ``agreements``."""
        if row["agreement_id"] not in self.ids:
            return "agreement_id", "is not in agreements.jsonl"
        return None


def _row(line: str, number: int, path: Path, columns: Sequence[Column]) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise TableError(f"line {number} is not JSON", file=path) from None
    if not isinstance(row, dict):
        raise TableError(f"line {number} is no row of a table", file=path)
    if problem := _other_columns(row, columns):
        raise TableError(f"line {number} has other columns than this version writes: {problem}", file=path)
    for column in columns:
        if not _FITS[column.kind](row[column.name]):
            problem = f"{column.name!r} holds a value that is not of the kind {column.kind!r}"
            raise TableError(f"line {number}: {problem}", file=path)
    return {c.name: tuple(row[c.name]) if c.kind in ("list", "evidence") else row[c.name] for c in columns}


def _other_columns(row: Row, columns: Sequence[Column]) -> str:
    """Return which columns a row lacks or has too many, and what to do; empty if it has the right ones."""
    names = [column.name for column in columns]
    lacking, more = [name for name in names if name not in row], sorted(set(row) - set(names))
    parts = [f"it lacks {', '.join(lacking[:MOST_NAMED])}"] if lacking else []
    if more:
        parts.append(f"it has {', '.join(more[:MOST_NAMED])}")
    return f"{', and '.join(parts)}; another version wrote it, so run lpa analyze again" if parts else ""


def _beyond_one(row: Row, column: str) -> Problem | None:
    value = row[column]
    return None if value is None or 0 <= value <= 1 else (column, "is not between 0 and 1")


def _is_witness(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(key), kind) for key, kind in _WITNESS.items())


def _is_integer(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST)


def _is_number(value: Any) -> bool:
    return _is_integer(value) or (isinstance(value, float) and isfinite(value))


_FITS: Mapping[ColumnKind, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "integer": _is_integer,
    "number": _is_number,
    "flag": lambda value: value is None or isinstance(value, bool),
    "list": lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
    "evidence": lambda value: isinstance(value, list) and all(map(_is_witness, value)),
}
