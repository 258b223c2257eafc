"""Patterns of phrases and names in folded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from analyzer.text.fold import fold

_BLANKS = "\u00a0\u2007\u2009\u202f"


def flat(text: str) -> str:
    """Return a text as titles and numbers are looked for in it: folded, with plain blanks."""
    if not text.isascii():
        for blank in _BLANKS:
            text = text.replace(blank, " ")
    return fold(text)


def name_pattern(names: Mapping[str, Sequence[str]]) -> str:
    """Return a pattern with one group per name (none where it is called "").

    A bracket with the short form right after a name belongs to it.
    """
    return "|".join(
        rf"({f'?P<{name}>' if name else '?:'}(?<![^\W_]){one_of(spelt)}(?![^\W\d_])"
        rf"(?:(?:['?]s)?\s*+\([^()]{{0,60}}?{one_of(one for one in spelt if ' ' not in one)}[^()\w]{{0,4}}\))?)"
        for name, spelt in names.items()
    )


def one_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the phrases in folded text, longest first, blanks matching any white space."""
    spelt = {r"\s++".join(re.escape(word) for word in fold(phrase).split()) for phrase in phrases}
    return f"(?:{'|'.join(sorted(spelt, key=lambda one: (-len(one), one))) or '(?!)'})"
