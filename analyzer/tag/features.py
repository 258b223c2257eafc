"""Features of clauses for the classifier: named features in blocks, the same in training and in use.

The terms of the thesaurus are features too. A term is one notion in three languages, so what the model learns from
English agreements also serves Spanish and French ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import Generic, Protocol, TypeVar

from analyzer.tag.clause_facts import scope_of
from analyzer.tag.facts import Reading
from analyzer.text.fold import TOKEN, stems_of
from analyzer.types import Language, path_from

VERSION = 3
"""Increased whenever the features of a clause change, because a model fitted on other features must not be used."""

TEXT_BLOCKS: Mapping[str, float] = {"words": 3.0, "letters": 3.0, "lead": 2.0, "article": 2.0, "chapter": 1.0}
"""Blocks of word and letter n-grams, each with the length of its vector, independent of the length of the text."""
FACT_BLOCKS: Mapping[str, float] = {"terms": 0.7, "place": 0.7}
"""Blocks of facts that hold or do not hold, each with the value of a fact that holds."""
MARKS: Mapping[str, str] = {
    "words": "w",
    "letters": "g",
    "lead": "l",
    "article": "a",
    "chapter": "c",
    "terms": "t",
    "place": "p",
}
"""First character of the features of each block, by which the block of a feature is recognised."""

LONGEST = {"words": 4000, "letters": 1500, "lead": 1000, "article": 200, "chapter": 200}
"""Characters of each text that are read, from its beginning, where a clause states its subject."""
LETTERS = 4
LENGTH_STEP, LENGTH_STEPS = 60, 8
"""Width of a class of clause lengths, in characters, and number of the last class."""

Features = Mapping[str, Sequence[str]]
"""The features of a clause by block; a feature is repeated as often as it occurs."""
Feature = TypeVar("Feature", covariant=True)


class Notation(Protocol[Feature]):
    """How features are written: as names for training, as columns of a vocabulary in use."""

    def grams(self, words: Sequence[str], mark: str) -> Sequence[Feature]:
        """Return words and their pairs as features of a block."""

    def letters(self, token: str) -> Sequence[Feature]:
        """Return the letter n-grams of a word as features."""

    def fact(self, name: str) -> Sequence[Feature]:
        """Return a fact as a feature, by its name."""


class Names:
    """Features as names: the mark of their block, and their words."""

    def grams(self, words: Sequence[str], mark: str) -> list[str]:
        """Return words and their pairs."""
        return [f"{mark} {word}" for word in words] + [f"{mark} {first} {second}" for first, second in pairwise(words)]

    def letters(self, token: str) -> Sequence[str]:
        """Return the letter n-grams of a word."""
        return letters_of(token)

    def fact(self, name: str) -> Sequence[str]:
        """Return a fact."""
        return (name,)


class FeatureReader(Generic[Feature]):
    """Reads the features of the clauses of one document.

    The tags of the rules are not among them, so that the model is independent of the rules and can contradict them.

    Args:
        reading: The document.
        notation: How the features are written.
    """

    def __init__(self, reading: Reading, notation: Notation[Feature]) -> None:
        self._reading = reading
        self._notation = notation
        self._of_clause: dict[tuple[int, str, str], Sequence[Feature]] = {}
        self._above: dict[tuple[int | None, Language], Mapping[str, Sequence[Feature]]] = {}

    def of(self, index: int) -> dict[str, Sequence[Feature]]:
        """Return the features of a clause by block."""
        reading, fact = self._reading, self._notation.fact
        clause, language = reading.clauses[index], reading.language_of(index)
        facts = reading.facts(index)
        above = self._all_above(clause.parent, language)
        terms = [feature for name in sorted(facts.names("own")) for feature in fact(f"t own:{name}")]
        place = [f"p kind:{clause.kind}", f"p location:{clause.location}", f"p language:{language}"]
        place += [f"p in:{context}" for context in facts.contexts]
        place.append(f"p length:{min(LENGTH_STEPS, len(reading.words(index)) // LENGTH_STEP)}")
        return {
            "words": self._notation.grams(_words(reading, index), MARKS["words"]),
            "letters": list(
                chain.from_iterable(map(self._notation.letters, reading.tokens(index, LONGEST["letters"])))
            ),
            **above,
            "terms": [*above["terms"], *terms],
            "place": [feature for name in place for feature in fact(name)],
        }

    def _all_above(self, parent: int | None, language: Language) -> Mapping[str, Sequence[Feature]]:
        """Return what stands above the clauses that belong to one, ``None``: to none."""
        key = parent, language
        if key not in self._above:
            reading = self._reading
            found: dict[str, list[Feature]] = {"lead": [], "article": [], "chapter": [], "terms": []}
            for position in path_from(reading.clauses, parent):
                scope = scope_of(reading.clauses[position])
                found[scope] += self._of_above(position, scope, language)
            for scope, names in reading.above(parent).names.items():
                for name in sorted(names) if scope in _SCOPES else ():
                    found["terms"] += self._notation.fact(f"t {scope}:{name}")
            self._above[key] = found
        return self._above[key]

    def _of_above(self, index: int, scope: str, language: Language) -> Sequence[Feature]:
        """Return the words of a clause above another, which many clauses share."""
        key = index, scope, language
        if key not in self._of_clause:
            above = self._reading.clauses[index]
            text = self._reading.folded[above.start : min(above.own_end, above.start + LONGEST[scope])]
            words = _plain(TOKEN.findall(text), language)
            self._of_clause[key] = self._notation.grams(words, MARKS[scope])
        return self._of_clause[key]


def features_of(reading: Reading, index: int) -> Features:
    """Return the features of a clause by block, as names."""
    return FeatureReader(reading, Names()).of(index)


def words_of(reading: Reading, index: int) -> list[str]:
    """Return the stems of a clause's own words, and their pairs."""
    return Names().grams(_words(reading, index), MARKS["words"])


def grams_with_spans(folded: str, language: Language) -> Iterator[tuple[str, int, int]]:
    """Yield each feature of the block ``words`` with its start and end in the folded text."""
    tokens = [(match.group(), *match.span()) for match in TOKEN.finditer(folded)]
    words = _plain([token for token, _, _ in tokens], language)
    for position, (word, (_, start, end)) in enumerate(zip(words, tokens, strict=True)):
        yield f"w {word}", start, end
        if position + 1 < len(words):
            yield f"w {word} {words[position + 1]}", start, tokens[position + 1][2]


_SCOPES = ("lead", "article", "chapter")


def _words(reading: Reading, index: int) -> list[str]:
    return _without_numbers(reading.stems(index, LONGEST["words"]))


def _plain(tokens: Sequence[str], language: Language) -> list[str]:
    return _without_numbers(stems_of(tokens, language))


def _without_numbers(stems: Sequence[str]) -> list[str]:
    return ["#" if stem.isdigit() else stem for stem in stems]


@lru_cache(maxsize=200_000)
def letters_of(token: str) -> tuple[str, ...]:
    """Return the letter n-grams of a word, which are robust to misprints and shared by cognates."""
    word = f"<{token}>"
    return tuple(f"g {word[offset : offset + LETTERS]}" for offset in range(max(1, len(word) - LETTERS + 1)))
