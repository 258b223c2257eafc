"""The end of a run: its files become the tables, agreements get ids of their own, families and versions are found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from analyzer.collection.schema import ordered
from analyzer.collection.store import AFTER_ALL, Store
from analyzer.collection.values import rows_of, storable
from analyzer.precedents.families import find_families
from analyzer.present.columns import Row
from analyzer.present.family_tables import family_of, family_rows
from analyzer.present.versions import mark_versions
from analyzer.run.one_file import same_id_warning, unique_id

_PUBLISHED = "published"
"""Key under which the store notes of which results it knows the families and versions."""
_WORDING = (
    *("agreement_id", "clause_id", "agreement", "article", "language", "text", "date_signed", "date_in_force"),
    *("parties", "strength", "categories", "instruments"),
)
"""Columns of ``provisions`` by which families are found (``analyzer.precedents.wording``)."""
_COMPARED = ("language", "parties", "document_kind", "date_signed", "structure", "source_sha256", "provisions")
"""Columns by which versions of one agreement are recognised."""


def publish(store: Store, *, keep: bool, problems: Sequence[Row] = ()) -> None:
    """Make the tables those of a run: its files, in its order; all of it or nothing.

    Args:
        store: The store, after ``begin`` and the results.
        keep: Keep the results of files that the run does not name, behind those of the run.
        problems: Rows of ``errors`` about what the run names and is no file.

    Raises:
        TableError: The store cannot be written.
    """
    with store.writing():
        if not keep:
            gone = store.connection.execute("SELECT id FROM files WHERE position >= ?", (AFTER_ALL,)).fetchall()
            for (file,) in gone:
                store.remove_rows(file)
            store.connection.execute("DELETE FROM files WHERE position >= ?", (AFTER_ALL,))
        store.connection.execute("DELETE FROM errors_rows WHERE file IS NULL")
        store.insert("errors", None, problems)
        _name_agreements(store)
        mark = _mark(store)
        known = store.connection.execute("SELECT value FROM about WHERE key = ?", (_PUBLISHED,)).fetchone()
        if known != (mark,):
            _mark_versions(store)
            _find_families(store)
            store.connection.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (_PUBLISHED, mark))


def _name_agreements(store: Store) -> None:
    """Give an agreement an id of its own where one before has its id too."""
    seen: set[str] = set()
    changed: list[tuple[str, int]] = []
    listed = store.connection.execute(
        "SELECT f.id, f.own_id, f.agreement_id FROM files AS f "
        "JOIN agreements_rows AS a ON a.file = f.id ORDER BY f.position"
    )
    for file, own_id, present in listed:
        name = unique_id(own_id, seen)
        seen.add(name)
        if name != present:
            changed.append((storable(name), file))
    store.connection.executemany("UPDATE files SET agreement_id = ? WHERE id = ?", changed)


def _mark_versions(store: Store) -> None:
    """Find the versions of one agreement, and write what follows from other files into the warnings."""
    files, rows, own_warnings = [], [], []
    listed = store.connection.execute(
        f"SELECT f.id, f.own_id, f.agreement_id, a.warnings, {', '.join(f'a.{name}' for name in _COMPARED)} "
        "FROM files AS f JOIN agreements_rows AS a ON a.file = f.id ORDER BY f.position"
    )
    for file, own_id, name, warnings, *compared in listed:
        told = tuple(json.loads(warnings))
        if name != own_id:
            told = (*told, same_id_warning(own_id, name))
        files.append(file)
        own_warnings.append(warnings)
        rows.append({"agreement_id": name, "warnings": told, **dict(zip(_COMPARED, compared, strict=True))})
    changes = []
    for file, own, row in zip(files, own_warnings, mark_versions(rows), strict=True):
        warnings = json.dumps(row["warnings"], ensure_ascii=False)
        changes.append((file, row["version_of"], None if warnings == own else storable(warnings)))
    store.connection.executemany(
        "UPDATE files SET warnings = ? WHERE id = ? AND warnings IS NOT ?",
        ((told, file, told) for file, _, told in changes),
    )
    store.connection.executemany(
        "UPDATE agreements_rows SET version_of = ? WHERE file = ? AND version_of <> ?",
        ((storable(of), file, storable(of)) for file, of, _ in changes),
    )


def _mark(store: Store) -> str:
    """Return a digest of which results there are, in which order, and by which run each was made."""
    digest = hashlib.sha256()
    query = "SELECT id, agreement_id, own_id, digest, analysis, run FROM files ORDER BY position"
    for row in store.connection.execute(query):
        digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _find_families(store: Store) -> None:
    """Find the families among all provisions, which needs the names of the agreements."""
    families = find_families(_provisions(store), store.knowledge)
    store.connection.execute("DELETE FROM families_rows")
    store.insert("families", None, family_rows(families))
    store.connection.execute("UPDATE provisions_rows SET family = '' WHERE family <> ''")
    store.connection.executemany(
        "UPDATE provisions_rows SET family = ? "
        "WHERE clause_id = ? AND file = (SELECT id FROM files WHERE agreement_id = ?)",
        ((family, storable(clause), storable(name)) for (name, clause), family in family_of(families).items()),
    )


def _provisions(store: Store) -> Iterator[Row]:
    """Return what families are found by, of each provision."""
    columns = [column for column in store.columns["provisions"] if column.name in _WORDING]
    return rows_of(columns, store.connection.execute(ordered("provisions", columns)))
