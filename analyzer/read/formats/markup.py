"""XML from elsewhere: no document types, no entities, and a clear reason for what is not well-formed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from analyzer.errors import ReadError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


MAX_TAGS = 5_000_000
"""Most tags of a document that is kept as a tree, which takes some hundred bytes for each."""


def parse(data: bytes, path: Path, part: str = "") -> Element:
    """Return the root of an XML document.

    Args:
        data: The document.
        path: Named in errors, with the ``part`` of the file that it is.
        part: See ``path``.

    Raises:
        ReadError: Not well-formed, with a document type or entities, or with more than ``MAX_TAGS`` tags.
    """
    from defusedxml.ElementTree import fromstring

    if data.count(b"<") > MAX_TAGS:
        raise ReadError(f"{_where(part)}holds more than {MAX_TAGS / 1e6:.0f} million tags", file=path)

    with explained(path, part):
        root: Element = fromstring(data, forbid_dtd=True)
    return root


def events(data: bytes, path: Path, part: str = "") -> Iterator[tuple[str, Element]]:
    """Yield ``start`` and ``end`` of each element while the document is read, so that large ones need not be kept.

    Raises:
        ReadError: As ``parse``.
    """
    from defusedxml.ElementTree import iterparse

    with explained(path, part):
        yield from iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True)


@contextmanager
def explained(path: Path, part: str = "") -> Iterator[None]:
    """Turn what an XML parser complains of into a ``ReadError``."""
    from defusedxml.common import DefusedXmlException

    where = _where(part)
    try:
        yield
    except DefusedXmlException:
        raise ReadError(
            f"{where}declares a document type or entities, which are not read for safety", file=path
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise ReadError(f"{where}is no well-formed XML: {error}", file=path) from error


def _where(part: str) -> str:
    return f"its part {part} " if part else ""


def local(tag: object) -> str:
    """Return the name of an element without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
