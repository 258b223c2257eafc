"""Words of a file quoted in a notice about it."""

from __future__ import annotations

from collections.abc import Iterable

_QUOTED, _LONGEST = 3, 50
"""Number of examples in a notice, and their length in characters."""


def quote_some(words: Iterable[str]) -> str:
    """Return the first different examples in quotation marks and the number of the others; empty without any.

    Example:
        >>> quote_some(["endeavour to", "endeavour to", "as appropriate"])
        '(“endeavour to”, “as appropriate”)'
    """
    distinct = list(dict.fromkeys(words))
    if not distinct:
        return ""
    more = f" and {len(distinct) - _QUOTED} more" if len(distinct) > _QUOTED else ""
    return f"({', '.join(map(_quote, distinct[:_QUOTED]))}{more})"


def _quote(words: str) -> str:
    return f"“{words}”" if len(words) <= _LONGEST else f"“{words[:_LONGEST].rstrip()}…”"
