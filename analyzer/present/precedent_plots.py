"""Pictures of schools of drafting and of lineage, as Altair charts; see ``analyzer.present.plots``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analyzer.errors import AnalyzerError
from analyzer.present.plots import PALE, STRENGTH_COLOURS, plain
from analyzer.present.precedent_study import PrecedentStudy

try:
    import altair as alt
except ImportError as error:
    raise AnalyzerError("pictures need Altair: pip install 'labour-provision-analyzer[plots]'") from error

MOST_SCHOOLS = 9
"""Most schools that have a colour of their own, the largest; more cannot be distinguished."""
OTHERS = "other schools"
COLOURS = (
    *("#1f5c99", "#e0a13c", "#2f8f6b", "#b3474b", "#7a5aa6", "#4aa3b8", "#8a6d3b", "#c45a9c", "#5f6b2d"),
    "#c8ccd1",
)
MAP_SIZE, BAR = 460, 30


def plot_schools(study: PrecedentStudy) -> alt.LayerChart:
    """See ``PrecedentStudy.plot_schools``."""
    titles = {row["agreement_id"]: row["agreement"] or row["agreement_id"] for row in study.analysed_rows}
    dates = {row["agreement_id"]: row["date_signed"] or row["date_in_force"] for row in study.analysed_rows}
    frame = study.schools()
    shown: dict[int, str] = {}
    for number, name in zip(frame["school"].tolist(), frame["name"].tolist(), strict=True):
        shown.setdefault(number, f"{number}. {plain(name)}" if number <= MOST_SCHOOLS else OTHERS)
    values = [
        {
            "agreement": plain(titles[str(name)]),
            "id": plain(str(name)),
            "year": dates[str(name)][:4],
            "school": shown[row["school"]],
            "x": row["x"],
            "y": row["y"],
        }
        for name, row in frame.to_dict("index").items()
    ]
    domain = list(dict.fromkeys(shown.values()))
    colours = [*COLOURS[: len(domain) - (OTHERS in domain)], *([COLOURS[-1]] if OTHERS in domain else [])]
    legend = alt.Legend(orient="right", labelLimit=260) if values else None  # An empty legend cannot be drawn.
    base = alt.Chart(_data(values)).encode(
        x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-1.1, 1.1])),
        y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1.1, 1.1])),
        tooltip=["agreement:N", "id:N", "year:N", "school:N"],
    )
    points = base.mark_circle(size=90, stroke=PALE, opacity=0.9).encode(
        color=alt.Color("school:N", scale=alt.Scale(domain=domain, range=colours), title=None, legend=legend)
    )
    return alt.LayerChart(layer=[points]).properties(
        title=_title("Schools of drafting", "The more alike two agreements are in words and structure, the nearer."),
        width=MAP_SIZE,
        height=MAP_SIZE,
    )


def plot_lineage(study: PrecedentStudy, of: str, *, every: int) -> alt.Chart:
    """See ``PrecedentStudy.plot_lineage``."""
    names, scale = study.knowledge.labels.strengths, study.knowledge.strength.scale
    found = study.periods_of(of, every=every)
    labels = {one.start: str(one.start) if every == 1 else f"{one.start}–{one.start + every - 1}" for one in found}
    values = [
        {
            "period": labels[one.start],
            "strength": names[strength],
            "order": scale.index(strength),
            "agreements": count,
            "among": one.agreements,
            "share": count / one.agreements,
        }
        for one in found
        for strength, count in one.strengths
    ]
    first = next(iter(study.appearances_of(of)), None)
    since = f"First in {first.clause.agreement_id}, {first.clause.date or 'no date'}." if first else "Nowhere."
    colours = alt.Scale(
        domain=[names[strength] for strength in scale], range=[STRENGTH_COLOURS[strength] for strength in scale]
    )
    chart: alt.Chart = (
        alt.Chart(_data(values))
        .mark_bar()
        .encode(
            x=alt.X("period:O", title="Signed", sort=list(labels.values()), axis=alt.Axis(labelAngle=-45)),
            y=alt.Y("share:Q", title="Share of the period's agreements", axis=alt.Axis(format="%")),
            color=alt.Color("strength:N", scale=colours, title="At most", legend=alt.Legend(orient="right")),
            order="order:O",
            tooltip=["period:O", "strength:N", "agreements:Q", "among:Q", alt.Tooltip("share:Q", format=".0%")],
        )
        .properties(
            title=_title(f"{plain(study.name_of(of))} over time", since), width=max(3, len(labels)) * BAR, height=260
        )
    )
    return chart


def _data(values: Sequence[Mapping[str, Any]]) -> alt.Data:
    data: alt.Data = alt.Data(values=values)  # type: ignore[no-untyped-call]
    return data


def _title(text: str, subtitle: str) -> alt.TitleParams:
    return alt.TitleParams(text, subtitle=plain(subtitle), anchor="start", subtitleColor="#5b6670", offset=12)
