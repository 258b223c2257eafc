"""Tables as Parquet hold the same values as the JSON lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analyzer import AnalyzerError, analyze_folder
from analyzer.bundled import bundled
from analyzer.present.files import write_results
from analyzer.present.parquet import check_parquet


def test_parquet_holds_what_the_json_lines_hold(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet")
    batch = analyze_folder(bundled("corpus/texts") / "norwell-veridia.txt")
    written = write_results(tmp_path, batch, ("jsonl", "parquet"))
    assert sum(path.suffix == ".parquet" for path in written) == len(batch.tables())
    for table in batch.tables():
        lines = (tmp_path / f"{table.name}.jsonl").read_text(encoding="utf-8").split("\n")
        rows = parquet.read_table(tmp_path / f"{table.name}.parquet").to_pylist()
        assert rows == [json.loads(line) for line in lines if line], table.name


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.present.parquet.find_spec", lambda _: None)
    with pytest.raises(AnalyzerError, match=r"labour-provision-analyzer\[parquet\]"):
        check_parquet()
