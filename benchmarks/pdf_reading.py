"""How long the analysis of a PDF takes, next to extracting its plain text with pypdfium2.

Run as ``python benchmarks/pdf_reading.py FILE …``; the first analysis of a run also loads the knowledge and spaCy.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pypdfium2

from analyzer import analyze


def plain_text(path: Path) -> int:
    """Extract the text of all pages; returns their number."""
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()
    return len(document)


def main() -> None:
    """Print one line a file: pages, seconds of the plain text, of the first analysis and of a second one."""
    for name in sys.argv[1:]:
        path = Path(name)
        marks = [perf_counter()]
        pages = plain_text(path)
        marks.append(perf_counter())
        for _ in range(2):
            analyze(path)
            marks.append(perf_counter())
        plain, first, second = (after - before for before, after in pairwise(marks))
        print(
            f"{path.name}: {pages} pages; plain text {plain:.2f} s, first analysis {first:.2f} s,"
            f" second {second:.2f} s ({second / plain:.1f} times the plain text)"
        )


if __name__ == "__main__":
    main()
