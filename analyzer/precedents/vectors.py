"""Texts as vectors: by their words within a language, by what they mean in common across languages.

Within a language the words and pairs of words count, weighted by their rarity. Across languages nothing is translated.
Two texts are alike if the knowledge finds the same in both: terms of the thesaurus, actors and addressees, qualifiers,
events, strength, instruments, numbers; and by words that look alike (*discrimination*, *discriminación*).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from analyzer.assemble.strength import judge
from analyzer.precedents.wording import LONGEST, without_number
from analyzer.tag.instruments import find_instruments
from analyzer.tag.lexicon import Lexicon
from analyzer.text.fold import fold
from analyzer.types import LANGUAGES, Language

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

    from analyzer.knowledge import Knowledge

WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-z]{4,}")
_NUMBER = re.compile(r"\d{1,4}")
_BEGINNINGS = range(3, 7)
"""Lengths of the beginnings of words that are compared between languages."""


class Meanings:
    """What the knowledge finds in texts of any language, as names that do not depend on the language.

    Args:
        knowledge: The words to go by.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._lexicons: dict[Language, Lexicon] = {}

    def of(self, text: str, language: Language) -> list[str]:
        """Return what a text means, each once, sorted."""
        text = without_number(text)
        folded = fold(text)
        words = self._knowledge.effect.of(language)
        plain = " ".join(folded.replace("?", "'").split())
        found = {f"term {term}" for term in self._lexicon(language).find(folded)}
        for kind, codes in (("actor", words.actors), ("counterpart", words.counterparts)):
            found |= {f"{kind} {code}" for match in codes.pattern.finditer(plain) if (code := codes.code_of(match))}
        found |= {f"qualifier {code}" for code, pattern in words.qualifiers.items() if pattern.search(plain)}
        found |= {f"event {code}" for code, pattern in words.events.items() if pattern.search(plain)}
        found |= {f"number {number.lstrip('0')}" for number in _NUMBER.findall(folded)}
        cited = find_instruments(text, language=language, knowledge=self._knowledge)
        found |= {f"instrument {reference.id}" for reference in cited if reference.id}
        if found:  # Alone, how binding a text is says nothing about its subject.
            found.add(f"strength {judge(text, self._knowledge.strength, language).strength}")
        return sorted(found)

    def beginnings(self, text: str, language: Language) -> list[str]:
        """Return the beginnings of the words of a text that are no function words, as often as they occur."""
        small = {fold(word) for word in self._knowledge.languages[language].function_words}
        words = [word for word in _LATIN.findall(fold(without_number(text))) if word not in small]
        return [word[:length] for word in words for length in _BEGINNINGS if length <= len(word)]

    def _lexicon(self, language: Language) -> Lexicon:
        if language not in self._lexicons:
            self._lexicons[language] = Lexicon(self._knowledge, language)
        return self._lexicons[language]


class Vectors:
    """The vectors of a corpus of texts, and of others in the same space.

    Args:
        features: For each text what it is compared by, in any order.
        pairs: Whether two neighbours count as a feature too.
    """

    def __init__(self, features: Sequence[Sequence[str]], *, pairs: bool = False) -> None:
        self._vectorizer = _vectorizer(pairs=pairs)
        self._matrix: Any = self._vectorizer.fit_transform(features) if any(features) else None

    def similarities(self, features: Sequence[str]) -> list[float]:
        """Return the cosine of a text with every text of the corpus, 0 to 1."""
        if self._matrix is None or not features:
            return [0.0] * (0 if self._matrix is None else self._matrix.shape[0])
        row = self._vectorizer.transform([features])
        cosines: list[float] = (self._matrix @ row.T).toarray().ravel().clip(0, 1).round(6).tolist()
        return cosines


def words_of(text: str, spelling: Sequence[tuple[str, str]] = ()) -> list[str]:
    """Return the folded words of a text, each in one of its spellings."""
    folded = fold(without_number(text[:LONGEST]))
    for one, other in spelling:
        folded = folded.replace(fold(one), fold(other))
    return WORD.findall(folded)


def supported(code: str) -> Language | None:
    """Return a language whose texts can be compared, ``None`` for another."""
    return next((language for language in LANGUAGES if language == code), None)


def _vectorizer(*, pairs: bool) -> TfidfVectorizer:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer=_with_pairs if pairs else _as_they_are, sublinear_tf=True)


def _as_they_are(features: Sequence[str]) -> Sequence[str]:
    return features


def _with_pairs(words: Sequence[str]) -> list[str]:
    return [*words, *(f"{one} {other}" for one, other in pairwise(words))]


def cosines_within(texts: Sequence[Sequence[str]]) -> Any:
    """Return how alike some texts are in words and pairs of words: the cosines of all with all, 0 to 1."""
    import numpy as np

    if len(texts) < 2:  # like itself, if it has words; no library is needed to say so
        return np.array([[1.0 if text else 0.0] for text in texts]).reshape(len(texts), len(texts))
    if not any(texts):
        return np.zeros((len(texts), len(texts)))
    matrix = _vectorizer(pairs=True).fit_transform(texts)
    return (matrix @ matrix.T).toarray().clip(0, 1).round(6)
