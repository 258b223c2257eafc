"""``lpa verify``: whatever no longer holds of a run is named with file and row."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from analyzer.cli import app
from analyzer.present.crate import crate_text
from analyzer.present.manifest import CRATE, RUN, read_run, run_text, with_files

TEXT = """CHAPTER 4
LABOUR

Article 4.1: Labour laws

1. Each Party shall effectively enforce its labour laws.
\f
2. The Parties reaffirm Convention No. 182 and, as referred to in paragraph 1, shall abolish child labour.
"""
Row = dict[str, Any]


def lpa(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def analyze(place: Path, *more: str) -> Path:
    (place / "in").mkdir()
    (place / "in" / "pact.txt").write_text(TEXT, encoding="utf-8")
    (place / "in" / "accord.txt").write_text(TEXT.replace("4", "7"), encoding="utf-8")
    done = lpa("analyze", place / "in", "--out", place / "out", "--model", "none", "--jobs", 1, *more)
    assert done.exit_code == 0, done.output
    return place / "out"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return analyze(tmp_path_factory.mktemp("run"), "--format", "jsonl").parent


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    """A copy of the results; the agreements stay where they were read."""
    return Path(shutil.copytree(made / "out", tmp_path / "out"))


def verify(*arguments: str | Path) -> tuple[int, list[str]]:
    """Return exit code and the lines of what fails."""
    result = lpa("verify", *arguments, "--jobs", 1)
    assert "internal error" not in result.output
    return result.exit_code, result.stdout.splitlines()[:-1] if result.exit_code < 2 else result.stderr.splitlines()


def forge(out: Path, table: str, change: Callable[[Row], object]) -> None:
    """Change the first row of a table, and make the lists of the run fit, as somebody could who wants to deceive."""
    path = out / f"{table}.jsonl"
    first, *others = path.read_text(encoding="utf-8").split("\n")
    row = json.loads(first)
    change(row)
    path.write_text("\n".join([json.dumps(row, ensure_ascii=False), *others]), encoding="utf-8")
    content = with_files(read_run(out).content, out, [path.name])
    agreements = (out / "agreements.jsonl").read_text(encoding="utf-8").splitlines()
    (out / CRATE).write_text(crate_text(content, map(json.loads, agreements)), encoding="utf-8")
    (out / RUN).write_text(run_text(with_files(content, out, [CRATE])), encoding="utf-8")


def test_a_run_holds(made: Path) -> None:
    result = lpa("verify", made / "out", "--jobs", 1)
    assert result.exit_code == 0, result.output
    written = json.loads((made / "out" / RUN).read_text(encoding="utf-8"))["files"]
    assert result.stdout.startswith(f"Compared: {len(written)} files written, 2 files read, ")
    assert result.stdout.endswith("; all holds.\n")
    assert result.stderr == ""


def test_a_file_that_was_written_and_changed_is_named(out: Path) -> None:
    (out / "errors.jsonl").write_text("{}\n")
    (out / CRATE).unlink()
    code, lines = verify(out)
    assert code == 1
    assert lines == [f"{out / 'errors.jsonl'}: was changed after the run", f"{out / CRATE}: is missing"]


@pytest.mark.parametrize(
    ("table", "change", "reason"),
    [
        ("provisions", {"text": "Each Party shall enforce nothing."}, "its words are not those at"),
        ("provisions", {"start": 1, "end": 5}, "its words are not those at 1 to 5 of the text"),
        ("provisions", {"page_start": 7}, "begins on page 1, not 7"),
        ("provisions", {"page_end": 7}, "ends on page 1, not 7"),
        ("instruments", {"text": "Convention No. 183"}, "its words are not those at"),
        ("references", {"text": "paragraph 9"}, "its words are not those at"),
        ("indicator_evidence", {"words": "nothing"}, "its words are not those at"),
    ],
)
def test_a_row_that_does_not_quote_its_file_is_named(out: Path, table: str, change: Row, reason: str) -> None:
    forge(out, table, lambda row: row.update(change))
    code, lines = verify(out)
    assert code == 1
    (line,) = lines
    assert f"accord.txt: {table}, " in line
    assert reason in line


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"words": "elephants"}, "its evidence 'elephants' is not in the text"),
        ({"rule": "made-up"}, "'made-up', which"),
    ],
)
def test_evidence_that_does_not_exist_is_named(out: Path, change: Row, reason: str) -> None:
    forge(out, "provisions", lambda row: row["evidence"][0].update(change))
    code, (line,) = verify(out)
    assert code == 1
    assert reason in line


def test_a_crate_that_says_something_else_is_named(out: Path) -> None:
    text = (out / CRATE).read_text(encoding="utf-8").replace("accord.txt", "record.txt")
    (out / CRATE).write_text(text, encoding="utf-8")
    (out / RUN).write_text(run_text(with_files(read_run(out).content, out, [CRATE])), encoding="utf-8")
    assert verify(out) == (1, [f"{out / CRATE}: says something else than run.json and the table of agreements"])


def test_knowledge_and_model_of_another_kind_are_named(out: Path) -> None:
    content = {**read_run(out).content, "knowledge": "abcdef", "model": {"name": "bundled", "digest": "0" * 64}}
    (out / RUN).write_text(run_text(content), encoding="utf-8")
    code, lines = verify(out)
    assert code == 1
    assert any("made by the knowledge abcdef, but this is" in line for line in lines)
    assert any(f"made by the model {'0' * 64}, but bundled is" in line for line in lines)


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_agreements_that_were_moved_or_changed(tmp_path: Path, form: str) -> None:
    out = analyze(tmp_path, "--format", form)
    moved = tmp_path / "elsewhere" / "in"
    moved.parent.mkdir()
    (tmp_path / "in").rename(moved)
    code, lines = verify(out)
    assert (code, len(lines)) == (1, 2)
    assert all("cannot be opened" in line for line in lines)
    assert verify(out, "--agreements", moved.parent) == (0, [])
    (moved / "pact.txt").write_text(TEXT + "More.", encoding="utf-8")
    code, (line,) = verify(out, "--agreements", moved.parent)
    assert code == 1
    assert "pact.txt: holds other bytes than those that were read" in line


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"files": 3}'])
def test_what_is_no_run_is_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / RUN).write_text(content)
    code, (line,) = verify(tmp_path)
    assert code == 2
    assert line.startswith(f"lpa: {tmp_path}")


def test_damaged_rows_are_told_and_the_files_checked_all_the_same(out: Path) -> None:
    forge(out, "provisions", lambda row: row.pop("text"))
    code, lines = verify(out)
    assert code == 1
    assert "line 1 has other columns" in lines[0]
