"""An agreement prepared for the taggers: the thesaurus terms in each clause's own words and in the clauses above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache

from analyzer.knowledge import Knowledge
from analyzer.knowledge.rules import Atom, Rule
from analyzer.tag.cited import CitedAnnexes, HitsOnDemand
from analyzer.tag.lexicon import Hit, Hits, Lexicon
from analyzer.tag.limbs import Parts, Span, Splitter
from analyzer.tag.screen import Scan, Screen, screen_of
from analyzer.tag.subject import clauses_about
from analyzer.text.fold import TOKEN, fold, stems_of
from analyzer.types import CONTAINERS, Clause, Document, Language, is_supported, path_from

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

    def scan(self, document: Document) -> Scanned:
        """Search a document in each of its languages that is supported."""
        folded = fold(document.text)
        languages = filter(is_supported, document.languages)
        return Scanned(folded, {language: screen_of(self._knowledge, language).scan(folded) for language in languages})

    def of(self, document: Document, clauses: Sequence[Clause], scanned: Scanned | None = None) -> Reading:
        """Return the reading of a document with its clauses.

        Args:
            document: The agreement.
            clauses: Its clauses.
            scanned: What ``scan`` found in it, if the caller has it.
        """
        languages = filter(is_supported, document.languages)
        tools: dict[str, Tools] = {language: _tools(self._knowledge, language) for language in languages}
        return Reading(document, clauses, scanned or self.scan(document), tools, self._knowledge)


@dataclass(frozen=True, slots=True)
class Scanned:
    """A document that was searched, before it is cut into clauses.

    Attributes:
        folded: Its folded text, with the same offsets.
        scans: What was found, by language.
    """

    folded: str
    scans: Mapping[Language, Scan]


@dataclass(frozen=True, slots=True)
class Tools:
    """What the clauses in one language are read with.

    Attributes:
        lexicon: The thesaurus.
        splitter: What cuts clauses into sentences and limbs.
        screen: What drops the clauses that cannot carry a label.
    """

    lexicon: Lexicon
    splitter: Splitter
    screen: Screen


@lru_cache(maxsize=MOST_LEXICONS)
def _tools(knowledge: Knowledge, language: Language) -> Tools:
    splitter = Splitter(knowledge.languages[language].limbs)
    return Tools(Lexicon(knowledge, language), splitter, screen_of(knowledge, language))


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
        scanned: Scanned,
        tools: Mapping[str, Tools],
        knowledge: Knowledge,
    ) -> None:
        self.document = document
        self.clauses = clauses
        self.folded = scanned.folded
        self._scans = scanned.scans
        self._contexts = knowledge.contexts
        self._tools = tools
        main = self._tools.get(document.language)
        self._main = main
        self._title = main.lexicon.find(fold(document.metadata.title)) if main else {}
        self._hits = lru_cache(maxsize=None)(self._find)
        self._tokens = lru_cache(maxsize=None)(lambda index: TOKEN.findall(self.words(index)))
        self._stems = lru_cache(maxsize=None)(lambda index: stems_of(self._tokens(index), self.language_of(index)))
        self.above = lru_cache(maxsize=None)(self._find_above)
        self.facts = lru_cache(maxsize=None)(self._facts)
        self._cited = CitedAnnexes(clauses, scanned.folded, knowledge.structure)

    @cached_property
    def _subjects(self) -> Mapping[str, frozenset[int]]:
        """The clauses in a chapter or text that is mostly about a subject."""
        language = self.document.language
        scan = self._scans.get(language) if is_supported(language) else None
        return {term: clauses_about(starts, self.clauses) for term, starts in scan.subjects.items()} if scan else {}

    def candidates(self) -> list[int]:
        """Return the clauses that can carry a label; none in a language that is not supported can."""
        document, kept = self.document, set[int]()
        for language, scan in self._scans.items():
            kept.update(self._tools[language].screen.keep(scan, self.clauses, document.metadata.title))
        if all(map(is_supported, document.languages)):
            return sorted(kept)
        return [index for index in sorted(kept) if is_supported(document.language_at(self.clauses[index].start))]

    def language_of(self, index: int) -> Language:
        """Return the language in which a clause is read; English where its own is not supported."""
        language = self.document.language_at(self.clauses[index].start)
        return language if is_supported(language) else "en"

    def _find(self, index: int) -> Hits:
        tools = self._tools.get(self.document.language_at(self.clauses[index].start))
        return tools.lexicon.find(self.words(index), self._tokens(index), self._stems(index)) if tools else {}

    def words(self, index: int) -> str:
        """Return a clause's own words, folded, up to ``LONGEST`` characters."""
        clause = self.clauses[index]
        return self.folded[clause.start : min(clause.own_end, clause.start + LONGEST)]

    def tokens(self, index: int, most: int = LONGEST) -> list[str]:
        """Return the tokens of a clause's own words, of their first ``most`` characters."""
        words = self.words(index)
        return self._tokens(index) if len(words) <= most else TOKEN.findall(words[:most])

    def stems(self, index: int, most: int = LONGEST) -> list[str]:
        """Return the stems of the tokens of a clause's own words, of their first ``most`` characters."""
        words = self.words(index)
        if len(words) <= most:
            return self._stems(index)
        return stems_of(TOKEN.findall(words[:most]), self.language_of(index))

    def _facts(self, index: int) -> Facts:
        """Return the facts about a clause."""
        clause = self.clauses[index]
        above = self.above(clause.parent)
        scopes = {**above.scopes, "own": (self._hits(index),)}
        scopes["mostly"] = ({term: () for term, inside in self._subjects.items() if index in inside},)
        scopes["cited"] = HitsOnDemand(lambda: [self._hits(inside) for inside in self._cited.of(index)])
        words = self.document.text[clause.start : min(clause.own_end, clause.start + LONGEST)]
        tools = self._tools.get(self.language_of(index))
        parts = Parts(words, tools.splitter if tools else Splitter(()))
        return Facts(clause, scopes, above.names, self._contexts, parts)

    def _find_above(self, parent: int | None) -> Above:
        """Return the terms above the clauses that directly belong to one, ``None``: to none."""
        hits: dict[str, list[Hits]] = {"lead": [], "article": [], "chapter": []}
        for above in path_from(self.clauses, parent):
            hits[scope_of(self.clauses[above])].append(self._hits(above))
        hits["heading"] = [*hits["article"], *hits["chapter"], self._title]
        return Above(hits, {scope: frozenset().union(*found) for scope, found in hits.items()})


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
