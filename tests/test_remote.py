"""Agreements by URL: read like files, within the same bounds, and told clearly where they cannot be had."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from typer.testing import CliRunner

from analyzer import analyze, analyze_folder, read
from analyzer.cli import app
from analyzer.errors import ReadError
from analyzer.limits import Limits
from analyzer.read import file as reading
from analyzer.read.sources import expand_sources

TEXT = b"Article 1\nLabour\n\n1. Each Party shall effectively enforce its labour laws.\n"


@pytest.fixture
def store() -> Iterator[str]:
    """An object store in memory, with agreements and what is passed over."""
    system = fsspec.filesystem("memory")
    for name in ("a.txt", "sub/b.TXT", "sub/.hidden/c.txt", "~$d.docx", "table.csv", "sub/broken.pdf"):
        system.pipe(f"/treaties/{name}", TEXT)
    yield "memory://treaties"
    system.rm("/treaties", recursive=True)


def names(*paths: str) -> list[str]:
    return [str(source.path) for source in expand_sources(paths).files]


def test_a_url_is_a_file_a_folder_or_a_pattern(store: str) -> None:
    found = expand_sources([store])
    assert names(store) == [f"memory:///treaties/{name}" for name in ("a.txt", "sub/b.TXT", "sub/broken.pdf")]
    assert (found.skipped, found.problems) == (1, ())
    assert names(f"{store}/*.txt") == ["memory:///treaties/a.txt"]
    assert names(f"{store}/a.txt", f"{store}/a.txt") == ["memory://treaties/a.txt"]


def test_what_it_holds_is_read_as_from_the_disk(store: str, tmp_path: Path) -> None:
    batch = analyze_folder([f"{store}/*.txt", f"{store}/sub/*.pdf"], model=None)
    (tmp_path / "a.txt").write_bytes(TEXT)
    local = analyze_folder(tmp_path, model=None)
    (row,) = batch.agreement_rows
    assert row == {**local.agreement_rows[0], "source_file": "memory:///treaties/a.txt"}
    (error,) = batch.error_rows
    assert (error["file"], error["kind"]) == ("memory:///treaties/sub/broken.pdf", "read")
    assert "is named .pdf but" in error["reason"]
    assert read(f"{store}/a.txt").text == TEXT.decode()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("memory://treaties/missing.txt", "No such file or directory"),
        ("memory://treaties/a.zip", "is a zip archive"),
        ("memory://treaties/table.csv", "unsupported kind of file"),
    ],
)
def test_what_cannot_be_read_is_told(store: str, url: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as raised:
        read(url)
    assert raised.value.file == url


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("nonsense://x", "Protocol not known"),
        ("memory://a.zip::memory://x", "is a chain of URLs"),
        ("memory://nothing/*.txt", "holds no agreement"),
    ],
)
def test_what_cannot_be_listed_is_told(url: str, reason: str) -> None:
    (problem,) = expand_sources([url]).problems
    assert problem.file == url
    assert reason in problem.reason


def test_no_more_is_fetched_than_is_read(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_TEXT_BYTES", 10)
    with pytest.raises(ReadError, match="is too large"):
        read(f"{store}/a.txt")
    # A server may say that a file is shorter than it is.
    monkeypatch.setattr(type(fsspec.filesystem("memory")), "size", lambda *_: 1)
    with pytest.raises(ReadError, match="is too large"):
        read(f"{store}/a.txt")


def test_without_the_library_it_says_what_to_install(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(ReadError, match=r"labour-provision-analyzer\[remote\]"):
        read(f"{store}/a.txt")


def test_other_processes_fetch_what_they_read(tmp_path: Path) -> None:
    """By another URL than ``memory``, which every process has for itself."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "pact.txt").write_bytes(TEXT)
    url = f"file://{tmp_path}/in"
    assert analyze(f"{url}/pact.txt", limits=Limits()).provisions
    arguments = ["analyze", url, "--out", str(tmp_path / "out"), "--model", "none", "--jobs", "1", "--format", "jsonl"]
    for analysed in (1, 0):
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0, done.output
        assert json.loads((tmp_path / "out" / "run.json").read_text())["counts"]["analysed"] == analysed
    (row,) = map(json.loads, (tmp_path / "out" / "agreements.jsonl").read_text(encoding="utf-8").splitlines())
    assert row["source_file"] == f"{url}/pact.txt"
    moved = CliRunner().invoke(app, ["verify", str(tmp_path / "out"), "--agreements", str(tmp_path / "in")])
    assert moved.exit_code == 0, moved.output
