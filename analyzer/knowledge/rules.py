"""The thesaurus, the contexts and the rules (``terms/``, ``contexts.toml``, ``rules/``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from analyzer.knowledge.overlay import Entry
from analyzer.types import LANGUAGES, ClauseKind, Language, Location

if TYPE_CHECKING:
    from analyzer.knowledge.schema_codebook import ConditionEntry, ExampleEntry, RuleEntry, TermEntry

SCOPES = ("own", "lead", "article", "chapter", "heading", "mostly", "cited", "in", "kind", "location")
"""What an atom refers to: the clause's own words, its lead-in, the heading of its article, the headings of its chapters
and annexes, any heading; most articles of its chapter or text; or a context, the kind of clause, the location."""
NOT_TERMS: Mapping[str, Collection[str]] = {"kind": get_args(ClauseKind), "location": get_args(Location)}
"""Scopes whose atoms do not name terms, with the names that they allow."""


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the thesaurus: one notion and the phrases that express it, per language.

    Attributes:
        id: Name by which rules refer to it.
        anchor: Whether its presence alone makes a clause worth tagging (see ``analyzer.tag.screen``).
        exact: Whether its words count only in the form in which they are written (``recognise``, not ``recognised``).
        captions: Whether it counts in the caption of a cross-reference too (``Article 5 (Labour Rights)``).
        phrases: Phrases by language.
        masked_by: Terms inside whose matches it does not count.
    """

    id: str
    anchor: bool
    exact: bool
    captions: bool
    phrases: Mapping[Language, tuple[str, ...]]
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
    """A clause on which a rule must (``fires``) or must not fire; the tests check all examples."""

    text: str
    fires: bool
    language: Language
    kind: ClauseKind
    chapter: str
    article: str
    lead: str
    annex: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule or context: it holds where each group of ``all`` has an atom that holds, and no atom of ``none`` does.

    Attributes:
        id: Unique name; the ``evidence`` column shows it.
        categories: Codes that it assigns to the clause; empty for a veto, which removes all labels.
        all: Groups of alternatives.
        none: Atoms that must not hold.
        near: Greatest distance, in tokens, between the hits of the own-words groups; 0 for anywhere.
        languages: Languages that it applies to.
        confidence: Share of its firings that are right, 0 to 1.
        examples: Its examples and counter-examples.
        file: The file that defines it.
        asked: What ``all`` asks for, each group by scope; scopes that are quickly answered come first.
    """

    id: str
    categories: tuple[str, ...]
    all: Groups
    none: tuple[Atom, ...]
    near: int
    languages: tuple[Language, ...]
    confidence: float
    examples: tuple[Example, ...]
    file: Path
    asked: tuple[tuple[tuple[str, frozenset[str]], ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the atoms of each group by scope, and the groups by how quickly they are answered."""
        groups = [_by_scope(group) for group in self.all]
        groups.sort(key=lambda group: max((SCOPES.index(scope) for scope, _ in group), default=0))
        object.__setattr__(self, "asked", tuple(groups))


def _by_scope(group: Iterable[Atom]) -> tuple[tuple[str, frozenset[str]], ...]:
    names: dict[str, set[str]] = {}
    for atom in group:
        names.setdefault(atom.scope, set()).add(atom.name)
    return tuple((scope, frozenset(names[scope])) for scope in SCOPES if scope in names)


def make_terms(entries: Mapping[str, Entry[TermEntry]]) -> dict[str, Term]:
    """Return the terms by id.

    Raises:
        KnowledgeError: A term has no phrase, or is masked by an unknown term.
    """
    terms = {}
    for id, entry in entries.items():
        written = entry.value
        phrases: dict[Language, tuple[str, ...]] = {language: tuple(written.of(language)) for language in LANGUAGES}
        if not any(phrases.values()):
            raise entry.error("has no phrase in any language")
        if unknown := sorted(set(written.masked_by) - entries.keys()):
            raise entry.error(f"masked_by names the unknown term {', '.join(unknown)}")
        terms[id] = Term(
            id=id,
            anchor=written.anchor,
            exact=written.exact,
            captions=written.captions,
            phrases=phrases,
            masked_by=frozenset(written.masked_by),
        )
    return terms


def make_contexts(entries: Mapping[str, Entry[ConditionEntry]], terms: Mapping[str, Term]) -> dict[str, Rule]:
    """Return the contexts by id.

    Raises:
        KnowledgeError: A context asks for something that is not defined, or for itself.
    """
    contexts = {id: _rule(entry, ()) for id, entry in entries.items()}
    for id, entry in entries.items():
        _check_atoms(entry, contexts[id], terms, contexts)
    for id, entry in entries.items():
        if id in _asked_by(id, contexts):
            raise entry.error("asks for itself, or for a context that asks for it")
    return contexts


def make_rules(
    entries: Mapping[str, Entry[RuleEntry]],
    categories: Collection[str],
    terms: Mapping[str, Term],
    contexts: Mapping[str, Rule],
) -> tuple[Rule, ...]:
    """Return the rules, in the order of the files.

    Raises:
        KnowledgeError: A rule assigns a category or asks for a term or context that is not defined.
    """
    rules = []
    for entry in entries.values():
        if unknown := [code for code in entry.value.categories if code not in categories]:
            raise entry.error(f"unknown category {', '.join(unknown)}")
        rules.append(_rule(entry, tuple(entry.value.categories)))
        _check_atoms(entry, rules[-1], terms, contexts)
    return tuple(rules)


def make_vetoes(
    entries: Mapping[str, Entry[ConditionEntry]], terms: Mapping[str, Term], contexts: Mapping[str, Rule]
) -> tuple[Rule, ...]:
    """Return the vetoes, in the order of the files.

    Raises:
        KnowledgeError: A veto asks for a term or context that is not defined.
    """
    vetoes = []
    for entry in entries.values():
        vetoes.append(_rule(entry, ()))
        _check_atoms(entry, vetoes[-1], terms, contexts)
    return tuple(vetoes)


def check_ids(*kinds: Mapping[str, Entry[RuleEntry]] | Mapping[str, Entry[ConditionEntry]]) -> None:
    """Check that the ids of contexts, rules and vetoes are unique.

    Raises:
        KnowledgeError: Two have the same id; the message names the file of the later one.
    """
    seen: set[str] = set()
    for entry in (entry for kind in kinds for entry in kind.values()):
        if entry.id in seen:
            raise entry.error("defined twice")
        seen.add(entry.id)


def _rule(entry: Entry[RuleEntry] | Entry[ConditionEntry], categories: tuple[str, ...]) -> Rule:
    written = entry.value
    examples = [_example(example, fires=True) for example in written.examples]
    examples += [_example(example, fires=False) for example in written.counter]
    return Rule(
        id=entry.id,
        categories=categories,
        all=tuple(tuple(parse_atoms(entry, group.split("|"))) for group in written.all),
        none=tuple(parse_atoms(entry, written.none)),
        near=written.near,
        languages=tuple(written.languages),
        confidence=written.confidence,
        examples=tuple(examples),
        file=entry.file,
    )


def parse_atoms(entry: Entry[Any], written: Iterable[str]) -> Iterator[Atom]:
    """Yield the atoms of a condition.

    Raises:
        KnowledgeError: An atom has an unknown scope.
    """
    for atom in written:
        scope, _, name = atom.strip().rpartition(":")
        if (scope or "own") not in SCOPES:
            raise entry.error(f"{atom!r}: unknown scope {scope!r}")
        yield Atom(scope or "own", name)


def _example(written: ExampleEntry, *, fires: bool) -> Example:
    return Example(
        text=written.text,
        fires=fires,
        language=written.language,
        kind=written.kind,
        chapter=written.chapter,
        article=written.article,
        lead=written.lead,
        annex=written.annex,
    )


def _check_atoms(
    entry: Entry[RuleEntry] | Entry[ConditionEntry],
    rule: Rule,
    terms: Mapping[str, Term],
    contexts: Mapping[str, Rule],
) -> None:
    check_atoms(entry, (*(atom for group in rule.all for atom in group), *rule.none), terms, contexts)


def check_atoms(
    entry: Entry[Any], atoms: Iterable[Atom], terms: Mapping[str, Term], contexts: Mapping[str, Rule]
) -> None:
    """Check that all that atoms name is defined.

    Raises:
        KnowledgeError: Something is not.
    """
    for atom in atoms:
        names = contexts if atom.scope == "in" else NOT_TERMS.get(atom.scope, terms)
        if atom.name not in names:
            raise entry.error(f"{str(atom)!r} is not defined")


def _asked_by(id: str, contexts: Mapping[str, Rule]) -> set[str]:
    """Return the contexts for which a context asks, directly or through others."""
    asked: set[str] = set()
    waiting = [id]
    while waiting:
        rule = contexts[waiting.pop()]
        atoms = (*(atom for group in rule.all for atom in group), *rule.none)
        inner = {atom.name for atom in atoms if atom.scope == "in"} - asked
        asked |= inner
        waiting += inner
    return asked
