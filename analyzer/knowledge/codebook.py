"""Load and check the knowledge files: categories, thesaurus, contexts, rules. Data decides, code executes.

The files in ``analyzer/knowledge/data/`` are meant to be edited by lawyers; ``analyzer/knowledge/data/README.md``
explains them. Every mistake in them is reported as ``KnowledgeError`` with the file, the entry and the reason.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from analyzer.errors import KnowledgeError
from analyzer.types import ClauseKind, Language, Location

FOLDER = Path(__file__).with_name("data")
LANGUAGES: tuple[Language, ...] = get_args(Language)
SCOPES = ("own", "lead", "article", "chapter", "heading", "in", "kind", "location")
"""Where a rule may look: the clause's own words, its lead-in, the heading of its article, the headings of its
chapters and annexes, any heading; or what it may ask: a context, the kind of clause, the location."""
GROUPS = ("principle", "topic", "instrument", "obligation", "cooperation", "dispute", "supplementary")


@dataclass(frozen=True, slots=True)
class Category:
    """One code of the codebook.

    Attributes:
        code: The code (``FOA``).
        name: Name in English.
        group: One of ``GROUPS``.
        pillar: LPHub's pillar: Obligations, Monitoring and Cooperation, or Dispute Settlement Mechanisms.
        definition: What it is used for.
        principle: Whether it is a fundamental principle (ILO 1998 Declaration as amended in 2022).
        supplementary: Whether it is one of the codes of section 6b.
        inherited: Whether list items take it from their lead-in.
        carries_topics: Whether items that have it take the topics of their lead-in (codebook 9.20).
        alone: Whether it makes a clause a labour provision with no other category beside it.
    """

    code: str
    name: str
    group: str
    pillar: str
    definition: str
    principle: bool
    supplementary: bool
    inherited: bool
    carries_topics: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the thesaurus: one notion and the phrases that express it, per language.

    Attributes:
        id: Name by which rules refer to it.
        anchor: Whether its presence alone makes a clause worth tagging (see ``analyzer.tag.screen``).
        exact: Whether its words count only in the very form in which they are written (``recognise``, not
            ``recognised``).
        captions: Whether it counts in the caption of a cross-reference too (``Article 5 (Labour Rights)``).
        phrases: Phrases by language.
        masked_by: Terms inside whose matches it does not count.
    """

    id: str
    anchor: bool
    exact: bool
    captions: bool
    phrases: Mapping[str, tuple[str, ...]]
    masked_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Atom:
    """A question about a clause: does ``name`` hold in ``scope``?"""

    scope: str
    name: str

    def __str__(self) -> str:
        return self.name if self.scope == "own" else f"{self.scope}:{self.name}"


Groups = tuple[tuple[Atom, ...], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A clause on which a rule must (``fires``) or must not fire; the tests run them all."""

    text: str
    fires: bool
    language: Language
    kind: ClauseKind
    chapter: str
    article: str
    lead: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule or context: it holds where each group of ``all`` has an atom that holds, and no atom of ``none`` does.

    Attributes:
        id: Unique name; the ``evidence`` column shows it.
        categories: Codes it puts on the clause; empty for a veto, which takes all labels away.
        all: Groups of alternatives.
        none: Atoms that must not hold.
        near: Greatest distance, in tokens, between the hits of the own-words groups; 0 for anywhere.
        languages: Languages it is for.
        confidence: How often it is right, 0 to 1.
        examples: Its examples and counter-examples.
        file: Where it is written.
    """

    id: str
    categories: tuple[str, ...]
    all: Groups
    none: tuple[Atom, ...]
    near: int
    languages: tuple[Language, ...]
    confidence: float
    examples: tuple[Example, ...]
    file: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the rules know; ``version`` is a digest of the files it was read from.

    Examples:
        >>> from analyzer import load_knowledge
        >>> knowledge = load_knowledge()
        >>> knowledge.categories["FOA"].name
        'Freedom of association and collective bargaining'
    """

    version: str
    categories: Mapping[str, Category]
    terms: Mapping[str, Term]
    spelling: Mapping[str, tuple[tuple[str, str], ...]]
    common: Mapping[str, frozenset[str]]
    divisions: Mapping[str, tuple[str, ...]]
    contexts: Mapping[str, Rule]
    rules: tuple[Rule, ...]
    vetoes: tuple[Rule, ...]

    def phrases(self, language: Language) -> dict[str, set[str]]:
        """Return the phrases of every term in a language, all their spellings included."""
        return {
            term.id: {spelt for phrase in term.phrases.get(language, ()) for spelt in self._spellings(phrase, language)}
            for term in self.terms.values()
        }

    def guard(self, rule: Rule) -> tuple[Atom, ...]:
        """Return a group of ``rule.all`` that can hold only where an anchor term stands; empty if there is none.

        A group is such a guard if each of its atoms asks for an anchor term or for a context that has a guard.
        Groups that ask for the clause's own words come first: they hold most rarely.
        """

        def anchored(atom: Atom) -> bool:
            if atom.scope == "in":
                return bool(self.guard(self.contexts[atom.name]))
            return atom.scope not in ("kind", "location") and self.terms[atom.name].anchor

        guards = [group for group in rule.all if all(anchored(atom) for atom in group)]
        return min(guards, key=lambda group: sum(atom.scope != "own" for atom in group), default=())

    def _spellings(self, phrase: str, language: Language) -> set[str]:
        found = {phrase.lower()}
        for one, other in self.spelling.get(language, ()):
            found |= {known.replace(one, other) for known in found} | {known.replace(other, one) for known in found}
        return found


@cache
def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Read and check the knowledge files.

    Args:
        folder: A folder with the same files as ``analyzer/knowledge/data/``; that one if none is given.

    Raises:
        KnowledgeError: A file is missing or wrong; the message names file, entry and reason.

    Examples:
        >>> from analyzer import load_knowledge
        >>> "forced labour" in load_knowledge().terms["forced-labour"].phrases["en"]
        True
    """
    loader = _Loader(folder or FOLDER)
    knowledge = loader.load()
    for rule in (*knowledge.contexts.values(), *knowledge.rules, *knowledge.vetoes):
        _check_atoms(rule, knowledge)
    return knowledge


class _Loader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.digest = hashlib.sha256()
        self._parsed: dict[str, dict[str, Any]] = {}

    def load(self) -> Knowledge:
        categories = {code: self._category(code, entry) for code, entry in self._toml("categories.toml").items()}
        terms: dict[str, Term] = {}
        for file in self._files("terms"):
            for name, entry in self._toml(file).items():
                if name in terms:
                    raise self._error(file, name, "defined twice")
                terms[name] = self._term(file, name, entry)
        facts = {language: self._facts(language) for language in LANGUAGES}
        contexts = [self._rule("contexts.toml", e, ()) for e in self._entries("contexts.toml", "context")]
        rules, vetoes = [], []
        for file in self._files("rules"):
            for entry in self._entries(file, "rule"):
                rules.append(self._rule(file, entry, categories))
            for entry in self._entries(file, "veto"):
                vetoes.append(self._rule(file, entry, ()))
        seen: set[str] = set()
        for rule in (*contexts, *rules, *vetoes):
            if rule.id in seen:
                raise self._error(rule.file, rule.id, "defined twice")
            seen.add(rule.id)
        return Knowledge(
            version=self.digest.hexdigest()[:12],
            categories=categories,
            terms=terms,
            spelling={language: tuple((one, other) for one, other in f["spelling"]) for language, f in facts.items()},
            divisions={language: tuple(f["divisions"]) for language, f in facts.items()},
            common={language: frozenset(f["common"]) for language, f in facts.items()},
            contexts={rule.id: rule for rule in contexts},
            rules=tuple(rules),
            vetoes=tuple(vetoes),
        )

    def _error(self, file: str, entry: str, reason: str) -> KnowledgeError:
        return KnowledgeError(f"[{entry}] {reason}", file=self.folder / file)

    def _files(self, name: str) -> list[str]:
        found = sorted(path.relative_to(self.folder).as_posix() for path in (self.folder / name).glob("*.toml"))
        if not found:
            raise KnowledgeError("holds no .toml file", file=self.folder / name)
        return found

    def _toml(self, file: str) -> dict[str, Any]:
        if file in self._parsed:
            return self._parsed[file]
        try:
            data = (self.folder / file).read_bytes()
            parsed = tomllib.loads(data.decode("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise KnowledgeError(str(error), file=self.folder / file) from error
        self.digest.update(data)
        self._parsed[file] = parsed
        return parsed

    def _entries(self, file: str, kind: str) -> list[dict[str, Any]]:
        unknown = self._toml(file).keys() - {"context", "rule", "veto"}
        if unknown:
            raise self._error(file, ", ".join(sorted(unknown)), "is no [[rule]], [[veto]] or [[context]]")
        entries: list[dict[str, Any]] = self._toml(file).get(kind, [])
        return entries

    def _take(
        self, file: str, entry_id: str, entry: Mapping[str, Any], required: Iterable[str], optional: Iterable[str]
    ) -> None:
        missing = set(required) - entry.keys()
        unknown = entry.keys() - set(required) - set(optional)
        if missing or unknown:
            said = [f"lacks {', '.join(sorted(missing))}"] if missing else []
            said += [f"has the unknown key {', '.join(sorted(unknown))}"] if unknown else []
            raise self._error(file, entry_id, " and ".join(said))

    def _facts(self, language: str) -> dict[str, Any]:
        entry: dict[str, Any] = self._toml("language.toml").get(language, {})
        self._take(
            "language.toml",
            language,
            entry,
            ("function_words", "agreement", "title_ends", "divisions", "spelling", "common"),
            (),
        )
        return entry

    def _category(self, code: str, entry: Mapping[str, Any]) -> Category:
        file = "categories.toml"
        self._take(
            file, code, entry, ("name", "group", "pillar", "definition"), ("inherited", "carries_topics", "alone")
        )
        if entry["group"] not in GROUPS:
            raise self._error(file, code, f"group must be one of {', '.join(GROUPS)}")
        return Category(
            code=code,
            name=entry["name"],
            group=entry["group"],
            pillar=entry["pillar"],
            definition=" ".join(entry["definition"].split()),
            principle=entry["group"] == "principle",
            supplementary=entry["group"] == "supplementary",
            inherited=entry.get("inherited", False),
            carries_topics=entry.get("carries_topics", False),
            alone=entry.get("alone", True),
        )

    def _term(self, file: str, name: str, entry: Mapping[str, Any]) -> Term:
        self._take(file, name, entry, (), (*LANGUAGES, "anchor", "exact", "captions", "masked_by"))
        phrases: dict[str, tuple[str, ...]] = {language: tuple(entry.get(language, ())) for language in LANGUAGES}
        if not any(phrases.values()):
            raise self._error(file, name, "has no phrase in any language")
        for phrase in (phrase for known in phrases.values() for phrase in known):
            if not isinstance(phrase, str) or not phrase.strip():
                raise self._error(file, name, f"{phrase!r} is no phrase")
        return Term(
            id=name,
            anchor=entry.get("anchor", False),
            exact=entry.get("exact", False),
            captions=entry.get("captions", False),
            phrases=phrases,
            masked_by=frozenset(entry.get("masked_by", ())),
        )

    def _rule(self, file: str, entry: Mapping[str, Any], categories: Iterable[str]) -> Rule:
        name = entry.get("id", "entry without id")
        tags = bool(categories)
        required = ("id", "all", "categories", "examples") if tags else ("id", "all")
        self._take(
            file, name, entry, required, ("none", "near", "languages", "confidence", "examples", "counter", "note")
        )
        unknown = set(entry.get("categories", ())) - set(categories)
        if unknown:
            raise self._error(file, name, f"unknown category {', '.join(sorted(unknown))}")
        examples = [self._example(file, name, e, fires=True) for e in entry.get("examples", ())]
        examples += [self._example(file, name, e, fires=False) for e in entry.get("counter", ())]
        return Rule(
            id=name,
            categories=tuple(entry.get("categories", ())),
            all=tuple(tuple(self._atoms(file, name, group.split("|"))) for group in entry["all"]),
            none=tuple(self._atoms(file, name, entry.get("none", ()))),
            near=entry.get("near", 0),
            languages=tuple(entry.get("languages", LANGUAGES)),
            confidence=entry.get("confidence", 0.9),
            examples=tuple(examples),
            file=file,
        )

    def _atoms(self, file: str, rule: str, written: Iterable[str]) -> Iterator[Atom]:
        for atom in written:
            scope, _, name = atom.strip().rpartition(":")
            if (scope or "own") not in SCOPES:
                raise self._error(file, rule, f"{atom!r}: unknown scope {scope!r}")
            yield Atom(scope or "own", name)

    def _example(self, file: str, rule: str, written: object, *, fires: bool) -> Example:
        entry: dict[str, Any] = {"text": written} if isinstance(written, str) else dict(written)  # type: ignore[call-overload]
        self._take(file, rule, entry, ("text",), ("language", "kind", "chapter", "article", "lead"))
        return Example(
            text=entry["text"],
            fires=fires,
            language=entry.get("language", "en"),
            kind=entry.get("kind", "paragraph"),
            chapter=entry.get("chapter", ""),
            article=entry.get("article", ""),
            lead=entry.get("lead", ""),
        )


def _check_atoms(rule: Rule, knowledge: Knowledge) -> None:
    known: Mapping[str, Iterable[str]] = {
        "in": knowledge.contexts,
        "kind": get_args(ClauseKind),
        "location": get_args(Location),
    }
    for atom in (*(atom for group in rule.all for atom in group), *rule.none):
        if atom.name not in known.get(atom.scope, knowledge.terms):
            raise KnowledgeError(f"[{rule.id}] {str(atom)!r} is not defined", file=FOLDER / rule.file)
