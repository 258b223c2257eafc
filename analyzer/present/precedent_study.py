"""Who took which wording from whom, asked of a set of results."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from analyzer.errors import TableError
from analyzer.present.columns import Row
from analyzer.present.indicator_study import IndicatorStudy
from analyzer.present.likeness import cosines, word_weights
from analyzer.present.rows import check_agreements

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.precedents.agreements import Agreements, Model
    from analyzer.precedents.families import Family
    from analyzer.precedents.lineage import Appearance, Period
    from analyzer.precedents.neighbours import Neighbours
    from analyzer.precedents.wording import Wording

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
APPEARANCE_COLUMNS = (
    *("date", "agreement_id", "clause_id", "family", "strength", "clauses", "agreements", "last", "changes", "text"),
)
"""The columns of ``PrecedentStudy.first_appearances``."""


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

    @cached_property
    def compared(self) -> Agreements:
        """The agreements with labour provisions, to be compared in words and structure."""
        from analyzer.precedents.agreements import Agreements

        return Agreements(self.provision_rows, self.analysed_rows, self.indicator_rows, self.knowledge)

    @cached_property
    def found_families(self) -> tuple[Family, ...]:
        """The families with all of their clauses."""
        from analyzer.precedents.families import find_families

        return find_families(self.provision_rows, self.knowledge)

    def agreements_like(self, agreement_id: str, *, limit: int = 10) -> pd.DataFrame:
        """Return the agreements that are most like one.

        Args:
            agreement_id: Its id.
            limit: Most agreements.

        Returns:
            Columns ``agreement_id``, ``similarity`` (0 to 1: the mean of the next two), ``words`` (empty in another
            language) and ``structure``: which categories, strengths, machinery and indicators both have.

        Raises:
            TableError: There is no such agreement, or it has no labour provisions.
        """
        import pandas as pd

        self._check_compared(agreement_id)
        found = self.compared.alike(agreement_id, limit=limit)
        rows = [(one.agreement_id, one.similarity, one.words, one.structure) for one in found]
        return pd.DataFrame(rows, columns=["agreement_id", "similarity", "words", "structure"])

    def model_of(self, agreement_id: str) -> Model | None:
        """Return the older agreement in its language that one is most like, and what departs from it.

        Args:
            agreement_id: Its id.

        Returns:
            The model, which ``str`` puts in words; ``None`` if no older agreement is in its language.

        Raises:
            TableError: There is no such agreement, or it has no labour provisions.
        """
        self._check_compared(agreement_id)
        return self.compared.model(agreement_id)

    def schools(self) -> pd.DataFrame:
        """Return the school of drafting of each agreement with labour provisions, and its place on a map.

        Returns:
            One row per agreement: ``school``, a number from 1, the largest school first; ``name``, the parties that
            many of its agreements have; ``x`` and ``y``.
        """
        import pandas as pd

        places = self.compared.places()
        rows = [
            (name, number, school.name, *places[name])
            for number, school in enumerate(self.compared.schools(), start=1)
            for name in school.members
        ]
        frame = pd.DataFrame(rows, columns=["agreement_id", "school", "name", "x", "y"])
        return frame.set_index("agreement_id")

    def lineage(self, of: str, *, every: int = 5) -> pd.DataFrame:
        """Return how common a category or a family is over the years, and how binding at most.

        Args:
            of: Code of a category, or id of a family.
            every: Length of a period in years.

        Returns:
            One row per period, by its first year: ``agreements``, those ``having`` it, their ``share``, and a column
            for each strength: how many have it at most so strong. Agreements without a date are left out.

        Raises:
            TableError: There is neither a category nor a family of that name.
            ValueError: ``every`` is less than 1.
        """
        import pandas as pd

        scale = self.knowledge.strength.scale
        found = self.periods_of(of, every=every)
        rows = [
            (one.agreements, one.having, one.share, *(dict(one.strengths).get(strength, 0) for strength in scale))
            for one in found
        ]
        index = pd.Index([one.start for one in found], name="year", dtype="int64")
        return pd.DataFrame(rows, index=index, columns=["agreements", "having", "share", *scale])

    def first_appearances(self, of: str) -> pd.DataFrame:
        """Return where each wording of a category or a family first appears, the oldest first.

        Args:
            of: Code of a category, whose families and single clauses are told; or id of a family, whose variants are.

        Returns:
            Columns ``date``, ``agreement_id``, ``clause_id``, ``family``, ``strength``, ``clauses``, ``agreements``,
            ``last``, ``changes`` (of a variant, against the first one) and ``text``.

        Raises:
            TableError: There is neither a category nor a family of that name.
        """
        import pandas as pd

        rows = [
            (
                *(one.clause.date, one.clause.agreement_id, one.clause.clause_id, one.family, one.strength),
                *(one.clauses, one.agreements, one.last, "; ".join(one.changes), one.clause.text),
            )
            for one in self.appearances_of(of)
        ]
        return pd.DataFrame(rows, columns=list(APPEARANCE_COLUMNS))

    def periods_of(self, of: str, *, every: int = 5) -> list[Period]:
        """Return the rows of ``lineage`` as values."""
        from analyzer.precedents.lineage import periods

        if every < 1:
            raise ValueError("every must be at least 1")
        return periods(self._clauses_with(of), self.analysed_rows, self.knowledge.strength.scale, every)

    def appearances_of(self, of: str) -> list[Appearance]:
        """Return the rows of ``first_appearances`` as values."""
        from analyzer.precedents.lineage import appearances

        return appearances(self._clauses_with(of), self.found_families, of, self.knowledge)

    def _clauses_with(self, of: str) -> tuple[Wording, ...]:
        from analyzer.precedents.lineage import clauses_with

        if of not in self.knowledge.categories and all(one.id != of for one in self.found_families):
            raise TableError(f"there is neither a category nor a family {of!r}")
        return clauses_with(self.provision_rows, self.found_families, of)

    def _check_compared(self, agreement_id: str) -> None:
        check_agreements([agreement_id], self.agreement_rows, least=1)
        if agreement_id not in self.compared.ids:
            raise TableError(f"{agreement_id} has no labour provisions")

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
