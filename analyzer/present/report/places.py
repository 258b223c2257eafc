"""The place of a clause as a lawyer would cite it: ``Article 16.2 (Labor Rights), para. 1(a), p. 12``."""

from __future__ import annotations

import re

from analyzer.present.columns import Row

_CONTAINERS = ("preamble", "part", "title", "chapter", "section", "art", "annex", "side", "side-letter", "attachment")
_WORDS = {"recital": "recital", "text": "unnumbered para.", "fn": "footnote", "sub": "", "item": "", "par": "para."}
_SEGMENT = re.compile(r"(?P<kind>[a-z]+)-(?P<number>.+)")


def cite_place(row: Row) -> str:
    """Return the place of a provision within its agreement, without its page.

    Args:
        row: A row of ``provisions``.
    """
    outer = row["article"]
    if outer:
        outer += f" ({row['heading']})" if row["heading"] else ""
        if row["location"] in ("annex", "side letter"):
            outer = ", ".join(part for part in (row["chapter"] or row["location"].capitalize(), outer) if part)
    else:
        outer = row["chapter"] or {"body": ""}.get(row["location"], row["location"].capitalize())
    return ", ".join(part for part in (outer, pinpoint(row["clause_id"])) if part)


def cite_pages(row: Row) -> str:
    """Return ``p. 12``, ``pp. 12–13``, or an empty text where the source has no pages."""
    first, last = row["page_start"], row["page_end"]
    if first is None:
        return ""
    return f"p. {first}" if last in (None, first) else f"pp. {first}–{last}"


def pinpoint(clause_id: str) -> str:
    """Return the part of an address below article or annex in words: ``para. 1(a)(ii)``."""
    words = ""
    for segment in clause_id.split("/"):
        match = _SEGMENT.fullmatch(re.sub(r"~\d+$", "", segment))
        kind, number = (match["kind"], match["number"]) if match else (segment, "")
        if kind in _CONTAINERS or not number:
            words = ""
        elif kind in ("item", "sub"):
            words += f"({number})"
        elif kind == "indent":
            words += f", indent {number}"
        elif kind == "def":
            words += f", definition of “{number.replace('-', ' ')}”"
        else:
            words += f", {_WORDS.get(kind, kind)} {number}"
    return words.removeprefix(", ")
