"""An indicator of an agreement: its value, and the clauses that justify it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Support:
    """One place that justifies the value of an indicator.

    Attributes:
        clause: Index of the clause in the sequence of clauses.
        start: Start of the words that count.
        end: End of them.
        uncertain: Whether the clause is marked for review, so that a person may decide otherwise.
    """

    clause: int
    start: int
    end: int
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """The value of one indicator for one agreement.

    Attributes:
        id: The indicator.
        value: 0 or 1; an indicator with levels has more.
        supports: What justifies it, in reading order; empty where it is 0.

    Examples:
        >>> from analyzer import analyze
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> value = analyze(sample).indicator_values["child_labour_binding"]
        >>> value.value, len(value.supports) > 0, value.uncertain
        (1, True, False)
    """

    id: str
    value: int
    supports: tuple[Support, ...] = ()

    @property
    def uncertain(self) -> bool:
        """True if every clause that justifies the value is marked for review."""
        return bool(self.supports) and all(support.uncertain for support in self.supports)
