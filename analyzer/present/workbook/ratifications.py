"""The sheet *Ratifications*: who of the parties ratified the ILO instruments that an agreement invokes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from analyzer.present.columns import Row
from analyzer.present.workbook.cells import Styles, put, set_up_print, set_widths

FIXED = {
    "agreement_id": 22,
    "agreement": 34,
    "signed": 11,
    "party": 8,
    "party_name": 22,
    "group": 11,
    "gaps": 6,
}
"""The columns before the instruments, with their widths in characters."""
SOURCES = ("agreement_id", "agreement", "date_signed", "party", "party_name", "group")
"""The columns of the table from which they are filled, all but the last."""
NARROW = 9
"""Width of a column of years, in characters."""
HEAD_HEIGHT = 150
"""Points: room for the titles of instruments, which are turned."""


def write_ratifications(book: Any, styles: Styles, rows: Sequence[Row]) -> None:
    """Write the ratifications, one row per agreement and party.

    Args:
        book: The workbook.
        styles: Its formats.
        rows: Rows of ``ratifications``.
    """
    titles = {row["instrument"]: row["title"] for row in rows}
    instruments = sorted(titles, key=lambda id: (id[1:], id[0]))
    sheet = book.add_worksheet("Ratifications")
    set_widths(sheet, [*FIXED.values(), *[NARROW] * len(instruments)])
    sheet.freeze_panes(1, 2)
    set_up_print(sheet, "Ratifications", head_rows=1)
    sheet.set_row(0, HEAD_HEIGHT if instruments else 30)
    for column, name in enumerate(FIXED):
        sheet.write_string(0, column, name, styles.head)
    for column, id in enumerate(instruments, start=len(FIXED)):
        put(sheet, 0, column, f"{id}  {titles[id]}", styles.turned)
    line = 0
    for _, of_agreement in groupby(rows, key=lambda row: row["agreement_id"]):
        parties: dict[str, list[Row]] = {}
        for row in of_agreement:
            parties.setdefault(row["party"], []).append(row)
        for facts in parties.values():
            line += 1
            _write_party(sheet, line, facts, instruments, styles)
    if not line:
        note = "No agreement with known parties invokes an instrument whose ratifications are known."
        sheet.write_string(1, 0, note, styles.note)
        return
    sheet.autofilter(0, 0, line, len(FIXED) + len(instruments) - 1)
    as_of = ", ".join(sorted({row["ratifications_as_of"] for row in rows if row["ratifications_as_of"]}))
    note = f"Ratifications as of {as_of}, ILO NORMLEX; the numbers are years of registration."
    sheet.write_string(line + 2, 0, note, styles.note)
    _write_legend(sheet, line + 3, styles)


def _write_party(sheet: Any, line: int, facts: Sequence[Row], instruments: Sequence[str], styles: Styles) -> None:
    for column, name in enumerate(SOURCES):
        put(sheet, line, column, facts[0][name], styles.plain_row)
    gaps = sum(row["gap"] is True for row in facts)
    sheet.write_number(line, len(SOURCES), gaps, styles.missing if gaps else styles.count)
    by_instrument = {row["instrument"]: row for row in facts}
    for column, id in enumerate(instruments, start=len(FIXED)):
        row = by_instrument.get(id)
        if row is None or row["now"] is None:
            sheet.write_blank(line, column, None, styles.count)
        elif row["gap"]:
            until = f" (until {row['denounced'][:4]})" if row["denounced"] else ""
            put(sheet, line, column, f"no{until}", styles.missing)
        else:
            put(sheet, line, column, row["ratified"][:4], styles.yes if row["at_signature"] else styles.later)


def _write_legend(sheet: Any, line: int, styles: Styles) -> None:
    legend = (
        (styles.yes, "ratified when the agreement was signed"),
        (styles.later, "ratified since, or date not known"),
        (styles.missing, "invoked, but not ratified"),
    )
    for number, (style, meaning) in enumerate(legend):
        sheet.write_blank(line + number, 0, None, style)
        sheet.write_string(line + number, 1, meaning, styles.note)
