"""Rules by which a line is the name of a heading, part of one, or running text.

``RULES`` is a table of questions about the first line of what may be a name. They are asked in order; the first one
that is answered with yes decides on which line the name ends, or that there is no name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from analyzer.segment.lines import Lines
from analyzer.segment.titles import (
    ENUMERATOR,
    FIRST_PARAGRAPH,
    LONG_TITLE,
    MOST_LINES,
    MOST_WORDS_OF_LINE,
    count_long_words,
    end_of_block,
    has_subheadings,
    is_second_line,
    lists_on,
    waits_for_word,
)
from analyzer.text.capitals import LIKELY_TITLE_SHARE, TITLE_SHARE, capital_share

LONGEST_NAME = 300
"""Characters of the longest name."""
_MOST_WORDS_OF_PHRASE = 7
"""Words of a name in ordinary print that opens like a sentence, above a blank line; half of them without one."""
_LONGEST_SENTENCE_CASE = 90
"""Characters of a name that stands below its number and has few capitals."""


@dataclass(slots=True)
class FirstLine:
    """The first line of what may be the name of a heading.

    Attributes:
        lines: The lines of the text.
        line: Index of the line.
        start: Offset of the first character of the possible name.
        limit: Offset of the next heading.
        beside: Whether it stands on the line of the heading's number, not below it.
        end: Offset after the line.
        name: Its words as printed.
        capitals: Share of its words that begin with a capital.
        opens_sentence: Whether its first words are those of running text.
    """

    lines: Lines
    line: int
    start: int
    limit: int
    beside: bool
    end: int = field(init=False)
    name: str = field(init=False)
    capitals: float = field(init=False)
    opens_sentence: bool = field(init=False)

    def __post_init__(self) -> None:
        self.end = self.lines.ends[self.line]
        self.name = self.lines.text[self.start : self.end]
        self.capitals = capital_share(self.name)
        self.opens_sentence = self.lines.structure.running.match(self.lines.folded, self.start) is not None

    @property
    def below(self) -> str:
        """Return the next line; ask only where there is one (``is_last``)."""
        return self.lines.words(self.line + 1)

    @property
    def complete(self) -> bool:
        """Return whether the line is printed as a title and waits for no other word."""
        return self.capitals >= TITLE_SHARE and not self.opens_sentence and not waits_for_word(self.lines, self.line)

    def has_verb(self) -> bool:
        """Return whether a verb of running text stands in the line."""
        return self.lines.structure.verbs.search(self.lines.folded, self.start, self.end) is not None


# Questions


def begins_small(first: FirstLine) -> bool:
    """Return whether it begins with a small letter: ``of the Parties to this Agreement``."""
    return first.name[0].islower()


def is_too_long(first: FirstLine) -> bool:
    """Return whether it is longer than any name: a whole paragraph."""
    return len(first.name) > LONGEST_NAME


def ends_on_semicolon(first: FirstLine) -> bool:
    """Return whether it ends on a semicolon, as an item of a list: ``Freedom of Association;``."""
    return first.name[-1] == ";"


def breaks_off_on_comma(first: FirstLine) -> bool:
    """Return whether a comma ends it and no title follows: ``In this Agreement,`` above ``the Parties …``."""
    return first.name[-1] == "," and not lists_on(first.lines, first.line, first.limit)


def is_in_capitals(first: FirstLine) -> bool:
    """Return whether it is printed in capitals: ``LABOUR STANDARDS``."""
    return first.name.isupper()


def is_enumerated(first: FirstLine) -> bool:
    """Return whether it begins with an enumerator: ``1. The Parties …``."""
    return ENUMERATOR.match(first.name) is not None


def stands_above_first_paragraph(first: FirstLine) -> bool:
    """Return whether it stands alone above a first paragraph: ``For whom the council works`` / ``1. The Parties …``."""
    lines, following = first.lines, first.line + 1
    if following >= len(lines.starts) or lines.starts[following] >= first.limit or lines.gaps[following] < 2:
        return False
    unmarked = lines.text[first.end - 1] not in ".:;,—–"
    return unmarked and FIRST_PARAGRAPH.match(lines.text, first.end) is not None and not first.has_verb()


def is_block_above_first_paragraph(first: FirstLine) -> bool:
    """Return whether it opens a name in several lines above a first paragraph: ``Settlement of`` / ``Claims``."""
    block = last_of_block(first)
    return first.beside and not first.opens_sentence and block is not None


def is_phrase_above_sentence(first: FirstLine) -> bool:
    """Return whether a few words alone stand above a new sentence: ``No derogación`` / ``Una Parte …``."""
    lines, following = first.lines, first.line + 1
    if first.beside or following >= len(lines.starts) or lines.starts[following] >= first.limit:
        return False
    if first.capitals >= LIKELY_TITLE_SHARE or not first.opens_sentence:
        return False
    most = _MOST_WORDS_OF_PHRASE if lines.gaps[following] > 1 else _MOST_WORDS_OF_PHRASE // 2
    few = len(first.name.split()) <= most and first.name[-1] not in ".:;,—–"
    ended = lines.is_short(first.line) and not lines.goes_on(lines.tail(first.line)) and not first.has_verb()
    return few and ended and (first.below[0].isupper() or ENUMERATOR.match(first.below) is not None)


def runs_on_below(first: FirstLine) -> bool:
    """Return whether its sentence goes on in the next block: ``Art. 1 - To enter, the workers`` / ``shall sign …``."""
    lines, following = first.lines, first.line + 1
    if not first.beside or following >= len(lines.starts) or lines.starts[following] >= first.limit:
        return False
    apart = lines.gaps[following] > 1 and first.name[-1] not in ".:;"
    return apart and first.below[0].islower() and first.capitals < LIKELY_TITLE_SHARE


def opens_text(first: FirstLine) -> bool:
    """Return whether it opens the text below a number: ``The parties to a dispute …``, ``Members include:``."""
    return not first.beside and (
        first.name[-1] == ":" or (first.capitals < LIKELY_TITLE_SHARE and first.opens_sentence)
    )


def has_verb(first: FirstLine) -> bool:
    """Return whether it is not a title and has a verb of running text: ``Workers shall be free``."""
    return first.capitals < TITLE_SHARE and first.has_verb()


def stops_like_sentence(first: FirstLine) -> bool:
    """Return whether a stop or colon ends it as it ends a sentence: ``Exchange of information on workers.``."""
    if first.capitals >= TITLE_SHARE or first.name[-1] not in ".:":
        return False
    long = len(first.name.split()) > MOST_WORDS_OF_LINE
    return long or not (first.beside or first.capitals >= LIKELY_TITLE_SHARE)


def is_last(first: FirstLine) -> bool:
    """Return whether the next heading follows: ``Scope`` right above ``Article 6``."""
    following = first.line + 1
    return following >= len(first.lines.starts) or first.lines.starts[following] >= first.limit


def ends_on_comma(first: FirstLine) -> bool:
    """Return whether a comma ends it, which does not break off: ``Wages, Hours,`` above ``Health and Safety``."""
    return first.name[-1] == ","


def has_second_line(first: FirstLine) -> bool:
    """Return whether a title, set apart from the text below, is its second line: ``Rules for all`` / ``The Bodies``."""
    probable = LIKELY_TITLE_SHARE <= first.capitals < TITLE_SHARE
    return probable and is_second_line(first.lines, first.line + 1)


def is_complete_above_text(first: FirstLine) -> bool:
    """Return whether it is a whole title above text: ``Labour Inspection`` above ``Each Party shall …``."""
    below = first.below
    return first.complete and below[0].isupper() and capital_share(below) < TITLE_SHARE


def was_set_in_two_lines(first: FirstLine) -> bool:
    """Return whether it is a long title that was broken in two: ``… and Exchange of Views`` / ``Among Inspectors``."""
    return first.complete and first.name[-1].isalpha() and _runs_on(first)


def wraps(first: FirstLine) -> bool:
    """Return whether its sentence goes on below: ``Exchange of information on the`` / ``inspection of labour``."""
    lines, following = first.lines, first.line + 1
    low = first.below[0].islower() and not (first.beside and lines.gaps[following] > 1)
    return _fills_page(lines, first.line) or low


def looks_like_name(first: FirstLine) -> bool:
    """Return whether it is short, has capitals or stands beside the number: ``Exchange of information``."""
    short = len(first.name) <= _LONGEST_SENTENCE_CASE and first.name[-1] not in ".:"
    return first.capitals >= LIKELY_TITLE_SHARE or first.beside or short


# Answers


def no_name(_: FirstLine) -> None:
    """Return None: running text begins here."""


def this_line(first: FirstLine) -> int:
    """Return this line, which is the whole name."""
    return first.line


def next_line(first: FirstLine) -> int:
    """Return the next line, with which the name ends."""
    return first.line + 1


def last_of_block(first: FirstLine) -> int | None:
    """Return the last line of a name above a first paragraph or heading."""
    return end_of_block(first.lines, first.line, first.start, first.limit)


def last_in_capitals(first: FirstLine) -> int:
    """Return the last of the lines in capitals."""
    lines, line = first.lines, first.line
    while line + 1 < len(lines.starts) and lines.starts[line + 1] < first.limit:
        following = lines.words(line + 1)
        joined = lines.gaps[line + 1] < 2 or lines.goes_on(lines.tail(line))
        if not joined or not following.isupper() or ENUMERATOR.match(following):
            break
        line += 1
    return line


def last_wrapped(first: FirstLine) -> int | None:
    """Return the last of up to three lines of a name; None if what follows shows that it is running text."""
    lines, name = first.lines, first.name
    probable = first.capitals >= LIKELY_TITLE_SHARE
    titled = first.beside and first.below[0].isupper() and probable and not waits_for_word(lines, first.line)
    alone = first.line if name.istitle() or titled else None
    last = first.line
    while last + 1 < len(lines.starts) and lines.starts[last + 1] < first.limit:
        following = lines.words(last + 1)
        if not following[0].islower() and not _fills_page(lines, last):
            break
        if following[0].isupper() and not waits_for_word(lines, last) and _opens_body(first, last + 1):
            break
        if ENUMERATOR.match(following) or (name.istitle() and not following.istitle()):
            break
        if last - first.line == MOST_LINES - 1:
            return alone
        last += 1
    whole = lines.folded[first.start : lines.ends[last]]
    if titled and whole[-1] == "." and capital_share(lines.words(last)) >= TITLE_SHARE:
        return last
    if lines.structure.verbs.search(whole) or len(whole) > LONGEST_NAME or whole[-1] in ".;:,":
        return alone
    return last


class Rule(NamedTuple):
    """A question about the first line of a possible name, and what a yes means."""

    applies: Callable[[FirstLine], bool]
    last_line: Callable[[FirstLine], int | None]


RULES = (
    Rule(begins_small, no_name),
    Rule(is_too_long, no_name),
    Rule(ends_on_semicolon, no_name),
    Rule(breaks_off_on_comma, no_name),
    Rule(is_in_capitals, last_in_capitals),
    Rule(is_enumerated, no_name),
    Rule(stands_above_first_paragraph, this_line),
    Rule(is_block_above_first_paragraph, last_of_block),
    Rule(is_phrase_above_sentence, this_line),
    Rule(runs_on_below, no_name),
    Rule(opens_text, no_name),
    Rule(has_verb, no_name),
    Rule(stops_like_sentence, no_name),
    Rule(is_last, this_line),
    Rule(ends_on_comma, next_line),
    Rule(has_second_line, next_line),
    Rule(is_complete_above_text, this_line),
    Rule(was_set_in_two_lines, next_line),
    Rule(wraps, last_wrapped),
    Rule(looks_like_name, this_line),
)
"""In the order in which they are asked; a line to which none applies is running text."""


def deciding_rule(first: FirstLine) -> Rule | None:
    """Return the first rule that applies to a line."""
    return next((rule for rule in RULES if rule.applies(first)), None)


def last_line(first: FirstLine) -> int | None:
    """Return the last line of the name that begins with ``first``, or None if running text begins there."""
    rule = deciding_rule(first)
    return rule.last_line(first) if rule else None


def _runs_on(first: FirstLine) -> bool:
    """Return whether a long title was broken in two: the next line is one too, and text follows below it."""
    lines, second = first.lines, first.line + 1
    length = first.end - first.start
    if length < LONG_TITLE or lines.gaps[second] > 1:
        return False
    if second + 1 >= len(lines.starts) or lines.starts[second + 1] >= first.limit:
        return False
    more, body = lines.words(second), lines.words(second + 1)
    if more.isupper() or more[0].islower() or more[-1] in ".;:,)" or ENUMERATOR.match(more) or len(more) > length:
        return False
    is_text = ENUMERATOR.match(body) is not None or capital_share(body) < TITLE_SHARE
    is_title = count_long_words(more) > 1 and capital_share(more) >= TITLE_SHARE
    return is_text and is_title and not has_subheadings(lines, second + 2, first.limit)


def _opens_body(first: FirstLine, line: int) -> bool:
    """Return whether a line below a name is a subheading or running text."""
    lines = first.lines
    if capital_share(lines.words(line)) >= TITLE_SHARE and has_subheadings(lines, line + 1, first.limit):
        return True
    return lines.structure.running.match(lines.folded, lines.starts[line]) is not None


def _fills_page(lines: Lines, line: int) -> bool:
    """Return whether a line fills the page and the next one follows at once, or its last word needs another."""
    wants_more = lines.goes_on(lines.tail(line))
    return wants_more or (lines.gaps[line + 1] < 2 and not lines.is_short(line))
