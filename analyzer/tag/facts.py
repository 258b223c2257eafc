"""An agreement prepared for the taggers: the thesaurus terms in each clause's own words and in the clauses above it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from analyzer.knowledge import Knowledge
from analyzer.tag.cited import CitedAnnexes, HitsOnDemand
from analyzer.tag.clause_facts import Above, Facts, scope_of
from analyzer.tag.lexicon import Hits, Lexicon
from analyzer.tag.limbs import Parts, Splitter
from analyzer.tag.screen import Scan, Screen, screen_of
from analyzer.tag.subject import clauses_about
from analyzer.text.fold import TOKEN, fold, stems_of
from analyzer.types import Clause, Clauses, Document, Language, is_supported, path_from

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

    def wanted(
        self, document: Document, outline: Clauses, scanned: Scanned, cited: Iterable[int]
    ) -> frozenset[int | None]:
        """Return the containers whose bodies must be cut, because labels or instruments may stand in them.

        Args:
            document: The agreement.
            outline: Its containers, nothing below them cut.
            scanned: What ``scan`` found in it.
            cited: Where it cites instruments.
        """
        title = document.metadata.title
        kept: set[int] = set()
        for language, scan in scanned.scans.items():
            kept.update(screen_of(self._knowledge, language).keep(scan, outline, title))
        places = sorted({*cited, *(start for scan in scanned.scans.values() for start in scan.anchors)})
        everywhere = len(kept) == len(outline)
        return frozenset(
            body.container
            for body in outline.uncut
            if (everywhere if body.parent is None else body.parent in kept)
            or bisect_left(places, body.start) < bisect_left(places, body.end)
        )

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

    def forget(self) -> None:
        """Give up what was worked out about clauses; it is worked out again where someone asks for it."""
        for known in (self._hits, self._tokens, self._stems, self.above, self.facts):
            known.cache_clear()

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
