"""Who took which wording from whom, asked of a set of results."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from analyzer.present.indicator_study import IndicatorStudy

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.precedents.neighbours import Neighbours

PRECEDENT_COLUMNS = (
    "agreement_id",
    "clause_id",
    "date",
    "parties",
    "language",
    "similarity",
    "measure",
    "strength",
    "changes",
    "text",
)
"""The columns of ``PrecedentStudy.precedents``."""


class PrecedentStudy(IndicatorStudy):
    """Methods about precedents."""

    @cached_property
    def neighbours(self) -> Neighbours:
        """The provisions, to be searched by words and by meaning."""
        from analyzer.precedents.neighbours import Neighbours

        return Neighbours(self.provision_rows, self.knowledge)

    def precedents(self, what: str, *, language: str = "", limit: int = 10) -> pd.DataFrame:
        """Return the clauses that are most like a text, or like a clause of these results; see ``find_precedents``.

        Args:
            what: A text, or a clause as ``AGREEMENT/CLAUSE``.
            language: Language of the text; recognised if it is not given.
            limit: Most clauses in the language of the text, and most in others.

        Returns:
            Columns ``PRECEDENT_COLUMNS``; ``changes`` says what the clause says otherwise.

        Raises:
            TableError: The text cannot be compared, or there is nothing to compare with.
        """
        import pandas as pd

        from analyzer.present.precedents import find_precedents

        found = find_precedents(what, self, language=language, limit=limit)
        rows = [
            {
                **{name: getattr(one, name) for name in PRECEDENT_COLUMNS if name != "changes"},
                "parties": ";".join(one.parties),
                "changes": "; ".join(map(str, one.difference.changes)) if one.difference else "",
            }
            for one in found
        ]
        return pd.DataFrame(rows, columns=list(PRECEDENT_COLUMNS))
