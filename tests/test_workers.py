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
from analyzer.workers import Died, run_in_processes

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
from analyzer.workers import run_in_processes
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
