"""The picture of a page of a PDF, with the words of a clause and of its evidence outlined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from analyzer.errors import ReadError
from analyzer.text.fold import fold

RESOLUTION = 130
"""Dots per inch of a picture: letters of 8 points can be read, and a page of A4 takes about 200 kB."""
MOST_PAGES = 12
"""Most pages of one clause that are drawn."""
SEEN = 60
"""Letters at the beginning and at the end of a clause by which it is found on a page."""
CLAUSE, RULE, CLASSIFIER = "#53606c", "#0b4a8f", "#c77700"
"""Colours of the outlines: of the clause, of the words of rules and instruments, of the words of the classifier."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Outlined:
    """What is outlined on pages.

    Attributes:
        clause: The words of the clause.
        rules: Words that rules or names of instruments matched in it, or in its lead-in.
        classifier: Words that the classifier looked at.
    """

    clause: str
    rules: tuple[str, ...] = ()
    classifier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facsimile:
    """The picture of a page as PNG, its number, and whether the clause was found on it."""

    page: int
    png: bytes
    found: bool


def facsimiles(
    path: Path, *, pages: Sequence[int], outlined: Outlined, password: str | None = None
) -> tuple[Facsimile, ...]:
    """Return the pictures of pages of a PDF.

    Args:
        path: The file.
        pages: Numbers of the pages, counted from 1; at most ``MOST_PAGES`` are drawn.
        outlined: What to outline.
        password: Opens an encrypted file.

    Raises:
        ReadError: The file is no PDF that can be drawn.
    """
    import pdfplumber

    try:
        with pdfplumber.open(path, password=password) as pdf:
            wanted = [number for number in pages[:MOST_PAGES] if 0 < number <= len(pdf.pages)]
            return tuple(_draw(pdf.pages[number - 1], number, outlined) for number in wanted)
    except OSError:
        raise
    except Exception as error:  # pdfplumber and the libraries below it raise many kinds.
        raise ReadError(f"its pages cannot be drawn: {type(error).__name__}: {error}", file=path) from error


def drawer(pages: Sequence[int], outlined: Outlined, password: str | None) -> Any:
    """Return a function of a path that draws, for a process of its own."""
    return partial(facsimiles, pages=tuple(pages), outlined=outlined, password=password)


def _draw(page: Any, number: int, outlined: Outlined) -> Facsimile:
    letters = [(letter, char) for char in page.chars for letter in fold(char["text"]) if letter.isalnum()]
    text = "".join(letter for letter, _ in letters)
    span = _clause_on(text, _letters(outlined.clause))
    picture = page.to_image(resolution=RESOLUTION)
    if span:
        _outline(picture, letters[span[0] : span[1]], CLAUSE, 1)
    for words, colour in ((outlined.classifier, CLASSIFIER), (outlined.rules, RULE)):
        for place in _places(text, words, span):
            _outline(picture, letters[place[0] : place[1]], colour, 2)
    return Facsimile(number, _png(picture), span is not None)


def _clause_on(text: str, clause: str) -> tuple[int, int] | None:
    """Return where a clause, or the part of it on this page, stands among the letters of a page."""
    start = text.find(clause)
    if start >= 0:
        return (start, start + len(clause)) if clause else None
    head, tail = text.find(clause[:SEEN]), text.find(clause[-SEEN:])
    if head >= 0 and tail > head:
        return head, tail + SEEN
    if head >= 0:
        return head, min(len(text), head + len(clause))
    return (max(0, tail + SEEN - len(clause)), tail + SEEN) if tail >= 0 else None


def _places(text: str, words: Sequence[str], span: tuple[int, int] | None) -> list[tuple[int, int]]:
    """Return where words stand: in the clause, else, for those of its lead-in, nearest before it."""
    places = []
    for phrase in filter(None, map(_letters, words)):
        if span is None:
            continue
        start = text.find(phrase, *span)
        start = start if start >= 0 else text.rfind(phrase, 0, span[0])
        if start >= 0:
            places.append((start, start + len(phrase)))
    return places


def _letters(words: str) -> str:
    return "".join(letter for letter in fold(words) if letter.isalnum())


def _outline(picture: Any, letters: Sequence[tuple[str, Mapping[str, Any]]], colour: str, width: int) -> None:
    boxes: list[Box] = []
    for _, line in groupby((char for _, char in letters), key=lambda char: round(char["bottom"])):
        chars = list(line)
        left, right = min(char["x0"] for char in chars), max(char["x1"] for char in chars)
        boxes.append((left - 1, min(char["top"] for char in chars) - 1, right + 1, chars[0]["bottom"] + 1))
    picture.draw_rects(boxes, fill=None, stroke=colour, stroke_width=width)


def _png(picture: Any) -> bytes:
    from io import BytesIO

    made = BytesIO()
    picture.annotated.save(made, format="PNG")
    return made.getvalue()
