"""An agreement as indicators look at it: provisions by clause, the headings above each, articles and chapters."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cached_property

from analyzer.knowledge.indicators import Groups, Indicators, Searched
from analyzer.tag.clause_facts import Facts
from analyzer.tag.facts import Reading
from analyzer.text.fold import fold
from analyzer.types import CONTAINERS, Provision, ask_at, ask_below, is_supported, nearest_of, subject_path

CHAPTERS = ("chapter", "annex"), ("title", "part"), ("section",), ("article",), ("preamble",)
"""What counts as the chapter of a clause: the nearest of the first of these that stands above it."""


class View:
    """One agreement with its provisions.

    Args:
        reading: The agreement, its clauses and the terms in them.
        provisions: Its labour provisions.
        indicators: The phrases.

    Attributes:
        clauses: Its clauses.
        provisions: The provisions by clause.
    """

    def __init__(self, reading: Reading, provisions: Sequence[Provision], indicators: Indicators) -> None:
        self._reading = reading
        self._phrases = indicators.phrases
        self._title = fold(reading.document.metadata.title)
        self.clauses = reading.clauses
        self.document = reading.document
        self.provisions: Mapping[int, Provision] = {provision.clause: provision for provision in provisions}
        self._paths: dict[int, tuple[int, ...]] = {}
        self._found: dict[tuple[str, int], tuple[int, int] | None] = {}

    def with_any(self, categories: frozenset[str]) -> Sequence[int]:
        """Return the clauses, in order, that are provisions with one of some categories."""
        return sorted({index for code in categories for index in self._by_category.get(code, ())})

    @cached_property
    def _by_category(self) -> Mapping[str, Sequence[int]]:
        by_category: dict[str, list[int]] = defaultdict(list)
        for index, provision in self.provisions.items():
            for code in provision.categories:
                by_category[code].append(index)
        return by_category

    def path(self, index: int) -> tuple[int, ...]:
        """Return the clauses whose subject is also that of a clause, nearest first."""
        if index not in self._paths:
            self._paths[index] = tuple(subject_path(self.clauses, index))
        return self._paths[index]

    def facts(self, index: int) -> Facts:
        """Return the thesaurus terms in and above a clause."""
        return self._reading.facts(index)

    def article(self, index: int) -> int | None:
        """Return the article of a clause."""
        return next((above for above in self.path(index) if self.clauses[above].kind == "article"), None)

    def chapter(self, index: int) -> int | None:
        """Return what counts as the chapter of a clause (``CHAPTERS``); that which an annex serves goes before it."""
        return nearest_of(self.clauses, self.path(index), CHAPTERS)

    @cached_property
    def headings(self) -> tuple[int, ...]:
        """The containers that hold labour provisions."""
        above = {container for index in self.provisions for container in self.path(index)}
        return tuple(index for index in sorted(above) if self.clauses[index].kind in CONTAINERS)

    @cached_property
    def unsure(self) -> frozenset[int]:
        """The containers all of whose provisions are marked for review."""
        sure = {above for index, one in self.provisions.items() if not one.review for above in self.path(index)}
        return frozenset(self.headings) - sure

    def categories_at(self, where: int | None) -> frozenset[str]:
        """Return the categories of all provisions below an article or chapter."""
        return self._categories.get(where, frozenset())

    @cached_property
    def _categories(self) -> Mapping[int | None, frozenset[str]]:
        collected: dict[int | None, set[str]] = defaultdict(set)
        for index, provision in self.provisions.items():
            for where in {self.article(index), self.chapter(index)}:
                collected[where].update(provision.categories)
        return {where: frozenset(codes) for where, codes in collected.items()}

    def places_with(self, groups: Groups, place: Callable[[int], int | None]) -> set[int]:
        """Return the articles or chapters whose provisions have a category of each group.

        Args:
            groups: Groups of categories.
            place: ``article`` or ``chapter``.
        """
        places = {where for index in self.provisions if (where := place(index)) is not None}
        return {where for where in places if all(not group.isdisjoint(self.categories_at(where)) for group in groups)}

    def headed_by(self, phrases: Iterable[str]) -> set[int]:
        """Return the containers but articles whose own heading has one of some sets of phrases."""
        kinds = CONTAINERS - {"article"}
        headings = (index for index, clause in enumerate(self.clauses) if clause.kind in kinds)
        return {index for index in headings if self.find(phrases, index, "clause")}

    def inside(self, containers: Set[int] | None) -> Sequence[int]:
        """Return the clauses with running text below some containers, or in annexes that serve them; ``None``: all."""
        if containers is None:
            ask_below(self.clauses, None)
        inside: set[int] = set()
        kept = []
        for index, clause in enumerate(self.clauses):
            top = containers is not None and (index in containers or clause.serves in containers)
            if top:
                ask_below(self.clauses, index)
            if containers is None or top or clause.parent in inside:
                inside.add(index)
                if clause.kind not in CONTAINERS:
                    kept.append(index)
        return kept

    def containing(self, phrases: Iterable[str]) -> Sequence[int]:
        """Return the clauses with running text in which one of some sets of phrases stands."""
        starts = [clause.start for clause in self.clauses]
        languages = tuple(filter(is_supported, self.document.languages))
        offsets = {
            match.start()
            for name in phrases
            for language in languages
            for match in self._phrases[name][language].finditer(self._reading.folded)
        }
        for offset in offsets:
            ask_at(self.clauses, offset)
        found = {bisect_right(starts, offset) - 1 for offset in offsets}
        return [index for index in sorted(found) if index >= 0 and self.clauses[index].kind not in CONTAINERS]

    def find(self, phrases: Iterable[str], index: int, search: Searched) -> tuple[int, int] | None:
        """Return where one of some sets of phrases stands first in a clause, its lead-in, or its article."""
        if search == "article":
            places: tuple[int, ...] = self._article_places(index)
        elif search == "lead":
            places = (index, *(above for above in self.path(index) if self.clauses[above].kind not in CONTAINERS))
        else:
            places = (index,)
        for place in places:
            for name in phrases:
                found = self._find(name, place)
                if found is not None:
                    return found
        return None

    def _article_places(self, index: int) -> tuple[int, ...]:
        article = self.article(index)
        if article is None:
            return (index,)
        ask_below(self.clauses, article)
        end = self.clauses[article].end
        inside = []
        for place in range(article, len(self.clauses)):
            if self.clauses[place].start >= end:
                break
            inside.append(place)
        return tuple(inside)

    def _find(self, name: str, index: int) -> tuple[int, int] | None:
        key = name, index
        if key not in self._found:
            clause = self.clauses[index]
            pattern = self._phrases[name][self._reading.language_of(index)]
            match = pattern.search(self._reading.folded, clause.start, clause.own_end)
            self._found[key] = match.span() if match else None
        return self._found[key]

    def titled(self, phrases: Iterable[str]) -> bool:
        """Return whether one of some sets of phrases stands in the title of the agreement."""
        languages = tuple(filter(is_supported, self.document.languages))
        return any(self._phrases[name][language].search(self._title) for name in phrases for language in languages)

    def headed(self, phrases: Iterable[str], index: int, *, articles: bool) -> bool:
        """Return whether one of some sets of phrases stands in a heading above a clause, or is one itself.

        Args:
            phrases: Names of sets of phrases.
            index: The clause; if it is a heading, its own words count too.
            articles: Whether headings of articles count.
        """
        own = (index,) if self.clauses[index].kind in CONTAINERS else ()
        for above in (*own, *self.path(index)):
            kind = self.clauses[above].kind
            if kind in CONTAINERS and (articles or kind != "article") and self.find(phrases, above, "clause"):
                return True
        return False
