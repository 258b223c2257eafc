"""Features of clauses for the classifier: named features in blocks, the same in training and in use.

The terms of the thesaurus are features too. A term is one notion in three languages, so what the model learns from
English agreements also serves Spanish and French ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from analyzer.tag.facts import Reading, scope_of
from analyzer.text.fold import TOKEN, stem
from analyzer.types import Language, subject_path

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

Features = dict[str, list[str]]


def features_of(reading: Reading, index: int) -> Features:
    """Return the features of a clause by block; a feature is repeated as often as it occurs.

    The tags of the rules are not among them, so that the model is independent of the rules and can contradict them.
    """
    language = reading.language_of(index)
    clause = reading.clauses[index]
    facts = reading.facts(index)
    own_words = reading.words(index)
    features: Features = {
        "words": words_of(reading, index),
        "letters": list(_letters(own_words[: LONGEST["letters"]])),
        "lead": [],
        "article": [],
        "chapter": [],
        "terms": sorted({f"t {scope}:{term}" for scope in _SCOPES for hits in facts.scopes[scope] for term in hits}),
        "place": [f"p kind:{clause.kind}", f"p location:{clause.location}", f"p language:{language}"],
    }
    for above in (reading.clauses[position] for position in subject_path(reading.clauses, index)):
        scope = scope_of(above)
        text = reading.folded[above.start : min(above.own_end, above.start + LONGEST[scope])]
        features[scope] += _grams(text, language, MARKS[scope])
    features["place"] += [f"p in:{context}" for context in facts.contexts]
    features["place"].append(f"p length:{min(LENGTH_STEPS, len(own_words) // LENGTH_STEP)}")
    return features


def words_of(reading: Reading, index: int) -> list[str]:
    """Return the stems of a clause's own words, and their pairs."""
    own_words = reading.words(index)[: LONGEST["words"]]
    return _grams(own_words, reading.language_of(index), MARKS["words"])


def grams_with_spans(folded: str, language: Language) -> Iterator[tuple[str, int, int]]:
    """Yield each feature of the block ``words`` with its start and end in the folded text."""
    stems = [(_word(match.group(), language), *match.span()) for match in TOKEN.finditer(folded)]
    for position, (word, start, end) in enumerate(stems):
        yield f"w {word}", start, end
        if position + 1 < len(stems):
            yield f"w {word} {stems[position + 1][0]}", start, stems[position + 1][2]


_SCOPES = ("own", "lead", "article", "chapter")


def _word(token: str, language: str) -> str:
    return "#" if token.isdigit() else stem(token, language)


def _grams(folded: str, language: Language, prefix: str) -> list[str]:
    """Return the stems of a text and their pairs."""
    words = [_word(token, language) for token in TOKEN.findall(folded)]
    pairs = [f"{prefix} {first} {second}" for first, second in pairwise(words)]
    return [f"{prefix} {word}" for word in words] + pairs


def _letters(folded: str) -> Iterator[str]:
    for token in TOKEN.findall(folded):
        yield from _letters_of(token)


@lru_cache(maxsize=200_000)
def _letters_of(token: str) -> tuple[str, ...]:
    """Return the letter n-grams of a word, which are robust to misprints and shared by cognates."""
    word = f"<{token}>"
    return tuple(f"g {word[offset : offset + LETTERS]}" for offset in range(max(1, len(word) - LETTERS + 1)))
