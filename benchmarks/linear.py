"""Does four times the text take four times the time? Ten texts that grow, plain and adversarial.

    python benchmarks/linear.py [SIZE …]

Each text is made in several sizes (in kB; by default 400, 800 and 1600), read from a file and analysed in this process.
The table has processor seconds of each size, how much more the last takes than the first for each byte (1.00: linear),
seconds and megabytes of memory for each MB of the last.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import count, takewhile
from pathlib import Path
from time import process_time

SIZES = (400, 800, 1600)
DUTY = "Each Party shall effectively enforce its labour laws"


def parts(make: Callable[[int], str]) -> Callable[[int], str]:
    """Return what writes numbered parts one after the other up to a size."""

    def text(size: int) -> str:
        each = len(make(1000)) + 1
        return "\n".join(make(number) for number in takewhile(lambda n: n * each <= size, count(1)))

    return text


TEXTS: dict[str, Callable[[int], str]] = {
    "articles on labour": parts(lambda n: f"Article {n}\nLabour\n\n1. {DUTY}.\n"),
    "articles on trade": parts(lambda n: f"Article {n}\nDuties\n\n1. Each Party shall apply its duties to good {n}.\n"),
    "numbered labour list": parts(lambda n: f"{n}. {DUTY}, and promote decent work and the abolition of child labour;"),
    "items": parts(lambda n: f"({chr(97 + n % 26)}) forced labour, wages and ILO Convention No. {n % 180 + 1};"),
    "headings": parts(lambda n: f"CHAPTER {n}\nLABOUR\n\nArticle {n}.1\nScope\n"),
    "one line": lambda size: f"{DUTY}. " * (size // (len(DUTY) + 2)),
    "blanks": lambda size: f"Article 1\nLabour\n\n1. {DUTY}." + " \n" * (size // 2) + "2. The end.",
    "brackets": lambda size: f"Article 1\nLabour\n\n1. {DUTY} " + "(" * (size // 2) + ")" * (size // 2),
    "numbers": lambda size: f"Article 1\nLabour\n\n1. {DUTY} " + "1.2.3 4 5.6 " * (size // 12),
    "references": parts(lambda n: f"{n}. {DUTY} under Articles {n}, {n + 1}(a) and paragraph 2 of Article {n + 2}."),
}


def measure(name: str, size: int) -> tuple[float, float]:
    """Return the processor seconds and the megabytes that one text takes in a process of its own."""
    command = [sys.executable, __file__, "--one", name, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def one(name: str, size: int) -> None:
    """Print the seconds and megabytes of one text."""
    from analyzer.api import Analyzer

    analyzer = Analyzer()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        path.write_text(TEXTS[name](2_000), encoding="utf-8")
        analyzer.analyze(path)
        path.write_text(TEXTS[name](size), encoding="utf-8")
        before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, process_time()
        analyzer.analyze(path)
        spent = process_time() - began
        print(spent, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / 1e6)


def main() -> None:
    """Print one line for each text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="in kB")
    sizes = [size * 1000 for size in parser.parse_args().sizes]
    print(f"{'':24}" + "".join(f"{size // 1000:>8} kB" for size in sizes) + "   growth   s/MB   MB/MB")
    for name in TEXTS:
        costs = [measure(name, size) for size in sizes]
        seconds = [spent for spent, _ in costs]
        growth = (seconds[-1] / sizes[-1]) / (seconds[0] / sizes[0])
        rates = f"{seconds[-1] / sizes[-1] * 1e6:6.1f} {costs[-1][1] / sizes[-1] * 1e6:7.0f}"
        print(f"{name:24}" + "".join(f"{spent:>9.2f} s" for spent in seconds) + f"   {growth:6.2f} {rates}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        main()
