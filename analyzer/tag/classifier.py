"""The classifier, a table of weights that turns the features of clauses into probabilities, and its tagger.

scikit-learn fits the weights (``analyzer.learn.training``); using them takes only a matrix product. So the same file
gives the same probabilities with any release of scikit-learn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analyzer.tag.facts import Reading
from analyzer.tag.features import FACT_BLOCKS, MARKS, TEXT_BLOCKS, Features, features_of, grams_with_spans
from analyzer.tag.rules import provides
from analyzer.types import ANY, Tag

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

LEAST = 0.01
"""Minimum probability of a tag."""
SHOWN = 0.5
"""Minimum probability of a tag that gives the words most in favour of its category."""
TELLING = re.compile(r"[^\W\d_]{3,}(?:[\s\W]+[^\W\d_]{4,})?")
"""Pattern of the words that a tag may give: one or two words, without stray punctuation or lone articles."""
CHUNK = 2048
"""Number of clauses whose features are in memory at a time."""


@dataclass(frozen=True)
class Vocabulary:
    """The features that a model knows.

    Attributes:
        columns: Column of each feature, in the order of the features' names.
        rarity: Factor on the count of each feature, by column: the rarer in training, the larger.
    """

    columns: Mapping[str, int]
    rarity: np.ndarray[Any, Any]

    def counts(self, rows: Sequence[Features]) -> csr_matrix:
        """Return how often each clause has each feature (shape: clauses × columns)."""
        import numpy as np
        from scipy.sparse import csr_matrix

        column = self.columns.get
        indices: list[int] = []
        ends = [0]
        for features in rows:
            for block in features.values():
                indices += [index for feature in block if (index := column(feature)) is not None]
            ends.append(len(indices))
        shape = (len(rows), len(self.columns))
        counts = csr_matrix((np.ones(len(indices), dtype=np.float32), indices, ends), shape=shape)
        counts.sum_duplicates()
        return counts

    def scale(self, counts: csr_matrix) -> csr_matrix:
        """Return counts as weights: a vector of fixed length for each block of text, a fixed value for each fact."""
        import numpy as np
        from scipy.sparse import csr_matrix

        sizes = np.array([*TEXT_BLOCKS.values(), *FACT_BLOCKS.values()], dtype=np.float32)
        block = self._blocks[counts.indices]
        position = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr)) * len(sizes) + block
        value = (1 + np.log(counts.data)) * self.rarity[counts.indices]
        length = np.sqrt(np.bincount(position, value**2, counts.shape[0] * len(sizes)))
        value = np.where(block < len(TEXT_BLOCKS), value / np.maximum(length[position], 1e-9), 1) * sizes[block]
        return csr_matrix((value.astype(np.float32), counts.indices, counts.indptr), shape=counts.shape)

    @cached_property
    def _blocks(self) -> np.ndarray[Any, Any]:
        """The number of each column's block."""
        import numpy as np

        number = {MARKS[block]: position for position, block in enumerate((*TEXT_BLOCKS, *FACT_BLOCKS))}
        return np.array([number[feature[0]] for feature in self.columns], dtype=np.intp)


@dataclass(frozen=True)
class Classifier:
    """The weights that turn the features of clauses into probabilities.

    Attributes:
        categories: The codes it can give, in the order of its columns; the last column of ``weights`` is for being a
            labour provision at all.
        vocabulary: The features it knows.
        weights: Shape features × (categories + 1).
        biases: Shape categories + 1.
    """

    categories: tuple[str, ...]
    vocabulary: Vocabulary
    weights: np.ndarray[Any, Any]
    biases: np.ndarray[Any, Any]

    def probabilities(self, counts: csr_matrix) -> np.ndarray[Any, Any]:
        """Return the probability of each category, and of any, for each clause (shape: clauses × categories + 1).

        Args:
            counts: How often each clause has each feature of the vocabulary.
        """
        import numpy as np

        scores = self.vocabulary.scale(counts) @ self.weights + self.biases
        result: np.ndarray[Any, Any] = 1 / (1 + np.exp(-scores))
        return result


class ClassifierTagger:
    """Tags clauses by a classifier, all clauses of a document at a time.

    Each tag's confidence is a probability; for the category ``types.ANY``, the probability that the clause is a labour
    provision of any category.

    Args:
        classifier: The classifier.
    """

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier

    def tag(self, reading: Reading, candidates: Sequence[int]) -> Mapping[int, Sequence[Tag]]:
        """Return the tags of each candidate clause."""
        wanted = [index for index in candidates if provides(reading.document, reading.clauses[index])]
        tags: dict[int, Sequence[Tag]] = {}
        for first in range(0, len(wanted), CHUNK):
            chunk = wanted[first : first + CHUNK]
            features = [features_of(reading, index) for index in chunk]
            probabilities = self._classifier.probabilities(self._classifier.vocabulary.counts(features)).tolist()
            tags.update(
                (index, list(self._tags(reading, index, row))) for index, row in zip(chunk, probabilities, strict=True)
            )
        return tags

    def _tags(self, reading: Reading, index: int, probabilities: Sequence[float]) -> Iterable[Tag]:
        clause_start = reading.clauses[index].start
        for column, (code, sure) in enumerate(zip((*self._classifier.categories, ANY), probabilities, strict=True)):
            if sure >= LEAST:
                start, end = self._words_for(reading, index, column) if sure >= SHOWN and code != ANY else (0, 0)
                yield Tag(code, "model", "model", sure, clause_start + start, clause_start + end)

    def _words_for(self, reading: Reading, index: int, column: int) -> tuple[int, int]:
        """Return the span, within the clause, of the words most in favour of a category; an empty span if none are."""
        columns, rarity = self._classifier.vocabulary.columns, self._classifier.vocabulary.rarity
        weights = self._classifier.weights
        best, span = 0.0, (0, 0)
        own_words = reading.words(index)
        for gram, start, end in grams_with_spans(own_words, reading.language_of(index)):
            feature = columns.get(gram)
            if feature is None or not TELLING.fullmatch(own_words, start, end):
                continue
            if (weight := float(rarity[feature] * weights[feature, column])) > best:
                best, span = weight, (start, end)
        return span
