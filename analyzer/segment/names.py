"""Names of headings: on the same line, on the lines below, or where a text has no lines, in capitals."""

from __future__ import annotations

import re
from bisect import bisect_left

from analyzer.segment.candidates import HeadingCandidate
from analyzer.segment.lines import Lines
from analyzer.segment.name_rules import LONGEST_NAME, FirstLine, last_line
from analyzer.segment.titles import FIRST_PARAGRAPH, MOST_LINES
from analyzer.text.capitals import LIKELY_TITLE_SHARE, capital_share

_STOP = re.compile(r"[.;:]\s")
_CAPITAL = re.compile(r"\s+(?=[A-ZÀ-Þ])")
_CAPITALS = re.compile(r"(?:[A-ZÀ-ÖØ-Þ&][A-ZÀ-ÖØ-Þ'’&,;()/-]*[ \t\xa0\n]+)+(?=\W*[\w(])")
_NAME_BEFORE_LIST = re.compile(r"[A-ZÀ-Þ][^.;:]{3,90}?(?=\s+(?:1\.|\(a\)|\(1\))\s)")
"""Inside a long line, a name up to a list, which may begin with a small letter and on the next line."""
_FIRST_INSIDE = re.compile(r" (?:1[.)]|\((?:1|a)\)|1(?= [A-ZÀ-Þ]))\s")
_NAME_BEFORE_PARAGRAPH = re.compile(r"[A-ZÀ-Þ][^.;:\d]{3,120}?\.?(?= (?:1\.|\((?:1|a)\))\s+[A-ZÀ-Þ])")
"""A name up to the first paragraph on the same line: it opens with a capital, and the name holds no figure."""
_NEXT_SENTENCE = re.compile(r"\s+(?:A|EACH|ANY|L[AE]S?|EL|LOS)$|[\s(]+$")
_RUN_IN = re.compile(
    r"([A-ZÀ-Þ][^.;:\d]{3,80}(?:\.[ \t]*[-–—]*|[ \t]*[-–—]+))[ \t]+[A-ZÀ-Þ][^.]*[a-zß-ÿ][^.]{12,}[.;:,]?"
)
"""A name and, on the same line, the text that it heads: ``Objeto. El presente Acuerdo establece …``."""
_LONG_LINE = 375
"""Characters behind a number from which the line holds the text of the article and not only its name."""
_MOST_WORDS_OF_PHRASE = 7
"""Words of a name in small letters before a stop."""
_MOST_WORDS = 14
"""Words of a name that a sentence follows in the same line."""
LONGEST_TITLE = 120
"""Characters of a name that is all that stands between two headings of a line."""
_SHORTEST = 3
"""Characters of a name inside a long line; as many or fewer are not a name."""


def name_span(lines: Lines, heading: HeadingCandidate, limit: int) -> tuple[int, int]:
    """Return the offsets of the name of a heading; an empty span behind its number if it has none.

    Args:
        lines: The lines of the text.
        heading: The heading.
        limit: Offset of the next heading.
    """
    former = lines.structure.former.match(lines.folded, heading.end, limit)
    if former is not None:
        return _name_behind_former(lines, former.end(), limit)
    if not heading.bare:
        return _name_beside(lines, heading, limit)
    line = heading.line + 1
    if heading.kind == "annex":
        line = _below_title_of_agreement(lines, line)
    if line < len(lines.starts) and lines.starts[line] < limit and not lines.is_furniture(line):
        last = last_line(FirstLine(lines, line, lines.starts[line], limit, beside=False))
        if last is not None:
            return lines.starts[line], lines.ends[last]
    return heading.end, heading.end


def _name_behind_former(lines: Lines, after: int, limit: int) -> tuple[int, int]:
    """Return the name below the number that an article had before; an empty span behind that number without one."""
    line = lines.range(after, limit)[0]
    if line < len(lines.starts) and after <= lines.starts[line] < limit:
        last = last_line(FirstLine(lines, line, lines.starts[line], limit, beside=False))
        if last is not None:
            return lines.starts[line], lines.ends[last]
    return after, after


def _name_beside(lines: Lines, heading: HeadingCandidate, limit: int) -> tuple[int, int]:
    """Return the name that begins on the line of the number."""
    start = heading.rest
    run_in = _RUN_IN.match(lines.text, start, lines.ends[heading.line])
    if run_in and (capital_share(run_in[1]) >= LIKELY_TITLE_SHARE or _is_phrase(lines, *run_in.span(1))):
        return run_in.span(1)
    flowed = heading.start > lines.starts[heading.line] or limit < lines.ends[heading.line]
    whole = lines.without_space(start, min(limit, lines.ends[heading.line]))
    if flowed and whole - start <= LONGEST_TITLE and _is_name(lines, start, whole):
        return start, whole
    if flowed or lines.ends[heading.line] - start > _LONG_LINE:
        return _name_in_long_line(lines, start, limit)
    if end := _before_first_paragraph(lines, start, limit):
        return start, end
    last = last_line(FirstLine(lines, heading.line, start, limit, beside=True))
    above_article = heading.word != "article" and heading.evidence > 0
    if last is None and (above_article or lines.text[heading.end : start].strip() == ":"):
        last = _until_stop(lines, heading.line, start, limit)
    return (start, lines.ends[last]) if last is not None else (start, start)


def _is_name(lines: Lines, start: int, end: int) -> bool:
    """Return whether all that stands between two headings of a line is the name of the first."""
    words = lines.text[start:end]
    last = lines.ends[bisect_left(lines.ends, end)] == end
    titled = words[:1].isupper() and words[-1] not in ".;:," and (last or capital_share(words) >= LIKELY_TITLE_SHARE)
    return titled and lines.structure.verbs.search(lines.folded, start, end) is None


def _is_phrase(lines: Lines, start: int, end: int) -> bool:
    """Return whether a few words without a verb stand before a stop: ``Punto de contacto.``."""
    structure, words = lines.structure, lines.text[start:end]
    few = words[-1] == "." and len(words.split()) <= _MOST_WORDS_OF_PHRASE
    running = structure.running.match(lines.folded, start) or structure.verbs.search(lines.folded, start, end)
    return few and not running and structure.copulas.search(lines.folded, start, end) is None


def _below_title_of_agreement(lines: Lines, line: int) -> int:
    """Return the line below ``to the Treaty on Free Trade`` under the word of an annex; ``line`` if that is not so."""
    if line >= len(lines.starts) or not lines.text[lines.starts[line]].islower():
        return line
    if lines.structure.subject.match(lines.folded, lines.starts[line]) is None:
        return line
    below = line + 1
    while below < len(lines.starts) and lines.gaps[below] < 2 and below - line < MOST_LINES:
        below += 1
    return below


def _name_in_long_line(lines: Lines, start: int, limit: int) -> tuple[int, int]:
    """Return the name of a heading inside a long line: its capitals, or the words before the first paragraph."""
    end = min(limit, start + LONGEST_NAME)
    match = _CAPITALS.match(lines.text, start, end) or _NAME_BEFORE_LIST.match(lines.text, start, end)
    if sentence := _before_sentence(lines, start, match.end() if match else end):
        return start, sentence
    if match is None:
        return start, start
    name = match[0].rstrip()
    name = _NEXT_SENTENCE.sub("", name) if name.isupper() else name
    return (start, start + len(name)) if len(name) > _SHORTEST else (start, start)


def _before_first_paragraph(lines: Lines, start: int, limit: int) -> int | None:
    """Return where a name ends that the first paragraph follows in the same line: ``COOPERATION 1. The Parties …``."""
    text, structure = lines.text, lines.structure
    end = min(limit, start + LONGEST_NAME)
    if name := _CAPITALS.match(text, start, end):
        stop = start + len(_NEXT_SENTENCE.sub("", name[0].rstrip()))
        several = len(text[start:stop].split()) > 1
        sentence = structure.running.match(lines.folded, stop + 1) and text[stop + 2 : stop + 3].islower()
        if several and text[stop] == " " and (sentence or _FIRST_INSIDE.match(text, stop)):
            return stop
    title = _NAME_BEFORE_PARAGRAPH.match(text, start, end)
    if title is None:
        return None
    if capital_share(title[0]) < LIKELY_TITLE_SHARE and not _is_phrase(lines, start, title.end()):
        return None
    return None if structure.verbs.search(lines.folded, start, title.end()) else title.end()


def _before_sentence(lines: Lines, start: int, limit: int) -> int | None:
    """Return where a name ends before the first word of a sentence: ``Objectives The aim of this Agreement …``."""
    structure, text = lines.structure, lines.text
    if not text[start].isupper() or structure.running.match(lines.folded, start):
        return None
    stop = _STOP.search(text, start, limit)
    for word in _CAPITAL.finditer(text, start, min(limit, stop.start() if stop else limit)):
        name = lines.folded[start : word.start()]
        # "A Party shall" opens a sentence, "A FREE TRADE AREA" does not.
        opens = structure.running.match(lines.folded, word.end()) and not text[word.end() : word.end() + 4].isupper()
        if opens and len(name.split()) <= _MOST_WORDS and not structure.verbs.search(name):
            return word.start()
    return None


def _until_stop(lines: Lines, line: int, start: int, limit: int) -> int | None:
    """Return the line on which a sentence without a verb, or one above the first paragraph, ends with a stop."""
    structure = lines.structure
    if not lines.text[start].isupper() or structure.running.match(lines.folded, start):
        return None
    for last in range(line, min(line + MOST_LINES, len(lines.starts))):
        if lines.starts[last] >= limit or (last > line and lines.gaps[last] > 1):
            return None
        if lines.text[lines.ends[last] - 1] == ".":
            end = lines.ends[last]
            after = lines.text[end : end + 20].strip()[:1]
            sentences = ". " in lines.text[start:end]
            running = not FIRST_PARAGRAPH.match(lines.text, end) and structure.verbs.search(lines.folded, start, end)
            if after.islower() or sentences or running:
                return None
            return last if end < limit and end - start <= LONGEST_NAME else None
    return None
