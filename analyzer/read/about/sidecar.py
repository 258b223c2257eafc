"""The table ``lpa-agreements.csv`` in a folder, which adds to the metadata of the texts or overrides them.

A table of the older name ``agreements.csv`` is read too if it has the column ``stem``; a table of results, which bears
that name as well, is none.

Its columns: ``stem`` (the file's name without suffix), and any of ``title``, ``parties`` (codes or names, joined by
``;``), ``date_signed``, ``date_in_force`` (ISO 8601), ``language`` (en, es, fr), ``source_url`` (http or https). Empty
cells are ignored; further columns are kept unchanged.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import get_args

from analyzer.errors import AnalyzerError, ReadError
from analyzer.knowledge.states import States, is_date
from analyzer.read.about.web_address import KEY, web_address
from analyzer.read.archive import Archive, split
from analyzer.regular import open_regular, read_regular
from analyzer.types import Language

NAME, OLDER_NAME = "lpa-agreements.csv", "agreements.csv"
MAX_BYTES = 10_000_000
_LONGEST_HEADER = 10_000
"""Characters of the first line of a table that are looked at."""
COLUMNS = ("title", "parties", "date_signed", "date_in_force", "language")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The rows of a table, by stem, what is wrong with it (empty: nothing), and its name."""

    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    problem: str = ""
    name: str = NAME


def load_sidecar(folder: Path, states: States) -> Sidecar:
    """Return the table of a folder; an empty one if there is none or it cannot be used.

    Args:
        folder: The folder.
        states: The States and groups that the table may name.
    """
    for file in (folder / NAME, folder / OLDER_NAME):
        packed = split(file)
        try:
            about = (packed[0] if packed else file).stat()
        except OSError:
            continue
        table = _load(file, states, about.st_mtime_ns, about.st_size)
        if table is not None:
            return replace(table, name=file.name)
    return Sidecar()


def is_sidecar(file: Path) -> bool:
    """Return whether a file that may be a table of results is a table of metadata: it has the column ``stem``."""
    try:
        with open_regular(file) as opened:
            header = opened.readline(_LONGEST_HEADER).decode("utf-8-sig", "replace")
            return "stem" in _columns_of(header)
    except OSError:
        return False


def _columns_of(header: str) -> list[str]:
    return header.strip().replace(";", ",").replace('"', "").split(",")


def parties_in(cell: str, signed: str, states: States) -> tuple[str, ...]:
    """Return the parties that a cell names, groups expanded at the day of signature, in alphabetical order.

    Raises:
        AnalyzerError: A name is not known.
    """
    codes = [states.code_of(name.strip()) for name in cell.split(";") if name.strip()]
    return tuple(sorted({party.code for party in states.expand(codes, signed)}))


@lru_cache(maxsize=64)
def _load(file: Path, states: States, _changed: int, _size: int) -> Sidecar | None:
    """Return the content of a table; None if it is a table of results or not in its archive."""
    try:
        data = _bytes_of(file)
        text = data.decode("utf-8-sig")
        first = text.partition("\n")[0]
        rows = list(csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ","))
    except OSError as error:
        return Sidecar(problem=error.strerror or str(error))
    except (UnicodeDecodeError, csv.Error) as error:
        return Sidecar(problem=str(error))
    except ReadError as error:
        return Sidecar(problem=error.reason)
    if not data or "agreement_id" in _columns_of(first):
        return None
    if not rows:
        return Sidecar(problem="it holds no row")
    if "stem" not in rows[0]:
        return Sidecar(problem="it has no column stem")
    by_stem: dict[str, Mapping[str, str]] = {}
    for number, row in enumerate(rows, 2):
        values = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
        if None in row:
            return Sidecar(problem=f"row {number} has more cells than columns; quote a cell that holds a comma")
        if problem := _problem(values, states):
            return Sidecar(problem=f"row {number}: {problem}")
        if values["stem"] in by_stem:
            return Sidecar(problem=f"row {number}: {values['stem']} is there twice")
        by_stem[values["stem"]] = values
    return Sidecar(by_stem)


def _bytes_of(file: Path) -> bytes:
    """Return the content of the table; empty if it is not in its archive."""
    packed = split(file)
    if packed is None:
        return read_regular(file, MAX_BYTES)
    archive, member = packed
    with Archive(archive) as opened_archive:
        return opened_archive.read(member) if member in opened_archive else b""


def _problem(row: Mapping[str, str], states: States) -> str:
    """Return what is wrong with a row; empty if nothing is."""
    for name in ("date_signed", "date_in_force"):
        if row.get(name) and not is_date(row[name]):
            return f"{name} {row[name]!r} is no date of the form 2021-06-23"
    if row.get("language") and row["language"] not in get_args(Language):
        return f"language {row['language']!r} is none of {', '.join(get_args(Language))}"
    if row.get(KEY) and not web_address(row[KEY]):
        return f"{KEY} {row[KEY]!r} is no address that begins with http:// or https://"
    try:
        parties_in(row.get("parties", ""), "", states)
    except AnalyzerError as error:
        return str(error)
    return ""
