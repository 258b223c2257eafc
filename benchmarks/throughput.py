"""Measure how fast a folder of agreements is analysed, beside the tokenisation of the same text by spaCy.

    python benchmarks/throughput.py [FOLDER]

One process analyses every file, step by step; the same process then tokenises the same texts with
``spacy.blank("en")``; at last the command line analyses the folder with two processes. Rates are megabytes (10⁶ bytes,
UTF-8) of agreement text a second. Nothing is cached between the parts but the operating system's files. Python's search
for cycles is set as in the processes of a batch. ``--warm`` analyses everything a second time, set-up left out.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import spacy

from analyzer.api import Analyzer
from analyzer.assemble.findings import STEPS
from analyzer.present.tables import agreement_row, provision_rows
from analyzer.read.file import read
from analyzer.read.sources import SourceList, expand_sources

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "tota" / "xml"
PIECE = 1_000_000
"""Longest text, in characters, that is given to the tokeniser at once (spaCy's own limit)."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help=f"default: {FOLDER}")
    parser.add_argument("--warm", action="store_true", help="analyse everything twice, and show the second time too")
    given = parser.parse_args()
    folder = given.folder
    sources = expand_sources([folder])
    if not sources.files:
        parser.error(f"no agreement in {folder}")
    size = sum(source.path.stat().st_size for source in sources.files) / 1e6
    print(f"{len(sources.files)} files, {size:.1f} MB")

    analyzer, loaded = prepared()
    seconds, megabytes, provisions = measure_analysis(analyzer, sources)
    seconds = {"load": loaded, **seconds}
    total = sum(seconds.values())
    for step, spent in seconds.items():
        print(f"  {step:<12} {spent:7.2f} s   {megabytes / spent if spent else 0:8.1f} MB/s")
    print(f"analysis, one process: {total:.2f} s, {megabytes / total:.2f} MB/s of text; {provisions} provisions")
    print(f"peak memory of that process: {peak_memory():.0f} MB")

    warm = sum(measure_analysis(analyzer, sources)[0].values()) if given.warm else 0.0
    spent = measure_tokenisation(sources)
    print(f'spacy.blank("en") tokenisation: {spent:.2f} s, {megabytes / spent:.2f} MB/s of text')
    print(f"the whole analysis is {spent / total:.2f} times as fast as that tokenisation alone")
    if warm:
        print(f"warm: {warm:.2f} s, {spent / warm:.2f} times as fast")

    print(f"lpa analyze --jobs 2, start to end: {measure_command(folder):.2f} s")


def prepared() -> tuple[Analyzer, float]:
    """Return an analyzer, and the seconds that loading knowledge and model takes."""
    began = perf_counter()
    analyzer = Analyzer()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    return analyzer, perf_counter() - began


def measure_analysis(analyzer: Analyzer, sources: SourceList) -> tuple[dict[str, float], float, int]:
    """Return seconds per step, megabytes of text, and the number of provisions."""
    seconds = {**dict.fromkeys(STEPS, 0.0), "rows": 0.0}
    length = provisions = 0
    for source in sources.files:
        analysis = analyzer.analyze(source.path, agreement_id=source.agreement_id)
        for step, spent in analysis.timings.items():
            seconds[step] += spent
        began = perf_counter()
        provisions += len(provision_rows(analysis))
        agreement_row(analysis)
        seconds["rows"] += perf_counter() - began
        length += len(analysis.document.text.encode())
    return seconds, length / 1e6, provisions


def measure_tokenisation(sources: SourceList) -> float:
    """Return the seconds that tokenising takes; reading the files is not counted."""
    tokenizer = spacy.blank("en").tokenizer
    spent = 0.0
    for source in sources.files:
        text = read(source.path).text
        began = perf_counter()
        for start in range(0, len(text), PIECE):
            tokenizer(text[start : start + PIECE])
        spent += perf_counter() - began
    return spent


def measure_command(folder: Path) -> float:
    """Return the seconds from start to end of ``lpa analyze`` with two processes and all formats."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-c", "from analyzer.cli import main; main()", "analyze", str(folder)]
        began = perf_counter()
        subprocess.run([*command, "--jobs", "2", "--out", out], check=True, stdout=subprocess.DEVNULL)
        return perf_counter() - began


def peak_memory() -> float:
    """Return the most megabytes this process has held so far (not known on Windows)."""
    if sys.platform == "win32":
        return float("nan")
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


if __name__ == "__main__":
    main()
