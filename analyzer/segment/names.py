"""Names of headings: on the same line, on the lines below, or where a text has no lines, in capitals."""

from __future__ import annotations

import re

from analyzer.segment.candidates import Mark
from analyzer.segment.headings import FLOWED
from analyzer.segment.lines import Lines

_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)º]|[-–—•·▪]\s")
_FIRST = re.compile(r"\s*\(?1[.)]\s")
_STOP = re.compile(r"[.;:]\s")
_CAPITAL = re.compile(r"\s+(?=[A-ZÀ-Þ])")
_CAPITALS = re.compile(r"(?:[A-ZÀ-ÖØ-Þ&][A-ZÀ-ÖØ-Þ'’&,;()/-]*[ \t\xa0\n]+)+(?=\W*[\w(])")
_UNTIL_LIST = re.compile(r"[A-ZÀ-Þ][^.;:]{3,90}?(?=\s+(?:1\.|\(a\)|\(1\))\s)")
_FIRST_INSIDE = re.compile(r" (?:1[.)]|\((?:1|a)\)|1(?= [A-ZÀ-Þ]))\s")
_UNTIL_FIRST = re.compile(r"[A-ZÀ-Þ][^.;:\d]{3,120}?(?= (?:1\.|\((?:1|a)\))\s+[A-ZÀ-Þ])")
_NEXT_SENTENCE = re.compile(r"\s+(?:A|EACH|ANY|L[AE]S?|EL|LOS)$|[\s(]+$")
_RUN_IN = re.compile(
    r"([A-ZÀ-Þ][^.;:\d]{3,80}(?:\.[ \t]*[-–—]*|[ \t]*[-–—]+))[ \t]+[A-ZÀ-Þ][^.]*[a-zß-ÿ][^.]{12,}[.;:,]?"
)
"""A name and, on the same line, the text that it heads: ``Objeto. El presente Acuerdo establece …``."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_TITLE, _MOSTLY = 0.9, 0.6
"""Shares of words with a capital from which a line is certainly, and probably, printed as a title."""
_LONGEST = 300
_MOST_LINES = 3
_LONGEST_SENTENCE_CASE = 90
_MOST_WORDS = 14
_MOST_WORDS_BEFORE_STOP = 9
_SUBHEADED = 120
"""Lines of an article in which subheadings are looked for."""
_LONG_TITLE = 55
"""Characters of a title from which it may have been set in two lines."""


def name_span(lines: Lines, mark: Mark, limit: int) -> tuple[int, int]:
    """Return the offsets of the name of a heading; an empty span behind its number if it has none.

    Args:
        lines: The lines of the text.
        mark: The heading.
        limit: Offset of the next heading.
    """
    if not mark.bare:
        run_in = _RUN_IN.match(lines.text, mark.rest, lines.ends[mark.line])
        if run_in and capital_share(run_in[1]) >= _MOSTLY:
            return run_in.span(1)
        if lines.ends[mark.line] - mark.rest > FLOWED // 4:
            return _flowed_name(lines, mark, limit)
        if run_on := _before_first(lines, mark.rest, limit):
            return mark.rest, run_on
        last = _last_line(lines, mark.line, mark.rest, limit, same=True)
        above = mark.word != "article" and mark.evidence > 0
        if last is None and (above or lines.text[mark.end : mark.rest].strip() == ":"):
            last = _until_stop(lines, mark.line, mark.rest, limit)
        return (mark.rest, lines.ends[last]) if last is not None else (mark.rest, mark.rest)
    line = mark.line + 1
    if mark.kind == "annex":
        line = _below_title_of_agreement(lines, line)
    if line < len(lines.starts) and lines.starts[line] < limit and not lines.is_furniture(line):
        last = _last_line(lines, line, lines.starts[line], limit, same=False)
        if last is not None:
            return lines.starts[line], lines.ends[last]
    return mark.end, mark.end


def _below_title_of_agreement(lines: Lines, line: int) -> int:
    """Return the line below ``to the Treaty on Free Trade`` under the word of an annex; ``line`` if that is not so."""
    if line >= len(lines.starts) or not lines.text[lines.starts[line]].islower():
        return line
    if lines.structure.subject.match(lines.folded, lines.starts[line]) is None:
        return line
    below = line + 1
    while below < len(lines.starts) and lines.gaps[below] < 2 and below - line < _MOST_LINES:
        below += 1
    return below


def _flowed_name(lines: Lines, mark: Mark, limit: int) -> tuple[int, int]:
    """Return the name of a heading inside a long line: its capitals, or what stands before the first paragraph."""
    end = min(limit, mark.rest + _LONGEST)
    found = _CAPITALS.match(lines.text, mark.rest, end) or _UNTIL_LIST.match(lines.text, mark.rest, end)
    if sentence := _before_sentence(lines, mark.rest, found.end() if found else end):
        return mark.rest, sentence
    if found is None:
        return mark.rest, mark.rest
    name = found[0].rstrip()
    name = _NEXT_SENTENCE.sub("", name) if name.isupper() else name
    return (mark.rest, mark.rest + len(name)) if len(name) > 3 else (mark.rest, mark.rest)


def _before_first(lines: Lines, start: int, limit: int) -> int | None:
    """Return where a name ends that the first paragraph follows in the same line: ``COOPERATION 1. The Parties …``."""
    text, structure = lines.text, lines.structure
    end = min(limit, start + _LONGEST)
    if name := _CAPITALS.match(text, start, end):
        stop = start + len(_NEXT_SENTENCE.sub("", name[0].rstrip()))
        several = len(text[start:stop].split()) > 1
        sentence = structure.running.match(lines.folded, stop + 1) and text[stop + 2 : stop + 3].islower()
        if several and text[stop] == " " and (sentence or _FIRST_INSIDE.match(text, stop)):
            return stop
    title = _UNTIL_FIRST.match(text, start, end)
    if title and capital_share(title[0]) >= _MOSTLY and not structure.verbs.search(lines.folded, start, title.end()):
        return title.end()
    return None


def _before_sentence(lines: Lines, start: int, limit: int) -> int | None:
    """Return where a name ends before the first word of a sentence: ``Objectives The aim of this Agreement …``."""
    structure, text = lines.structure, lines.text
    if not text[start].isupper() or structure.running.match(lines.folded, start):
        return None
    stop = _STOP.search(text, start, limit)
    for word in _CAPITAL.finditer(text, start, min(limit, stop.start() if stop else limit)):
        name = lines.folded[start : word.start()]
        opens = structure.running.match(lines.folded, word.end()) and not text[word.end() : word.end() + 2].isupper()
        if opens and len(name.split()) <= _MOST_WORDS and not structure.verbs.search(name):
            return word.start()
    return None


def _last_line(lines: Lines, line: int, start: int, limit: int, *, same: bool) -> int | None:
    """Return the last line of the name that begins at ``start``, or None if running text begins there."""
    structure, text = lines.structure, lines.text
    end = lines.ends[line]
    name = text[start:end]
    if name[0].islower() or len(name) > _LONGEST or name[-1] == ";":
        return None
    if name[-1] == "," and not _lists_on(lines, line, limit):
        return None
    if name.isupper():
        return _last_capital_line(lines, line, limit)
    capitals = capital_share(name)
    opens_sentence = structure.running.match(lines.folded, start) is not None
    if _ENUMERATOR.match(name):
        return None
    if _is_above_first(lines, line, start, limit):
        return line
    if not same and (name[-1] == ":" or (capitals < _MOSTLY and opens_sentence)):
        return None
    if capitals < _TITLE:
        too_long = len(name.split()) > _MOST_WORDS_BEFORE_STOP
        if structure.verbs.search(lines.folded, start, end):
            return None
        if name[-1] in ".:" and (too_long or not (same or capitals >= _MOSTLY)):
            return None
    following = line + 1
    if following >= len(lines.starts) or lines.starts[following] >= limit:
        return line
    beneath = text[lines.starts[following] : lines.ends[following]]
    if name[-1] == ",":
        return following
    if _MOSTLY <= capitals < _TITLE and _is_second_line(lines, following):
        return following
    complete = capitals >= _TITLE and not opens_sentence and not _waits(lines, line)
    if complete and beneath[0].isupper() and capital_share(beneath) < _TITLE:
        return line
    if complete and name[-1].isalpha() and _runs_on(lines, line, end - start, limit):
        return following
    if _fills_page(lines, line) or (beneath[0].islower() and not (same and lines.gaps[following] > 1)):
        return _last_wrapped_line(lines, line, start, limit, same=same)
    if capitals >= _MOSTLY or same or (len(name) <= _LONGEST_SENTENCE_CASE and name[-1] not in ".:"):
        return line
    return None


def _is_above_first(lines: Lines, line: int, start: int, limit: int) -> bool:
    """Whether a line without a mark at its end stands alone above the first of numbered paragraphs."""
    following = line + 1
    if following >= len(lines.starts) or lines.starts[following] >= limit or lines.gaps[following] < 2:
        return False
    end = lines.ends[line]
    return (
        lines.text[end - 1] not in ".:;,—–"
        and _FIRST.match(lines.text, end) is not None
        and lines.structure.verbs.search(lines.folded, start, end) is None
    )


def _until_stop(lines: Lines, line: int, start: int, limit: int) -> int | None:
    """Return the line on which a sentence without a verb, or one above the first paragraph, ends with a stop."""
    structure = lines.structure
    if not lines.text[start].isupper() or structure.running.match(lines.folded, start):
        return None
    for last in range(line, min(line + _MOST_LINES, len(lines.starts))):
        if lines.starts[last] >= limit or (last > line and lines.gaps[last] > 1):
            return None
        if lines.text[lines.ends[last] - 1] == ".":
            end = lines.ends[last]
            after = lines.text[end : end + 20].strip()[:1]
            sentences = ". " in lines.text[start:end]
            running = not _FIRST.match(lines.text, end) and structure.verbs.search(lines.folded, start, end)
            if after.islower() or sentences or running:
                return None
            return last if end < limit and end - start <= _LONGEST else None
    return None


def _lists_on(lines: Lines, line: int, limit: int) -> bool:
    """Whether a name that ends on a comma goes on, as a title too, in the next line."""
    if line + 1 >= len(lines.starts) or lines.starts[line + 1] >= limit or lines.gaps[line + 1] > 1:
        return False
    one, two = (lines.text[lines.starts[place] : lines.ends[place]] for place in (line, line + 1))
    return two[-1] not in ".:;," and min(capital_share(one), capital_share(two)) >= _MOSTLY and not two[0].islower()


def _runs_on(lines: Lines, line: int, length: int, limit: int) -> bool:
    """Whether a long title is broken in two by its setting: the next line is one too, and text follows below it."""
    two = line + 1
    if length < _LONG_TITLE or lines.gaps[two] > 1 or two + 1 >= len(lines.starts) or lines.starts[two + 1] >= limit:
        return False
    more, text = (lines.text[lines.starts[place] : lines.ends[place]] for place in (two, two + 1))
    if more.isupper() or more[0].islower() or more[-1] in ".;:,)" or _ENUMERATOR.match(more) or len(more) > length:
        return False
    is_text = _ENUMERATOR.match(text) is not None or capital_share(text) < _TITLE
    is_title = len(_WORD.findall(more)) > 1 and capital_share(more) >= _TITLE
    return is_text and is_title and not _has_subheadings(lines, two + 2, limit)


def _has_subheadings(lines: Lines, line: int, limit: int) -> bool:
    """Whether titles stand between the paragraphs, so that the one above the first of them is such a subheading."""
    for place in range(line, min(line + _SUBHEADED, len(lines.starts) - 1)):
        if lines.starts[place] >= limit:
            return False
        words = lines.text[lines.starts[place] : lines.ends[place]]
        short = 2 < len(words) < 2 * _LONG_TITLE and words[-1].isalpha() and words[0].isupper()
        if short and lines.ends_sentence(place - 1) and not _ENUMERATOR.match(words) and capital_share(words) >= _TITLE:
            return True
    return False


def _waits(lines: Lines, line: int) -> bool:
    """Whether a title ends on a word that waits for another (``… Trade in``); ``… Other Chapters`` does not."""
    last = lines.text[lines.starts[line] : lines.ends[line]].rsplit(maxsplit=1)[-1]
    return not (last[0].isupper() or last[0].isdigit()) and lines.goes_on(lines.tail(line))


def _fills_page(lines: Lines, line: int) -> bool:
    """Whether a line fills the page and the next one follows at once, or its last word needs another."""
    wants_more = lines.goes_on(lines.tail(line))
    return wants_more or (lines.gaps[line + 1] < 2 and not lines.is_short(line))


def _is_second_line(lines: Lines, line: int) -> bool:
    """Whether a line is printed as a title and set apart from the text below it, but not from the line above it.

    Under a name with a capital at every word, such a line may be the first of the headings inside an article.
    """
    text = lines.text[lines.starts[line] : lines.ends[line]]
    apart = line + 1 < len(lines.starts) and lines.gaps[line + 1] > 1
    if lines.gaps[line] > 1 or not apart or not text[0].isupper() or text[-1] in ".:;,":
        return False
    few = 1 < len(text.split()) <= _MOST_WORDS_BEFORE_STOP and _WORD.search(text) is not None
    verbs = lines.structure.verbs.search(lines.folded, lines.starts[line], lines.ends[line])
    return few and verbs is None and capital_share(text) >= _TITLE and not _ENUMERATOR.match(text)


def _last_capital_line(lines: Lines, line: int, limit: int) -> int:
    """Return the last of the lines in capitals that make up a name."""
    text = lines.text
    while line + 1 < len(lines.starts) and lines.starts[line + 1] < limit:
        following = text[lines.starts[line + 1] : lines.ends[line + 1]]
        joined = lines.gaps[line + 1] < 2 or lines.goes_on(lines.tail(line))
        if not joined or not following.isupper() or _ENUMERATOR.match(following):
            break
        line += 1
    return line


def _last_wrapped_line(lines: Lines, line: int, start: int, limit: int, *, same: bool) -> int | None:
    """Return the last line of a name of up to three lines; None if what follows shows that it is running text."""
    structure, text = lines.structure, lines.text
    name = text[start : lines.ends[line]]
    beneath = text[lines.starts[line + 1]]
    titled = same and beneath.isupper() and capital_share(name) >= _MOSTLY and not _waits(lines, line)
    alone = line if name.istitle() or titled else None
    last = line
    while last + 1 < len(lines.starts) and lines.starts[last + 1] < limit:
        following = text[lines.starts[last + 1] : lines.ends[last + 1]]
        if not following[0].islower() and not _fills_page(lines, last):
            break
        if following[0].isupper() and not _waits(lines, last):
            subheading = capital_share(following) >= _TITLE and _has_subheadings(lines, last + 2, limit)
            if subheading or structure.running.match(lines.folded, lines.starts[last + 1]):
                break
        if _ENUMERATOR.match(following) or (name.istitle() and not following.istitle()):
            break
        if last - line == 2:
            return alone
        last += 1
    whole = lines.folded[start : lines.ends[last]]
    if titled and whole[-1] == "." and capital_share(text[lines.starts[last] : lines.ends[last]]) >= _TITLE:
        return last
    if structure.verbs.search(whole) or len(whole) > _LONGEST or whole[-1] in ".;:,":
        return alone
    return last


def capital_share(name: str) -> float:
    """Return the share of the words of four letters and more that begin with a capital; 1 if there are none."""
    words = _WORD.findall(name)
    return sum(word[0].isupper() for word in words) / len(words) if words else 1.0
