"""The rule tagger: puts categories on clauses by the rules of ``analyzer/knowledge/rules``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from analyzer.knowledge import Atom, Knowledge, Rule
from analyzer.lexicon import Hit, Hits, Lexicon, fold, fold_document
from analyzer.types import CONTAINERS, Clause, Document, Language, Tag

LETTERS = re.compile(r"[^\W\d_]{3}")
CAPITALS = 100
"""Longest text, in characters, that is taken for a stray heading when it is all in capitals."""


class RuleTagger:
    """Tags clauses by rules.

    Args:
        knowledge: Categories, terms and rules.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._lexicons: dict[Language, Lexicon] = {}
        self._order = {rule.id: place for place, rule in enumerate(knowledge.rules)}

    def tag(
        self, document: Document, clauses: Sequence[Clause], candidates: Sequence[int]
    ) -> Mapping[int, Sequence[Tag]]:
        """Return the tags of each candidate clause (see ``Tagger``); the lead-in's are inherited in ``assemble``."""
        language = document.language
        guarded = self._by_guard(language)
        vetoes = [rule for rule in self.knowledge.vetoes if language in rule.languages]
        reading = _Reading(document, clauses, self.lexicon(language), self.knowledge)
        tags: dict[int, Sequence[Tag]] = {}
        for index in candidates:
            clause = clauses[index]
            if clause.kind in CONTAINERS or not is_wording(document.text[clause.start : clause.own_end]):
                continue
            facts = reading.facts(index)
            possible = {rule.id: rule for scope, names in guarded.items() for rule in facts.guarded(scope, names)}
            in_order = sorted(possible.values(), key=lambda rule: self._order[rule.id])
            fired = [tag for rule in in_order for tag in facts.fire(rule)]
            if fired and not any(facts.holds_rule(veto) for veto in vetoes):
                tags[index] = fired
        return tags

    def _by_guard(self, language: Language) -> dict[str, dict[str, list[Rule]]]:
        """Return the rules by scope and name of the atoms of their guards: few of them need a look at a clause."""
        guarded: dict[str, dict[str, list[Rule]]] = {}
        for rule in self.knowledge.rules:
            if language in rule.languages:
                for atom in self.knowledge.guard(rule):
                    guarded.setdefault(atom.scope, {}).setdefault(atom.name, []).append(rule)
        return guarded

    def lexicon(self, language: Language) -> Lexicon:
        """Return the thesaurus of a language, built at first use."""
        if language not in self._lexicons:
            self._lexicons[language] = Lexicon(self.knowledge, language)
        return self._lexicons[language]


def is_wording(words: str) -> bool:
    """Say whether a clause's own words can provide for anything: stray numbers and lines in capitals cannot."""
    return LETTERS.search(words) is not None and (len(words) > CAPITALS or not words.isupper())


class _Reading:
    """One document as the rules read it: the terms found in each clause's own words, looked up once."""

    def __init__(self, document: Document, clauses: Sequence[Clause], lexicon: Lexicon, knowledge: Knowledge) -> None:
        self.folded = fold_document(document.text)
        self.clauses = clauses
        self.contexts = knowledge.contexts
        self.title = lexicon.find(fold(document.metadata.title))
        self.hits = lru_cache(maxsize=None)(
            lambda index: lexicon.find(self.folded[clauses[index].start : clauses[index].own_end])
        )

    def facts(self, index: int) -> _Facts:
        clause = self.clauses[index]
        scopes: dict[str, list[Hits]] = {"own": [self.hits(index)], "lead": [], "article": [], "chapter": [self.title]}
        parent = clause.parent
        while parent is not None:
            above = self.clauses[parent]
            scope = "article" if above.kind == "article" else "chapter" if above.kind in CONTAINERS else "lead"
            scopes[scope].append(self.hits(parent))
            parent = above.parent
        scopes["heading"] = scopes["article"] + scopes["chapter"]
        return _Facts(clause, scopes, self.contexts)


class _Facts:
    """What is known about one clause; answers whether atoms and rules hold for it."""

    def __init__(self, clause: Clause, scopes: Mapping[str, Sequence[Hits]], contexts: Mapping[str, Rule]) -> None:
        self.clause = clause
        self.scopes = scopes
        self.contexts = contexts
        self._in: dict[str, bool] = {}

    def guarded(self, scope: str, rules: Mapping[str, Sequence[Rule]]) -> list[Rule]:
        """Return the rules, given by the names they ask for in ``scope``, whose question is answered yes."""
        names: Iterable[str] = (
            (name for name in rules if self.holds(Atom("in", name)))
            if scope == "in"
            else {name for hits in self.scopes[scope] for name in hits if name in rules}
        )
        return [rule for name in names for rule in rules[name]]

    def holds(self, atom: Atom) -> bool:
        if atom.scope == "in":
            if atom.name not in self._in:
                self._in[atom.name] = self.holds_rule(self.contexts[atom.name])
            return self._in[atom.name]
        if atom.scope == "kind":
            return self.clause.kind == atom.name
        if atom.scope == "location":
            return self.clause.location == atom.name
        return any(atom.name in hits for hits in self.scopes[atom.scope])

    def holds_rule(self, rule: Rule) -> bool:
        return (
            all(any(self.holds(atom) for atom in group) for group in rule.all)
            and not any(self.holds(atom) for atom in rule.none)
            and (not rule.near or self._nearest(rule) is not None)
        )

    def fire(self, rule: Rule) -> list[Tag]:
        if not self.holds_rule(rule):
            return []
        start, end = self._evidence(rule)
        return [Tag(category, "rule", rule.id, rule.confidence, start, end) for category in rule.categories]

    def _own_hits(self, rule: Rule) -> list[list[Hit]]:
        """Return, for each group that asks for own words only, where it was found."""
        own = self.scopes["own"][0]
        return [
            [hit for atom in group for hit in own.get(atom.name, ())]
            for group in rule.all
            if all(atom.scope == "own" for atom in group)
        ]

    def _nearest(self, rule: Rule) -> list[Hit] | None:
        """Return one hit of each own-words group, all within ``rule.near`` tokens of the first group's, if any."""
        first, *others = self._own_hits(rule)
        for pivot in first:
            close = [min(hits, key=lambda hit: max(hit.first - pivot.last, pivot.first - hit.last)) for hits in others]
            if all(max(hit.first - pivot.last, pivot.first - hit.last) <= rule.near for hit in close):
                return [pivot, *close]
        return None

    def _evidence(self, rule: Rule) -> tuple[int, int]:
        """Return the span of the words that made the rule fire; an empty span where only the context did."""
        chosen = self._nearest(rule) if rule.near else [hits[0] for hits in self._own_hits(rule) if hits][:1]
        if not chosen:
            own = self.scopes["own"][0]
            chosen = [
                own[atom.name][0] for group in rule.all for atom in group if atom.scope == "own" and atom.name in own
            ][:1]
        if not chosen:
            return self.clause.start, self.clause.start
        return self.clause.start + min(hit.start for hit in chosen), self.clause.start + max(hit.end for hit in chosen)
