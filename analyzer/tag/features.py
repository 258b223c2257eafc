"""What the classifier sees of a clause: named features in blocks, the same when it is trained and when it is used.

The terms of the thesaurus are features too. A term is one notion in three languages, so what is learnt from English
agreements serves Spanish and French ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from analyzer.tag.facts import Reading, scope_of
from analyzer.text.fold import TOKEN, stem
from analyzer.types import Language, ancestors

VERSION = 3
"""Goes up when the same clause would get other features: a model fitted on other features must not be used."""

TEXT_BLOCKS: Mapping[str, float] = {"words": 3.0, "letters": 3.0, "lead": 2.0, "article": 2.0, "chapter": 1.0}
"""Blocks of word and letter n-grams: each is a vector of this length, whatever the length of its text."""
FACT_BLOCKS: Mapping[str, float] = {"terms": 0.7, "place": 0.7}
"""Blocks of facts that hold or do not hold: each fact that holds has this value."""
MARKS: Mapping[str, str] = {
    "words": "w",
    "letters": "g",
    "lead": "l",
    "article": "a",
    "chapter": "c",
    "terms": "t",
    "place": "p",
}
"""First character of the features of each block, so that a feature's name tells its block."""

LONGEST = {"words": 4000, "letters": 1500, "lead": 1000, "article": 200, "chapter": 200}
"""Characters of each text that are read; a clause says what it is about at its beginning."""
LETTERS = 4
LENGTH_STEP, LENGTH_STEPS = 60, 8
"""Clauses are sorted by length into this many classes, each of this many characters."""

Features = dict[str, list[str]]


def features_of(reading: Reading, index: int) -> Features:
    """Return the features of a clause by block; a feature stands as often as it occurs.

    What the rules say is not among them: the model is a witness of its own, and only so can it contradict them.
    """
    language = reading.document.language
    clause = reading.clauses[index]
    facts = reading.facts(index)
    own = reading.words(index)
    found: Features = {
        "words": words_of(reading, index),
        "letters": list(_letters(own[: LONGEST["letters"]])),
        "lead": [],
        "article": [],
        "chapter": [],
        "terms": sorted({f"t {scope}:{term}" for scope in _SCOPES for hits in facts.scopes[scope] for term in hits}),
        "place": [f"p kind:{clause.kind}", f"p location:{clause.location}", f"p language:{language}"],
    }
    for above in ancestors(reading.clauses, index):
        scope = scope_of(above)
        text = reading.folded[above.start : min(above.own_end, above.start + LONGEST[scope])]
        found[scope] += _grams(text, language, MARKS[scope])
    found["place"] += [f"p in:{context}" for context in facts.contexts]
    found["place"].append(f"p length:{min(LENGTH_STEPS, len(own) // LENGTH_STEP)}")
    return found


def words_of(reading: Reading, index: int) -> list[str]:
    """Return the stems of a clause's own words, and their pairs."""
    own = reading.words(index)[: LONGEST["words"]]
    return _grams(own, reading.document.language, MARKS["words"])


def grams_with_places(folded: str, language: Language) -> Iterator[tuple[str, int, int]]:
    """Yield each feature of the block ``words`` with its start and end in the folded text."""
    found = [(_word(match.group(), language), *match.span()) for match in TOKEN.finditer(folded)]
    for place, (word, start, end) in enumerate(found):
        yield f"w {word}", start, end
        if place + 1 < len(found):
            yield f"w {word} {found[place + 1][0]}", start, found[place + 1][2]


_SCOPES = ("own", "lead", "article", "chapter")


def _word(token: str, language: str) -> str:
    return "#" if token.isdigit() else stem(token, language)


def _grams(folded: str, language: Language, prefix: str) -> list[str]:
    """Return the stems of a text and their pairs."""
    words = [_word(token, language) for token in TOKEN.findall(folded)]
    pairs = [f"{prefix} {one} {other}" for one, other in pairwise(words)]
    return [f"{prefix} {word}" for word in words] + pairs


def _letters(folded: str) -> Iterator[str]:
    for token in TOKEN.findall(folded):
        yield from _letters_of(token)


@lru_cache(maxsize=200_000)
def _letters_of(token: str) -> tuple[str, ...]:
    """Return the letter n-grams of a word; they see through misprints and tell languages' cognates."""
    word = f"<{token}>"
    return tuple(f"g {word[at : at + LETTERS]}" for at in range(max(1, len(word) - LETTERS + 1)))
