"""The benchmarks fit the program, and the page of figures names commands that exist."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path
from types import ModuleType

import pytest
from support import load_script

ROOT = Path(__file__).resolve().parent.parent
BENCHMARKS = ROOT / "benchmarks"
SCRIPTS = sorted(BENCHMARKS.glob("*.py"))


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return load_script(BENCHMARKS / "figures.py")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_benchmark_fits_the_program(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    monkeypatch.setattr(sys, "argv", [script.name])
    assert callable(load_script(script).main)


def test_every_part_has_a_command_that_exists_and_patterns_that_fit_its_rows(figures: ModuleType) -> None:
    for part in figures.parts():
        first, *rest = shlex.split(part.command)
        script = f"{rest[0].replace('.', '/')}.py" if first == "-m" else first
        assert (ROOT / script).is_file(), part.name
        assert bool(part.figure) != bool(part.read), part.name
        for figure in part.figure:
            assert figure["shown"].format(*"abcdefg"[: re.compile(figure["pattern"]).groups]), part.name
        record = figures.stored().get(part.name)
        assert record is None or all(len(row) == len(part.columns) for row in record["rows"]), part.name


def test_the_figures_of_the_page_are_those_of_the_model(figures: ModuleType) -> None:
    measured = json.loads(figures.STORE.read_text(encoding="utf-8"))["evaluation"]
    shown = json.loads(json.dumps(figures.evaluation()))
    assert {key: measured[key] for key in shown} == shown, "out of date: run make figures PARTS=evaluation"


def test_figures_are_taken_from_the_output(figures: ModuleType, tmp_path: Path) -> None:
    [part] = [part for part in figures.parts() if part.name == "akn"]
    rows = part.rows("valid: 9 of 10 agreements\nprovisions: 20 written, 21 found again, 19 of them the same\n")
    assert [row[2] for row in rows] == ["9 of 10", "21 of 20", "19 of 20"]
    with pytest.raises(ValueError, match="does not say: valid"):
        part.rows("nothing")
    assert part.missing(tmp_path) == ["../shared/tota/xml"]


def test_a_part_without_its_data_keeps_its_former_figures(
    figures: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store, page = tmp_path / "figures.json", tmp_path / "quality.md"
    store.write_bytes(figures.STORE.read_bytes())
    monkeypatch.setattr(figures, "STORE", store)
    monkeypatch.setattr(figures, "PAGE", page)
    monkeypatch.setattr(figures, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["figures.py", "akn", "--shared", str(tmp_path / "nowhere")])
    before = figures.stored()
    figures.main()
    assert "akn: not measured, ../shared/tota/xml is missing; the former figures stay" in capsys.readouterr().out
    assert figures.stored() == before
    assert page.read_text(encoding="utf-8") == figures.page()
