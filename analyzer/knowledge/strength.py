"""The expressions that decide how strongly a clause obliges (``strength.toml``), compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from analyzer.errors import KnowledgeError
from analyzer.knowledge.instruments import FOLDER
from analyzer.types import ClauseKind, Location, Strength

FILE = FOLDER / "strength.toml"


STRENGTHS: tuple[Strength, ...] = get_args(Strength)


LISTS = frozenset(STRENGTHS) | {
    "N", "rights", "soft", "fillers", "bearers", "describing", "persons", "subordinators", "coordinators",
    "conjunctions", "present",
}  # fmt: skip
"""The keys of each ``[language.…]`` of ``strength.toml``."""


ANY_LETTERS = r"\w*"


@dataclass(frozen=True, slots=True)
class _Reader:
    """What ``strength.toml`` says about one language, compiled.

    Attributes:
        expression: One (empty) group per expression; its name begins with the class (``B3``).
        rights: The groups that give a right.
        ignored: The groups that mean nothing.
        soft: Verbs that make a best endeavour of an item that opens with them.
        bearer: Those who bear duties.
        describing: Those whose duties only describe a procedure.
        person: Those whose rights are duties of a Party.
        subordinator: Words that open a subordinate clause.
        present: Subjects with a bare present tense, where that is how treaties say "shall".
        coordinator: Words after a comma that go back to the main clause.
        joined: The same right before a verb, whose subject is then that of the verb before.
        conjunction: Words that open a subordinate clause before the main one.
    """

    expression: re.Pattern[str]
    rights: frozenset[str]
    ignored: frozenset[str]
    soft: re.Pattern[str]
    bearer: re.Pattern[str]
    describing: re.Pattern[str]
    person: re.Pattern[str]
    subordinator: re.Pattern[str]
    coordinator: re.Pattern[str]
    joined: re.Pattern[str]
    present: re.Pattern[str]
    conjunction: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _CategoryRule:
    """What categories say about strength: see ``[[categories]]`` in ``strength.toml``."""

    codes: frozenset[str]
    strength: Strength
    replaces: frozenset[str]
    unless_borne: bool

    def decides(self, said: Strength | None, *, borne: bool) -> bool:
        """Say whether the rule decides over what the words say (``None``: they say nothing)."""
        return said is None or (said in self.replaces and not (borne and self.unless_borne))


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """The whole of ``strength.toml``."""

    readers: Mapping[str, _Reader]
    order: tuple[Strength, ...]
    kinds: Mapping[str, Strength]
    locations: Mapping[str, Strength]
    categories: tuple[_CategoryRule, ...]
    otherwise: Strength


@cache
def bundled_strength() -> _Knowledge:
    """Return the bundled ``strength.toml``."""
    return load_strength(FILE)


def load_strength(file: Path) -> _Knowledge:
    """Read and check a ``strength.toml``.

    Raises:
        KnowledgeError: The file is missing or wrong; the message names it, the key and the reason.
    """
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(str(error), file=file) from error
    _check(file, "file", written, {"order", "otherwise", "kinds", "locations", "categories", "language"})
    if not isinstance(written["order"], list) or sorted(map(str, written["order"])) != sorted(STRENGTHS):
        raise KnowledgeError("[order] must have each of B, E, P, H, D once", file=file)
    if not isinstance(written["categories"], list) or "en" not in written["language"]:
        raise KnowledgeError("needs [[categories]] and [language.en]", file=file)
    for key, names in (("kinds", get_args(ClauseKind)), ("locations", get_args(Location))):
        unknown = set(written[key]) - set(names)
        if unknown:
            raise KnowledgeError(f"[{key}] does not know {', '.join(sorted(unknown))}", file=file)
    return _Knowledge(
        readers={language: _reader(file, language, entry) for language, entry in written["language"].items()},
        order=tuple(written["order"]),
        kinds={kind: _strength(file, "kinds", one) for kind, one in written["kinds"].items()},
        locations={place: _strength(file, "locations", one) for place, one in written["locations"].items()},
        categories=tuple(_category_rule(file, entry) for entry in written["categories"]),
        otherwise=_strength(file, "otherwise", written["otherwise"]),
    )


def _check(file: Path, where: str, entry: Any, keys: Collection[str]) -> None:
    if not isinstance(entry, dict) or set(entry) != set(keys):
        raise KnowledgeError(f"[{where}] must have the keys {', '.join(sorted(keys))}", file=file)


def _strength(file: Path, where: str, written: Any) -> Strength:
    if written not in STRENGTHS:
        raise KnowledgeError(f"[{where}] {written!r} is none of B, E, H, P, D", file=file)
    return written  # type: ignore[no-any-return]


def _category_rule(file: Path, entry: Any) -> _CategoryRule:
    _check(file, "categories", entry, {"codes", "strength", "replaces", "unless_borne"})
    return _CategoryRule(
        codes=frozenset(entry["codes"]),
        strength=_strength(file, "categories", entry["strength"]),
        replaces=frozenset(_strength(file, "categories", one) for one in entry["replaces"]),
        unless_borne=bool(entry["unless_borne"]),
    )


def _reader(file: Path, language: str, entry: Any) -> _Reader:
    _check(file, f"language.{language}", entry, LISTS)
    for key, phrases in entry.items():
        if not isinstance(phrases, list) or not all(isinstance(one, str) and one.strip() for one in phrases):
            raise KnowledgeError(f"[language.{language}.{key}] must be a list of phrases", file=file)
    filler = "|".join(_words(phrase) for phrase in sorted(entry["fillers"], key=len, reverse=True)) or "(?!)"
    listed = [(phrase, strength) for strength in (*STRENGTHS, "N") for phrase in entry[strength]]
    listed.sort(key=lambda one: -len(one[0]))
    groups = {f"{strength}{number}": phrase for number, (phrase, strength) in enumerate(listed)}
    coordinator = "|".join(map(_words, entry["coordinators"]))
    return _Reader(
        expression=_any_of({name: _words(phrase, filler) for name, phrase in groups.items()}),
        rights=frozenset(name for name, phrase in groups.items() if phrase in entry["rights"]),
        ignored=frozenset(name for name in groups if name.startswith("N")),
        soft=_any(entry["soft"]),
        bearer=_any(entry["bearers"]),
        describing=_any(entry["describing"]),
        person=_any(entry["persons"]),
        subordinator=_any(entry["subordinators"]),
        coordinator=re.compile(rf"[,;] (?:{coordinator}) "),
        joined=re.compile(rf"(?<!\w)(?:{coordinator}),?(?: (?:{filler}),?)? $"),
        present=_any(entry["present"]),
        conjunction=_any(entry["conjunctions"]),
    )


def _any_of(patterns: Mapping[str, str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the named ones and says by ``lastgroup`` which; the first named wins.

    They are bundled by their first letter, so that most words of a text are passed over by one comparison; those
    that begin with any letters come last.
    """
    bundles: dict[str, list[str]] = {}
    for name, pattern in sorted(patterns.items(), key=lambda one: one[1].startswith(ANY_LETTERS)):
        first = ANY_LETTERS if pattern.startswith(ANY_LETTERS) else pattern[0]
        bundles.setdefault(first, []).append(f"{pattern.removeprefix(first)}(?P<{name}>)")
    either = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in bundles.items())
    return re.compile(rf"(?<!\w)(?=\w)(?:{either})(?!\w)")


def _any(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_words, phrases)) or '(?!)'})(?!\w)")


def _words(phrase: str, filler: str = "(?!)") -> str:
    """Return the pattern of a phrase in the notation that the head of ``strength.toml`` explains."""
    pattern = ""
    for word in phrase.lower().split():
        if word == "...":
            pattern += rf"(?:,? (?:{filler})(?!\w),?){{0,3}}"
        elif word == "~":
            pattern += r"(?: \S*[^ .;:]){0,14}"
        else:
            pattern += (" " if pattern else "") + re.escape(word).replace(r"\*", ANY_LETTERS)
    return pattern
