"""Scan the sample agreements at 300 dpi, read them with Tesseract, and compare words and provisions with their twins.

Run as ``python benchmarks/ocr.py [--noise] [ID …]``; without ids three samples in three languages are taken. What
Tesseract read once is not read again; ``LPA_CACHE`` names another folder for that.

``--noise`` needs no Tesseract: it puts into the text layer what OCR is prone to read, one character in a thousand and
one in two hundred (the same in each run), and counts the provisions of all samples that stay the same.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from analyzer import Analysis, Analyzer
from analyzer.knowledge import Knowledge
from analyzer.read.pdf import pdf_file
from analyzer.read.pdf.misread_numbers import mend_numbers
from analyzer.read.pdf.page_lines import PageLine, PageText
from analyzer.text.fold import TOKEN, fold

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.pdfs import scanned

SAMPLES = Path(__file__).parents[1] / "corpus" / "pdf"
TAKEN = ("boreland-quillaya-labour", "alcandara-miravalle", "sambora-valdore")


def words(text: str) -> Counter[str]:
    return Counter(word for word in TOKEN.findall(fold(text)) if word.isalnum())


# What is read for what.
MISREAD = {
    "á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ñ": "n", "ç": "c", "è": "e", "à": "a", "i": "í1l", "l": "1I",
    "1": "lI", "I": "l1", "e": "c", "c": "e", "o": "0", "0": "o", "h": "b", "b": "h", "n": "ñ", "u": "v", "a": "á",
    "s": "5", "S": "5", "5": "S", "g": "9", "j": "3", "t": "f", "f": "t", ".": ",", ",": ".", ")": "}", "(": "{",
    "m": ("rn",), "-": ("", "—"), "’": ("'", ""), "8": "B", "6": "b",
}  # fmt: skip
RATES = (0.001, 0.005)


def misread(text: str, rate: float, chance: random.Random) -> str:
    return "".join(
        chance.choice(MISREAD[letter]) if letter in MISREAD and chance.random() < rate else letter for letter in text
    )


def with_noise(analyzer: Analyzer, path: Path, rate: float, *, marks: bool) -> Analysis:
    """Analyse a PDF with noise, as if its pages had been read from pictures."""
    chance = random.Random(f"{path.stem} {rate}")

    def disturbed(line: PageLine) -> PageLine:
        return replace(line, text=misread(line.text, rate, chance), gaps=())

    def disturb(pages: Sequence[PageText], knowledge: Knowledge) -> tuple[list[PageText], list[int]]:
        read = [replace(page, lines=tuple(map(disturbed, page.lines))) for page in pages]
        return (mend_numbers(read, knowledge.languages.divisions) if marks else read), []

    usual, pdf_file.mend_words = pdf_file.mend_words, disturb
    try:
        return analyzer.analyze(path)
    finally:
        pdf_file.mend_words = usual


def rows_of(analysis: Analysis) -> Counter[object]:
    clauses = analysis.clauses
    return Counter((clauses[p.clause].clause_id, p.categories, p.strength) for p in analysis.provisions)


def noise(names: Iterable[str]) -> None:
    analyzer = Analyzer()
    twins = {path: rows_of(analyzer.analyze(path)) for path in sorted(SAMPLES.glob("*.pdf")) if path.stem in names}
    wanted = sum(rows.total() for rows in twins.values())
    for rate in RATES:
        for marks in (False, True):
            same = sum(
                (rows & rows_of(with_noise(analyzer, path, rate, marks=marks))).total() for path, rows in twins.items()
            )
            print(f"{rate:.1%} of characters misread, marks {'mended' if marks else 'as read'}: {same} of {wanted}")


def main() -> None:
    if "--noise" in sys.argv:
        noise([name for name in sys.argv[1:] if name != "--noise"] or [path.stem for path in SAMPLES.glob("*.pdf")])
        return
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
            rows = [rows_of(analysis) for analysis in (twin, scan)]
            print(
                f"{name} ({twin.document.language}): word recall {(wanted & found).total() / wanted.total():.4f},"
                f" provisions {rows[0].total()}, the same in the scan {(rows[0] & rows[1]).total()} of"
                f" {rows[1].total()}; {seconds:.1f} s a page"
            )


if __name__ == "__main__":
    main()
