"""What is known about an agreement besides its clauses: from the text itself, and from a table beside the file.

* ``words``: the phrases of ``knowledge/metadata.toml``; ``countries``: names of States and groups of States.
* ``parties``, ``dates``: who concluded the agreement, when and where, as title, preamble and final clauses say.
* ``sidecar``: the table ``agreements.csv`` in the folder of the file.
"""

from __future__ import annotations

from dataclasses import replace

from analyzer.metadata.dates import force_of, signature_of
from analyzer.metadata.parties import head_end, parties_of
from analyzer.types import Document

FROM_TEXT = "found_in_text"
"""Key of ``Metadata.extra`` that names the fields that were found in the text."""
OWN = frozenset({"xml"})
"""Formats whose files say themselves what they know; the text is not asked."""

__all__ = ["complete", "from_text"]


def complete(document: Document) -> Document:
    """Return the document with what its source leaves open: first from the text, then from a table beside the file."""
    if document.format not in OWN:
        document = from_text(document)
    return document


def from_text(document: Document) -> Document:
    about = document.metadata
    signature = signature_of(document.text, head_end(document.text))
    signed = about.date_signed or signature.date
    found = {
        "parties": about.parties or parties_of(document.text, about.title, signed),
        "date_signed": signed,
        "date_in_force": about.date_in_force or force_of(document.text, signed),
    }
    new = [name for name, value in found.items() if value and not getattr(about, name)]
    extra = dict(about.extra)
    if signature.place and "place_signed" not in extra:
        extra["place_signed"] = signature.place
        new.append("place_signed")
    if new:
        extra[FROM_TEXT] = "; ".join(new)
    return replace(document, metadata=replace(about, **found, extra=extra))
