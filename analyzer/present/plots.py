"""Pictures of a ``Study`` as Altair charts, which notebooks show and ``chart.save(...)`` writes as PNG, SVG or HTML.

The data travels inside the chart as plain values, so that Altair's limit of 5 000 rows does not matter. Altair writes a
chart into a web page without escaping, and titles of agreements come from unknown sources: no ``<`` gets into a chart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

from analyzer.errors import AnalyzerError
from analyzer.present.rows import Aspect, year_of
from analyzer.present.statistics import Statistics

try:
    import altair as alt
except ImportError as error:
    raise AnalyzerError("pictures need Altair: pip install 'labour-provision-analyzer[plots]'") from error

if TYPE_CHECKING:
    import pandas as pd

MOST_AGREEMENTS = 60
"""Most rows of a picture. It shows the agreements with the most provisions, and its subtitle says so."""
MOST_LINES = 8
"""Most lines of a trend, those of the commonest codes: more cannot be distinguished."""
MOST_NUMBERS = 30
"""Most agreements for which numbers are written into the cells."""
DARKEST = 0.4
"""Share from which a cell has the darkest colour; otherwise an agreement with one provision would pale the rest."""
STEP = 22
"""Height and width of a cell, in pixels."""
BLUE, LIGHT, GREY, DARK, PALE = "#1f5c99", "#8fb8d9", "#c8ccd1", "#1b2733", "#ffffff"
KINDS = ("labour standards", "aims and recitals only", "no labour provision")
"""What the bars of a trend distinguish."""
STRENGTH_COLOURS = {"B": "#123f6d", "E": "#3f7fb8", "H": "#8fb8d9", "P": "#e0a13c", "D": "#c8ccd1"}


def plot_coverage(study: Statistics, of: Aspect) -> alt.LayerChart:
    """See ``Study.plot_coverage``."""
    frame, subtitle = _largest(study, study.coverage(of))
    frame = frame.loc[:, frame.sum() > 0]
    totals = {row["agreement_id"]: row["provisions"] for row in study.analysed_rows}
    titles = _titles(study)
    values = [
        {
            "agreement": plain(name),
            "title": titles[name],
            "code": plain(code),
            "name": plain(study.name_of(code)),
            "provisions": int(count),
            "share": count / totals[name],
        }
        for name, code, count in _cells(frame)
        if count
    ]
    return _HeatMap(
        values,
        rows=[plain(str(name)) for name in frame.index],
        columns=[plain(code) for code in frame.columns],
        column="code",
        shade=_Shade("share", "Share of the agreement's provisions", "%", darkest=DARKEST),
        number="provisions",
        tooltip={"title": "Agreement", "code": "Code", "name": "Meaning", "provisions": "Provisions", "share": "Share"},
        title=f"Provisions by {of}",
        subtitle=subtitle or "A darker cell holds a larger share of the agreement's provisions; numbers count them.",
    ).draw()


def plot_similarity(study: Statistics) -> alt.LayerChart:
    """See ``Study.plot_similarity``."""
    frame, subtitle = _largest(study, study.similarity())
    frame = frame[frame.index]
    values = [
        {"agreement": plain(name), "other": plain(other), "similarity": round(value, 3)}
        for name, other, value in _cells(frame)
        if not isnan(value) and name != other
    ]
    names = [plain(str(name)) for name in frame.index]
    return _HeatMap(
        values,
        rows=names,
        columns=names,
        column="other",
        shade=_Shade("similarity", "Similarity", ".1f", darkest=1),
        number="similarity",
        tooltip={"agreement": "Agreement", "other": "Other", "similarity": "Similarity"},
        title="Similarity of the labour provisions in wording",
        subtitle=subtitle or "1: the same words; 0: no words in common. Only agreements in one language are compared.",
    ).draw()


def plot_trend(study: Statistics, of: Aspect | None, *, every: int) -> alt.Chart:
    """See ``Study.plot_trend``."""
    undated = sum(year_of(row) is None for row in study.counted_rows)
    note = f"{undated} without a date {'is' if undated == 1 else 'are'} left out." if undated else ""
    frame = study.trend(every=every)
    periods = {int(year): str(year) if every == 1 else f"{year}–{int(year) + every - 1}" for year in frame.index}
    chart = _bars(frame, periods, note) if of is None else _lines(study, of, every, periods, note)
    time = alt.X("period:O", title="Signed", sort=list(periods.values()), axis=alt.Axis(labelAngle=-45))
    trend: alt.Chart = chart.encode(x=time).properties(width=_size(len(periods), STEP * 1.4), height=260)
    return trend


def _bars(frame: pd.DataFrame, periods: Mapping[int, str], note: str) -> alt.Chart:
    shades = alt.Scale(domain=KINDS, range=[BLUE, LIGHT, GREY])
    columns = (frame["with_standards"], frame["with_provisions"], frame["agreements"])
    values = [
        {"period": period, "kind": kind, "agreements": int(count), "order": KINDS.index(kind)}
        for period, standards, having, among in zip(periods.values(), *columns, strict=True)
        for kind, count in zip(KINDS, (standards, having - standards, among - having), strict=True)
    ]
    chart: alt.Chart = (
        alt.Chart(_data(values), title=_title("Agreements over time", note))
        .mark_bar()
        .encode(
            y=alt.Y("agreements:Q", title="Agreements", axis=alt.Axis(tickMinStep=1, format="d")),
            color=alt.Color("kind:N", scale=shades, title=None, legend=_on_top()),
            order="order:O",
            tooltip=["period:O", "kind:N", "agreements:Q"],
        )
    )
    return chart


def _lines(study: Statistics, of: Aspect, every: int, periods: Mapping[int, str], note: str) -> alt.Chart:
    frame = study.trend(of, every=every)
    total = frame.sum().sort_values(ascending=False, kind="stable")
    codes = [str(code) for code in total[total > 0].index]
    if len(codes) > MOST_LINES:
        codes = codes[:MOST_LINES]
        note = f"The {MOST_LINES} commonest. {note}".strip()
    among = dict(zip(map(str, periods), study.trend(every=every)["agreements"], strict=True))
    values = [
        {
            "period": periods[int(year)],
            "code": plain(code),
            "name": plain(study.name_of(code)),
            "agreements": int(count),
            "share": count / among[year],
        }
        for year, code, count in _cells(frame[codes])
        if among[year]
    ]
    legend = alt.Legend(orient="right") if values else None  # An empty legend cannot be drawn.
    chart: alt.Chart = (
        alt.Chart(_data(values), title=_title(f"Agreements by {of} over time", note))
        .mark_line(point=True)
        .encode(
            y=alt.Y("share:Q", title="Share of the period's agreements", axis=alt.Axis(format="%")),
            color=alt.Color("code:N", sort=[plain(code) for code in codes], title=None, legend=legend),
            tooltip=["period:O", "code:N", "name:N", "agreements:Q", alt.Tooltip("share:Q", format=".0%")],
        )
    )
    return chart


def plot_strength(study: Statistics) -> alt.Chart:
    """See ``Study.plot_strength``."""
    frame, subtitle = _largest(study, study.coverage("strength"))
    totals = {row["agreement_id"]: row["provisions"] for row in study.analysed_rows}
    titles = _titles(study)
    strengths = study.knowledge.labels.strengths
    values = [
        {
            "agreement": plain(name),
            "title": titles[name],
            "strength": strengths[code],
            "order": list(strengths).index(code),
            "provisions": int(count),
            "share": count / totals[name],
        }
        for name, code, count in _cells(frame)
    ]
    colours = alt.Scale(domain=list(strengths.values()), range=[STRENGTH_COLOURS[code] for code in strengths])
    chart: alt.Chart = (
        alt.Chart(_data(values))
        .mark_bar()
        .encode(
            x=alt.X(
                "share:Q", title="Share of the provisions", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])
            ),
            y=alt.Y("agreement:N", title=None, sort=[plain(str(name)) for name in frame.index], axis=_labels()),
            color=alt.Color("strength:N", scale=colours, title=None, legend=_on_top()),
            order="order:O",
            tooltip=["title:N", "strength:N", "provisions:Q", alt.Tooltip("share:Q", format=".0%")],
        )
        .properties(title=_title("How binding the provisions are", subtitle), width=420, height=_size(len(frame), STEP))
    )
    return chart


@dataclass(frozen=True, slots=True)
class _Shade:
    """What the colour of a heat map's cells shows: a field of the values, the legend's title and number format."""

    field: str
    title: str
    format: str
    darkest: float


@dataclass(frozen=True, slots=True)
class _HeatMap:
    """A grid of agreements (rows) and codes or other agreements (columns).

    Attributes:
        values: One entry per cell.
        rows: Agreements, from top to bottom.
        columns: Columns, from left to right.
        column: Field of the values that names the column.
        shade: What the colour shows.
        number: Field whose number is written into the cell.
        tooltip: Fields that the tooltip shows, with their titles.
        title: Title of the picture.
        subtitle: Its subtitle.
    """

    values: Sequence[Mapping[str, Any]]
    rows: Sequence[str]
    columns: Sequence[str]
    column: str
    shade: _Shade
    number: str
    tooltip: Mapping[str, str]
    title: str
    subtitle: str

    def draw(self) -> alt.LayerChart:
        """Return the chart."""
        base = alt.Chart(_data(self.values)).encode(
            x=alt.X(
                f"{self.column}:N",
                sort=list(self.columns),
                title=None,
                axis=alt.Axis(orient="top", labelAngle=-90, labelLimit=240),
            ),
            y=alt.Y("agreement:N", sort=list(self.rows), title=None, axis=_labels()),
        )
        most = min(max((value[self.shade.field] for value in self.values), default=1), self.shade.darkest)
        layers = [self._cells(base, most)]
        if len(self.rows) <= MOST_NUMBERS:
            layers.append(self._numbers(base, most))
        step = STEP + (8 if self.number == "similarity" else 0)
        size = {"width": _size(len(self.columns), step), "height": _size(len(self.rows), STEP)}
        return alt.LayerChart(layer=layers).properties(title=_title(self.title, self.subtitle), **size)

    def _cells(self, base: alt.Chart, most: float) -> alt.Chart:
        quantities = ("share", "provisions", "similarity")
        legend = alt.Legend(
            title=self.shade.title, orient="bottom", format=self.shade.format, gradientLength=200, titleLimit=300
        )
        cells: alt.Chart = base.mark_rect(stroke="white").encode(
            color=alt.Color(
                f"{self.shade.field}:Q",
                scale=alt.Scale(scheme="blues", domain=[0, most or 1], clamp=True),
                legend=legend,
            ),
            tooltip=[
                alt.Tooltip(f"{field}:{'Q' if field in quantities else 'N'}", title=title)
                for field, title in self.tooltip.items()
            ],
        )
        return cells

    def _numbers(self, base: alt.Chart, most: float) -> alt.Chart:
        is_dark = alt.datum[self.shade.field] > most * 0.55
        numbers: alt.Chart = base.mark_text(fontSize=10).encode(
            text=alt.Text(f"{self.number}:Q", format=".2f" if self.number == "similarity" else "d"),
            color=alt.when(is_dark).then(alt.value(PALE)).otherwise(alt.value(DARK)),
        )
        return numbers


def _largest(study: Statistics, frame: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the rows of agreements with provisions, oldest first, at most ``MOST_AGREEMENTS``, and a note about it."""
    rows = {row["agreement_id"]: row for row in study.analysed_rows}
    having = [str(name) for name in frame.index if rows[str(name)]["has_labour_provisions"]]
    most = sorted(having, key=lambda name: -rows[name]["provisions"])[:MOST_AGREEMENTS]
    ordered = sorted(most, key=lambda name: (year_of(rows[name]) or 9999, name))
    note = (
        f"The {MOST_AGREEMENTS} agreements with the most provisions, of {len(having)}."
        if len(most) < len(having)
        else ""
    )
    return frame.loc[ordered], note


def _cells(frame: pd.DataFrame) -> Iterator[tuple[str, str, float]]:
    for name, row in zip(frame.index, frame.to_numpy().tolist(), strict=True):
        yield from ((str(name), str(column), value) for column, value in zip(frame.columns, row, strict=True))


def _titles(study: Statistics) -> dict[str, str]:
    return {
        row["agreement_id"]: plain(" ".join(part for part in (row["agreement"], str(year_of(row) or "")) if part))
        for row in study.analysed_rows
    }


def _title(text: str, subtitle: str) -> alt.TitleParams:
    return alt.TitleParams(text, subtitle=subtitle, anchor="start", subtitleColor="#5b6670", offset=12)


def _on_top() -> alt.Legend:
    return alt.Legend(orient="top")


def _labels() -> alt.Axis:
    return alt.Axis(labelLimit=260)


def _data(values: Sequence[Mapping[str, Any]]) -> alt.Data:
    data: alt.Data = alt.Data(values=values)  # type: ignore[no-untyped-call]
    return data


def _size(count: int, step: float) -> float:
    """Return the pixels that ``count`` bands take; a picture of nothing still has a size."""
    return max(count, 3) * step


def plain(text: str) -> str:
    """Return a text as it may stand in a chart: on one line, without ``<``."""
    return " ".join(text.replace("<", "‹").split())
