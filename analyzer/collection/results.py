"""Results of a store, read as they are asked for: no table is held in memory as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import eq
from pathlib import Path
from typing import Any, overload

from analyzer.collection.database import STORE, check_shape, reading
from analyzer.collection.datasette import METADATA, metadata_text
from analyzer.collection.schema import ordered, quoted
from analyzer.collection.values import rows_of
from analyzer.errors import TableError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.present.columns import Column, Row
from analyzer.present.provenance import Provenance, recorded
from analyzer.present.statistics import columns_of
from analyzer.present.study import Study

AT_ONCE = 1000
"""Rows that are fetched together."""


class StoredRows(Sequence[Row]):
    """The rows of a table, in the order of the files; each walk through them reads the store anew.

    Args:
        folder: The folder of the store.
        name: Name of the table.
        columns: Its columns.
    """

    def __init__(self, folder: Path, name: str, columns: Sequence[Column]) -> None:
        self._folder, self._name, self._columns = folder, name, columns

    def __iter__(self) -> Iterator[Row]:
        return self._rows(ordered(self._name, self._columns))

    def __len__(self) -> int:
        with reading(self._folder) as connection:
            counted = connection.execute(f"SELECT count(*) FROM {quoted(self._name)}").fetchone()
            return int(counted[0])

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        """Return a row, or a list of rows."""
        if isinstance(index, slice):
            return list(self)[index]
        position = index if index >= 0 else len(self) + index
        if position >= 0:
            for row in self._rows(f"{ordered(self._name, self._columns)} LIMIT 1 OFFSET {position}"):
                return row
        raise IndexError(index)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {self._name}>"

    def _rows(self, query: str) -> Iterator[Row]:
        with reading(self._folder) as connection:
            cursor = connection.execute(query)
            while cells := cursor.fetchmany(AT_ONCE):
                yield from rows_of(self._columns, cells)


@dataclass(frozen=True, repr=False)
class StoredResults(Study):
    """The tables of a collection; see ``read_results``.

    Attributes:
        folder: The folder of the store.
        knowledge: Names and definitions of the categories.
        made_by: What the last run says about itself.

    Examples:
        >>> import subprocess, sys
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> command = [sys.executable, "-m", "analyzer", "analyze", str(sample), "--out", "results"]
        >>> done = subprocess.run(command, capture_output=True, check=True)
        >>> from analyzer import read_results
        >>> results = read_results("results")
        >>> results.analysed_rows[0]["provisions"] == len(results.provision_rows)
        True
    """

    folder: Path
    knowledge: Knowledge
    made_by: Mapping[str, Any]

    def rows_of(self, name: str) -> StoredRows:
        """Return the rows of a table.

        Args:
            name: One of ``analyzer.present.statistics.TABLES``.
        """
        return StoredRows(self.folder, name, columns_of(self.knowledge)[name])

    @cached_property
    def provision_rows(self) -> Sequence[Row]:  # type: ignore[override]
        """The rows of ``provisions``."""
        return self.rows_of("provisions")

    @cached_property
    def agreement_rows(self) -> Sequence[Row]:  # type: ignore[override]
        """The rows of ``agreements``."""
        return self.rows_of("agreements")

    @cached_property
    def instrument_rows(self) -> Sequence[Row]:  # type: ignore[override]
        """The rows of ``instruments``."""
        return self.rows_of("instruments")

    @cached_property
    def ratification_rows(self) -> Sequence[Row]:  # type: ignore[override]
        """The rows of ``ratifications``."""
        return self.rows_of("ratifications")

    @cached_property
    def reference_rows(self) -> Sequence[Row]:  # type: ignore[override]
        """The rows of ``references``."""
        return self.rows_of("references")

    @cached_property
    def indicator_rows(self) -> Sequence[Row]:  # type: ignore[override]
        """The rows of ``indicators``."""
        return self.rows_of("indicators")

    @cached_property
    def evidence_rows(self) -> Sequence[Row]:  # type: ignore[override]
        """The rows of ``indicator_evidence``."""
        return self.rows_of("indicator_evidence")

    @cached_property
    def family_rows(self) -> Sequence[Row]:  # type: ignore[override]
        """The rows of ``families``."""
        return self.rows_of("families")

    @cached_property
    def error_rows(self) -> Sequence[Row]:  # type: ignore[override]
        """The rows of ``errors``."""
        return self.rows_of("errors")

    @property
    def provenance(self) -> Provenance:
        """Program, knowledge and model of the last run."""
        return recorded(self.made_by)

    @property
    def beside(self) -> Mapping[str, str]:
        """``metadata.yml``, which tells Datasette what the tables mean."""
        return {METADATA: metadata_text(self.knowledge, self.provenance)}


def read_results(folder: str | Path, *, knowledge: Knowledge | None = None) -> StoredResults:
    """Open the collection that ``lpa analyze --out FOLDER`` keeps; its rows are read when they are asked for.

    Args:
        folder: The folder of the run.
        knowledge: The knowledge by which the results were made; that of the package if none is given.

    Raises:
        TableError: The folder holds no collection, or one of another version or knowledge.

    Examples:
        >>> import subprocess, sys
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> command = [sys.executable, "-m", "analyzer", "analyze", str(sample), "--out", "results"]
        >>> done = subprocess.run(command, capture_output=True, check=True)
        >>> from analyzer import read_results
        >>> [row["agreement_id"] for row in read_results("results").agreement_rows]
        ['norwell-veridia']
    """
    place = Path(folder)
    knowledge = knowledge or load_knowledge()
    with reading(place) as connection:
        check_shape(connection, knowledge, place / STORE)
        row = connection.execute("SELECT record FROM runs WHERE ended <> '' ORDER BY id DESC LIMIT 1").fetchone()
    return StoredResults(place, knowledge, _record(row[0] if row else "{}", place / STORE))


def _record(written: str, path: Path) -> Mapping[str, Any]:
    try:
        record = json.loads(written)
    except (ValueError, RecursionError):
        raise TableError("what the last run says about itself is damaged", file=path) from None
    return record if isinstance(record, dict) else {}
