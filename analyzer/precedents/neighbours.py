"""The clauses of other agreements that are most like a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from analyzer.precedents.vectors import Meanings, Vectors, supported, words_of
from analyzer.precedents.wording import Row, Wording, wordings
from analyzer.types import LANGUAGES, Language

if TYPE_CHECKING:
    from analyzer.knowledge import Knowledge

Measure = Literal["words", "meaning"]
LEAST: dict[Measure, float] = {"words": 0.1, "meaning": 0.25}
"""Least similarity of a clause that is shown: below it two texts have little but small words in common."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A clause that is like a text.

    Attributes:
        wording: The clause.
        similarity: How alike they are, 0 to 1; only those of the same measure can be compared.
        measure: ``words`` within a language, ``meaning`` across languages.
    """

    wording: Wording
    similarity: float
    measure: Measure


class Neighbours:
    """The labour provisions of a corpus, to be searched by words and by meaning.

    Args:
        rows: Rows of ``provisions``.
        knowledge: The words to go by.
    """

    def __init__(self, rows: Iterable[Row], knowledge: Knowledge) -> None:
        self.wordings = wordings(rows)
        self._knowledge = knowledge
        self._meanings = Meanings(knowledge)
        self._of: dict[Language, list[Wording]] = {
            language: [one for one in self.wordings if one.language == language] for language in LANGUAGES
        }
        self._words: dict[Language, Vectors] = {}
        self._shared: tuple[Vectors, Vectors] | None = None

    def nearest(self, text: str, language: str, *, without: str = "", limit: int = 10) -> list[Neighbour]:
        """Return the clauses that are most like a text: those in its language, then those in others.

        Args:
            text: The text.
            language: Its language.
            without: Id of an agreement whose own clauses do not count.
            limit: Most clauses in the language of the text, and most in the others.

        Returns:
            For each agreement its nearest clause; the most similar first.
        """
        known = supported(language)
        if known is None:
            return []
        same = self.by_words(text, known)
        others = self.by_meaning(text, known) if any(one.language != language for one in self.wordings) else []
        return [*_best(same, without, limit), *_best(others, without, limit)]

    def by_words(self, text: str, language: Language) -> list[Neighbour]:
        """Return how alike every clause in the language of a text is in wording, in the order of ``wordings``."""
        clauses = self._of[language]
        spelling = self._knowledge.languages[language].spelling
        if language not in self._words:
            self._words[language] = Vectors([words_of(one.text, spelling) for one in clauses], pairs=True)
        cosines = self._words[language].similarities(words_of(text, spelling))
        return [Neighbour(one, cosine, "words") for one, cosine in zip(clauses, cosines, strict=False)]

    def by_meaning(self, text: str, language: Language) -> list[Neighbour]:
        """Return how alike every clause in another language is in what the knowledge finds in both."""
        if self._shared is None:
            self._shared = self._vectors(self._meanings.of), self._vectors(self._meanings.beginnings)
        found, beginnings = self._shared
        meant = found.similarities(self._meanings.of(text, language))
        looks = beginnings.similarities(self._meanings.beginnings(text, language))
        pairs = zip(self._in_any_language(), meant, looks, strict=False)
        return [Neighbour(one, round((a + b) / 2, 6), "meaning") for one, a, b in pairs if one.language != language]

    def _vectors(self, features_of: Callable[[str, Language], list[str]]) -> Vectors:
        pairs = ((one, supported(one.language)) for one in self._in_any_language())
        return Vectors([features_of(one.text, language) for one, language in pairs if language])

    def _in_any_language(self) -> Sequence[Wording]:
        return [one for clauses in self._of.values() for one in clauses]


def _best(neighbours: Iterable[Neighbour], without: str, limit: int) -> list[Neighbour]:
    """Return the nearest clause of each agreement, the most similar first; of equal ones the older."""
    best: dict[str, Neighbour] = {}
    for one in sorted(neighbours, key=lambda one: (-one.similarity, one.wording.age)):
        if one.similarity >= LEAST[one.measure] and one.wording.agreement_id != without:
            best.setdefault(one.wording.agreement_id, one)
    return list(best.values())[:limit]
