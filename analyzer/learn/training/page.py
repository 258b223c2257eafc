"""The figures of an evaluation as one HTML page without scripts, with embedded pictures."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from analyzer.errors import AnalyzerError
from analyzer.knowledge import Knowledge
from analyzer.present.templates import fill

TEMPLATE = Path(__file__).with_name("page.html.jinja")
BLUE, GREY, ORANGE = "#1f5c99", "#9aa3ac", "#c9741a"
WIDTH = 430
"""Width of a picture, in pixels."""


def to_html(figures: Mapping[str, Any], knowledge: Knowledge) -> str:
    """Return the page.

    Args:
        figures: What ``summary.summarise`` returns.
        knowledge: The codebook, for the names of the codes.

    Raises:
        AnalyzerError: Altair, which draws the pictures, is not installed.
    """
    return fill(
        TEMPLATE,
        figures=figures,
        names={code: category.name for code, category in knowledge.categories.items()},
        pictures={
            "rows": _reliability(figures["calibration"]["rows"], "confidence of a row"),
            "categories": _reliability(figures["calibration"]["categories"], "confidence of a category"),
            "codes": _codes(figures["codes"]),
        },
    )


def _reliability(calibration: Mapping[str, Any], title: str) -> Markup:
    """Return a chart of the share of right statements by confidence, with the diagonal where both are equal."""
    alt = _altair()
    values = [
        {"confidence": row["confidence"], "right": row["right"], "number": row["number"]} for row in calibration["bins"]
    ]
    share = {"scale": alt.Scale(domain=[0, 1]), "axis": alt.Axis(format="%")}
    line = (
        alt.Chart(alt.Data(values=[{"at": 0}, {"at": 1}]))
        .mark_line(color=GREY, strokeDash=[4, 4])
        .encode(x=alt.X("at:Q", title=title, **share), y=alt.Y("at:Q", title="share that is right", **share))
    )
    points = (
        alt.Chart(alt.Data(values=values))
        .mark_point(color=BLUE, filled=True, opacity=0.9)
        .encode(x="confidence:Q", y="right:Q", size=alt.Size("number:Q", title="number", scale=alt.Scale(type="sqrt")))
    )
    return _picture((line + points).properties(width=WIDTH, height=WIDTH * 0.75))


def _codes(codes: Mapping[str, Mapping[str, float]]) -> Markup:
    """Return a chart of precision, recall and F of each code, the most frequent first."""
    alt = _altair()
    order = sorted(codes, key=lambda code: -codes[code]["clauses"])
    values = [
        {"code": f"{code} ({codes[code]['clauses']})", "figure": name, "value": codes[code][key]}
        for code in order
        for name, key in (("precision", "precision"), ("recall", "recall"), ("F", "f"))
    ]
    axis = alt.Y("code:N", sort=[f"{code} ({codes[code]['clauses']})" for code in order], title="code (clauses)")
    colours = alt.Scale(domain=["precision", "recall", "F"], range=[GREY, ORANGE, BLUE])
    chart = (
        alt.Chart(alt.Data(values=values))
        .mark_point(filled=True, opacity=0.9, size=55)
        .encode(
            y=axis,
            x=alt.X("value:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", orient="top")),
            color=alt.Color("figure:N", title=None, scale=colours, legend=alt.Legend(orient="top")),
        )
    )
    return _picture(chart.properties(width=WIDTH * 1.5, height={"step": 17}))


def _picture(chart: Any) -> Markup:
    """Return a chart as SVG; it holds only codes and numbers, nothing from an agreement."""
    file = io.StringIO()
    chart.configure_view(strokeOpacity=0).save(file, format="svg")
    return Markup(file.getvalue())


def _altair() -> Any:
    try:
        import altair
        import vl_convert  # noqa: F401
    except ImportError as error:
        raise AnalyzerError("pictures need Altair: pip install 'labour-provision-analyzer[plots]'") from error
    return altair
