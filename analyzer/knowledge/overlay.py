"""Combination of the user's files with those of the package: entries by id, plain tables key by key."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Generic, TypeVar

from analyzer.errors import KnowledgeError
from analyzer.knowledge.files import DISABLED, KnowledgeFile, KnowledgeFolder

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """An entry of a file, with its source for error messages.

    Attributes:
        id: Its id.
        value: Its content.
        file: The file.
        name: Its name in messages: its id, or its row.
    """

    id: str
    value: T
    file: Path
    name: str

    def error(self, reason: str) -> KnowledgeError:
        """Return an error about the entry."""
        return KnowledgeError(f"[{self.name}] {reason}", file=self.file)


@dataclass(frozen=True, slots=True)
class Tables:
    """The content of a file of plain tables, and the origin of its keys.

    Attributes:
        value: The tables.
        origins: The user's file of each key that the user wrote, by the path of the key.
        file: The package's file.
    """

    value: dict[str, Any]
    origins: Mapping[tuple[str, ...], Path]
    file: Path

    def file_of(self, path: Sequence[str | int]) -> Path:
        """Return the file that a key comes from."""
        keys = tuple(map(str, path))
        return next((self.origins[keys[:n]] for n in range(len(keys), 0, -1) if keys[:n] in self.origins), self.file)


Raw = Entry[dict[str, Any]]


def named_entries(folder: KnowledgeFolder, name: str, *, but: Collection[str] = ()) -> dict[str, Raw]:
    """Return the entries of TOML files in which each is a table named by its id.

    Args:
        folder: The files.
        name: The file, or the subfolder.
        but: Keys that are not entries.
    """
    return _laid_over(
        [_entry(file, key, value) for file in layer for key, value in file.toml().items() if key not in but]
        for layer in folder.layers(name)
    )


def listed_entries(folder: KnowledgeFolder, name: str, kinds: Sequence[str]) -> dict[str, dict[str, Raw]]:
    """Return, for each kind, the entries of TOML files in which each is a ``[[kind]]`` with an ``id``.

    Args:
        folder: The files.
        name: The file, or the subfolder.
        kinds: The allowed kinds.
    """
    layers = [[(file, file.toml()) for file in layer] for layer in folder.layers(name)]
    for file, written in (pair for layer in layers for pair in layer):
        for key, value in written.items():
            if key not in kinds or not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
                raise file.error(f"[{key}] is no {' or '.join(f'[[{kind}]]' for kind in kinds)}")
    return {
        kind: _laid_over(
            [
                _entry(file, _id_of(file, kind, value), value)
                for file, written in layer
                for value in written.get(kind, ())
            ]
            for layer in layers
        )
        for kind in kinds
    }


def row_entries(folder: KnowledgeFolder, name: str, columns: Sequence[str], key: Sequence[str]) -> dict[str, Raw]:
    """Return the rows of a CSV file.

    Args:
        folder: The files.
        name: The file.
        columns: Its columns.
        key: The columns that together are the id of a row.
    """
    return _laid_over(_rows(layer, columns, key) for layer in folder.layers(name))


def tables(folder: KnowledgeFolder, name: str, *, only: Collection[str] = ()) -> Tables:
    """Return a TOML file of plain tables, in which the user's keys replace those of the package.

    Args:
        folder: The files.
        name: The file.
        only: Keys to return where the others are entries; all if empty.
    """
    (bundled,), *others = folder.layers(name)
    value = _some(bundled.toml(), only)
    origins: dict[tuple[str, ...], Path] = {}
    for file in (file for layer in others for file in layer):
        _replace(value, _some(file.toml(), only), (), file.path, origins)
    return Tables(value, origins, bundled.path)


def _some(written: dict[str, Any], only: Collection[str]) -> dict[str, Any]:
    return {key: value for key, value in written.items() if not only or key in only}


def _rows(layer: Iterable[KnowledgeFile], columns: Sequence[str], key: Sequence[str]) -> list[Raw]:
    entries = []
    for file in layer:
        for name, row in file.rows(columns):
            value: dict[str, Any] = dict(row)
            if DISABLED in row:
                written = row[DISABLED].lower()
                value[DISABLED] = {"true": True, "false": False, "": False}.get(written, written)
            entries.append(Entry(" ".join(row[column] for column in key), value, file.path, name))
    return entries


def _entry(file: KnowledgeFile, id: str, value: Any) -> Raw:
    if not isinstance(value, dict):
        raise file.error(f"[{id}] must be a table")
    return Entry(id, value, file.path, id)


def _id_of(file: KnowledgeFile, kind: str, value: Mapping[str, Any]) -> str:
    id = value.get("id")
    if not isinstance(id, str) or not id.strip():
        raise file.error(f"a [[{kind}]] lacks the key id")
    return id


def _laid_over(layers: Iterable[Iterable[Raw]]) -> dict[str, Raw]:
    """Return the entries of all layers; an entry of a later layer replaces or removes that of its id, or is added."""
    entries: dict[str, Raw] = {}
    for layer in layers:
        for entry in _each_once(layer):
            taken = entry.value.get(DISABLED, False)
            if not isinstance(taken, bool):
                raise entry.error(f"{DISABLED} must be true or false")
            if not taken:
                entries[entry.id] = Entry(entry.id, _without_mark(entry.value), entry.file, entry.name)
            elif entries.pop(entry.id, None) is None:
                meant = get_close_matches(entry.id, entries, n=1)
                hint = f"; perhaps {meant[0]} is meant" if meant else ""
                raise entry.error(f"is {DISABLED}, but there is no {entry.id!r} to take away{hint}")
    return entries


def _each_once(layer: Iterable[Raw]) -> Iterator[Raw]:
    seen: set[str] = set()
    for entry in layer:
        if entry.id in seen:
            raise entry.error("defined twice")
        seen.add(entry.id)
        yield entry


def _without_mark(value: dict[str, Any]) -> dict[str, Any]:
    return {key: inside for key, inside in value.items() if key != DISABLED}


def _replace(
    below: dict[str, Any],
    above: Mapping[str, Any],
    path: tuple[str, ...],
    file: Path,
    origins: dict[tuple[str, ...], Path],
) -> None:
    for key, value in above.items():
        key_path = (*path, key)
        if isinstance(value, dict) and isinstance(below.get(key), dict):
            _replace(below[key], value, key_path, file, origins)
        else:
            below[key] = value
            origins[key_path] = file
