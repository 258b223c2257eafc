"""Measure the collection: growth of time and memory, cost of the store and of a second run, the search, kills.

    python benchmarks/collection.py [PART …] [--files 20]

Parts: ``growth`` (16 times the data), ``store`` (its cost in a run), ``resume`` (an unchanged second run, one new
file), ``workers`` (two against one, a pool against a plain loop), ``search`` (100 000 provisions), ``kills`` (SIGKILL
of the command at 30 seeded random moments, only where it is named). Inputs are variants of the sample agreements. Times
are of the processor, except those of ``workers``, which needs an idle machine; each measurement is a process.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from analyzer import analyze_folder, load_knowledge, read_results
from analyzer.bundled import bundled
from analyzer.collection.collect import collect
from analyzer.collection.search import Filters, Searcher
from analyzer.collection.store import Made, Store
from analyzer.present.files import write_results
from analyzer.present.provenance import record
from analyzer.read.sources import expand_sources
from analyzer.run.each import Options

PROVISIONS = 100_000
QUERIES: Mapping[str, tuple[str, Filters]] = {
    '"forced labour" OR "trata de personas", filtered': (
        '"forced labour" OR "trata de personas"',
        Filters(since=2010, category=["FL"], strength=["B"], language=["es"]),
    ),
    '"forced labour" OR "trata de personas"': ('"forced labour" OR "trata de personas"', Filters()),
    "labour (half of all)": ("labour", Filters()),
    "wages": ("wages", Filters()),
    "C029": ("C029", Filters()),
    '"freedom of association"': ('"freedom of association"', Filters()),
    '"trade union*"': ('"trade union*"', Filters(since=2000, until=2019)),
    "NEAR(labour laws, 5)": ("NEAR(labour laws, 5)", Filters()),
    "filters alone": ("", Filters(strength=["B"], category=["FL"])),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=[part for part in PARTS if part != "kills"], metavar="PART")
    parser.add_argument("--files", type=int, default=20, help="number of files; growth takes 16 times as many too")
    parser.add_argument("--moments", type=int, default=30, help="how often kills kills")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        asked = json.loads(given.measure)
        print(json.dumps(MEASURES[asked.pop("what")](**asked)))
        return
    for part in given.parts:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[part](Path(folder), given)


# Parts


def growth(folder: Path, given: argparse.Namespace) -> None:
    small, large = agreements(folder / "1", given.files), agreements(folder / "16", 16 * given.files)
    for jobs in (None, 1):
        one = measure("run", paths=str(small), out=str(folder / f"out-1-{jobs}"), jobs=jobs)
        more = measure("run", paths=str(large), out=str(folder / f"out-16-{jobs}"), jobs=jobs)
        if jobs is None:
            spent = f"{one['cpu']:.1f} s, {more['cpu']:.1f} s"
            print(f"16 times the data: {more['cpu'] / one['cpu']:.2f} times the time ({spent})")
        else:
            ratio = more["memory"] / one["memory"]
            print(f"memory of the parent: {ratio:.2f} times ({one['memory']:.0f} MB, {more['memory']:.0f} MB)")


def store(folder: Path, given: argparse.Namespace) -> None:
    paths = agreements(folder / "in", 4 * given.files)
    run = measure("collect", paths=str(paths), out=str(folder / "out"), jobs=None)
    rest = run["cpu"] - run["stored"]
    print(f"cost of the store: {run['stored'] / rest:.1%} of the rest of a run ({run['stored']:.2f} s, {rest:.2f} s)")


def resume(folder: Path, given: argparse.Namespace) -> None:
    paths, out = agreements(folder / "in", 16 * given.files), folder / "out"
    first = measure("collect", paths=str(paths), out=str(out), jobs=None)
    again = measure("collect", paths=str(paths), out=str(out), jobs=None)
    agreements(folder / "in", 1, first=16 * given.files)
    one_more = measure("collect", paths=str(paths), out=str(out), jobs=None)
    number = 16 * given.files
    print(f"an unchanged second run: {again['cpu'] / first['cpu']:.1%} of the first ({number} files)")
    print(f"one new file in {number}: {one_more['cpu'] / first['cpu']:.1%} of the first")
    print(f"beside loading the program: {(one_more['cpu'] - one_more['load']) / (first['cpu'] - first['load']):.1%}")


def workers(folder: Path, given: argparse.Namespace) -> None:
    paths = agreements(folder / "in", 4 * given.files)
    one, two = (measure("collect", paths=str(paths), out=str(folder / f"{n}"), jobs=n)["wall"] for n in (1, 2))
    loop = measure("collect", paths=str(paths), out=str(folder / "loop"), jobs=None)["wall"]
    print(f"two workers: {one / two:.2f} times as fast as one ({one:.1f} s, {two:.1f} s)")
    print(f"a pool of one against a plain loop: {one / loop - 1:+.1%}")


def searching(folder: Path, given: argparse.Namespace) -> None:
    del given
    print(f"store of {PROVISIONS} provisions: {measure('fill', out=str(folder))['megabytes']:.0f} MB")
    with Searcher(folder) as searcher:
        for name, (query, filters) in QUERIES.items():
            spent = []
            for _ in range(5):
                began = time.process_time()
                found = searcher.search(query, filters)
                spent.append(time.process_time() - began)
            print(f"  {name:<48} {1000 * sorted(spent)[2]:6.1f} ms, {found.total} provisions")


def kills(folder: Path, given: argparse.Namespace) -> None:
    paths = agreements(folder / "in", 60, characters=1500)
    command = [sys.executable, "-m", "analyzer", "analyze", str(paths), "--format", "csv,jsonl", "--jobs", "2", "--out"]
    began = time.monotonic()
    subprocess.run([*command, str(folder / "whole")], check=True, capture_output=True)
    seconds, chance = time.monotonic() - began, random.Random(0)
    wanted, out, moments = tables(folder / "whole"), folder / "out", 0
    while moments < given.moments:
        moments += 1
        process = subprocess.Popen([*command, str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0, seconds))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if moments % 3 == 0:  # Every third time the run is let go to its end, and a new one begun.
            subprocess.run([*command, str(out)], check=True, capture_output=True)
            assert tables(out) == wanted, "the tables differ"
            out = folder / f"out-{moments}"
    print(f"killed {moments} times within {seconds:.1f} s of a run of 60 files: the tables are the same bytes")


PARTS: Mapping[str, Callable[[Path, argparse.Namespace], None]] = {
    "growth": growth,
    "store": store,
    "resume": resume,
    "workers": workers,
    "search": searching,
    "kills": kills,
}


# Measurements, each in a process of its own


def measure(what: str, **arguments: Any) -> dict[str, float]:
    asked = json.dumps({"what": what, **arguments})
    done = subprocess.run([sys.executable, __file__, "--measure", asked], check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def measure_run(paths: str, out: str, jobs: int | None) -> dict[str, float]:
    """Analyse and write the tables."""
    result = measure_collect(paths, out, jobs)
    began = time.process_time()
    results = read_results(out)
    write_results(Path(out), results, ("csv", "jsonl"), run={**results.made_by, "counts": {}})
    return {**result, "cpu": result["cpu"] + time.process_time() - began, "memory": peak()}


def measure_collect(paths: str, out: str, jobs: int | None) -> dict[str, float]:
    load, wall = time.process_time(), time.monotonic()
    Path(out).mkdir(exist_ok=True)
    with TimedStore(Path(out), load_knowledge()) as opened:
        done = collect(opened, expand_sources([paths]), Options(jobs=jobs))
        opened.end(record(done.provenance), "then")
    spent = {"cpu": time.process_time(), "stored": opened.spent, "wall": time.monotonic() - wall}
    return {**spent, "load": load, "memory": peak()}


class TimedStore(Store):
    """A store that knows how much time of the processor it has taken."""

    spent = 0.0

    def put(self, *arguments: Any) -> None:
        self._timed(super().put, *arguments)

    def begin(self, *arguments: Any) -> None:
        self._timed(super().begin, *arguments)

    def document(self, *arguments: Any) -> bytes | None:
        found: bytes | None = self._timed(super().document, *arguments)
        return found

    def _timed(self, function: Callable[..., Any], *arguments: Any) -> Any:
        began = time.process_time()
        result = function(*arguments)
        self.spent += time.process_time() - began
        return result


def measure_fill(out: str) -> dict[str, float]:
    """Fill a store with variants of the provisions of the samples, a quarter of their words changed at random."""
    chance = random.Random(1)
    results = [one for one in analyze_folder(bundled("corpus/texts")).results if one.provisions and one.agreement]
    words = sorted({word for one in results for row in one.provisions for word in re.findall(r"\w+", row["text"])})
    paths, number = [f"{position}.txt" for position in range(PROVISIONS)], 0
    with Store(Path(out), load_knowledge()) as opened:
        opened.begin(paths, "")
        for position, path in enumerate(paths):
            one = results[position % len(results)]
            signed = {"date_signed": f"{1960 + position % 66}-01-01"}
            rows = tuple({**row, **signed, "text": varied(row["text"], words, chance)} for row in one.provisions)
            others = {"instruments": (), "ratifications": (), "references": (), "evidence": (), "indicators": None}
            about = {**(one.agreement or {}), **signed}
            opened.put(path, replace(one, provisions=rows, agreement=about, **others), Made())
            number += len(rows)
            if number >= PROVISIONS:
                break
        opened.end({}, "then")
    return {"megabytes": (Path(out) / "lpa.sqlite").stat().st_size / 1e6}


MEASURES: Mapping[str, Callable[..., dict[str, float]]] = {
    "run": measure_run,
    "collect": measure_collect,
    "fill": measure_fill,
}


# Inputs


def agreements(folder: Path, number: int, *, first: int = 0, characters: int = 0) -> Path:
    """Write variants of the samples: other numbers, so that no two are the same."""
    folder.mkdir(exist_ok=True)
    samples = sorted(bundled("corpus/texts").glob("*.txt"))
    for position in range(first, first + number):
        text = samples[position % len(samples)].read_text(encoding="utf-8")
        text = text[:characters] if characters else text
        content = f"{text}\n\nANNEX Z\n\nNotes\n\nThe list of {position} goods is attached.\n"
        (folder / f"pact-{position:05}.txt").write_text(content, encoding="utf-8")
    return folder


def varied(text: str, words: list[str], chance: random.Random) -> str:
    parts = text.split(" ")
    for _ in range(max(1, len(parts) // 4)):
        parts[chance.randrange(len(parts))] = chance.choice(words)
    return " ".join(parts)


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".csv", ".jsonl")}


def peak() -> float:
    """Return the most memory that this process has held, megabytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
