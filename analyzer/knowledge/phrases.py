"""Patterns from phrases in the notation of ``strength.toml`` and ``legal_effect.toml``.

In a phrase ``*`` stands for any letters, ``~`` for up to fourteen words of the same sentence and ``...`` for up to
three fillers of the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

ANY_LETTERS = r"\w*"
_NOTHING = "(?!)"


def phrase_pattern(phrase: str, filler: str = _NOTHING) -> str:
    """Return the pattern of a phrase; ``filler`` is a pattern of what ``...`` stands for."""
    pattern = ""
    for word in phrase.lower().split():
        if word == "...":
            pattern += rf"(?:,? (?:{filler})(?!\w),?){{0,3}}"
        elif word == "~":
            pattern += r"(?:,?(?: \S*[^ .;:]){0,14})"
        else:
            pattern += (" " if pattern else "") + re.escape(word).replace(r"\*", ANY_LETTERS)
    return pattern


def any_phrase(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of some phrases; it finds nothing where there are none."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(phrase_pattern, phrases)) or _NOTHING})(?!\w)")


def named_patterns(patterns: Mapping[str, str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the named patterns, with its name as ``lastgroup``; the first one wins.

    The patterns are grouped by their first letter, so that most words of a text are rejected by one comparison; those
    that begin with any letters come last.
    """
    bundles: dict[str, list[str]] = {}
    for name, pattern in sorted(patterns.items(), key=lambda pair: pair[1].startswith(ANY_LETTERS)):
        first = ANY_LETTERS if pattern.startswith(ANY_LETTERS) else pattern[0]
        bundles.setdefault(first, []).append(f"{pattern.removeprefix(first)}(?P<{name}>)")
    either = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in bundles.items()) or _NOTHING
    return re.compile(rf"(?<!\w)(?=\w)(?:{either})(?!\w)")
