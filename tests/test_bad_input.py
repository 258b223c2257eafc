"""Bad input through the command line: a clear word about it, the other files done, nothing half-written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from analyzer import read
from analyzer.cli import app
from analyzer.cli.batch import KEPT
from analyzer.collection.database import STORE
from analyzer.collection.results import read_results
from analyzer.present.statistics import TABLES
from analyzer.run.batch import analyze_folder
from tests.support import TIMEOUT, bounded

GOOD = "Article 1: Labour laws\n\n1. Each Party shall effectively enforce its labour laws.\n"
BOMB = """<?xml version="1.0"?>
<!DOCTYPE treaty [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;">]>
<treaty><body><article article_identifier="1">&f;</article></body></treaty>
"""
ENTITY = """<?xml version="1.0"?>
<!DOCTYPE treaty [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<treaty><body><article article_identifier="1">&secret;</article></body></treaty>
"""


class Ran:
    """What a run of ``lpa analyze`` on some paths left behind."""

    def __init__(self, out: Path, *paths: Path) -> None:
        command = ["analyze", *map(str, paths), "--out", str(out), "--format", "csv,jsonl", "--jobs", "1"]
        done = CliRunner().invoke(app, [*command, "--timeout", str(TIMEOUT)])
        self.code, self.said = done.exit_code, done.stderr
        self.files = sorted(path.name for path in out.iterdir()) if out.exists() else []
        self.agreements = self._rows(out / "agreements.jsonl")
        self.errors = self._rows(out / "errors.jsonl")

    @staticmethod
    def _rows(path: Path) -> list[dict[str, Any]]:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A folder with one file that can be read."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    return folder


def pdf(path: Path, **options: Any) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), **options)
    for _ in range(5):
        canvas.drawString(72, 720, "Article 1: Labour laws")
        canvas.drawString(72, 700, "1. Each Party shall effectively enforce its labour laws.")
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


def empty_file(folder: Path) -> Path:
    (folder / "bad.txt").write_bytes(b"")
    return folder / "bad.txt"


def blank_file(folder: Path) -> Path:
    (folder / "bad.txt").write_text(" \n\n\t\n", encoding="utf-8")
    return folder / "bad.txt"


def missing_path(folder: Path) -> Path:
    return folder / "bad.txt"


def pattern_without_match(folder: Path) -> Path:
    return folder / "bad*.txt"


def folder_without_agreements(folder: Path) -> Path:
    (folder / "bad").mkdir()
    (folder / "bad" / "notes.ini").write_text("x", encoding="utf-8")
    return folder / "bad"


def unknown_suffix(folder: Path) -> Path:
    (folder / "bad.odt").write_text(GOOD, encoding="utf-8")
    return folder / "bad.odt"


def truncated_pdf(folder: Path) -> Path:
    path = folder / "bad.pdf"
    path.write_bytes(pdf(path)[:900])
    return path


def encrypted_pdf(folder: Path) -> Path:
    from reportlab.lib.pdfencrypt import StandardEncryption

    pdf(folder / "bad.pdf", encrypt=StandardEncryption("secret", canPrint=0))
    return folder / "bad.pdf"


def pdf_that_is_none(folder: Path) -> Path:
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7\n" + os.urandom(5000))
    return folder / "bad.pdf"


def xml_bomb(folder: Path) -> Path:
    (folder / "bad.xml").write_text(BOMB, encoding="utf-8")
    return folder / "bad.xml"


def xml_with_outside_entity(folder: Path) -> Path:
    (folder / "bad.xml").write_text(ENTITY, encoding="utf-8")
    return folder / "bad.xml"


def broken_xml(folder: Path) -> Path:
    (folder / "bad.xml").write_text("<treaty><body><article>Article 1", encoding="utf-8")
    return folder / "bad.xml"


def binary_noise(folder: Path) -> Path:
    (folder / "bad.txt").write_bytes(bytes(range(256)) * 200)
    return folder / "bad.txt"


CASES = [
    empty_file,
    blank_file,
    missing_path,
    pattern_without_match,
    folder_without_agreements,
    unknown_suffix,
    truncated_pdf,
    encrypted_pdf,
    pdf_that_is_none,
    xml_bomb,
    xml_with_outside_entity,
    broken_xml,
    binary_noise,
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_bad_input_gets_a_reason_and_the_rest_is_done(good: Path, tmp_path: Path, case: Callable[[Path], Path]) -> None:
    bad = case(good)
    ran = Ran(tmp_path / "out", good / "good.txt", bad)
    assert ran.code == 1
    assert [row["agreement_id"] for row in ran.agreements] == ["good"]
    (error,) = ran.errors
    assert error["file"] == str(bad)
    assert error["kind"] == "read"
    assert error["reason"]
    assert ran.said == f"lpa: {bad}: {error['reason']}\n"
    tables = [f"{table}.{known}" for table in TABLES for known in ("csv", "jsonl")]
    assert ran.files == sorted([*tables, "lpa.sqlite", "metadata.yml", "ro-crate-metadata.json", "run.json"])


def test_nothing_but_bad_input_still_writes_every_table(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    ran = Ran(tmp_path / "out", tmp_path / "bad.txt")
    assert (ran.code, len(ran.errors), ran.agreements) == (1, 1, [])
    assert "provisions.csv" in ran.files


def test_results_are_not_replaced_by_nothing(good: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    Ran(out, good)
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.name != STORE}
    rows = list(read_results(out).provision_rows)
    (tmp_path / "bad.txt").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    for named in ("missing.pdf", "*.doc", "empty", "bad.txt"):
        ran = Ran(out, tmp_path / named)
        assert ran.code == 2, named
        assert "nothing was written" in ran.said or "stay as they are" in ran.said
        assert {path.name: path.read_bytes() for path in out.iterdir() if path.name != STORE} == before
        assert list(read_results(out).provision_rows) == rows
        assert not len(read_results(out).error_rows)
    assert not Ran(tmp_path / "other", tmp_path / "missing.pdf").files


def test_a_file_without_permission_is_an_error(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = good / "bad.txt"
    bad.write_text(GOOD, encoding="utf-8")
    if os.geteuid() == 0:  # Nothing is forbidden to root.
        refuse_to_open(monkeypatch, bad)
    else:
        bad.chmod(0)
    result = analyze_folder(good)
    assert [row["agreement_id"] for row in result.agreement_rows] == ["good"]
    (error,) = result.error_rows
    assert error["file"] == str(bad)
    assert "ermission" in error["reason"]


def refuse_to_open(monkeypatch: pytest.MonkeyPatch, forbidden: Path) -> None:
    original = os.open

    def guarded(file: Any, *arguments: Any, **options: Any) -> Any:
        if str(file) == str(forbidden):
            raise PermissionError(13, os.strerror(13), str(file))
        return original(file, *arguments, **options)

    monkeypatch.setattr(os, "open", guarded)


def test_the_same_stem_twice_keeps_both_agreements_apart(good: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "good.txt").write_text(GOOD, encoding="utf-8")
    ran = Ran(tmp_path / "out", good, other)
    rows = (tmp_path / "out" / "provisions.jsonl").read_text(encoding="utf-8").splitlines()
    keys = {(json.loads(row)["agreement_id"], json.loads(row)["clause_id"]) for row in rows}
    if ran.errors:
        assert ran.code == 1
        assert "good" in ran.errors[0]["reason"]
    else:
        assert len({row["agreement_id"] for row in ran.agreements}) == 2
        assert len(keys) == len(rows) == 2


@pytest.mark.parametrize(
    ("line", "length"),
    [
        ("the goods of a Party shall be accorded treatment no less favourable and ", 20_000_000),
        ("Each Party shall effectively enforce its labour laws and ", 4_000_000),
    ],
    ids=["goods", "labour"],
)
def test_a_huge_line_is_read(good: Path, tmp_path: Path, line: str, length: int) -> None:
    """A step that takes more than twice as long for twice the text would not be done before ``TIMEOUT``."""
    (good / "huge.txt").write_text(line * (length // len(line)), encoding="utf-8")
    ran = Ran(tmp_path / "out", good)
    assert (ran.code, ran.errors) == (0, [])
    assert {row["agreement_id"] for row in ran.agreements} == {"good", "huge"}


@pytest.mark.parametrize("blocked", ["file", "below a file", "locked"])
def test_an_output_folder_that_cannot_be_written_to_is_refused_first(
    good: Path, tmp_path: Path, blocked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("the analysis was started")

    monkeypatch.setattr("analyzer.collection.collect.collect", never)
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    out = {"file": tmp_path / "file", "below a file": tmp_path / "file" / "out", "locked": Path("/proc/lpa")}[blocked]
    if blocked == "locked" and not Path("/proc").is_dir():
        pytest.skip("there is no folder that even root cannot write to")
    done = CliRunner().invoke(app, ["analyze", str(good), "--out", str(out)])
    assert done.exit_code == 2
    (said,) = done.stderr.splitlines()
    assert said.startswith(
        (f"lpa: {out}: cannot create the output folder", f"lpa: {out}: cannot write to the output folder")
    )
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.name != "posix", reason="interrupts by signal")
def test_an_interrupt_leaves_nothing_half_written(good: Path, tmp_path: Path) -> None:
    import signal

    line = "Each Party shall effectively enforce its labour laws. "
    for number in range(300):
        (good / f"long-{number}.txt").write_text(f"{line}\n\n" * 2_000, encoding="utf-8")
    out = tmp_path / "out"
    command = [sys.executable, "-c", "from analyzer.cli import main; main()", "analyze", good, "--out", out]
    with subprocess.Popen([*command, "--jobs", "2"], stderr=subprocess.PIPE, text=True) as process:
        while not out.exists() and process.poll() is None:
            time.sleep(0.01)
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=TIMEOUT)
    assert process.returncode == 130
    assert stderr in ("lpa: interrupted\n", f"lpa: {KEPT}\n")
    assert {path.name for path in out.iterdir()} <= {STORE}


@pytest.mark.parametrize("blank", ["\n", " \n", "\f\n", "  "])
def test_long_runs_of_white_space_take_no_time(tmp_path: Path, blank: str) -> None:
    path = tmp_path / "blanks.txt"
    path.write_text("AGREEMENT\n\nArlem and Bostra." + blank * 40_000 + GOOD, encoding="utf-8")
    with bounded(20):
        assert read(path).metadata.title == "AGREEMENT"


@pytest.mark.parametrize("options", [[], ["--text"], ["--tree"]])
def test_no_character_that_steers_a_terminal_is_printed(tmp_path: Path, options: list[str]) -> None:
    path = tmp_path / "c1.txt"
    path.write_text("Article 1: Lab\u009bour\u202e laws\n\n1. Each\u2066 Party shall act.\u009b31m\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["segment", str(path), *options])
    assert done.exit_code == 0
    assert not set(done.stdout) & set("\u009b\u202e\u2066")


def test_files_of_the_user_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "accord.txt").write_text(GOOD, encoding="utf-8")
    table = tmp_path / "agreements.csv"
    table.write_text("stem,title\naccord,The Accord\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["analyze", str(tmp_path), "--out", str(tmp_path), "--jobs", "1"])
    assert done.exit_code == 2 and "agreements.csv" in done.output
    assert table.read_text(encoding="utf-8") == "stem,title\naccord,The Accord\n"
    table.rename(tmp_path / "lpa-agreements.csv")
    command = ["analyze", str(tmp_path), "--out", str(tmp_path), "--format", "csv,jsonl,hub", "--jobs", "1"]
    for _ in range(2):  # the second time the results of the first lie beside the agreement
        assert CliRunner().invoke(app, command).exit_code == 0
        rows = [json.loads(line) for line in (tmp_path / "agreements.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [(row["agreement_id"], row["agreement"]) for row in rows] == [("accord", "The Accord")]
    assert (tmp_path / "lpa-agreements.csv").is_file()


def test_a_table_of_another_program_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "accord.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "out").mkdir()
    other = tmp_path / "out" / "provisions.csv"
    other.write_text("mine", encoding="utf-8")
    done = CliRunner().invoke(app, ["analyze", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--jobs", "1"])
    assert done.exit_code == 2 and other.read_text(encoding="utf-8") == "mine"
