"""The title of an agreement, taken from its first page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.knowledge import Knowledge
from analyzer.text.fold import fold

LINES = 60
"""Number of lines of a text that are searched for its title."""
LENGTH = 300
"""Maximum length of a title, in characters."""
MOST_LINES = 8
"""Maximum number of lines of a title."""
_FULL_LINE, _SHORT_WORD, _TITLE_SHARE = 45, 3, 0.9
"""Characters of a line of running text, letters of a short word, share of capitals of titles."""
_DATE_OR_NUMBER = re.compile(r"\d{4}|^\W*\d+\W*$|^[IVX]{1,5}$|^[\W_]+$|\bhereinafter\b")


def title_of(text: str, knowledge: Knowledge) -> str:
    """Return the lines of the title page that name the agreement, joined to one; empty if there are none.

    The title begins with the first line that has the word agreement, treaty or the like; if there is none, with the
    first that opens with a word for another act ("DECISION 12", "Law No. 4 on Work"). It ends before a blank line, a
    date, the contents, the preamble, the body of the text or its repetition, but goes on after a joining word
    ("between"). No title is taken from after the start of the contents, the preamble or a recital, or from a line that
    continues a sentence or ends with a colon or semicolon.

    Args:
        text: The agreement.
        knowledge: The words of titles and recitals.
    """
    agreement = knowledge.languages.agreement
    lines = [line.strip() for line in text[:20_000].split("\n")[:LINES]]
    acts = "|".join(pattern.pattern for pattern in knowledge.metadata.kinds.values())
    for named in (agreement.search, lambda line: line[-1] not in ".," and re.match(acts, fold(line))):
        for index in _possible(lines, knowledge):
            if named(lines[index]):
                return _whole_title(_begun_above(lines, index, agreement), lines[index + 1 :], knowledge)
    return ""


def _possible(lines: list[str], knowledge: Knowledge) -> Iterator[int]:
    """Yield the lines before the contents, the preamble and the recitals that a title may begin with."""
    for index, line in enumerate(lines):
        if knowledge.languages.title_ends.match(line) or _is_recital(line, knowledge):
            return
        plain = line and len(line) <= LENGTH and not line[0].islower() and line[-1] not in ";:"
        if plain and not _continues_sentence(lines, index):
            yield index


def _begun_above(lines: list[str], index: int, agreement: re.Pattern[str]) -> str:
    """Return a line joined with the line above if the title begins there: ``COMPREHENSIVE TRADE``, ``AGREEMENT``."""
    line, above = lines[index], lines[index - 1] if index else ""
    opens = agreement.match(line) and line.isupper() and above.isupper()
    return f"{above} {line}" if opens and not _DATE_OR_NUMBER.search(above) else line


def _continues_sentence(lines: list[str], index: int) -> bool:
    """Return whether a line carries on the sentence of the line above: ``… agreed to a`` / ``Trade Agreement that``."""
    above = lines[index - 1] if index else ""
    if len(above) < _FULL_LINE or above.isupper() or above[-1] in ".:;":
        return False
    long_words = [word for word in above.split() if len(word) > _SHORT_WORD]
    return sum(word[0].isupper() for word in long_words) < _TITLE_SHARE * len(long_words)


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
    """Return whether a line opens a recital: it ends with a comma or semicolon, or its first word is in capitals."""
    first = line.split(maxsplit=1)[0] if line else ""
    opening = knowledge.structure.recital.match(fold(line))
    return opening is not None and (line[-1] in ",;" or (first.isupper() and not line.isupper()))
