"""An element or comment of a web page that is not closed, and so takes the rest of the page."""

from __future__ import annotations

import re

from analyzer.read.formats.left_out import count_words
from analyzer.types import Notice

_CLOSED_BY = {tag: f"</{tag}" for tag in ("iframe", "noembed", "noframes", "script", "style", "textarea", "title")}
"""Elements in which no other element begins, whatever stands in them, until they are closed."""
COMMENT = "!--"
_TAG = re.compile(r"<[^<>]*>")


def unclosed_end(page: str, last: str) -> tuple[Notice, ...]:
    """Return a warning if what began last in a page takes the rest of it, since it is not closed.

    Args:
        page: The page.
        last: The element that began last, or ``COMMENT``.
    """
    closing = "-->" if last == COMMENT else _CLOSED_BY.get(last)
    if closing is None:
        return ()
    lowered = page.lower()
    rest = lowered[lowered.rfind(f"<{last}") :]
    if closing in rest:
        return ()
    count = count_words(_TAG.sub(" ", rest.removeprefix(f"<{last}")))
    name = "a comment" if last == COMMENT else f"its element <{last}>"
    words = "the word behind it was" if count == 1 else f"the {count} words behind it were"
    return (Notice("unclosed-element", f"{name} is not closed: {words} not read"),) if count else ()
