"""The clauses that are what a case of an indicator asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from analyzer.assemble.indicators.view import View
from analyzer.knowledge.indicators import Case, Groups, Indicators
from analyzer.types import CONTAINERS, Clause, Provision, Support

_WITHOUT = frozenset[str]()


class Cases:
    """Finds the clauses of one agreement that meet cases.

    Args:
        view: The agreement.
        indicators: The shared conditions and the duties that reach other clauses.
    """

    def __init__(self, view: View, indicators: Indicators) -> None:
        self._view = view
        self._indicators = indicators
        self._met: dict[tuple[str, int], bool] = {}
        self._bound: frozenset[int] | None = None
        self._codes: dict[int, frozenset[str]] = {}

    def supports(self, case: Case, values: Mapping[str, int]) -> Iterable[Support]:
        """Yield each place that meets a case, in reading order.

        Args:
            case: The case.
            values: The indicators that are known so far.
        """
        if not self._possible(case, values):
            return
        for index in self._places(case):
            support = self._support(case, index)
            if support is not None:
                yield support

    def _possible(self, case: Case, values: Mapping[str, int]) -> bool:
        """Return whether the agreement as a whole allows for a case."""
        return (
            all(any(values[id] for id in group) for group in case.requires)
            and not any(values[id] for id in case.unless)
            and all(self._view.titled(group) for group in case.title)
            and not (case.not_title and self._view.titled(case.not_title))
            and (not case.document_kinds or self._view.document.metadata.document_kind in case.document_kinds)
        )

    def _places(self, case: Case) -> Iterable[int]:
        if case.clauses == "provisions":
            return self._view.with_any(min(case.categories, key=len)) if case.categories else self._view.provisions
        if case.clauses == "headings":
            return self._view.headings
        return self._anywhere(case)

    def _anywhere(self, case: Case) -> Iterable[int]:
        """Return the clauses that can meet a case about any clause, as few as can be told without looking at them."""
        view = self._view
        if case.article_has:
            return view.inside(view.places_with(case.article_has, view.article))
        if case.chapter_has:
            return view.inside(view.places_with(case.chapter_has, view.chapter))
        if case.chapter:
            return view.inside(view.headed_by(case.chapter[0]))
        return view.containing(case.words[0]) if case.words else view.inside(None)

    def _support(self, case: Case, index: int) -> Support | None:
        """Return the words of a clause that meet a case, or ``None``; what is cheap to ask is asked first."""
        clause, provision = self._view.clauses[index], self._view.provisions.get(index)
        if not (_stands(case, clause) and self._says(case, index, provision) and self._headed(case, index)):
            return None
        if not (self._has_around(case, index) and self._meets(case, index) and self._holds(case, index)):
            return None
        if case.not_words and self._view.find(case.not_words, index, "clause"):
            return None
        found: tuple[int, int] | None = None
        for group in case.words:
            place = self._view.find(group, index, case.search)
            if place is None:
                return None
            found = found or place
        # A clause that is no provision stands in no other table: all of it is shown.
        shown = None if provision is None and clause.kind not in CONTAINERS else found
        start, end = shown or _words_of(case, clause, provision)
        uncertain = provision.review if provision else index in self._view.unsure
        return Support(index, start, end, uncertain)

    def _says(self, case: Case, index: int, provision: Provision | None) -> bool:
        if provision is None:
            return not (case.categories or case.beyond or case.strength or case.instruments or case.forms)
        codes = self._codes.get(index)
        if codes is None:
            codes = self._codes[index] = frozenset(provision.categories)
        return _says(case, provision, codes)

    def _headed(self, case: Case, index: int) -> bool:
        view = self._view
        return (
            all(view.headed(group, index, articles=True) for group in case.under)
            and all(view.headed(group, index, articles=False) for group in case.chapter)
            and not (case.not_under and view.headed(case.not_under, index, articles=True))
            and not (case.not_chapter and view.headed(case.not_chapter, index, articles=False))
        )

    def _has_around(self, case: Case, index: int) -> bool:
        view = self._view
        return (not case.article_has or _has(case.article_has, view.categories_at(view.article(index)))) and (
            not case.chapter_has or _has(case.chapter_has, view.categories_at(view.chapter(index)))
        )

    def _meets(self, case: Case, index: int) -> bool:
        if case.bound and index not in self.bound:
            return False
        return all(self._meets_condition(name, index) for name in case.meets)

    def _meets_condition(self, name: str, index: int) -> bool:
        key = name, index
        if key not in self._met:
            self._met[key] = any(self._support(case, index) for case in self._indicators.conditions[name])
        return self._met[key]

    def _holds(self, case: Case, index: int) -> bool:
        if not case.all and not case.none:
            return True
        facts = self._view.facts(index)
        return all(any(facts.holds(atom) for atom in group) for group in case.all) and not any(
            facts.holds(atom) for atom in case.none
        )

    @property
    def bound(self) -> frozenset[int]:
        """The clauses that a duty of another clause of their chapter reaches, with the items below them."""
        if self._bound is None:
            self._bound = frozenset()  # A duty does not ask whether it is reached itself.
            self._bound = frozenset(self._reached())
        return self._bound

    def _reached(self) -> Iterable[int]:
        view = self._view
        for reach in self._indicators.reaches:
            duties = {view.chapter(index) for index in view.provisions if self._support(reach.duty, index)}
            if not duties:
                continue
            rights = {
                index
                for index in view.provisions
                if view.chapter(index) in duties and self._support(reach.rights, index)
            }
            yield from (index for index in view.provisions if index in rights or rights.intersection(view.path(index)))


def _stands(case: Case, clause: Clause) -> bool:
    """Return whether kind and place of a clause are those of a case."""
    return (
        (not case.kinds or clause.kind in case.kinds)
        and clause.kind not in case.not_kinds
        and (not case.locations or clause.location in case.locations)
        and clause.location not in case.not_locations
    )


def _says(case: Case, provision: Provision, categories: frozenset[str]) -> bool:
    """Return whether categories, strength and instruments of a provision are those of a case."""
    actor = provision.effect.actor
    return (
        _has(case.categories, categories)
        and (actor is None or actor.code not in case.not_actors)
        and case.not_categories.isdisjoint(categories)
        and (not case.beyond or not categories <= case.beyond)
        and (not case.strength or provision.strength in case.strength)
        and (not case.instruments or any(_cited(case.instruments, provision)))
        and (not case.forms or any(reference.form in case.forms for reference in provision.references))
    )


def _cited(wanted: Iterable[str], provision: Provision) -> Iterable[bool]:
    ids = {id for reference in provision.references for id in (reference.id, *reference.instruments)}
    return (fnmatchcase(id, pattern) for id in ids for pattern in wanted)


def _has(groups: Groups, categories: frozenset[str]) -> bool:
    return all(not group.isdisjoint(categories) for group in groups)


def _words_of(case: Case, clause: Clause, provision: Provision | None) -> tuple[int, int]:
    """Return the words that gave the clause the first category that the case asks for, else its own words."""
    if provision is None:
        return clause.start, clause.own_end
    for reference in provision.references if case.instruments or case.forms else ():
        ids = {reference.id, *reference.instruments}
        if reference.form in case.forms or any(fnmatchcase(id, wanted) for id in ids for wanted in case.instruments):
            return reference.start, reference.end
    for group in case.categories:
        for tag in provision.tags:
            if tag.category in group and tag.source != "inherited" and tag.start < tag.end:
                return tag.start, tag.end
    return clause.start, clause.own_end
