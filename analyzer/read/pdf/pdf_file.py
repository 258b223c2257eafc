"""An open PDF: its title, its bookmarks and the text of its pages, read within limits of time and size."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from analyzer.errors import ReadError
from analyzer.knowledge import Knowledge
from analyzer.knowledge.languages import Languages
from analyzer.limits import within
from analyzer.read.about.language import count_function_words, detect_language
from analyzer.read.pdf.direction import open_text_page
from analyzer.read.pdf.form_fields import field_lines, open_form
from analyzer.read.pdf.left_out import leave_out
from analyzer.read.pdf.mending import mend_words
from analyzer.read.pdf.misread_numbers import mend_numbers
from analyzer.read.pdf.notices import Scans, notices_of
from analyzer.read.pdf.page_lines import PageText
from analyzer.read.pdf.quality import FEW_LETTERS, UNUSABLE, quality_of
from analyzer.read.pdf.text_layer import read_text_layer
from analyzer.types import Language, Notice

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_PAGES = 10_000
MAX_CHARACTERS = 100_000_000
MAX_BOOKMARKS = 20_000
MAX_SECONDS = 300
"""Maximum time for the pages of one file; 10 000 pages of plain text take some 20 seconds."""
MAX_PAGE_SECONDS = 60
"""Maximum time for one page, without OCR; most take a millisecond, a map drawn line by line some seconds."""
SCAN_AREA = 0.4
"""Share of a page's area from which a picture on it counts as a scan of the page."""
MANY_SHAPES = 200
"""Vector shapes above which a page without text is taken for outlined text."""
ENOUGH_FUNCTION_WORDS = 30
"""Minimum number of function words from which the language of pages is detected."""
_FORM_DEPTH = 5
"""Levels of nested forms in which pictures are looked for."""
_END_BYTES = 2048
"""Bytes at the end of a file that must hold its end mark."""

# pypdfium2 warns about circular bookmarks; users who have not set up logging should not see that on the terminal.
logging.getLogger("pypdfium2").addHandler(logging.NullHandler())


class PdfFile:
    """An open PDF.

    Attributes:
        path: Named in errors.
        data: Its content.
        pdf: The same, opened.
        title: The title in its document properties, or empty.
        warnings: What a reader of the result must know; complete once all pages are read.
    """

    def __init__(self, path: Path, data: bytes, pdf: PdfDocument, knowledge: Knowledge) -> None:
        self.path = path
        self.data = data
        self.pdf = pdf
        self.title = str(pdf.get_metadata_dict().get("Title", "")).strip()
        self.warnings: tuple[Notice, ...] = ()
        self._form = open_form(pdf)
        self._knowledge = knowledge
        self._characters_left = MAX_CHARACTERS
        self._unopened = 0  # pages that cannot be opened
        self._deadline = monotonic() + MAX_SECONDS

    def bookmarks(self) -> Iterator[tuple[int, str]]:
        """Yield the page, from 1, and the title of each bookmark."""
        for bookmark in islice(self.pdf.get_toc(), MAX_BOOKMARKS):
            destination = bookmark.get_dest()
            page = None if destination is None else destination.get_index()
            if page is not None:
                yield page + 1, bookmark.get_title()

    def pages(self) -> list[PageText]:
        """Return the lines of every page: from its text layer or, where that cannot be used, from its picture.

        Raises:
            ReadError: No page holds text, or reading takes too long or too much.
        """
        pages = [self._text_layer(number) for number in range(1, len(self.pdf) + 1)]
        scans = self._read_pictures(pages)
        pictures = {page.number for page in pages if page.is_picture}
        pages = leave_out(_with_pages(pages, scans.pages), pictures)
        repaired, changed = mend_words([page for page in pages if page.number not in pictures], self._knowledge)
        pages = _with_pages(pages, repaired)
        if self._unopened == len(pages):
            raise ReadError("is damaged: none of its pages can be opened", file=self.path)
        if not any(page.lines for page in pages):
            reason = scans.reason() or "its pages are blank, or pictures without words"
            raise ReadError(f"has no text layer; {reason}", file=self.path)
        self.warnings = tuple(notices_of(pages, scans, changed))
        return pages

    def _text_layer(self, number: int) -> PageText:
        """Return the lines of a page's text layer; none for a page that cannot be opened."""
        from pypdfium2 import PdfiumError

        if monotonic() > self._deadline:
            raise ReadError(f"takes longer than {MAX_SECONDS} seconds to read", file=self.path)
        try:
            with (
                within(MAX_PAGE_SECONDS, f"page {number}"),
                closing(self.pdf[number - 1]) as page,
                open_text_page(page) as text_page,
            ):
                self._characters_left -= text_page.count_chars()
                if self._characters_left < 0:
                    raise ReadError(f"holds more than {MAX_CHARACTERS / 1e6:.0f} million characters", file=self.path)
                fields = list(field_lines(page, self._form)) if self._form else []
                text = read_text_layer(page, text_page, number, fields)
                quality = quality_of(text.lines)
                is_picture = quality < UNUSABLE or (_is_sparse(text) and _is_covered(page))
                return replace(text, quality=quality, is_picture=is_picture)
        except PdfiumError:
            self._unopened += 1
            return PageText(number, 0, 0)

    def _read_pictures(self, pages: Sequence[PageText]) -> Scans:
        """Read the pages that are pictures by OCR.

        Args:
            pages: All pages of the file.
        """
        pictures = [page for page in pages if page.is_picture]
        if not pictures:
            return Scans()
        from analyzer.read.pdf import ocr

        if ocr.missing():
            return Scans(trouble=f"its pages are pictures; to have them read, {ocr.missing()}")
        digest = sha256(self.data).hexdigest()
        scanned: list[PageText] = []
        turned: list[int] = []
        unreadable: list[PageText] = []
        trouble = ""
        language = _language((page for page in pages if not page.is_picture), self._knowledge.languages)
        for picture in pictures:
            try:
                with (
                    within(MAX_PAGE_SECONDS + ocr.MAX_SECONDS, f"page {picture.number}"),
                    closing(self.pdf[picture.number - 1]) as page,
                ):
                    text, turn = ocr.recognise(page, picture.number, digest, language)
            except (OSError, TimeoutError) as error:
                trouble = str(error)
                continue
            if text.lines and text.quality < ocr.UNREADABLE:
                unreadable.append(text)
            elif text.lines:
                scanned.append(text)
                turned += [text.number] if turn else []
                language = language or _language(scanned, self._knowledge.languages)
        mended = mend_numbers(scanned, self._knowledge.languages.divisions)
        return Scans(tuple(mended), tuple(turned), tuple(unreadable), trouble)


def _with_pages(pages: Sequence[PageText], read_again: Iterable[PageText]) -> list[PageText]:
    """Return the pages with some of them replaced, by their numbers."""
    by_number = {page.number: page for page in read_again}
    return [by_number.get(page.number, page) for page in pages]


def _is_sparse(page: PageText) -> bool:
    return sum(len(line.text) for line in page.lines) < FEW_LETTERS


def _is_covered(page: PdfPage) -> bool:
    """Return whether a picture covers most of a page, or its letters are drawn as shapes."""
    from pypdfium2 import raw

    width, height = page.get_size()
    if not width * height:
        return False
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_FORM_DEPTH):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > SCAN_AREA * width * height:
            return True
    return bool(raw.FPDFPage_CountObjects(page.raw) > MANY_SHAPES)


def _language(pages: Iterable[PageText], languages: Languages) -> Language | None:
    """Return the language of some pages, or ``None`` if they hold too few function words."""
    text = "\n".join(line.text for page in pages for line in page.lines)
    count = sum(count_function_words(text, languages).values())
    return detect_language(text, languages) if count >= ENOUGH_FUNCTION_WORDS else None


@contextmanager
def open_pdf(path: Path, data: bytes, password: str | None, knowledge: Knowledge) -> Iterator[PdfFile]:
    """Open a PDF for the length of a ``with`` block.

    Raises:
        ReadError: It is encrypted, damaged, or has too many pages or none.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with closing(PdfDocument(data, password=password)) as pdf:
            if not 0 < len(pdf) <= MAX_PAGES:
                raise ReadError(f"has {len(pdf)} pages; 1 to {MAX_PAGES} are read", file=path)
            yield PdfFile(path, data, pdf, knowledge)
    except PdfiumError as error:
        raise ReadError(_reason(str(error), data, password), file=path) from error


def _reason(error: str, data: bytes, password: str | None) -> str:
    # PDFium keeps its last error, which may be that of an earlier file.
    encrypted = b"/Encrypt" in data
    if encrypted and "password" in error.lower():
        return "is encrypted; the password given does not open it" if password else "is encrypted; a password is needed"
    if encrypted and "security" in error.lower():
        return "is encrypted in a way that is not supported"
    if b"%%EOF" not in data[-_END_BYTES:]:
        return "is damaged or truncated: its end is missing"
    return "is damaged, or has no pages"
