"""Files as they were read, packed for the store, so that a change of the later steps does not read them again."""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING

from analyzer.types import Document

if TYPE_CHECKING:
    from pydantic import TypeAdapter

LEVEL = 1
"""Of compression: a third of the size for a hundredth of the time of an analysis."""
LONGEST = 2_000_000_000
"""Most bytes of JSON that are unpacked."""


@cache
def _adapter() -> TypeAdapter[Document]:
    from pydantic import TypeAdapter

    return TypeAdapter(Document)


def packed(document: Document) -> bytes:
    """Return a document as compressed JSON; empty where it holds what JSON cannot (a lone surrogate in a name)."""
    try:
        written = _adapter().dump_json(document)
    except ValueError:
        return b""
    return zlib.compress(written, LEVEL)


def unpacked(data: bytes) -> Document | None:
    """Return the document that was packed; ``None`` if the bytes are no such one."""
    try:
        opened = zlib.decompressobj()
        written = opened.decompress(data, LONGEST)
        return _adapter().validate_json(written) if opened.eof else None
    except (ValueError, zlib.error):
        return None
