"""Values of the tables as SQLite can hold them, and back: nothing is rounded, and no character is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from analyzer.errors import TableError
from analyzer.present.columns import Column, ColumnKind, Row

_ESCAPE = "\U0010fffd"
"""Stands before a lone surrogate, which a name that is no UTF-8 holds and SQLite refuses; twice, it is itself."""
_UNSTORABLE = re.compile(f"[\ud800-\udfff{_ESCAPE}]")
_STORED = re.compile(f"{_ESCAPE}(.)", re.DOTALL)
_SHIFT = 0xF0000 - 0xD800
_MARK = _ESCAPE.encode()
_encoded = json.JSONEncoder(ensure_ascii=False).encode

TYPES: Mapping[ColumnKind, str] = {
    "text": "TEXT",
    "integer": "INTEGER",
    "number": "",  # as it is: 1 and 1.0 are written differently
    "flag": "INTEGER",
    "list": "TEXT",
    "evidence": "TEXT",
}
"""The type of a column of SQLite; lists and evidence are JSON."""


def storable(text: str) -> str:
    """Return a text without what SQLite cannot hold; ``restored`` gives it back."""
    if text.isascii():
        return text
    return _UNSTORABLE.sub(lambda match: _ESCAPE + _shifted(match[0]), text) if _UNSTORABLE.search(text) else text


def restored(data: bytes) -> str:
    """Return the text that ``storable`` was given, from the bytes of the database."""
    text = data.decode("utf-8")
    return _STORED.sub(lambda match: _unshifted(match[1]), text) if _MARK in data else text


def _shifted(char: str) -> str:
    return char if char == _ESCAPE else chr(ord(char) + _SHIFT)


def _unshifted(char: str) -> str:
    return chr(ord(char) - _SHIFT) if 0xF0000 <= ord(char) < 0xF0800 else char


def to_cell(column: Column) -> Callable[[Any], Any]:
    """Return the function that gives the values of a column as they stand in the database."""
    if column.kind == "text":
        return _storable_value
    if column.kind == "flag":
        return _number
    return _written if column.kind in ("list", "evidence") else _same


def from_cell(column: Column) -> Callable[[Any], Any]:
    """Return the function that gives back the value of a column."""
    if column.kind == "flag":
        return _flag
    if column.kind in ("list", "evidence"):
        return _list
    return _same


def rows_of(columns: Sequence[Column], cells: Iterable[Sequence[Any]]) -> Iterator[Row]:
    """Yield the rows of a table from their cells.

    Args:
        columns: The columns, in the order of the cells.
        cells: Those of each row.
    """
    makers = [(column.name, from_cell(column)) for column in columns]
    for row in cells:
        yield {name: make(cell) for (name, make), cell in zip(makers, row, strict=True)}


def _storable_value(value: Any) -> Any:
    return value if value is None or value.isascii() else storable(value)


def _number(value: Any) -> int | None:
    return None if value is None else int(value)


def _written(value: Any) -> str | None:
    if not value:
        return None if value is None else "[]"
    return storable(_encoded(value))


def _same(value: Any) -> Any:
    return value


def _flag(value: Any) -> bool | None:
    return None if value is None else bool(value)


def _list(value: Any) -> tuple[Any, ...]:
    if value == "[]":
        return ()
    try:
        return tuple(json.loads(value))
    except (TypeError, ValueError, RecursionError):
        raise TableError("holds a list that cannot be read; run lpa analyze --force again") from None
