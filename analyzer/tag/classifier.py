"""The classifier, a table of weights that turns the features of clauses into probabilities, and its tagger.

scikit-learn fits the weights (``analyzer.learn.training``); using them takes only a matrix product. So the same file
gives the same probabilities with any release of scikit-learn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from analyzer.tag.facts import Reading
from analyzer.tag.features import (
    FACT_BLOCKS,
    MARKS,
    TEXT_BLOCKS,
    FeatureReader,
    Features,
    grams_with_spans,
    letters_of,
)
from analyzer.tag.rules import provides
from analyzer.types import ANY, Tag

if TYPE_CHECKING:
    import numpy as np

LEAST = 0.01
"""Minimum probability of a tag."""
SHOWN = 0.5
"""Minimum probability of a tag that gives the words most in favour of its category."""
TELLING = re.compile(r"[^\W\d_]{3,}(?:[\s\W]+[^\W\d_]{4,})?")
"""Pattern of the words that a tag may give: one or two words, without stray punctuation or lone articles."""
MOST_WORDS = 100_000
"""Number of words whose letter n-grams are remembered."""
Telling = list[tuple[int, int, int]]
"""Words of a clause: the column of their feature, and where they begin and end in the clause."""
CHUNK = 128
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

    def counts(self, rows: Sequence[Features]) -> Counts:
        """Return how often each clause has each feature, given by names."""
        column = self.columns.get
        return self.count(
            [index for block in features.values() for feature in block if (index := column(feature)) is not None]
            for features in rows
        )

    def count(self, rows: Iterable[Sequence[int]]) -> Counts:
        """Return how often each clause has each feature, given by columns."""
        import numpy as np

        columns: list[int] = []
        lengths: list[int] = []
        for row in rows:
            columns += row
            lengths.append(len(row))
        size = max(1, len(self.columns))
        clauses = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
        keys, counts = np.unique(clauses * size + np.array(columns, dtype=np.int64), return_counts=True)
        return Counts(len(lengths), keys // size, keys % size, counts.astype(np.float32))

    def weigh(self, counts: Counts) -> np.ndarray[Any, Any]:
        """Return counts as weights: a vector of fixed length for each block of text, a fixed value for each fact."""
        import numpy as np

        sizes = np.array([*TEXT_BLOCKS.values(), *FACT_BLOCKS.values()], dtype=np.float32)
        block = self._blocks[counts.columns]
        position = counts.clauses * len(sizes) + block
        value = (1 + np.log(counts.counts)) * self.rarity[counts.columns]
        length = np.sqrt(np.bincount(position, value**2, counts.size * len(sizes)))
        value = np.where(block < len(TEXT_BLOCKS), value / np.maximum(length[position], 1e-9), 1) * sizes[block]
        weights: np.ndarray[Any, Any] = value.astype(np.float32)
        return weights

    @cached_property
    def notation(self) -> Columns:
        """The features as columns."""
        return Columns(self.columns)

    @cached_property
    def _blocks(self) -> np.ndarray[Any, Any]:
        """The number of each column's block."""
        import numpy as np

        number = {MARKS[block]: position for position, block in enumerate((*TEXT_BLOCKS, *FACT_BLOCKS))}
        return np.array([number[feature[0]] for feature in self.columns], dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Counts:
    """How often clauses have features: three arrays with an entry for each feature of a clause, in order.

    Attributes:
        size: Number of clauses.
        clauses: The clause of each entry.
        columns: The feature of each entry.
        counts: How often the clause has it.
    """

    size: int
    clauses: np.ndarray[Any, Any]
    columns: np.ndarray[Any, Any]
    counts: np.ndarray[Any, Any]


class Columns:
    """Features as columns of a vocabulary; those that it does not know are left out.

    Args:
        columns: Column of each feature, by name.
    """

    def __init__(self, columns: Mapping[str, int]) -> None:
        self._columns = columns
        self._letters: dict[str, tuple[int, ...]] = {}

    def grams(self, words: Sequence[str], mark: str) -> list[int]:
        """Return the columns of words and of their pairs."""
        columns = self._columns
        names = [f"{mark} {word}" for word in words]
        found = [columns[name] for name in names if name in columns]
        pairs = [f"{name} {word}" for name, word in zip(names, words[1:], strict=False)]
        found += [columns[pair] for pair in pairs if pair in columns]
        return found

    def letters(self, token: str) -> tuple[int, ...]:
        """Return the columns of the letter n-grams of a word."""
        found = self._letters.get(token)
        if found is None:
            found = tuple(self._columns[gram] for gram in letters_of(token) if gram in self._columns)
            if len(self._letters) < MOST_WORDS:
                self._letters[token] = found
        return found

    def fact(self, name: str) -> tuple[int, ...]:
        """Return the column of a fact."""
        return (self._columns[name],) if name in self._columns else ()


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

    def probabilities(self, counts: Counts) -> np.ndarray[Any, Any]:
        """Return the probability of each category, and of any, for each clause (shape: clauses × categories + 1).

        Args:
            counts: How often each clause has each feature of the vocabulary.
        """
        import numpy as np

        shares = self.vocabulary.weigh(counts)[:, None] * self.weights[counts.columns]
        ends = np.searchsorted(counts.clauses, np.arange(counts.size + 1)).tolist()
        # One after the other and in this order, as a sparse product adds up: the same model gives the same digits.
        scores = np.array([np.add.reduce(shares[start:end], axis=0) for start, end in pairwise(ends)], np.float32)
        result: np.ndarray[Any, Any] = 1 / (1 + np.exp(-(scores + self.biases)))
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
        self._codes = (*classifier.categories, ANY)

    def tag(self, reading: Reading, candidates: Sequence[int]) -> Mapping[int, Sequence[Tag]]:
        """Return the tags of each candidate clause."""
        wanted = [index for index in candidates if provides(reading.document, reading.clauses[index])]
        tags: dict[int, Sequence[Tag]] = {}
        reader = FeatureReader(reading, self._classifier.vocabulary.notation)
        for first in range(0, len(wanted), CHUNK):
            chunk = wanted[first : first + CHUNK]
            rows = (list(chain.from_iterable(reader.of(index).values())) for index in chunk)
            probabilities = self._classifier.probabilities(self._classifier.vocabulary.count(rows)).astype(float)
            tags.update(
                (index, list(self._tags(reading, index, row))) for index, row in zip(chunk, probabilities, strict=True)
            )
        return tags

    def _tags(self, reading: Reading, index: int, probabilities: np.ndarray[Any, Any]) -> Iterable[Tag]:
        clause_start = reading.clauses[index].start
        codes = self._codes
        words: Telling | None = None
        for column, sure in _at_least(probabilities, LEAST):
            start, end = 0, 0
            if sure >= SHOWN and codes[column] != ANY:
                words = self._telling(reading, index) if words is None else words
                start, end = self._words_for(words, column)
            yield Tag(codes[column], "model", "model", sure, clause_start + start, clause_start + end)

    def _telling(self, reading: Reading, index: int) -> Telling:
        """Return the words and pairs of words of a clause that a tag may give: features, starts and ends in it."""
        columns, own_words = self._classifier.vocabulary.columns, reading.words(index)
        return [
            (columns[gram], start, end)
            for gram, start, end in grams_with_spans(own_words, reading.language_of(index))
            if gram in columns and TELLING.fullmatch(own_words, start, end)
        ]

    def _words_for(self, words: Telling, column: int) -> tuple[int, int]:
        """Return the span of the words most in favour of a category; an empty span if none are."""
        if not words:
            return 0, 0
        features = [feature for feature, _, _ in words]
        in_favour = self._classifier.vocabulary.rarity[features] * self._classifier.weights[features, column]
        best = int(in_favour.argmax())
        return words[best][1:] if in_favour[best] > 0 else (0, 0)


def _at_least(probabilities: np.ndarray[Any, Any], least: float) -> Iterable[tuple[int, float]]:
    """Return the columns with at least some probability, with it."""
    columns = (probabilities >= least).nonzero()[0]
    return zip(columns.tolist(), probabilities[columns].tolist(), strict=True)
