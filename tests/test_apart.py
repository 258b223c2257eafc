"""What is read in a process of its own is what would be read here, and a hostile file costs only itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pdfs import one_page, stream
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.errors import ReadError
from analyzer.knowledge import load_knowledge
from analyzer.limits import Limits
from analyzer.read.file import read
from analyzer.read.sources import expand_sources
from analyzer.run import apart
from analyzer.run.apart import read_apart, read_each

GOOD = "Article 1: Labour laws\n\n1. Each Party shall effectively enforce its labour laws.\n"

limited = pytest.mark.skipif(sys.platform == "win32", reason="memory is not limited there")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two files that can be read and, between them, one that wants all memory."""
    monkeypatch.setattr(apart, "LIMITS", Limits(memory=250_000_000))
    place = tmp_path / "in"
    place.mkdir()
    (place / "a.txt").write_text(GOOD, encoding="utf-8")
    (place / "b.pdf").write_bytes(one_page(stream(b"q " * 20_000_000, packed=True)))
    (place / "c.txt").write_text(GOOD, encoding="utf-8")
    return place


def test_the_document_is_the_same(folder: Path) -> None:
    assert read_apart(folder / "a.txt", load_knowledge()) == read(folder / "a.txt")


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"cannot be opened|no such file") as caught:
        read_apart(tmp_path / "nowhere.txt", load_knowledge())
    assert caught.value.file == str(tmp_path / "nowhere.txt")


@limited
def test_a_file_that_wants_all_memory_costs_only_itself(folder: Path) -> None:
    first, bad, last = read_each(expand_sources([folder]).files, load_knowledge())
    assert isinstance(bad, ReadError)
    assert str(bad) == f"{folder / 'b.pdf'}: needs more than 250 MB of memory"
    assert (first, last) == (read(folder / "a.txt"), read(folder / "c.txt"))


@limited
@pytest.mark.parametrize("command", [("segment",), ("instruments", "--agreement")])
def test_commands_for_one_file_say_what_is_wrong(folder: Path, command: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app, [*command, str(folder / "b.pdf")])
    assert (done.exit_code, done.stderr) == (1, f"lpa: {folder / 'b.pdf'}: needs more than 250 MB of memory\n")


@limited
def test_an_export_goes_on(folder: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["export", str(folder), "--akn", "--out", str(tmp_path / "out")])
    assert (done.exit_code, done.stderr) == (1, f"lpa: {folder / 'b.pdf'}: needs more than 250 MB of memory\n")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.akn.xml", "c.akn.xml"]
