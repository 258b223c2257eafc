"""What a collection holds: how much was found, which files failed, wait or are out of date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analyzer.collection.database import reading
from analyzer.collection.fingerprint import Fingerprints
from analyzer.collection.store import FAILED, WAITING
from analyzer.run.one_file import LANGUAGE, PARTIAL

OUTCOMES = ("read", PARTIAL, LANGUAGE, FAILED, WAITING)
"""What can have become of a file."""
REREAD, REANALYSED, UNFINISHED = "read again", "analysed again", "not done yet"
"""What the next run does with a file."""


@dataclass(frozen=True, slots=True)
class Status:
    """What a collection holds.

    Attributes:
        outcomes: How many files there are of each of ``OUTCOMES``.
        stale: How many files the next run would do again because program, knowledge or model have changed, by what it
            would do; content and names of the files are not looked at.
        agreements: How many agreements the tables have.
        provisions: How many provisions.
        failures: File and reason of what failed, the first ones.
        last_run: When the last run began and ended, ISO 8601; no end where it was killed or interrupted.
    """

    outcomes: Mapping[str, int]
    stale: Mapping[str, int]
    agreements: int
    provisions: int
    failures: tuple[tuple[str, str], ...]
    last_run: tuple[str, str]


def status_of(folder: Path, prints: Fingerprints, *, most: int = 40) -> Status:
    """Return what a collection holds.

    Args:
        folder: The folder of the results.
        prints: Fingerprints of the steps as they are now (``analyzer.collection.fingerprint``).
        most: Most failures that are named.

    Raises:
        TableError: There is no collection.
    """
    with reading(folder) as connection:
        outcomes = dict(connection.execute("SELECT outcome, count(*) FROM files GROUP BY outcome"))
        failures = connection.execute(
            "SELECT file, reason FROM errors WHERE kind NOT IN (?, ?) LIMIT ?", (PARTIAL, LANGUAGE, most)
        )
        last = connection.execute("SELECT began, ended FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        return Status(
            outcomes={name: outcomes.get(name, 0) for name in OUTCOMES},
            stale=_stale(connection, prints),
            agreements=_count(connection, "SELECT count(*) FROM agreements_rows"),
            provisions=_count(connection, "SELECT count(*) FROM provisions_rows"),
            failures=tuple(failures),
            last_run=last or ("", ""),
        )


def counts_of(folder: Path, skipped: int) -> dict[str, int]:
    """Return how much was read and found, as ``run.json`` has it.

    Args:
        folder: The folder of the results.
        skipped: How many files of other kinds the folders hold.
    """
    with reading(folder) as connection:
        return dict(_counts(connection, skipped))


def _counts(connection: sqlite3.Connection, skipped: int) -> Iterator[tuple[str, int]]:
    kinds = dict(connection.execute("SELECT kind, count(*) FROM errors GROUP BY kind"))
    analysed = "FROM agreements_rows WHERE has_labour_provisions IS NOT NULL"
    yield "files", _count(connection, "SELECT count(*) FROM files")
    yield "skipped", skipped
    counted = f"{analysed} AND version_of = ''"
    yield "agreements", _count(connection, f"SELECT count(*) {counted}")
    yield "agreements_with_provisions", _count(connection, f"SELECT count(*) {counted} AND has_labour_provisions")
    yield "versions", _count(connection, f"SELECT count(*) {analysed} AND version_of <> ''")
    yield "provisions", _count(connection, "SELECT count(*) FROM provisions_rows")
    yield "failed", sum(number for kind, number in kinds.items() if kind not in (PARTIAL, LANGUAGE))
    yield "read_in_part", kinds.get(PARTIAL, 0)
    yield "other_languages", kinds.get(LANGUAGE, 0)
    yield "references", _count(connection, "SELECT count(*) FROM references_rows")
    yield "references_dangling", _count(connection, "SELECT count(*) FROM references_rows WHERE status = 'dangling'")
    yield "characters", _count(connection, "SELECT coalesce(sum(characters), 0) FROM files")


def _stale(connection: sqlite3.Connection, prints: Fingerprints) -> dict[str, int]:
    """Return what the next run would do again, the failed ones by the beginning of their fingerprint."""
    done = connection.execute(
        "SELECT reading = ?, substr(analysis, 1, length(?)) = ?, count(*) FROM files WHERE outcome <> ? GROUP BY 1, 2",
        (prints.reading, prints.analysis, prints.analysis, WAITING),
    ).fetchall()
    return {
        REREAD: sum(number for same_reading, _, number in done if not same_reading),
        REANALYSED: sum(number for same_reading, same, number in done if same_reading and not same),
        UNFINISHED: _count(connection, f"SELECT count(*) FROM files WHERE outcome = '{WAITING}'"),
    }


def _count(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])
