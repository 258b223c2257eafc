"""What is known about one clause when rules are asked: the terms in its own words and in the clauses above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from analyzer.knowledge.rules import Atom, Rule
from analyzer.tag.lexicon import Hit, Hits
from analyzer.tag.limbs import Parts, Span
from analyzer.types import CONTAINERS, Clause


@dataclass(frozen=True, slots=True)
class Above:
    """The terms above clauses that belong to the same one.

    Attributes:
        scopes: The hits of each piece of text in each scope, innermost first.
        names: The terms in each scope.
    """

    scopes: Mapping[str, Sequence[Hits]]
    names: Mapping[str, frozenset[str]]


def scope_of(above: Clause) -> str:
    """Return the scope to which the own words of a clause belong for the clauses below it."""
    return "article" if above.kind == "article" else "chapter" if above.kind in CONTAINERS else "lead"


class Facts:
    """The facts about one clause, which decide whether atoms and rules hold for it.

    Attributes:
        clause: The clause.
        scopes: For each scope that rules can name, the hits of each piece of text in it, innermost first.
    """

    def __init__(
        self,
        clause: Clause,
        scopes: Mapping[str, Sequence[Hits]],
        above: Mapping[str, frozenset[str]],
        contexts: Mapping[str, Rule],
        parts: Parts,
    ) -> None:
        self.clause = clause
        self.scopes = scopes
        self._above = above
        self._contexts = contexts
        self._parts = parts
        self._in: dict[str, bool] = {}
        self._names: dict[str, Set[str]] = {**above, "own": scopes["own"][0].keys()}

    @property
    def sentences(self) -> list[Span]:
        """The sentences of the clause, as places in its own words."""
        return self._parts.sentences

    @property
    def limbs(self) -> list[Span]:
        """The limbs of its sentences, as places in its own words."""
        return self._parts.limbs

    def within(self, span: Span) -> Facts:
        """Return the facts about one part of the clause: its other words do not count."""
        start, end = span
        part = {
            term: kept
            for term, hits in self.scopes["own"][0].items()
            if (kept := tuple(hit for hit in hits if start <= hit.start < end))
        }
        scopes = {**self.scopes, "own": (part,)}
        return Facts(self.clause, scopes, self._above, self._contexts, self._parts.within(span))

    @property
    def contexts(self) -> list[str]:
        """The contexts in which the clause stands."""
        return [name for name in self._contexts if self.stands_in(name)]

    def stands_in(self, context: str) -> bool:
        """Return whether a context holds."""
        if context not in self._in:
            self._in[context] = self.holds_rule(self._contexts[context])
        return self._in[context]

    def names(self, scope: str) -> Set[str]:
        """Return the terms in a scope; for ``kind`` and ``location`` those of the clause."""
        found = self._names.get(scope)
        if found is None:
            if scope in self.scopes:
                found = frozenset().union(*self.scopes[scope])
            else:
                found = frozenset((self.clause.kind if scope == "kind" else self.clause.location,))
            self._names[scope] = found
        return found

    def holds(self, atom: Atom) -> bool:
        """Return whether an atom holds."""
        if atom.scope == "in":
            return self.stands_in(atom.name)
        return atom.name in self.names(atom.scope)

    def holds_rule(self, rule: Rule) -> bool:
        """Return whether all conditions of a rule hold."""
        for group in rule.asked:
            if not self._holds_any(group):
                return False
        for atom in rule.none:
            if self._excludes(atom, rule):
                return False
        return not rule.near or self.nearest(rule) is not None

    def _holds_any(self, group: Sequence[tuple[str, frozenset[str]]]) -> bool:
        for scope, wanted in group:
            if scope == "in":
                if any(map(self.stands_in, wanted)):
                    return True
            elif not wanted.isdisjoint(self.names(scope)):
                return True
        return False

    def _excludes(self, atom: Atom, rule: Rule) -> bool:
        """Return whether an atom of ``none`` stops a rule.

        Of own words, only those count that share a limb with the words that the rule asks for: "shall enforce its
        labour laws, and shall not derogate from them" enforces. Of headings the nearest decides: a chapter on the
        movement of workers keeps its subject within a title on services.
        """
        if atom.scope == "own":
            return self._excludes_own(atom.name, rule)
        if atom.scope != "chapter":
            return self.holds(atom)
        wanted = {above.name for group in rule.all for above in group if above.scope in ("chapter", "heading")}
        for hits in self.scopes["chapter"]:
            if atom.name in hits:
                return True
            if not wanted.isdisjoint(hits):
                return False
        return False

    def _excludes_own(self, name: str, rule: Rule) -> bool:
        """Return whether an own word of ``none`` stops a rule: no limb has all that is asked for without it."""
        excluding = self.scopes["own"][0].get(name)
        if not excluding:
            return False
        groups = [hits for hits in self.own_hits(rule) if hits]
        if not groups or len(self.limbs) == 1:
            return True
        free = [
            (start, end)
            for start, end in self.limbs
            if all(any(start <= hit.start < end for hit in hits) for hits in groups)
        ]
        if not free:
            return True
        return all(any(start <= hit.start < end for hit in excluding) for start, end in free)

    def own_hits(self, rule: Rule) -> list[list[Hit]]:
        """Return the hits of each group of a rule that asks for own words only."""
        own_words = self.scopes["own"][0]
        return [
            [hit for atom in group for hit in own_words.get(atom.name, ())]
            for group in rule.all
            if all(atom.scope == "own" for atom in group)
        ]

    def nearest(self, rule: Rule) -> list[Hit] | None:
        """Return one hit per own-words group, all within ``rule.near`` tokens of the first; ``None`` if none are."""
        first, *others = self.own_hits(rule)
        for pivot in first:
            close = [min(hits, key=lambda hit: max(hit.first - pivot.last, pivot.first - hit.last)) for hits in others]
            if all(max(hit.first - pivot.last, pivot.first - hit.last) <= rule.near for hit in close):
                return [pivot, *close]
        return None
