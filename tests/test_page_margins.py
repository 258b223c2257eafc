"""What stands on a page beside the text or across it: it is left out, and the result says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from analyzer.read.file import read
from analyzer.types import Document
from tests.pdfs import HEIGHT, Draw, Set, column, typeset

PAGES = (
    """AGREEMENT ON TRADE AND LABOUR BETWEEN ORVANA AND TESSALY

Article 1
Labour Rights
1. Each Party shall protect the rights of workers, among them the right to organise
and the right to bargain collectively, and shall enforce its labour laws.
2. Neither Party shall lower the protection that its labour laws afford to workers
in order to attract investment from the territory of the other Party.
(a) Each Party shall maintain a system of labour inspection with sufficient staff;
(b) the inspectors shall be independent of the employers and of the workers whose
places of work they inspect; and
(c) the results shall be public.""",
    """Article 2
Cooperation
1. The Parties shall cooperate on vocational training, on the safety of workers and
on the inspection of places of work, as their resources permit.
2. They shall meet once a year.

Article 3
Consultations
A Party may request consultations with the other Party on any matter that arises
under this Agreement, and the other Party shall reply within thirty days.""",
)


def lines(page: str, left: float = 100) -> list[Set]:
    return column(page, left=left)


def document(folder: Path, data: bytes) -> Document:
    path = folder / "agreement.pdf"
    path.write_bytes(data)
    return read(path)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> str:
    return " ".join(document(tmp_path_factory.mktemp("plain"), typeset(*map(lines, PAGES))).text.split())


def check(found: Document, plain: str, code: str, pages: Sequence[int] = (1, 2)) -> None:
    assert " ".join(found.text.split()) == plain
    assert [(notice.code, notice.pages) for notice in found.warnings] == [(code, tuple(pages))]


# Line numbers


def numbered(page: list[Set], first: int, every: int, x: float, *, blank: bool, size: float = 11) -> Iterable[Set]:
    """Set a number beside each line, or beside each fifth, before the line or behind it as the file holds them."""
    tops = sorted({line.top for line in page})
    if blank:
        tops = [tops[0] + 14 * row for row in range(round((tops[-1] - tops[0]) / 14) + 1)]
    numbers = {top: number for number, top in enumerate(tops, first)}
    for top in tops:
        line = [line for line in page if line.top == top]
        number = [Set(str(numbers[top]), x, top, size)] if numbers[top] % every == 0 else []
        yield from (number + line if x < 300 else line + number)


@pytest.mark.parametrize("x", [70, 84, 530])
@pytest.mark.parametrize(
    ("every", "blank", "goes_on"),
    # Each fifth line is numbered only where blank lines count too: there are too few numbers on these pages otherwise.
    [(1, False, False), (1, False, True), (1, True, False), (2, False, False), (2, False, True), (2, True, False),
     (5, True, False)],
)  # fmt: skip
def test_line_numbers(tmp_path: Path, plain: str, every: int, x: float, blank: bool, goes_on: bool) -> None:
    made = []
    first = 1
    for page in map(lines, PAGES):
        made.append(list(numbered(page, first, every, x, blank=blank)))
        first = first + len(page) if goes_on else 1
    check(document(tmp_path, typeset(*made)), plain, "line-numbers")


def test_line_numbers_set_after_all_lines(tmp_path: Path, plain: str) -> None:
    pages = [lines(page) for page in PAGES]
    made = [[*page, *(set_ for set_ in numbered(page, 1, 1, 72, blank=False) if set_ not in page)] for page in pages]
    check(document(tmp_path, typeset(*made)), plain, "line-numbers")


def test_numbers_of_a_list_are_no_line_numbers(tmp_path: Path) -> None:
    """Items without a stop behind their number, and a table of numbered goods."""
    goods = ["horses", "asses", "mules", "cattle", "swine", "sheep", "goats", "poultry", "fish", "bees"]
    items = [part for row, word in enumerate(goods, 1) for part in (
        Set(str(row), 70, 90 + 14 * row), Set(f"live {word} for breeding", 100, 90 + 14 * row)
    )]  # fmt: skip
    text = document(tmp_path, typeset(items)).text
    assert all(f"{row} live {word}" in text for row, word in enumerate(goods, 1))


def test_numbers_of_paragraphs_without_a_stop_stay(tmp_path: Path) -> None:
    page = []
    for number in range(1, 9):
        top = 60 + 56 * number
        page += [Set(str(number), 70, top), *column(PAGES[1].split("\n")[8:10], left=100, top=top)]
    text = document(tmp_path, typeset(page)).text
    assert all(f"{number} A Party may" in text for number in range(1, 9))


# Margin numbers, notes, bars


@pytest.mark.parametrize(("x", "form"), [(60, "{}"), (60, "[{}]"), (530, "{}")])
def test_numbers_of_paragraphs_in_the_margin(tmp_path: Path, plain: str, x: float, form: str) -> None:
    made, number = [], 40
    for page in map(lines, PAGES):
        parts = []
        for line in page:
            beside = []
            if line.words[0] in "123(A":
                number += 1
                beside = [Set(form.format(number), x, line.top, 8)]
            parts += [*beside, line] if x < 300 else [line, *beside]
        made.append(parts)
    check(document(tmp_path, typeset(*made)), plain, "margin-notes")


@pytest.mark.parametrize("x", [30, 520])
@pytest.mark.parametrize("goes_first", [True, False])
def test_side_notes(tmp_path: Path, plain: str, x: float, goes_first: bool) -> None:
    notes = [[Set(words, x, 146 + row * 9, 7.5, "Times-Italic") for row, words in enumerate(note.split("/"))]
             for note in ("Rights of/workers", "Joint/activities")]  # fmt: skip
    made = [
        [*note, *lines(page)] if goes_first else [*lines(page), *note] for note, page in zip(notes, PAGES, strict=True)
    ]
    check(document(tmp_path, typeset(*made)), plain, "margin-notes")


@pytest.mark.parametrize(("bar", "x"), [("|", 86), ("|", 540), ("¦", 60)])
def test_change_bars(tmp_path: Path, plain: str, bar: str, x: float) -> None:
    made = []
    for page in map(lines, PAGES):
        made.append([part for row, line in enumerate(page) for part in (
            [Set(bar, x, line.top), line] if row in (3, 4) else [line]
        )])  # fmt: skip
    check(document(tmp_path, typeset(*made)), plain, "margin-notes")


# Watermarks


def stamp(words: str, x: float, y: float, size: float, angle: float, times: int = 1, step: float = 130) -> Draw:
    def draw(canvas: Any, number: int) -> None:
        for row in range(times):
            canvas.saveState()
            canvas.setFillGray(0.8)
            canvas.setFont("Helvetica-Bold", size)
            canvas.translate(x, HEIGHT - y - row * step)
            canvas.rotate(angle)
            canvas.drawString(0, 0, words.format(number))
            canvas.restoreState()

    return draw


MARKS = {
    "diagonal": stamp("DRAFT", 150, 400, 110, 45),
    "diagonal, down": stamp("NOT FOR CITATION", 100, 100, 40, -50),
    "across": stamp("CONFIDENTIAL", 90, 180, 60, 0),
    "tiled": stamp("Copy of reader 4711", 150, 110, 15, 0, times=5, step=31),
    "tiled, in the size of the text": stamp("Copy of reader 4711", 150, 95, 11, 0, times=6, step=31),
    "tiled, turned": stamp("ORVANA ONLY", 120, 150, 14, 30, times=4, step=60),
    "with the page in it": stamp("Draft of 3 May, page {}", 130, 148, 26, 0),
    "upwards in the margin": stamp("Downloaded by reader 4711", 40, 500, 10, 90),
}


@pytest.mark.parametrize("name", MARKS)
@pytest.mark.parametrize("is_over", [True, False])
def test_watermarks(tmp_path: Path, plain: str, name: str, is_over: bool) -> None:
    drawn = {"over" if is_over else "under": MARKS[name]}
    check(document(tmp_path, typeset(*map(lines, PAGES), **drawn)), plain, "watermark")


def test_a_large_title_is_no_watermark(tmp_path: Path) -> None:
    title = [Set("AGREEMENT", 150, 200, 40), Set("between Orvana and Tessaly", 150, 260, 20)]
    found = document(tmp_path, typeset(title, *map(lines, PAGES)))
    assert found.text.startswith("AGREEMENT\n")
    assert not found.warnings
