"""What the terminal says fits it, is in the order it tells, and leads on to the next step."""

from __future__ import annotations

import io
import re
import shlex
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner, Result

from analyzer.cli import app
from analyzer.cli.common import print_table
from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.present.rows import check_agreements
from tests.hub_tables import small_tables

EXAMPLE = re.compile(r"Example(?:, [\w ]+)?: (lpa .+?)(?=\n\s*\n|\. Exit code|\n\s*Exit code|$)", re.DOTALL)


def lpa(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def commands(command: Any, name: str = "lpa") -> Iterator[tuple[str, Any]]:
    for part, below in getattr(command, "commands", {}).items():
        if hasattr(below, "commands"):
            yield from commands(below, f"{name} {part}")
        else:
            yield f"{name} {part}", below


COMMANDS = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_has_an_example_that_its_options_allow(name: str) -> None:
    command = COMMANDS[name]
    found = EXAMPLE.search(command.help)
    assert found, f"{name} --help shows no example"
    words = shlex.split(" ".join(found[1].split()))
    assert " ".join(words).startswith(name)
    allowed = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= allowed
    command.make_context(name, words[len(name.split()) :], resilient_parsing=True)


@pytest.mark.parametrize("command", [["categories"], ["instruments"], ["instruments", "C182", "--parties", "CAN,HND"]])
def test_tables_fit_eighty_columns_without_breaking_words(command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.cli.common.console", lambda **_: Console(width=80, markup=False, highlight=False))
    printed = lpa(*command).stdout
    lines = [line for line in printed.splitlines() if not line.startswith("Ratifications as of")]
    assert max(map(len, lines)) <= 80
    whole = set(re.findall(r"[^\W\d_]{4,}", lpa(*command, "--json").stdout))
    shown = {word for line in lines for word in re.findall(r"[^\W\d_]{4,}", line)}
    heads = {"code", "name", "group", "pillar", "Party", "party", "kind", "year", "title", "type", "status"}
    broken = {word for word in shown if word not in whole and word.lower() not in {head.lower() for head in heads}}
    assert len(broken) <= len(shown) // 20, broken


def test_a_table_breaks_lines_between_words() -> None:
    out = io.StringIO()
    rows = [
        ["a-rather-long-identifier", "Elimination of discrimination in employment and occupation " * 3, "Obligations"]
    ]
    print_table(("id", "name", "pillar"), rows, to=Console(file=out, width=80, markup=False))
    words = out.getvalue().split()
    assert "a-rather-long-identifier" in words
    assert words.count("discrimination") == 3
    assert "Obligations" in words


def test_the_summary_fits_is_sorted_and_leads_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("analyzer.cli.summary.console", lambda **_: Console(width=80, markup=False, highlight=False))
    result = lpa("analyze", "--out", "made", "--model", "none", "--jobs", "1")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    table = [line for line in lines if re.search(r"\d+ +\d+% +\d+ *$", line)]
    assert len(table) == 10
    counts = [int(re.findall(r" (\d+) +\d+%", line)[-1]) for line in table]
    assert counts == sorted(counts, reverse=True)
    assert all(len(line.rstrip()) <= 80 for line in table)
    assert (tmp_path / "made" / "hub.html").is_file(), "the hub is among the formats"
    assert lines[-1] == "Next: lpa open made"


def test_open_shows_the_hub_or_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: bool(opened.append(url)))
    nothing = lpa("open", tmp_path)
    assert nothing.exit_code == 2
    assert "lpa analyze FILES --format jsonl,hub --out" in nothing.stderr
    (tmp_path / "hub.html").write_text("<p>hub</p>")
    found = lpa("open", tmp_path)
    assert found.exit_code == 0
    assert found.stdout.strip() == str(tmp_path / "hub.html")
    assert opened == [(tmp_path / "hub.html").as_uri()]
    assert lpa("open", tmp_path, "--workbook").exit_code == 2


@pytest.mark.parametrize("name", ["treaty.pdf", "folder/treaty", "./x", "*.docx", "TREATY.DOCX"])
def test_a_file_instead_of_a_command_is_met_with_a_hint(name: str) -> None:
    result = lpa(name)
    assert result.exit_code == 2
    assert f"lpa analyze {name}" in " ".join(result.stderr.replace("│", " ").split())


def test_a_file_without_an_ending_is_met_with_a_hint_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "treaty").write_text("x")
    assert "lpa analyze treaty" in lpa("treaty").stderr
    assert "No such command" in lpa("analyse").stderr


@pytest.mark.parametrize(
    ("wanted", "id"),
    [
        ("northern-pact", "northern-pact"), ("Northern-Pact", "northern-pact"), ("Northern Pact", "northern-pact"),
        ("tratado oriental", "tratado-oriental"), ("southern", "southern-accord"), ("Bare", "bare-treaty"),
    ],
)  # fmt: skip
def test_agreements_are_found_by_id_or_title(wanted: str, id: str, knowledge: Knowledge) -> None:
    assert check_agreements([wanted], small_tables(knowledge)["agreements"], least=1) == [id]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("northern-pakt", "did you mean northern-pact"),
        ("Southern Acord", "did you mean southern-accord"),
        ("treaty", "fits several agreements: bare-treaty, undated"),
        ("zzz", "there is no agreement 'zzz'; there are bare-treaty"),
        ("", "there is no agreement ''"),
    ],
)
def test_near_names_are_suggested(wanted: str, said: str, knowledge: Knowledge) -> None:
    with pytest.raises(TableError, match=re.escape(said)):
        check_agreements([wanted], small_tables(knowledge)["agreements"], least=1)
