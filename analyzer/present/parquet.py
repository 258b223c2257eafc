"""Tables as Parquet, for programs that read columns: typed, compressed, written in parts so that none is held whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.errors import AnalyzerError, TableError
from analyzer.present.cells import Table
from analyzer.present.columns import Column, Row

if TYPE_CHECKING:
    import pyarrow as pa

PART = 5_000
"""Rows that are written together."""
_EVIDENCE = {
    **dict.fromkeys(("category", "source", "rule", "words"), "string"),
    "given": "bool",
    "confidence": "double",
    **dict.fromkeys(("start", "end"), "int64"),
}
"""Fields of an entry of the evidence, and their types."""


def check_parquet() -> None:
    """Refuse the format where the library is missing, before any work is done.

    Raises:
        AnalyzerError: The extra ``parquet`` is not installed.
    """
    if find_spec("pyarrow") is None:
        raise AnalyzerError("Parquet needs the extra: pip install 'labour-provision-analyzer[parquet]'")


def write_parquet(path: Path, table: Table) -> None:
    """Write a table as Parquet; lists are lists, evidence is a list of structures with the fields of the JSON lines.

    Args:
        path: The file.
        table: The table.

    Raises:
        AnalyzerError: The extra ``parquet`` is not installed.
    """
    check_parquet()
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields = [pa.field(one.name, _type(one), metadata={"meaning": one.meaning}) for one in table.columns]
    schema = pa.schema(fields)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for part in _parts(table.rows):
            columns = [pa.array([_value(row[one.name]) for row in part], type=_type(one)) for one in table.columns]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _parts(rows: Sequence[Row]) -> Iterator[list[Row]]:
    walk = iter(rows)
    while part := list(islice(walk, PART)):
        yield part


def _type(column: Column) -> pa.DataType:
    import pyarrow as pa

    evidence = pa.list_(pa.struct([(name, pa.type_for_alias(kind)) for name, kind in _EVIDENCE.items()]))
    return {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "list": pa.list_(pa.string()),
        "evidence": evidence,
    }[column.kind]


def _value(value: Any) -> Any:
    """Return a value as Arrow holds it; half a pair of surrogates, which UTF-8 lacks, is written as in CSV."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict) and (unknown := sorted(set(value) - set(_EVIDENCE))):
        raise TableError(f"evidence has the field {unknown[0]!r}, which Parquet does not take")
    return [_value(one) for one in value] if isinstance(value, list | tuple) else value
