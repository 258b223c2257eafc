"""The table ``families``, and the column ``family`` of ``provisions``.

Families need all agreements, so the rows of one file have an empty ``family``; it is filled where the tables of a whole
run are made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from analyzer.precedents.families import Family
from analyzer.present.columns import Column, Row

FAMILY_COLUMNS = (
    Column("family", "text", "Id of the family: language and a digest of the words of its oldest clause."),
    Column("language", "text", "Language of its clauses."),
    Column("text", "text", "Its typical wording: the most frequent one, as its oldest clause has it."),
    Column("strength", "text", "How binding most clauses in that wording are."),
    Column("categories", "list", "Codes that at least half of its clauses have."),
    Column("clauses", "integer", "Number of its clauses."),
    Column("agreements", "integer", "Number of agreements that have it."),
    Column("agreement_ids", "list", "These agreements, the oldest first."),
    Column("years", "list", "Years of these agreements."),
    Column("first_agreement", "text", "The oldest agreement that has it."),
    Column("first_clause", "text", "Address of its clause there."),
    Column("first_date", "text", "Date of that agreement, ISO 8601; empty where no agreement of the family has one."),
    Column("last_date", "text", "Date of the youngest agreement that has it."),
    Column(
        "variants",
        "list",
        "Its wordings, the most frequent first: strength, number of clauses, and the oldest clause that has it.",
    ),
    Column(
        "spread",
        "list",
        "Agreements with the earliest one before them that has the wording and a party in common, and that party.",
    ),
)
"""The columns of ``families``."""


def family_rows(families: Iterable[Family]) -> list[Row]:
    """Return the rows of ``families``."""
    return [_family_row(family) for family in families]


def with_families(rows: Iterable[Row], families: Iterable[Family]) -> list[Row]:
    """Return rows of ``provisions`` with the ids of their families."""
    found = family_of(families)
    return [{**row, "family": found.get((row["agreement_id"], row["clause_id"]), "")} for row in rows]


def family_of(families: Iterable[Family]) -> dict[tuple[str, str], str]:
    """Return the id of the family of each clause that has one, by agreement and address."""
    return {clause.key: family.id for family in families for clause in family.clauses}


def _family_row(family: Family) -> Row:
    clauses, first, typical = family.clauses, family.clauses[0], family.typical
    dates = sorted(one.date for one in clauses if one.date)
    counts = Counter(code for one in clauses for code in one.categories)
    order = dict.fromkeys(code for one in clauses for code in one.categories)
    return {
        "family": family.id,
        "language": first.language,
        "text": typical.text,
        "strength": family.variants[0].strength,
        "categories": tuple(code for code in order if 2 * counts[code] >= len(clauses)),
        "clauses": len(clauses),
        "agreements": len(family.agreements),
        "agreement_ids": family.agreements,
        "years": tuple(str(year) for year in _years(family)),
        "first_agreement": first.agreement_id,
        "first_clause": first.clause_id,
        "first_date": first.date,
        "last_date": dates[-1] if dates else "",
        "variants": tuple(
            f"{one.strength} {len(one.clauses)} {'/'.join(one.clauses[0].key)}" for one in family.variants
        ),
        "spread": tuple(f"{step.to} from {step.source} ({step.through})" for step in family.steps),
    }


def _years(family: Family) -> Sequence[int]:
    return sorted({one.year for one in family.clauses if one.year is not None})
