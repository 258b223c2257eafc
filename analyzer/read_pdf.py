"""Read the text layer of a PDF with pypdfium2: words, pages, and away with running headers and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from analyzer.errors import ReadError
from analyzer.language import detect_language, facts
from analyzer.title_page import title_of
from analyzer.types import Document, Language, Metadata, Page

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MAX_PAGES = 10_000
MAX_CHARACTERS = 100_000_000
EDGE = 2
"""Lines at the top and bottom of a page among which furniture is sought."""
SHORT = 3 * EDGE
"""A page of so few lines has no furniture that could be told from its text."""
RECURRING = 0.6
"""Share of the pages on which a line must recur at the same place to be a running header or footer."""
FEW = 4
"""With fewer pages nothing counts as recurring."""

_FURNITURE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:/|of|de|sur)\s*\d{1,4})?\W*", re.IGNORECASE)
# PDFium writes \x02 (older versions U+FFFE) for a hyphen at the end of a line. Before a capital it joins two words.
_DIVIDED = re.compile("[\x02\ufffe\u00ad]\n?")
_JOINING = re.compile("[\x02\ufffe]\n?(?=[A-Z])")
_DIGITS = re.compile(r"\d+")
_ENUMERATED = re.compile(r"\(?\w{1,4}[.)]")


def read_pdf(path: Path, data: bytes) -> Document:
    """Read a PDF with a text layer.

    Args:
        path: Named in errors and in the result.
        data: The file's content.

    Raises:
        ReadError: Encrypted, damaged, without pages or without text, or too long.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with closing(PdfDocument(data)) as pdf:
            if not 0 < len(pdf) <= MAX_PAGES:
                raise ReadError(f"has {len(pdf)} pages; 1 to {MAX_PAGES} are read", file=path)
            title = str(pdf.get_metadata_dict().get("Title", "")).strip()
            texts = list(_page_texts(pdf, path))
    except PdfiumError as error:
        raise ReadError(_reason(str(error), data), file=path) from error
    silent = [number for number, text in enumerate(texts, 1) if not text.strip()]
    if len(silent) == len(texts):
        raise ReadError("has no text layer; its pages are pictures (scanned?)", file=path)
    text, pages = _join(_without_furniture(texts))
    return Document(
        agreement_id=path.stem,
        text=text,
        language=detect_language(text),
        source_file=str(path),
        format="pdf",
        encoding="",
        metadata=Metadata(title=title_of(text) or title or path.stem),
        pages=pages,
        warnings=(f"no text on page {_ranges(silent)}",) if silent else (),
    )


def _page_texts(pdf: PdfDocument, path: Path) -> Iterator[str]:
    from pypdfium2 import PdfiumError

    left = MAX_CHARACTERS
    for number in range(len(pdf)):
        try:
            page = pdf[number]
        except PdfiumError:
            yield ""
            continue
        with closing(page), closing(page.get_textpage()) as words:
            text: str = words.get_text_range()
        left -= len(text)
        if left < 0:
            raise ReadError(f"holds more than {MAX_CHARACTERS / 1e6:.0f} million characters", file=path)
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
        yield _DIVIDED.sub("", _JOINING.sub("-", text))


def _reason(error: str, data: bytes) -> str:
    if "password" in error.lower() or "security" in error.lower():
        return "is encrypted; a password is needed"
    if b"%%EOF" not in data[-2048:]:
        return "is damaged or truncated: its end is missing"
    return f"is damaged: {error}"


def _without_furniture(texts: Sequence[str]) -> list[list[str]]:
    """Return the lines of each page without page numbers and lines that recur at the top or bottom of most pages."""
    pages = [text.split("\n") for text in texts]
    edges = [_edge_lines(lines, number) for number, lines in enumerate(pages, 1)]
    counted = Counter(key for edge in edges for key in {key for keys in edge.values() for key in keys})
    needed = max(FEW, RECURRING * sum(1 for edge in edges if edge))
    return [
        [line for place, line in enumerate(lines) if all(counted[key] < needed for key in edge.get(place, ()))]
        for lines, edge in zip(pages, edges, strict=True)
    ]


def _edge_lines(lines: Sequence[str], number: int) -> dict[int, tuple[tuple[str, bool], ...]]:
    """Return the first and last lines of a page by their place, each with the keys by which it may recur."""
    filled = [place for place, line in enumerate(lines) if line.strip()]
    if len(filled) <= SHORT:
        return {}
    top, bottom = filled[:EDGE], filled[-EDGE:]
    return {place: tuple(_keys(lines[place], number, place in top)) for place in top + bottom}


def _keys(line: str, number: int, at_top: bool) -> Iterator[tuple[str, bool]]:
    """Yield what a line of furniture has in common with its fellows: its words, and the way its number counts on."""
    words = " ".join(line.split())
    if _FURNITURE_NUMBER.fullmatch(words):
        yield "", at_top
    elif not _ENUMERATED.match(words) and words.split()[0].lower() not in division_words():
        yield words, at_top
        if len(_DIGITS.findall(words)) == 1:
            yield _DIGITS.sub(lambda digits: f"page {int(digits[0][:9]) - number:+}", words), at_top


@cache
def division_words() -> frozenset[str]:
    """Return the words that headings of chapters and articles begin with; such a line is never furniture."""
    languages: tuple[Language, ...] = get_args(Language)
    return frozenset(word for language in languages for word in facts(language)["divisions"])


def _join(pages: Sequence[Sequence[str]]) -> tuple[str, tuple[Page, ...]]:
    parts: list[str] = []
    places: list[Page] = []
    start = 0
    for number, lines in enumerate(pages, 1):
        text = "\n".join(lines)
        parts.append(text)
        places.append(Page(number, start, start + len(text)))
        start += len(text) + 1
    return "\n".join(parts), tuple(places)


def _ranges(numbers: Sequence[int]) -> str:
    """Return numbers as ranges: ``1-3, 7``."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)
