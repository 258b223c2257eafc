"""How alike texts are in wording."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def word_weights(texts: Sequence[str]) -> Any:
    """Return the weights of words and pairs of words in each text, as a sparse matrix whose rows have length 1.

    The logarithm of counts (``sublinear_tf``) keeps one phrase that an agreement repeats in every article from
    outweighing all the others.
    """
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), token_pattern=r"[^\W\d_]+")
    try:
        return vectorizer.fit_transform(texts)
    except ValueError:  # No text has a word.
        return csr_matrix((len(texts), 1))


def cosines(left: Any, right: Any) -> list[list[float]]:
    """Return the cosines of the rows of one matrix with those of another, 0 to 1."""
    alike: list[list[float]] = (left @ right.T).toarray().clip(0, 1).tolist()
    return alike
