"""Chapters whose heading was not read but whose articles show them: 15.1 after 14.6 opens chapter 15."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.segment.candidates import HeadingCandidate
from analyzer.segment.headings import HeadingFinder
from analyzer.segment.lines import Lines
from analyzer.segment.numbering import ROMAN_CAPITALS, printed_keys
from analyzer.segment.titles import is_title
from analyzer.text.capitals import LIKELY_TITLE_SHARE, capital_share

_LONGEST_NAME = 120
"""Characters of the line that is the heading of such a chapter."""
_LINES_OF_TITLE = 12
"""Lines of the title of a page."""
_NUMBERED_TITLE = re.compile(rf"({ROMAN_CAPITALS}|\d{{1,2}}|[A-Z])[ \t\xa0]*[.:)–—-]{{1,2}}[ \t\xa0]*(?=[^\W\d_])")
_FEWEST_CHAPTERS = 2
"""Numbered titles in a row from which they are chapters."""
_NUMBER_FIRST = re.compile(
    r"(?:[^\W\d_]{2,10}[ .]{0,2})??(\d{1,3})(?:[ \t\xa0]*[.:–—-][ \t\xa0]*|[ \t\xa0]+|(?=[^\W\d_]))"
)
"""A number, maybe behind a word that was misread, before the name: ``15 LABOUR``, ``CHAPER15 LABOUR``."""


def implied_chapters(lines: Lines, chosen: Sequence[HeadingCandidate]) -> Iterator[HeadingCandidate]:
    """Yield the chapters that only the numbers of their articles show.

    Such is article n.1 where nothing higher stands between it and article m.k of another chapter, or before the first.
    A chapter is yielded if the line above is printed as its name, or if the chapters of the text carry the first part
    of the numbers of their articles and the one before is m = n - 1.

    Args:
        lines: The lines of the text.
        chosen: The headings, in reading order.
    """
    numbered = {key for heading in chosen if heading.word == "chapter" for key in heading.keys if len(key) == 1}
    chapter: int | None = None
    before: HeadingCandidate | None = None
    for heading in chosen:
        if heading.word == "article":
            first = _first_part(heading)
            if first is not None and first != chapter and (before is None or before.word in ("article", "annex")):
                counts_on = chapter is not None and first == chapter + 1 and (chapter,) in numbered
                implied = _chapter(lines, heading, first, before, named=not counts_on)
                if implied is not None:
                    yield implied
                    chapter = first
                    numbered.add((first,))
            elif first is not None:
                chapter = first
        elif heading.word == "chapter" and heading.keys:
            chapter = heading.keys[0][0]
        before = heading


def chapters_without_word(
    finder: HeadingFinder, low: int, chosen: Sequence[HeadingCandidate]
) -> list[HeadingCandidate]:
    """Return the chapters that a title of the page, numbered titles or titles in capitals are; the first kind found.

    Titles count in a text that has no other headings above its articles.

    Args:
        finder: The finder of headings.
        low: First line.
        chosen: The headings, in reading order.
    """
    if named := _chapter_in_title(finder, low, chosen):
        return named
    if any(heading.word not in ("article", "annex") and heading.kind != "annex" for heading in chosen):
        return []
    return _numbered_chapters(finder.lines, chosen) or _titled_chapters(finder.lines, chosen)


def _numbered_chapters(lines: Lines, chosen: Sequence[HeadingCandidate]) -> list[HeadingCandidate]:
    """Return the numbered titles right above articles, in a row from the first: ``I — DEFINITIONS``, ``II — SCOPE``."""
    chapters: list[HeadingCandidate] = []
    for heading in chosen:
        line = heading.line - 1
        number = _NUMBERED_TITLE.match(lines.text, lines.starts[line], lines.ends[line]) if line >= 0 else None
        if heading.word != "article" or number is None:
            continue
        keys = printed_keys(number[1], lines.structure)
        next_number = len(chapters) + 1
        if (next_number,) in keys and is_title(lines, number.end(), lines.ends[line]):
            start = lines.starts[line]
            chapter = HeadingCandidate(
                "chapter", "chapter", line, start, number[1], number.end(), number.end(1), bare=False
            )
            chapter.keys = ((next_number,),)
            chapters.append(chapter)
    return chapters if len(chapters) >= _FEWEST_CHAPTERS else []


def _titled_chapters(lines: Lines, chosen: Sequence[HeadingCandidate]) -> list[HeadingCandidate]:
    """Return the lines in capitals, set apart, right above articles: ``TRADE IN GOODS``, ``LABOUR``.

    What stands above the first article may belong to the title or the preamble; it counts where later articles have
    such lines.
    """
    chapters: list[HeadingCandidate] = []
    inside, before = 0, None
    for heading in chosen:
        line = heading.line - 1
        # The line below a bare "Article 4" is its name.
        above = -1 if before is None else before.line + before.bare
        whole = heading.word == "article" and heading.start == lines.starts[heading.line]
        if whole and line > above and _is_set_apart(lines, line):
            start = lines.starts[line]
            chapters.append(HeadingCandidate("chapter", "chapter", line, start, "", start, start, bare=False))
            inside += before is not None
        before = heading
    return chapters if inside and len(chapters) >= _FEWEST_CHAPTERS else []


def _is_set_apart(lines: Lines, line: int) -> bool:
    """Return whether a line is a heading by its style, or a title in capitals between blank lines."""
    start, end = lines.starts[line], lines.ends[line]
    if end - start > _LONGEST_NAME or lines.text[end - 1] in ".;:," or lines.is_furniture(line):
        return False
    if start in lines.marks.styled:
        return True
    apart = line > 0 and lines.gaps[line] > 1 and lines.gaps[line + 1] > 1
    return apart and lines.text[start:end].isupper() and is_title(lines, start, end)


def _chapter_in_title(finder: HeadingFinder, low: int, chosen: Sequence[HeadingCandidate]) -> list[HeadingCandidate]:
    """Return the chapter that the title of a page names: ``Text of the Agreement – Chapter 18: Labour``; if one does.

    Args:
        finder: The finder of headings.
        low: First line.
        chosen: The headings; there is no chapter among them.
    """
    lines = finder.lines
    article = next((heading for heading in chosen if heading.word == "article"), None)
    if article is None or any(heading.word == "chapter" for heading in chosen):
        return []
    for line in range(low, min(article.line, low + _LINES_OF_TITLE)):
        for mention in lines.structure.mention.finditer(lines.folded, lines.starts[line], lines.ends[line]):
            candidate = finder.read(line, mention.start())
            named = candidate is not None and candidate.word == "chapter" and not candidate.bare
            behind_dash = lines.text[lines.starts[line] : mention.start()].rstrip()[-1:] in "–—-:|,"
            if candidate is None or not named or not behind_dash:
                continue
            if any(len(key) == 1 or (key[0],) in candidate.keys for key in article.keys):
                return [candidate]
    return []


def _first_part(article: HeadingCandidate) -> int | None:
    """Return n of an article n.1; None for any other."""
    for key in article.keys:
        if len(key) == 2 and key[1] == 1:
            return key[0]
    return None


def _chapter(
    lines: Lines, article: HeadingCandidate, number: int, before: HeadingCandidate | None, *, named: bool
) -> HeadingCandidate | None:
    """Return the chapter that an article opens; ``named``: only if a line printed as its name stands above."""
    line, start, end = _line_above(lines, article, before)
    words = lines.text[start:end]
    match = _NUMBER_FIRST.match(words)
    rest = start + match.end() if match and int(match[1]) == number else start
    title = 2 < end - rest <= _LONGEST_NAME and words[-1] not in ".;:," and lines.text[rest].isupper()
    title = title and capital_share(lines.text[rest:end]) >= LIKELY_TITLE_SHARE
    title = title and lines.structure.verbs.search(lines.folded, rest, end) is None
    if not title and named:
        return None
    if not title:
        line, start, rest = article.line, article.start, article.start
    candidate = HeadingCandidate("chapter", "chapter", line, start, str(number), rest, start, bare=not title)
    candidate.keys = ((number,),)
    return candidate


def _line_above(lines: Lines, article: HeadingCandidate, before: HeadingCandidate | None) -> tuple[int, int, int]:
    """Return the line above an article that no heading stands on, with its offsets; empty if there is none.

    In a text with one line a page it is what stands before the article in the same line.
    """
    start = lines.starts[article.line]
    if start < article.start:
        inside = before is not None and before.line == article.line
        return article.line, start, start if inside else lines.without_space(start, article.start)
    line = article.line - 1
    if line <= (before.line if before else 0) or lines.is_furniture(line):
        return article.line, article.start, article.start
    return line, lines.starts[line], lines.ends[line]
