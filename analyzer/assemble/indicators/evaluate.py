"""The values of all indicators for one agreement.

The rules are in ``knowledge/data/indicators.toml``; nothing here knows a particular indicator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analyzer.assemble.indicators.cases import Cases
from analyzer.assemble.indicators.view import View
from analyzer.knowledge.indicators import Indicator, Indicators
from analyzer.tag.facts import Reading
from analyzer.types import IndicatorValue, Provision, Support


def evaluate(reading: Reading, provisions: Sequence[Provision], indicators: Indicators) -> Mapping[str, IndicatorValue]:
    """Return the value of each indicator with the places that justify it, in the order of the knowledge.

    Args:
        reading: The agreement, its clauses and the terms in them.
        provisions: Its labour provisions; without any, all indicators are 0.
        indicators: The indicators.
    """
    if not provisions:
        return {id: IndicatorValue(id, 0) for id in indicators.entries}
    cases = Cases(View(reading, provisions, indicators), indicators)
    known: dict[str, IndicatorValue] = {}
    values: dict[str, int] = {}
    for indicator in indicators.order:
        known[indicator.id] = _value(indicator, cases, known, values)
        values[indicator.id] = known[indicator.id].value
    return {id: known[id] for id in indicators.entries}


def _value(
    indicator: Indicator, cases: Cases, known: Mapping[str, IndicatorValue], values: Mapping[str, int]
) -> IndicatorValue:
    supports = [support for case in indicator.cases for support in cases.supports(case, values)]
    value = 1 if supports else 0
    for level, ids in indicator.levels:
        given = [known[id] for id in ids if known[id].value]
        if given and level > value:
            value, supports = level, [support for one in given for support in one.supports]
    return IndicatorValue(indicator.id, value, _each_once(supports))


def _each_once(supports: Sequence[Support]) -> tuple[Support, ...]:
    """Return one place for each clause, in reading order."""
    first: dict[int, Support] = {}
    for support in supports:
        first.setdefault(support.clause, support)
    return tuple(first[clause] for clause in sorted(first))
