"""Open a PDF and go through its pages, within bounds of time and size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from analyzer.errors import ReadError
from analyzer.pdf.lines import PageLines, read_lines

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MAX_PAGES = 10_000
MAX_CHARACTERS = 100_000_000
MAX_SECONDS = 300
"""Longest time that the pages of one file may take; 10 000 pages of plain text take some 20 seconds."""


class Source:
    """An open PDF.

    Attributes:
        title: What its properties give as its title.
        warnings: What must be known about how it was read; complete once all pages were read.
    """

    def __init__(self, path: Path, pdf: PdfDocument) -> None:
        self.path = path
        self.pdf = pdf
        self.title = str(pdf.get_metadata_dict().get("Title", "")).strip()
        self.warnings: tuple[str, ...] = ()

    def pages(self) -> Iterator[PageLines]:
        """Yield the lines of each page; a page that cannot be opened has none."""
        from pypdfium2 import PdfiumError

        left = MAX_CHARACTERS
        until = monotonic() + MAX_SECONDS
        silent = []
        for number in range(1, len(self.pdf) + 1):
            if monotonic() > until:
                raise ReadError(f"takes longer than {MAX_SECONDS} seconds to read", file=self.path)
            try:
                with closing(self.pdf[number - 1]) as page, closing(page.get_textpage()) as words:
                    left -= words.count_chars()
                    if left < 0:
                        raise ReadError(
                            f"holds more than {MAX_CHARACTERS / 1e6:.0f} million characters", file=self.path
                        )
                    lines = read_lines(page, words, number)
            except PdfiumError:
                lines = PageLines(number, 0, 0, [])
            if not lines.lines:
                silent.append(number)
            yield lines
        if len(silent) == len(self.pdf):
            raise ReadError("has no text layer; its pages are pictures (scanned?)", file=self.path)
        if silent:
            self.warnings = (f"no text on page {ranges(silent)}",)


@contextmanager
def open_pdf(path: Path, data: bytes, password: str | None) -> Iterator[Source]:
    """Open a PDF for a while.

    Raises:
        ReadError: It is encrypted, damaged, or has too many pages or none.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with closing(PdfDocument(data, password=password)) as pdf:
            if not 0 < len(pdf) <= MAX_PAGES:
                raise ReadError(f"has {len(pdf)} pages; 1 to {MAX_PAGES} are read", file=path)
            yield Source(path, pdf)
    except PdfiumError as error:
        raise ReadError(_reason(str(error), data, password), file=path) from error


def _reason(error: str, data: bytes, password: str | None) -> str:
    if "password" in error.lower():
        return "is encrypted; the password given does not open it" if password else "is encrypted; a password is needed"
    if "security" in error.lower():
        return "is encrypted in a way that is not supported"
    if b"%%EOF" not in data[-2048:]:
        return "is damaged or truncated: its end is missing"
    return f"is damaged: {error}"


def ranges(numbers: list[int]) -> str:
    """Return numbers as ranges: ``1-3, 7``."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)
