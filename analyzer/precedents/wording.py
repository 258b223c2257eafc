"""A clause as it is compared with others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analyzer.assemble.verbs import plain_words
from analyzer.text.numerals import year_of_date

LONGEST = 20_000
"""Characters of a text that are compared; what is longer is a table or a whole agreement."""
BEGINNING = 400
"""Characters in whose first half nearly every clause has its first word."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a labour provision, and what is known about them.

    Attributes:
        agreement_id: The agreement.
        clause_id: Address of the clause in it.
        agreement: Name of the agreement.
        article: The article as printed.
        language: Language of the words.
        text: The words.
        date: Date of signature, of entry into force where that is unknown, empty where neither is known.
        parties: Codes of the parties.
        strength: How binding it is.
        categories: Its categories.
        instruments: The instruments it names.
    """

    agreement_id: str
    clause_id: str
    agreement: str
    article: str
    language: str
    text: str
    date: str
    parties: tuple[str, ...]
    strength: str
    categories: tuple[str, ...]
    instruments: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """Agreement and address."""
        return self.agreement_id, self.clause_id

    @property
    def age(self) -> tuple[str, str, str]:
        """What wordings are sorted by, the oldest first; those without a date come last."""
        return self.date or "~", self.agreement_id, self.clause_id

    @property
    def year(self) -> int | None:
        """The year of its date."""
        return year_of_date(self.date)


def wordings(rows: Iterable[Row]) -> tuple[Wording, ...]:
    """Return the wordings of rows of ``provisions``, the oldest first, whatever the order of the rows."""
    return tuple(sorted(map(wording_of, rows), key=lambda one: one.age))


def wording_of(row: Row) -> Wording:
    """Return the wording of a row of ``provisions``."""
    return Wording(
        agreement_id=row["agreement_id"],
        clause_id=row["clause_id"],
        agreement=row["agreement"],
        article=row["article"],
        language=row["language"],
        text=row["text"],
        date=row["date_signed"] or row["date_in_force"],
        parties=tuple(code for code in row["parties"].split(";") if code),
        strength=row["strength"],
        categories=tuple(row["categories"]),
        instruments=tuple(row["instruments"]),
    )


def without_number(text: str) -> str:
    """Return a text without the number or letter that it begins with ("2. Each Party …", "(a) the right …")."""
    text = text[:LONGEST]
    for part in (text[:BEGINNING], text):
        plain = plain_words(part)
        if plain.text and (start := plain.span(0, 1)[0]) < BEGINNING // 2:
            return text[start:].strip()
    return text[plain.span(0, 1)[0] :].strip() if plain.text else ""
