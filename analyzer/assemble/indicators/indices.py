"""Figures from 0 to 5 that sum up the indicators of an agreement.

An index is the weighted mean of its components, times 5. A component is the sum of the points of its indicators, at
most ``full``, divided by ``full``. So an index never falls when an indicator rises.
"""

from __future__ import annotations

from collections.abc import Mapping

from analyzer.knowledge.indicators import Component, Index, Indicators

HIGHEST = 5.0
DIGITS = 2


def indices_of(values: Mapping[str, int], indicators: Indicators) -> dict[str, float]:
    """Return the value of each index.

    Args:
        values: The values of the indicators.
        indicators: The indices, and the highest value of each indicator.

    Examples:
        >>> from analyzer import load_knowledge
        >>> known = load_knowledge().indicators
        >>> nothing = dict.fromkeys(known.entries, 0)
        >>> indices_of(nothing, known)["depth"]
        0.0
    """
    return {id: _index(index, values, indicators) for id, index in indicators.indices.items()}


def _index(index: Index, values: Mapping[str, int], indicators: Indicators) -> float:
    weights = sum(component.weight for component in index.components)
    total = sum(component.weight * _share(component, values, indicators) for component in index.components)
    return round(HIGHEST * total / weights, DIGITS)


def _share(component: Component, values: Mapping[str, int], indicators: Indicators) -> float:
    points = sum(points * values[id] / indicators.entries[id].highest for id, points in component.points.items())
    return min(1.0, points / component.full)
