"""How fast a PDF is read, next to bare text extraction by pypdfium2 and by pdfplumber, all in one run.

Run as ``python benchmarks/pdf_reading.py [--pdfplumber] [--memory] FILE …``. Each is the best of three, but for
pdfplumber, which is slow: once. Scanned pages are read with Tesseract before the clock starts, if it is installed.
``--memory`` prints instead the peak memory of a fresh process that analyses each file once.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pypdfium2

from analyzer import analyze, read

PEAK = """
import resource, sys
from analyzer import analyze
analyze(sys.argv[1])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def bare(path: Path) -> None:
    """Extract the text of all pages with pypdfium2."""
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()


def plumbed(path: Path) -> None:
    """Extract the text of all pages with pdfplumber."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()


def best(work: Callable[[Path], object], path: Path, times: int = 3) -> float:
    """Return the seconds of processor time of the fastest of several runs."""
    spent = []
    for _ in range(times):
        began = process_time()
        work(path)
        spent.append(process_time() - began)
    return min(spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--pdfplumber", action="store_true")
    parser.add_argument("--memory", action="store_true")
    arguments = parser.parse_args()
    for path in arguments.files:
        if arguments.memory:
            done = subprocess.run([sys.executable, "-c", PEAK, path], check=True, capture_output=True, text=True)
            print(f"{path.name}: peak memory {float(done.stdout):.0f} MB")
            continue
        analyze(path)
        plain, ours, whole = best(bare, path), best(read, path), best(analyze, path)
        line = f"{path.name}: {len(pypdfium2.PdfDocument(path))} pages; pypdfium2 {plain:.2f} s, read {ours:.2f} s"
        line += f" ({plain / ours:.2f} times as fast), analysed {whole:.2f} s"
        if arguments.pdfplumber:
            slow = best(plumbed, path, times=1)
            line += f"; pdfplumber {slow:.1f} s (read is {slow / ours:.0f} times as fast)"
        print(line)


if __name__ == "__main__":
    main()
