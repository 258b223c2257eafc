"""The store: what is written comes back as it was, whatever its values, and nothing of another program is touched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer import TableError, analyze_folder, load_knowledge
from analyzer.bundled import bundled
from analyzer.collection.database import STORE
from analyzer.collection.publish import publish
from analyzer.collection.results import read_results
from analyzer.collection.schema import FORM_INDEX, RAW_INDEX
from analyzer.collection.store import Made, Store
from analyzer.collection.values import restored, storable
from analyzer.present.statistics import TABLES
from analyzer.run.batch import BatchResult

SAMPLES = bundled("corpus/texts")


@pytest.fixture(scope="module")
def batch() -> BatchResult:
    return analyze_folder([SAMPLES / "n*.txt", SAMPLES / "kandara-lumeya.txt", "missing.txt"])


def write(folder: Path, batch: BatchResult, *, keep: bool = False) -> None:
    with Store(folder, load_knowledge()) as store:
        store.begin([result.file for result in batch.results], "")
        for result in reversed(batch.results):
            store.put(result.file, result, Made())
        publish(store, keep=keep, problems=list(batch.problems))
        store.end({}, "")
        for index in (RAW_INDEX, FORM_INDEX):
            store.connection.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")


def same(folder: Path, batch: BatchResult) -> bool:
    stored = read_results(folder)
    return all(list(stored.rows_of(table.name)) == list(table.rows) for table in batch.tables())


def test_all_tables_come_back_as_they_were_in_the_order_of_the_files(tmp_path: Path, batch: BatchResult) -> None:
    write(tmp_path, batch)
    assert same(tmp_path, batch)
    stored = read_results(tmp_path)
    assert len(stored.provision_rows) == len(batch.provision_rows) > 10
    assert stored.provision_rows[-1] == batch.provision_rows[-1]
    assert [name.name for name in tmp_path.iterdir()] == [STORE]


def test_a_result_that_is_written_again_replaces_the_earlier_one(tmp_path: Path, batch: BatchResult) -> None:
    write(tmp_path, batch)
    fewer = replace(batch, results=(replace(batch.results[0], provisions=batch.results[0].provisions[:1]),))
    write(tmp_path, fewer, keep=True)
    assert len(read_results(tmp_path).agreement_rows) == 3
    write(tmp_path, fewer)
    assert same(tmp_path, fewer)


def test_two_files_with_one_id_are_told_apart_as_in_the_library(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
        text = (SAMPLES / "norwell-veridia.txt").read_text(encoding="utf-8")
        (tmp_path / name / f"{name}.md").write_text(f"---\nid: x\n---\n{text}", encoding="utf-8")
    batch = analyze_folder(tmp_path)
    copies = tuple(
        replace(result, agreement={**(result.agreement or {}), "agreement_id": "x"}) for result in batch.results
    )
    out = tmp_path / "out"
    out.mkdir()
    write(out, replace(batch, results=copies))
    rows = read_results(out).agreement_rows
    assert [row["agreement_id"] for row in rows] == ["x", "x~2", "x~3"]
    assert any("this agreement is called x~3" in warning for warning in rows[2]["warnings"])
    assert {row["agreement_id"] for row in read_results(out).provision_rows} == {"x", "x~2", "x~3"}


@pytest.mark.parametrize(
    "text", ["", "é", "a\udcffb", "\ud800", "\U0010fffd", "\U0010fffd\udcff\U0010fffd", "a\0b", "\U000f0000"]
)
def test_every_text_can_be_stored(text: str) -> None:
    assert restored(storable(text).encode()) == text


def test_a_view_has_the_declared_columns_and_foreign_keys_hold(tmp_path: Path, batch: BatchResult) -> None:
    write(tmp_path, batch)
    with closing(sqlite3.connect(tmp_path / STORE)) as connection:
        for table in batch.tables():
            found = [row[1] for row in connection.execute(f'PRAGMA table_info("{table.name}")')]
            assert found == [column.name for column in table.columns]
        described = {
            name for (name,) in connection.execute("SELECT DISTINCT table_name FROM columns WHERE meaning <> ''")
        }
        assert described == set(TABLES)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        found = connection.execute(f"SELECT count(*) FROM {RAW_INDEX} WHERE {RAW_INDEX} MATCH 'labour'").fetchone()
        assert found[0] > 0


def test_a_damaged_store_is_set_aside_and_told(tmp_path: Path, batch: BatchResult) -> None:
    write(tmp_path, batch)
    whole = (tmp_path / STORE).read_bytes()
    overwritten = whole[:5000] + b"\xff" * 9000 + whole[14000:]
    for number, damaged in enumerate((b"no database at all" * 100, whole[: len(whole) // 2], overwritten), 1):
        (tmp_path / STORE).write_bytes(damaged)
        told: list[str] = []
        with Store(tmp_path, load_knowledge(), told.append) as store:
            assert list(store.all_stored()) == []
        assert "damaged" in told[0]
        assert (tmp_path / f"{STORE}.damaged-{number}").read_bytes() == damaged


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / STORE)) as connection:
        connection.execute("CREATE TABLE mine (x)")
    before = (tmp_path / STORE).read_bytes()
    with pytest.raises(TableError, match="another program"):
        Store(tmp_path, load_knowledge())
    with pytest.raises(TableError, match="no collection"):
        read_results(tmp_path)
    assert (tmp_path / STORE).read_bytes() == before


def test_views_that_were_changed_are_not_believed(tmp_path: Path, batch: BatchResult) -> None:
    write(tmp_path, batch)
    with closing(sqlite3.connect(tmp_path / STORE)) as connection:
        connection.execute("DROP VIEW provisions")
        connection.execute("CREATE VIEW provisions AS SELECT 'invented' AS text")
    with pytest.raises(TableError, match="provisions has other columns"):
        read_results(tmp_path)


def test_other_columns_keep_what_was_read(tmp_path: Path, batch: BatchResult) -> None:
    with Store(tmp_path, load_knowledge()) as store:
        store.begin([batch.results[0].file], "")
        store.put(batch.results[0].file, batch.results[0], Made(reading="r"), b"text")
        store.connection.execute("UPDATE about SET value = 'other' WHERE key = 'shape'")
    told: list[str] = []
    with Store(tmp_path, load_knowledge(), told.append) as store:
        (stored,) = store.all_stored()
        assert (stored.outcome, store.document(stored.id, "r")) == ("waiting", b"text")
        assert store.document(stored.id, "other") is None
    assert "columns" in told[0]
    assert len(read_results(tmp_path).provision_rows) == 0
