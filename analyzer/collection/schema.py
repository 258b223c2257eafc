"""The tables, views and indexes of the store, made from the declared columns.

A file that was analysed has one row in ``files``, and rows in ``agreements_rows``, ``provisions_rows`` and so on, which
go away with it. What is the same in every table of an agreement is kept once, in ``agreements_rows``. The views
(``provisions``, ``agreements`` …) have exactly the declared columns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from analyzer.collection.values import TYPES
from analyzer.knowledge import Knowledge
from analyzer.present.columns import AGREEMENT, Column
from analyzer.present.statistics import columns_of

APPLICATION = 0x4C504131
"""``PRAGMA application_id`` of a store: the letters LPA1."""
FORMAT = 1
"""``PRAGMA user_version``: raised when the tables that are not made from columns change."""
SHARED = tuple(column.name for column in AGREEMENT if column.name not in ("agreement_id", "language", "source_file"))
"""Columns that every table of an agreement repeats; the language of a row may be another than that of the whole."""
WHOLE = ("errors", "families")
"""Tables whose rows may belong to no file, so that they hold all of their columns themselves."""
WORDED = ("text", "heading", "lead_in", "agreement")
"""Columns of ``provisions`` that are searched, as far as there are such."""
FOUND = "provisions_search"
"""View: ``provisions`` with the ``id`` of the row, by which a full-text index finds it."""
RAW_INDEX, FORM_INDEX = "provisions_fts", "provisions_forms"
"""Full-text indexes: of the words as they are written, for other programs, and of their forms, for ``search``."""
MARKS = "marks"
"""Column of the index of forms that holds the instruments a clause cites."""

_FIXED = (
    """CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE columns (
    table_name TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, meaning TEXT NOT NULL,
    PRIMARY KEY (table_name, number)
) WITHOUT ROWID""",
    """CREATE TABLE runs (
    id INTEGER PRIMARY KEY, began TEXT NOT NULL, ended TEXT NOT NULL DEFAULT '', record TEXT NOT NULL DEFAULT '{}'
)""",
    """CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    position INTEGER NOT NULL,
    outcome TEXT NOT NULL DEFAULT 'waiting',
    digest TEXT NOT NULL DEFAULT '',
    given_id TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    own_id TEXT NOT NULL DEFAULT '',
    agreement_id TEXT NOT NULL DEFAULT '',
    warnings TEXT,
    reading TEXT NOT NULL DEFAULT '',
    analysis TEXT NOT NULL DEFAULT '',
    characters INTEGER NOT NULL DEFAULT 0,
    seconds TEXT NOT NULL DEFAULT '{}',
    run INTEGER REFERENCES runs(id)
)""",
    "CREATE INDEX files_position ON files(position)",
    "CREATE INDEX files_agreement ON files(agreement_id)",
    """CREATE TABLE documents (
    file INTEGER PRIMARY KEY REFERENCES files(id) ON DELETE CASCADE, reading TEXT NOT NULL, content BLOB NOT NULL
)""",
)
_LATER = (
    "CREATE INDEX provisions_strength ON provisions_rows(strength)",
    "CREATE INDEX instruments_instrument ON instruments_rows(instrument)",
)


def statements(knowledge: Knowledge) -> Iterator[str]:
    """Yield the statements that make an empty store for the columns of a knowledge."""
    yield from _FIXED
    for name, columns in columns_of(knowledge).items():
        yield _table(name, columns)
        if name != "agreements":
            yield f"CREATE INDEX {name}_rows_file ON {name}_rows(file, number)"
        yield f"CREATE VIEW {quoted(name)} AS {select(name, columns)}"
    yield from _LATER
    searched = worded(knowledge)
    columns = columns_of(knowledge)["provisions"]
    yield f"CREATE VIEW {FOUND} AS SELECT r.id AS id, {select('provisions', columns).removeprefix('SELECT ')}"
    names = ", ".join(map(quoted, searched))
    yield (
        f"CREATE VIRTUAL TABLE {RAW_INDEX} USING fts5({names}, content='{FOUND}', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    yield (
        f"CREATE VIRTUAL TABLE {FORM_INDEX} USING fts5({names}, {MARKS}, content='', "
        "tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
    )


def shape(knowledge: Knowledge) -> str:
    """Return a digest of all tables and columns: a store of another shape holds nothing that can be used."""
    told = [(name, column.name, column.kind) for name, columns in columns_of(knowledge).items() for column in columns]
    return hashlib.sha256(repr((FORMAT, told, list(statements(knowledge)))).encode()).hexdigest()


def worded(knowledge: Knowledge) -> tuple[str, ...]:
    """Return the columns of ``provisions`` that are searched."""
    names = {column.name for column in columns_of(knowledge)["provisions"]}
    return tuple(name for name in WORDED if name in names)


def descriptions(knowledge: Knowledge) -> Iterator[tuple[str, int, str, str, str]]:
    """Yield the rows of the table ``columns``: what each column of each view means."""
    for name, columns in columns_of(knowledge).items():
        for number, column in enumerate(columns):
            yield name, number, column.name, column.kind, column.meaning


def own_columns(name: str, columns: Sequence[Column]) -> list[Column]:
    """Return the columns that a table of the store holds itself."""
    if name == "agreements":
        return [column for column in columns if column.name not in ("agreement_id", "source_file")]
    if name in WHOLE:
        return list(columns)
    return [column for column in columns if column.name not in ("agreement_id", "source_file", *SHARED)]


def select(name: str, columns: Sequence[Column]) -> str:
    """Return the query for a table in its declared columns."""
    own = {column.name for column in own_columns(name, columns)}
    parts = ", ".join(f"{_source(name, column.name, own)} AS {quoted(column.name)}" for column in columns)
    return f"SELECT {parts} {_FROM.get(name, _FROM[''].format(name=name))}"


def ordered(name: str, columns: Sequence[Column]) -> str:
    """Return the query for a table in the order of the files, and inside a file in reading order."""
    if name == "families":
        return f"{select(name, columns)} ORDER BY r.number"
    if name == "errors":  # first what is no file at all
        return f"{select(name, columns)} ORDER BY r.file IS NOT NULL, f.position, r.number"
    # CROSS JOIN: the files are walked through in their order, and nothing is sorted.
    walked = select(name, columns).replace(" JOIN ", " CROSS JOIN ")
    return f"{walked} ORDER BY f.position{'' if name == 'agreements' else ', r.number'}"


_FROM: Mapping[str, str] = {
    "agreements": "FROM files AS f JOIN agreements_rows AS a ON a.file = f.id",
    "errors": (
        "FROM errors_rows AS r LEFT JOIN files AS f ON f.id = r.file LEFT JOIN agreements_rows AS a ON a.file = f.id"
    ),
    "families": "FROM families_rows AS r",
    "": "FROM files AS f JOIN agreements_rows AS a ON a.file = f.id JOIN {name}_rows AS r ON r.file = f.id",
}


def _source(table: str, column: str, own: set[str]) -> str:
    """Return the expression that gives the value of a column."""
    if table == "errors" and column == "file":
        return "coalesce(f.path, r.file_name)"
    if table == "errors" and column == "agreement_id":
        return "CASE WHEN a.file IS NULL THEN r.agreement_id ELSE f.agreement_id END"
    if table == "families":
        return f"r.{quoted(column)}"
    if column == "agreement_id":
        return "f.agreement_id"
    if column == "source_file":
        return "f.path"
    if table == "agreements" and column == "warnings":
        return "coalesce(f.warnings, a.warnings)"
    return f"{'r' if column in own and table != 'agreements' else 'a'}.{quoted(column)}"


def _table(name: str, columns: Sequence[Column]) -> str:
    """Return the statement that makes the table that holds the rows of a view."""
    held = [f"{_held_name(name, column)} {TYPES[column.kind]}".strip() for column in own_columns(name, columns)]
    if name == "agreements":
        keys = ["file INTEGER PRIMARY KEY REFERENCES files(id) ON DELETE CASCADE"]
    elif name in WHOLE:
        keys = ["id INTEGER PRIMARY KEY", "file INTEGER REFERENCES files(id) ON DELETE CASCADE"]
        keys.append("number INTEGER NOT NULL")
    else:
        keys = ["id INTEGER PRIMARY KEY", "file INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE"]
        keys.append("number INTEGER NOT NULL")
    return f"CREATE TABLE {name}_rows ({', '.join([*keys, *held])})"


def _held_name(table: str, column: Column) -> str:
    return "file_name" if table == "errors" and column.name == "file" else quoted(column.name)


def held_names(name: str, columns: Sequence[Column]) -> list[str]:
    """Return the names, quoted, under which a table of the store holds its own columns."""
    return [_held_name(name, column) for column in own_columns(name, columns)]


def quoted(name: str) -> str:
    """Return a name as SQL takes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'
