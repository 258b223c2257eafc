"""Make the bundled sample agreements from their annotated drafts.

    python corpus/build.py           write texts/, pdf/ and gold/samples.jsonl
    python corpus/build.py --check   say what is out of date, and exit 1 if anything is

Each ``drafts/<id>.draft.txt`` is the single source of ``texts/<id>.txt``, ``pdf/<id>.pdf`` and of the rows of
``gold/samples.jsonl`` whose ``treaty`` is ``<id>``. The mark-up of the drafts is described in ``README.md``.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
import sys
import textwrap
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).resolve().parent
DRAFTS, TEXTS, PDFS, GOLD = HERE / "drafts", HERE / "texts", HERE / "pdf", HERE / "gold" / "samples.jsonl"
CATEGORIES = HERE.parent / "analyzer" / "knowledge" / "data" / "categories.toml"

Kind = Literal["title", "heading", "article", "plain", "unit", "footnote"]

MARKS: dict[str, Kind] = {"#": "title", "##": "heading", "###": "article", "~": "plain", "^": "footnote"}
TIGHT: frozenset[Kind] = frozenset({"title", "heading", "plain"})  # neighbours of one such kind: no blank line between
ANNOTATION = re.compile(r"@\[([A-Z0-9 ]+)\|([BEHPD])(?:\|([CPR]\d{3}(?: [CPR]\d{3})*))?\] ")
UNPRINTED = re.compile(r"\((.+)\)")  # "### (Preamble)": an address that is not printed


class DraftError(ValueError):
    """A draft that breaks the mark-up; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a sample as printed; units and footnotes carry their gold labels (none: no provision)."""

    kind: Kind
    text: str
    level: int = 0
    address: str = ""
    labels: tuple[str, ...] = ()
    strength: str | None = None
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample agreement: its id, the settings at the head of its draft, and its blocks in order."""

    id: str
    settings: dict[str, Any]
    blocks: tuple[Block, ...]


def read_draft(path: Path, codes: frozenset[str]) -> Sample:
    """Read one draft; raise ``DraftError`` where it breaks the mark-up or names an unknown code."""
    head, _, body = path.read_text(encoding="utf-8").removeprefix("+++\n").partition("\n+++\n")
    settings = {"separator": ": ", "wrap": 0, "columns": 1} | tomllib.loads(head)
    blocks: list[Block] = []
    address = ""
    first = head.count("\n") + 4  # line of the file on which the body begins
    for number, line in enumerate(body.splitlines(), first):
        if not line.strip():
            continue
        where = f"{path.name}:{number}"
        level = (len(line) - len(line.lstrip(" "))) // 2
        mark, _, rest = line.strip().partition(" ")
        kind = MARKS.get(mark, "unit")
        text = line.strip() if kind == "unit" else rest.strip()
        if kind == "article":
            address, _, heading = (part.strip() for part in text.partition("|"))
            if unprinted := UNPRINTED.fullmatch(address):
                address, text = unprinted[1], ""
            else:
                text = f"{address}{settings['separator']}{heading}" if heading else address
        labels: tuple[str, ...] = ()
        strength: str | None = None
        refs: tuple[str, ...] = ()
        if text.startswith("@"):
            found = ANNOTATION.match(text)
            if not found or kind not in ("unit", "footnote"):
                raise DraftError(f"{where}: bad annotation: {text[:60]}")
            labels, strength = tuple(sorted(found[1].split())), found[2]
            refs = tuple(sorted((found[3] or "").split()))
            text = text[found.end() :]
            unknown = set(labels) - codes
            if unknown:
                raise DraftError(f"{where}: unknown code {', '.join(sorted(unknown))}")
        if "@[" in text:
            raise DraftError(f"{where}: an annotation inside the text")
        if kind in ("unit", "footnote") and not address:
            raise DraftError(f"{where}: a unit before the first '###' line")
        try:
            text.encode("cp1252")
        except UnicodeEncodeError as error:
            raise DraftError(f"{where}: the PDF's fonts have no {text[error.start]!r}") from error
        blocks.append(Block(kind, text, level, address, labels, strength, refs))
    return Sample(path.name.removesuffix(".draft.txt"), settings, tuple(blocks))


def lay_out(sample: Sample) -> tuple[str, list[tuple[Block, int, int]]]:
    """Return the plain text of a sample and, for each printed block, where in the text it starts and ends."""
    text = ""
    places: list[tuple[Block, int, int]] = []
    for block in sample.blocks:
        if not block.text:
            continue
        if places:
            last = places[-1][0]
            text += "\n" if last.kind == block.kind and block.kind in TIGHT else "\n\n"
        printed = block.text
        if width := sample.settings["wrap"]:
            indent = "  " * block.level
            wrapper = textwrap.TextWrapper(width, indent, indent, break_on_hyphens=False)
            printed = "\n".join(wrapper.fill(line) for line in printed.splitlines())
        start = len(text) + len(printed) - len(printed.lstrip())
        text += printed
        places.append((block, start, len(text)))
    return text + "\n", places


def annotate(sample: Sample) -> Iterator[dict[str, Any]]:
    """Yield the gold rows of a sample: every unit, in order, with offsets into its plain text."""
    text, places = lay_out(sample)
    count: Counter[str] = Counter()
    for block, start, end in places:
        if block.kind in ("unit", "footnote"):
            yield {
                "treaty": sample.id,
                "article": block.address,
                "unit": count[block.address],
                "start": start,
                "end": end,
                "labels": list(block.labels),
                "strength": block.strength,
                "refs": list(block.refs),
                "language": sample.settings["language"],
                "hash": hashlib.sha256("".join(text[start:end].split()).encode()).hexdigest()[:12],
            }
            count[block.address] += 1


def print_pdf(sample: Sample) -> bytes:
    """Set a sample as a PDF: title page, running header, page numbers; the same bytes on every run."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph, Spacer

    columns = sample.settings["columns"]
    size = 9.5 if columns > 1 else 11
    base = ParagraphStyle("text", fontName="Times-Roman", fontSize=size, leading=size * 1.25, spaceAfter=size * 0.55)
    bold = {"fontName": "Times-Bold", "keepWithNext": 1}
    centred = bold | {"alignment": 1, "spaceBefore": size * 0.7}
    styles: dict[Kind, ParagraphStyle] = {
        "title": ParagraphStyle("title", base, fontSize=16, leading=24, **centred),
        "heading": ParagraphStyle("heading", base, fontSize=size * 1.1, **centred),
        "article": ParagraphStyle("article", base, **(centred if "\n" in sample.settings["separator"] else bold)),
        "plain": ParagraphStyle("plain", base, spaceAfter=2),
        "footnote": ParagraphStyle("footnote", base, fontSize=size * 0.8, leading=size),
        "unit": base,
    }
    story: list[Any] = [Spacer(1, 60 * mm)]
    for block in sample.blocks:
        if block.kind != "title" and not any(isinstance(piece, PageBreak) for piece in story):
            story += [NextPageTemplate("body"), PageBreak()]
        if block.text:
            style = styles[block.kind]
            if block.level:
                style = ParagraphStyle("item", style, leftIndent=block.level * 14 / columns)
            markup = block.text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")
            story.append(Paragraph(markup, style))

    width, height = A4
    margin, gutter = 25 * mm, 6 * mm
    column = (width - 2 * margin - (columns - 1) * gutter) / columns
    frames = [
        Frame(margin + i * (column + gutter), margin, column, height - 2 * margin, 0, 0, 0, 0) for i in range(columns)
    ]

    def draw_header(canvas: Any, _: Any) -> None:
        canvas.setFont("Times-Italic", 9)
        canvas.drawCentredString(width / 2, height - 16 * mm, sample.settings["header"])
        canvas.line(margin, height - 18 * mm, width - margin, height - 18 * mm)

    def draw_footer(canvas: Any, document: Any) -> None:
        canvas.setFont("Times-Roman", 9)
        canvas.drawCentredString(width / 2, 14 * mm, str(document.page))

    out = io.BytesIO()
    document = BaseDocTemplate(
        out, pagesize=A4, invariant=1, title=sample.settings["title"], lang=sample.settings["language"]
    )
    cover = Frame(margin, margin, width - 2 * margin, height - 2 * margin)
    document.addPageTemplates(
        [PageTemplate("cover", [cover]), PageTemplate("body", frames, draw_header, onPageEnd=draw_footer)]
    )
    document.build(story)
    return out.getvalue()


def pdf_text(data: bytes) -> list[str]:
    """Return the text of each page of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def read_samples() -> list[Sample]:
    """Read all drafts, in the order of their ids."""
    codes = frozenset(tomllib.loads(CATEGORIES.read_text(encoding="utf-8")))
    return [read_draft(path, codes) for path in sorted(DRAFTS.glob("*.draft.txt"))]


def build(samples: Sequence[Sample]) -> dict[Path, bytes]:
    """Return every file that the drafts make, with its bytes."""
    files: dict[Path, bytes] = {}
    for sample in samples:
        files[TEXTS / f"{sample.id}.txt"] = lay_out(sample)[0].encode()
        files[PDFS / f"{sample.id}.pdf"] = print_pdf(sample)
    rows = [json.dumps(row, ensure_ascii=False) for sample in samples for row in annotate(sample)]
    files[GOLD] = ("\n".join(rows) + "\n").encode()
    return files


def stale_files(files: dict[Path, bytes]) -> list[str]:
    """Name the files on disk that differ from what the drafts make; a PDF counts by its text, page for page."""
    stale = []
    for path, data in files.items():
        kept = path.read_bytes() if path.is_file() else b""
        same = bool(kept) and pdf_text(kept) == pdf_text(data) if path.suffix == ".pdf" else kept == data
        if not same:
            stale.append(f"{path.relative_to(HERE)}: not what the drafts make")
    made = {path.name for path in files}
    orphans = [path for folder in (TEXTS, PDFS) for path in sorted(folder.glob("*")) if path.name not in made]
    return stale + [f"{path.relative_to(HERE)}: has no draft" for path in orphans]


def main() -> int:
    """Build, or check, the sample corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file is out of date")
    check: bool = parser.parse_args().check
    try:
        files = build(read_samples())
    except DraftError as error:
        print(error, file=sys.stderr)
        return 2
    if check:
        stale = stale_files(files)
        print("\n".join(stale) or f"{len(files)} files up to date")
        return 1 if stale else 0
    for path, data in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    print(f"{len(files)} files written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
