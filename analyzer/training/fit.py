"""Fit a model: weights of the features first, then the merge of its opinion with that of the rules.

The merge is fitted on what models said about agreements that they had not been fitted on; otherwise it would believe
the model too much. Everything is deterministic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analyzer.features import FACT_BLOCKS, TEXT_BLOCKS
from analyzer.knowledge import Knowledge
from analyzer.merge import EVIDENCE, SIGNS, Merge, Table
from analyzer.model import Model, ModelTagger, Vocabulary
from analyzer.training.examples import Examples
from analyzer.training.folds import by_agreement

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

    Array = np.ndarray[Any, Any]

SEED = 20161
INNER_FOLDS = 5
LEAST_AGREEMENTS = 2
"""A feature must occur in at least so many agreements: what stands in one only cannot help with another."""
LEAST_POSITIVES = 2
"""A category with fewer clauses is left to the rules."""
PENALTY = 1.0
"""Inverse strength of the penalty on the weights (scikit-learn's ``C``)."""
MERGE_PENALTY = 0.05
GROUP_SHARE, CATEGORY_SHARE = 0.5, 0.5
"""How freely the coefficients of a group of categories, and of one category, may differ from the common ones."""
OWN_EVIDENCE = ("model", "model: any", "rule", "inherited")
"""Evidence whose coefficients may differ by category; the others may differ by group only."""
EASY = 0.018
"""Probability below which a category without any witness is an easy no; few of these are needed."""
EASY_SHARE = 10
"""One in so many easy negatives is kept, with so many times the weight."""
THRESHOLD, ANY_THRESHOLD = 0.48, 0.38


def fit(examples: Sequence[Examples], knowledge: Knowledge, about: Mapping[str, Any]) -> Model:
    """Fit a model.

    Args:
        examples: The agreements to learn from.
        knowledge: The codebook; its supplementary codes are left to the rules.
        about: What to write into the model about its making.
    """
    categories = learnable(examples, knowledge)
    fold_of = by_agreement([one.annotated for one in examples], INNER_FOLDS)
    opinions: dict[int, Mapping[int, Any]] = {}
    for fold in range(INNER_FOLDS):
        tested = [at for at, one in enumerate(fold_of) if one == fold]
        if tested:
            blind = _fit_weights([examples[at] for at in range(len(examples)) if fold_of[at] != fold], categories)
            opinions.update({at: opinion(blind, examples[at]) for at in tested})
    merge = _fit_merge(examples, [opinions[at] for at in range(len(examples))], categories, knowledge)
    full = _fit_weights(examples, categories)
    return Model(about, categories, full.vocabulary, full.weights, full.biases, merge)


def learnable(examples: Sequence[Examples], knowledge: Knowledge) -> tuple[str, ...]:
    """Return the categories that can be learnt: annotated throughout, and with enough clauses."""
    return tuple(
        code
        for code, known in knowledge.categories.items()
        if not known.supplementary and _positives(examples, code) >= LEAST_POSITIVES
    )


def opinion(model: Model, examples: Examples) -> Mapping[int, Any]:
    """Return the tags of a model on the clauses of one agreement."""
    return ModelTagger(model).tag_features(examples.found.reading, examples.indices, examples.features)


def _positives(examples: Sequence[Examples], code: str) -> int:
    return sum(code in labels for one in examples for labels in one.labels if labels)


def _fit_weights(examples: Sequence[Examples], categories: Sequence[str]) -> Model:
    """Fit one logistic regression per category, and one for being a labour provision at all."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    vocabulary = _vocabulary(examples)
    rows = [(features, labels, weight) for one in examples for features, labels, weight in _told(one)]
    vectors = vocabulary.vectors([features for features, _, _ in rows]).astype(np.float64)
    weight = np.array([weight for _, _, weight in rows])
    weights = np.zeros((vectors.shape[1], len(categories) + 1), dtype=np.float32)
    biases = np.full(len(categories) + 1, -9.0, dtype=np.float32)
    for column in range(len(categories) + 1):
        wanted = categories[column] if column < len(categories) else None
        true = np.array([wanted in labels if wanted else bool(labels) for _, labels, _ in rows])
        if true.any():
            learner = LogisticRegression(C=PENALTY, solver="liblinear", dual=True, tol=0.1, random_state=SEED)
            learner.fit(vectors, true, sample_weight=weight)
            weights[:, column], biases[column] = learner.coef_[0], learner.intercept_[0]
    # As the file keeps them: what is measured is what is shipped.
    weights, biases = (array.astype(np.float16).astype(np.float32) for array in (weights, biases))
    return Model({}, tuple(categories), vocabulary, weights, biases, _no_merge(categories))


def _told(examples: Examples) -> list[tuple[Any, frozenset[str], float]]:
    """Return features, labels and weight of the clauses about which the annotations say something."""
    rows = zip(examples.features, examples.labels, examples.weights, strict=True)
    return [(features, labels, weight) for features, labels, weight in rows if labels is not None]


def _vocabulary(examples: Sequence[Examples]) -> Vocabulary:
    import numpy as np

    agreements: dict[str, int] = {}
    clauses: dict[str, int] = {}
    total = 0
    for one in examples:
        seen: set[str] = set()
        for features, _, _ in _told(one):
            total += 1
            own = {feature for block in (*TEXT_BLOCKS, *FACT_BLOCKS) for feature in features[block]}
            seen |= own
            for feature in own:
                clauses[feature] = clauses.get(feature, 0) + 1
        for feature in seen:
            agreements[feature] = agreements.get(feature, 0) + 1
    kept = sorted(feature for feature, number in agreements.items() if number >= LEAST_AGREEMENTS)
    rarity = np.array([np.log(total / clauses[feature]) + 1 for feature in kept], dtype=np.float32)
    return Vocabulary({feature: column for column, feature in enumerate(kept)}, rarity)


def _fit_merge(
    examples: Sequence[Examples], opinions: Sequence[Mapping[int, Any]], categories: Sequence[str], knowledge: Knowledge
) -> Merge:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    tables = [
        (one, Table(one.found.reading.clauses, one.found.said, said, categories, knowledge))
        for one, said in zip(examples, opinions, strict=True)
        if said
    ]
    evidence, true, weight = [], [], []
    for one, table in tables:
        rows, labels, importance = _judged(one, table)
        evidence.append(table.weigh()[rows])
        true.append(np.array([[code in found for code in categories] for found in labels]).reshape(-1, len(categories)))
        weight.append(np.array(importance))
    stacked, right, heavy = np.concatenate(evidence), np.concatenate(true), np.concatenate(weight)
    design, picked, factor = _design(stacked, right, categories, knowledge)
    learner = LogisticRegression(C=MERGE_PENALTY, solver="liblinear", tol=1e-3, random_state=SEED)
    learner.fit(
        design, right.reshape(-1)[picked], sample_weight=np.repeat(heavy, len(categories))[picked] * factor[picked]
    )
    weights, biases = _coefficients(learner.coef_[0], float(learner.intercept_[0]), categories, knowledge)
    merge = Merge(
        tuple(categories), weights, biases, np.zeros(len(SIGNS)), 0.0, threshold=THRESHOLD, any_threshold=ANY_THRESHOLD
    )
    signs, any_true = [], []
    for one, table in tables:
        rows, labels, _ = _judged(one, table)
        signs.append(table.signs(merge.probabilities(table))[rows])
        any_true += [bool(found) for found in labels]
    any_learner = LogisticRegression(C=1.0, max_iter=1000)
    any_learner.fit(np.concatenate(signs), any_true)
    return Merge(
        merge.categories,
        weights,
        biases,
        any_learner.coef_[0],
        float(any_learner.intercept_[0]),
        threshold=THRESHOLD,
        any_threshold=ANY_THRESHOLD,
    )


def _judged(examples: Examples, table: Table) -> tuple[list[int], list[frozenset[str]], list[float]]:
    """Return the rows of a table about which the annotations say something, their labels and weights."""
    known = {
        index: (labels, weight)
        for index, labels, weight in zip(examples.indices, examples.labels, examples.weights, strict=True)
        if labels is not None
    }
    rows = [row for row, index in enumerate(table.indices) if index in known]
    found = [known[table.indices[row]] for row in rows]
    return rows, [labels for labels, _ in found], [weight for _, weight in found]


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
    groups, own = _layout(categories, knowledge)

    def by(number: Array, count: int, parts: Sequence[int], share: float) -> csr_matrix:
        width = len(parts)
        places = (number[:, None] * width + np.arange(width)).ravel()
        ends = np.arange(0, len(places) + 1, width)
        return csr_matrix(((flat[:, parts] * share).ravel(), places, ends), shape=(len(flat), count * width))

    everything = list(range(len(EVIDENCE) + 1))
    matrix = hstack(
        [
            csr_matrix(flat[:, :-1]),
            by(groups[column], int(groups.max()) + 1, everything, GROUP_SHARE),
            by(column, size, own, CATEGORY_SHARE),
        ]
    )
    return matrix.tocsr(), picked, factor


def _coefficients(fitted: Array, bias: float, categories: Sequence[str], knowledge: Knowledge) -> tuple[Array, Array]:
    """Return the weights (categories × evidence) and biases that the fitted columns of ``_design`` amount to."""
    import numpy as np

    groups, own = _layout(categories, knowledge)
    width = len(EVIDENCE) + 1
    common = np.append(fitted[: width - 1], bias)
    count = int(groups.max()) + 1
    by_group = fitted[width - 1 : width - 1 + count * width].reshape(count, width) * GROUP_SHARE
    by_category = fitted[width - 1 + count * width :].reshape(len(categories), len(own)) * CATEGORY_SHARE
    total = common + by_group[groups]
    total[:, own] += by_category
    return total[:, :-1], total[:, -1]


def _layout(categories: Sequence[str], knowledge: Knowledge) -> tuple[Array, list[int]]:
    """Return the number of each category's group, and the places of ``OWN_EVIDENCE`` and of the bias."""
    import numpy as np

    names = sorted({knowledge.categories[code].group for code in categories})
    groups = np.array([names.index(knowledge.categories[code].group) for code in categories])
    return groups, [*(EVIDENCE.index(name) for name in OWN_EVIDENCE), len(EVIDENCE)]


def _no_merge(categories: Sequence[str]) -> Merge:
    import numpy as np

    empty = np.zeros((len(categories), len(EVIDENCE)))
    return Merge(tuple(categories), empty, empty[:, 0], np.zeros(len(SIGNS)), 0.0, THRESHOLD, ANY_THRESHOLD)
