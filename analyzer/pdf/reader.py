"""Read a PDF into a ``Document``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from analyzer.language import detect_language
from analyzer.pdf.compose import PageRows, compose
from analyzer.pdf.furniture import find_furniture
from analyzer.pdf.layout import order
from analyzer.pdf.lines import PageLines
from analyzer.pdf.notes import take_notes
from analyzer.pdf.source import Source, open_pdf
from analyzer.pdf.tables import table_rows
from analyzer.title_page import title_of
from analyzer.types import Document, Metadata


def read_pdf(path: Path, data: bytes, password: str | None = None) -> Document:
    """Read a PDF.

    Args:
        path: Named in errors and in the result.
        data: The file's content.
        password: Opens it if it is encrypted.

    Raises:
        ReadError: Encrypted, damaged, without pages or without text, too long, or it takes too long.
    """
    with open_pdf(path, data, password) as source:
        pages = list(source.pages())
        return _document(path, source, pages)


def _document(path: Path, source: Source, pages: Sequence[PageLines]) -> Document:
    laid_out = lay_out(pages)
    composed = compose(laid_out, table_rows([page.rows for page in laid_out]))
    return Document(
        agreement_id=path.stem,
        text=composed.text,
        language=detect_language(composed.text),
        source_file=str(path),
        format="pdf",
        encoding="",
        metadata=Metadata(title=title_of(composed.text) or source.title or path.stem),
        pages=composed.pages,
        tables=composed.tables,
        warnings=source.warnings,
    )


def lay_out(pages: Sequence[PageLines]) -> list[PageRows]:
    """Return the rows of each page in reading order, without furniture, and its footnotes."""
    furniture = find_furniture(pages)
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    texts = [
        [line for line in page.lines if id(line) not in found.lines]
        for page, found in zip(pages, furniture, strict=True)
    ]
    laid_out = []
    open_note = False
    for page, found, rows in zip(pages, furniture, order(texts), strict=True):
        text, notes = take_notes(rows, size, open_note=open_note)
        open_note = bool(notes)
        laid_out.append(PageRows(page.number, found.label, text, notes))
    return laid_out
