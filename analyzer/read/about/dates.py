"""Dates in words and digits, and the days of signature and of entry into force among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analyzer.knowledge.metadata import MetadataWords
from analyzer.text.fold import fold

FIRST, LAST = 1910, 2100
"""First and last year that is accepted as a year of signature."""
REACH = 500
"""Maximum distance, in characters, from "Done at" to its date."""
BEFORE = 900
"""Maximum distance, in characters, from "In witness whereof" to "Done at"."""
NEAR = 120
"""Maximum distance, in characters, from "Done at" at the start of a line to a date that needs no other proof."""
TITLE = 6_000
"""Characters of a title page."""
CLOSE = 4_000
"""Distance, in characters, from the end of a text within which "Done at" needs no "In witness whereof"."""
_AROUND = 8
"""Number of words before a month that are searched for the day, and after it for the year."""

# Words run together by a printer are cut where a small letter meets a capital: "10thdayofDecember".
_TOKEN = re.compile(r"\d+|[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+|[A-ZÀ-ÖØ-Þ]+(?![a-zß-öø-ÿ])")
_NUMERIC = re.compile(r"(?<![\d./-])(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./](\d{1,2})[./](\d{4}))(?![\d/])")
_HUNDRED, _THOUSAND = 100, 1000


@dataclass(frozen=True, slots=True)
class Day:
    """A date in a text.

    Attributes:
        written: ISO 8601; a year alone, or year and month, where the text gives no more.
        start: Offset of its first character.
        end: Offset just after it.
    """

    written: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signature:
    """The day (ISO 8601, of any precision) and the place of signature; empty if not found."""

    date: str = ""
    place: str = ""


def find_dates(text: str, words: MetadataWords, start: int = 0, end: int | None = None) -> list[Day]:
    """Return the dates in ``text[start:end]``, such as ``4 June 2012`` or ``fourth of June, two thousand twelve``."""
    piece = text[start:end]
    tokens = _tokens(piece)
    months = words.months
    days: list[Day] = []
    for index, (word, _, _) in enumerate(tokens):
        if word in months:
            day = _date_at(tokens, index, words)
            if day is not None and not (days and day.start < days[-1].end):
                days.append(day)
    for match in _NUMERIC.finditer(piece):
        groups = match.groups()
        year, month, day_of = map(int, groups[:3] if groups[0] else (groups[5], groups[4], groups[3]))
        if (written := _iso(year, month, day_of)) and len(written) == 10:
            days.append(Day(written, match.start(), match.end()))
    return sorted((Day(day.written, day.start + start, day.end + start) for day in days), key=lambda day: day.start)


def signature_of(text: str, head: int, words: MetadataWords) -> Signature:
    """Return day and place of signature: from the final sentence ("Done at …"), else from the title page.

    Args:
        text: The agreement.
        head: Offset of the end of its title page and list of parties.
        words: Words of signature and dates.
    """
    folded = fold(text)
    witnesses = [match.start() for match in words.witness.find(folded)]
    best: tuple[int, Signature] = (0, Signature())
    within_sentence = words.said.find(folded)
    for match in (
        *(match for match in words.done.find(folded) if _begins_sentence(text, match.start())),
        *within_sentence,
    ):
        witnessed = any(match.start() - BEFORE <= offset <= match.end() for offset in witnesses)
        days = find_dates(text, words, match.end(), match.end() + REACH)
        near = bool(days) and days[0].end - match.end() < NEAR and _begins_line(text, match.start())
        if not (near or witnessed or match.start() > len(text) - CLOSE or match.start() < min(head, TITLE)):
            continue
        day = days[0].written if days else _bare_year(text, match.end(), words)
        score = 4 * bool(day) + 2 * witnessed + (len(day) == 10)
        if score > best[0]:
            best = score, Signature(day, "" if match in within_sentence else _place(text, folded, match.end(), words))
    if best[1].date:
        return best[1]
    on_title_page = find_dates(text, words, 0, min(head, TITLE))
    days = [
        day
        for day in on_title_page
        if _is_signed(folded, day, words) or (_stands_alone(text, day) and not _is_other_event(folded, day, words))
    ]
    return Signature(days[0].written if days else "", best[1].place)


def force_of(text: str, signed: str, words: MetadataWords) -> str:
    """Return the day of entry into force; empty if the text does not fix one.

    Args:
        text: The agreement.
        signed: The day of signature, used for "on the date of its signature".
        words: Words of entry into force and dates.
    """
    folded = fold(text)
    for match in words.force.find(folded):
        subject = folded[max(0, match.start() - 120) : match.start()]
        near = find_dates(text, words, match.end(), match.end() + 60)
        on_title_page = match.start() < TITLE and _begins_line(text, match.start())
        if (
            near
            and near[0].start - match.end() < 12
            and (on_title_page or re.search(r"agreement|treaty|acuerdo|tratado|accord|it\b", subject))
        ):
            return near[0].written
    return signed if words.on_signature.find(folded) else ""


def _tokens(text: str) -> list[tuple[str, int, int]]:
    return [(fold(match[0]), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def _date_at(tokens: Sequence[tuple[str, int, int]], month_at: int, words: MetadataWords) -> Day | None:
    """Return the date whose month is the token ``month_at``; its day before or directly after, its year after it."""
    month = words.months[tokens[month_at][0]]
    first = last = month_at
    day = 0
    after = month_at + 1
    if after < len(tokens) and tokens[after][0].isdigit() and 0 < int(tokens[after][0][:6]) <= 31:
        day, last, after = int(tokens[after][0]), after, after + 1
        if after < len(tokens) and tokens[after][0] in ("st", "nd", "rd", "th"):
            after += 1
    else:
        day, first = _day_before(tokens, month_at, words)
    year = 0
    for index in range(after, min(len(tokens), after + _AROUND)):
        word = tokens[index][0]
        if word in words.months:
            break
        value, stop = _year_at(tokens, index, words)
        if value:
            year, last = value, stop - 1
            break
    if not year:
        return None
    return Day(_iso(year, month, day), tokens[first][1], tokens[last][2])


def _day_before(tokens: Sequence[tuple[str, int, int]], month_at: int, words: MetadataWords) -> tuple[int, int]:
    """Return the day that precedes the month (0: none) and the index of its first token."""
    numbers = words.numbers
    for index in range(month_at - 1, max(-1, month_at - _AROUND), -1):
        word = tokens[index][0]
        if word.isdigit():
            return (int(word), index) if len(word) <= 2 and 0 < int(word) <= 31 else (0, month_at)
        value = numbers.get(word, 0)
        if 0 < value <= 31:
            above = index - 1
            if above >= 0 and tokens[above][0] in ("y", "et", "and"):
                above -= 1
            tens = numbers.get(tokens[above][0], 0) if above >= 0 else 0
            if value < 10 and tens in (20, 30):
                return tens + value, above
            if 7 <= value < 10 and tens == 10:  # French: dix-sept
                return tens + value, above
            return value, index
    return 0, month_at


def _year_at(tokens: Sequence[tuple[str, int, int]], index: int, words: MetadataWords) -> tuple[int, int]:
    """Return the year that begins at a token (0: none) and the index of the token after it."""
    word = tokens[index][0]
    if word.isdigit():
        return (int(word), index + 1) if len(word) == 4 and FIRST <= int(word) <= LAST else (0, index)
    numbers = words.numbers
    total = part = 0
    position = index
    while position < len(tokens):
        word = tokens[position][0]
        if word in words.joining and position > index:
            position += 1
            continue
        value = numbers.get(word)
        if value is None:
            # "ninety and sevn": a word that cannot be read may be part of the year
            if position > index and tokens[position - 1][0] in words.binding:
                return 0, index
            break
        if value == _THOUSAND:
            total, part = total + max(1, part) * _THOUSAND, 0
        elif value == _HUNDRED:
            part = max(1, part) * _HUNDRED
        elif 10 <= value < _HUNDRED and 19 <= part <= 20 and not total:  # nineteen ninety-four
            part = part * _HUNDRED + value
        else:
            part += value
        position += 1
    year = total + part
    return (year, position) if FIRST <= year <= LAST else (0, index)


def _iso(year: int, month: int, day: int) -> str:
    """Return a date as ISO 8601; without the day if it is missing or does not exist."""
    if not FIRST <= year <= LAST or not 1 <= month <= 12:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return f"{year}-{month:02}"


def _place(text: str, folded: str, start: int, words: MetadataWords) -> str:
    """Return the place named directly after "Done at"; empty if there is none."""
    begun = start + len(text[start : start + 80]) - len(text[start : start + 80].lstrip(" \t\n:"))
    end = words.place_ends.search(folded, begun, begun + 80)
    name = " ".join(text[begun : end.start() if end else begun].split())
    return name if name[:1].isupper() and 2 < len(name) <= 40 else ""


def _begins_sentence(text: str, start: int) -> bool:
    """Return whether a word begins with a capital after the end of a line or sentence."""
    before = text[max(0, start - 40) : start].rstrip(" \t")
    return text[start].isupper() and (not before or before[-1] in '\n.;:,)”"_')


def _begins_line(text: str, start: int) -> bool:
    return text[max(0, start - 80) : start].rstrip(" \t\u00a0")[-1:] in ("\n", "")


def _bare_year(text: str, start: int, words: MetadataWords) -> str:
    """Return the year of a final sentence that leaves the day open ("this ___ day of ___ 2016")."""
    tokens = _tokens(text[start : start + REACH // 2])
    years = (_year_at(tokens, index, words)[0] for index in range(len(tokens)))
    return str(next(filter(None, years), ""))


def _stands_alone(text: str, day: Day) -> bool:
    """Return whether a date stands alone on its line, apart from a place name: ``Fort Resolute, 4 June 2012``."""
    start = text.rfind("\n", 0, day.start) + 1
    end = text.find("\n", day.end)
    around = text[start : day.start] + text[day.end : end if end >= 0 else len(text)]
    return len(around.strip()) <= 30 and not around.rstrip().endswith((";", ":"))


def _is_other_event(folded: str, day: Day, words: MetadataWords) -> bool:
    """Return whether the line of a date, or one above that ends in a colon, names another event than signature."""
    start = folded.rfind("\n", 0, day.start) + 1
    end = folded.find("\n", day.end)
    line = folded[start : end if end >= 0 else len(folded)]
    above = folded[:start].rstrip()
    above = above[above.rfind("\n") + 1 :] if above.endswith(":") else ""
    return words.not_signed.search(line) is not None or words.not_signed.search(above) is not None


def _is_signed(folded: str, day: Day, words: MetadataWords) -> bool:
    """Return whether the line of a date says that the agreement was signed on it."""
    line = folded[folded.rfind("\n", 0, day.start) + 1 : day.start]
    return words.dated.match(line) is not None
