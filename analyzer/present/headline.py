"""How many agreements have labour provisions, by two measures, and beside it what others have published.

*Labour standards* counts agreements with a substantive labour provision (the indicator ``substantive``), *any mention*
those with any labour provision. Of the versions of an agreement one is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, get_args

from analyzer.present.rows import year_of

if TYPE_CHECKING:
    from analyzer.knowledge.published import Published
    from analyzer.present.columns import Row

Measure = Literal["standards", "any"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
"""The measures, the usual one first; ``knowledge/data/labels.toml`` has their names and what they count."""
SUBSTANTIVE = "substantive"
"""The indicator that the first measure counts."""
HEADLINE = ("period", "years", "agreements", "standards", "standards_share", "any", "any_share", "published", "source",
            "link")  # fmt: skip
"""The columns of ``Study.headline_figures``."""

_COUNTS: Mapping[Measure, Callable[[Row], bool]] = {
    "standards": lambda row: bool(row.get(SUBSTANTIVE)),
    "any": lambda row: bool(row["has_labour_provisions"]),
}


def has(row: Row, measure: Measure) -> bool:
    """Return whether an agreement counts by a measure, by its row of ``agreements``."""
    return _COUNTS[measure](row)


def share(rows: Sequence[Row], measure: Measure) -> float | None:
    """Return the share of agreements that count by a measure, 0 to 1; ``None`` if there are none."""
    return sum(has(row, measure) for row in rows) / len(rows) if rows else None


def period_summary(rows: Sequence[Row]) -> dict[str, float]:
    """Return what ``Study.trend`` says of the agreements of a period, by their rows of ``agreements``."""
    having = [row for row in rows if has(row, "any")]
    standards = sum(has(row, "standards") for row in rows)
    nothing = float("nan")
    return {
        "agreements": len(rows),
        "with_standards": standards,
        "share": standards / len(rows) if rows else nothing,
        "with_provisions": len(having),
        "share_any": len(having) / len(rows) if rows else nothing,
        "provisions": sum(row["provisions"] for row in rows),
        "binding_share": sum(row["binding_share"] for row in having) / len(having) if having else nothing,
    }


def headline_rows(agreements: Sequence[Row], published: Published) -> list[Row]:
    """Return the shares of all agreements and of those of each period for which a figure was published.

    ``years`` are the first and last year of the agreements that are counted; ``published`` is empty where nothing was.

    Args:
        agreements: The rows of ``agreements`` that are counted (``Study.counted_rows``).
        published: What others have published.
    """
    dated = [(year, row) for row in agreements if (year := year_of(row)) is not None]
    rows = [_row("", agreements, [year for year, _ in dated])]
    for figure in published.figures:
        within = [(year, row) for year, row in dated if figure.first <= year <= figure.last]
        rows.append(
            {
                **_row(f"{figure.first}–{figure.last}", [row for _, row in within], [year for year, _ in within]),
                "published": f"{'≈ ' if figure.about else ''}{figure.share:.0%}",
                "source": figure.source,
                "link": figure.link,
            }
        )
    return rows


def _row(period: str, rows: Sequence[Row], years: Sequence[int]) -> Row:
    return {
        "period": period,
        "years": f"{min(years)}–{max(years)}" if years else "",
        "agreements": len(rows),
        **{
            name: value
            for measure in MEASURES
            for name, value in (
                (measure, sum(has(row, measure) for row in rows)),
                (f"{measure}_share", share(rows, measure)),
            )
        },
        **dict.fromkeys(("published", "source", "link"), ""),
    }
