"""Scan the sample agreements at 300 dpi, read them with Tesseract, and compare words and provisions with their twins.

Run as ``python benchmarks/ocr.py [ID …]``; without ids three samples in three languages are taken. What Tesseract read
once is not read again; ``LPA_CACHE`` names another folder for that.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import perf_counter

from analyzer import Analyzer
from analyzer.lexicon import TOKEN, fold

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.pdfs import scanned

SAMPLES = Path(__file__).parents[1] / "corpus" / "pdf"
TAKEN = ("boreland-quillaya-labour", "alcandara-miravalle", "sambora-valdore")


def words(text: str) -> Counter[str]:
    return Counter(word for word in TOKEN.findall(fold(text)) if word.isalnum())


def main() -> None:
    analyzer = Analyzer()
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or TAKEN:
            twin = analyzer.analyze(SAMPLES / f"{name}.pdf")
            path = Path(folder) / f"{name}.pdf"
            path.write_bytes(scanned((SAMPLES / f"{name}.pdf").read_bytes()))
            began = perf_counter()
            scan = analyzer.analyze(path)
            seconds = (perf_counter() - began) / len(scan.document.pages)
            wanted, found = words(twin.document.text), words(scan.document.text)
            rows = [
                Counter((analysis.clauses[p.clause].clause_id, p.categories, p.strength) for p in analysis.provisions)
                for analysis in (twin, scan)
            ]
            print(
                f"{name} ({twin.document.language}): word recall {(wanted & found).total() / wanted.total():.4f},"
                f" provisions {rows[0].total()}, the same in the scan {(rows[0] & rows[1]).total()} of"
                f" {rows[1].total()}; {seconds:.1f} s a page"
            )


if __name__ == "__main__":
    main()
