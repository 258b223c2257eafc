"""The database of a store: opened for writing or for reading, checked, and set aside where it is damaged.

It is written in the mode WAL, in which a kill or a power cut loses nothing that was committed; once a run has ended it
is one plain file, which can be copied, mailed and opened from a read-only disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from analyzer.collection.forms import VERSION as FORMS
from analyzer.collection.schema import APPLICATION, FORMAT, descriptions, shape, statements
from analyzer.collection.values import restored
from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.regular import is_there

STORE = "lpa.sqlite"
"""The file, in the folder of the results."""
PATIENCE = 30.0
"""Seconds to wait for a program that reads the store at the moment of a write."""
_HEADER = b"SQLite format 3\x00"
_KEPT = ("about", "runs", "files", "documents")
"""Tables that stay where columns change: what was read need not be read again."""

Tell = Callable[[str], None]


def open_for_writing(folder: Path, knowledge: Knowledge, tell: Tell) -> sqlite3.Connection:
    """Open the store of a folder; make it if there is none, or anew if it is damaged.

    Args:
        folder: An existing folder that no other run writes into.
        knowledge: Gives the columns. Results with other columns are dropped; what was read is kept.
        tell: Gets a sentence if a damaged store was set aside.

    Raises:
        TableError: It cannot be opened, or the file of that name is a database of another program.
    """
    path = folder / STORE
    if reason := _damage(path):
        aside = _set_aside(path)
        tell(f"{path}: {reason}; it is kept as {aside.name}, and a new one is made")
    with translated(path):
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            connection.text_factory = restored
            _prepare(connection, knowledge, tell)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def reading(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the store of a folder for reading alone; nothing in it is run or believed, and other files are not touched.

    Raises:
        TableError: There is none, it is none of this version, or it is damaged.
    """
    path = folder / STORE
    if not path.is_file():
        raise TableError("there is no collection; make one with lpa analyze --out", file=path)
    with translated(path), closing(_connect_for_reading(path)) as connection:
        yield connection


def _connect_for_reading(path: Path) -> sqlite3.Connection:
    place = path.resolve().as_uri()
    # Without its log a store is a plain file, which nobody writes: it needs no lock, and may lie on a read-only disk.
    mode = "mode=ro" if is_there(path.with_name(f"{path.name}-wal")) else "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"{place}?{mode}", uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        connection.text_factory = restored
        for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON", "mmap_size = 0"):
            connection.execute(f"PRAGMA {pragma}")
        if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION,):
            raise TableError("is no collection of this program", file=path)
        if connection.execute("PRAGMA user_version").fetchone() != (FORMAT,):
            raise TableError("is a collection of another version of this program; run lpa analyze again", file=path)
    except BaseException:
        connection.close()
        raise
    return connection


def check_shape(connection: sqlite3.Connection, knowledge: Knowledge, path: Path) -> None:
    """Refuse a store whose tables are not those of this version and knowledge, or whose views were changed.

    Raises:
        TableError: They are others.
    """
    made = {
        " ".join(sql.split()) for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    }
    if missing := [sql for sql in statements(knowledge) if " ".join(sql.split()) not in made]:
        name = missing[0].split("(")[0].split(" AS ")[0].split()[-1].strip('"')
        raise TableError(
            f"{name} has other columns than this version or knowledge writes; run lpa analyze again", file=path
        )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Have all that is written in the block stand in the store, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn errors of the database into those that say what a user can do."""
    try:
        yield
    except sqlite3.Error as error:
        raise failure(error, path) from error


def failure(error: sqlite3.Error, path: Path) -> TableError:
    """Return what an error of the database means for a user."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    reasons = {
        sqlite3.SQLITE_FULL: "cannot be written: the disk is full; what was done before is kept",
        sqlite3.SQLITE_READONLY: "cannot be written: it is read-only",
        sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error, or is full",
        sqlite3.SQLITE_BUSY: "another program is writing into this collection",
        sqlite3.SQLITE_CORRUPT: "is damaged; run lpa analyze again, which makes a new one",
        sqlite3.SQLITE_NOTADB: "is damaged; run lpa analyze again, which makes a new one",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    }
    return TableError(reasons.get(code, f"cannot be used: {error}"), file=path)


def finish(connection: sqlite3.Connection) -> None:
    """Close a store that was written: it becomes one plain file, unless another program is reading it."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


def _prepare(connection: sqlite3.Connection, knowledge: Knowledge, tell: Tell) -> None:
    connection.execute("PRAGMA journal_mode = WAL")  # Where the file system cannot do that, the older way remains.
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF", "cache_size = -20000"):
        connection.execute(f"PRAGMA {pragma}")
    wanted = shape(knowledge)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "about" in tables:
        about = dict(connection.execute("SELECT key, value FROM about"))
        if (about.get("shape"), about.get("forms")) == (wanted, FORMS):
            return
        tell("the columns of the tables have changed: files are analysed again, but not read again where possible")
    with transaction(connection):
        _drop(connection)
        for statement in statements(knowledge):
            if statement.split()[1] not in ("TABLE", "INDEX") or not _is_kept(statement, tables):
                connection.execute(statement)
        connection.executemany("INSERT INTO columns VALUES (?, ?, ?, ?, ?)", descriptions(knowledge))
        connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", [("shape", wanted), ("forms", FORMS)])
        connection.execute("UPDATE files SET outcome = 'waiting', analysis = ''")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")


def _is_kept(statement: str, tables: set[str]) -> bool:
    """Return whether a statement makes one of the tables that stay, or an index of it."""
    name = statement.split("(")[0].split()[-1]
    return name in _KEPT and name in tables


def _drop(connection: sqlite3.Connection) -> None:
    """Remove all tables, views and indexes whose columns may have changed."""
    kinds = {"view": 0, "index": 1, "table": 2}
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    virtual = [name for _, name, _, sql in found if sql.startswith("CREATE VIRTUAL")]
    for name in virtual:
        connection.execute(f'DROP TABLE "{name}"')
    for kind, name, table, _ in sorted(found, key=lambda one: (kinds.get(one[0], 3), one[1])):
        is_gone = name in virtual or any(name.startswith(f"{one}_") for one in virtual)
        if table not in _KEPT and not is_gone:
            connection.execute(f'DROP {kind.upper()} IF EXISTS "{name}"')


def _damage(path: Path) -> str:
    """Return why a store cannot be used; empty if it can, or if there is none.

    Raises:
        TableError: The file belongs to another program.
    """
    if not is_there(path):
        return ""
    try:
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except OSError as error:
        raise TableError(f"cannot be opened: {error.strerror or error}", file=path) from error
    if header and header != _HEADER:
        return "is damaged: it is no database"
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            is_empty = not connection.execute("SELECT 1 FROM sqlite_master").fetchone()
            if application != APPLICATION and not is_empty:
                raise TableError("is a database of another program; choose another folder or rename it", file=path)
            if version != FORMAT and not is_empty:
                return f"is a collection of another version of this program (format {version})"
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            return "" if verdict == "ok" else "is damaged"
    except sqlite3.OperationalError as error:
        raise failure(error, path) from error
    except sqlite3.DatabaseError as error:
        return f"is damaged: {error}"


def _set_aside(path: Path) -> Path:
    """Rename a damaged store and its log, so that nothing is lost and a new one can be made."""
    number = 1
    while is_there(aside := path.with_name(f"{path.name}.damaged-{number}")):
        number += 1
    try:
        path.replace(aside)
        for end in ("-wal", "-shm"):
            log = path.with_name(path.name + end)
            if is_there(log):
                log.replace(aside.with_name(aside.name + end))
    except OSError as error:
        raise TableError(f"is damaged and cannot be renamed: {error.strerror or error}", file=path) from error
    return aside
