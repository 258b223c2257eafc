"""Read a PDF into a ``Document``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path

from analyzer.knowledge import Knowledge
from analyzer.read.about.language import detect_language
from analyzer.read.about.title import title_of
from analyzer.read.pdf.compose import PageRows, compose
from analyzer.read.pdf.furniture import find_furniture
from analyzer.read.pdf.layout import Row, order
from analyzer.read.pdf.lines import Line, PageLines
from analyzer.read.pdf.notes import take_notes
from analyzer.read.pdf.paragraphs import ends_paragraph, mark_paragraphs
from analyzer.read.pdf.source import Source, open_pdf
from analyzer.read.pdf.tables import table_rows
from analyzer.text.fold import fold
from analyzer.types import Document, Metadata

SHORT = 5
"""A page whose text ends so many lines early was ended on purpose: what follows begins anew."""

FEWEST_LETTERS = 4
"""Letters and figures of a line that can be known by its bookmark."""
INDENT = 0.1
"""Share of the width of the text by which a centred line is indented at least."""


def read_pdf(path: Path, data: bytes, password: str | None = None, *, knowledge: Knowledge) -> Document:
    """Read a PDF.

    Args:
        path: Named in errors and in the result.
        data: The file's content.
        password: Opens it if it is encrypted.
        knowledge: Words of titles, headings and languages.

    Raises:
        ReadError: Encrypted, damaged, without pages or without text, too long, or it takes too long.
    """
    with open_pdf(path, data, password, knowledge) as source:
        return _document(path, source, source.pages(), knowledge)


def _document(path: Path, source: Source, pages: Sequence[PageLines], knowledge: Knowledge) -> Document:
    laid_out = lay_out(pages, knowledge.languages.divisions)
    composed = compose(laid_out, table_rows([page.rows for page in laid_out]))
    return Document(
        agreement_id=path.stem,
        text=composed.text,
        language=detect_language(composed.text, knowledge.languages),
        source_file=str(path),
        format="pdf",
        encoding="",
        metadata=Metadata(title=title_of(composed.text, knowledge) or source.title or path.stem),
        pages=composed.pages,
        tables=composed.tables,
        headings=tuple(sorted(_headings(source.bookmarks(), laid_out, composed.starts))),
        warnings=source.warnings,
    )


def _headings(
    bookmarks: Iterable[tuple[int, str]], pages: Sequence[PageRows], starts: Mapping[int, int]
) -> Iterator[int]:
    """Yield where the lines begin that the bookmarks name, each with its page, from 1, and its title."""
    for number, title in bookmarks:
        words = _letters(title)
        for row in pages[number - 1].rows if 0 < number <= len(pages) and words else ():
            line = _letters(row.line.text)
            # A title may go over several lines, and a bookmark may leave out the name.
            if len(line) >= FEWEST_LETTERS and (words.startswith(line) or line.startswith(words)) and id(row) in starts:
                yield starts[id(row)]
                break


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def lay_out(pages: Sequence[PageLines], divisions: Set[str]) -> list[PageRows]:
    """Return the rows of each page in reading order, without furniture, and its footnotes.

    Args:
        pages: The pages.
        divisions: Words with which headings of chapters and articles begin.
    """
    furniture = find_furniture(pages, divisions)
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    texts = [
        [line for line in page.lines if id(line) not in found.lines]
        for page, found in zip(pages, furniture, strict=True)
    ]
    laid_out: list[PageRows] = []
    usual_end = _usual_end(texts)
    open_note = False
    ordered = list(order(texts))
    filled = mark_paragraphs(ordered)
    for page, found, rows in zip(pages, furniture, ordered, strict=True):
        text, notes = take_notes(rows, size, open_note=open_note)
        open_note = bool(notes)
        if text and laid_out and laid_out[-1].rows:
            before = laid_out[-1]
            early = not before.notes and before.rows[-1].line.bottom < usual_end - SHORT * size
            text[0].after_gap = early or _is_set_apart(text) or (filled and ends_paragraph(before.rows, text[0]))
        for place in range(1, len(text)) if filled else ():
            if text[place].column != text[place - 1].column:
                text[place].after_gap = text[place].after_gap or ends_paragraph(text[:place], text[place])
        laid_out.append(PageRows(page.number, found.label, text, notes, page.quality))
    return laid_out


def _is_set_apart(rows: Sequence[Row]) -> bool:
    """Whether the first row of a page looks like a heading: centred, or a short line with white space behind it."""
    first = rows[0].line
    column = [row.line for row in rows if row.column == rows[0].column]
    left, right = min(line.left for line in column), max(line.right for line in column)
    if len(column) < 2 or first.text[:1].islower() or first.text[-1:] in ".,;:":
        return False
    indent, rest = first.left - left, right - first.right
    centred = indent > INDENT * (right - left) and abs(indent - rest) < indent
    return centred or (len(rows) > 1 and rows[1].after_gap and rest > (right - left) / 2)


def _usual_end(pages: Sequence[Sequence[Line]]) -> float:
    """Return how far down the text of a full page goes."""
    ends = sorted(max(line.bottom for line in lines) for lines in pages if lines)
    return ends[len(ends) * 2 // 3] if ends else 0.0
