"""The store: the result of each file, written in one transaction as soon as it is there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.collection.database import STORE, Tell, failure, finish, open_for_writing, transaction
from analyzer.collection.forms import form_text, marks
from analyzer.collection.schema import (
    FORM_INDEX,
    FOUND,
    MARKS,
    RAW_INDEX,
    SHARED,
    held_names,
    ordered,
    own_columns,
    quoted,
    worded,
)
from analyzer.collection.values import from_cell, storable, to_cell
from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.precedents.families import find_families
from analyzer.present.columns import Row, check_rows
from analyzer.present.family_tables import family_of, family_rows
from analyzer.present.statistics import columns_of
from analyzer.run.one_file import LANGUAGE, PARTIAL, FileResult, same_id_warning, unique_id

WAITING, READ, FAILED = "waiting", "read", "failed"
"""Outcomes of a file beside ``partial`` and ``language``: its turn has not come; it was read; there is no result."""
_AFTER_ALL = 1_000_000_000
"""Added to the position of files that the present run does not name."""


@dataclass(frozen=True, slots=True)
class Made:
    """By what a result was made: digest and fingerprints.

    Attributes:
        digest: Of the input: content, name, metadata beside it; empty where it changed while it was read.
        reading: Fingerprint of the steps that read the file.
        analysis: Fingerprint of the steps that found the provisions.
        facts: Fingerprint of the facts about ratifications.
    """

    digest: str = ""
    reading: str = ""
    analysis: str = ""
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store knows of a file.

    Attributes:
        id: Its number in the store.
        path: Where it was.
        outcome: ``waiting``, ``read``, ``failed``, ``partial`` or ``language``.
        given_id: The id that the list of files gave it; empty where the reader chose.
        wanted_language: The version that was asked for.
        made: By what its result was made.
    """

    id: int
    path: str
    outcome: str
    given_id: str
    wanted_language: str
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
        self._columns = columns_of(knowledge)
        self._worded = worded(knowledge)
        self._run: int | None = None
        self.connection = open_for_writing(folder, knowledge, tell)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        finish(self.connection)

    def begin(self, files: Iterable[tuple[str, str, str]], began: str) -> None:
        """Note the files of a run, in their order: path, id that is given to it, language that is asked for.

        Args:
            files: Each file once.
            began: When the run begins, ISO 8601; only to be shown.
        """
        with self._writing():
            self._run = self.connection.execute("INSERT INTO runs (began) VALUES (?)", (began,)).lastrowid
            self.connection.execute("CREATE TEMP TABLE IF NOT EXISTS listed (path TEXT PRIMARY KEY, position INTEGER)")
            self.connection.execute("DELETE FROM listed")
            self.connection.executemany(
                "INSERT INTO listed VALUES (?, ?)",
                ((storable(path), position) for position, (path, _, _) in enumerate(files)),
            )
            self.connection.execute(
                "INSERT OR IGNORE INTO files (path, position) SELECT path, position FROM listed ORDER BY position"
            )
            self.connection.execute(
                "UPDATE files SET position = coalesce((SELECT position FROM listed WHERE listed.path = files.path), "
                f"{_AFTER_ALL} + position % {_AFTER_ALL})"
            )

    def get(self, path: str) -> Stored | None:
        """Return what the store knows of a file; ``None`` if nothing."""
        return next(self._stored("WHERE path = ?", (storable(path),)), None)

    def all_stored(self) -> Iterator[Stored]:
        """Yield what the store knows, in the order of the files."""
        return self._stored("ORDER BY position")

    def document(self, file: int, reading: str) -> bytes | None:
        """Return a file as it was read, if it was read by the same steps."""
        found = self.connection.execute("SELECT content FROM documents WHERE (file, reading) = (?, ?)", (file, reading))
        row = found.fetchone()
        return row[0] if row else None

    def put(self, path: str, result: FileResult, made: Made, document: bytes | None = None) -> None:
        """Write the result of a file, in place of an earlier one.

        Args:
            path: The file, one of those of ``begin``.
            result: Its rows.
            made: By what they were made.
            document: The file as read; ``None`` leaves what is there.

        Raises:
            TableError: The rows do not fit their columns, or the store cannot be written; nothing is then.
        """
        with self._writing():
            (file,) = self.connection.execute("SELECT id FROM files WHERE path = ?", (storable(path),)).fetchone()
            self._remove_rows(file)
            for name, rows in result.rows.items():
                self._insert(name, file, rows, result.agreement)
            self._index(file)
            own_id = result.agreement["agreement_id"] if result.agreement else ""
            self.connection.execute(
                "UPDATE files SET warnings = NULL, outcome = ?, digest = ?, own_id = ?, agreement_id = ?, reading = ?, "
                "analysis = ?, facts = ?, characters = ?, seconds = ?, run = ? WHERE id = ?",
                (
                    *(_outcome(result), made.digest, storable(own_id), storable(own_id)),
                    *(made.reading, made.analysis, made.facts, result.characters),
                    *(json.dumps(dict(result.timings)), self._run, file),
                ),
            )
            if document is not None:
                self.connection.execute(
                    "INSERT OR REPLACE INTO documents VALUES (?, ?, ?)", (file, made.reading, document)
                )

    def ask(self, path: str, given_id: str, wanted_language: str) -> None:
        """Note the id and language with which a file is read now, and that its turn has not come."""
        with self._writing():
            self.connection.execute(
                "UPDATE files SET given_id = ?, wanted_language = ? WHERE path = ?",
                (storable(given_id), wanted_language, storable(path)),
            )

    def publish(self, *, keep: bool, problems: Sequence[Row] = ()) -> None:
        """Make the tables those of the run: its files, in its order, each agreement with an id of its own.

        Args:
            keep: Keep the results of files that the run does not name, behind those of the run.
            problems: Rows of ``errors`` about what the run names and is no file.
        """
        with self._writing():
            if not keep:
                gone = self.connection.execute("SELECT id FROM files WHERE position >= ?", (_AFTER_ALL,)).fetchall()
                for (file,) in gone:
                    self._remove_rows(file)
                self.connection.execute("DELETE FROM files WHERE position >= ?", (_AFTER_ALL,))
            self.connection.execute("DELETE FROM errors_rows WHERE file IS NULL")
            self._insert("errors", None, problems, None)
            self._name_agreements()
            self._find_families()

    def end(self, record: Mapping[str, Any], ended: str) -> None:
        """Note what the run says about itself, and when it ended."""
        with self._writing():
            written = storable(json.dumps(record, ensure_ascii=False))
            self.connection.execute("UPDATE runs SET ended = ?, record = ? WHERE id = ?", (ended, written, self._run))
            self.connection.execute("DELETE FROM runs WHERE id < ? AND id NOT IN (SELECT run FROM files)", (self._run,))

    def _name_agreements(self) -> None:
        """Give an agreement an id of its own where one before has its id too, and a warning that says so."""
        seen: set[str] = set()
        changed: list[tuple[str, str | None, int]] = []
        listed = self.connection.execute(
            "SELECT f.id, f.own_id, f.agreement_id, a.warnings FROM files AS f "
            "JOIN agreements_rows AS a ON a.file = f.id ORDER BY f.position"
        )
        for file, own_id, present, warnings in listed:
            name = unique_id(own_id, seen)
            seen.add(name)
            if name != own_id:
                told = [*json.loads(warnings), same_id_warning(own_id, name)]
                changed.append((storable(name), storable(json.dumps(told, ensure_ascii=False)), file))
            elif present != own_id:
                changed.append((storable(name), None, file))
        self.connection.executemany("UPDATE files SET agreement_id = ?, warnings = ? WHERE id = ?", changed)

    def _find_families(self) -> None:
        """Find the families among all provisions, which needs the names of the agreements."""
        query = ordered("provisions", self._columns["provisions"])
        names = [column.name for column in self._columns["provisions"]]
        values = [from_cell(column) for column in self._columns["provisions"]]
        rows = (
            {name: value(cell) for name, value, cell in zip(names, values, row, strict=True)}
            for row in self.connection.execute(query)
        )
        families = find_families(rows, self.knowledge)
        self.connection.execute("DELETE FROM families_rows")
        self._insert("families", None, family_rows(families), None)
        self.connection.execute("UPDATE provisions_rows SET family = '' WHERE family <> ''")
        self.connection.executemany(
            "UPDATE provisions_rows SET family = ? "
            "WHERE clause_id = ? AND file = (SELECT id FROM files WHERE agreement_id = ?)",
            ((family, storable(clause), storable(name)) for (name, clause), family in family_of(families).items()),
        )

    def _writing(self) -> _Writing:
        return _Writing(self.connection, self.path)

    def _stored(self, where: str, values: Sequence[Any] = ()) -> Iterator[Stored]:
        names = "id, path, outcome, given_id, wanted_language, digest, reading, analysis, facts"
        for row in self.connection.execute(f"SELECT {names} FROM files {where}", values):
            yield Stored(row[0], row[1], row[2], row[3], row[4], Made(*row[5:]))

    def _remove_rows(self, file: int) -> None:
        """Remove the rows of a file, from the indexes first, which want to be told what they hold."""
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
        for name in self._columns:
            self.connection.execute(f"DELETE FROM {name}_rows WHERE file = ?", (file,))

    def _insert(self, name: str, file: int | None, rows: Sequence[Row], agreement: Row | None) -> None:
        check_rows(rows, self._columns[name])
        columns = own_columns(name, self._columns[name])
        for row in rows:
            if agreement and any(row.get(column, agreement[column]) != agreement[column] for column in SHARED):
                raise TableError(f"a row of {name} contradicts the agreement {agreement['agreement_id']}")
        numbered = name != "agreements"
        held = ", ".join(["file", *(["number"] if numbered else []), *held_names(name, self._columns[name])])
        values = [
            (file, *([number] if numbered else []), *(to_cell(row[column.name], column) for column in columns))
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
        names = ", ".join(map(quoted, self._worded))
        rows = self.connection.execute(
            f"SELECT id, instruments, {names} FROM {FOUND} WHERE id IN (SELECT id FROM provisions_rows WHERE file = ?)",
            (file,),
        )
        return [(id, *map(form_text, words), marks(json.loads(cited))) for id, cited, *words in rows.fetchall()]


class _Writing:
    """A transaction whose errors are told in words of the user."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._transaction = transaction(connection)
        self._path = path

    def __enter__(self) -> None:
        try:
            self._transaction.__enter__()
        except sqlite3.Error as error:
            raise failure(error, self._path) from error

    def __exit__(self, *raised: Any) -> None:
        try:
            self._transaction.__exit__(*raised)
        except sqlite3.Error as error:
            raise failure(error, self._path) from error


def _outcome(result: FileResult) -> str:
    if result.agreement is None:
        return FAILED
    kind = result.error["kind"] if result.error else READ
    return kind if kind in (PARTIAL, LANGUAGE) else READ
