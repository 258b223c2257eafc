"""Pages whose words run in another direction than the page is shown: the page is turned to them before it is read.

PDFium composes words and lines along the page as it is shown, and breaks words that run in another direction. The flag
by which a page is shown turned may be wrong, and tables are often set sideways on an upright page.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

SAMPLES = 9
"""Number of letters of a page whose direction is looked up to find out which way its text runs."""
_TRIES = 8
"""Characters from a sampled one onwards in which a letter is looked for."""


@contextmanager
def open_text_page(page: PdfPage) -> Iterator[PdfTextPage]:
    """Open the text of a page for the length of a ``with`` block, turned so that most of its words run to the right."""
    text_page = page.get_textpage()
    shown = page.get_rotation()
    turned = _turn_of(text_page, shown)
    if turned == shown:
        with closing(text_page):
            yield text_page
        return
    text_page.close()
    page.set_rotation(turned)
    try:
        with closing(page.get_textpage()) as text_page:
            yield text_page
    finally:
        page.set_rotation(shown)


def _turn_of(text_page: PdfTextPage, shown: int) -> int:
    """Return the degrees by which a page must be shown turned so that most of its words run to the right.

    Args:
        text_page: Its text.
        shown: The degrees by which it is shown turned; the answer if its letters do not tell.
    """
    from pypdfium2 import raw

    count = text_page.count_chars()
    quarters: Counter[int] = Counter()
    for sample in range(SAMPLES):
        first = count * sample // SAMPLES
        for index in range(first, min(count, first + _TRIES)):
            if chr(raw.FPDFText_GetUnicode(text_page.raw, index) % 0x110000).isalpha():
                if (angle := raw.FPDFText_GetCharAngle(text_page.raw, index)) >= 0:
                    quarters[round(angle / (math.pi / 2)) % 4] += 1
                break
    if not quarters:
        return shown
    most = max(quarters.values())
    current = -shown // 90 % 4
    quarter = current if quarters[current] == most else quarters.most_common(1)[0][0]
    return -90 * quarter % 360
