"""Words and lines printed as a title: most of their words begin with a capital."""

from __future__ import annotations

import re

from analyzer.segment.lines import Lines
from analyzer.text.capitals import LIKELY_TITLE_SHARE, LONG_WORD, TITLE_SHARE, capital_share

ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)º]|[-–—•·▪]\s")
FIRST_PARAGRAPH = re.compile(r"\s*\(?1[.)]\s")
"""Number of the first paragraph below a name."""
MOST_LINES = 3
"""Lines of the longest name in ordinary print."""
MOST_WORDS_OF_LINE = 9
"""Words of a name in ordinary print that ends with a stop or colon; also of the second line of a name."""
_SUBHEADED = 120
"""Lines of an article in which subheadings are looked for."""
LONG_TITLE = 55
"""Characters of a title from which it may have been set in two lines."""


def count_long_words(words: str) -> int:
    """Return the number of words of four letters and more."""
    return len(LONG_WORD.findall(words))


def is_title(lines: Lines, start: int, end: int) -> bool:
    """Return whether ``text[start:end]`` is printed as a title: with capitals, without a verb of running text."""
    structure = lines.structure
    words = lines.text[start:end]
    return (
        capital_share(words) >= TITLE_SHARE
        and LONG_WORD.search(words) is not None
        and structure.running.match(lines.folded, start) is None
        and structure.verbs.search(lines.folded, start, end) is None
    )


def is_title_line(lines: Lines, line: int) -> bool:
    """Return whether a line is printed as a title, or is a date or the like: it holds no running text."""
    return capital_share(lines.words(line)) >= LIKELY_TITLE_SHARE and not lines.ends_sentence(line)


def lists_on(lines: Lines, line: int, limit: int) -> bool:
    """Return whether a name that ends on a comma continues, as a title too, in the next line."""
    if line + 1 >= len(lines.starts) or lines.starts[line + 1] >= limit or lines.gaps[line + 1] > 1:
        return False
    name, below = lines.words(line), lines.words(line + 1)
    titles = min(capital_share(name), capital_share(below)) >= LIKELY_TITLE_SHARE
    return below[-1] not in ".:;," and titles and not below[0].islower()


def is_second_line(lines: Lines, line: int) -> bool:
    """Return whether a line is printed as a title and set apart from the text below, but not from the line above.

    Under a name with a capital at every word, such a line may be the first of the headings inside an article.
    """
    words = lines.words(line)
    apart = line + 1 < len(lines.starts) and lines.gaps[line + 1] > 1
    if lines.gaps[line] > 1 or not apart or not words[0].isupper() or words[-1] in ".:;,":
        return False
    few = 1 < len(words.split()) <= MOST_WORDS_OF_LINE and count_long_words(words) > 0
    verb = lines.structure.verbs.search(lines.folded, lines.starts[line], lines.ends[line])
    return few and verb is None and capital_share(words) >= TITLE_SHARE and not ENUMERATOR.match(words)


def has_subheadings(lines: Lines, line: int, limit: int) -> bool:
    """Return whether titles stand between the paragraphs, so that the one above the first of them is a subheading."""
    for index in range(line, min(line + _SUBHEADED, len(lines.starts) - 1)):
        if lines.starts[index] >= limit:
            return False
        words = lines.words(index)
        short = 2 < len(words) < 2 * LONG_TITLE and words[-1].isalpha() and words[0].isupper()
        unnumbered = short and lines.ends_sentence(index - 1) and not ENUMERATOR.match(words)
        if unnumbered and capital_share(words) >= TITLE_SHARE:
            return True
    return False


def waits_for_word(lines: Lines, line: int) -> bool:
    """Return whether a title ends on a word that waits for another (``… Trade in``, not ``… Other Chapters``)."""
    last_word = lines.words(line).rsplit(maxsplit=1)[-1]
    return not (last_word[0].isupper() or last_word[0].isdigit()) and lines.goes_on(lines.tail(line))


def end_of_block(lines: Lines, first: int, start: int, limit: int) -> int | None:
    """Return the last of several lines that are a name; ``None`` unless a first paragraph or a heading stands below.

    Args:
        lines: The lines of the text.
        first: Index of the first of them.
        start: Offset of the first character of the possible name.
        limit: Offset of the next heading.
    """
    last = first
    while last + 1 < len(lines.starts) and lines.starts[last + 1] < limit and lines.gaps[last + 1] < 2:
        following = lines.words(last + 1)
        wrapped = following[0].islower() or not lines.is_short(last) or lines.goes_on(lines.tail(last))
        if last - first == MOST_LINES - 1 or not wrapped or ENUMERATOR.match(following):
            return None
        last += 1
    end = lines.ends[last]
    if last in (first, len(lines.starts) - 1) or lines.gaps[last + 1] < 2 or lines.text[end - 1] in ".:;,—–":
        return None
    above = lines.starts[last + 1] >= limit or FIRST_PARAGRAPH.match(lines.text, end) is not None
    return last if above and lines.structure.verbs.search(lines.folded, start, end) is None else None
