"""What stands behind the articles of an agreement: letters, signature blocks, further agreements."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from analyzer.segment.candidates import LETTER, Heading, plain_heading
from analyzer.segment.lines import Lines

_LONGEST_LETTER_LINE = 70
"""Characters of the heading or salutation of a letter."""
_LINES_OF_LETTER = 30
"""Lines between the heading of a letter and its salutation, and lines of the shortest letter."""
_LINES_OF_SIGNATURE = 40
"""Lines of a signature block, in which its first words may be repeated."""


def letters(lines: Lines, outside: Sequence[int], low: int, known: Container[int]) -> Iterator[Heading]:
    """Yield the side letters: by their heading, or by a salutation that has none above it.

    Args:
        lines: The lines of the text.
        outside: The lines that are no table of contents.
        low: First line.
        known: Offsets of the letters that the outline has already.
    """
    structure = lines.structure
    headed = low - 2 * _LINES_OF_LETTER
    for line in outside:
        start, end = lines.starts[line], lines.ends[line]
        if end - start > _LONGEST_LETTER_LINE or not lines.text[start].isupper():
            continue
        if start in known:
            headed = line
        elif structure.letter.match(lines.folded, start, end) and lines.gaps[line] >= 1:
            if line > low and lines.goes_on(lines.tail(line - 1)):
                continue
            letter = plain_heading(lines, LETTER, line, end)
            letter.name = " ".join(lines.words(line).split())
            yield letter
            headed = line
        elif structure.salutation.match(lines.folded, start, end) and lines.text[end - 1] in ",:":
            if line - headed > _LINES_OF_LETTER:
                yield plain_heading(lines, LETTER, line)
            headed = line - _LINES_OF_LETTER


def end_of_recitals(lines: Lines, outside: Sequence[int], headings: Sequence[Heading]) -> int:
    """Return the last line before the first heading that opens a recital; -1 if there is none.

    "Done at" above it stands on a title page and opens no signature block.
    """
    first = min((heading.start for heading in headings if heading.kind != "text"), default=0)
    before = [line for line in outside if lines.starts[line] < first]
    recital = lines.structure.recital
    opening = (line for line in reversed(before) if recital.match(lines.folded, lines.starts[line], lines.ends[line]))
    return next((line for line in opening if lines.text[lines.ends[line] - 1] in ",;:"), -1)


def signatures(lines: Lines, outside: Sequence[int], low: int, recitals: int) -> Iterator[Heading]:
    """Yield the signature blocks below the line ``recitals``, each by the first of the lines that open one."""
    last: int | None = None
    for line in outside:
        start, end = lines.starts[line], lines.ends[line]
        if (
            line <= recitals
            or not lines.text[start].isupper()
            or lines.structure.signature.match(lines.folded, start, end) is None
        ):
            continue
        apart = line == low or lines.gaps[line] >= 2 or lines.ends_sentence(line - 1) or lines.is_short(line - 1)
        if apart and not (line > low and lines.goes_on(lines.tail(line - 1))):
            if last is None or line - last > _LINES_OF_SIGNATURE:
                yield plain_heading(lines, "signature", line)
            last = line


def further_instruments(lines: Lines, headings: Sequence[Heading]) -> Iterator[Heading]:
    """Yield the titles, in capitals, of further agreements behind the signatures of one, where articles start again."""
    articles = False
    for signed, following in pairwise(headings):
        articles = articles or signed.kind == "article"
        if signed.word != "signature" or following.kind != "article" or not articles:
            continue
        for line in range(*lines.range(signed.start, following.start)):
            start, end = lines.starts[line], lines.ends[line]
            if lines.text[start:end].isupper() and lines.structure.titles.search(lines.folded, start, end):
                last = line
                while lines.starts[last + 1] < following.start and lines.words(last + 1).isupper():
                    last += 1
                name = " ".join(lines.text[start : lines.ends[last]].split())
                yield Heading("annex", "instrument", "", name, start, lines.ends[last])
                break
