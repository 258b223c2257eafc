"""Results that can be counted, compared and drawn: what ``BatchResult`` and ``Results`` have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.present.precedent_study import PrecedentStudy
from analyzer.present.rows import Aspect

if TYPE_CHECKING:
    import altair as alt


class Study(PrecedentStudy):
    """What every set of results can do: ``BatchResult`` and ``Results`` have these methods.

    The pictures need the extra ``plots``; without it they raise an ``AnalyzerError`` that says what to install.
    """

    def plot_coverage(self, of: Aspect = "categories") -> alt.LayerChart:
        """Return a heat map of ``coverage``: how many provisions of each agreement carry each code.

        Args:
            of: What to count by.

        Raises:
            TableError: ``of`` is none of ``ASPECTS``.
        """
        from analyzer.present.plots import plot_coverage

        return plot_coverage(self, of)

    def plot_trend(self, of: Aspect | None = None, *, every: int = 5) -> alt.Chart:
        """Return a picture of ``trend``: bars for agreements, or one line per code.

        Args:
            of: ``None`` for agreements with and without labour provisions, or what to count by.
            every: Length of a period in years.

        Raises:
            TableError: ``of`` is none of ``ASPECTS``.
            ValueError: ``every`` is less than 1.
        """
        from analyzer.present.plots import plot_trend

        return plot_trend(self, of, every=every)

    def plot_strength(self) -> alt.Chart:
        """Return bars that show what share of each agreement's provisions has each strength."""
        from analyzer.present.plots import plot_strength

        return plot_strength(self)

    def plot_similarity(self) -> alt.LayerChart:
        """Return a heat map of ``similarity``: how alike the labour provisions of agreements are in wording."""
        from analyzer.present.plots import plot_similarity

        return plot_similarity(self)

    def plot_schools(self) -> alt.LayerChart:
        """Return a map of ``schools``: the more alike two agreements are, the nearer they lie, as far as it goes."""
        from analyzer.present.precedent_plots import plot_schools

        return plot_schools(self)

    def plot_lineage(self, of: str, *, every: int = 5) -> alt.Chart:
        """Return bars of ``lineage``: the share of each period's agreements that have it, by how binding it is at most.

        Raises:
            TableError: There is neither a category nor a family of that name.
        """
        from analyzer.present.precedent_plots import plot_lineage

        return plot_lineage(self, of, every=every)

    def __repr__(self) -> str:
        having = sum(row["has_labour_provisions"] for row in self.counted_rows)
        counts = f"{len(self.counted_rows)} agreements, {having} with labour provisions"
        unread = len(self.agreement_rows) - len(self.analysed_rows)
        others = f"; {unread} in languages that are not supported" if unread else ""
        return f"<{type(self).__name__}: {counts}; {len(self.provision_rows)} provisions{others}>"

    def _repr_html_(self) -> str:
        from analyzer.present.notebook import show_agreements

        return show_agreements(self.agreement_rows)
