from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from typer.testing import CliRunner, Result

from analyzer import __version__
from analyzer.bundled import bundled
from analyzer.cli import app
from analyzer.cli.batch import KEPT
from analyzer.cli.streams import INTERRUPTED, PIPE_CLOSED
from analyzer.collection.database import STORE
from analyzer.knowledge import load_knowledge
from analyzer.present.files import FORMATS
from analyzer.present.statistics import TABLES
from tests.support import run

LPA = [sys.executable, "-c", "from analyzer.cli import main; main()"]
TEXT = """CHAPTER 4
LABOUR

Article 4.1: Labour laws

1. Each Party shall effectively enforce its labour laws.

2. The Parties shall cooperate to:
   (a) abolish child labour; and
   (b) señalar and publish.
"""
DESCRIBED = {"run.json", "ro-crate-metadata.json", "metadata.yml", STORE}
FILES = (
    {f"{table}.{known}" for table in TABLES for known in ("csv", "jsonl")} | {"provisions.xlsx", "hub.html"} | DESCRIBED
)


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "pact.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def lpa(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_analyze_writes_all_tables_and_says_where(agreement: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = lpa("analyze", agreement, "--out", out)
    assert result.exit_code == 0, result.output
    assert {path.name for path in out.iterdir()} == FILES
    assert str(out) in result.stdout.replace("\n", "")
    assert "pact" in result.stdout
    assert "Agreements read: 1, with labour standards: 1, with any mention: 1" in result.stdout
    assert result.stderr == ""


def test_analyze_describes_the_run(agreement: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    lpa("analyze", agreement, "--out", out, "--format", "csv", "--jobs", "1")
    assert {path.name for path in out.iterdir()} == {f"{table}.csv" for table in TABLES} | DESCRIBED
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert (run["package"], run["knowledge"]) == (__version__, load_knowledge().version)
    assert run["libraries"]["spacy"]
    assert run["arguments"] == {
        "paths": [str(agreement)],
        "out": str(out),
        "format": ["csv"],
        "jobs": 1,
        "timeout": 1800,
        "memory": 2000,
        "csv_dialect": "standard",
        "language": "",
        "model": "bundled",
        "knowledge": "",
        "keep": False,
        "retry": False,
        "force": False,
        "slice": "",
        "lang": "en",
    }
    assert run["model"]["name"] == "bundled"
    assert run["knowledge_folder"] == ""
    assert run["counts"]["files"] == 1
    assert run["timings"]["elapsed"] > 0


def test_another_model_can_be_used_or_none(agreement: Path, tmp_path: Path) -> None:
    shipped = bundled("models") / "provisions.model"
    read = {}
    for model in ("bundled", str(shipped), "none"):
        result = lpa("analyze", agreement, "--out", tmp_path / "out", "--format", "jsonl", "--model", model)
        assert result.exit_code == 0, result.output
        read[model] = (tmp_path / "out" / "provisions.jsonl").read_text(encoding="utf-8")
    assert read["bundled"] == read[str(shipped)]
    assert '"source": "model"' in read["bundled"]
    assert '"source": "model"' not in read["none"]
    for jobs in (1, 2):
        result = lpa("analyze", agreement, "--out", tmp_path / "out", "--model", tmp_path / "no.model", "--jobs", jobs)
        assert result.exit_code == 2
        assert "no.model" in result.stderr
        assert "the model cannot be read" in result.stderr


def test_tables_do_not_depend_on_the_number_of_jobs(agreement: Path, tmp_path: Path) -> None:
    (agreement.parent / "second.txt").write_text(TEXT.replace("4.1", "4.2"), encoding="utf-8")
    one, two = tmp_path / "one", tmp_path / "two"
    for out, jobs in ((one, 1), (two, 2)):
        assert lpa("analyze", agreement.parent, "--out", out, "--jobs", jobs).exit_code == 0
    for name in (FILES - DESCRIBED) | {"metadata.yml"}:
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_without_a_path_the_samples_are_analysed(tmp_path: Path) -> None:
    result = lpa("analyze", "--out", tmp_path, "--format", "jsonl", "--jobs", "1")
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in (tmp_path / "agreements.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 8
    assert {"en", "es", "fr"} == {row["language"] for row in rows}


def test_a_file_that_fails_gives_exit_code_1_and_the_rest_is_written(agreement: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = lpa("analyze", agreement, tmp_path / "missing.txt", "--out", out)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("lpa: ")
    assert "missing.txt" in line
    assert {path.name for path in out.iterdir()} == FILES
    assert len((out / "errors.csv").read_text(encoding="utf-8-sig").splitlines()) == 2
    assert (out / "provisions.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "pdf"], "unknown format pdf; choose from csv, jsonl, xlsx"),
        (["--format", ""], "no format given"),
        (["--jobs", "0"], "--jobs"),
        (["--nonsense"], "--nonsense"),
    ],
)
def test_wrong_usage_gives_exit_code_2(agreement: Path, tmp_path: Path, options: list[str], said: str) -> None:
    result = lpa("analyze", agreement, "--out", tmp_path / "out", *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


def test_formats_in_the_help_are_those_there_are() -> None:
    for known in FORMATS:
        assert known in lpa("analyze", "--help").stdout


def test_categories_are_printed_as_table_and_json() -> None:
    table = lpa("categories").stdout
    rows = json.loads(lpa("categories", "--json").stdout)
    assert [row["code"] for row in rows] == list(load_knowledge().categories)
    assert list(rows[0]) == ["code", "name", "group", "pillar"]
    assert all(row["code"] in table for row in rows)


def test_segment_prints_clauses_as_json_lines(agreement: Path) -> None:
    done = run([*LPA, "segment", agreement], check=True, encoding="utf-8")
    clauses = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(clause) for clause in clauses] == [
        ["clause_id", "kind", "number", "heading", "start", "end", "page_start"]
    ] * len(clauses)
    assert {"chapter", "article", "paragraph", "item"} <= {clause["kind"] for clause in clauses}
    item = next(clause for clause in clauses if clause["number"] == "b")
    assert "señalar" in TEXT[item["start"] : item["end"]]


def test_segment_prints_the_words_of_each_clause(agreement: Path) -> None:
    text = agreement.read_text(encoding="utf-8")
    rows = [json.loads(line) for line in lpa("segment", agreement, "--text").stdout.splitlines()]
    assert all(text[row["start"] :].startswith(row["text"]) for row in rows)
    assert "".join("".join(row["text"] for row in rows).split()) == "".join(text.split())


def test_segment_prints_the_outline_for_people(tmp_path: Path) -> None:
    file = tmp_path / "pact.md"
    file.write_text(
        "# AGREEMENT BETWEEN NORLAND AND VESPERIA\n\n## PREAMBLE\n\nThe Parties,\n\nHAVE AGREED as follows:\n\n"
        "## CHAPTER 1\n\n## LABOUR\n\n### Article 1: Scope\n\n1. The Parties meet.\n2. They talk.\n\n"
        "### Article 2: Aims\n\nThe Parties act.\n\n## ANNEX A\n\n## LIST OF LAWS\n\nThe laws are these.\n",
        encoding="utf-8",
    )
    assert lpa("segment", file, "--tree").stdout.splitlines() == [
        "(front)", "Preamble", "Chapter 1: LABOUR", "  Article 1: Scope", "  Article 2: Aims", "Annex A: LIST OF LAWS",
    ]  # fmt: skip
    assert lpa("segment", file, "--tree", "--text").exit_code == 2


def test_segment_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    result = lpa("segment", tmp_path / "missing.txt")
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert "missing.txt" in line


@pytest.mark.skipif(os.name != "posix", reason="closes a pipe as a shell does")
def test_a_reader_that_has_seen_enough_is_no_error(agreement: Path) -> None:
    articles = (f"Article {n}\n\n1. The Parties shall cooperate on matter {n}.\n\n" for n in range(1, 3000))
    agreement.write_text("".join(articles), encoding="utf-8")
    command = [*LPA, "segment", str(agreement)]
    with Popen(command, stdout=PIPE, stderr=PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b'{"clause_id"')
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == PIPE_CLOSED


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_line(agreement: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run([*LPA, "segment", agreement], capture_output=False, stdout=full, stderr=PIPE)
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_fault_of_the_program_is_one_line(agreement: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division\nby zero")

    monkeypatch.setattr(import_module("analyzer.segment"), "segment", fail)
    result = lpa("segment", agreement)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "internal error in test_cli.py, line" in line
    assert "ZeroDivisionError: division by zero" in line


def test_an_interrupt_keeps_what_is_done(agreement: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("analyzer.collection.collect.collect", interrupt)
    result = lpa("analyze", agreement, "--out", tmp_path / "out")
    assert result.exit_code == INTERRUPTED
    assert result.stderr == f"lpa: {KEPT}\n"
    assert [path.name for path in (tmp_path / "out").iterdir()] == [STORE]


def test_names_of_files_cannot_drive_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2Jb.txt").write_bytes(b"")
    result = lpa("analyze", tmp_path / "a\x1b[2Jb.txt", tmp_path / "a\x1b[2Jc.txt", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "2Jc.txt" in result.stderr
    assert "\x1b" not in result.output


def test_version_and_the_condition_on_the_model_are_printed() -> None:
    version, condition = lpa("--version").stdout.splitlines()
    assert version == f"lpa {__version__}"
    assert "CC BY-NC 4.0" in condition


def test_help_comes_at_once() -> None:
    """It loads no library that takes its time."""
    code = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
    done = run([sys.executable, "-c", code + LPA[-1], "--help"], check=True)
    assert {"analyze", "hub", "report", "categories", "segment"} <= set(done.stdout.split())
    loaded = set(done.stderr.split())
    assert "analyzer.cli" in loaded
    heavy = {
        "jinja2",
        "lxml",
        "numpy",
        "openpyxl",
        "pandas",
        "pydantic",
        "pypdfium2",
        "rich",
        "scipy",
        "sklearn",
        "spacy",
    }
    assert not heavy & loaded
