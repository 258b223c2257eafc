"""Words of a PDF that nobody sees, or that are struck out: they are left out, and the result says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analyzer.read.file import read
from analyzer.types import Document
from tests.pdfs import HEIGHT, Draw, column, typeset

PAGE = """AGREEMENT ON TRADE AND LABOUR BETWEEN ORVANA AND TESSALY

Article 1
Labour Rights
1. Each Party shall protect the rights of workers, among them the right to organise
and the right to bargain collectively, and shall enforce its labour laws.
2. Each Party shall maintain a system of labour inspection with sufficient staff.

Article 2
Consultations
A Party may request consultations with the other Party on any matter that arises
under this Agreement, and the other Party shall reply within thirty days."""
SECRET = "3. A Party may suspend its labour laws."
TOP = 90 + 14 * 7


def document(folder: Path, data: bytes) -> Document:
    path = folder / "agreement.pdf"
    path.write_bytes(data)
    return read(path)


def words(text: str) -> str:
    return " ".join(text.split())


def put(canvas: Any, *, left: float = 60, top: float = TOP, size: float = 11, text: str = SECRET) -> None:
    canvas.setFont("Times-Roman", size)
    canvas.drawString(left, HEIGHT - top, text)


def white(canvas: Any, _page: int) -> None:
    canvas.setFillGray(1)
    put(canvas)


def nearly_white(canvas: Any, _page: int) -> None:
    canvas.setFillColorRGB(0.99, 1, 0.99)
    put(canvas)


def transparent(canvas: Any, _page: int) -> None:
    canvas.setFillAlpha(0)
    put(canvas)


def without_ink(canvas: Any, _page: int) -> None:
    text = canvas.beginText(60, HEIGHT - TOP)
    text.setFont("Times-Roman", 11)
    text.setTextRenderMode(3)
    text.textOut(SECRET)
    canvas.drawText(text)


def tiny(canvas: Any, _page: int) -> None:
    put(canvas, size=0.8)


def below_the_page(canvas: Any, _page: int) -> None:
    put(canvas, top=HEIGHT + 30)


def beside_the_page(canvas: Any, _page: int) -> None:
    put(canvas, left=700)


def box(shade: float) -> Draw:
    def draw(canvas: Any, _page: int) -> None:
        put(canvas)
        canvas.setFillGray(shade)
        canvas.rect(58, HEIGHT - TOP - 4, 300, 15, stroke=0, fill=1)

    return draw


HIDDEN = {
    "white": white,
    "nearly white": nearly_white,
    "transparent": transparent,
    "without ink": without_ink,
    "tiny": tiny,
    "below the page": below_the_page,
    "beside the page": beside_the_page,
    "under a white box": box(1),
    "blacked out": box(0),
    "greyed out": box(0.5),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_words_that_nobody_sees(tmp_path: Path, name: str) -> None:
    found = document(tmp_path, typeset(column(PAGE), over=HIDDEN[name]))
    assert words(found.text) == words(PAGE)
    assert [(notice.code, notice.pages) for notice in found.warnings] == [("hidden-words", (1,))]
    assert "suspend its labour laws" in found.warnings[0].text


def test_white_words_within_a_line(tmp_path: Path) -> None:
    def draw(canvas: Any, _page: int) -> None:
        put(canvas, text="3. Each Party shall", left=60)
        canvas.setFillGray(1)
        put(canvas, text="endeavour to", left=155)
        canvas.setFillGray(0)
        put(canvas, text="enforce its labour laws.", left=220)

    found = document(tmp_path, typeset(column(PAGE), over=draw))
    assert "3. Each Party shall enforce its labour laws." in words(found.text)
    assert [notice.code for notice in found.warnings] == ["hidden-words"]


def test_white_words_on_a_dark_ground_are_read(tmp_path: Path) -> None:
    def draw(canvas: Any, _page: int) -> None:
        canvas.setFillGray(0.2)
        canvas.rect(50, HEIGHT - TOP - 5, 300, 18, stroke=0, fill=1)
        canvas.setFillGray(1)
        put(canvas)

    found = document(tmp_path, typeset(column(PAGE), over=draw))
    assert SECRET in found.text
    assert not found.warnings


def test_words_on_a_marked_ground_are_read(tmp_path: Path) -> None:
    """A marker pen is drawn over the words, and lets them through; so does a frame around them."""

    def draw(canvas: Any, _page: int) -> None:
        put(canvas)
        canvas.setFillColorRGB(1, 1, 0)
        canvas.setFillAlpha(0.4)
        canvas.rect(50, HEIGHT - TOP - 5, 300, 18, stroke=0, fill=1)
        canvas.rect(40, HEIGHT - TOP - 15, 340, 40, stroke=1, fill=0)

    found = document(tmp_path, typeset(column(PAGE), over=draw))
    assert SECRET in found.text
    assert not found.warnings


# Struck out


def rule(left: float, right: float, height: float, *, thick: float = 0.7, filled: bool = True) -> Draw:
    def draw(canvas: Any, _page: int) -> None:
        put(canvas)
        canvas.setFillColorRGB(0.8, 0, 0)
        canvas.setLineWidth(thick)
        if filled:
            canvas.rect(left, HEIGHT - TOP + height, right - left, thick, stroke=0, fill=1)
        else:
            canvas.line(left, HEIGHT - TOP + height, right, HEIGHT - TOP + height)

    return draw


def width(text: str) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, "Times-Roman", 11))


WIDTH = width(SECRET)


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("height", [2.3, 3.0, 3.6])
def test_a_line_through_words_strikes_them_out(tmp_path: Path, filled: bool, height: float) -> None:
    found = document(tmp_path, typeset(column(PAGE), over=rule(59, 60 + WIDTH, height, filled=filled)))
    assert words(found.text) == words(PAGE)
    assert [(notice.code, notice.pages) for notice in found.warnings] == [("struck-words", (1,))]


def test_a_line_through_some_words_leaves_the_others(tmp_path: Path) -> None:
    """Struck out is “may”: the rest of the sentence stays."""
    found = document(
        tmp_path,
        typeset(column(PAGE), over=rule(*(60 + width(before) for before in ("3. A Party ", "3. A Party may")), 3)),
    )
    assert "3. A Party suspend its labour laws." in words(found.text)
    assert found.warnings[0].text == "words that are struck out were left out (“may”): page 1"


@pytest.mark.parametrize("height", [-1.5, -4, 9.5])
def test_a_line_below_or_above_words_strikes_out_nothing(tmp_path: Path, height: float) -> None:
    found = document(tmp_path, typeset(column(PAGE), over=rule(59, 60 + WIDTH, height)))
    assert SECRET in found.text
    assert not found.warnings


def test_what_a_reviewer_strikes_out_is_left_out(tmp_path: Path) -> None:
    def draw(canvas: Any, _page: int) -> None:
        put(canvas)
        left, bottom, right, top = 59, HEIGHT - TOP - 3, 60 + WIDTH, HEIGHT - TOP + 9
        canvas._addAnnotation(strike_out(left, bottom, right, top))

    found = document(tmp_path, typeset(column(PAGE), over=draw))
    assert words(found.text) == words(PAGE)
    assert [notice.code for notice in found.warnings] == ["struck-words"]


def strike_out(left: float, bottom: float, right: float, top: float) -> Any:
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

    return PDFDictionary(
        {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("StrikeOut"),
            "Rect": PDFArray([left, bottom, right, top]),
            "QuadPoints": PDFArray([left, top, right, top, left, bottom, right, bottom]),
        }
    )
