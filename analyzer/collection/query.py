"""The query language of the search: words, phrases, prefixes, AND, OR, NOT, NEAR, read into a small tree.

What a user writes never reaches the database as it is: it is read here, word by word, and
``analyzer.collection.expand`` writes a new expression in which every word is quoted. ``docs/how-to/search.md``
describes the language, and ``tests/data/queries.toml`` says what each query means, for other programs that follow it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyzer.collection.forms import WORD, fold, form
from analyzer.errors import AnalyzerError

LONGEST = 2_000
"""Most characters of a query."""
MOST_WORDS, DEEPEST = 100, 20
"""Most words of a query, and most brackets in one another."""
NEAR_WORDS = 10
"""Most words between those of NEAR, unless it says how many."""
FARTHEST = 100
_TOKEN = re.compile(
    r'\s*(?:(?P<near>NEAR\s*\()|(?P<open>\()|(?P<close>\))|"(?P<phrase>[^"]*)"(?P<star>\*?)|(?P<quote>")'
    r'|(?P<minus>-(?=[^\s()]))|(?P<comma>,(?:\s*(?P<number>\d{1,4})\s*(?=\)))?)|(?P<word>[^\s()",]+))'
)
_TOKENS = ("near", "open", "close", "phrase", "quote", "minus", "comma", "word")
_OPERATORS = ("AND", "OR", "NOT")


class QueryError(AnalyzerError):
    """A query cannot be understood; the reason says where."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other, in the forms in which they are compared.

    Attributes:
        words: The words, folded: small letters without accents.
        is_prefix: Whether the last is the beginning of a word.
    """

    words: tuple[str, ...]
    is_prefix: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """The words in the forms in which they are indexed."""
        return tuple(map(form, self.words))


@dataclass(frozen=True, slots=True)
class Near:
    """Phrases with at most some words between them, in any order."""

    phrases: tuple[Phrase, ...]
    words: int = NEAR_WORDS


@dataclass(frozen=True, slots=True)
class All:
    """What must all be there, and what must not."""

    parts: tuple[Query, ...]
    without: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """Of what one must be there."""

    parts: tuple[Query, ...]


Query = Phrase | Near | All | Any


def parse(text: str) -> Query | None:
    """Return the meaning of a query; ``None`` where it holds no word.

    Args:
        text: The query, from anybody.

    Raises:
        QueryError: It cannot be understood, or is too long.

    Examples:
        >>> parse('"forced labour" OR trafic*')
        Any(parts=(Phrase(words=('forced', 'labour'), is_prefix=False), Phrase(words=('trafic',), is_prefix=True)))
    """
    if len(text) > LONGEST:
        raise QueryError(f"the query is too long: at most {LONGEST} characters are read")
    reader = _Reader(text)
    query = reader.any_of()
    if reader.kind:
        raise QueryError("a bracket is closed that was not opened")
    return query


class _Reader:
    """Reads a query from left to right; ``kind`` is that of the next token, empty at the end."""

    def __init__(self, text: str) -> None:
        self._text, self._place, self._depth, self._words = text, 0, 0, 0
        self.kind = ""
        self._value, self._star = "", False
        self._next()

    def any_of(self) -> Query | None:
        """Read what OR joins."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(f"there are more than {DEEPEST} brackets in one another")
        parts = [self._all_of()]
        while self._takes("OR"):
            parts.append(self._all_of())
        self._depth -= 1
        found = [part for part in parts if part]
        return found[0] if len(found) == 1 else Any(tuple(found)) if found else None

    def _all_of(self) -> Query | None:
        """Read what AND, or nothing, joins."""
        parts: list[Query] = []
        without: list[Query] = []
        was_joined = False
        while self.kind and self.kind != "close" and not self._is("OR"):
            if self._takes("AND"):
                was_joined = True
                continue
            negated = self._takes("NOT") or self._takes_minus()
            part = self._one()
            if part:
                (without if negated else parts).append(part)
        if without and not parts:
            raise QueryError("the query says only what shall not be there; add what to look for")
        if not parts:
            if was_joined:
                raise QueryError("AND, OR and NOT stand between words; put them in quotation marks to look for them")
            return None
        return parts[0] if len(parts) == 1 and not without else All(tuple(parts), tuple(without))

    def _one(self) -> Query | None:
        if self.kind == "open":
            self._next()
            inside = self.any_of()
            self._close()
            return inside
        if self.kind == "near":
            return self._near()
        if self.kind in ("word", "phrase") and not self._is(*_OPERATORS):
            return self._phrase()
        if self._is(*_OPERATORS):
            raise QueryError(f"a word is missing at {self._value}; put it in quotation marks to look for it")
        if self.kind == "quote":
            raise QueryError("a quotation mark is not closed")
        if self.kind in ("comma", "minus"):
            self._next()
            return None
        raise QueryError("a word is missing at the end")

    def _near(self) -> Query | None:
        self._next()
        phrases: list[Phrase] = []
        words = NEAR_WORDS
        while self.kind in ("word", "phrase", "comma"):
            if self.kind == "comma":
                words = min(int(self._value), FARTHEST) if self._value else words
                self._next()
            elif phrase := self._phrase():
                phrases.append(phrase)
        self._close()
        if not phrases:
            return None
        return phrases[0] if len(phrases) == 1 else Near(tuple(phrases), words)

    def _phrase(self) -> Phrase | None:
        value, is_prefix = self._value, self._star
        self._next()
        words = tuple(WORD.findall(fold(value)))
        self._words += len(words)
        if self._words > MOST_WORDS:
            raise QueryError(f"the query has too many words: at most {MOST_WORDS} are looked for")
        return Phrase(words, is_prefix) if words else None

    def _close(self) -> None:
        if self.kind != "close":
            raise QueryError("a quotation mark is not closed" if self.kind == "quote" else "a bracket is not closed")
        self._next()

    def _is(self, *operators: str) -> bool:
        return self.kind == "word" and self._value in operators

    def _takes(self, operator: str) -> bool:
        if not self._is(operator):
            return False
        self._next()
        return True

    def _takes_minus(self) -> bool:
        if self.kind != "minus":
            return False
        self._next()
        return True

    def _next(self) -> None:
        match = _TOKEN.match(self._text, self._place)
        if match is None:
            self.kind, self._value = "", ""
            return
        self._place = match.end()
        self.kind = next(kind for kind in _TOKENS if match[kind] is not None)
        self._value = match["number" if self.kind == "comma" else self.kind] or ""
        self._star = self._value.endswith("*") or bool(match["star"])
