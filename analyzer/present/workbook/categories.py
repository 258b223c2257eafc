"""The sheet *Categories*: agreements × categories, each count a link to the first provision that it counts."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

from analyzer.present.columns import Row
from analyzer.present.statistics import Statistics
from analyzer.present.workbook.cells import BLUE, LINK_LIMIT, PALE, Styles, put, set_up_print, set_widths
from analyzer.present.workbook.sheet import link_to_row

FIXED = {"agreement_id": 22, "agreement": 38, "date_signed": 11, "provisions": 10}
"""The columns before the counts, with their widths in characters."""
NARROW = 4.3
"""Width of a column of counts, in characters."""
HEAD_ROWS = 2
"""Rows of the head: groups, and categories in them."""
HEAD_HEIGHT = 280
"""Points: room for the names of categories, which are turned."""
DARKEST = 95
"""Percentile of the counts from which a cell has the darkest colour."""


def write_categories(book: Any, styles: Styles, study: Statistics) -> None:
    """Write the matrix of agreements and categories.

    Args:
        book: The workbook.
        styles: Its formats.
        study: The results; their provisions are on the sheet *Provisions* in the same order.
    """
    matrix = _Matrix(book.add_worksheet("Categories"), styles, study)
    matrix.write_head()
    for line, row in enumerate(study.analysed_rows, start=HEAD_ROWS):
        matrix.write_agreement(line, row)
    matrix.shade()
    matrix.write_totals()


class _Matrix:
    def __init__(self, sheet: Any, styles: Styles, study: Statistics) -> None:
        self._sheet = sheet
        self._styles = styles
        self._study = study
        self._categories = list(study.knowledge.categories.values())
        self._links_left = LINK_LIMIT - len(self._categories)
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], int] = {}
        for number, row in enumerate(study.provision_rows):
            for code in row["categories"]:
                self._counts[row["agreement_id"], code] += 1
                self._first.setdefault((row["agreement_id"], code), number)

    def write_head(self) -> None:
        """Write the groups and, below them, the categories, each a link to its line of the codebook."""
        sheet, styles = self._sheet, self._styles
        set_widths(sheet, [*FIXED.values(), *[NARROW] * len(self._categories)])
        sheet.freeze_panes(HEAD_ROWS, 2)
        set_up_print(sheet, "Categories", head_rows=HEAD_ROWS)
        column, names = len(FIXED), self._study.knowledge.labels.groups
        for group, members in groupby(self._categories, key=lambda category: category.group):
            last, name = column + len(list(members)) - 1, names[group]
            if last > column:
                sheet.merge_range(0, column, 0, last, name, styles.band)
            else:
                sheet.write_string(0, column, name, styles.band)
            column = last + 1
        sheet.set_row(1, HEAD_HEIGHT)
        for column, name in enumerate(FIXED):
            sheet.write_string(1, column, self._study.knowledge.labels.heading(name), styles.head)
        for number, category in enumerate(self._categories):
            column = len(FIXED) + number
            sheet.write_url(1, column, f"internal:'Codebook'!A{number + 2}", styles.turned, string="")
            sheet.write_string(1, column, f"{category.code}  {category.name}", styles.turned)

    def write_agreement(self, line: int, row: Row) -> None:
        """Write the counts of one agreement."""
        sheet, styles = self._sheet, self._styles
        put(sheet, line, 0, row["agreement_id"], styles.text)
        put(sheet, line, 1, row["agreement"], styles.plain_row)
        put(sheet, line, 2, row["date_signed"], styles.plain_row)
        sheet.write_number(line, 3, row["provisions"], styles.number)
        for column, category in enumerate(self._categories, start=len(FIXED)):
            key = row["agreement_id"], category.code
            count = self._counts[key]
            if not count:
                sheet.write_blank(line, column, None, styles.count)
                continue
            if self._links_left:
                self._links_left -= 1
                tip = f"{category.code}: go to the first of {count} provisions"
                target = link_to_row("provisions", self._first[key])
                sheet.write_url(line, column, target, styles.count, string="", tip=tip)
            sheet.write_number(line, column, count, styles.count)

    def shade(self) -> None:
        """Colour the counts: a higher count is darker."""
        if not self._study.analysed_rows:
            return
        scale = {"type": "2_color_scale", "min_type": "num", "min_value": 1, "min_color": PALE}
        scale |= {"max_type": "percentile", "max_value": DARKEST, "max_color": BLUE}
        last_line = HEAD_ROWS + len(self._study.analysed_rows) - 1
        last_column = len(FIXED) + len(self._categories) - 1
        self._sheet.conditional_format(HEAD_ROWS, len(FIXED), last_line, last_column, scale)

    def write_totals(self) -> None:
        """Write how many agreements have each category, and how many provisions there are of it."""
        rows = self._study.counted_rows
        counts = [[self._counts[row["agreement_id"], category.code] for row in rows] for category in self._categories]
        agreements = [sum(count > 0 for count in column) for column in counts]
        provisions = [sum(column) for column in counts]
        having = sum(row["has_labour_provisions"] for row in rows)
        first_line = HEAD_ROWS + len(self._study.analysed_rows)
        self._write_total(first_line, "Agreements that have it", [having, *agreements])
        self._write_total(first_line + 1, "Provisions", [sum(row["provisions"] for row in rows), *provisions])

    def _write_total(self, line: int, title: str, values: list[int]) -> None:
        style = self._styles.counted
        self._sheet.write_string(line, 0, title, style)
        self._sheet.write_blank(line, 1, None, style)
        self._sheet.write_blank(line, 2, None, style)
        for column, value in enumerate(values, start=len(FIXED) - 1):
            self._sheet.write_number(line, column, value, style)
