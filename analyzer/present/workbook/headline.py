"""The sheet *Headline figures*: how many agreements have labour provisions, beside published figures."""

from __future__ import annotations

from math import ceil
from typing import Any

from analyzer.present.headline import MEASURES, headline_rows
from analyzer.present.statistics import Statistics
from analyzer.present.workbook.cells import LINE_HEIGHT, Styles, put, set_up_print, set_widths

NAME = "Headline figures"
WIDTHS = (16, 14, 12, 12, 12, 12, 12, 12, 60)
"""Widths of the columns, in characters."""


def _differences(study: Statistics) -> tuple[str, ...]:
    """Return why published figures differ, in the language of the labels."""
    known = study.knowledge
    language = next(code for code, labels in known.all_labels.items() if labels is known.labels)
    return known.published.differences[language]


def write_headline(book: Any, styles: Styles, study: Statistics) -> None:
    """Write the figures, what the measures count, and why others differ."""
    sheet, labels, published = book.add_worksheet(NAME), study.knowledge.labels, study.knowledge.published
    set_widths(sheet, WIDTHS)
    set_up_print(sheet, NAME, head_rows=0)
    first, second = (labels.measures[one] for one in MEASURES)
    heads = ("Signed", "Years here", "Agreements", first, "Share", second, "Share", "Published", "Source")
    sheet.set_row(0, 2 * LINE_HEIGHT)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, styles.head)
    line = 0
    for line, row in enumerate(headline_rows(study.counted_rows, published), start=1):
        put(sheet, line, 0, row["period"] or "All agreements", styles.text)
        put(sheet, line, 1, row["years"], styles.text)
        sheet.write_number(line, 2, row["agreements"], styles.number)
        for column, measure in zip((3, 5), MEASURES, strict=True):
            sheet.write_number(line, column, row[measure], styles.number)
            if (share := row[f"{measure}_share"]) is None:
                sheet.write_blank(line, column + 1, None, styles.percent)
            else:
                sheet.write_number(line, column + 1, share, styles.percent)
        put(sheet, line, 7, row["published"], styles.text)
        put(sheet, line, 8, row["source"], styles.text)
    notes = [f"{labels.measures[one]}: {labels.counted[one]}." for one in MEASURES]
    notes += ["", "Why the published figures differ:", *_differences(study)]
    across = sum(WIDTHS)
    for number, note in enumerate(notes, start=line + 2):
        sheet.set_row(number, max(1, ceil(1.1 * len(note) / across)) * LINE_HEIGHT)
        sheet.merge_range(number, 0, number, len(WIDTHS) - 1, note, styles.plain)
