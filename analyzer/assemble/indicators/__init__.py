"""What a whole agreement provides on labour: indicators, each with the clauses that justify it, and indices."""

from analyzer.assemble.indicators.evaluate import evaluate
from analyzer.assemble.indicators.indices import indices_of

__all__ = ["evaluate", "indices_of"]
