"""Results that can be counted, compared and drawn: what ``BatchResult`` and ``Results`` have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.present.rows import Aspect
from analyzer.present.statistics import Statistics

if TYPE_CHECKING:
    import altair as alt


class Study(Statistics):
    """What every set of results can do: ``BatchResult`` and ``Results`` have these methods."""

    def plot_coverage(self, of: Aspect = "categories") -> alt.LayerChart:
        """Return a heat map of ``coverage``: how often each agreement has each code. Needs the extra ``plots``."""
        from analyzer.present.plots import plot_coverage

        return plot_coverage(self, of)

    def plot_trend(self, of: Aspect | None = None, *, every: int = 5) -> alt.Chart:
        """Return a picture of ``trend``: bars for agreements, or a line per code. Needs the extra ``plots``."""
        from analyzer.present.plots import plot_trend

        return plot_trend(self, of, every=every)

    def plot_strength(self) -> alt.Chart:
        """Return how binding the provisions of each agreement are, as shares. Needs the extra ``plots``."""
        from analyzer.present.plots import plot_strength

        return plot_strength(self)

    def plot_similarity(self) -> alt.LayerChart:
        """Return a heat map of ``similarity``. Needs the extra ``plots``."""
        from analyzer.present.plots import plot_similarity

        return plot_similarity(self)

    def __repr__(self) -> str:
        having = sum(row["has_labour_provisions"] for row in self.agreement_rows)
        counted = f"{len(self.agreement_rows)} agreements, {having} with labour provisions"
        return f"<{type(self).__name__}: {counted}; {len(self.provision_rows)} provisions>"

    def _repr_html_(self) -> str:
        from analyzer.present.notebook import show_agreements

        return show_agreements(self.agreement_rows)
