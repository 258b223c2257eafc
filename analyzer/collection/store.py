"""The store: the result of each file, written in one transaction as soon as it is there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.collection.database import STORE, Tell, finish, open_for_writing, transaction, translated
from analyzer.collection.forms import fact_mark, form_text, mark_of
from analyzer.collection.schema import (
    FORM_INDEX,
    FOUND,
    MARKS,
    RAW_INDEX,
    SHARED,
    held_names,
    own_columns,
    quoted,
    worded,
)
from analyzer.collection.values import storable, to_cell
from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.present.columns import Row, check_rows
from analyzer.present.statistics import columns_of
from analyzer.run.one_file import LANGUAGE, PARTIAL, FileResult

WAITING, READ, FAILED = "waiting", "read", "failed"
"""Outcomes of a file beside ``partial`` and ``language``: its turn has not come; it was read; there is no result."""
AFTER_ALL = 1_000_000_000
"""Added to the position of files that the present run does not name."""


@dataclass(frozen=True, slots=True)
class Made:
    """Of what and by what a result was made: where all of it is as it was, the result is too.

    Attributes:
        digest: Of the input (``analyzer.collection.inputs``).
        given_id: The id that the list of files gave it; empty where the reader chose.
        language: The version that was asked for; empty where none was.
        reading: Fingerprint of the steps that read the file (``analyzer.collection.fingerprint``).
        analysis: Fingerprint of the steps that found the provisions; of a file that failed with the limits too.
    """

    digest: str = ""
    given_id: str = ""
    language: str = ""
    reading: str = ""
    analysis: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store knows of a file.

    Attributes:
        id: Its number in the store.
        path: Where it was.
        outcome: ``waiting``, ``read``, ``failed``, ``partial`` or ``language``.
        made: Of what and by what its result was made.
    """

    id: int
    path: str
    outcome: str
    made: Made


class Store:
    """The store of a folder, open for writing; use it as a context manager, inside ``analyzer.switch.writing_into``.

    Args:
        folder: An existing folder.
        knowledge: Gives the columns of the tables.
        tell: Gets a sentence if a damaged store was set aside.

    Raises:
        TableError: It cannot be opened.
    """

    def __init__(self, folder: Path, knowledge: Knowledge, tell: Tell = lambda _: None) -> None:
        self.path = folder / STORE
        self.knowledge = knowledge
        self.columns = columns_of(knowledge)
        self._worded = worded(knowledge)
        self._run: int | None = None
        self.connection = open_for_writing(folder, knowledge, tell)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        finish(self.connection)

    def begin(self, paths: Iterable[str], began: str) -> None:
        """Note the files of a run, in their order.

        Args:
            paths: Each file once.
            began: When the run begins, ISO 8601; only to be shown.
        """
        with self.writing():
            self._run = self.connection.execute("INSERT INTO runs (began) VALUES (?)", (began,)).lastrowid
            self.connection.execute("CREATE TEMP TABLE IF NOT EXISTS listed (path TEXT PRIMARY KEY, position INTEGER)")
            self.connection.execute("CREATE TEMP TABLE IF NOT EXISTS left_over (name TEXT, id INTEGER)")
            self.connection.execute("CREATE INDEX IF NOT EXISTS temp.left_over_name ON left_over(name)")
            self.connection.execute("DELETE FROM listed")
            self.connection.execute("DELETE FROM left_over")
            self.connection.executemany(
                "INSERT INTO listed VALUES (?, ?)", ((storable(path), place) for place, path in enumerate(paths))
            )
            self.connection.execute(
                "INSERT OR IGNORE INTO files (path, position) SELECT path, position FROM listed ORDER BY position"
            )
            self.connection.execute(
                "UPDATE files SET position = coalesce((SELECT position FROM listed WHERE listed.path = files.path), "
                f"{AFTER_ALL} + position % {AFTER_ALL})"
            )
            unnamed = self.connection.execute("SELECT id, path FROM files WHERE position >= ?", (AFTER_ALL,))
            self.connection.executemany(
                "INSERT INTO left_over VALUES (?, ?)", ((Path(path).name, file) for file, path in unnamed)
            )

    def get(self, path: str) -> Stored | None:
        """Return what the store knows of a file; ``None`` if nothing."""
        return next(self._stored("WHERE path = ?", (storable(path),)), None)

    def all_stored(self) -> Iterator[Stored]:
        """Yield what the store knows, in the order of the files."""
        return self._stored("ORDER BY position")

    def moved(self, path: str) -> Iterator[Stored]:
        """Yield the files of the same name, read before, that the run does not name: one may lie elsewhere now."""
        where = "WHERE id IN (SELECT id FROM left_over WHERE name = ?) AND position >= ? AND outcome <> ?"
        return self._stored(where, (storable(Path(path).name), AFTER_ALL, WAITING))

    def move(self, stored: Stored, path: str) -> None:
        """Note that a file lies elsewhere now."""
        with self.writing():
            (position,) = self.connection.execute(
                "SELECT position FROM files WHERE path = ?", (storable(path),)
            ).fetchone()
            self.connection.execute("DELETE FROM files WHERE path = ?", (storable(path),))
            self.connection.execute(
                "UPDATE files SET path = ?, position = ? WHERE id = ?", (storable(path), position, stored.id)
            )

    def has_agreements(self) -> bool:
        """Return whether the store holds an agreement that was read."""
        return self.connection.execute("SELECT 1 FROM agreements_rows LIMIT 1").fetchone() is not None

    def document(self, file: int, reading: str) -> bytes | None:
        """Return a file as it was read, if it was read by the same steps."""
        found = self.connection.execute("SELECT content FROM documents WHERE (file, reading) = (?, ?)", (file, reading))
        row = found.fetchone()
        return row[0] if row else None

    def put(self, path: str, result: FileResult, made: Made, document: bytes = b"") -> None:
        """Write the result of a file, in place of an earlier one.

        Args:
            path: The file, one of those of ``begin``.
            result: Its rows.
            made: By what they were made.
            document: The file as read (``analyzer.run.documents``); where it is empty, what is there stays.

        Raises:
            TableError: The rows do not fit their columns, or the store cannot be written; nothing is then.
        """
        with self.writing():
            (file,) = self.connection.execute("SELECT id FROM files WHERE path = ?", (storable(path),)).fetchone()
            self.remove_rows(file)
            for name, rows in result.rows.items():
                self.insert(name, file, rows, result.agreement)
            self._index(file)
            own_id = result.agreement["agreement_id"] if result.agreement else ""
            self.connection.execute(
                "UPDATE files SET warnings = NULL, outcome = ?, own_id = ?, agreement_id = ?, digest = ?, "
                "given_id = ?, language = ?, reading = ?, analysis = ?, characters = ?, seconds = ?, run = ? "
                "WHERE id = ?",
                (
                    *(_outcome(result), storable(own_id), storable(own_id)),
                    *(storable(made.digest), storable(made.given_id), made.language, made.reading, made.analysis),
                    *(result.characters, json.dumps(dict(result.timings)), self._run, file),
                ),
            )
            if document:
                self.connection.execute(
                    "INSERT OR REPLACE INTO documents VALUES (?, ?, ?)", (file, made.reading, document)
                )

    def end(self, record: Mapping[str, Any], ended: str) -> None:
        """Note what the run says about itself, and when it ended."""
        with self.writing():
            written = storable(json.dumps(record, ensure_ascii=False))
            self.connection.execute("UPDATE runs SET ended = ?, record = ? WHERE id = ?", (ended, written, self._run))
            self.connection.execute("DELETE FROM runs WHERE id < ? AND id NOT IN (SELECT run FROM files)", (self._run,))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Have all that is written in a block stand in the store, or nothing; errors are told in words of the user."""
        with translated(self.path), transaction(self.connection):
            yield

    def _stored(self, where: str, values: Sequence[Any] = ()) -> Iterator[Stored]:
        names = "id, path, outcome, digest, given_id, language, reading, analysis"
        for row in self.connection.execute(f"SELECT {names} FROM files {where}", values):
            yield Stored(row[0], row[1], row[2], Made(*row[3:]))

    def remove_rows(self, file: int) -> None:
        """Remove the rows of a file, inside ``writing``: from the indexes first, which are told what they hold."""
        names = ", ".join(map(quoted, self._worded))
        self.connection.execute(
            f"INSERT INTO {RAW_INDEX} ({RAW_INDEX}, rowid, {names}) SELECT 'delete', id, {names} FROM {FOUND} "
            "WHERE id IN (SELECT id FROM provisions_rows WHERE file = ?)",
            (file,),
        )
        self.connection.executemany(
            f"INSERT INTO {FORM_INDEX} ({FORM_INDEX}, rowid, {names}, {MARKS}) "
            f"VALUES ('delete', ?{', ?' * (len(self._worded) + 1)})",
            self._formed(file),
        )
        for name in self.columns:
            self.connection.execute(f"DELETE FROM {name}_rows WHERE file = ?", (file,))

    def insert(self, name: str, file: int | None, rows: Sequence[Row], agreement: Row | None = None) -> None:
        """Write rows of a table, inside ``writing``.

        Args:
            name: Name of the table.
            file: The file that they belong to; ``None`` where they belong to none.
            rows: The rows.
            agreement: Its row of ``agreements``, with which they agree.

        Raises:
            TableError: They do not fit the columns, or contradict the agreement.
        """
        check_rows(rows, self.columns[name])
        columns = own_columns(name, self.columns[name])
        for row in rows:
            if agreement and any(row.get(column, agreement[column]) != agreement[column] for column in SHARED):
                raise TableError(f"a row of {name} contradicts the agreement {agreement['agreement_id']}")
        numbered = name != "agreements"
        held = ", ".join(["file", *(["number"] if numbered else []), *held_names(name, self.columns[name])])
        cells = [(column.name, to_cell(column)) for column in columns]
        values = [
            (file, *([number] if numbered else []), *[cell(row[column]) for column, cell in cells])
            for number, row in enumerate(rows)
        ]
        if values:
            marks_of_values = ", ".join("?" * len(values[0]))
            self.connection.executemany(f"INSERT INTO {name}_rows ({held}) VALUES ({marks_of_values})", values)

    def _index(self, file: int) -> None:
        names = ", ".join(map(quoted, self._worded))
        self.connection.execute(
            f"INSERT INTO {RAW_INDEX} (rowid, {names}) SELECT id, {names} FROM {FOUND} "
            "WHERE id IN (SELECT id FROM provisions_rows WHERE file = ?)",
            (file,),
        )
        self.connection.executemany(
            f"INSERT INTO {FORM_INDEX} (rowid, {names}, {MARKS}) VALUES (?{', ?' * (len(self._worded) + 1)})",
            self._formed(file),
        )

    def _formed(self, file: int) -> list[tuple[Any, ...]]:
        """Return what the index of forms holds of a file."""
        names = ", ".join(map(quoted, (*_FACTS, *self._worded)))
        rows = self.connection.execute(
            f"SELECT id, {names} FROM {FOUND} WHERE id IN (SELECT id FROM provisions_rows WHERE file = ?)", (file,)
        )
        number = len(_FACTS)
        return [(id, *map(form_text, told[number:]), _marks(*told[:number])) for id, *told in rows.fetchall()]


_FACTS = ("instruments", "categories", "strength", "language", "parties", "date_signed", "date_in_force")
"""Columns of ``provisions`` by which results are filtered."""


def _marks(instruments: str, categories: str, strength: str, language: str, parties: str, *dates: str) -> str:
    """Return the words that stand for the facts about a clause; they follow from its row alone."""
    year = next(filter(None, dates), "")[:4]
    return " ".join(
        (
            *map(mark_of, json.loads(instruments)),
            *(fact_mark("category", code) for code in json.loads(categories)),
            fact_mark("strength", strength),
            fact_mark("language", language),
            *(fact_mark("party", code) for code in parties.split(";") if code),
            *((fact_mark("year", year), fact_mark("year", year[:3])) if year else ()),
        )
    )


def _outcome(result: FileResult) -> str:
    if result.agreement is None:
        return FAILED
    kind = result.error["kind"] if result.error else READ
    return kind if kind in (PARTIAL, LANGUAGE) else READ
