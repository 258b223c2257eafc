"""Words of the exports of NORMLEX (``normlex.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.text.fold import fold

if TYPE_CHECKING:
    from analyzer.knowledge.schema_facts import ExportTables


@dataclass(frozen=True, slots=True)
class ExportWords:
    """Words of the exports of NORMLEX, folded.

    Attributes:
        country: Headings of the column with the State.
        instrument: Headings of the column with the Convention or Protocol.
        date: Headings of the column with the date of ratification.
        status: Headings of the column that says whether the ratification is in force.
        note: Headings of the column of remarks.
        denounced: What a remark on a denunciation holds.
    """

    country: frozenset[str]
    instrument: frozenset[str]
    date: frozenset[str]
    status: frozenset[str]
    note: frozenset[str]
    denounced: re.Pattern[str]


def make_export_words(tables: ExportTables) -> ExportWords:
    """Return the words of ``normlex.toml``."""
    columns = {name: frozenset(map(fold_heading, headings)) for name, headings in tables.columns}
    return ExportWords(**columns, denounced=re.compile("|".join(re.escape(fold(word)) for word in tables.denounced)))


def fold_heading(cell: str) -> str:
    """Return the heading of a column without capitals, accents and spare white space."""
    return " ".join(fold(cell).split())
