"""What whole agreements provide, read off a set of results: the clauses behind a value, and values over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.errors import TableError
from analyzer.present.columns import Row
from analyzer.present.headline import HEADLINE, headline_rows
from analyzer.present.rows import check_agreements, year_of
from analyzer.present.statistics import Statistics

if TYPE_CHECKING:
    import pandas as pd

EXPLAINED = ("clause_id", "article", "page_start", "words", "uncertain", "text")
"""The columns of ``IndicatorStudy.explain``."""


class IndicatorStudy(Statistics):
    """Methods about the tables ``indicators`` and ``indicator_evidence``."""

    def headline_figures(self) -> pd.DataFrame:
        """Return how many agreements have labour provisions, beside the figures that the ILO has published.

        Two measures: ``standards`` counts agreements with a labour provision that is more than an aim, a recital or an
        exception for prison goods (the indicator ``substantive``), ``any`` those with any labour provision.

        Returns:
            One row for all agreements and one per published figure, with the columns ``HEADLINE`` of
            ``analyzer.present.headline``. ``attrs["differences"]`` says why the figures differ.
        """
        import pandas as pd

        frame = pd.DataFrame(headline_rows(self.counted_rows, self.knowledge.published), columns=list(HEADLINE))
        frame.attrs["differences"] = list(self.knowledge.published.differences["en"])
        return frame

    def explain(self, agreement_id: str, indicator: str) -> pd.DataFrame:
        """Return the clauses that justify the value of an indicator; none where it is 0.

        Args:
            agreement_id: Id of the agreement.
            indicator: Id of the indicator.

        Returns:
            One row per clause: its address, article and page, the words that count, whether it is doubtful, and its
            whole text; a heading, or a clause that is no labour provision, has its words alone.

        Raises:
            TableError: There is no such agreement or indicator.
        """
        import pandas as pd

        return pd.DataFrame(self.reasons(agreement_id, indicator), columns=list(EXPLAINED))

    def reasons(self, agreement_id: str, indicator: str) -> list[Row]:
        """Return the rows of ``explain``."""
        [agreement_id] = check_agreements([agreement_id], self.agreement_rows, least=1)
        self._check_indicator(indicator)
        provisions = {row["clause_id"]: row for row in self.provision_rows if row["agreement_id"] == agreement_id}
        reasons = []
        for row in self.evidence_rows:
            if (row["agreement_id"], row["indicator"]) == (agreement_id, indicator):
                provision = provisions.get(row["clause_id"], {})
                values = {"article": "", "page_start": None, "text": row["words"], **provision, **row}
                reasons.append({name: values[name] for name in EXPLAINED})
        return reasons

    def value_of(self, agreement_id: str, indicator: str) -> int | None:
        """Return the value of an indicator for an agreement.

        Raises:
            TableError: There is no such agreement or indicator.
        """
        [agreement_id] = check_agreements([agreement_id], self.agreement_rows, least=1)
        self._check_indicator(indicator)
        row = next((row for row in self.indicator_rows if row["agreement_id"] == agreement_id), None)
        value: int | None = row[indicator] if row else None
        return value

    def indicator_trend(self, *, every: int = 10) -> pd.DataFrame:
        """Return what share of the agreements of each period has each indicator, and the mean of each index.

        Args:
            every: Length of a period in years, the first of which ends in 1: 2001 to 2010.

        Returns:
            One row per period, by its first year, with the number of ``agreements``. Those without a date are left out.

        Raises:
            ValueError: ``every`` is less than 1.
        """
        import pandas as pd

        if every < 1:
            raise ValueError("every must be at least 1")
        indices = {row["agreement_id"]: row for row in self.counted_rows}
        by_period: dict[int, list[Row]] = {}
        for row in self.indicator_rows:
            year = year_of(row)
            if year is not None and row["agreement_id"] in indices:
                by_period.setdefault((year - 1) // every * every + 1, []).append(
                    {**indices[row["agreement_id"]], **row}
                )
        known = self.knowledge.indicators
        names = [*known.entries, *known.indices]
        shares = [
            [len(rows), *(_mean(rows, name, has=name in known.entries) for name in names)]
            for _, rows in sorted(by_period.items())
        ]
        index = pd.Index(sorted(by_period), name="from", dtype="int64")
        return pd.DataFrame(shares, index=index, columns=["agreements", *names])

    def _check_indicator(self, indicator: str) -> None:
        known = self.knowledge.indicators.entries
        if indicator not in known:
            raise TableError(f"there is no indicator {indicator!r}; there are {', '.join(known)}")


def _mean(rows: list[Row], name: str, *, has: bool) -> float:
    """Return the mean of a column, or with ``has`` the share of rows in which it is not 0."""
    values = [float(bool(row[name])) if has else float(row[name]) for row in rows if row[name] is not None]
    return round(sum(values) / len(values), 3) if values else float("nan")
