"""Say how strongly a clause obliges, by its modal verbs: binding, best endeavour, hortatory, permissive, descriptive.

The expressions of each language, the subjects whose duties only describe (panels, rosters) and the defaults are in
``knowledge/strength.toml``; this module only reads them. The codebook (sections 7 and 9) says what the classes mean.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from analyzer.errors import KnowledgeError
from analyzer.types import ClauseKind, Location, Strength

FILE = Path(__file__).with_name("knowledge") / "strength.toml"
STRENGTHS: tuple[Strength, ...] = get_args(Strength)
_ENUMERATOR = re.compile(
    r"^\W{0,3}(?:\(?(?:\d{1,3}(?:\.\d+)*|[a-z]{1,2}|[ivxl]{1,6})[.)\]]+|\d{1,3}(?:\.\d+)*|[-–—•·*])\s+"
)
_BREAK = re.compile(r"[.;:](?= |$)")
LISTS = frozenset(STRENGTHS) | {
    "N", "rights", "soft", "fillers", "bearers", "describing", "persons", "subordinators", "coordinators",
    "conjunctions", "present",
}  # fmt: skip
"""The keys of each ``[language.…]`` of ``strength.toml``."""
ANY_LETTERS = r"\w*"
SUBJECT = 160
"""Characters before a verb within which its subject is looked for."""
REACH = 400
"""Characters before a verb within which the word that makes its clause subordinate is looked for."""


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


def strength_of(
    words: str,
    *,
    language: str,
    kind: str,
    location: str,
    inherited: Strength | None,
    categories: Collection[str] = (),
) -> Strength:
    """Return the strength of a clause.

    Args:
        words: Its own words.
        language: Their language; English is read where it is unknown.
        kind: ``Clause.kind``.
        location: ``Clause.location``.
        inherited: Strength of its lead-in, for an item of a list.
        categories: Codes the clause carries; they matter only where it has no verb that decides.

    Raises:
        KnowledgeError: ``strength.toml`` is wrong.
    """
    known = _load()
    fixed = known.kinds.get(kind) or known.locations.get(location)
    if fixed:
        return fixed
    reader = known.readers.get(language) or known.readers["en"]
    text = _ENUMERATOR.sub("", " ".join(words.split()).lower().replace("’", "'"), count=1)
    found = _found(text, reader)
    if inherited is not None:
        found = [one for one in found if one.stands_beside(inherited)]
    said = min((one.strength for one in found), key=known.order.index, default=inherited)
    if inherited == "B" and not found and reader.soft.match(text):
        said = "E"
    borne = any(one.borne for one in found)
    for rule in known.categories:
        if not rule.codes.isdisjoint(categories) and rule.decides(said, borne=borne):
            return rule.strength
    return said or known.otherwise


@dataclass(frozen=True, slots=True)
class _Found:
    """An expression found in a clause.

    Attributes:
        strength: Its class.
        opens: Whether the clause opens with it.
        borne: Whether one who bears duties is its subject.
    """

    strength: Strength
    opens: bool
    borne: bool

    def stands_beside(self, lead: Strength) -> bool:
        """Say whether an item goes by this expression and not by its lead-in, whose class is ``lead``."""
        return self.borne or (self.opens and not (self.strength == "B" and lead == "D"))


def _found(text: str, reader: _Reader) -> list[_Found]:
    """Return the expressions of a clause that count: those of its main verbs."""
    main, borne = 0, None  # end of the last main verb, and whether its subject bears duties
    counted, conditional = [], []
    breaks = [0, *(stop.end() for stop in _BREAK.finditer(text))]
    for start, end, name in _expressions(text, reader):
        sentence = breaks[bisect_right(breaks, start) - 1]
        since = text[max(main, sentence, start - REACH) : start]
        joined = main > sentence and reader.joined.search(since) is not None
        if main > sentence:
            # After a main verb, what a subordinate clause says does not count, until "and" leads back.
            opened = _last(reader.subordinator, since)
            if opened >= 0 and not joined and _last(reader.coordinator, since) < opened:
                continue
        if name in reader.ignored:
            continue
        before = text[max(sentence, start - SUBJECT) : end]
        if not joined:
            borne = _is_borne(before, reader)
        strength: Strength = name[0]  # type: ignore[assignment]
        if strength in "BE" and borne is False:
            strength = "D"
        elif strength == "P" and name in reader.rights and reader.person.search(before):
            strength = "B"
        one = _Found(strength, start == 0, borne is True)
        if main <= sentence and reader.conjunction.match(since.rpartition(",")[2].strip()):
            conditional.append(one)  # "If a Party may …": counts only if no main verb is found
        else:
            main = end
            counted.append(one)
    return counted or conditional


def _expressions(text: str, reader: _Reader) -> list[tuple[int, int, str]]:
    """Return where expressions stand and the names of their groups; a bare present tense only where no other is."""
    found = [(*match.span(), match.lastgroup or "") for match in reader.expression.finditer(text)]
    taken = [start for start, _, _ in found]
    for match in reader.present.finditer(text):
        at = bisect_right(taken, match.end()) - 1
        if at < 0 or found[at][1] <= match.start():
            found.append((*match.span(), "B"))
    return sorted(found)


def _is_borne(before: str, reader: _Reader) -> bool | None:
    """Say whether the subject of a verb bears duties or only describes a procedure; ``None`` if it is neither.

    The subject is taken to be the first of those nouns after the last comma that any of them follows: "Unless the
    Parties agree otherwise, *the panel* established by the Parties shall".
    """
    for segment in reversed(before.split(",")):
        bearer, describing = reader.bearer.search(segment), reader.describing.search(segment)
        if bearer or describing:
            return describing is None or (bearer is not None and bearer.start() <= describing.start())
    return None


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match of ``pattern`` begins, -1 if there is none."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)


@cache
def _load() -> _Knowledge:
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
