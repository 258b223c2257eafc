"""Layout of the review workbook: its sheets, its columns, and the form of values in its cells.

A row carries its identity (hidden columns: file, offsets, digest of the words), so it may be sorted, filtered and
copied into another workbook. Its ``seal`` is a digest of that identity, to distinguish an edited row from an agreement
that has changed. Its ``signature`` (see ``analyzer.learn.review.signature``) protects against forgery.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analyzer.knowledge.codebook import Category
from analyzer.knowledge.labels import Labels
from analyzer.learn.training.gold import digest
from analyzer.present.cells import CELL_LIMIT, guard, xml_text
from analyzer.present.workbook.cells import pieces

SHEET, CODEBOOK, STRENGTH, READ_ME = "Review", "Codebook", "Strength", "Read me"
YES, NO = "yes", "no"
CATEGORY_COLUMNS = 6
"""Minimum number of columns for categories; nineteen in twenty labour provisions have three or fewer."""
BETWEEN = " · "
"""Separator of code and name in a drop-down."""
CUT = " […]"

Use = Literal["shown", "edited", "hidden"]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the sheet: its name, what it is for, its width in characters, and its meaning for the lawyer."""

    name: str
    use: Use
    width: float = 12
    meaning: str = ""


BEFORE = (
    SheetColumn("row", "shown", 6, "Number of the row in this export."),
    SheetColumn("agreement", "shown", 24, "Name of the agreement."),
    SheetColumn("place", "shown", 28, "Chapter, article and address of the clause; location where it is not the body."),
    SheetColumn("page", "shown", 6, "Page on which the clause begins, where the source has pages."),
    SheetColumn("lead-in", "shown", 36, "The words that the clause hangs on."),
    SheetColumn("text", "shown", 70, "The clause, exact. Judge these words, read with headings and lead-in."),
    SheetColumn(
        "why shown",
        "shown",
        40,
        "What the program doubts, with probabilities; a category “fits” that a clause left out would have.",
    ),
    SheetColumn("labour provision?", "edited", 11, "Is the clause (part of) a labour provision? yes or no."),
)
AFTER = (
    SheetColumn("strength", "edited", 24, "How binding the clause is; a labour provision has exactly one strength."),
    SheetColumn(
        "instruments",
        "edited",
        14,
        "ILO Conventions (C182), Protocols (P029) and Recommendations (R204) that it names one by one, joined by ';'.",
    ),
    SheetColumn("comment", "edited", 30, "Anything to remember."),
    SheetColumn("reviewer", "edited", 14, "Your name or initials."),
    SheetColumn("done", "edited", 8, "yes when the row is right as it stands. Only these rows are used."),
    SheetColumn(
        "also possible", "shown", 30, "Categories that were not proposed but came near, with their probabilities."
    ),
    SheetColumn("evidence", "shown", 50, "What rules and model said, and the words that made them say it."),
    *(
        SheetColumn(name, "hidden")
        for name in ("agreement id", "address", "file", "start", "end", "hash", "of", "proposed", "seal", "signature")
    ),
)
CATEGORY_MEANING = "All categories of the clause, one a column, in any order; see the sheet Codebook."
IDENTITY = ("row", "of", "agreement id", "address", "file", "start", "end", "hash", "proposed")
"""Columns that the seal covers."""
REQUIRED = (*(column.name for column in (*BEFORE, *AFTER) if column.use == "edited"), "text", *IDENTITY, "seal")
"""Columns that a workbook must have, besides ``category 1``."""


def category_columns(number: int) -> list[SheetColumn]:
    """Return the columns for the given number of categories."""
    return [SheetColumn(f"category {position}", "edited", 22, CATEGORY_MEANING) for position in range(1, number + 1)]


def category_entry(category: Category) -> str:
    """Return the entry of a category in the drop-down."""
    return f"{category.code}{BETWEEN}{category.name}"


def strength_entry(code: str, labels: Labels) -> str:
    """Return the entry of a strength in the drop-down."""
    return f"{code}{BETWEEN}{labels.meanings[code].split(':')[0]}"


def code_of(entry: str) -> str:
    """Return the code of an entry of a drop-down, or of a code that was typed alone."""
    return entry.split(BETWEEN.strip())[0].strip().upper()


def proposal(labour: str, categories: Sequence[str], strength: str, instruments: Sequence[str]) -> str:
    """Return the program's proposal as one string, by which an edited row is recognised later."""
    return f"{labour}|{';'.join(sorted(categories))}|{strength}|{';'.join(sorted(instruments))}"


def seal(row: Mapping[str, object]) -> str:
    """Return the digest of what identifies a row."""
    return digest("|".join(str(row[name]) for name in IDENTITY))


def written(text: str) -> str:
    """Return a text in the form for a cell: without control characters or formulas, and cut to the limit of a cell."""
    first, *more = pieces(guard(xml_text(text)), CELL_LIMIT - len(CUT))
    return first + CUT if more else first
