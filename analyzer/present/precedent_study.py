"""Who took which wording from whom, asked of a set of results."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from analyzer.errors import TableError
from analyzer.present.columns import Row
from analyzer.present.indicator_study import IndicatorStudy
from analyzer.present.likeness import cosines, word_weights

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

    def parallels(self, agreement_id: str, clause_id: str) -> pd.DataFrame:
        """Return, for every other agreement in the same language, the provision that is most like a given one.

        Args:
            agreement_id: Id of the agreement that holds the given provision.
            clause_id: Address of that provision.

        Returns:
            Columns ``agreement_id``, ``clause_id``, ``similarity`` (0 to 1), ``strength``, ``categories``, ``text``;
            the most similar provision first.

        Raises:
            TableError: There is no such provision.
        """
        import pandas as pd

        columns = ["agreement_id", "clause_id", "similarity", "strength", "categories", "text"]
        given = next(
            (
                row
                for row in self.provision_rows
                if (row["agreement_id"], row["clause_id"]) == (agreement_id, clause_id)
            ),
            None,
        )
        if given is None:
            raise TableError(f"{agreement_id} has no provision {clause_id}")
        others = [
            row
            for row in self.provision_rows
            if row["agreement_id"] != agreement_id and row["language"] == given["language"]
        ]
        weights = word_weights([given["text"], *(row["text"] for row in others)])
        similarities = cosines(weights[:1], weights[1:])[0] if others else []
        nearest: dict[str, tuple[float, Row]] = {}
        for row, similarity in zip(others, similarities, strict=True):
            if similarity > nearest.get(row["agreement_id"], (-1.0, row))[0]:
                nearest[row["agreement_id"]] = similarity, row
        ranked = sorted(
            ({**row, "similarity": round(similarity, 3)} for similarity, row in nearest.values()),
            key=lambda row: (-row["similarity"], row["agreement_id"]),
        )
        return pd.DataFrame([[row[name] for name in columns] for row in ranked], columns=columns)
