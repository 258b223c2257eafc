"""What is filled into the fields of a PDF form; PDFium does not count it as text of the page."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_ushort
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MOST_FIELDS = 2_000
"""Fields of a page that are read."""
LONGEST_VALUE = 100_000
"""Characters of a field that are read."""
SIZE = 12.0
"""Height of the lines in a field, points, as its font is not known."""
_HIDDEN = 0b100010
"""Bits of the flags of a field that nobody sees."""


class FieldLine(NamedTuple):
    """A line in a field.

    Attributes:
        words: Its words.
        box: Where it stands: left, bottom, right, top, points, y upwards from the corner of the page.
    """

    words: str
    box: tuple[float, float, float, float]


def open_form(pdf: PdfDocument) -> Any:
    """Return the form of a document, to be opened before its pages; ``None`` if it has none."""
    from pypdfium2 import raw

    if pdf.get_formtype() == raw.FORMTYPE_NONE:
        return None
    pdf.init_forms()
    return pdf.formenv


def field_lines(page: PdfPage, form: Any) -> Iterator[FieldLine]:
    """Yield the lines that are filled into the fields of a page, those of text and of choices.

    Args:
        page: The page.
        form: The form of its document.
    """
    from pypdfium2 import raw

    kinds = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), MOST_FIELDS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        is_field = raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET
        is_seen = not raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN
        if is_field and is_seen and raw.FPDFAnnot_GetFormFieldType(form.raw, annotation) in kinds:
            rectangle = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, byref(rectangle))
            yield from _lines(_value(form, annotation), rectangle)
        raw.FPDFPage_CloseAnnot(annotation)


def _value(form: Any, annotation: Any) -> str:
    from pypdfium2 import raw

    size = min(raw.FPDFAnnot_GetFormFieldValue(form.raw, annotation, None, 0), 2 * LONGEST_VALUE)
    buffer = (c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetFormFieldValue(form.raw, annotation, buffer, size)
    return bytes(buffer)[:size].decode("utf-16-le", "ignore").rstrip("\0")


def _lines(value: str, rectangle: Any) -> Iterator[FieldLine]:
    """Yield the lines of a value, from the top of its field; a single one stands in the middle of a low field."""
    lines = [words for words in map(str.strip, value.splitlines()) if words]
    height = rectangle.top - rectangle.bottom
    top = (rectangle.top + rectangle.bottom + SIZE) / 2 if height < 2 * SIZE else rectangle.top
    for number, words in enumerate(lines):
        upper = top - number * SIZE
        yield FieldLine(words, (rectangle.left, upper - SIZE, rectangle.right, upper))
