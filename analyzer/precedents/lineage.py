"""Lineage in time: where a category or a family first appears, in which variants, how common it is over the years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.precedents.differences import difference
from analyzer.precedents.families import Family, Variant
from analyzer.precedents.wording import Row, Wording, wordings
from analyzer.text.numerals import year_of_date

if TYPE_CHECKING:
    from analyzer.knowledge import Knowledge

ALONE = ""
"""Family of clauses that are like none of another agreement."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """The first clause of a variant of a family, or of a family within a category.

    Attributes:
        clause: The clause.
        family: Id of its family; empty where it has none.
        clauses: Number of clauses that are worded like it.
        agreements: Number of agreements that have them.
        last: Date of the youngest of them; empty where none has a date.
        strength: How binding most of them are.
        changes: What a variant says otherwise than the first one of its family, in words.
    """

    clause: Wording
    family: str
    clauses: int
    agreements: int
    last: str
    strength: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """How common it is in some years.

    Attributes:
        start: The first year.
        agreements: Agreements with a date in these years, with it or without.
        having: Those that have it.
        strengths: Of those that have it, how many have it at most in each strength, the most binding first.
    """

    start: int
    agreements: int
    having: int
    strengths: tuple[tuple[str, int], ...]

    @property
    def share(self) -> float:
        """Share of the agreements that have it."""
        return round(self.having / self.agreements, 3) if self.agreements else 0.0


def clauses_with(rows: Iterable[Row], families: Sequence[Family], of: str) -> tuple[Wording, ...]:
    """Return the clauses of a category or of a family, the oldest first; none if there is no such thing.

    Args:
        rows: Rows of ``provisions``.
        families: The families among them.
        of: Code of a category, or id of a family.
    """
    family = next((one for one in families if one.id == of), None)
    return family.clauses if family else wordings(row for row in rows if of in row["categories"])


def appearances(
    clauses: Sequence[Wording], families: Sequence[Family], of: str, knowledge: Knowledge
) -> list[Appearance]:
    """Return when each wording first appears, the oldest first.

    Args:
        clauses: The clauses of ``of``.
        families: The families of all clauses.
        of: Id of a family, whose variants are told; or code of a category, whose families and single clauses are.
        knowledge: What tells differences.
    """
    own = next((one for one in families if one.id == of), None)
    if own:
        found = [(one.clauses, own.id, one.strength) for one in own.variants]
    else:
        found = [(one.clauses, family, one.strength) for family, one in _by_family(clauses, families)]
    found.sort(key=lambda entry: entry[0][0].age)
    first = found[0][0][0] if found else None
    return [
        Appearance(
            clause=same[0],
            family=family,
            clauses=len(same),
            agreements=len({one.agreement_id for one in same}),
            last=max(one.date for one in same),
            strength=strength,
            changes=_changes(first, same[0], knowledge) if own and first else (),
        )
        for same, family, strength in found
    ]


def periods(clauses: Iterable[Wording], agreements: Iterable[Row], scale: Sequence[str], every: int) -> list[Period]:
    """Return how common some clauses are over time, by the date of agreements; without gaps.

    Args:
        clauses: The clauses.
        agreements: Rows of ``agreements`` of which provisions are known; those without a date are left out.
        scale: Strengths, the most binding first.
        every: Length of a period in years.
    """
    strongest: dict[str, str] = {}
    for one in clauses:
        known = strongest.get(one.agreement_id)
        if known is None or scale.index(one.strength) < scale.index(known):
            strongest[one.agreement_id] = one.strength
    by_period: dict[int, list[str]] = {}
    for row in agreements:
        year = year_of_date(row["date_signed"] or row["date_in_force"])
        if year is not None:
            by_period.setdefault(year // every * every, []).append(row["agreement_id"])
    if not by_period:
        return []
    return [
        _period(start, by_period.get(start, []), strongest, scale)
        for start in range(min(by_period), max(by_period) + 1, every)
    ]


def _period(start: int, names: Sequence[str], strongest: dict[str, str], scale: Sequence[str]) -> Period:
    having = [strongest[name] for name in names if name in strongest]
    counts = tuple((strength, having.count(strength)) for strength in scale if strength in having)
    return Period(start, len(names), len(having), counts)


def _by_family(clauses: Sequence[Wording], families: Sequence[Family]) -> list[tuple[str, Variant]]:
    """Return the clauses of a category by family; each clause without one for itself."""
    family_of = {clause.key: family.id for family in families for clause in family.clauses}
    grouped: dict[tuple[str, tuple[str, str]], list[Wording]] = {}
    for one in clauses:
        family = family_of.get(one.key, ALONE)
        grouped.setdefault((family, one.key if family == ALONE else ("", "")), []).append(one)
    found = []
    for (family, _), same in grouped.items():
        strengths = [one.strength for one in same]
        found.append((family, Variant(tuple(same), max(dict.fromkeys(strengths), key=strengths.count))))
    return found


def _changes(first: Wording, other: Wording, knowledge: Knowledge) -> tuple[str, ...]:
    if first.key == other.key or first.language != other.language:
        return ()
    return tuple(map(str, difference(first.text, other.text, other.language, knowledge).changes))
