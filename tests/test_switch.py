"""All files of a run replace those of the run before at once, whatever interrupts it."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analyzer import TableError, load_results
from analyzer.api import Analysis
from analyzer.knowledge import Knowledge
from analyzer.present.files import write_results
from analyzer.present.results import Results
from analyzer.present.tables import agreement_row, provision_rows
from analyzer.switch import LOCK, PLAN, STAGE, settle, switching, writing_into
from tests.support import ROOT, run

NAMES = ("one.txt", "two.txt", "three.txt")
GONE = ("four.txt",)
"""Of the run before, without a successor; ``three.txt`` is new."""
SCRIPT = """
import os, signal, sys
from pathlib import Path
from analyzer.switch import switching
folder, last, failing = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
real, calls = os.replace, 0
def killed(*arguments):
    global calls
    calls += 1
    if calls == last:
        os.kill(os.getpid(), signal.SIGKILL)
    if calls == failing:
        raise PermissionError(13, "Permission denied", str(arguments[0]))
    real(*arguments)
os.replace = killed
with switching(folder, ("one.txt", "two.txt", "three.txt"), ("four.txt",)) as stage:
    for name in ("one.txt", "two.txt", "three.txt"):
        (stage / name).write_text("new")
"""


def old_run(folder: Path) -> Path:
    folder.mkdir()
    for name in (NAMES[0], NAMES[1], *GONE):
        (folder / name).write_text("old")
    return folder


def content(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


OLD = {"one.txt": "old", "two.txt": "old", "four.txt": "old"}
NEW = {"one.txt": "new", "two.txt": "new", "three.txt": "new"}


def write_new(folder: Path) -> None:
    with switching(folder, NAMES, GONE) as stage:
        for name in NAMES:
            (stage / name).write_text("new")


def test_files_without_successor_go_away_with_the_switch(tmp_path: Path) -> None:
    folder = old_run(tmp_path / "out")
    write_new(folder)
    assert content(folder) == NEW


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills a process as Unix does")
@pytest.mark.parametrize("failing", [0, 5])
def test_a_kill_between_any_two_moves_leaves_one_run_whole(tmp_path: Path, failing: int) -> None:
    seen = set()
    for last in range(1, 20):
        folder = old_run(tmp_path / f"{last}")
        command = [sys.executable, "-c", SCRIPT, folder, str(last), str(failing)]
        done = run(command, env={**os.environ, "PYTHONPATH": str(ROOT)})
        settle(folder)
        with writing_into(folder):
            pass
        assert content(folder) in (OLD, NEW), (last, done.stderr)
        seen.add(tuple(content(folder).items()) == tuple(NEW.items()) or content(folder) == NEW)
        if done.returncode != -signal.SIGKILL:
            assert content(folder) == (OLD if failing else NEW)
            break
    else:
        pytest.fail("it never came to an end")
    assert seen == {True, False} if not failing else False in seen


@pytest.mark.parametrize("locked", [*NAMES[:2], *GONE])
def test_a_file_that_is_open_elsewhere_leaves_the_old_run_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: str
) -> None:
    folder = old_run(tmp_path / "out")
    real = os.replace

    def guarded(source: Any, target: Any) -> None:
        if folder / locked in (Path(source), Path(target)):
            raise PermissionError(13, "Permission denied", str(source))
        real(source, target)

    monkeypatch.setattr(os, "replace", guarded)
    with pytest.raises(TableError, match=rf"{locked}: cannot be written: Permission denied"):
        write_new(folder)
    assert content(folder) == OLD


def test_an_interrupt_between_two_moves_comes_too_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = old_run(tmp_path / "out")
    real, calls = os.replace, []

    def interrupted(source: Any, target: Any) -> None:
        calls.append(source)
        real(source, target)
        if len(calls) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_new(folder)
    assert content(folder) == NEW


def test_one_run_at_a_time_writes_into_a_folder(tmp_path: Path) -> None:
    folder = old_run(tmp_path / "out")
    (tmp_path / "pact.txt").write_text("Article 1\nEach Party shall enforce its labour laws.\n")
    command = [sys.executable, "-m", "analyzer", "analyze", tmp_path / "pact.txt", "--out", folder, "--format", "csv"]
    with writing_into(folder):
        refused = run(command, cwd=ROOT)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "another run is writing into this folder" in refused.stderr
        write_new(folder)  # the same process may
    assert run(command, cwd=ROOT).returncode == 0
    assert not (folder / LOCK).exists()


def test_a_killed_run_locks_nothing_and_its_hidden_folder_goes(tmp_path: Path) -> None:
    folder = old_run(tmp_path / "out")
    script = (
        "import os, signal, sys; from pathlib import Path; from analyzer.switch import switching\n"
        "with switching(Path(sys.argv[1]), ['one.txt']) as stage: os.kill(os.getpid(), signal.SIGTERM)\n"
    )
    run([sys.executable, "-c", script, folder], env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert any(path.name.startswith(STAGE) for path in folder.iterdir())
    with writing_into(folder):
        pass
    assert content(folder) == OLD


@pytest.mark.parametrize(
    "change",
    [
        {"stage": ".."},
        {"stage": "/tmp"},
        {"stage": f"{STAGE}gone"},
        {"names": ["../one.txt"]},
        {"existing": ["a/b"]},
        {"obsolete": "x/"},
        {"names": None},
    ],
)
def test_a_plan_of_somebody_else_leads_nowhere(tmp_path: Path, change: dict[str, Any]) -> None:
    folder = old_run(tmp_path / "out")
    (folder / f"{STAGE}x").mkdir()
    plan = {"stage": f"{STAGE}x", "names": [], "obsolete": [], "existing": [], "back": False, **change}
    (folder / PLAN).write_text(json.dumps(plan))
    with pytest.raises(TableError, match="remove this file"):
        settle(folder)
    for damaged in ("", "[]", "[" * 100_000, "\x00"):
        (folder / PLAN).write_text(damaged)
        with pytest.raises(TableError, match="remove this file"):
            settle(folder)
    assert all((folder / name).read_text() == "old" for name in OLD)


# Readers see whether files belong together


@pytest.fixture
def results(make_analysis: Callable[..., Analysis], knowledge: Knowledge) -> Results:
    analysis = make_analysis()
    return Results(provision_rows(analysis), [agreement_row(analysis)], knowledge)


def test_files_of_different_runs_are_not_read_together(tmp_path: Path, results: Results) -> None:
    write_results(tmp_path, results, ("csv", "jsonl"), run={})
    kept = (tmp_path / "errors.jsonl").read_bytes()
    row = {"file": "x.pdf", "agreement_id": "", "reason": "is empty", "kind": "read"}
    changed = Results(results.provision_rows, results.agreement_rows, results.knowledge, error_rows=[row])
    write_results(tmp_path, changed, ("csv", "jsonl"), run={})
    assert load_results(tmp_path).error_rows == [row]
    (tmp_path / "errors.jsonl").write_bytes(kept)
    with pytest.raises(TableError, match=r"errors\.jsonl: was changed, or is of another run"):
        load_results(tmp_path)


def test_a_run_in_other_formats_leaves_no_table_of_the_run_before(tmp_path: Path, results: Results) -> None:
    write_results(tmp_path, results, ("csv", "jsonl", "xlsx"), run={})
    (tmp_path / "provisions.xlsx").write_bytes(b"changed by its reader")
    (tmp_path / "mine.jsonl").write_text("mine")
    write_results(tmp_path, results, ("csv",), run={})
    assert (tmp_path / "provisions.xlsx").exists()
    assert (tmp_path / "mine.jsonl").exists()
    assert not (tmp_path / "provisions.jsonl").exists()
    (tmp_path / "provisions.jsonl").write_text("")
    (tmp_path / "agreements.jsonl").write_text("")
    with pytest.raises(TableError, match=r"agreements\.jsonl: is not of the run"):
        load_results(tmp_path)


def test_what_is_added_to_a_run_is_listed_too(tmp_path: Path, results: Results) -> None:
    write_results(tmp_path, results, ("jsonl",), run={"counts": {"agreements": 1}})
    write_results(tmp_path, load_results(tmp_path), ("hub",))
    described = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert described["counts"] == {"agreements": 1}
    assert described["files"].keys() == {path.name for path in tmp_path.iterdir()} - {"run.json"}
    assert load_results(tmp_path).provision_rows == results.provision_rows


@pytest.mark.parametrize("files", [[], "x", {"a": 1}, {"a": {"bytes": "x"}}, {"../a": {"bytes": 1, "sha256": ""}}])
def test_a_damaged_list_of_files_is_refused(tmp_path: Path, results: Results, files: Any) -> None:
    write_results(tmp_path, results, ("jsonl",), run={})
    (tmp_path / "run.json").write_text(json.dumps({"files": files}))
    with pytest.raises(TableError, match=r"run\.json: its list of 'files'"):
        load_results(tmp_path)
    write_results(tmp_path, results, ("jsonl",), run={})  # A new run replaces it.
    assert load_results(tmp_path).provision_rows == results.provision_rows
