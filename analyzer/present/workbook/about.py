"""The sheet *About*: the contents of the workbook, how to read and cite it, its quality, and what each column means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from analyzer.present.cells import Table
from analyzer.present.explanations import EVIDENCE, LIMITS, REVIEW
from analyzer.present.provenance import EVALUATION_HEADS, Provenance
from analyzer.present.statistics import Statistics
from analyzer.present.workbook.cells import LINE_HEIGHT, Styles, put, set_up_print
from analyzer.present.workbook.sheet import sheet_name

WIDTHS = (30, 110)
"""Widths of the two columns, in characters."""
SHEETS = {
    "Headline figures": "How many agreements have labour provisions, by two measures, beside published figures.",
    "Agreements": "One row per agreement, with counts of its provisions.",
    "Provisions": "One row per clause that is a labour provision, with its exact words and its place in the agreement.",
    "Categories": "How many provisions of each category an agreement has; click a number to go to the first of them.",
    "Indicators": "What each agreement provides; click a value to go to its clauses. Amber: all of them are doubtful.",
    "Indicator evidence": "One row per indicator and clause that justifies it, with the words that count.",
    "Instruments": "One row per mention of an ILO or other international instrument, and the parties that ratified it.",
    "Ratification gaps": "What agreements invoke by name or as a set and a party has not ratified, with the clause.",
    "Ratifications": "One row per agreement and party: the ILO instruments invoked, and when they were ratified.",
    "Trends": "Agreements over time, with and without labour provisions, and the categories of these.",
    "Codebook": "The codes in the column “categories”, and what they mean.",
    "Errors": "One row per file that could not be read, or not fully, with the reason.",
}
NOTES = (
    ("review", REVIEW),
    ("evidence", EVIDENCE),
    (
        "folded columns",
        "Columns that few readers need stand behind the others, folded away: click + above the sheet to see them. "
        "The files of the tables keep the names in brackets below.",
    ),
    ("start, end", "Offsets of characters in the text of the agreement as read, so that every row can be traced."),
    ("long texts", "A text too long for one cell continues in the columns “… (continued 1)” and so on of its row."),
    ("to cite a row", "Give the agreement, the article and the page of the row, and the line “Made by” above."),
)


def write_about(book: Any, sheet: Any, styles: Styles, tables: Sequence[Table], study: Statistics) -> None:
    """Write the first sheet, with links to the others.

    Args:
        book: The workbook, with all its sheets.
        sheet: The sheet to write.
        styles: Its formats.
        tables: The tables whose columns are explained.
        study: The results.
    """
    links = {sheet.get_name() for sheet in book.worksheets()}
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    set_up_print(sheet, "About", head_rows=0)
    line = 0
    for title, entries in _blocks(tables, study).items():
        sheet.set_row(line, 1.6 * LINE_HEIGHT)
        sheet.write_string(line, 0, title, styles.title)
        for name, meaning in entries:
            line += 1
            sheet.set_row(line, max(1, ceil(len(meaning) / WIDTHS[1])) * LINE_HEIGHT)
            if name in links:
                sheet.write_url(line, 0, f"internal:'{name}'!A1", styles.link, string=name)
            else:
                put(sheet, line, 0, name, styles.plain)
            put(sheet, line, 1, meaning, styles.plain)
        line += 2


def _blocks(tables: Sequence[Table], study: Statistics) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the entries of the sheet, name and meaning, by the title of their block."""
    provenance = study.provenance
    return {
        "Labour provisions of trade agreements": (("Made by", provenance.citation), *SHEETS.items()),
        "How to read": NOTES,
        "Limits": tuple(("", limit) for limit in LIMITS),
        "Quality of the model": (("", provenance.quality), *_evaluation(provenance)),
        "Strength": tuple(study.knowledge.labels.meanings.items()),
        **{
            f"Columns of {sheet_name(table.name)}": tuple(
                (study.knowledge.labels.heading(column.name), f"{column.meaning} ({column.name})")
                for column in table.columns
            )
            for table in tables
        },
    }


def _evaluation(provenance: Provenance) -> list[tuple[str, str]]:
    return [
        (
            f"{title} ({annotations})",
            "; ".join(f"{name} {value}" for name, value in zip(EVALUATION_HEADS[2:], values, strict=True) if value),
        )
        for title, annotations, *values in provenance.evaluation
    ]
