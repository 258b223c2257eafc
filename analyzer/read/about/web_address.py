"""The address of a text on the web, where a file states one."""

from __future__ import annotations

import re
from collections.abc import Mapping

KEY = "source_url"
"""Key of ``Metadata.extra``, and column of ``lpa-agreements.csv``, for the address."""
FIELDS = (KEY, "source", "url", "og:url", "canonical", "citation_public_url", "dcterms.source", "dc.source",
          "dcterms.identifier", "dc.identifier")  # fmt: skip
"""Fields of ``Metadata.extra`` that may hold the address, the surest first."""
LONGEST = 2_000
"""Characters of the longest address."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\{}|^]+", re.IGNORECASE)


def web_address(stated: str) -> str:
    """Return an address that a browser can open, empty where the words are no such address.

    Examples:
        >>> web_address("https://example.org/treaty?id=7")
        'https://example.org/treaty?id=7'
        >>> web_address("javascript:alert(1)")
        ''
    """
    stated = stated.strip()
    return stated if len(stated) <= LONGEST and _ADDRESS.fullmatch(stated) else ""


def stated_address(extra: Mapping[str, str]) -> str:
    """Return the address that a file states about itself; empty where it states none."""
    return next(filter(None, (web_address(extra.get(field, "")) for field in FIELDS)), "")
