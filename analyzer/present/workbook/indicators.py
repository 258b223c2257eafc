"""The sheet *Indicators*, for coders: agreements × indicators, each value a link to the clauses that justify it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from analyzer.present.cells import Table
from analyzer.present.columns import Row
from analyzer.present.statistics import Statistics
from analyzer.present.workbook.cells import LINK_LIMIT, Styles, put, set_up_print, set_widths
from analyzer.present.workbook.sheet import Links, link_to_row

FIXED = {"agreement_id": 22, "agreement": 38, "date_signed": 11}
"""The columns before the values, with their widths in characters."""
NARROW = 4.3
"""Width of a column of values, in characters."""
HEAD_ROWS = 2
"""Rows of the head: groups, and indicators in them."""
HEAD_HEIGHT = 230
"""Points: room for the names of indicators, which are turned."""


def write_indicators(book: Any, styles: Styles, study: Statistics) -> None:
    """Write the values of all indicators; those that hang only on doubtful clauses are coloured.

    Args:
        book: The workbook.
        styles: Its formats.
        study: The results; their evidence is on the sheet *Indicator_evidence* in the same order.
    """
    sheet = _Sheet(book.add_worksheet("Indicators"), styles, study)
    sheet.write_head()
    for line, row in enumerate(study.indicator_rows, start=HEAD_ROWS):
        sheet.write_agreement(line, row)


def links_to_clauses(evidence: Table, provisions: Table) -> Links:
    """Return links from the addresses in the table of evidence to the rows of these provisions."""
    places = {(row["agreement_id"], row["clause_id"]): number for number, row in enumerate(provisions.rows)}
    return {
        (number, "clause_id"): link_to_row("provisions", places[key])
        for number, row in enumerate(evidence.rows)
        if (key := (row["agreement_id"], row["clause_id"])) in places
    }


class _Sheet:
    def __init__(self, sheet: Any, styles: Styles, study: Statistics) -> None:
        self._sheet = sheet
        self._styles = styles
        self._labels = study.knowledge.labels
        self._groups = study.knowledge.indicators.groups
        self._indicators = list(study.knowledge.indicators.entries.values())
        self._links_left = LINK_LIMIT
        self._first: dict[tuple[str, str], int] = {}
        self._count: dict[tuple[str, str], int] = {}
        self._sure: set[tuple[str, str]] = set()
        for number, row in enumerate(study.evidence_rows):
            key = row["agreement_id"], row["indicator"]
            self._first.setdefault(key, number)
            self._count[key] = self._count.get(key, 0) + 1
            if not row["uncertain"]:
                self._sure.add(key)

    def write_head(self) -> None:
        """Write the groups and, below them, the indicators."""
        sheet, styles = self._sheet, self._styles
        set_widths(sheet, [*FIXED.values(), *[NARROW] * len(self._indicators)])
        sheet.freeze_panes(HEAD_ROWS, 2)
        set_up_print(sheet, "Indicators", head_rows=HEAD_ROWS)
        column = len(FIXED)
        for group, members in groupby(self._indicators, key=lambda indicator: indicator.group):
            last = column + len(list(members)) - 1
            if last > column:
                sheet.merge_range(0, column, 0, last, self._groups[group], styles.band)
            else:
                sheet.write_string(0, column, self._groups[group], styles.band)
            column = last + 1
        sheet.set_row(1, HEAD_HEIGHT)
        for column, name in enumerate(FIXED):
            sheet.write_string(1, column, self._labels.heading(name), styles.head)
        for column, indicator in enumerate(self._indicators, start=len(FIXED)):
            put(sheet, 1, column, indicator.name, styles.turned)
            sheet.write_comment(1, column, f"{indicator.id}: {indicator.definition}")

    def write_agreement(self, line: int, row: Row) -> None:
        """Write the values of one agreement."""
        for column, name in enumerate(FIXED):
            put(self._sheet, line, column, row[name], self._styles.plain_row)
        for column, indicator in enumerate(self._indicators, start=len(FIXED)):
            self._write_value(line, column, row["agreement_id"], indicator.id, row[indicator.id])

    def _write_value(self, line: int, column: int, agreement_id: str, id: str, value: int | None) -> None:
        sheet, styles, key = self._sheet, self._styles, (agreement_id, id)
        if value is None:
            sheet.write_blank(line, column, None, styles.count)
            return
        style = styles.count if not value else styles.yes if key in self._sure else styles.missing
        if key in self._first and self._links_left:
            self._links_left -= 1
            tip = f"{id}: go to the first of {self._count[key]} clauses"
            target = link_to_row("indicator_evidence", self._first[key])
            sheet.write_url(line, column, target, style, string="", tip=tip)
        sheet.write_number(line, column, value, style)
