"""``lpa review export`` and ``lpa review import`` as a lawyer's assistant would use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support import change
from typer.testing import CliRunner, Result

from analyzer.bundled import bundled
from analyzer.cli import app
from analyzer.knowledge import Knowledge
from analyzer.learn.review.layout import SHEET
from analyzer.learn.review.read_sheet import read_sheet
from analyzer.learn.training.gold import reviewed

SAMPLE = bundled("corpus/texts") / "boreland-quillaya-labour.txt"


def lpa(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    result = lpa("review", "export", SAMPLE, "--out", tmp_path / "rows.xlsx", "--rows", "8")
    assert result.exit_code == 0, result.output
    return tmp_path / "rows.xlsx"


def test_what_goes_out_comes_back(book: Path, tmp_path: Path, knowledge: Knowledge) -> None:
    rows = read_sheet(book)
    assert len(rows) == 8
    change(book, {**{(row.number, "done"): "yes" for row in rows[:5]}, (2, "labour provision?"): "no"})
    result = lpa("review", "import", book)
    assert result.exit_code == 0, result.output
    assert "Rows imported: 5 (labour provisions: " in result.stdout
    assert "not reviewed: 3, refused: 0, repeated: 0." in result.stdout
    (annotated,) = reviewed(tmp_path / "rows.jsonl", knowledge)
    assert [unit.start for unit in annotated.units] == [row.cells["start"] for row in rows[:5]]
    assert not annotated.units[0].labels


def test_refused_rows_are_named_and_the_others_are_written(book: Path, tmp_path: Path) -> None:
    change(
        book,
        {(2, "done"): "yes", (3, "done"): "yes", (3, "hash"): "0" * 12, (4, "category 1"): "CL", (4, "strength"): "B"},
    )
    result = lpa("review", "import", book, "--out", tmp_path / "made" / "gold.jsonl")
    assert result.exit_code == 1
    first, second = result.stderr.splitlines()
    assert first.startswith(f"lpa: {book}: sheet 'Review', row 3: its hidden columns")
    assert second == f"lpa: {book}: these rows were changed but not marked as done, so they are not used: 4"
    assert "Rows imported: 1 (" in result.stdout
    assert "not reviewed: 6, refused: 1, repeated: 0." in result.stdout
    assert len((tmp_path / "made" / "gold.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_where_nothing_is_done_nothing_is_written(book: Path, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text("of an earlier round", encoding="utf-8")
    result = lpa("review", "import", book)
    assert result.exit_code == 1
    assert "Rows imported: 0 (labour provisions: 0), not reviewed: 8" in result.stdout
    assert "Nothing was written." in result.stdout
    assert (tmp_path / "rows.jsonl").read_text(encoding="utf-8") == "of an earlier round"


def test_deleted_rows_are_told(book: Path) -> None:
    opened = load_workbook(book)
    opened[SHEET].delete_rows(3, 2)
    opened.save(book)
    assert f"{book}: these rows of the export are missing (column 'row'): 2, 3" in lpa("review", "import", book).stderr


def test_reviewed_rows_are_not_exported_again(book: Path, tmp_path: Path) -> None:
    change(book, {(row, "done"): "yes" for row in range(2, 10)})
    lpa("review", "import", book)
    lpa("review", "export", SAMPLE, "--out", tmp_path / "2.xlsx", "--rows", "8", "--reviewed", tmp_path / "rows.jsonl")
    before, after = ({row.cells["start"] for row in read_sheet(path)} for path in (book, tmp_path / "2.xlsx"))
    assert after
    assert not before & after


def test_agreements_that_moved_can_be_named(tmp_path: Path) -> None:
    pact = tmp_path / "pact.txt"
    pact.write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    lpa("review", "export", pact, "--out", tmp_path / "rows.xlsx", "--rows", "2")
    change(tmp_path / "rows.xlsx", {(2, "done"): "yes"})
    (tmp_path / "new").mkdir()
    pact.rename(tmp_path / "new" / "pact.txt")
    assert "--agreements" in lpa("review", "import", tmp_path / "rows.xlsx").stderr
    result = lpa("review", "import", tmp_path / "rows.xlsx", "--agreements", tmp_path / "new")
    assert result.exit_code == 0, result.output
    assert json.loads((tmp_path / "rows.jsonl").read_text(encoding="utf-8"))["file"] == str(Path("new", "pact.txt"))


def test_a_source_that_fails_is_named_and_the_others_are_exported(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    result = lpa(
        "review", "export", tmp_path / "empty.txt", tmp_path / "none.txt", SAMPLE, "--out", tmp_path / "rows.xlsx"
    )
    assert result.exit_code == 1
    assert [line.split(": ")[-1] for line in result.stderr.splitlines()] == ["no such file or folder", "is empty"]
    assert read_sheet(tmp_path / "rows.xlsx")


def test_an_agreement_without_doubts_gives_no_workbook(tmp_path: Path) -> None:
    (tmp_path / "tariffs.txt").write_text("Article 1: Duties\n\n1. Duties are abolished.\n", encoding="utf-8")
    result = lpa("review", "export", tmp_path / "tariffs.txt", "--out", tmp_path / "rows.xlsx")
    assert (result.exit_code, result.stderr) == (1, "lpa: there is no clause to review; no workbook was written\n")
    assert not (tmp_path / "rows.xlsx").exists()


def test_a_workbook_is_never_overwritten(book: Path) -> None:
    before = book.read_bytes()
    result = lpa("review", "export", SAMPLE, "--out", book)
    assert result.exit_code == 2
    assert "exists already and may hold a review" in result.stderr
    result = lpa("review", "import", book, "--out", book)
    assert result.exit_code == 2
    assert "is one of the workbooks to read" in result.stderr
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "--out", "rows.csv"], "must end in .xlsx"),
        (["export", "--rows", "0"], "--rows"),
        (["export", "--reviewed", "none.jsonl"], "none.jsonl: is no file of reviewed rows"),
        (["import", "none.xlsx"], "none.xlsx: cannot be opened: No such file or directory"),
        (["import"], "FILE"),
    ],
)
def test_wrong_usage_gives_exit_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = lpa("review", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_pattern_that_is_no_folder_of_agreements_is_named(book: Path, tmp_path: Path) -> None:
    result = lpa("review", "import", book, "--agreements", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "nowhere: no such file or folder" in result.stderr
