"""What stands before an agreement in its file: an approving law, a letter of transmittal, a note of the publisher."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from analyzer.knowledge import Knowledge
from analyzer.text.capitals import LIKELY_TITLE_SHARE, capital_share
from analyzer.text.fold import fold

_REACH = 150_000
"""Characters at the beginning of a text among which the agreement begins."""
_FRONT = 6_000
"""Characters among which the words of a law or letter are looked for."""
_MOST_FORMULAS = 20
"""Times that words of agreeing stand before the title, as in a long letter."""
_LONGEST_TITLE = 300
"""Characters of the first line of a title."""
_LINE = re.compile(r"[^\n\f]+")


def agreement_start(text: str, knowledge: Knowledge) -> int:
    """Return the offset at which the agreement itself begins; 0 if nothing stands before it.

    The agreement begins at the first line printed as the title of an agreement that stands behind the words and the
    articles of the law (or behind the letter, or the note) and before the words by which the parties agree. Behind the
    first enacting formula (``HAVE AGREED as follows:``) no other agreement is looked for.

    Args:
        text: The whole text of the file.
        knowledge: The words of laws, letters, titles and enacting phrases.
    """
    words = knowledge.metadata
    cover = words.cover.search(fold(text[:_FRONT]))
    if cover is None:
        return 0
    folded = fold(text[:_REACH])
    contents = _contents_line(folded, cover.end(), knowledge)
    parts = [part.end() for part in words.law_part.finditer(folded, 0, contents)]
    low = cover.end()
    for formula in islice(knowledge.structure.agreed.finditer(folded, low), _MOST_FORMULAS):
        before = bisect_left(parts, formula.start())
        low = max(low, parts[before - 1] if before else 0)
        for start, line in _lines(text, low, formula.start()):
            if _is_title(line, folded[start : start + len(line)], knowledge):
                return start
        if text[formula.end() : formula.end() + _LONGEST_TITLE].split("\n", 1)[0].rstrip().endswith(":"):
            break
        low = formula.end()
    return 0


def _contents_line(folded: str, low: int, knowledge: Knowledge) -> int:
    """Return the offset of the heading of a table of contents; the end of the text if there is none."""
    for match in _LINE.finditer(folded, low):
        if match.end() - match.start() < _LONGEST_TITLE and knowledge.structure.contents.match(match[0].strip()):
            return match.start()
    return len(folded)


def _lines(text: str, low: int, high: int) -> Iterator[tuple[int, str]]:
    """Yield the lines between two offsets that begin there, each with its offset and without white space around it."""
    for match in _LINE.finditer(text, low, high):
        line = match[0].strip()
        if line and (match.start() == 0 or text[match.start() - 1] in "\n\f"):
            yield match.start() + match[0].index(line), line


def _is_title(line: str, folded: str, knowledge: Knowledge) -> bool:
    """Return whether a line opens the title of an agreement: it names one, with capitals, and is no sentence."""
    if len(line) > _LONGEST_TITLE or not line[0].isupper() or line[-1] in ".;:,":
        return False
    if knowledge.languages.agreement.search(line) is None or knowledge.metadata.cover.search(folded):
        return False
    sentence = knowledge.structure.verbs.search(folded) or knowledge.structure.running.match(folded)
    return sentence is None and capital_share(line) >= LIKELY_TITLE_SHARE
