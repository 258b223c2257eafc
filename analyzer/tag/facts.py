"""An agreement prepared for the taggers: the thesaurus terms in each clause's own words and in the clauses above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from analyzer.knowledge import Knowledge
from analyzer.knowledge.rules import Atom, Rule
from analyzer.tag.lexicon import Hit, Hits, Lexicon
from analyzer.text.fold import fold
from analyzer.types import CONTAINERS, Clause, Document, Language, is_supported, subject_path

LONGEST = 200_000
"""Maximum number of characters of a clause that are searched for terms. A longer text is not a clause but a tariff
table, or a file without line breaks; searching all of it would take minutes."""


MOST_LEXICONS = 6
"""Number of cached lexicons: for two sets of knowledge, one per language."""


class Readings:
    """Creates readings of documents.

    Args:
        knowledge: Terms and contexts.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def of(self, document: Document, clauses: Sequence[Clause], folded: str | None = None) -> Reading:
        """Return the reading of a document with its clauses; ``folded`` is its folded text, if the caller has it."""
        folded = fold(document.text) if folded is None else folded
        lexicons: dict[str, Lexicon] = {
            language: _lexicon(self._knowledge, language) for language in document.languages if is_supported(language)
        }
        return Reading(document, clauses, folded, lexicons, self._knowledge)


@lru_cache(maxsize=MOST_LEXICONS)
def _lexicon(knowledge: Knowledge, language: Language) -> Lexicon:
    return Lexicon(knowledge, language)


class Reading:
    """One document with its clauses; the facts about each clause are computed once.

    Attributes:
        document: The agreement.
        clauses: Its clauses.
        folded: Its folded text, with the same offsets.
    """

    def __init__(
        self,
        document: Document,
        clauses: Sequence[Clause],
        folded: str,
        lexicons: Mapping[str, Lexicon],
        knowledge: Knowledge,
    ) -> None:
        self.document = document
        self.clauses = clauses
        self.folded = folded
        self._contexts = knowledge.contexts
        self._lexicons = lexicons
        title = lexicons.get(document.language)
        self._title = title.find(fold(document.metadata.title)) if title else {}
        self._hits = lru_cache(maxsize=None)(self._find)
        self.facts = lru_cache(maxsize=None)(self._facts)

    def language_of(self, index: int) -> Language:
        """Return the language in which a clause is read; English where its own is not supported."""
        language = self.document.language_at(self.clauses[index].start)
        return language if is_supported(language) else "en"

    def _find(self, index: int) -> Hits:
        lexicon = self._lexicons.get(self.document.language_at(self.clauses[index].start))
        return lexicon.find(self.words(index)) if lexicon else {}

    def words(self, index: int) -> str:
        """Return a clause's own words, folded, up to ``LONGEST`` characters."""
        clause = self.clauses[index]
        return self.folded[clause.start : min(clause.own_end, clause.start + LONGEST)]

    def _facts(self, index: int) -> Facts:
        """Return the facts about a clause."""
        clause = self.clauses[index]
        scopes: dict[str, list[Hits]] = {
            "own": [self._hits(index)],
            "lead": [],
            "article": [],
            "chapter": [],
        }
        for above in subject_path(self.clauses, index):
            scopes[scope_of(self.clauses[above])].append(self._hits(above))
        scopes["heading"] = [*scopes["article"], *scopes["chapter"], self._title]
        return Facts(clause, scopes, self._contexts)


def scope_of(above: Clause) -> str:
    """Return the scope to which the own words of a clause belong for the clauses below it."""
    return "article" if above.kind == "article" else "chapter" if above.kind in CONTAINERS else "lead"


class Facts:
    """The facts about one clause, which decide whether atoms and rules hold for it.

    Attributes:
        clause: The clause.
        scopes: For each scope that rules can name, the hits of each piece of text in it, innermost first.
    """

    def __init__(self, clause: Clause, scopes: Mapping[str, Sequence[Hits]], contexts: Mapping[str, Rule]) -> None:
        self.clause = clause
        self.scopes = scopes
        self._contexts = contexts
        self._in: dict[str, bool] = {}

    @property
    def contexts(self) -> list[str]:
        """The contexts in which the clause stands."""
        return [name for name in self._contexts if self.stands_in(name)]

    def stands_in(self, context: str) -> bool:
        """Return whether a context holds."""
        if context not in self._in:
            self._in[context] = self.holds_rule(self._contexts[context])
        return self._in[context]

    def holds(self, atom: Atom) -> bool:
        """Return whether an atom holds."""
        if atom.scope == "in":
            return self.stands_in(atom.name)
        if atom.scope == "kind":
            return self.clause.kind == atom.name
        if atom.scope == "location":
            return self.clause.location == atom.name
        return any(atom.name in hits for hits in self.scopes[atom.scope])

    def holds_rule(self, rule: Rule) -> bool:
        """Return whether all conditions of a rule hold."""
        return (
            all(any(self.holds(atom) for atom in group) for group in rule.all)
            and not any(self._excludes(atom, rule) for atom in rule.none)
            and (not rule.near or self.nearest(rule) is not None)
        )

    def _excludes(self, atom: Atom, rule: Rule) -> bool:
        """Return whether an atom of ``none`` stops a rule.

        The nearest heading decides: a chapter on the movement of workers keeps its subject within a title on services.
        """
        if atom.scope != "chapter":
            return self.holds(atom)
        wanted = {above.name for group in rule.all for above in group if above.scope in ("chapter", "heading")}
        for hits in self.scopes["chapter"]:
            if atom.name in hits:
                return True
            if not wanted.isdisjoint(hits):
                return False
        return False

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
