"""What the head of a web page states: its title, and the fields of its ``meta`` elements."""

from __future__ import annotations

import re
from html import unescape

from analyzer.read.formats.paper import tidy
from analyzer.types import Metadata

HEAD = 200_000
"""Characters of a page in which its head is looked for."""
MAX_FIELDS = 100
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{1,1000})</title", re.IGNORECASE)
_LINK = re.compile(r"<link\b([^<>]{1,2000})>", re.IGNORECASE)
_META = re.compile(r"<meta\b([^<>]{1,2000})>", re.IGNORECASE)
_FIELD = re.compile(r"([\w:.-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_TITLES = ("dc.title", "dcterms.title", "citation_title", "og:title")
"""Fields that hold a title without the name of the site."""


def about_of(page: str) -> Metadata:
    """Return what the head of a page states; ``extra`` has the fields that name a title, a date or a source."""
    head = page[:HEAD]
    fields: dict[str, str] = {}
    for match in _META.finditer(head):
        values = {field[1].lower(): field[2] or field[3] or field[4] or "" for field in _FIELD.finditer(match[1])}
        name = (values.get("name") or values.get("property") or "").lower()
        if name.startswith(("dc.", "dcterms.", "citation_", "og:title", "og:url")) and len(fields) < MAX_FIELDS:
            fields.setdefault(name, tidy(unescape(values.get("content", ""))))
    for match in _LINK.finditer(head):
        values = {field[1].lower(): field[2] or field[3] or field[4] or "" for field in _FIELD.finditer(match[1])}
        if values.get("rel", "").lower() == "canonical":
            fields.setdefault("canonical", unescape(values.get("href", "")).strip())
    title = _TITLE.search(head)
    stated = [fields[name] for name in _TITLES if fields.get(name)]
    return Metadata(
        title=stated[0] if stated else tidy(unescape(title[1])) if title else "",
        extra={name: value for name, value in fields.items() if value},
    )
