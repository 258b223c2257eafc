"""The reader of PDFs: from a file's content to a ``Document``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from analyzer.knowledge import Knowledge
from analyzer.knowledge.languages import Languages
from analyzer.read.about.language import detect_language, dictionary_of, recognize_language
from analyzer.read.about.title import title_of
from analyzer.read.pdf.compose import Composed, Hyphens, PageRows, compose
from analyzer.read.pdf.footnotes import Footnote, take_footnotes
from analyzer.read.pdf.furniture import find_furniture
from analyzer.read.pdf.page_lines import PageLine, PageText
from analyzer.read.pdf.page_parts import usual_size
from analyzer.read.pdf.paragraph_starts import ends_paragraph, find_paragraph_starts
from analyzer.read.pdf.pdf_file import PdfFile, open_pdf
from analyzer.read.pdf.reading_order import TextRow, order_rows
from analyzer.read.pdf.sheets import part_sheets
from analyzer.read.pdf.table_rows import find_table_rows
from analyzer.read.pdf.versions import order_versions
from analyzer.text.fold import fold
from analyzer.types import Document, Metadata

BLANK_LINES = 5
"""Blank lines at the page foot that mark an intended page break."""
SAMPLED_PAGES = 20
"""Pages whose language decides in which dictionary words are looked up."""
FEWEST_LETTERS = 4
"""Minimum letters and figures of a line that a bookmark can identify."""
INDENT = 0.1
"""Minimum indent of a centred line, as a share of the width of the text."""


def read_pdf(path: Path, data: bytes, password: str | None = None, *, knowledge: Knowledge) -> Document:
    """Read a PDF.

    Args:
        path: Named in errors and in the result.
        data: The file's content.
        password: Opens it if it is encrypted.
        knowledge: Words of titles, headings and languages.

    Raises:
        ReadError: It is encrypted, damaged, without pages or without text, too long, or reading takes too long.
    """
    with open_pdf(path, data, password, knowledge) as pdf:
        return _document(path, pdf, pdf.pages(), knowledge)


def _document(path: Path, pdf: PdfFile, pages: Sequence[PageText], knowledge: Knowledge) -> Document:
    layout = lay_out(pages, knowledge.languages)
    table_rows = find_table_rows([page.rows for page in layout.pages])
    hyphens = Hyphens(knowledge.words.all.prefixes, cache(partial(_dictionary, layout.pages, knowledge.languages)))
    composed = compose(layout.pages, layout.paragraph_starts, table_rows, hyphens)
    return Document(
        agreement_id=path.stem,
        text=composed.text,
        language=recognize_language(composed.text, knowledge.languages),
        source_file=str(path),
        format="pdf",
        encoding="",
        metadata=Metadata(title=title_of(composed.text, knowledge) or pdf.title or path.stem),
        pages=composed.pages,
        tables=composed.tables,
        headings=tuple(sorted(_headings(pdf.bookmarks(), layout.pages, composed))),
        warnings=pdf.warnings,
    )


def _dictionary(pages: Sequence[PageRows], languages: Languages) -> Set[str]:
    """Return the words of the language of some pages."""
    text = "\n".join(row.line.text for page in pages[:SAMPLED_PAGES] for row in page.rows)
    return dictionary_of(detect_language(text, languages))


def _headings(bookmarks: Iterable[tuple[int, str]], pages: Sequence[PageRows], composed: Composed) -> Iterator[int]:
    """Yield the offsets of the lines that bookmarks name, each bookmark with its page, from 1, and its title."""
    rows_of: dict[int, list[TextRow]] = {}
    for page in pages:
        rows_of.setdefault(page.number, []).extend(page.rows)
    for number, title in bookmarks:
        words = _letters(title)
        for row in rows_of.get(number, ()) if words else ():
            line = _letters(row.line.text)
            # A title may extend over several lines, and a bookmark may omit the name.
            is_named = len(line) >= FEWEST_LETTERS and (words.startswith(line) or line.startswith(words))
            if is_named and row.index in composed.row_starts:
                yield composed.row_starts[row.index]
                break


def _letters(text: str) -> str:
    """Return the letters and figures of a text, folded."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages of a document in reading order.

    Attributes:
        pages: The rows and footnotes of each page, without furniture; of a page in two languages, once for each.
        paragraph_starts: Indices (``TextRow.index``) of the rows that begin a paragraph.
    """

    pages: tuple[PageRows, ...]
    paragraph_starts: frozenset[int]


def lay_out(pages: Sequence[PageText], languages: Languages) -> Layout:
    """Return the pages of a document in reading order.

    Args:
        pages: The pages as the file has them.
        languages: Words with which headings of chapters and articles begin, and frequent words.
    """
    pages = part_sheets(pages)
    furniture = find_furniture(pages, languages.divisions)
    texts = [
        [line for index, line in enumerate(page.lines) if index not in of_page.lines]
        for page, of_page in zip(pages, furniture, strict=True)
    ]
    sheets = order_versions(texts, languages)
    grids = [pages[sheet.page].grids if sheet.lines is texts[sheet.page] else () for sheet in sheets]
    ordered = list(order_rows([sheet.lines for sheet in sheets], grids))
    within_columns = find_paragraph_starts(ordered)
    starts = set(within_columns.rows)
    size = usual_size(pages)
    end_of_full_page = _usual_end(texts) - BLANK_LINES * size
    laid_out: list[PageRows] = []
    footnotes: Sequence[Footnote] = ()
    for sheet, rows in zip(sheets, ordered, strict=True):
        page, label = pages[sheet.page], furniture[sheet.page].label
        text, footnotes = take_footnotes(rows, size, () if sheet.opens_version else footnotes)
        if text and sheet.opens_version:
            starts.add(text[0].index)
        elif text and laid_out and laid_out[-1].rows:
            before = laid_out[-1]
            starts.discard(text[0].index)
            if (
                (not before.footnotes and before.rows[-1].line.bottom < end_of_full_page)
                or _is_set_apart(text, starts)
                or text[0].is_ruled != before.rows[-1].is_ruled
                or (within_columns.are_rows_filled and ends_paragraph(before.rows, text[0]))
            ):
                starts.add(text[0].index)
        if within_columns.are_rows_filled:
            starts.update(row.index for row in _starts_on_top(text))
        laid_out.append(PageRows(page.number, label, text, footnotes, page.quality))
    return Layout(tuple(laid_out), frozenset(starts))


def _starts_on_top(rows: Sequence[TextRow]) -> Iterator[TextRow]:
    """Yield the rows on top of the second and later columns of a page that begin a paragraph."""
    for number in range(1, len(rows)):
        if rows[number].column != rows[number - 1].column and ends_paragraph(rows[:number], rows[number]):
            yield rows[number]


def _is_set_apart(rows: Sequence[TextRow], starts: Set[int]) -> bool:
    """Return whether the first row of a page looks like a heading: centred, or short with white space after it.

    Args:
        rows: The rows of the page.
        starts: Indices of the rows that begin a paragraph within their column.
    """
    first = rows[0].line
    column = [row.line for row in rows if row.column == rows[0].column]
    left, right = min(line.left for line in column), max(line.right for line in column)
    if len(column) < 2 or first.text[:1].islower() or first.text[-1:] in ".,;:":
        return False
    indent, rest = first.left - left, right - first.right
    is_centred = indent > INDENT * (right - left) and abs(indent - rest) < indent
    return is_centred or (len(rows) > 1 and rows[1].index in starts and rest > (right - left) / 2)


def _usual_end(pages: Sequence[Sequence[PageLine]]) -> float:
    """Return the height at which the text of a full page ends, points from the top."""
    ends = sorted(max(line.bottom for line in lines) for lines in pages if lines)
    return ends[len(ends) * 2 // 3] if ends else 0.0
