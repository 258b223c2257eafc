"""Only regular files are read, whatever lies under the name: a row of errors each, and the others go on."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer import KnowledgeError, ModelError, ReadError, TableError, analyze_folder, load_knowledge, load_model, read
from analyzer.errors import AnalyzerError
from analyzer.knowledge.export_rows import rows_of
from analyzer.learn.review.read_sheet import read_sheet
from analyzer.present.results import load_results
from analyzer.read.about.sidecar import NAME
from analyzer.read.file import SUFFIXES
from analyzer.read.sources import expand_sources
from analyzer.regular import TooLargeError, read_regular
from tests.support import bounded

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with named pipes")

TEXT = "Article 1\nThe Parties shall not use forced labour.\n" * 5


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link_to_a_pipe(path: Path) -> None:
    pipe(path.parent / ".pipe")
    path.symlink_to(path.parent / ".pipe")


def unix_socket(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # the name of a socket must be short
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(before)


def endless_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def link_to_nothing(path: Path) -> None:
    path.symlink_to("nowhere")


KINDS = (pipe, link_to_a_pipe, unix_socket, endless_device, link_to_itself, link_to_nothing)


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
def test_what_is_no_regular_file_is_one_error_each_and_the_batch_goes_on(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    for suffix in (*SUFFIXES, ".zip"):
        (tmp_path / suffix[1:]).mkdir()
        make(tmp_path / suffix[1:] / f"odd{suffix}")
    (tmp_path / "good.txt").write_text(TEXT)
    with bounded():
        batch = analyze_folder(tmp_path, model=None)
        named = analyze_folder([tmp_path / suffix[1:] / f"odd{suffix}" for suffix in (*SUFFIXES, ".zip")], model=None)
        matched = analyze_folder(str(tmp_path / "*" / "odd*"), model=None)
    files = {os.path.realpath(file) for file in tmp_path.glob("*/odd*")}  # each is read once
    for result in (batch, named, matched):
        assert len(result.error_rows) >= len(files)
        assert {row["kind"] for row in result.error_rows} == {"read"}
        assert all("cannot be opened: " in row["reason"] for row in result.error_rows)
    assert [row["agreement_id"] for row in batch.agreement_rows] == ["good"]


@pytest.mark.parametrize("make", KINDS[:4], ids=lambda make: make.__name__)
def test_tables_models_and_knowledge_are_regular_files(tmp_path: Path, make: Callable[[Path], None]) -> None:
    odd = tmp_path / "odd"
    make(odd)
    folder = tmp_path / "knowledge"
    folder.mkdir()
    make(folder / "states.csv")
    results = tmp_path / "results"
    results.mkdir()
    make(results / "agreements.jsonl")
    with bounded():
        for error, work in (
            (ModelError, lambda: load_model(odd)),
            (KnowledgeError, lambda: load_knowledge(folder)),
            (TableError, lambda: load_results(results)),
            (ReadError, lambda: list(rows_of(odd))),
            (AnalyzerError, lambda: read_sheet(odd)),
        ):
            with pytest.raises(error, match="not a regular file"):
                work()


def test_a_table_of_metadata_that_is_a_pipe_is_a_warning(tmp_path: Path) -> None:
    pipe(tmp_path / NAME)
    (tmp_path / "good.txt").write_text(TEXT)
    with bounded():
        document = read(tmp_path / "good.txt")
    assert any("it is a named pipe" in notice.text for notice in document.warnings)


def test_a_pattern_of_any_depth_follows_no_link(tmp_path: Path) -> None:
    sub = tmp_path / "sub"
    sub.mkdir()
    (tmp_path / "one.txt").write_text(TEXT)
    (sub / "two.txt").write_text(TEXT)
    (sub / "up").symlink_to("..")
    (sub / "upup").symlink_to("../..")
    with bounded():
        for pattern, found in (
            ("**/*.txt", ["one", "two"]),
            ("**", ["one", "two"]),
            ("s*/**/*.txt", ["two"]),
            ("**/sub/**", ["two"]),
            ("**.txt", ["one"]),
        ):
            sources = expand_sources([str(tmp_path / pattern)])
            assert [source.path.stem for source in sources.files] == found, pattern
            assert not sources.problems


@pytest.mark.parametrize("name", ["x" * 5000 + ".txt", "a\0b.txt"], ids=["too long", "zero byte"])
def test_names_that_no_file_can_have_are_problems(tmp_path: Path, name: str) -> None:
    (tmp_path / "good.txt").write_text(TEXT)
    batch = analyze_folder([tmp_path / "good.txt", tmp_path / name], model=None)
    assert batch.counts["agreements"] == batch.counts["failed"] == 1
    with pytest.raises(ReadError, match="cannot be opened"):
        read(tmp_path / name)


def test_no_more_is_read_than_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"12345")
    assert read_regular(file, 5) == b"12345"
    with pytest.raises(TooLargeError) as refused:
        read_regular(file, 4)
    assert refused.value.size == 5


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs files that say they are empty")
def test_a_file_that_says_it_is_empty_is_read_up_to_the_limit() -> None:
    whole = read_regular(Path("/proc/self/status"), 1_000_000)
    assert b"VmPeak" in whole
    with pytest.raises(TooLargeError):
        read_regular(Path("/proc/self/status"), 100)
