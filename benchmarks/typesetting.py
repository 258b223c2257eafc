"""Set the sample agreements as PDFs with LibreOffice and Chromium, and compare articles and provisions.

    python benchmarks/typesetting.py [--errors]

Needs LibreOffice (``soffice``) and Chromium. Each sample is set from its plain text. By LibreOffice: justified with
indented first lines and no space between paragraphs, the same ragged, in two columns, and with hanging items behind
tabs; all with a running header and page numbers. By Chromium, as a web page that is printed: with space between
paragraphs, with indented first lines and hyphens, and in two columns. An article counts as found if one begins with the
same letters; a provision if the text has one with the same letters and figures.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from renditions import articles, provisions, score

from analyzer import Analyzer, load_knowledge
from analyzer.read.about.language import detect_language

TEXTS = Path(__file__).parents[1] / "corpus" / "texts"
STYLES = ("indented", "ragged", "columns", "hanging")
WEB_STYLES = {
    "web": "body { font: 11pt 'Liberation Serif' } p { margin: 0 0 6pt }",
    "web, indented": "body { font: 9pt 'DejaVu Sans'; text-align: justify; hyphens: auto }"
    " p { margin: 0; text-indent: 2em } h3 { text-align: center; margin: 4pt }",
    "web, columns": "body { font: 9pt 'Liberation Sans'; columns: 2; text-align: justify } p { margin: 0 0 4pt }"
    " h3 { font-size: 9pt; margin: 2pt }",
}
FULL = 0.72
"""A line of a sample that is longer than this share of its longest goes on in the next one."""
LONGEST_HEADING = 70
HEADING = re.compile(r"(?i)(?:art|cap[ií]t|chap|annex|anexo?|sec[ct]i|part|t[ií]t|proto|preamb|preámb|préamb)")
ITEM = re.compile(r"(\(?[a-z0-9]{1,3}[.)])\s+")


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a sample, each heading and each line of a title page by itself."""
    longest = max(map(len, text.split("\n")))
    for block in re.split(r"\n\s*\n", text):
        open_lines: list[str] = []
        for line in filter(None, map(str.strip, block.split("\n"))):
            open_lines.append(line)
            if len(line) <= FULL * longest:
                yield " ".join(open_lines)
                open_lines = []
        if open_lines:
            yield " ".join(open_lines)


def write(text: str, title: str, style: str, path: Path) -> None:
    """Write a Word document."""
    document = Document()
    columns = style == "columns"
    section, normal = document.sections[0], document.styles["Normal"]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.2)
    normal.font.name, normal.font.size = "Liberation Serif", Pt(9.5 if columns else 11)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    section.header.paragraphs[0].text = title
    number_pages(section.footer.paragraphs[0].add_run()._r)
    if columns:
        section._sectPr.xpath("./w:cols")[0].set(qn("w:num"), "2")
    for words in paragraphs(text):
        paragraph = document.add_paragraph(words)
        layout = paragraph.paragraph_format
        if len(words) < LONGEST_HEADING and HEADING.match(words):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if columns else WD_ALIGN_PARAGRAPH.CENTER
            continue
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if style == "ragged" else WD_ALIGN_PARAGRAPH.JUSTIFY
        if style in ("indented", "ragged"):
            layout.first_line_indent = Cm(1)
        elif columns:
            layout.space_after = Pt(4)
        elif ITEM.match(words):
            layout.left_indent, layout.first_line_indent = Cm(1.5), Cm(-1)
            paragraph.text = ITEM.sub(r"\1\t", words, count=1)
    document.save(str(path))


def number_pages(run: object) -> None:
    """Put a field with the page number into a run."""
    for kind, instruction in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:instrText" if instruction else "w:fldChar")
        if instruction:
            element.text = instruction
        else:
            element.set(qn("w:fldCharType"), kind)
        run.append(element)  # type: ignore[attr-defined]


def typeset(texts: Sequence[Path], style: str, folder: Path) -> None:
    """Write a PDF of each text, of the same name, into a folder."""
    made = []
    for path in texts:
        made.append(folder / f"{path.stem}.docx")
        write(path.read_text(encoding="utf-8"), path.stem.replace("-", " ").title(), style, made[-1])
    to_pdf(made, folder)


def to_pdf(documents: Sequence[Path], folder: Path) -> None:
    """Write a PDF of each Word document, of the same name, into a folder."""
    command = [shutil.which("soffice") or "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, documents)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def print_pages(texts: Sequence[Path], style: str, folder: Path) -> None:
    """Write a web page of each text and print it as a PDF of the same name."""
    for path in texts:
        words = paragraphs(path.read_text(encoding="utf-8"))
        tags = [("h3" if len(text) < LONGEST_HEADING and HEADING.match(text) else "p", escape(text)) for text in words]
        language = detect_language(path.read_text(encoding="utf-8"), load_knowledge().languages)
        page = folder / f"{path.stem}.html"
        page.write_text(
            f"<!doctype html><html lang={language}><meta charset=utf-8><style>{WEB_STYLES[style]}</style>"
            + "".join(f"<{tag}>{text}</{tag}>" for tag, text in tags),
            encoding="utf-8",
        )
        command = [shutil.which("chromium") or "chromium", "--headless", "--no-sandbox", "--disable-gpu"]
        command += [f"--print-to-pdf={page.with_suffix('.pdf')}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    analyzer = Analyzer()
    texts = sorted(TEXTS.glob("*.txt"))
    for style in (*STYLES, *WEB_STYLES):
        with tempfile.TemporaryDirectory() as name:
            (print_pages if style in WEB_STYLES else typeset)(texts, style, Path(name))
            read = [(analyzer.analyze(path), analyzer.analyze(Path(name) / f"{path.stem}.pdf")) for path in texts]
        for what, count in (("articles", articles), ("provisions", provisions)):
            true, found = (
                Counter(
                    {
                        (path.stem, key): n
                        for path, pair in zip(texts, read, strict=True)
                        for key, n in count(pair[side]).items()
                    }
                )
                for side in (0, 1)
            )
            print(f"{style:13} {what:10} {score(true & found, found, true)}")
            for sign, difference in (("-", true - found), ("+", found - true)):
                for sample, key in difference if arguments.errors else ():
                    print(f"    {sign} {sample}: {key[:100]}")


if __name__ == "__main__":
    main()
