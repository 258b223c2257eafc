"""Fitting of a model: first the weights of the features, then the merge of its opinion with that of the rules.

The merge is fitted on predictions for agreements that the models were not fitted on; otherwise it would trust the
model too much. Everything is deterministic.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from analyzer.assemble.evidence import EVIDENCE, SIGNS, EvidenceTable, Opinion
from analyzer.assemble.merge import Merge
from analyzer.assemble.trained import Model
from analyzer.knowledge import Knowledge
from analyzer.learn.training.counted import Counted, weighed
from analyzer.learn.training.examples import Examples
from analyzer.learn.training.folds import by_agreement
from analyzer.tag.classifier import Classifier, Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

    Array = np.ndarray[Any, Any]

SEED = 20161
INNER_FOLDS = 5
LEAST_POSITIVES = 2
"""A category with fewer clauses is left to the rules."""
PENALTY = 0.1
"""Inverse strength of the penalty on the weights of the features (scikit-learn's ``C``)."""
TOLERANCE, MOST_ROUNDS = 0.1, 200
"""Tolerance and maximum number of iterations at which the fitting of weights stops."""
MERGE_PENALTY = 0.05
GROUP_SHARE, CATEGORY_SHARE = 0.5, 0.5
"""Factors on the evidence by group and by category: the larger, the more their coefficients may differ from the common
ones."""
OWN_EVIDENCE = ("model", "model: any", "rule", "inherited")
"""Evidence whose coefficients may differ by category; the others may differ by group only."""
EASY = 0.018
"""Probability below which a category without any evidence is an easy negative; few of these are needed."""
EASY_SHARE = 10
"""One in this many easy negatives is kept, with its weight multiplied by this number."""
PRIOR_UNITS = 200.0
"""A category's own threshold counts as much as that of all categories when it has this many clauses."""
GRID = tuple(step / 100 for step in range(20, 61))
"""Candidate thresholds."""


def learnable(examples: Sequence[Examples], knowledge: Knowledge) -> tuple[str, ...]:
    """Return the categories that can be learnt: annotated in every source, and with enough clauses."""
    codes = [code for agreement in examples for labels in agreement.labels for code in labels or ()]
    return tuple(
        code
        for code, category in knowledge.categories.items()
        if not category.supplementary and codes.count(code) >= LEAST_POSITIVES
    )


def fit(
    examples: Sequence[Examples],
    counted: Counted,
    chosen: Sequence[int],
    knowledge: Knowledge,
    about: Mapping[str, Any] | None = None,
) -> Model:
    """Fit a model.

    Args:
        examples: Agreements.
        counted: Their clauses.
        chosen: The agreements to learn from, by number.
        knowledge: The codebook.
        about: Facts about the training to store in the model.
    """
    import numpy as np

    fold_of = dict(
        zip(chosen, by_agreement([examples[number].annotated for number in chosen], INNER_FOLDS), strict=True)
    )
    scores = np.zeros(counted.labels.shape)
    for fold in range(INNER_FOLDS):
        blind = _fit_weights(
            counted, counted.of((number for number in chosen if fold_of[number] != fold), annotated_only=True)
        )
        rows = counted.of(number for number in chosen if fold_of[number] == fold)
        scores[rows] = blind.scores(counted, rows)
    slopes, shifts = _calibrate(scores, counted, counted.of(chosen, annotated_only=True))
    opinions = 1 / (1 + np.exp(-(scores * slopes + shifts)))
    merge = _fit_merge(examples, counted, opinions, chosen, knowledge)
    final = _fit_weights(counted, counted.of(chosen, annotated_only=True))
    # Rounded as in the model file, so that the evaluation measures what is shipped.
    weights, biases = (
        array.astype(np.float16).astype(np.float32)
        for array in (final.weights * slopes, final.biases * slopes + shifts)
    )
    return Model(about or {}, Classifier(counted.categories, final.vocabulary, weights, biases), merge)


@dataclass(frozen=True)
class _Weights:
    """Weights of features before calibration, shaped as in ``Model``, and the features' columns in ``Counted``."""

    vocabulary: Vocabulary
    feature_columns: Array
    weights: Array
    biases: Array

    def scores(self, counted: Counted, rows: Array) -> Array:
        """Return the score of each category for some clauses (shape: rows × categories + 1)."""
        vectors = weighed(self.vocabulary, counted.counts[rows][:, self.feature_columns])
        result: Array = vectors @ self.weights + self.biases
        return result


def _fit_weights(counted: Counted, rows: Array) -> _Weights:
    """Fit one linear support vector machine per category, and one for being a labour provision at all."""
    import numpy as np
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.svm import LinearSVC

    vocabulary, feature_columns = counted.vocabulary(rows)
    vectors = weighed(vocabulary, counted.counts[rows][:, feature_columns]).astype(np.float64)
    true = counted.labels[rows]
    weights = np.zeros((vectors.shape[1], true.shape[1]), dtype=np.float32)
    biases = np.full(true.shape[1], -1.0, dtype=np.float32)
    for column in range(true.shape[1]):
        if true[:, column].any():
            learner = LinearSVC(C=PENALTY, tol=TOLERANCE, random_state=SEED, max_iter=MOST_ROUNDS)
            with warnings.catch_warnings():
                # Stopping early leaves the figures as they are and takes a third of the time.
                warnings.simplefilter("ignore", ConvergenceWarning)
                learner.fit(vectors, true[:, column], sample_weight=counted.weights[rows])
            weights[:, column], biases[column] = learner.coef_[0], learner.intercept_[0]
    return _Weights(vocabulary, feature_columns, weights, biases)


def _calibrate(scores: Array, counted: Counted, rows: Array) -> tuple[Array, Array]:
    """Return slopes and shifts that turn scores into log-odds (Platt scaling).

    All categories share one pair, because single categories have too few clauses; "any" has another.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    fitted = []
    for columns in (slice(None, -1), slice(-1, None)):
        learner = LogisticRegression(C=1e4)
        heavy = np.repeat(counted.weights[rows], scores[:1, columns].shape[1])
        learner.fit(scores[rows, columns].reshape(-1, 1), counted.labels[rows, columns].ravel(), sample_weight=heavy)
        fitted.append((float(learner.coef_[0, 0]), float(learner.intercept_[0])))
    (slope, shift), (any_slope, any_shift) = fitted
    size = scores.shape[1] - 1
    return np.array([*[slope] * size, any_slope]), np.array([*[shift] * size, any_shift])


def _fit_merge(
    examples: Sequence[Examples], counted: Counted, opinions: Array, chosen: Sequence[int], knowledge: Knowledge
) -> Merge:
    """Fit the merge on predictions for agreements that the models were not fitted on.

    Args:
        examples: Agreements.
        counted: Their clauses.
        opinions: Probabilities given by the models, by row of ``counted``.
        chosen: The agreements to learn from.
        knowledge: The codebook.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    categories = counted.categories
    tables, masks, rows = [], [], []
    for number in chosen:
        of_agreement = counted.of([number])
        if len(of_agreement):
            examination = examples[number].examination
            clauses, indices = examination.reading.clauses, examples[number].indices
            opinion = Opinion(indices, categories, opinions[of_agreement])
            tables.append(EvidenceTable(clauses, examination.tags, opinion, knowledge))
            masks.append(counted.weights[of_agreement] > 0)
            rows.append(of_agreement[masks[-1]])
    evidence = np.concatenate([table.weigh()[mask] for table, mask in zip(tables, masks, strict=True)])
    true, heavy = counted.labels[np.concatenate(rows)], counted.weights[np.concatenate(rows)]
    right = true[:, :-1]
    design, picked, factor = _design(evidence, right, categories, knowledge)
    learner = LogisticRegression(C=MERGE_PENALTY, solver="liblinear", tol=1e-3, random_state=SEED)
    importance = np.repeat(heavy, len(categories))[picked] * factor[picked]
    learner.fit(design, right.reshape(-1)[picked], sample_weight=importance)
    weights, biases = _coefficients(learner.coef_[0], float(learner.intercept_[0]), categories, knowledge)
    merge = Merge(categories, weights, biases, np.zeros(len(SIGNS)), 0.0, np.full(len(categories), 0.5), 0.5)
    sure = [merge.probabilities(table) for table in tables]
    signs = [table.signs(of_table)[mask] for table, of_table, mask in zip(tables, sure, masks, strict=True)]
    any_learner = LogisticRegression(C=1.0, max_iter=1000)
    any_learner.fit(np.concatenate(signs), true[:, -1])
    merge = replace(merge, any_weights=any_learner.coef_[0], any_bias=float(any_learner.intercept_[0]))
    annotated_sure = np.concatenate([of_table[mask] for of_table, mask in zip(sure, masks, strict=True)])
    any_sure = np.concatenate(
        [
            merge.any_probabilities(table, of_table)[mask]
            for table, of_table, mask in zip(tables, sure, masks, strict=True)
        ]
    )
    any_threshold = float(_thresholds(any_sure[:, None], true[:, -1:])[0])
    return replace(merge, thresholds=_thresholds(annotated_sure, right), any_threshold=any_threshold)


def _thresholds(sure: Array, true: Array) -> Array:
    """Return the threshold with the best F for each column; rare categories stay near the threshold of all together."""
    import numpy as np

    hits = np.array([((sure >= least) & true).sum(0) for least in GRID], dtype=float)
    given = np.array([(sure >= least).sum(0) for least in GRID], dtype=float)
    wanted = true.sum(0).astype(float)
    share = PRIOR_UNITS / max(1.0, wanted.sum())
    f = (
        2
        * (hits + share * hits.sum(1, keepdims=True))
        / (given + wanted + share * (given.sum(1, keepdims=True) + wanted.sum()))
    )
    # Of equally good thresholds, the middle one.
    best = [np.nonzero(column >= column.max() - 1e-9)[0] for column in f.T]
    return np.array([GRID[int(best_steps[len(best_steps) // 2])] for best_steps in best])


def _design(
    evidence: Array, true: Array, categories: Sequence[str], knowledge: Knowledge
) -> tuple[csr_matrix, Array, Array]:
    """Return the design matrix of the merge, which of the (clause, category) pairs it keeps, and their factors.

    Its columns: the evidence, the evidence by group of categories (with a bias), and that of ``OWN_EVIDENCE`` by
    category (with a bias).
    """
    import numpy as np
    from scipy.sparse import csr_matrix, hstack

    clauses, size, _ = evidence.shape
    flat = evidence.reshape(clauses * size, -1)
    right = true.reshape(-1)
    silent = (flat[:, EVIDENCE.index("rule")] == 0) & (flat[:, EVIDENCE.index("inherited")] == 0)
    easy = ~right & silent & (flat[:, EVIDENCE.index("model")] < np.log(EASY / (1 - EASY)))
    picked = np.nonzero(~easy | (np.arange(len(easy)) % EASY_SHARE == 0))[0]
    factor = np.where(easy, float(EASY_SHARE), 1.0)
    flat = np.hstack([flat[picked], np.ones((len(picked), 1))])
    column = picked % size
    groups, own_columns = _layout(categories, knowledge)

    def by(number: Array, count: int, parts: Sequence[int], share: float) -> csr_matrix:
        width = len(parts)
        indices = (number[:, None] * width + np.arange(width)).ravel()
        ends = np.arange(0, len(indices) + 1, width)
        return csr_matrix(((flat[:, parts] * share).ravel(), indices, ends), shape=(len(flat), count * width))

    everything = list(range(len(EVIDENCE) + 1))
    matrix = hstack(
        [
            csr_matrix(flat[:, :-1]),
            by(groups[column], int(groups.max()) + 1, everything, GROUP_SHARE),
            by(column, size, own_columns, CATEGORY_SHARE),
        ]
    )
    return matrix.tocsr(), picked, factor


def _coefficients(fitted: Array, bias: float, categories: Sequence[str], knowledge: Knowledge) -> tuple[Array, Array]:
    """Return the weights (categories × evidence) and biases, summed from the fitted columns of ``_design``."""
    import numpy as np

    groups, own_columns = _layout(categories, knowledge)
    width = len(EVIDENCE) + 1
    common = np.append(fitted[: width - 1], bias)
    count = int(groups.max()) + 1
    by_group = fitted[width - 1 : width - 1 + count * width].reshape(count, width) * GROUP_SHARE
    by_category = fitted[width - 1 + count * width :].reshape(len(categories), len(own_columns)) * CATEGORY_SHARE
    total = common + by_group[groups]
    total[:, own_columns] += by_category
    return total[:, :-1], total[:, -1]


def _layout(categories: Sequence[str], knowledge: Knowledge) -> tuple[Array, list[int]]:
    """Return the number of each category's group, and the columns of ``OWN_EVIDENCE`` and of the bias."""
    import numpy as np

    names = sorted({knowledge.categories[code].group for code in categories})
    groups = np.array([names.index(knowledge.categories[code].group) for code in categories])
    return groups, [*(EVIDENCE.index(name) for name in OWN_EVIDENCE), len(EVIDENCE)]
