"""Several collections put together, with the same tables as one run over all their files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.collection.database import STORE, reading
from analyzer.collection.publish import publish
from analyzer.collection.results import read_results
from analyzer.collection.schema import select
from analyzer.collection.store import WAITING, Made, Store
from analyzer.collection.values import rows_of
from analyzer.errors import AnalyzerError, TableError
from analyzer.knowledge import Knowledge
from analyzer.present.columns import Row
from analyzer.present.provenance import Provenance, recorded
from analyzer.present.statistics import columns_of
from analyzer.run.one_file import FileResult
from analyzer.run.slices import Slice, recorded_slice

_FILES = (
    "SELECT id, path, own_id, digest, given_id, language, reading, analysis, characters, seconds, outcome FROM files"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A collection to be put together with others.

    Attributes:
        folder: Its folder.
        run: What its last run says about itself.
        slice: The slice it is of a list of files, if it is one.
    """

    folder: Path
    run: Mapping[str, Any]
    slice: Slice | None

    @property
    def provenance(self) -> Provenance:
        """Program, knowledge and model that made it."""
        return recorded(self.run)


def parts_of(folders: Sequence[Path], knowledge: Knowledge) -> list[Part]:
    """Return collections in the order in which they are put together: slices by number, others as they are named.

    Raises:
        TableError: One is no collection, is not finished, or does not belong to the others; the message says why.
    """
    parts = [_part(folder, knowledge) for folder in folders]
    seen: set[Path] = set()
    for part in parts:
        place = part.folder.resolve()
        if place in seen:
            raise TableError("is named twice", file=part.folder)
        seen.add(place)
    first = parts[0]
    for part in parts[1:]:
        if part.provenance.citation != first.provenance.citation or part.provenance.digest != first.provenance.digest:
            reason = f"was made by {part.provenance.citation}, but {first.folder} by {first.provenance.citation}"
            raise TableError(f"{reason}; analyse the files of one of them again", file=part.folder)
    _check_steps(parts)
    if any(part.slice for part in parts):
        return _in_order(parts)
    return parts


def merged_run(parts: Sequence[Part]) -> dict[str, Any]:
    """Return what a run says of itself whose tables are those of some collections: what they have in common."""
    runs = [part.run for part in parts]
    arguments = dict(_mapping(runs[0].get("arguments")))
    paths = [path for run in runs for path in _mapping(run.get("arguments")).get("paths") or []]
    timings: dict[str, float] = {}
    for run in runs:
        for step, seconds in _mapping(run.get("timings")).items():
            timings[step] = round(timings.get(step, 0.0) + seconds, 4)
    arguments.pop("slice", None)
    return {
        **{key: value for key, value in runs[0].items() if key not in ("slice", "files", "counts")},
        "arguments": {**arguments, "paths": list(dict.fromkeys(paths)), "merged": [str(part.folder) for part in parts]},
        "timings": timings,
        "started": min(str(run.get("started", "")) for run in runs),
        "ended": max(str(run.get("ended", "")) for run in runs),
    }


def skipped_in(parts: Sequence[Part]) -> int:
    """Return how many files of other kinds were passed over."""
    return sum(int(_mapping(part.run.get("counts")).get("skipped", 0)) for part in parts)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def merge(store: Store, parts: Sequence[Part], began: str) -> None:
    """Write collections into a store, in their order.

    Args:
        store: The store, open for writing.
        parts: The collections.
        began: When this began, ISO 8601; only to be shown.

    Raises:
        TableError: A file is in two of them, or the store cannot be written.
    """
    of: dict[str, Path] = {}
    for part in parts:
        for path in _paths(part):
            if path in of:
                raise TableError(f"{path} is in {of[path]} too; each file may be in one of them", file=part.folder)
            of[path] = part.folder
    store.begin(of, began)
    problems: list[Row] = []
    for part in parts:
        with reading(part.folder) as connection:
            source = _Source(connection, store.knowledge)
            problems += source.problems()
            for path, result, made, document in source.results():
                store.put(path, result, made, document)
    publish(store, keep=False, problems=problems)


def _part(folder: Path, knowledge: Knowledge) -> Part:
    results = read_results(folder, knowledge=knowledge)
    with reading(folder) as connection:
        (waiting,) = connection.execute("SELECT count(*) FROM files WHERE outcome = ?", (WAITING,)).fetchone()
    if waiting or not results.made_by:
        raise TableError("its run is not finished; give the same lpa analyze again, which goes on", file=folder)
    try:
        return Part(folder, results.made_by, recorded_slice(results.made_by))
    except AnalyzerError as error:
        raise TableError(error.reason, file=folder / STORE) from None


def _check_steps(parts: Sequence[Part]) -> None:
    """Refuse results of other steps: one table must not hold rows that this or that version would not have made."""
    steps: dict[tuple[str, str], Path] = {}
    for part in parts:
        with reading(part.folder) as connection:
            for row in connection.execute("SELECT DISTINCT reading, analysis FROM files"):
                steps.setdefault((row[0], row[1].split(" ")[0]), part.folder)
    if len(steps) > 1:
        first, second = list(steps.values())[:2]
        where = "" if first == second else f" than those of {first}"
        reason = f"its rows were made by other steps{where} (program, libraries, knowledge or model)"
        raise TableError(f"{reason}; analyse them again with the same ones", file=second)


def _in_order(parts: Sequence[Part]) -> list[Part]:
    """Return slices in their order.

    Raises:
        TableError: One is missing, there twice, or of another list of files.
    """
    by_number: dict[int, Part] = {}
    whole: Slice | None = None
    for part in parts:
        if part.slice is None:
            raise TableError("is no slice, but others are", file=part.folder)
        whole = whole or part.slice
        if (part.slice.of, part.slice.files, part.slice.listing) != (whole.of, whole.files, whole.listing):
            reason = f"is slice {part.slice} of another list of files than {parts[0].folder}; the folder has changed"
            raise TableError(f"{reason}, or the files were named differently", file=part.folder)
        if part.slice.number in by_number:
            earlier = by_number[part.slice.number].folder
            raise TableError(f"is slice {part.slice}, like {earlier}", file=part.folder)
        by_number[part.slice.number] = part
    assert whole is not None
    if missing := [number for number in range(1, whole.of + 1) if number not in by_number]:
        named = ", ".join(f"{number}/{whole.of}" for number in missing[:5])
        raise TableError(f"{len(missing)} slices are missing: {named}{' …' if len(missing) > 5 else ''}")
    return [by_number[number] for number in sorted(by_number)]


def _paths(part: Part) -> list[str]:
    with reading(part.folder) as connection:
        return [path for (path,) in connection.execute("SELECT path FROM files ORDER BY position")]


class _Source:
    """A collection that is read file by file."""

    def __init__(self, connection: sqlite3.Connection, knowledge: Knowledge) -> None:
        self._connection = connection
        self._columns = columns_of(knowledge)

    def problems(self) -> list[Row]:
        """Return the rows of ``errors`` about what is no file."""
        return self._rows("errors", "WHERE r.file IS NULL ORDER BY r.number")

    def results(self) -> Iterator[tuple[str, FileResult, Made, bytes]]:
        """Yield each file, in order: its path, its result with the id of its own, and what made it."""
        for id, path, own_id, *made, characters, seconds, _ in self._connection.execute(f"{_FILES} ORDER BY position"):
            rows = {
                name: tuple(self._rows(name, "WHERE f.id = ? ORDER BY r.number", id))
                for name in ("provisions", "instruments", "ratifications", "references", "indicator_evidence", "errors")
            }
            result = FileResult(
                file=path,
                provisions=rows["provisions"],
                instruments=rows["instruments"],
                ratifications=rows["ratifications"],
                references=rows["references"],
                evidence=rows["indicator_evidence"],
                indicators=next(iter(self._rows("indicators", "WHERE f.id = ?", id)), None),
                agreement=self._agreement(id, own_id),
                error=next(iter(rows["errors"]), None),
                characters=characters,
                timings=json.loads(seconds),
            )
            kept = self._connection.execute("SELECT content FROM documents WHERE file = ?", (id,)).fetchone()
            yield path, result, Made(*made), kept[0] if kept else b""

    def _agreement(self, id: int, own_id: str) -> Row | None:
        for row in self._rows("agreements", "WHERE f.id = ?", id):
            (warnings,) = self._connection.execute(
                "SELECT warnings FROM agreements_rows WHERE file = ?", (id,)
            ).fetchone()
            return {**row, "agreement_id": own_id, "warnings": tuple(json.loads(warnings))}
        return None

    def _rows(self, name: str, where: str, *values: Any) -> list[Row]:
        columns = self._columns[name]
        return list(rows_of(columns, self._connection.execute(f"{select(name, columns)} {where}", values)))
