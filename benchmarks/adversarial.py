"""How time and memory grow with texts that are made to be slow: plain, HTML, Markdown, RTF, Word, XML.

    python benchmarks/adversarial.py [--quick] [--only WORD] [--all]

Each text is analysed at four sizes (up to 1.6 MB; ``--quick``: up to 200 KB), each time in a process of its own with
limits. ``growth`` is how many times more than four times as long four times the text takes: 1 is linear. Seconds and
MB a MB are what the largest text needs more than the one before, so that the cost of starting does not count. Texts are
listed whose growth is above 1.15, or that need more than 15 seconds or 300 MB for each MB; ``--all`` lists every one.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import tomli

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from analyzer import Analyzer, AnalyzerError  # noqa: E402
from tests.office import docx  # noqa: E402

SIZES, QUICK = (25_000, 100_000, 400_000, 1_600_000), (12_500, 50_000, 200_000)
MOST_GROWTH, MOST_SECONDS, MOST_MEGABYTES = 1.15, 15.0, 300.0
"""Growth that counts as linear; seconds and megabytes for each megabyte of text."""
LEAST_SECONDS, LEAST_MEGABYTES = 0.6, 40.0
"""Below these, growth and need cannot be told from the cost of starting."""
CEILING = 3_000_000_000
"""Most memory of a process."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
DUTY = "Each Party shall effectively enforce its labour laws."
UNITS = tomli.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
META = "<meta><treaty_identifier>1</treaty_identifier></meta>"
FRAMES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "plain": (".txt", lambda text: text.encode()),
    "HTML": (".html", lambda text: f"<html><body><h1>Agreement</h1>{text}</body></html>".encode()),
    "Markdown": (".md", lambda text: text.encode()),
    "RTF": (".rtf", lambda text: ("{\\rtf1\\ansi " + text + "}").encode("ascii", "replace")),
    "Word": (".docx", lambda text: docx(text)),
    "XML": (".xml", lambda text: f"<treaty>{META}<body>{text}</body></treaty>".encode()),
}
"""Suffix of a kind of file, and what makes it of its inside."""


@dataclass(frozen=True)
class Text:
    """A text that is made to be slow, of any size."""

    kind: str
    name: str
    make: Callable[[int], str]


@dataclass(frozen=True)
class Cost:
    """What an analysis took: seconds of processor time, bytes; ``said`` is empty where it ended."""

    seconds: float
    memory: float
    said: str = ""


def repeated(unit: str, before: str = "") -> Callable[[int], str]:
    """Return what repeats a unit up to a size, with numbers that go up in the place of ``{n}``."""

    def make(size: int) -> str:
        if "{" not in unit:
            return before + unit * max(1, (size - len(before)) // len(unit))
        parts, length = [before], len(before)
        while length < size:
            n = len(parts)
            parts.append(unit.format(n=n, roman=ROMAN[n % 10] * (1 + n // 10 % 3)))
            length += len(parts[-1])
        return "".join(parts)

    return make


def noise(letters: str) -> Callable[[int], str]:
    """Return what draws letters at random, always the same."""
    return lambda size: "".join(random.Random(1).choices(letters, k=size))


def texts() -> Iterator[Text]:
    """Yield the texts."""
    for name, (before, unit) in UNITS["runs"].items():
        yield Text("plain", name, repeated(unit, before))
    yield Text("plain", "white space at random", noise(" \n\t\f"))
    yield Text("plain", "signs at random", noise(" \n.,;:()[]\"'-–—0123456789abcIVX"))
    for kind in FRAMES:
        for name, unit in UNITS[kind].items():
            yield Text(kind, name, repeated(unit))


def cost(analyzer: Analyzer, path: Path, size: int) -> Cost:
    """Analyse a file in a copy of this process."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        before = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(20 + 4 * MOST_SECONDS * size / 1e6)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_DATA, (CEILING, CEILING))
        said = ""
        try:
            analyzer.analyze(path)
        except AnalyzerError:
            pass  # to refuse it is fine
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"[:80]
        after = resource.getrusage(resource.RUSAGE_SELF)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        grown = (after.ru_maxrss - before.ru_maxrss) * 1024
        os.write(write_end, f"{spent} {grown} {said}".encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    if not answer:
        return Cost(20 + 4 * MOST_SECONDS * size / 1e6, 0.0, "did not end")
    spent, grown, said = answer.split(" ", 2)
    return Cost(float(spent), float(grown), said)


def complaints(costs: list[Cost], sizes: tuple[int, ...]) -> list[str]:
    """Return what is not linear or takes too much."""
    found = [each.said for each in costs if each.said]
    last, before = costs[-1], costs[-2]
    seconds, memory = rates(before, last, sizes)
    if last.seconds > LEAST_SECONDS and growth(before, last, sizes) > MOST_GROWTH:
        found.append("growth")
    if last.seconds > LEAST_SECONDS and seconds > MOST_SECONDS:
        found.append("time")
    if last.memory / 1e6 > LEAST_MEGABYTES and memory > MOST_MEGABYTES:
        found.append("memory")
    return found


def rates(before: Cost, last: Cost, sizes: tuple[int, ...]) -> tuple[float, float]:
    """Return the seconds and megabytes that each further megabyte of text takes."""
    more = (sizes[-1] - sizes[-2]) / 1e6
    return (last.seconds - before.seconds) / more, (last.memory - before.memory) / 1e6 / more


def growth(before: Cost, last: Cost, sizes: tuple[int, ...]) -> float:
    """Return how much more the last text takes than it would if time grew with size."""
    return last.seconds / max(before.seconds, 0.001) / (sizes[-1] / sizes[-2])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    sizes = QUICK if options.quick else SIZES
    analyzer = Analyzer()
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder, "warm.txt")
        warm.write_text(f"Article 1\n{DUTY} ILO Convention No. 87.\n" * 50)
        analyzer.analyze(warm)
        gc.freeze()  # The copies share what is there.
        chosen = [text for text in texts() if options.only in f"{text.kind}: {text.name}"]
        print("| text | seconds a MB | growth | MB a MB | |\n|---|---|---|---|---|", flush=True)
        bad = 0
        for text in chosen:
            suffix, frame = FRAMES[text.kind]
            path = Path(folder, f"text{suffix}")
            costs = []
            for size in sizes:
                path.write_bytes(frame(text.make(size)))
                costs.append(cost(analyzer, path, size))
                if costs[-1].said == "did not end":
                    break
            costs += [costs[-1]] * (len(sizes) - len(costs))
            found = complaints(costs, sizes)
            bad += bool(found)
            if found or options.all:
                seconds, memory = rates(costs[-2], costs[-1], sizes)
                needs = f"{seconds:.1f} | {growth(costs[-2], costs[-1], sizes):.2f} | {memory:.0f}"
                print(f"| {text.kind}: {text.name} | {needs} | {', '.join(found)} |", flush=True)
    print(f"\n{len(chosen)} texts up to {sizes[-1] / 1e6} MB, {bad} that are slow or not linear")


if __name__ == "__main__":
    main()
