"""Types of fields in knowledge files: words, lists of words, dates; each with a plain message for wrong values.

``load_knowledge`` imports this module and the schemas only when it reads files, because importing pydantic is slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, StringConstraints, create_model

from analyzer.knowledge.checks import Schema, form
from analyzer.text.fold import fold
from analyzer.types import LANGUAGES, STRENGTHS, Strength

S = TypeVar("S", bound=Schema)


def with_letters(phrases: list[str]) -> list[str]:
    """Refuse phrases without a letter, which cannot be searched for."""
    if not all(re.search("[a-z]", fold(phrase)) for phrase in phrases):
        raise ValueError("needs letters in every phrase")
    return phrases


def each_once(strengths: list[Strength]) -> list[Strength]:
    """Refuse a list in which a strength is missing or repeated."""
    if sorted(strengths) != sorted(STRENGTHS):
        raise ValueError(f"must have each of {', '.join(STRENGTHS)} once")
    return strengths


Text = Annotated[str, StringConstraints(pattern=r"\S")]
Word = Annotated[Text, form("a word")]
Words = Annotated[list[Text], form("a list of words or phrases")]
SomeWords = Annotated[list[Text], Field(min_length=1), form("a list of words")]
Phrases = Annotated[SomeWords, AfterValidator(with_letters)]
Pair = Annotated[list[Text], Field(min_length=2, max_length=2)]
Pairs = Annotated[list[Pair], form("a list of pairs of words")]
Months = Annotated[list[SomeWords], Field(min_length=12, max_length=12), form("twelve lists of words")]
MonthAbbreviations = Annotated[list[Words], Field(min_length=12, max_length=12), form("twelve lists of words")]
Number = Annotated[str, StringConstraints(pattern=r"^\d+$"), form("a number")]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$"), form("a name of letters and figures")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$"), form("a code of two small letters")]
Iso3 = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), form("a code of three letters")]
Year = Annotated[str, StringConstraints(pattern=r"^(19|20)\d\d$"), form("a year")]
_DAY = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
Date = Annotated[str, StringConstraints(pattern=f"^{_DAY}$"), form("a date written like 2011, 2011-05 or 2011-05-01")]
MaybeDate = Annotated[
    str, StringConstraints(pattern=f"^({_DAY})?$"), form("a date written like 2011, 2011-05 or 2011-05-01, or empty")
]


def for_each_language(shape: Any, default: Any = ...) -> Callable[[type[S]], type[S]]:
    """Return a decorator that gives a schema a key for each language.

    Args:
        shape: Type of the value of each of these keys.
        default: Value of a missing key; without a default, no key may be missing.
    """

    def add(schema: type[S]) -> type[S]:
        keys: dict[str, Any] = dict.fromkeys(LANGUAGES, (shape, default))
        return create_model(schema.__name__, __base__=schema, __module__=schema.__module__, **keys)

    return add


class ByLanguage(Schema):
    """Base of schemas with a key for each language."""

    def of(self, language: str) -> Any:
        """Return the value for a language."""
        return getattr(self, language)
