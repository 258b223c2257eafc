"""The title of an agreement, from its first page."""

from __future__ import annotations

import re
from functools import cache
from typing import get_args

from analyzer.language import facts
from analyzer.types import Language

LINES = 60
"""Lines of a text among which its title is sought."""
LENGTH = 300
"""Longest title, in characters."""
MOST_LINES = 8
"""Most lines of a title."""
_DATE_OR_NUMBER = re.compile(r"\d{4}|^\W*\d+\W*$")


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """Return a pattern for the words that the languages have under ``key`` in ``knowledge/language.toml``."""
    languages: tuple[Language, ...] = get_args(Language)
    words = {word for language in languages for word in facts(language)[key]}
    return re.compile(rf"\b(?:{'|'.join(sorted(words))})\b", re.IGNORECASE)


def title_of(text: str) -> str:
    """Return the lines of the title page that name the agreement, as one; empty if nothing is named so.

    The title begins with the first line that calls it an agreement, treaty … and ends before a blank line, a date,
    the contents, the preamble, the beginning of the text proper or where it is said a second time. After the contents
    or the preamble has begun there is none, and a line that goes on with a sentence is none.
    """
    lines = [line.strip() for line in text[:20_000].split("\n")[:LINES]]
    for place, line in enumerate(lines):
        if _pattern("title_ends").match(line):
            break
        if _pattern("agreement").search(line) and len(line) <= LENGTH and not line[0].islower():
            title = line
            for after in lines[place + 1 : place + MOST_LINES]:
                ended = (
                    not after or after == line or _DATE_OR_NUMBER.search(after) or _pattern("title_ends").match(after)
                )
                if ended or len(title) + len(after) >= LENGTH:
                    break
                title += f" {after}"
            return " ".join(title.split())
    return ""
