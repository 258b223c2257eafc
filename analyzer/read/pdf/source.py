"""Open a PDF and go through its pages, within bounds of time and size."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
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
from analyzer.read.pdf.lines import PageLines, read_lines
from analyzer.read.pdf.mending import mend_words
from analyzer.read.pdf.misread_numbers import mend_marks
from analyzer.read.pdf.quality import FEW_LETTERS, UNUSABLE, quality_of
from analyzer.types import Language, Notice, NoticeCode

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_PAGES = 10_000
MAX_CHARACTERS = 100_000_000
MOST_BOOKMARKS = 20_000
MAX_SECONDS = 300
"""Longest time that the pages of one file may take; 10 000 pages of plain text take some 20 seconds."""
MAX_PAGE_SECONDS = 60
"""Longest time for one page, without OCR; most take a millisecond, a map drawn line by line some seconds."""
DAMAGED = 0.9
"""Below this quality a page is named in the warnings."""
COVERED = 0.4
"""A picture of more than this share of a page is a scan of it."""
MANY_SHAPES = 200
"""So many lines and shapes on a page without text are its letters, drawn."""
TELLING = 30
"""Small words of a language that tell it."""

# pypdfium2 warns of bookmarks that go round; whoever has not set up logging is not to see that on the terminal.
logging.getLogger("pypdfium2").addHandler(logging.NullHandler())


class Source:
    """An open PDF.

    Attributes:
        path: Named in errors.
        data: Its content.
        pdf: The same, opened.
        title: What its properties give as its title.
        warnings: What must be known about how it was read; complete once all pages were read.
    """

    def __init__(self, path: Path, data: bytes, pdf: PdfDocument, knowledge: Knowledge) -> None:
        self.path = path
        self.data = data
        self.pdf = pdf
        self.title = str(pdf.get_metadata_dict().get("Title", "")).strip()
        self.warnings: tuple[Notice, ...] = ()
        self._knowledge = knowledge
        self._left = MAX_CHARACTERS
        self._closed = 0  # pages that cannot be opened
        self._until = monotonic() + MAX_SECONDS

    def bookmarks(self) -> Iterator[tuple[int, str]]:
        """Yield the page, from 1, and the title of each entry of the outline."""
        for bookmark in islice(self.pdf.get_toc(), MOST_BOOKMARKS):
            destination = bookmark.get_dest()
            page = None if destination is None else destination.get_index()
            if page is not None:
                yield page + 1, bookmark.get_title()

    def pages(self) -> list[PageLines]:
        """Return the lines of every page: from its text layer or, where that cannot be used, from its picture.

        Raises:
            ReadError: No page holds text, or reading takes too long or too much.
        """
        pages = [self._text_layer(number) for number in range(1, len(self.pdf) + 1)]
        pictures = [page for page in pages if page.is_picture]
        mended = mend_words([page for page in pages if not page.is_picture], self._knowledge)
        scanned, trouble = self._read_pictures(pages, pictures)
        silent = [page.number for page in pages if not page.lines]
        if self._closed == len(pages):
            raise ReadError("is damaged: none of its pages can be opened", file=self.path)
        if len(silent) == len(pages):
            raise ReadError(
                "has no text layer; " + (trouble or "its pages are blank, or pictures without words"), file=self.path
            )
        damaged = [page for page in pages if page.quality < DAMAGED and page not in scanned]
        self.warnings = tuple(_notices(silent, trouble, scanned, mended, damaged))
        return pages

    def _text_layer(self, number: int) -> PageLines:
        """Return the lines of a page's text layer; a page that cannot be opened has none."""
        from pypdfium2 import PdfiumError

        if monotonic() > self._until:
            raise ReadError(f"takes longer than {MAX_SECONDS} seconds to read", file=self.path)
        try:
            with (
                within(MAX_PAGE_SECONDS, f"page {number}"),
                closing(self.pdf[number - 1]) as page,
                closing(page.get_textpage()) as words,
            ):
                self._left -= words.count_chars()
                if self._left < 0:
                    raise ReadError(f"holds more than {MAX_CHARACTERS / 1e6:.0f} million characters", file=self.path)
                found = read_lines(page, words, number)
                found.quality = quality_of(found.lines)
                found.is_picture = found.quality < UNUSABLE or (_is_sparse(found) and _is_covered(page))
        except PdfiumError:
            self._closed += 1
            found = PageLines(number, 0, 0, [])
        return found

    def _read_pictures(self, pages: list[PageLines], pictures: Sequence[PageLines]) -> tuple[list[PageLines], str]:
        """Put what OCR reads in the place of pages that are pictures; return them, and what kept it from others."""
        if not pictures:
            return [], ""
        from analyzer.read.pdf import ocr

        if ocr.missing():
            return [], f"its pages are pictures; to have them read, {ocr.missing()}"
        digest = sha256(self.data).hexdigest()
        scanned: list[PageLines] = []
        trouble = ""
        language = _language((page for page in pages if not page.is_picture), self._knowledge.languages)
        for picture in pictures:
            try:
                with (
                    within(MAX_PAGE_SECONDS + ocr.MAX_SECONDS, f"page {picture.number}"),
                    closing(self.pdf[picture.number - 1]) as page,
                ):
                    read = ocr.recognise(page, picture.number, digest, language)
            except (OSError, TimeoutError) as error:
                trouble = str(error)
                continue
            if read.page.lines:
                read.page.quality = round(read.confidence, 3)
                pages[picture.number - 1] = read.page
                scanned.append(read.page)
                language = language or _language(scanned, self._knowledge.languages)
        mend_marks(scanned, self._knowledge.languages.divisions)
        return scanned, trouble


def _notices(
    silent: list[int], trouble: str, scanned: list[PageLines], mended: list[int], damaged: list[PageLines]
) -> Iterator[Notice]:
    """Yield what must be known about how the pages were read."""
    if silent:
        reason = f" ({trouble})" if trouble else ""
        yield Notice("page-without-text", f"no text on page {ranges(silent)}{reason}", tuple(silent))
    if scanned:
        text = f"read from pictures (OCR), mean confidence {_mean_quality(scanned):.2f}"
        yield _about_pages("page-from-picture", text, [page.number for page in scanned])
    if mended:
        yield _about_pages("mended-words", "words that the file breaks or glues together were mended", mended)
    if damaged:
        text = f"words are broken, glued together or cannot be read, quality {_mean_quality(damaged):.2f} of 1"
        yield _about_pages("damaged-words", text, [page.number for page in damaged])


def _about_pages(code: NoticeCode, text: str, numbers: list[int]) -> Notice:
    return Notice(code, f"{text}: page {ranges(numbers)}", tuple(numbers))


def _mean_quality(pages: Sequence[PageLines]) -> float:
    return sum(page.quality for page in pages) / len(pages)


def _is_sparse(page: PageLines) -> bool:
    return sum(len(line.text) for line in page.lines) < FEW_LETTERS


def _is_covered(page: PdfPage) -> bool:
    """Whether most of a page is a picture, or it is drawn without letters."""
    from pypdfium2 import raw

    width, height = page.get_size()
    if not width * height:
        return False
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=5):
        left, bottom, right, top = drawn.get_bounds()
        if (right - left) * (top - bottom) > COVERED * width * height:
            return True
    return bool(raw.FPDFPage_CountObjects(page.raw) > MANY_SHAPES)


def _language(pages: Iterable[PageLines], languages: Languages) -> Language | None:
    """Return the language of some pages, ``None`` if they hold too few words to tell."""
    text = "\n".join(line.text for page in pages for line in page.lines)
    counted = count_function_words(text, languages)
    return detect_language(text, languages) if sum(counted.values()) >= TELLING else None


@contextmanager
def open_pdf(path: Path, data: bytes, password: str | None, knowledge: Knowledge) -> Iterator[Source]:
    """Open a PDF for a while.

    Raises:
        ReadError: It is encrypted, damaged, or has too many pages or none.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with closing(PdfDocument(data, password=password)) as pdf:
            if not 0 < len(pdf) <= MAX_PAGES:
                raise ReadError(f"has {len(pdf)} pages; 1 to {MAX_PAGES} are read", file=path)
            yield Source(path, data, pdf, knowledge)
    except PdfiumError as error:
        raise ReadError(_reason(str(error), data, password), file=path) from error


def _reason(error: str, data: bytes, password: str | None) -> str:
    # PDFium may tell of the error of an earlier file: it keeps the last one.
    encrypted = b"/Encrypt" in data
    if encrypted and "password" in error.lower():
        return "is encrypted; the password given does not open it" if password else "is encrypted; a password is needed"
    if encrypted and "security" in error.lower():
        return "is encrypted in a way that is not supported"
    if b"%%EOF" not in data[-2048:]:
        return "is damaged or truncated: its end is missing"
    return "is damaged, or has no pages"


def ranges(numbers: list[int]) -> str:
    """Return numbers as ranges: ``1-3, 7``."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)
