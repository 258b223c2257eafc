"""Runs over the same folder: only what is new or changed is done again, and what is there is always whole."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer import analyze_folder, load_knowledge, read_results
from analyzer.bundled import bundled
from analyzer.collection.collect import Collected, NothingReadError, Renewal, collect
from analyzer.collection.database import STORE
from analyzer.collection.store import Store
from analyzer.limits import Limits
from analyzer.present.files import write_results
from analyzer.present.provenance import record
from analyzer.read.sources import expand_sources
from analyzer.run.each import Options

SAMPLES = bundled("corpus/texts")
TEXT = """AGREEMENT BETWEEN {0} AND MERIDIA

CHAPTER 4
LABOUR

Article 4.1: Labour laws

1. Each Party shall effectively enforce its labour laws.

2. The Parties shall cooperate to abolish child labour in {0}.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for name in ("alpha", "beta", "gamma"):
        (made / f"{name}.txt").write_text(TEXT.format(name.title()), encoding="utf-8")
    return made


PLAIN, AS_NAMED = Options(), Renewal()


def gather(out: Path, *paths: str | Path, options: Options = PLAIN, renewal: Renewal = AS_NAMED) -> Collected:
    return gather_and_tell(out, paths, options, renewal)[0]


def gather_and_tell(
    out: Path, paths: Sequence[str | Path], options: Options = PLAIN, renewal: Renewal = AS_NAMED
) -> tuple[Collected, list[str]]:
    told: list[str] = []
    out.mkdir(exist_ok=True)
    with Store(out, options.knowledge or load_knowledge(), told.append) as store:
        done = collect(store, expand_sources(paths), options, renewal)
        store.end(record(done.provenance), "then")
    return done, told


def ids(out: Path) -> list[str]:
    return [row["agreement_id"] for row in read_results(out).agreement_rows]


def same_as_library(out: Path, paths: Sequence[Path]) -> bool:
    stored = read_results(out)
    return all(list(stored.rows_of(table.name)) == list(table.rows) for table in analyze_folder(paths).tables())


def test_the_files_of_the_store_are_those_of_the_library(tmp_path: Path) -> None:
    samples = [SAMPLES / "norwell-veridia.txt", SAMPLES / "kandara-lumeya.txt", Path("missing.txt")]
    out, other = tmp_path / "out", tmp_path / "other"
    gather(out, *samples)
    other.mkdir()
    write_results(out, read_results(out), ("csv", "jsonl", "xlsx"))
    for file in write_results(other, analyze_folder(samples), ("csv", "jsonl", "xlsx")):
        assert (out / file.name).read_bytes() == file.read_bytes(), file.name


def test_only_new_and_changed_files_are_done_again(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert (gather(out, folder).analysed, gather(out, folder).analysed) == (3, 0)
    (folder / "beta.txt").write_text(TEXT.format("Boreal"), encoding="utf-8")
    (folder / "delta.txt").write_text(TEXT.format("Delta"), encoding="utf-8")
    os.utime(folder / "alpha.txt", (1, 1))  # The clock says nothing about the content.
    done = gather(out, folder)
    assert (done.analysed, done.kept) == (2, 2)
    assert same_as_library(out, [folder])
    assert gather(out, folder, renewal=Renewal(redo="all")).analysed == 4


def test_a_change_that_keeps_time_and_size_is_noticed(folder: Path, tmp_path: Path) -> None:
    gather(tmp_path / "out", folder)
    before = (folder / "beta.txt").stat()
    (folder / "beta.txt").write_text(TEXT.format("Zeta"), encoding="utf-8")
    os.utime(folder / "beta.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert gather(tmp_path / "out", folder).analysed == 1
    assert same_as_library(tmp_path / "out", [folder])


def test_vanished_files_leave_the_tables_unless_they_are_kept(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    gather(out, folder)
    (folder / "alpha.txt").unlink()
    assert gather(out, folder, renewal=Renewal(keep=True)).analysed == 0
    assert ids(out) == ["beta", "gamma", "alpha"]
    gather(out, folder)
    assert ids(out) == ["beta", "gamma"]
    assert same_as_library(out, [folder])


def test_a_folder_that_was_moved_is_not_read_again(folder: Path, tmp_path: Path) -> None:
    gather(tmp_path / "out", folder)
    moved = folder.rename(tmp_path / "elsewhere")
    assert gather(tmp_path / "out", moved).analysed == 0
    assert same_as_library(tmp_path / "out", [moved])


def test_same_names_in_different_folders_and_very_long_names(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    for place in ("one", "two", "three"):
        (inside / place).mkdir(parents=True)
        (inside / place / "pact.txt").write_text(TEXT.format(place.title()), encoding="utf-8")
    (inside / f"{'n' * 240}.txt").write_text(TEXT.format("Long"), encoding="utf-8")
    gather(tmp_path / "out", inside)
    assert same_as_library(tmp_path / "out", [inside])
    assert gather(tmp_path / "out", inside).analysed == 0
    (inside / "one" / "pact.txt").unlink()
    gather(tmp_path / "out", inside)
    assert same_as_library(tmp_path / "out", [inside])


def test_a_table_beside_the_files_touches_only_the_files_that_it_names(folder: Path, tmp_path: Path) -> None:
    gather(tmp_path / "out", folder)
    (folder / "lpa-agreements.csv").write_text("stem,title\nbeta,The Beta Pact\n", encoding="utf-8")
    assert gather(tmp_path / "out", folder).analysed == 1
    assert same_as_library(tmp_path / "out", [folder])


def test_new_facts_and_models_do_not_read_files_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gather(tmp_path / "out", folder)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "ratifications.csv").write_text("iso3,instrument,ratified,denounced\n", encoding="utf-8")

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a file was read")

    monkeypatch.setattr("analyzer.run.one_file.read", never)
    newer = Options(knowledge=load_knowledge(tmp_path / "mine"))
    assert gather(tmp_path / "out", folder, options=newer).analysed == 3
    assert gather(tmp_path / "out", folder, options=newer).analysed == 0
    assert gather(tmp_path / "out", folder, options=replace(newer, model=None)).analysed == 3
    assert not len(read_results(tmp_path / "out").error_rows)
    assert ids(tmp_path / "out") == ["alpha", "beta", "gamma"]


def test_other_words_of_titles_read_the_files_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gather(tmp_path / "out", folder)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "states.csv").write_text("", encoding="utf-8")
    used: list[object] = []
    monkeypatch.setattr("analyzer.run.documents.unpacked", used.append)
    assert gather(tmp_path / "out", folder, options=Options(knowledge=load_knowledge(tmp_path / "mine"))).analysed == 3
    assert used == []


def test_a_failure_is_kept_until_something_changes(folder: Path, tmp_path: Path) -> None:
    out, bad = tmp_path / "out", folder / "bad.txt"
    bad.write_bytes(b"")
    gather(out, folder)
    assert gather(out, folder).analysed == 0
    assert gather(out, folder, renewal=Renewal(redo="failed")).analysed == 1
    assert gather(out, folder, options=Options(limits=Limits(7, 10**9))).analysed == 1
    assert gather(out, folder, options=Options(password="open")).analysed == 1
    bad.write_text(TEXT.format("Good"), encoding="utf-8")
    gather(out, folder)
    assert same_as_library(out, [folder])


def test_an_input_that_vanishes_or_changes_while_it_is_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analyzer.run import one_file

    out, original = tmp_path / "out", one_file.read

    def changing(path: Path, **options: object) -> object:
        if path.name == "alpha.txt":
            path.unlink()
        document = original(path, **options)  # type: ignore[arg-type]
        if path.name == "beta.txt":
            path.write_text(TEXT.format("Changed"), encoding="utf-8")
        return document

    with monkeypatch.context() as patched:
        patched.setattr(one_file, "read", changing)
        gather(out, folder)
    assert ids(out) == ["beta", "gamma"]
    (error,) = read_results(out).error_rows
    assert "No such file" in error["reason"]
    assert gather(out, folder).analysed == 1  # beta, as it is now
    assert same_as_library(out, [folder])


def test_results_are_not_replaced_by_nothing(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    gather(out, folder)
    before = [list(read_results(out).provision_rows), ids(out)]
    for file in folder.iterdir():
        file.write_bytes(b"")
    with pytest.raises(NothingReadError) as raised:
        gather(out, folder)
    assert len(raised.value.rows) == 3
    assert [list(read_results(out).provision_rows), ids(out)] == before


def test_an_interrupted_run_keeps_what_is_done_and_goes_on(folder: Path, tmp_path: Path) -> None:
    from analyzer.collection.collect import Events

    out = tmp_path / "out"
    out.mkdir()

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    for left in (2, 1):
        with pytest.raises(KeyboardInterrupt), Store(out, load_knowledge()) as store:
            collect(store, expand_sources([folder]), Options(), events=Events(on_result=interrupt))
        with closing(sqlite3.connect(out / STORE)) as connection:
            waiting = connection.execute("SELECT count(*) FROM files WHERE outcome = 'waiting'").fetchone()
        assert waiting == (left,)
    assert gather(out, folder).analysed == 1
    assert same_as_library(out, [folder])


def test_a_damaged_store_is_made_anew_with_a_message(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    gather(out, folder)
    content = bytearray((out / STORE).read_bytes())
    content[6000:30000] = os.urandom(24000)
    (out / STORE).write_bytes(content)
    done, told = gather_and_tell(out, [folder])
    assert done.analysed == 3
    assert "damaged" in told[0]
    assert f"{STORE}.damaged-1" in told[0]
    assert same_as_library(out, [folder])


def test_a_full_disk_is_told_and_what_was_done_is_kept(folder: Path, tmp_path: Path) -> None:
    from analyzer import TableError
    from analyzer.collection.collect import Events

    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(TableError, match="disk is full"), Store(out, load_knowledge()) as store:

        def fill(_: object) -> None:
            (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
            store.connection.execute(f"PRAGMA max_page_count = {pages}")

        collect(store, expand_sources([folder]), Options(), events=Events(on_result=fill))
    assert len(ids(out)) in (1, 2)
    gather(out, folder)
    assert same_as_library(out, [folder])


def test_a_second_run_is_refused_and_told_about_the_first(folder: Path, tmp_path: Path) -> None:
    import sys

    from analyzer.switch import writing_into
    from tests.support import run

    out = tmp_path / "out"
    out.mkdir()
    with writing_into(out):
        command = [sys.executable, "-c", "from analyzer.cli import main; main()", "analyze", folder, "--out", out]
        done = run([*command, "--jobs", "1"])
    assert done.returncode == 2
    assert f"another run is writing into this folder (process {os.getpid()} on " in done.stderr
    assert not (out / STORE).exists()


def test_clocks_that_jump_change_nothing(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    for year, analysed in ((2026, 3), (1970, 0), (2100, 0)):
        monkeypatch.setattr("analyzer.collection.collect.now", lambda year=year: f"{year}-01-01T00:00:00+00:00")
        for file in folder.iterdir():
            os.utime(file, (year, year))
        assert gather(out, folder).analysed == analysed
    assert same_as_library(out, [folder])


def test_the_record_of_the_run_stands_in_the_store(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with Store(out, load_knowledge()) as store:
        collect(store, expand_sources([folder]), Options())
        store.end({"package": "9.9"}, "then")
    assert json.loads(json.dumps(dict(read_results(out).made_by))) == {"package": "9.9"}
    assert read_results(out).provenance.package == "9.9"
