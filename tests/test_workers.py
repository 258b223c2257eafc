from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from analyzer.errors import AnalyzerError
from analyzer.limits import within
from analyzer.run.workers import Died, run_in_processes

HERE = Path(__file__).resolve().parent


def nothing() -> None: ...


def die() -> None:
    os._exit(3)


def double(number: int) -> int:
    if number < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.01)
    return 2 * number


def fail(number: int) -> int:
    raise AnalyzerError(f"no {number}")


def wait_long(folder: Path, number: int) -> int:
    (folder / f"{number}").touch()
    time.sleep(60 if number else 0)
    return number


def note(folder: Path, number: int) -> int:
    with (folder / f"{number}").open("a") as file:
        file.write("once ")
    time.sleep(60 if number == 0 else 0.5)
    return number


def grow(megabytes: int) -> int:
    held = []
    for _ in range(megabytes):
        held.append(b"x" * 1_000_000)
        time.sleep(0.001)
    return len(held)


def dawdle(page: int) -> int:
    with within(1 if page < 8 else 60, f"page {page}"):
        time.sleep(60 if page == 7 else 0)
    return page


PROGRAM = """
import sys, time
while True:
    open(sys.argv[1], "a").write("on ")
    time.sleep(0.02)
"""


def start_a_program(log: Path, _: int) -> None:
    subprocess.run([sys.executable, "-c", PROGRAM, log], check=True)


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_a_process_that_dies_costs_only_its_own_item() -> None:
    items = [1, 2, -3, 4, 5, -6, 7, 8]
    done = list(run_in_processes(double, items, jobs=2, start=nothing))
    assert sorted(position for position, _ in done) == list(range(len(items)))
    results = dict(done)
    assert [results[position] for position in range(len(items))] == [2, 4, Died(), 8, 10, Died(), 14, 16]


def test_processes_that_cannot_live_are_reported() -> None:
    with pytest.raises(AnalyzerError, match="worker processes cannot be started"):
        list(run_in_processes(double, [1, 2, 3], jobs=2, start=die))


def test_what_an_item_raises_is_raised() -> None:
    with pytest.raises(AnalyzerError, match="no 1"):
        list(run_in_processes(fail, [1, 2], jobs=1, start=nothing))


def test_an_item_that_takes_too_long_costs_only_itself(tmp_path: Path) -> None:
    done = dict(run_in_processes(partial(note, tmp_path), [0, *range(1, 8)], jobs=2, start=nothing, seconds=3))
    assert done == {0: Died("takes longer than 3 seconds", late=True), **{number: number for number in range(1, 8)}}
    assert {path.read_text() for path in tmp_path.iterdir()} == {"once "}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.skipif(sys.platform == "win32", reason="memory is not limited there")
def test_an_item_that_needs_too_much_memory_costs_only_itself(jobs: int) -> None:
    done = dict(run_in_processes(grow, [1, 2000, 2, 3], jobs=jobs, start=nothing, memory=300_000_000))
    assert done == {0: 1, 1: Died("needs more than 300 MB of memory"), 2: 2, 3: 3}


def test_a_step_that_misses_its_deadline_is_named() -> None:
    done = dict(run_in_processes(dawdle, [6, 7, 8], jobs=1, start=nothing))
    assert done == {0: 6, 1: Died("page 7 takes longer than 1 seconds to read", late=True), 2: 8}


@pytest.mark.skipif(os.name != "posix", reason="groups of processes")
def test_programs_that_a_process_has_started_end_with_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    done = run_in_processes(partial(start_a_program, log), [1], jobs=1, start=nothing, seconds=3)
    assert [result for _, result in done] == [Died("takes longer than 3 seconds", late=True)]
    time.sleep(0.2)
    written = log.stat().st_size
    time.sleep(0.3)
    assert log.stat().st_size == written > 0


def test_no_module_of_the_current_folder_is_run(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "run.py"
    script.write_text(
        "import sys\nfrom analyzer.run.batch import analyze_folder\n"
        "if __name__ == '__main__':\n    print(len(analyze_folder(sys.argv[1], jobs=1).agreement_rows))\n"
    )
    folder = tmp_path / "downloaded"
    folder.mkdir()
    (folder / "pact.txt").write_text("Article 1\n\nEach Party shall enforce its labour laws.\n")
    for name in ("analyzer", "spacy", "pandas", "multiprocessing"):
        (folder / f"{name}.py").write_text("open('run', 'w')\nraise SystemExit(7)\n")
    command = [sys.executable, script, folder]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")
    assert not (folder / "run").exists()


def test_abandoning_ends_the_processes_at_once(tmp_path: Path) -> None:
    began = time.monotonic()
    results = run_in_processes(partial(wait_long, tmp_path), [0, 1, 2, 3], jobs=2, start=nothing)
    assert next(results) == (0, 0)
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 20
    assert not multiprocessing.active_children()
    assert not (tmp_path / "3").exists()


SCRIPT = """
import os, signal, sys, time
from functools import partial
from pathlib import Path
sys.path[:0] = [{tests!r}, {root!r}]
from analyzer.run.workers import run_in_processes
from test_workers import nothing, wait_long
if __name__ == "__main__":
    for result in run_in_processes(partial(wait_long, Path({folder!r})), [0, 1, 2, 3], jobs=2, start=nothing):
        print("one", flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_no_process_outlives_its_parent(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(tests=str(HERE), root=str(HERE.parent), folder=str(tmp_path)))
    # The processes inherit standard output: it ends when the last of them has gone.
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "one\n"
        parent.kill()
        began = time.monotonic()
        assert parent.stdout.read() == ""
    assert time.monotonic() - began < 10
