"""How long it takes until the command answers: processor time of all its processes, the best of five (Linux).

    python benchmarks/start.py [FILE]

"One worker ready" is a process that has imported and read what the analysis of any file needs. The last line is
``lpa analyze`` on one file, by default a sample of 12 kB; the processes that it leaves behind for a moment count too.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 5
SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "texts" / "sambora-valdore.txt"
SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER: processes whose parent has ended become children of this one."""
COMMANDS = {
    "lpa --help": ["-m", "analyzer", "--help"],
    "import analyzer": ["-c", "import analyzer"],
    "one worker ready": ["-c", "import analyzer.run.preload"],
}


def spent(arguments: list[str]) -> float:
    """Return the seconds of processor time that a process of the interpreter and all that it starts take."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print one line for each way to start."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    file = sys.argv[1] if len(sys.argv) > 1 else str(SAMPLE)
    with tempfile.TemporaryDirectory() as out:
        one_file = ["-m", "analyzer", "analyze", file, "--out", out]
        for name, arguments in {**COMMANDS, f"lpa analyze {Path(file).name}": one_file}.items():
            print(f"{name}: {min(spent(arguments) for _ in range(RUNS)):.2f} s")


if __name__ == "__main__":
    main()
