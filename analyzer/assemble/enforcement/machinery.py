"""The machinery of an agreement: which clauses enforce what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from analyzer.assemble.cross_references.resolve import References
from analyzer.assemble.enforcement.place import Places
from analyzer.knowledge.enforcement import EnforcementWords, Mechanism
from analyzer.types import CONTAINERS, Enforcement, Provision

OUTSIDE = frozenset({"preamble", "cover", "contents"})
"""Places whose clauses nothing enforces."""
MOST_CLAUSES = 12
"""Clauses that are named for one piece of machinery: the first ones, which set it up."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A clause and what it is about.

    Attributes:
        clause: The clause.
        scope: The clauses, with all below them, that it is about; none: the whole chapter.
        besides: Those that it leaves out ("other than Article 16.2.1(a)").
    """

    clause: int
    scope: tuple[int, ...] = ()
    besides: tuple[int, ...] = ()


class Machinery:
    """What enforces the provisions of one agreement.

    Args:
        places: Its chapters.
        provisions: Its labour provisions.
        references: Their cross-references.
        words: The words to go by.
    """

    def __init__(
        self, places: Places, provisions: Sequence[Provision], references: References, words: EnforcementWords
    ) -> None:
        self._places = places
        self._references = references
        self._words = words
        self._provisions = provisions
        self._found_remedies: dict[str, Sequence[int]] = {}
        self._chapter = {one.clause: places.chapter(one.clause) for one in provisions}
        self._mechanisms = {
            mechanism.id: self._by_chapter(partial(self._is_part, mechanism)) for mechanism in words.mechanisms
        }
        self._opening = self._by_chapter(lambda one: not words.opens.isdisjoint(one.categories))
        self._closing = self._by_chapter(self._closes)
        self._general = tuple(self._of_disputes())
        self._scope = next(filter(None, (self._scope_of(index) for index in places.disputes)), None)

    def of(self, provision: Provision) -> tuple[Enforcement, ...]:
        """Return what enforces a provision."""
        index = provision.clause
        if self._places.clauses[index].location in OUTSIDE:
            return ()
        chapter = self._chapter[index]
        open_by, closed_by = self._disputes(index, chapter)
        found = []
        for mechanism in self._words.mechanisms:
            clauses = [
                one.clause for one in self._mechanisms[mechanism.id].get(chapter, ()) if self._covers(one, index)
            ]
            if mechanism.general and open_by and not closed_by:
                clauses += self._remedies(mechanism)
            if clauses:
                found.append(Enforcement(mechanism.id, tuple(sorted(set(clauses))[:MOST_CLAUSES])))
        if closed_by:
            found.append(Enforcement(self._words.excluded, tuple(closed_by[:MOST_CLAUSES])))
        elif open_by:
            found.append(Enforcement(self._words.general, tuple(open_by[:MOST_CLAUSES])))
        return tuple(found)

    def _disputes(self, index: int, chapter: int | None) -> tuple[list[int], list[int]]:
        """Return the clauses by which the general settlement of disputes is open to a clause, and closed to it."""
        closing = [*self._closing.get(chapter, ()), *(one for one, closes in self._general if closes)]
        opening = [*self._opening.get(chapter, ()), *(one for one, closes in self._general if not closes)]
        closed = [one.clause for one in closing if self._covers(one, index)]
        # What an exclusion leaves out is open, and so is what an opening names one by one.
        left_out = [one.clause for one in closing if any(self._places.holds(part, index) for part in one.besides)]
        covering = [one for one in opening if self._covers(one, index)]
        named = [one.clause for one in covering if self._is_narrow(one, chapter)]
        if left_out or (named and closed):
            return sorted({*left_out, *named}), []
        if closed:
            return [], sorted(set(closed))
        return sorted({*(one.clause for one in covering), *self._scope_over(index)}), []

    def _is_narrow(self, reach: Reach, chapter: int | None) -> bool:
        """Return whether a clause names parts of the chapter, and not all of it."""
        return bool(reach.scope) and all(
            chapter is None or (part != chapter and not self._places.holds(part, chapter)) for part in reach.scope
        )

    def _scope_over(self, index: int) -> list[int]:
        """Return the clause by which the general chapter on disputes is there for the agreement, or the part around."""
        if self._scope is None or self._places.is_disputes(index):
            return []
        return [self._scope.clause] if self._covers(self._scope, index) else []

    def _covers(self, reach: Reach, index: int) -> bool:
        """Return whether a clause is about another."""
        holds = self._places.holds
        if any(holds(part, index) for part in reach.besides):
            return False
        return not reach.scope or any(holds(part, index) for part in reach.scope)

    def _by_chapter(self, belongs: Callable[[Provision], bool]) -> dict[int | None, list[Reach]]:
        found: dict[int | None, list[Reach]] = {}
        for provision in self._provisions:
            if belongs(provision):
                chapter = self._chapter[provision.clause]
                found.setdefault(chapter, []).append(self._reach(provision.clause, chapter))
        return found

    def _is_part(self, mechanism: Mechanism, provision: Provision) -> bool:
        if mechanism.categories.isdisjoint(provision.categories):
            return False
        return self._says(mechanism, provision.clause)

    def _says(self, mechanism: Mechanism, index: int) -> bool:
        says = self._places.says
        if mechanism.words is not None and not says(mechanism.words, index):
            return False
        return mechanism.not_words is None or not says(mechanism.not_words, index)

    def _closes(self, provision: Provision) -> bool:
        """Return whether a provision closes the settlement of disputes, and not only the courts to private persons."""
        if self._words.closes.isdisjoint(provision.categories):
            return False
        index = provision.clause
        says = self._places.says_with_leads
        if says(self._words.closing, index) or says(self._words.headings, index):
            return True
        targets = (target for one in self._references.of(index) for target in one.targets)
        return any(self._places.is_disputes(target) for target in targets)

    def _reach(self, index: int, chapter: int | None) -> Reach:
        """Return what a clause of the chapter is about: the parts that it or its lead-in names, else all of it."""
        reach = self._own_reach(index, chapter)
        lead = self._places.clauses[index].parent
        if reach.scope or reach.besides or lead is None or self._places.clauses[lead].kind in CONTAINERS:
            return reach
        above = self._reach(lead, chapter)
        return Reach(index, above.scope, above.besides)

    def _own_reach(self, index: int, chapter: int | None) -> Reach:
        scope: list[int] = []
        besides: list[int] = []
        whole = False
        own_article = self._places.article(index)
        for reference in self._references.of(index):
            excepted = self._places.is_excepted(index, reference.start)
            for target in reference.targets:
                if chapter is None or not self._places.holds(chapter, target):
                    whole = whole or self._places.holds(target, index)
                elif target == chapter:
                    whole = True
                elif excepted:
                    besides.append(target)
                elif self._places.article(target) != own_article:
                    scope.append(target)
        return Reach(index, () if whole or besides else tuple(scope), tuple(besides))

    def _of_disputes(self) -> Iterator[tuple[Reach, bool]]:
        """Yield what clauses outside a labour chapter say of it, and whether they close the settlement of disputes."""
        labour = {chapter for chapter in self._chapter.values() if chapter is not None}
        speaking = self._words.opens | self._words.closes
        elsewhere = {one.clause for one in self._provisions if not speaking.isdisjoint(one.categories)}
        holds = self._places.holds
        for index in sorted({*self._places.disputes, *elsewhere}):
            own = self._chapter.get(index)
            closing = None
            for reference in self._references.of(index):
                for target in reference.targets:
                    about = any(one != own and holds(one, target) for one in labour)
                    if not about or self._places.is_disputes(target):
                        continue
                    closing = self._is_closing(index) if closing is None else closing
                    if closing or self._places.says_with_leads(self._words.disputes, index):
                        yield Reach(index, (target,)), closing != self._places.is_excepted(index, reference.start)

    def _is_closing(self, index: int) -> bool:
        """Return whether a clause, or its lead-in, closes the settlement of disputes without a condition.

        "Paragraph 2(c) shall not apply to disputes under Chapter 19" closes only that paragraph.
        """
        says = self._places.says_with_leads
        if not says(self._words.closing, index) or says(self._words.conditions, index):
            return False
        return not any(
            self._places.goes_on(self._words.closing, index, reference.end)
            for reference in self._references.of(index)
            if self._references.level_of(reference) in ("paragraph", "item")
        )

    def _scope_of(self, index: int) -> Reach | None:
        """Return the scope of the general chapter on disputes, if a clause of it says what that is."""
        says = self._places.says
        words = self._words
        if self._places.clauses[index].kind in CONTAINERS or says(words.closing, index):
            return None
        if not (says(words.agreement, index) and says(words.scope, index)):
            return None
        others = [
            reference
            for reference in self._references.of(index)
            if not any(self._places.holds(target, index) for target in reference.targets)
            and not self._places.is_excepted(index, reference.start)
            and self._references.level_of(reference) in ("part", "title", "chapter", "annex")
        ]
        targets = tuple(target for reference in others for target in reference.targets)
        # "This Title applies to Part IV", which the text at hand may lack: then it is there for nothing.
        return Reach(index, targets or ((index,) if others else ()))

    def _remedies(self, mechanism: Mechanism) -> Sequence[int]:
        """Return the clauses of the general chapter on disputes that provide for a remedy."""
        if mechanism.id not in self._found_remedies:
            clauses = self._places.clauses
            self._found_remedies[mechanism.id] = [
                index
                for index in self._places.disputes
                if clauses[index].kind not in CONTAINERS and self._says(mechanism, index)
            ]
        return self._found_remedies[mechanism.id]
