"""By when, and how often: terms, recurring times, and the events they run from."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from analyzer.knowledge.legal_effect import EffectWords

ENTRY = "entry-into-force"
LONGEST_EVENT = 12
"""Words of an event that has no code."""
BEFORE_UNIT, BEHIND_UNIT = 70, 16
"""Characters before and behind a unit of time in which its term stands: "within a period of sixty (60) days after"."""
_FIGURES = re.compile(r"\d{1,4}")
_WORD = re.compile(r"[a-z]+")
_EVENT = re.compile(r"[^,;.:]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline with its place in the plain words of a clause."""

    duration: str
    relation: str
    event: str
    start: int
    end: int


def terms_in(text: str, words: EffectWords, numbers: Mapping[str, int]) -> list[Term]:
    """Return the terms in the plain words of a clause, folded, in their order; none lies in another.

    Args:
        text: The words.
        words: The words of terms in their language.
        numbers: Values of number words.
    """
    found = [
        *_numbered(text, words, numbers),
        *(_plain(match, words.prompt.code_of(match)) for match in words.prompt.pattern.finditer(text)),
        *(_plain(match, f"R/{words.recurring.code_of(match)}") for match in words.recurring.pattern.finditer(text)),
    ]
    kept: list[Term] = []
    for term in sorted(found, key=lambda term: (term.start, -term.end)):
        if not kept or term.start >= kept[-1].end:
            kept.append(term)
    return kept


def date_after(start: str, duration: str) -> str:
    """Return the ISO 8601 date on which a term ends; empty where its beginning is not known to the day.

    Args:
        start: The date on which it begins.
        duration: A duration of days, weeks, months or years: ``P60D``.

    Example:
        >>> date_after("2012-01-31", "P1M"), date_after("2012", "P1M")
        ('2012-02-29', '')
    """
    if not _DAY.fullmatch(start) or not duration.startswith("P"):
        return ""
    number, unit = int(duration[1:-1]), duration[-1]
    try:
        begins = date.fromisoformat(start)
        if unit in "DW":
            return (begins + timedelta(days=number * (7 if unit == "W" else 1))).isoformat()
        months = begins.year * 12 + begins.month - 1 + number * (12 if unit == "Y" else 1)
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(begins.day, monthrange(year, month)[1])).isoformat()
    except (ValueError, OverflowError):
        return ""


def _plain(match: re.Match[str], duration: str) -> Term:
    return Term(duration, "", "", match.start(), match.end())


def _numbered(text: str, words: EffectWords, numbers: Mapping[str, int]) -> Iterator[Term]:
    """Yield the terms with a number and a unit; they are looked for around the units, which are rare."""
    seen: set[int] = set()
    for unit in words.units.pattern.finditer(text):
        first, last = max(0, unit.start() - BEFORE_UNIT), unit.end() + BEHIND_UNIT
        for match in words.within.finditer(text, first, last):
            duration = _duration(match, words, numbers) if match.start() not in seen else ""
            seen.add(match.start())
            if duration:
                relation, event, end = _event(text, match, words)
                yield Term(duration, relation, event, match.start(), end)
        for match in words.every.finditer(text, first, last):
            duration = _duration(match, words, numbers)
            if duration:
                yield Term(f"R/{duration}", "", "", match.start(), match.end())


def _duration(match: re.Match[str], words: EffectWords, numbers: Mapping[str, int]) -> str:
    """Return the duration of a term; empty where what stands for its number is none."""
    units = list(words.units.pattern.finditer(match[0]))
    if not units:
        return ""
    unit = units[-1]
    before = match[0][: unit.start()]
    figures = _FIGURES.findall(before)
    spelt = 1 if match["u"] is not None else _number(_WORD.findall(before), numbers)
    number = int(figures[-1]) if figures else spelt
    return f"P{number}{words.units.code_of(unit)}" if number else ""


def _number(printed: list[str], numbers: Mapping[str, int]) -> int:
    """Return the number at the end of some words, 0 where there is none."""
    for first in range(len(printed)):
        value = numbers.get(" ".join(printed[first:]))
        if value:
            return value
    return 0


def _event(text: str, term: re.Match[str], words: EffectWords) -> tuple[str, str, int]:
    """Return relation and event of a term, and where its words end."""
    behind = _EVENT.match(text, term.end())
    rest = behind[0] if behind else ""
    relation = words.relations.pattern.match(rest.lstrip()) if rest.strip() else None
    said = words.relations.code_of(relation) if relation else _own_relation(term[0], words)
    if not said:
        return "", "", term.end()
    near = " ".join(rest.split()[:LONGEST_EVENT])
    end = term.end() + len(rest) - len(rest.lstrip()) + len(near)
    for code, pattern in words.events.items():
        found = pattern.search(near)
        if found:
            return said, code, end - len(near) + found.end()
    event = near[relation.end() :].strip() if relation else near
    return (said, event, end) if event else ("", "", term.end())


def _own_relation(term: str, words: EffectWords) -> str:
    """Return the relation that a term ends with: "ten days after"."""
    match = next((match for match in words.relations.pattern.finditer(term) if match.end() == len(term)), None)
    return words.relations.code_of(match) if match else ""
