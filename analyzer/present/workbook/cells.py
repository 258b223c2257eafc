"""What a cell of the workbook can hold, and how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analyzer.present.cells import CELL_LIMIT, xml_text

ROW_LIMIT = 1_048_576
"""Most rows of a sheet. This and the next: Microsoft, "Excel specifications and limits"."""
LINK_LIMIT = 65_530
"""Most links in a sheet."""
LINE_HEIGHT = 15.0
"""Height of a line, in points."""
SMALL_PRINT = 8
"""Size of small letters, in points."""
A4 = 9
"""Code of the paper size."""
INK, HEAD, PALE, BLUE, AMBER, GREEN = "#1B2733", "#1F3864", "#DDEBF7", "#7FB2DE", "#FFD98A", "#C6E5C3"


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of a workbook, by their use."""

    head: Any
    turned: Any
    band: Any
    text: Any
    number: Any
    share: Any
    percent: Any
    flag: Any
    flagged: Any
    link: Any
    count: Any
    counted: Any
    yes: Any
    later: Any
    missing: Any
    title: Any
    note: Any
    plain_row: Any
    plain: Any
    date: Any
    ink: Any
    pale: Any
    small: Any
    """The same in small print; its own ``small`` is empty."""


def make_styles(book: Any, size: float = 10) -> Styles:
    """Register the formats in a workbook, in letters of a size in points."""
    body = {
        "valign": "top",
        "text_wrap": True,
        "font_size": size,
        "font_color": INK,
        "bottom": 1,
        "bottom_color": "#D9D9D9",
    }
    plain = {"valign": "top", "text_wrap": True, "font_size": size, "font_color": INK}
    head = {**body, "bold": True, "font_color": "#FFFFFF", "bg_color": HEAD, "border": 1, "border_color": "#8496B0"}
    centred = {**body, "align": "center", "text_wrap": False}
    return Styles(
        head=book.add_format({**head, "valign": "vcenter"}),
        turned=book.add_format(
            {
                **body,
                "bg_color": PALE,
                "border": 1,
                "border_color": "#8496B0",
                "rotation": 90,
                "valign": "bottom",
                "align": "center",
            }
        ),
        band=book.add_format({**head, "bg_color": "#44618F", "align": "center"}),
        text=book.add_format(body),
        number=book.add_format({**body, "text_wrap": False}),
        share=book.add_format({**body, "num_format": "0.00"}),
        percent=book.add_format({**body, "num_format": "0%"}),
        flag=book.add_format({**body, "align": "center"}),
        flagged=book.add_format({**body, "align": "center", "bg_color": AMBER}),
        link=book.add_format({**body, "font_color": "#0B4A8F", "underline": 1}),
        count=book.add_format(centred),
        counted=book.add_format({**centred, "bold": True, "bg_color": "#EDEDED"}),
        yes=book.add_format({**centred, "bg_color": GREEN}),
        later=book.add_format({**centred, "bg_color": "#E9F5E7"}),
        missing=book.add_format({**centred, "bg_color": AMBER}),
        title=book.add_format({**plain, "bold": True, "font_size": 14, "text_wrap": False}),
        note=book.add_format({**plain, "italic": True, "text_wrap": False}),
        plain_row=book.add_format({**body, "text_wrap": False}),
        plain=book.add_format(plain),
        date=book.add_format({**body, "num_format": "yyyy-mm-dd", "align": "left"}),
        ink=book.add_format({"font_size": size, "font_color": INK}),
        pale=book.add_format({"font_size": size, "font_color": "#6B7680"}),
        small=make_styles(book, SMALL_PRINT) if size > SMALL_PRINT else None,
    )


def pieces(text: str, limit: int = CELL_LIMIT) -> list[str]:
    """Return a text in pieces that each fit a cell; joined they are the text.

    Args:
        text: Any text.
        limit: Most UTF-16 code units in a piece.
    """
    parts = []
    start = 0
    while len(text) - start > limit // 2:
        end = min(len(text), start + limit)
        while (units := _units(text[start:end])) > limit:
            end -= (units - limit + 1) // 2
        parts.append(text[start:end])
        start = end
    return [*parts, text[start:]] if start < len(text) or not parts else parts


def put(sheet: Any, line: int, column: int, text: str, style: Any) -> None:
    """Write a text, or the first part of it that fits into a cell."""
    shown = pieces(xml_text(text))[0]
    if shown:
        sheet.write_string(line, column, shown, style)
    else:
        sheet.write_blank(line, column, None, style)


def set_widths(sheet: Any, widths: Sequence[float]) -> None:
    """Set the widths of the columns from the first one on, in characters."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def set_up_print(sheet: Any, name: str, *, head_rows: int, landscape: bool = True) -> None:
    """Set a sheet up for printing: A4, as wide as the page, with its head on every page and page numbers."""
    sheet.set_paper(A4)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L&8Labour provisions of trade agreements&R&8{name}", {"margin": 0.3})
    sheet.set_footer("&L&8labour-provision-analyzer&R&8Page &P of &N", {"margin": 0.3})
    if head_rows:
        sheet.repeat_rows(0, head_rows - 1)


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
