"""The sheet *Trends*: agreements over time, by the two measures of labour provisions, and the categories of these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analyzer.present.rows import year_of
from analyzer.present.statistics import Statistics
from analyzer.present.workbook.cells import Styles, set_up_print

if TYPE_CHECKING:
    import pandas as pd

LONG = 20
"""Years between the first and the last agreement from which five years are counted together."""
TITLES = (
    "Period",
    "Agreements",
    "With labour standards",
    "With aims and recitals only",
    "Without labour provisions",
    "Share with labour standards",
    "Share with any mention",
    "Provisions",
    "Mean share of binding ones",
)
HEAD_LINE, FIRST_LINE = 2, 3
"""Line of the head of the first table, and its first line of figures."""
CHART = {"width": 620, "height": 300}
"""Size of a chart, in pixels."""
CHART_LINES = 34
"""Lines of the sheet that two charts beside the first table take."""
FIXED = 5
"""Columns over which the code and the name of a category are spread."""
COLOURS = ("#1F5C99", "#8FB8D9", "#C8CCD1")
GRIDLINES = {"visible": True, "line": {"color": "#E3E6E9"}}
SCALE = {
    "type": "2_color_scale",
    "min_type": "num",
    "min_value": 0,
    "min_color": "#FFFFFF",
    "max_color": "#7FB2DE",
}


def write_trends(book: Any, styles: Styles, study: Statistics) -> None:
    """Write the trends with two charts; a note gives the number of agreements without a date."""
    sheet = book.add_worksheet("Trends")
    set_up_print(sheet, "Trends", head_rows=0)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1 + FIXED + len(TITLES) * 4, 11)
    years = [year for row in study.counted_rows if (year := year_of(row)) is not None]
    undated = len(study.counted_rows) - len(years)
    note = "By year of signature, or of entry into force where that is not known."
    note += f" Agreements without a date, left out: {undated}."
    if unread := len(study.agreement_rows) - len(study.analysed_rows):
        note += f" Agreements in languages that are not supported, left out: {unread}."
    sheet.write_string(0, 0, note, styles.note)
    if not years:
        return
    every = 5 if max(years) - min(years) >= LONG else 1
    overall = study.trend(every=every)
    periods = [f"{year}–{year + every - 1}" if every > 1 else str(year) for year in overall.index]
    _write_overall(sheet, styles, periods, overall)
    last_line = FIRST_LINE + len(periods) - 1
    right = len(TITLES) + 1
    sheet.insert_chart(HEAD_LINE, right, _bars(book, last_line), {"object_position": 2})
    sheet.insert_chart(HEAD_LINE + CHART_LINES // 2, right, _shares(book, last_line), {"object_position": 2})
    top = max(last_line + 2, HEAD_LINE + CHART_LINES)
    sheet.write_string(top, 0, "Agreements that have at least one provision of each category:", styles.note)
    _write_category_head(sheet, styles, top + 1, periods)
    counts = study.trend("categories", every=every)
    codes = [str(code) for code in counts.columns if counts[code].sum()]
    for line, code in enumerate(codes, start=top + 2):
        sheet.write_string(line, 0, code, styles.text)
        sheet.write_string(line, 1, study.name_of(code), styles.plain_row)
        _write_counts(sheet, styles, line, counts[code].tolist())
    if codes:
        sheet.conditional_format(top + 2, FIXED, top + 1 + len(codes), FIXED + len(periods) - 1, SCALE)


def _write_overall(sheet: Any, styles: Styles, periods: Sequence[str], overall: pd.DataFrame) -> None:
    for column, title in enumerate(TITLES):
        sheet.write_string(HEAD_LINE, column, title, styles.head)
    sheet.set_row(HEAD_LINE, 45)
    for line, (period, row) in enumerate(zip(periods, overall.to_dict("records"), strict=True), start=FIRST_LINE):
        sheet.write_string(line, 0, period, styles.text)
        sheet.write_number(line, 1, row["agreements"], styles.number)
        sheet.write_number(line, 2, row["with_standards"], styles.number)
        sheet.write_number(line, 3, row["with_provisions"] - row["with_standards"], styles.number)
        sheet.write_number(line, 4, row["agreements"] - row["with_provisions"], styles.number)
        _write_share(sheet, styles, line, 5, row["share"])
        _write_share(sheet, styles, line, 6, row["share_any"])
        sheet.write_number(line, 7, row["provisions"], styles.number)
        _write_share(sheet, styles, line, 8, row["binding_share"])


def _write_share(sheet: Any, styles: Styles, line: int, column: int, share: float) -> None:
    if share == share:  # Not NaN: the period has agreements.
        sheet.write_number(line, column, share, styles.percent)
    else:
        sheet.write_blank(line, column, None, styles.percent)


def _write_category_head(sheet: Any, styles: Styles, line: int, periods: Sequence[str]) -> None:
    sheet.write_string(line, 0, "category", styles.head)
    sheet.write_string(line, 1, "name", styles.head)
    sheet.set_row(line, 30)
    for column in range(2, FIXED):
        sheet.write_blank(line, column, None, styles.head)
    for column, period in enumerate(periods, start=FIXED):
        sheet.write_string(line, column, period, styles.head)


def _write_counts(sheet: Any, styles: Styles, line: int, counts: Sequence[int]) -> None:
    for column, count in enumerate(counts, start=FIXED):
        if count:
            sheet.write_number(line, column, count, styles.count)
        else:
            sheet.write_blank(line, column, None, styles.count)


def _bars(book: Any, last_line: int) -> Any:
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    for column, colour in enumerate(COLOURS, start=2):
        chart.add_series({**_series(column, last_line), "fill": {"color": colour}, "gap": 40})
    return _finish(chart, "Agreements over time", {"major_gridlines": GRIDLINES})


def _shares(book: Any, last_line: int) -> Any:
    chart = book.add_chart({"type": "line"})
    for column, colour in ((5, COLOURS[0]), (6, COLOURS[1]), (8, "#E0A13C")):
        marker = {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
        line = {"color": colour, "width": 2.25}
        chart.add_series({**_series(column, last_line), "line": line, "marker": marker})
    axis = {"num_format": "0%", "min": 0, "max": 1, "major_gridlines": GRIDLINES}
    return _finish(chart, "Shares with labour standards and any mention, and share of binding provisions", axis)


def _series(column: int, last_line: int) -> dict[str, Any]:
    """Return where a chart finds the name, the periods and the values of a column of the first table."""
    return {
        "name": ["Trends", HEAD_LINE, column],
        "categories": ["Trends", FIRST_LINE, 0, last_line, 0],
        "values": ["Trends", FIRST_LINE, column, last_line, column],
    }


def _finish(chart: Any, title: str, axis: dict[str, Any]) -> Any:
    chart.set_title({"name": title, "name_font": {"size": 11}, "overlay": False})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis(axis)
    chart.set_x_axis({"num_font": {"rotation": -45, "size": 9}})
    chart.show_blanks_as("gap")
    chart.set_size(CHART)
    return chart
