"""How long it takes until the command answers: processor time of a new process, the best of five (POSIX).

python benchmarks/start.py
"""

from __future__ import annotations

import resource
import subprocess
import sys

RUNS = 5
COMMANDS = {"lpa --help": ["-m", "analyzer", "--help"], "import analyzer": ["-c", "import analyzer"]}


def spent(arguments: list[str]) -> float:
    """Return the seconds of processor time that a process of the interpreter takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print one line for each way to start."""
    for name, arguments in COMMANDS.items():
        print(f"{name}: {min(spent(arguments) for _ in range(RUNS)):.2f} s")


if __name__ == "__main__":
    main()
