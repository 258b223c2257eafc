from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from analyzer.errors import AnalyzerError
from analyzer.limits import UNLIMITED, Limits, within
from analyzer.run import workers
from analyzer.run.process import Died, Work
from analyzer.run.workers import run_in_processes
from tests import support

HERE = Path(__file__).resolve().parent
LONG = 300
"""Seconds that an item takes which is ended by what is tested; a test that waits for it fails."""


def run(
    function: Callable[[Any], Any], items: list[Any], *, jobs: int = 1, limits: Limits = UNLIMITED
) -> dict[int, Any]:
    return dict(run_in_processes(Work(function, limits=limits), items, jobs=jobs))


def die() -> None:
    os._exit(3)


def refuse() -> None:
    raise AnalyzerError("the model cannot be used")


def double(number: int) -> int:
    if number < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def die_while_sending(number: int) -> bytes:
    """Return more than a pipe holds, and die when half of it is sent."""
    if number < 0:
        from multiprocessing.connection import Connection

        def send(self: Connection, data: Any) -> None:
            os.write(self.fileno(), bytes(data)[: len(data) // 2])
            os._exit(3)

        Connection._send = send  # type: ignore[attr-defined]
    return bytes(100_000)


def fail(number: int) -> int:
    raise AnalyzerError(f"no {number}")


def wait_long(folder: Path, number: int) -> int:
    """Note the start, wait, and note the end; the item 0 is done at once."""
    (folder / f"{number} begun").touch()
    time.sleep(LONG if number else 0)
    (folder / f"{number} done").touch()
    return number


def count_turns(folder: Path, number: int) -> int:
    with (folder / f"{number}").open("a") as file:
        file.write("once ")
    time.sleep(0 if number else LONG)
    return number


def grow(megabytes: int) -> int:
    held = []
    for _ in range(megabytes):
        held.append(b"x" * 1_000_000)
        time.sleep(0.001)
    return len(held)


def dawdle(page: int) -> int:
    with within(0 if page == 7 else LONG, f"page {page}"):
        time.sleep(LONG if page == 7 else 0)
    return page


PROGRAM = f"""
import sys, time
with open(sys.argv[1], "w") as pipe:
    print("begun", flush=True)
    time.sleep({LONG})
    print("done", file=pipe)
"""


def start_a_program(pipe: Path, seconds: float, number: int) -> None:
    """Start a program that holds a pipe open and wait for it; the item 0 is done at once."""
    if number:
        command = [sys.executable, "-c", PROGRAM, pipe]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
            assert program.stdout is not None
            program.stdout.readline()
            with within(seconds, "page 1"):
                program.wait()


IN_POOLS = """
import multiprocessing, sys
from concurrent.futures import ProcessPoolExecutor
from analyzer.run.process import Work
from analyzer.run.workers import run_in_processes

def double(number):
    return 2 * number

def run(number):
    return dict(run_in_processes(Work(double), [number, -number], jobs=2))

if __name__ == "__main__":
    results = [run(3)]
    for method in sys.argv[1:]:
        context = multiprocessing.get_context(method)
        with context.Pool(1) as pool:
            results += pool.map(run, [3])
        with ProcessPoolExecutor(1, mp_context=context) as executor:
            results += executor.map(run, [3])
    assert all(result == {0: 6, 1: -6} for result in results), results
    print(len(results))
"""


def test_processes_start_inside_the_processes_of_pools(tmp_path: Path) -> None:
    """In a pool that forks, also where the process that it forks had started some before."""
    script = tmp_path / "pools.py"
    script.write_text(IN_POOLS, encoding="utf-8")
    methods = ("spawn", "fork") if sys.platform == "linux" else ("spawn",)
    done = subprocess.run([sys.executable, script, *methods], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{1 + 2 * len(methods)}\n"), done.stderr


def test_where_no_process_can_be_started_it_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_process(*_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", refuse_process)
    with pytest.raises(AnalyzerError, match=r"Resource temporarily unavailable.*leave out the number of jobs"):
        run(double, [1])


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_a_process_that_dies_costs_only_its_own_item() -> None:
    items = [1, 2, -3, 4, 5, -6, 7, 8]
    results = run(double, items, jobs=2)
    assert [results[position] for position in range(len(items))] == [2, 4, Died(), 8, 10, Died(), 14, 16]


@pytest.mark.skipif(os.name != "posix", reason="writes to a pipe by hand")
def test_a_process_that_dies_while_it_sends_costs_only_its_own_item() -> None:
    results = run(die_while_sending, [1, -2, 3, 4, 5, 6], jobs=2)
    assert results.pop(1) == Died()
    assert set(results.values()) == {bytes(100_000)}
    assert len(results) == 5


def test_processes_that_cannot_live_are_reported() -> None:
    with pytest.raises(AnalyzerError, match="worker processes cannot be started"):
        list(run_in_processes(Work(double, start=die), [1, 2, 3], jobs=2))


def test_what_the_start_raises_is_raised(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AnalyzerError, match="the model cannot be used"):
        list(run_in_processes(Work(double, start=refuse), [1, 2, 3], jobs=2))
    assert capfd.readouterr().err == ""


def test_what_an_item_raises_is_raised() -> None:
    with pytest.raises(AnalyzerError, match="no 1"):
        run(fail, [1, 2])


def test_an_item_that_takes_too_long_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still until the others are done, so that none is late on a busy machine."""
    done: dict[int, int | Died] = {}
    monkeypatch.setattr(workers, "monotonic", lambda: 0.0 if len(done) < 7 else 9.0)
    work = Work(partial(count_turns, tmp_path), limits=Limits(seconds=1))
    for position, result in run_in_processes(work, [0, *range(1, 8)], jobs=2):
        done[position] = result
    assert done == {0: Died("takes longer than 1 seconds", late=True), **{number: number for number in range(1, 8)}}
    assert {path.read_text() for path in tmp_path.iterdir()} == {"once "}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.skipif(sys.platform == "win32", reason="memory is not limited there")
def test_an_item_that_needs_too_much_memory_costs_only_itself(jobs: int) -> None:
    results = run(grow, [1, 2000, 2, 3], jobs=jobs, limits=Limits(memory=300_000_000))
    assert results == {0: 1, 1: Died("needs more than 300 MB of memory"), 2: 2, 3: 3}


def test_a_step_that_misses_its_deadline_is_named() -> None:
    assert run(dawdle, [6, 7, 8]) == {
        0: 6,
        1: Died("page 7 takes longer than 0 seconds to read", late=True),
        2: 8,
    }


@pytest.mark.skipif(os.name != "posix", reason="groups of processes")
@pytest.mark.parametrize("seconds", [0, 2 * LONG], ids=["by its watch", "from outside"])
def test_programs_that_a_process_has_started_end_with_it(tmp_path: Path, seconds: float) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    results = run_in_processes(Work(partial(start_a_program, pipe, seconds)), [0, 1], jobs=2)
    assert next(results) == (0, None)
    with pipe.open() as written:  # when the program has opened it, too
        if not seconds:
            assert next(results) == (1, Died("page 1 takes longer than 0 seconds to read", late=True))
        results.close()
        assert written.read() == ""


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
    done = support.run([sys.executable, script, folder], cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")
    assert not (folder / "run").exists()


def test_abandoning_ends_the_processes_at_once(tmp_path: Path) -> None:
    results = run_in_processes(Work(partial(wait_long, tmp_path)), [0, 1, 2, 3], jobs=2)
    assert next(results) == (0, 0)
    results.close()
    assert not multiprocessing.active_children()
    assert not (tmp_path / "1 done").exists()
    assert not (tmp_path / "3 begun").exists()


def test_the_environment_stays_as_it_was() -> None:
    before = dict(os.environ)
    for _ in run_in_processes(Work(double), [1, 2], jobs=1):
        assert dict(os.environ) == before


SCRIPT = """
import sys
from functools import partial
from pathlib import Path
sys.path[:0] = [{tests!r}, {root!r}]
from analyzer.run.process import Work
from analyzer.run.workers import run_in_processes
from test_workers import wait_long
if __name__ == "__main__":
    for result in run_in_processes(Work(partial(wait_long, Path({folder!r}))), [0, 1, 2, 3], jobs=2):
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
        assert parent.stdout.read() == ""
    assert not (tmp_path / "1 done").exists()
