"""Standard streams that are closed, full or no longer read, and interrupts while the program loads."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from analyzer.bundled import bundled
from analyzer.cli.streams import INTERRUPTED, PIPE_CLOSED
from tests.support import ROOT, run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="closes streams as a shell of Unix does")

LPA = f"'{sys.executable}' -m lpa_command"
TEXT = bundled("corpus/texts") / "kandara-lumeya.txt"
COMMANDS = ("--help", "--version", "categories", f"segment '{TEXT}'", "instruments C087")


def shell(command: str, tmp_path: Path, **environment: str) -> tuple[int, str]:
    """Return exit code and standard error, which the command may have closed."""
    done = run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_no_stream_makes_a_traceback(tmp_path: Path, command: str) -> None:
    for streams, wanted in (
        (">&-", 0),
        (">/dev/null 2>&-", 0),
        ("<&- >&- 2>&-", 0),
        (">/dev/full", 1),
        (">/dev/full 2>/dev/full", 1),
        ("| true", PIPE_CLOSED),
    ):
        if "/dev/full" in streams and not Path("/dev/full").exists():
            continue
        code, said = shell(f"{LPA} {command} {streams}", tmp_path)
        # Where the reader has not stopped yet when all is written, nothing is wrong.
        assert code == wanted or (streams == "| true" and code == 0), streams
        assert said in ("", "lpa: No space left on device\n"), streams


def test_with_closed_streams_the_tables_are_written_all_the_same(tmp_path: Path) -> None:
    for out, streams in (("one", ""), ("two", "<&- >&- 2>&-")):
        code, _ = shell(f"{LPA} analyze '{TEXT}' --out {out} --format csv,jsonl --jobs 1 {streams}", tmp_path)
        assert code == 0
    for file in (tmp_path / "one").iterdir():
        if file.name not in ("run.json", "ro-crate-metadata.json", "lpa.sqlite"):
            assert (tmp_path / "two" / file.name).read_bytes() == file.read_bytes()


def test_a_folder_for_temporary_files_with_a_long_name_is_no_obstacle(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 150)
    long.mkdir()
    code, said = shell(f"{LPA} segment '{TEXT}' >/dev/null", tmp_path, TMPDIR=str(long))
    assert (code, said) == (0, "")


def test_an_interrupt_while_the_program_loads_is_one_line(tmp_path: Path) -> None:
    script = """
import builtins, os, signal
real = builtins.__import__
def interrupted(name, *arguments, **options):
    if name == "analyzer.cli":
        os.kill(os.getpid(), signal.SIGINT)
    return real(name, *arguments, **options)
builtins.__import__ = interrupted
import lpa_command
lpa_command.main()
"""
    done = run([sys.executable, "-c", script], cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (INTERRUPTED, "", "lpa: interrupted\n")


def test_an_interrupt_while_a_process_of_its_own_loads_prints_nothing(tmp_path: Path) -> None:
    (tmp_path / "interrupted.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    script = tmp_path / "script.py"
    script.write_text(
        "from analyzer.run.process import Work\n"
        "from analyzer.run.workers import run_in_processes\n"
        "if __name__ == '__main__':\n"
        "    work = Work(abs, preload=('interrupted',))\n"
        "    print(list(run_in_processes(work, [-1], jobs=1)))\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"}
    done = run([sys.executable, script], cwd=tmp_path, env=environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[(0, 1)]\n", "")
