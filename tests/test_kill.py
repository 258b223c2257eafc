"""A run that is killed at any moment loses only what was in flight, and the next one ends it with the same bytes."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from analyzer import load_knowledge, read_results
from analyzer.api import default_analyzer
from analyzer.collection.collect import Events, collect
from analyzer.collection.database import STORE
from analyzer.collection.store import Store
from analyzer.present.files import write_results
from analyzer.present.manifest import CRATE, RUN
from analyzer.present.provenance import record
from analyzer.read.sources import expand_sources
from analyzer.run.each import Options
from analyzer.switch import settle, writing_into

FILES, MOMENTS = 60, 8
TEXT = """AGREEMENT BETWEEN STATE {0} AND MERIDIA

CHAPTER {0}
LABOUR

Article {0}.1: Labour laws

1. Each Party shall effectively enforce its labour laws.

2. The Parties shall cooperate to abolish child labour within {0} years.
"""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process as Unix does")


@pytest.fixture(scope="module")
def agreements(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("agreements")
    for number in range(1, FILES + 1):
        (folder / f"pact-{number:03}.txt").write_text(TEXT.format(number), encoding="utf-8")
    default_analyzer()
    return folder


def one_run(out: Path, agreements: Path, pipe: int | None = None) -> int:
    """Do what ``lpa analyze`` does, in this process, and write a byte to a pipe for each result that is stored."""

    def tell(_: object) -> None:
        if pipe is not None:
            os.write(pipe, b".")

    out.mkdir(exist_ok=True)
    with writing_into(out), Store(out, load_knowledge()) as store:
        done = collect(store, expand_sources([agreements]), Options(), events=Events(on_result=tell))
        run = {**record(done.provenance), "counts": {"agreements": FILES}}
        store.end(run, "then")
        write_results(out, read_results(out), ("csv", "jsonl"), run=run)
    return done.analysed


def run_and_kill(out: Path, agreements: Path, seconds: float) -> int:
    """Run in a process that is killed after some seconds, and return how many results it said were stored."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            one_run(out, agreements, theirs)
        finally:
            os._exit(0)
    os.close(theirs)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(ours, "rb") as said:
        return len(said.read())


def tables(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.suffix in (".csv", ".jsonl")}


def stored(out: Path) -> int:
    """Return how many files the store holds; all that it holds of each is there."""
    if not (out / STORE).exists():
        return 0
    with closing(sqlite3.connect(out / STORE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'files'").fetchone():
            return 0
        rows = connection.execute(
            "SELECT (SELECT count(*) FROM provisions_rows AS r WHERE r.file = f.id), "
            "(SELECT count(*) FROM agreements_rows AS r WHERE r.file = f.id), "
            "(SELECT count(*) FROM documents AS r WHERE r.file = f.id) FROM files AS f WHERE outcome <> 'waiting'"
        ).fetchall()
    assert set(rows) <= {(2, 1, 1)}
    return len(rows)


@pytest.fixture(scope="module")
def undisturbed(agreements: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    began = time.monotonic()
    one_run(out, agreements)
    return tables(out), time.monotonic() - began


@pytest.mark.parametrize("seed", range(MOMENTS))
def test_a_kill_loses_only_what_was_in_flight(
    agreements: Path, tmp_path: Path, undisturbed: tuple[dict[str, bytes], float], seed: int
) -> None:
    wanted, seconds = undisturbed
    chance, out = random.Random(seed), tmp_path / "out"
    done = 0
    for _ in range(2):
        said = run_and_kill(out, agreements, chance.uniform(0, 1.1 * seconds))
        kept = stored(out)
        assert kept >= done + said
        done = kept
        if out.exists():
            settle(out)
            assert tables(out) in ({}, wanted)  # never a half
    assert one_run(out, agreements) == FILES - done
    assert tables(out) == wanted
    assert not [path.name for path in out.iterdir() if path.suffix not in (".csv", ".jsonl") and path.name not in (
        STORE, RUN, CRATE, "metadata.yml"
    )]  # fmt: skip


def test_a_kill_while_files_are_replaced_leaves_the_run_before(
    agreements: Path, tmp_path: Path, undisturbed: tuple[dict[str, bytes], float]
) -> None:
    wanted, seconds = undisturbed
    out, more = tmp_path / "out", tmp_path / "more"
    one_run(out, agreements)
    more.mkdir()
    for path in sorted(agreements.iterdir())[:3]:
        (more / path.name).write_bytes(path.read_bytes())
    for moment in (0.1, 0.5):
        run_and_kill(out, more, moment * seconds)
        settle(out)
        names = {len(tables(out)["agreements.jsonl"].splitlines())}
        assert names <= {3, FILES}
    one_run(out, agreements)
    assert tables(out) == wanted
