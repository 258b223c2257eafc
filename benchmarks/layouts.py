"""Draw the sample agreements in layouts that get in the way of reading, and compare articles and provisions.

    python benchmarks/layouts.py [--errors] [--scans N] [LAYOUT …]

Needs LibreOffice (``soffice``) and Chromium; ``--scans`` also Tesseract: it draws each layout once more as pictures, of
the first N samples. By LibreOffice: lines numbered, each or each fifth; two languages side by side, aligned by
paragraph. By Chromium: notes and numbers in the margin, a watermark across each page, two languages side by side. Then
pages of the plain layout two on a sheet, and turned. Two languages are the clauses of ``corpus/gold/trilingual.toml``
beside their translations; each version is asked for in turn. An article counts as found if one begins with the same
letters; a provision if the text has one with the same letters and figures.
"""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape
from itertools import permutations, zip_longest
from pathlib import Path

import pypdfium2
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from pypdfium2 import raw
from renditions import articles, provisions, score
from typesetting import HEADING, LONGEST_HEADING, TEXTS, paragraphs, to_pdf

from analyzer import Analyzer, load_knowledge
from analyzer.read.about.language import detect_language

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.pdfs import scanned

STYLE = (
    "body { font: 10pt 'Liberation Serif'; margin: 0 } p { margin: 0 0 6pt } h3 { font-size: 10pt; margin: 8pt 0 4pt }"
)
MARGINS = {
    "side notes": "p { margin-right: 4cm; position: relative } i { position: absolute; right: -4cm; width: 3.4cm;"
    " top: 0; font-size: 7pt } h3 { margin-right: 4cm }",
    "margin numbers": "p, h3 { margin-left: 2cm; position: relative } i { position: absolute; left: -1.6cm; top: 1pt;"
    " font: 7pt 'Liberation Sans' }",
    "watermark": "div { position: fixed; top: 40%; left: 10%; font-size: 90pt; color: #ccc;"
    " transform: rotate(-45deg) }",
}
TITLES = {
    "en": "FREE TRADE AGREEMENT BETWEEN THE REPUBLIC OF ARVENIA AND THE REPUBLIC OF SOLMAR",
    "es": "ACUERDO DE LIBRE COMERCIO ENTRE LA REPÚBLICA DE ARVENIA Y LA REPÚBLICA DE SOLMAR",
    "fr": "ACCORD DE LIBRE-ÉCHANGE ENTRE LA RÉPUBLIQUE D'ARVENIA ET LA RÉPUBLIQUE DE SOLMAR",
}
IN_ARTICLE = re.compile(r"Article (\d+)\.(\d+)")
SIDE_BY_SIDE = "section { display: grid; grid-template-columns: 1fr 1fr; column-gap: 1cm; break-inside: auto }"


def by_writer(path: Path, other: Path, layout: str, folder: Path) -> None:
    """Write a PDF with LibreOffice: numbered lines, or two texts side by side."""
    document = Document()
    section, normal = document.sections[0], document.styles["Normal"]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    normal.font.name, normal.font.size = "Liberation Serif", Pt(11)
    texts = [list(paragraphs(text.read_text(encoding="utf-8"))) for text in (path, other)]
    if layout.startswith("lines"):
        numbers = OxmlElement("w:lnNumType")
        numbers.set(qn("w:countBy"), "5" if layout.endswith("fifth") else "1")
        numbers.set(qn("w:restart"), "newPage" if layout.endswith("fifth") else "continuous")
        section._sectPr.append(numbers)
        for words in texts[0]:
            document.add_paragraph(words)
    else:
        table = document.add_table(rows=0, cols=2)
        for left, right in zip_longest(*texts, fillvalue=""):
            cells = table.add_row().cells
            cells[0].text, cells[1].text = left, right
    made = folder / f"{path.stem}.docx"
    document.save(str(made))
    to_pdf([made], folder)


def by_chromium(path: Path, other: Path, layout: str, folder: Path) -> None:
    """Print a PDF with Chromium: with notes or numbers in the margin, with a watermark, or two texts side by side."""
    texts = [list(paragraphs(text.read_text(encoding="utf-8"))) for text in (path, other)]
    marks = {"side notes": "See the note on {}", "margin numbers": "{}"}
    parts = []
    for number, words in enumerate(texts[0], 101):
        tag = "h3" if len(words) < LONGEST_HEADING and HEADING.match(words) else "p"
        every = 3 if layout == "side notes" else 1
        mark = marks[layout].format(number) if layout in marks and tag == "p" and number % every == 0 else ""
        parts.append(f"<{tag}>{f'<i>{mark}</i>' if mark else ''}{escape(words)}</{tag}>")
    style = STYLE + MARGINS.get(layout, "")
    if layout == "watermark":
        parts.insert(0, "<div>DRAFT</div>")
    if layout == "two languages, printed":
        style += SIDE_BY_SIDE
        pairs = zip_longest(*texts, fillvalue="")
        parts = [f"<section><p>{escape(left)}</p><p>{escape(right)}</p></section>" for left, right in pairs]
    language = detect_language(path.read_text(encoding="utf-8"), load_knowledge().languages)
    page = folder / f"{path.stem}.html"
    page.write_text(f"<!doctype html><html lang={language}><meta charset=utf-8><style>{style}</style>{''.join(parts)}")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--print-to-pdf={page.with_suffix('.pdf')}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def two_on_a_sheet(path: Path, other: Path, layout: str, folder: Path) -> None:
    """Put the pages of the plain layout on sheets, two each."""
    by_chromium(path, other, layout, folder)
    file = folder / f"{path.stem}.pdf"
    source = pypdfium2.PdfDocument(file.read_bytes())
    width, height = source[0].get_size()
    sheets = pypdfium2.PdfDocument(raw.FPDF_ImportNPagesToOne(source.raw, 2 * width, height, 2, 1))
    sheets.save(file)


def turned(path: Path, other: Path, layout: str, folder: Path) -> None:
    """Turn the pages of the plain layout: each second one by a quarter, each third one upside down."""
    by_chromium(path, other, layout, folder)
    file = folder / f"{path.stem}.pdf"
    document = pypdfium2.PdfDocument(file.read_bytes())
    for number, page in enumerate(document, 1):
        page.set_rotation(180 if number % 3 == 0 else 90 if number % 2 == 0 else 0)
    out = io.BytesIO()
    document.save(out)
    file.write_bytes(out.getvalue())


LAYOUTS: dict[str, Callable[[Path, Path, str, Path], None]] = {
    "lines numbered": by_writer,
    "lines numbered, each fifth": by_writer,
    "two languages": by_writer,
    "two languages, printed": by_chromium,
    "side notes": by_chromium,
    "margin numbers": by_chromium,
    "watermark": by_chromium,
    "two on a sheet": two_on_a_sheet,
    "turned": turned,
}


def write_twins(folder: Path) -> list[Path]:
    """Write the articles of the trilingual clauses as three texts, in English, Spanish and French, in their order.

    Those without the number of a chapter are from other agreements; in one text they would have no sensible outline.
    """
    clauses = tomllib.loads((TEXTS.parent / "gold" / "trilingual.toml").read_text(encoding="utf-8"))["clause"]
    placed = [
        ([int(number) for number in article.groups()], clause)
        for clause in clauses
        if clause["kind"] != "footnote" and (article := IN_ARTICLE.match(clause["en"]["article"]))
    ]
    clauses = [clause for _, clause in sorted(placed, key=lambda pair: pair[0])]
    made = []
    for language, title in TITLES.items():
        written = [title]
        headings: dict[str, str] = {}
        for clause in clauses:
            version = clause[language]
            for heading in ("chapter", "article", "lead"):
                is_written = version[heading] in ("", headings.get(heading), written[-1])
                written += [] if is_written else [version[heading]]
                headings[heading] = version[heading]
            written.append(version["text"])
        made.append(folder / f"twin-{language}.txt")
        made[-1].write_text("\n\n".join(written) + "\n", encoding="utf-8")
    return made


def drawings(layout: str, samples: int | None, folder: Path) -> Iterator[tuple[Path, list[Path]]]:
    """Draw texts in a layout; yield each PDF with the texts that it holds.

    Args:
        layout: The layout.
        samples: Number of samples to be drawn; all if not given.
        folder: Where they are drawn.
    """
    if layout.startswith("two languages"):
        twins = write_twins(folder)
        pairs = [[left, right] for left, right in permutations(twins, 2)]
    else:
        pairs = [[path] for path in sorted(TEXTS.glob("*.txt"))]
    for texts in pairs[:samples]:
        LAYOUTS[layout](texts[0], texts[-1], layout, folder)
        yield folder / f"{texts[0].stem}.pdf", texts


def measure(analyzer: Analyzer, layout: str, samples: int | None, *, scan: bool, errors: bool) -> None:
    """Draw texts in a layout, read them, and print how many articles and provisions are the same."""
    counted: dict[str, tuple[Counter[str], Counter[str]]] = {
        "articles": (Counter(), Counter()),
        "provisions": (Counter(), Counter()),
    }
    with tempfile.TemporaryDirectory() as name:
        for file, texts in drawings(layout, samples, Path(name)):
            if scan:
                file.write_bytes(scanned(file.read_bytes()))
            for path in texts:
                plain = analyzer.analyze(path)
                pair = plain, analyzer.analyze(file, language=plain.document.language)
                for what, count in (("articles", articles), ("provisions", provisions)):
                    for total, analysis in zip(counted[what], pair, strict=True):
                        total.update({f"{path.stem}: {key}": number for key, number in count(analysis).items()})
    for what, (true, found) in counted.items():
        print(f"{layout + (', scanned' if scan else ''):36} {what:10} {score(true & found, found, true)}", flush=True)
        for sign, difference in (("-", true - found), ("+", found - true)):
            for key in difference if errors else ():
                print(f"    {sign} {key[:110]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("layouts", nargs="*", metavar="LAYOUT", help=f"of {', '.join(LAYOUTS)}; by default all")
    parser.add_argument("--errors", action="store_true", help="print what differs")
    parser.add_argument("--scans", type=int, default=0, metavar="N", help="draw the first N samples as pictures too")
    arguments = parser.parse_args()
    analyzer = Analyzer()
    for layout in arguments.layouts or LAYOUTS:
        measure(analyzer, layout, None, scan=False, errors=arguments.errors)
        if arguments.scans:
            measure(analyzer, layout, arguments.scans, scan=True, errors=arguments.errors)


if __name__ == "__main__":
    main()
