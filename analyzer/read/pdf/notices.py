"""What a reader of the result must know about the pages of a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.read.pdf.page_lines import PageText
from analyzer.read.quotes import quote_some
from analyzer.types import Notice, NoticeCode

DAMAGED = 0.9
"""Quality (0 to 1) below which a page is named in the warnings."""
_NAMES: dict[NoticeCode, str] = {
    "hidden-words": "words that nobody sees were left out",
    "line-numbers": "line numbers were left out",
    "margin-notes": "notes, numbers or bars in the margin were left out",
    "struck-words": "words that are struck out were left out",
    "watermark": "a watermark was left out",
}


@dataclass(frozen=True, slots=True)
class Scans:
    """What OCR made of the pages that are pictures.

    Attributes:
        pages: Those it read.
        turned: Numbers of those that had to be turned to be read.
        unreadable: Those it cannot read, as it read them.
        trouble: What kept it from reading others; empty if nothing did.
    """

    pages: tuple[PageText, ...] = ()
    turned: tuple[int, ...] = ()
    unreadable: tuple[PageText, ...] = ()
    trouble: str = ""

    def reason(self) -> str:
        """Return why pages were not read, in words; empty if there is no reason."""
        if self.trouble or not self.unreadable:
            return self.trouble
        numbers = ranges([page.number for page in self.unreadable])
        return f"OCR cannot read it, confidence {_confidence(self.unreadable)}: page {numbers}"


def notices_of(pages: Sequence[PageText], scans: Scans, repaired: Sequence[int]) -> Iterator[Notice]:
    """Yield what a reader of the result must know about the pages.

    Args:
        pages: All pages.
        scans: What OCR made of those that are pictures.
        repaired: Numbers of those on which words were repaired.
    """
    refused = {page.number for page in scans.unreadable}
    if silent := [page.number for page in pages if not page.lines and page.number not in refused]:
        reason = f" ({scans.trouble})" if scans.trouble else ""
        yield Notice("page-without-text", f"no text on page {ranges(silent)}{reason}", tuple(silent))
    if refused:
        text = f"OCR cannot read it, confidence {_confidence(scans.unreadable)}, so that it was left out"
        yield _about_pages("unreadable-page", text, sorted(refused))
    if scans.pages:
        text = f"read from pictures (OCR), confidence {_confidence(scans.pages)}"
        yield _about_pages("page-from-picture", text, [page.number for page in scans.pages])
    if scans.turned:
        yield _about_pages("turned-page", "turned to be read", scans.turned)
    if repaired:
        yield _about_pages("mended-words", "words that the file breaks or glues together were mended", repaired)
    recognised = {page.number for page in scans.pages}
    damaged = [page for page in pages if page.quality < DAMAGED and page.number not in recognised]
    if damaged:
        mean = sum(page.quality for page in damaged) / len(damaged)
        text = f"words are broken, glued together or cannot be read, quality {mean:.2f} of 1"
        yield _about_pages("damaged-words", text, [page.number for page in damaged])
    yield from _about_left_out(pages)


def _confidence(pages: Sequence[PageText]) -> str:
    """Return the confidence of OCR in some pages, in words, the lowest with its page."""
    lowest, highest = (choose(pages, key=lambda page: page.quality) for choose in (min, max))
    if len(pages) == 1 or highest.quality - lowest.quality < 0.01:
        return f"{lowest.quality:.2f}"
    return f"{lowest.quality:.2f} (page {lowest.number}) to {highest.quality:.2f}"


def _about_pages(code: NoticeCode, text: str, numbers: Sequence[int]) -> Notice:
    return Notice(code, f"{text}: page {ranges(numbers)}", tuple(numbers))


def _about_left_out(pages: Sequence[PageText]) -> Iterator[Notice]:
    """Yield what a reader of the result must know about what was left out."""
    for code, name in _NAMES.items():
        words = {page.number: [left.words for left in page.left_out if left.code == code] for page in pages}
        numbers = [number for number, of_page in words.items() if of_page]
        if not numbers:
            continue
        quotes = (
            "" if code == "line-numbers" else f" {quote_some(left for number in numbers for left in words[number])}"
        )
        yield Notice(code, f"{name}{quotes}: page {ranges(numbers)}", tuple(numbers))


def ranges(numbers: Sequence[int]) -> str:
    """Return numbers in ascending order as ranges: ``1-3, 7``."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)
