"""The sheet *Trends*: agreements over time, with and without labour provisions, and what these are about."""

from __future__ import annotations

from typing import Any

from analyzer.present.rows import year_of
from analyzer.present.study import Study
from analyzer.present.workbook.cells import Styles, set_up_print

LONG = 20
"""Years from which periods of five years are shown instead of single years."""
TITLES = ("period", "agreements", "with labour provisions", "without", "share with", "provisions", "mean binding share")
COLOURS = ("#1F5C99", "#C8CCD1")
CHART = {"width": 620, "height": 300}
"""Pixels."""
FIXED = 5
"""Columns over which code and name of a category are spread."""
CHART_ROWS = 34
"""Rows of a sheet beside which two charts stand."""


def write_trends(book: Any, styles: Styles, study: Study) -> None:
    """Write the trends with two charts; agreements without a date are counted in a note."""
    sheet = book.add_worksheet("Trends")
    set_up_print(sheet, "Trends", head_rows=0)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1 + FIXED + len(TITLES) * 4, 11)
    years = [year for row in study.agreement_rows if (year := year_of(row)) is not None]
    undated = len(study.agreement_rows) - len(years)
    note = "By year of signature, or of entry into force where that is not known."
    sheet.write_string(0, 0, f"{note} Agreements without a date, left out: {undated}.", styles.note)
    if not years:
        return
    every = 5 if max(years) - min(years) >= LONG else 1
    overall, categories = study.trend(every=every), study.trend("categories", every=every)
    periods = [f"{year}–{year + every - 1}" if every > 1 else str(year) for year in overall.index]
    for at, name in enumerate(TITLES):
        sheet.write_string(2, at, name, styles.head)
    sheet.set_row(2, 30)
    for line, (period, row) in enumerate(zip(periods, overall.to_dict("records"), strict=True), start=3):
        sheet.write_string(line, 0, period, styles.text)
        sheet.write_number(line, 1, row["agreements"], styles.number)
        sheet.write_number(line, 2, row["with_provisions"], styles.number)
        sheet.write_number(line, 3, row["agreements"] - row["with_provisions"], styles.number)
        _write_share(sheet, line, 4, row["share"], styles)
        sheet.write_number(line, 5, row["provisions"], styles.number)
        _write_share(sheet, line, 6, row["binding_share"], styles)
    last = len(periods) + 2
    right = len(TITLES) + 1
    sheet.insert_chart(2, right, _bars(book, last), {"object_position": 2})
    sheet.insert_chart(2 + CHART_ROWS // 2, right, _shares(book, last), {"object_position": 2})
    top = max(last + 2, 2 + CHART_ROWS)
    found = [str(code) for code in categories.columns if categories[code].sum()]
    sheet.write_string(top, 0, "Agreements that have at least one provision of each category:", styles.note)
    sheet.write_string(top + 1, 0, "category", styles.head)
    sheet.write_string(top + 1, 1, "name", styles.head)
    sheet.set_row(top + 1, 30)
    for at in range(2, FIXED):
        sheet.write_blank(top + 1, at, None, styles.head)
    for at, period in enumerate(periods, start=FIXED):
        sheet.write_string(top + 1, at, period, styles.head)
    for line, code in enumerate(found, start=top + 2):
        sheet.write_string(line, 0, code, styles.text)
        sheet.write_string(line, 1, study.name_of(code), styles.plain_row)
        for at, count in enumerate(categories[code].tolist(), start=FIXED):
            if count:
                sheet.write_number(line, at, count, styles.count)
            else:
                sheet.write_blank(line, at, None, styles.count)
    if found:
        scale = {
            "type": "2_color_scale",
            "min_type": "num",
            "min_value": 0,
            "min_color": "#FFFFFF",
            "max_color": "#7FB2DE",
        }
        sheet.conditional_format(top + 2, FIXED, top + 1 + len(found), FIXED + len(periods) - 1, scale)


def _write_share(sheet: Any, line: int, at: int, value: float, styles: Styles) -> None:
    if value == value:  # Not NaN: the period has agreements.
        sheet.write_number(line, at, value, styles.percent)
    else:
        sheet.write_blank(line, at, None, styles.percent)


def _bars(book: Any, last: int) -> Any:
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    for column, colour in ((2, COLOURS[0]), (3, COLOURS[1])):
        chart.add_series(
            {
                "name": ["Trends", 2, column],
                "categories": ["Trends", 3, 0, last, 0],
                "values": ["Trends", 3, column, last, column],
                "fill": {"color": colour},
                "gap": 40,
            }
        )
    return _finish(chart, "Agreements over time", {"major_gridlines": {"visible": True, "line": {"color": "#E3E6E9"}}})


def _shares(book: Any, last: int) -> Any:
    chart = book.add_chart({"type": "line"})
    for column, colour in ((4, COLOURS[0]), (6, "#E0A13C")):
        chart.add_series(
            {
                "name": ["Trends", 2, column],
                "categories": ["Trends", 3, 0, last, 0],
                "values": ["Trends", 3, column, last, column],
                "line": {"color": colour, "width": 2.25},
                "marker": {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}},
            }
        )
    gridlines = {"visible": True, "line": {"color": "#E3E6E9"}}
    axis = {"num_format": "0%", "min": 0, "max": 1, "major_gridlines": gridlines}
    return _finish(chart, "Share with labour provisions, and share of binding ones in these", axis)


def _finish(chart: Any, title: str, axis: dict[str, Any]) -> Any:
    chart.set_title({"name": title, "name_font": {"size": 11}, "overlay": False})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis(axis)
    chart.set_x_axis({"num_font": {"rotation": -45, "size": 9}})
    chart.show_blanks_as("gap")
    chart.set_size(CHART)
    return chart
