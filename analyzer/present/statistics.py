"""Tables that answer a comparative lawyer's questions, made from the results of many agreements.

``coverage`` shows what each agreement covers, ``trend`` how that changed over time, ``compare`` what some agreements
have and others lack, ``similarity`` and ``parallels`` who borrows wording from whom. Counts depend on how an agreement
numbers its clauses: compare shares and presence rather than counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.present.cells import Table
from analyzer.present.columns import (
    ERROR_COLUMNS,
    EVIDENCE_COLUMNS,
    PROVISION_COLUMNS,
    Column,
    Row,
    agreement_columns,
    indicator_columns,
    provision_columns,
    to_frame,
)
from analyzer.present.family_tables import FAMILY_COLUMNS
from analyzer.present.headline import period_summary
from analyzer.present.instrument_tables import INSTRUMENT_COLUMNS, RATIFICATION_COLUMNS
from analyzer.present.likeness import cosines, word_weights
from analyzer.present.provenance import Provenance
from analyzer.present.reference_tables import REFERENCE_COLUMNS
from analyzer.present.rows import ASPECTS, Aspect, check_agreements, year_of

if TYPE_CHECKING:
    import pandas as pd

TABLES = (
    "provisions",
    "agreements",
    "instruments",
    "ratifications",
    "references",
    "indicators",
    "indicator_evidence",
    "families",
    "errors",
)
"""The tables of a run, in the order in which they are written."""


def columns_of(knowledge: Knowledge) -> dict[str, tuple[Column, ...]]:
    """Return the declared columns of each of ``TABLES``."""
    return {
        "provisions": provision_columns(knowledge),
        "agreements": agreement_columns(knowledge),
        "instruments": INSTRUMENT_COLUMNS,
        "ratifications": RATIFICATION_COLUMNS,
        "references": REFERENCE_COLUMNS,
        "indicators": indicator_columns(knowledge),
        "indicator_evidence": EVIDENCE_COLUMNS,
        "families": FAMILY_COLUMNS,
        "errors": ERROR_COLUMNS,
    }


class Statistics:
    """What can be counted and compared in a set of results.

    Attributes:
        knowledge: The codebook.
        provenance: Program, knowledge and model that made the results.
        provision_rows: Rows of ``provisions``.
        agreement_rows: Rows of ``agreements``.
        instrument_rows: Rows of ``instruments``.
        ratification_rows: Rows of ``ratifications``.
        reference_rows: Rows of ``references``.
        indicator_rows: Rows of ``indicators``.
        evidence_rows: Rows of ``indicator_evidence``.
        family_rows: Rows of ``families``.
        error_rows: Rows of ``errors``.
    """

    if TYPE_CHECKING:

        @property
        def knowledge(self) -> Knowledge: ...  # noqa: D102
        @property
        def provenance(self) -> Provenance: ...  # noqa: D102
        @property
        def provision_rows(self) -> list[Row]: ...  # noqa: D102
        @property
        def agreement_rows(self) -> list[Row]: ...  # noqa: D102
        @property
        def ratification_rows(self) -> list[Row]: ...  # noqa: D102
        @property
        def instrument_rows(self) -> list[Row]: ...  # noqa: D102
        @property
        def reference_rows(self) -> list[Row]: ...  # noqa: D102
        @property
        def indicator_rows(self) -> list[Row]: ...  # noqa: D102
        @property
        def evidence_rows(self) -> list[Row]: ...  # noqa: D102
        @property
        def family_rows(self) -> list[Row]: ...  # noqa: D102
        @property
        def error_rows(self) -> list[Row]: ...  # noqa: D102

    @property
    def beside(self) -> Mapping[str, str]:
        """Further files that stand beside the tables of a run: their names and contents."""
        return {}

    @cached_property
    def analysed_rows(self) -> list[Row]:
        """The rows of ``agreements`` in a language that is supported."""
        return [row for row in self.agreement_rows if row["has_labour_provisions"] is not None]

    @cached_property
    def counted_rows(self) -> list[Row]:
        """Those of them that shares and trends count: one of the versions of an agreement."""
        return [row for row in self.analysed_rows if not row["version_of"]]

    @cached_property
    def provisions(self) -> pd.DataFrame:
        """The table ``provisions``."""
        return to_frame(self.provision_rows, PROVISION_COLUMNS)

    @cached_property
    def agreements(self) -> pd.DataFrame:
        """The table ``agreements``."""
        return to_frame(self.agreement_rows, agreement_columns(self.knowledge))

    @cached_property
    def instruments(self) -> pd.DataFrame:
        """The table ``instruments``."""
        return to_frame(self.instrument_rows, INSTRUMENT_COLUMNS)

    @cached_property
    def ratifications(self) -> pd.DataFrame:
        """The table ``ratifications``."""
        return to_frame(self.ratification_rows, RATIFICATION_COLUMNS)

    @cached_property
    def references(self) -> pd.DataFrame:
        """The table ``references``."""
        return to_frame(self.reference_rows, REFERENCE_COLUMNS)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """The table ``indicators``."""
        return to_frame(self.indicator_rows, indicator_columns(self.knowledge))

    @cached_property
    def indicator_evidence(self) -> pd.DataFrame:
        """The table ``indicator_evidence``."""
        return to_frame(self.evidence_rows, EVIDENCE_COLUMNS)

    @cached_property
    def families(self) -> pd.DataFrame:
        """The table ``families``."""
        return to_frame(self.family_rows, FAMILY_COLUMNS)

    @cached_property
    def errors(self) -> pd.DataFrame:
        """The table ``errors``."""
        return to_frame(self.error_rows, ERROR_COLUMNS)

    def tables(self) -> tuple[Table, ...]:
        """Return all tables, in the order of ``TABLES``."""
        rows = {
            "provisions": self.provision_rows,
            "agreements": self.agreement_rows,
            "instruments": self.instrument_rows,
            "ratifications": self.ratification_rows,
            "references": self.reference_rows,
            "indicators": self.indicator_rows,
            "indicator_evidence": self.evidence_rows,
            "families": self.family_rows,
            "errors": self.error_rows,
        }
        return tuple(Table(name, columns, rows[name]) for name, columns in columns_of(self.knowledge).items())

    def coverage(self, of: Aspect = "categories") -> pd.DataFrame:
        """Return how many provisions of each agreement (rows) carry each code (columns).

        Args:
            of: What to count by. Codes that occur nowhere have a column too, except instruments.

        Raises:
            TableError: ``of`` is none of ``ASPECTS``.
        """
        import pandas as pd

        counts = self._counts(of)
        codes = self._codes(of)
        rows = [[counts[row["agreement_id"]][code] for code in codes] for row in self.analysed_rows]
        index = pd.Index([row["agreement_id"] for row in self.analysed_rows], name="agreement_id", dtype="object")
        return pd.DataFrame(rows, index=index, columns=pd.Index(codes, name=of, dtype="object"), dtype="int64")

    def trend(self, of: Aspect | None = None, *, every: int = 1) -> pd.DataFrame:
        """Return how agreements changed over time, by year of signature (of entry into force where that is unknown).

        Args:
            of: ``None`` to count agreements, those with labour standards and those with any labour provision, their
                shares (see ``headline_figures``), the number of provisions and the mean share of binding ones;
                otherwise the table counts the agreements that have each code at least once.
            every: Length of a period in years.

        Returns:
            One row per period, without gaps, by its first year. Agreements without a date are left out, and of the
            versions of an agreement only one is counted.

        Raises:
            TableError: ``of`` is none of ``ASPECTS``.
            ValueError: ``every`` is less than 1.
        """
        import pandas as pd

        if every < 1:
            raise ValueError("every must be at least 1")
        codes = self._codes(of) if of else []
        by_period: dict[int, list[Row]] = {}
        for row in self.counted_rows:
            year = year_of(row)
            if year is not None:
                by_period.setdefault(year // every * every, []).append(row)
        periods = list(range(min(by_period), max(by_period) + 1, every)) if by_period else []
        index = pd.Index(periods, name="year", dtype="int64")
        if of:
            counts = self._counts(of)
            present = [
                [sum(counts[row["agreement_id"]][code] > 0 for row in by_period.get(period, ())) for code in codes]
                for period in periods
            ]
            return pd.DataFrame(present, index=index, columns=pd.Index(codes, name=of, dtype="object"), dtype="int64")
        summaries = [period_summary(by_period.get(period, ())) for period in periods]
        return pd.DataFrame(summaries, index=index, columns=list(period_summary(())))

    def compare(self, *agreements: str, of: Aspect = "categories") -> pd.DataFrame:
        """Return agreements side by side: what each has and the others lack.

        Args:
            *agreements: Two or more ids.
            of: What to compare by.

        Returns:
            One row per code that at least one of them has: ``name``, a column of counts per agreement, and
            ``lacking``, the ids of those without it, joined by ``;``.

        Raises:
            TableError: An id is unknown or given twice, or there are fewer than two.
        """
        import pandas as pd

        chosen = check_agreements(agreements, self.agreement_rows, least=2)
        counts = self.coverage(of).loc[chosen].T
        counts = counts[counts.sum(axis=1) > 0]
        lacking = [";".join(name for name in chosen if row[name] == 0) for _, row in counts.iterrows()]
        names = pd.Series([self.name_of(code) for code in counts.index], index=counts.index, dtype="object")
        counts.columns.name = None
        return counts.assign(lacking=pd.Series(lacking, index=counts.index, dtype="object")).pipe(
            lambda frame: pd.concat([names.rename("name"), frame], axis=1)
        )

    def similarity(self) -> pd.DataFrame:
        """Return how alike the labour provisions of agreements are in wording, 0 to 1.

        The measure is the cosine of their words and pairs of words, each weighted by its rarity (TF-IDF). Agreements in
        different languages cannot be compared this way: their values are missing. Agreements without provisions are
        left out.
        """
        import numpy as np
        import pandas as pd

        texts: dict[str, list[str]] = {}
        for row in self.provision_rows:
            texts.setdefault(row["agreement_id"], []).append(row["text"])
        ids = [row["agreement_id"] for row in self.analysed_rows if row["agreement_id"] in texts]
        languages = {row["agreement_id"]: row["language"] for row in self.analysed_rows}
        values = np.full((len(ids), len(ids)), np.nan)
        for language in sorted({languages[name] for name in ids}):
            positions = [position for position, name in enumerate(ids) if languages[name] == language]
            weights = word_weights(["\n".join(texts[ids[position]]) for position in positions])
            values[np.ix_(positions, positions)] = cosines(weights, weights)
        index = pd.Index(ids, name="agreement_id", dtype="object")
        return pd.DataFrame(values, index=index, columns=index)

    def name_of(self, code: str) -> str:
        """Return the name of a category or strength; a pillar or instrument is its own name."""
        if code in self.knowledge.categories:
            return self.knowledge.categories[code].name
        return self.knowledge.labels.strengths.get(code, code)

    def _codes(self, of: Aspect) -> list[str]:
        categories = self.knowledge.categories
        if of == "instruments":
            return sorted({id for row in self.provision_rows for id in row["instruments"]})
        codes = {
            "categories": list(categories),
            "principles": [code for code in categories if categories[code].principle],
            "pillars": list(self.knowledge.labels.pillars.values()),
            "strength": list(self.knowledge.labels.strengths),
        }
        if of not in codes:
            raise TableError(f"cannot count by {of!r}; choose from {', '.join(ASPECTS)}")
        return codes[of]

    def _counts(self, of: Aspect) -> dict[str, Counter[str]]:
        """Return, for each agreement, how many of its provisions carry each code."""
        self._codes(of)
        counts: dict[str, Counter[str]] = {row["agreement_id"]: Counter() for row in self.analysed_rows}
        for row in self.provision_rows:
            values = row[of]
            counts[row["agreement_id"]].update([values] if isinstance(values, str) else dict.fromkeys(values, 1))
        return counts
