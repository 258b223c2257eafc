"""The tables about whole agreements: the value of each indicator, and the clauses that justify it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from analyzer.knowledge import Knowledge
from analyzer.present.columns import EVIDENCE_COLUMNS, Row, indicator_columns, to_frame
from analyzer.present.summary import value_of
from analyzer.present.tables import about_agreement

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.assemble.findings import Findings


def indicator_row(analysis: Findings) -> Row:
    """Return the row of ``indicators``; empty values where the language of the text is not supported."""
    analysis = analysis.compact()
    known = analysis.knowledge.indicators.entries
    return {**about_agreement(analysis.document), **{id: value_of(analysis, id) for id in known}}


def evidence_rows(analysis: Findings) -> list[Row]:
    """Return the rows of ``indicator_evidence``: one for each indicator that is not 0 and clause that justifies it."""
    analysis = analysis.compact()
    document, clauses = analysis.document, analysis.clauses
    rows = []
    for id, found in analysis.indicator_values.items():
        for support in found.supports:
            words = document.text[support.start : support.end]
            start = support.start + len(words) - len(words.lstrip())
            words = words.strip()
            rows.append(
                {
                    "agreement_id": document.agreement_id,
                    "indicator": id,
                    "value": found.value,
                    "clause_id": clauses[support.clause].clause_id,
                    "start": start,
                    "end": start + len(words),
                    "words": words,
                    "uncertain": support.uncertain,
                }
            )
    return rows


def indicators_frame(analyses: Iterable[Findings], knowledge: Knowledge) -> pd.DataFrame:
    """Return the table ``indicators`` of several analyses."""
    return to_frame([indicator_row(analysis) for analysis in analyses], indicator_columns(knowledge))


def evidence_frame(analyses: Iterable[Findings]) -> pd.DataFrame:
    """Return the table ``indicator_evidence`` of several analyses."""
    return to_frame([row for analysis in analyses for row in evidence_rows(analysis)], EVIDENCE_COLUMNS)
