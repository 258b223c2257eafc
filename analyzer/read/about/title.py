"""The title of an agreement, from its first page."""

from __future__ import annotations

import re

from analyzer.knowledge import Knowledge
from analyzer.text.fold import fold

LINES = 60
"""Lines of a text among which its title is sought."""
LENGTH = 300
"""Longest title, in characters."""
MOST_LINES = 8
"""Most lines of a title."""
_DATE_OR_NUMBER = re.compile(r"\d{4}|^\W*\d+\W*$|^[IVX]{1,5}$|^[\W_]+$|\bhereinafter\b")


def title_of(text: str, knowledge: Knowledge) -> str:
    """Return the lines of the title page that name the agreement, as one; empty if nothing is named so.

    The title begins with the first line that calls it an agreement, treaty … and ends before a blank line, a date,
    the contents, the preamble, the beginning of the text proper or where it is said a second time; over a joining word
    ("between") it goes on. After the contents, the preamble or a recital has begun there is none, and a line that goes
    on with a sentence or ends one is none.

    Args:
        text: The agreement.
        knowledge: The words of titles and recitals.
    """
    agreement, ends = knowledge.languages.agreement, knowledge.languages.title_ends
    lines = [line.strip() for line in text[:20_000].split("\n")[:LINES]]
    for index, line in enumerate(lines):
        if ends.match(line) or _is_recital(line, knowledge):
            break
        if agreement.search(line) and len(line) <= LENGTH and not line[0].islower() and line[-1] not in ";:":
            return _whole_title(_begun_above(lines, index, agreement), lines[index + 1 :], knowledge)
    return ""


def _begun_above(lines: list[str], place: int, agreement: re.Pattern[str]) -> str:
    """Return a line with the one above it, where that is the beginning: ``COMPREHENSIVE TRADE`` over ``AGREEMENT``."""
    line, above = lines[place], lines[place - 1] if place else ""
    opens = agreement.match(line) and line.isupper() and above.isupper()
    return f"{above} {line}" if opens and not _DATE_OR_NUMBER.search(above) else line


def _whole_title(line: str, after: list[str], knowledge: Knowledge) -> str:
    words = knowledge.metadata
    title, blank, taken = line, False, 1
    for following in after:
        if not following:
            blank = True
            continue
        goes_on = bool(words.joins.search(fold(title)) or words.joined.match(fold(following)))
        ended = following == line or bool(_DATE_OR_NUMBER.search(following)) or _is_recital(following, knowledge)
        if not goes_on:
            ended = ended or blank or bool(knowledge.languages.title_ends.match(following))
        if ended or taken >= MOST_LINES or len(title) + len(following) >= LENGTH:
            break
        title, blank, taken = f"{title} {following}", False, taken + 1
    return " ".join(title.split())


def _is_recital(line: str, knowledge: Knowledge) -> bool:
    """Return whether a line opens a recital: such a line ends with a mark, or its first word is in capitals."""
    first = line.split(maxsplit=1)[0] if line else ""
    opening = knowledge.structure.recital.match(fold(line))
    return opening is not None and (line[-1] in ",;" or (first.isupper() and not line.isupper()))
