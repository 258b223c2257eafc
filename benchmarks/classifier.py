"""What the classifier costs: agreements of a folder analysed with and without it, and how long its file takes to load.

    python benchmarks/classifier.py [FOLDER]

Without a folder: the bundled samples. Both ways are timed in turn, in one process, after one round to warm up; the
best of three rounds counts.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import time
from pathlib import Path

from analyzer import Analyzer, read
from analyzer.assemble.model_file import NAME, load_model
from analyzer.bundled import bundled
from analyzer.types import Document

ROUNDS = 3
SUFFIXES = (".xml", ".txt")


def seconds(analyzer: Analyzer, documents: list[Document]) -> float:
    began = time.perf_counter()
    for document in documents:
        analyzer.analyze_document(document)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=bundled("corpus/texts"))
    folder = parser.parse_args().folder
    documents = [read(path) for path in sorted(folder.iterdir()) if path.suffix in SUFFIXES]
    size = sum(len(document.text) for document in documents) / 1e6
    ways = {"rules alone": Analyzer(model=None), "rules and classifier": Analyzer()}
    # As in a batch: a document holds no cycles, so looking for them only costs time.
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(1 + ROUNDS):
        for name, analyzer in ways.items():
            best[name] = min(best[name], seconds(analyzer, documents))
    for name, spent in best.items():
        print(f"{name:22} {spent:7.2f} s   {size / spent:6.2f} MB/s")
    print(f"{'throughput kept':22} {best['rules alone'] / best['rules and classifier']:7.0%}")
    print(f"{'loading the model':22} {loading():7.2f} s   (in a new process, numpy and scipy included)")


def loading() -> float:
    """Return the seconds that a new process takes to load the model, the best of three."""
    path = bundled("models") / NAME
    load_model(path)
    code = (
        "import time; began = time.perf_counter(); from analyzer.model_file import load_model; "
        f"load_model({str(path)!r}); print(time.perf_counter() - began)"
    )
    return min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(ROUNDS))


if __name__ == "__main__":
    main()
