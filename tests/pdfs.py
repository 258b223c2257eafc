"""PDFs made for the tests: set with reportlab line by line, or written byte by byte where reportlab refuses."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

WIDTH, HEIGHT = 595.0, 842.0
"""A4, points."""


Draw = Callable[[Any, int], None]
"""Draws on a page with reportlab's canvas; the page is named by its number."""


class Set(NamedTuple):
    """A line as set: its words, left edge and distance from the top of the page in points, size and font."""

    words: str
    left: float
    top: float
    size: float = 11
    font: str = "Times-Roman"


def column(
    lines: str | Sequence[str], left: float = 60, top: float = 90, lead: float = 14, size: float = 11
) -> list[Set]:
    """Set lines below each other; an empty line leaves a gap."""
    rows = lines.split("\n") if isinstance(lines, str) else lines
    return [Set(words, left, top + lead * row, size) for row, words in enumerate(rows) if words]


def typeset(
    *pages: Iterable[Set],
    turned: int = 0,
    bookmarks: dict[str, int] | None = None,
    under: Draw | None = None,
    over: Draw | None = None,
    width: float = WIDTH,
    height: float = HEIGHT,
    **options: Any,
) -> bytes:
    """Make a PDF.

    Args:
        pages: The lines of each page, in the order in which the file is to hold them.
        turned: Degrees clockwise by which the pages are shown turned; the lines stand upright then.
        bookmarks: Titles of the outline, and their pages from 1.
        under: Draws on each page, given with its number, before the lines are set.
        over: Draws on it after that.
        width: Width of the pages that are not turned, points.
        height: Their height.
        options: Of ``reportlab``'s ``Canvas`` (``encrypt``).
    """
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    size = (HEIGHT, WIDTH) if turned in (90, 270) else (width, height)
    canvas = Canvas(made, pagesize=size, invariant=1, **options)
    for number, page in enumerate(pages, 1):
        if turned:
            canvas.setPageRotation(turned)
        for title in (title for title, at in (bookmarks or {}).items() if at == number):
            canvas.bookmarkPage(title)
            canvas.addOutlineEntry(title, title)
        canvas.saveState()
        if turned == 90:
            canvas.translate(HEIGHT, 0)
            canvas.rotate(90)
        elif turned == 180:
            canvas.translate(WIDTH, HEIGHT)
            canvas.rotate(180)
        elif turned == 270:
            canvas.translate(WIDTH - HEIGHT, WIDTH)  # reportlab swaps the sides of a turned page
            canvas.rotate(-90)
        if under:
            under(canvas, number)
        for line in page:
            canvas.setFont(line.font, line.size)
            canvas.drawString(line.left, height - line.top, line.words)
        if over:
            over(canvas, number)
        canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def scanned(
    data: bytes, dpi: int = 300, pages: Iterable[int] | None = None, turned: Mapping[int, int] | None = None
) -> bytes:
    """Return a PDF whose pages (all, or those named from 1) are pictures of those of another.

    Args:
        data: The other PDF.
        dpi: Dots per inch.
        pages: Numbers of the pages that become pictures; all if not given.
        turned: Degrees clockwise by which the pictures of some pages are turned.
    """
    import pypdfium2

    source, made = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    wanted = set(pages) if pages is not None else set(range(1, len(source) + 1))
    for number in range(1, len(source) + 1):
        if number not in wanted:
            made.import_pages(source, [number - 1])
            continue
        page = source[number - 1]
        width, height = page.get_size()
        shot = io.BytesIO()
        turn = (turned or {}).get(number, 0)
        picture = page.render(scale=dpi / 72, grayscale=True, rotation=turn).to_pil().convert("RGB")
        picture.save(shot, "JPEG", quality=80)
        width, height = (height, width) if turn in (90, 270) else (width, height)
        shot.seek(0)
        image = pypdfium2.PdfImage.new(made)
        image.load_jpeg(shot, inline=True)
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        copy = made.new_page(width, height)
        copy.insert_obj(image)
        copy.gen_content()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


# Byte by byte

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WORDS = b"BT /F 12 Tf 50 700 Td (Each Party shall protect labour rights.) Tj ET"


def file_of(objects: Sequence[bytes]) -> bytes:
    """Write objects, the first of them the catalogue, with a table of their places."""
    out, places = b"%PDF-1.7\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + held + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + head + table + tail


def stream(data: bytes, entries: bytes = b"", *, packed: bool = False) -> bytes:
    """Write a stream object."""
    if packed:
        data, entries = zlib.compress(data, 9), entries + b"/Filter/FlateDecode"
    return b"<</Length %d%s>>stream\n" % (len(data), entries) + data + b"\nendstream"


def one_page(content: bytes, resources: bytes = b"", *more: bytes, box: bytes = b"[0 0 600 800]") -> bytes:
    """Write a file of one page with a stream of content; further objects are numbered from 6."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Resources<</Font<</F 5 0 R>>%s>>/Contents 4 0 R>>" % (box, resources)
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return file_of([b"<</Type/Catalog/Pages 2 0 R>>", pages, page, content, FONT, *more])


def many_pages(count: int) -> bytes:
    """Write a file of pages that share one content."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 4 0 R>>>>/Contents 3 0 R>>"
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + count))
    pages = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return file_of([b"<</Type/Catalog/Pages 2 0 R>>", pages, stream(WORDS), FONT, *[page] * count])
