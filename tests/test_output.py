from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analyzer.api import Analysis
from analyzer.errors import ModelError, TableError
from analyzer.knowledge import Knowledge
from analyzer.present import files as output
from analyzer.present.cells import FORMULA, Table, guard
from analyzer.present.columns import PROVISION_COLUMNS
from analyzer.present.files import count_long_cells, file_names, parse_formats, write_results
from analyzer.present.results import Results
from analyzer.present.statistics import TABLES
from analyzer.present.tables import agreement_row, provision_rows
from analyzer.replace import prepare_folder, replacing

Make = Callable[..., Analysis]


@pytest.fixture
def results(make_analysis: Make, knowledge: Knowledge) -> Results:
    analysis = make_analysis()
    return Results(provision_rows(analysis), [agreement_row(analysis)], knowledge)


def write(folder: Path, results: Results, formats: str = "csv,jsonl,xlsx") -> list[Path]:
    folder.mkdir(exist_ok=True)
    return write_results(folder, results, parse_formats(formats), run={"counts": {"agreements": 1}})


def with_text(results: Results, text: str) -> Results:
    return replace(results, provision_rows=[{**results.provision_rows[0], "text": text}])


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_format_of_every_table_is_written(tmp_path: Path, results: Results) -> None:
    written = write(tmp_path, results)
    assert {path.name for path in written} == {path.name for path in tmp_path.iterdir()}
    assert {path.name for path in written} == {
        *(f"{table}.{known}" for table in TABLES for known in ("csv", "jsonl")),
        "provisions.xlsx",
        "ro-crate-metadata.json",
        "run.json",
    }


def test_jsonl_holds_values_as_they_are(tmp_path: Path, results: Results) -> None:
    write(tmp_path, results, "jsonl")
    first, second, _ = [
        json.loads(line) for line in (tmp_path / "provisions.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    ]
    assert list(first) == [column.name for column in PROVISION_COLUMNS]
    assert second["categories"] == ["FOA", "ILOCONV", "RATIFY"]
    assert second["source_start"] is None
    assert second["review"] is False
    assert first["evidence"][0]["rule"] == "enforce-law"
    assert (tmp_path / "errors.jsonl").read_bytes() == b""


def test_csv_joins_lists_and_explains_evidence(tmp_path: Path, results: Results) -> None:
    write(tmp_path, results, "csv")
    first, second, third = read_csv(tmp_path / "provisions.csv")
    assert second["categories"] == "FOA;ILOCONV;RATIFY"
    assert first["evidence"] == "ENFORCE: enforce-law “effectively enforce its labour laws”"
    assert third["evidence"] == "RATIFY: ratify-convention “ratify” (lead-in)"
    assert (first["review"], third["review"], second["source_start"]) == ("false", "true", "")
    assert (tmp_path / "errors.csv").read_bytes() == b"\xef\xbb\xbffile,agreement_id,reason,kind\r\n"


def test_csv_is_read_by_pandas_with_the_right_types(tmp_path: Path, results: Results) -> None:
    import pandas as pd

    write(tmp_path, results, "csv")
    frame = pd.read_csv(tmp_path / "provisions.csv")
    assert list(frame.columns) == [column.name for column in PROVISION_COLUMNS]
    assert frame["review"].tolist() == [False, False, True]
    assert frame["confidence"].tolist() == [0.95, 0.9, 0.6]


@pytest.mark.parametrize("text", ["=1+1", "+41 22", "- a dash", "@SUM(A1)", "\tx", "'=x", "''-x", "＝1"])
def test_no_csv_cell_is_a_formula_and_the_text_can_be_had_back(tmp_path: Path, results: Results, text: str) -> None:
    write(tmp_path, with_text(results, text), "csv,jsonl")
    cell = read_csv(tmp_path / "provisions.csv")[0]["text"]
    assert cell[0] == "'"
    assert re.sub(rf"^'(?={FORMULA.pattern})", "", cell) == text
    assert json.loads((tmp_path / "provisions.jsonl").read_text(encoding="utf-8"))["text"] == text


@pytest.mark.parametrize("text", ["Article 1", "1. Each", "(a) x", "'quoted'", "", "’tis", "a=b"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert guard(text) == text


@pytest.mark.parametrize("text", ["a\rb", "a\r\nb", 'say "yes", or\nno', "a;b", "n\u2028x\x85y", "\x00\x01", "𝔘nion ñ"])
def test_awkward_text_survives_csv_and_jsonl(tmp_path: Path, results: Results, text: str) -> None:
    write(tmp_path, with_text(results, text), "csv,jsonl")
    assert read_csv(tmp_path / "provisions.csv")[0]["text"] == text
    (line,) = (tmp_path / "provisions.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["text"] == text


def test_an_undecodable_file_name_is_no_obstacle(tmp_path: Path, results: Results) -> None:
    row = {"file": "in/\udcff.txt", "agreement_id": "", "reason": "empty", "kind": "read"}
    write(tmp_path, replace(results, error_rows=[row]))
    assert json.loads((tmp_path / "errors.jsonl").read_text(encoding="utf-8"))["file"] == row["file"]
    assert read_csv(tmp_path / "errors.csv")[0]["file"] == "in/\\udcff.txt"


def test_the_same_rows_make_the_same_bytes(tmp_path: Path, results: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    first = {path.name: path.read_bytes() for path in write(tmp_path / "a", results)}
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert first == {path.name: path.read_bytes() for path in write(tmp_path / "b", results)}


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_the_earlier_files_alone(
    tmp_path: Path,
    results: Results,
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
) -> None:
    before = {path.name: path.read_bytes() for path in write(tmp_path, results)}

    def fail(file: io.TextIOBase, table: Table) -> None:
        file.write("half a line")
        raise failure

    monkeypatch.setattr(output, "write_json", fail)
    expected = TableError if isinstance(failure, OSError) else KeyboardInterrupt
    with pytest.raises(expected, match="No space left" if expected is TableError else None):
        write(tmp_path, with_text(results, "new"))
    assert before == {path.name: path.read_bytes() for path in tmp_path.iterdir()}


def test_files_are_replaced_together_or_not_at_all(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("old")
    refused = pytest.raises(ModelError, match=re.escape(f"{tmp_path}: cannot be written: No such file"))
    with refused, replacing(tmp_path, ["one.txt", "two.txt"], ModelError) as scratch:
        (scratch / "two.txt").write_text("new")
    assert (tmp_path / "one.txt").read_text() == "old"
    with replacing(tmp_path, ["one.txt", "two.txt"]) as scratch:
        for name in ("one.txt", "two.txt"):
            (scratch / name).write_text("new")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"one.txt": "new", "two.txt": "new"}


def test_rows_that_do_not_fit_write_nothing(tmp_path: Path, results: Results) -> None:
    with pytest.raises(TableError, match="does not fit"):
        write(tmp_path, replace(results, error_rows=[{"file": "x"}]))
    assert not list(tmp_path.iterdir())


def test_formats_are_parsed() -> None:
    assert parse_formats(" xlsx,CSV ") == ("csv", "xlsx")
    for wrong in ("pdf", "csv,xls", "", ","):
        with pytest.raises(TableError, match="choose from csv, jsonl, xlsx"):
            parse_formats(wrong)
    assert file_names(("csv", "xlsx")) == [*(f"{table}.csv" for table in TABLES), "provisions.xlsx"]


def test_the_folder_is_made(tmp_path: Path) -> None:
    prepare_folder(tmp_path / "a" / "b")
    assert not list((tmp_path / "a" / "b").iterdir())


def places(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "file"
    file.write_text("mine")
    yield file
    yield file / "below"


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    for place in places(tmp_path):
        with pytest.raises(TableError, match="there is a file of that name"):
            prepare_folder(place)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_folder_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(TableError, match=re.escape(f"{tmp_path}: cannot write to the output folder: Permission")):
        prepare_folder(tmp_path)


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "provisions.csv").mkdir()
    with pytest.raises(TableError, match="there is a folder of that name"):
        prepare_folder(tmp_path, ["provisions.csv"])


def test_csv_for_excel_in_europe(tmp_path: Path, results: Results) -> None:
    write_results(tmp_path, with_text(results, "1,5; and"), ("csv",), dialect="excel-eu")
    data = (tmp_path / "provisions.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    with (tmp_path / "provisions.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file, delimiter=";"))
    assert (row["text"], row["confidence"]) == ("1,5; and", "0,95")
    assert row["categories"] == next(iter(results.provision_rows))["categories"][0]


def test_cells_that_a_spreadsheet_would_cut_are_counted(results: Results) -> None:
    assert count_long_cells(results.tables()) == 0
    assert count_long_cells(with_text(results, "x" * 32_768).tables()) == 1
    assert count_long_cells(with_text(results, "x" * 32_767).tables()) == 0
