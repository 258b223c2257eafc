"""Feature counts of all annotated clauses, computed once; each fold takes its rows and columns from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyzer.learn.training.examples import Examples
from analyzer.tag.classifier import Counts, Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

    Array = np.ndarray[Any, Any]

LEAST_AGREEMENTS = 2
"""Minimum number of agreements with a feature: one that occurs in a single agreement cannot help with another."""


@dataclass(frozen=True)
class Counted:
    """All clauses of some agreements as arrays; one row per clause.

    Attributes:
        names: The features, sorted.
        counts: How often each clause has each feature (shape: clauses × features).
        labels: Whether it has each category, and in the last column any (shape: clauses × categories + 1).
        weights: Its weight in training; 0 for a clause without an annotation.
        agreement: The number of its agreement.
        categories: The codes.
    """

    names: Sequence[str]
    counts: csr_matrix
    labels: Array
    weights: Array
    agreement: Array
    categories: tuple[str, ...]

    def of(self, agreements: Iterable[int], *, annotated_only: bool = False) -> Array:
        """Return the rows of some agreements; ``annotated_only``: only rows with an annotation."""
        import numpy as np

        wanted = np.isin(self.agreement, list(agreements))
        rows: Array = np.nonzero(wanted & (self.weights > 0) if annotated_only else wanted)[0]
        return rows

    def vocabulary(self, rows: Array) -> tuple[Vocabulary, Array]:
        """Return the vocabulary of some clauses, and the columns of its features (positions in ``names``)."""
        import numpy as np
        from scipy.sparse import csr_matrix

        clauses = self.counts[rows]
        size = clauses.shape[1]
        present = csr_matrix((np.ones(clauses.nnz, dtype=np.int32), clauses.indices, clauses.indptr), clauses.shape)
        _, number = np.unique(self.agreement[rows], return_inverse=True)
        by_agreement = csr_matrix((np.ones(len(rows), dtype=np.int32), (number, np.arange(len(rows))))) @ present
        kept = np.nonzero(np.bincount(by_agreement.indices, minlength=size) >= LEAST_AGREEMENTS)[0]
        often = np.bincount(clauses.indices, minlength=size)[kept]
        rarity = (np.log(len(rows) / often) + 1).astype(np.float32)
        return Vocabulary({self.names[feature]: column for column, feature in enumerate(kept.tolist())}, rarity), kept


def weighed(vocabulary: Vocabulary, counts: csr_matrix) -> csr_matrix:
    """Return counts of the features of a vocabulary as their weights in clauses."""
    import numpy as np
    from scipy.sparse import csr_matrix

    clauses = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    weights = vocabulary.weigh(Counts(counts.shape[0], clauses, counts.indices, counts.data))
    return csr_matrix((weights, counts.indices, counts.indptr), shape=counts.shape)


def _matrix(counts: Counts, width: int) -> csr_matrix:
    from scipy.sparse import csr_matrix

    return csr_matrix((counts.counts, (counts.clauses, counts.columns)), shape=(counts.size, width))


def count(examples: Sequence[Examples], categories: Sequence[str]) -> Counted:
    """Count the features of the clauses of some agreements."""
    import numpy as np

    rows = [
        (number, features, labels or frozenset(), weight)
        for number, agreement in enumerate(examples)
        for features, labels, weight in zip(agreement.features, agreement.labels, agreement.weights, strict=True)
    ]
    names = sorted({feature for _, features, _, _ in rows for block in features.values() for feature in block})
    everything = Vocabulary({name: column for column, name in enumerate(names)}, np.ones(len(names), dtype=np.float32))
    return Counted(
        names=names,
        counts=_matrix(everything.counts([features for _, features, _, _ in rows]), len(names)),
        labels=np.array([[*(code in labels for code in categories), bool(labels)] for _, _, labels, _ in rows]),
        weights=np.array([weight for _, _, _, weight in rows]),
        agreement=np.array([number for number, _, _, _ in rows]),
        categories=tuple(categories),
    )
