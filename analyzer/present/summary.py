"""What the table ``agreements`` says of indicators: a few of them, and the indices that sum them up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.assemble.indicators import indices_of
from analyzer.present.columns import Row
from analyzer.types import is_supported

if TYPE_CHECKING:
    from analyzer.assemble.findings import Findings


def value_of(analysis: Findings, id: str) -> int | None:
    """Return the value of an indicator; ``None`` where the language of the text is not supported."""
    if not is_supported(analysis.document.language) or id not in analysis.indicator_values:
        return None
    return analysis.indicator_values[id].value


def summary_of(analysis: Findings) -> Row:
    """Return the columns of ``agreements`` on indicators and indices."""
    indicators = analysis.knowledge.indicators
    values = {id: value_of(analysis, id) for id in indicators.entries}
    known = {id: value for id, value in values.items() if value is not None}
    indices = indices_of(known, indicators) if len(known) == len(values) else dict.fromkeys(indicators.indices)
    shown = {id: values[id] for id, one in indicators.entries.items() if one.shown}
    return {**shown, **indices}
