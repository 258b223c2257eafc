"""An agreement as indicators look at it: provisions by clause, the headings above each, articles and chapters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from analyzer.knowledge.indicators import Indicators, Searched
from analyzer.tag.facts import Facts, Reading
from analyzer.types import CONTAINERS, Provision, subject_path

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
        self._title = reading.document.metadata.title
        self.clauses = reading.clauses
        self.document = reading.document
        self.provisions: Mapping[int, Provision] = {provision.clause: provision for provision in provisions}
        self._paths: dict[int, tuple[int, ...]] = {}
        self._found: dict[tuple[str, int], tuple[int, int] | None] = {}

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
        path = self.path(index)
        for kinds in CHAPTERS:
            of_kinds = [above for above in path if self.clauses[above].kind in kinds]
            served = [above for above in of_kinds if self.clauses[above].kind != "annex"]
            if of_kinds:
                return (served or of_kinds)[0]
        return None

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

    def categories_of_article(self, index: int) -> frozenset[str]:
        """Return the categories of all provisions in the article of a clause."""
        return self._categories(self.article).get(self.article(index), frozenset())

    def categories_of_chapter(self, index: int) -> frozenset[str]:
        """Return the categories of all provisions in the chapter of a clause."""
        return self._categories(self.chapter).get(self.chapter(index), frozenset())

    @cached_property
    def _by_place(self) -> dict[str, dict[int | None, frozenset[str]]]:
        return {}

    def _categories(self, place: object) -> dict[int | None, frozenset[str]]:
        name = getattr(place, "__name__", "")
        if name not in self._by_place:
            collected: dict[int | None, set[str]] = defaultdict(set)
            for index, provision in self.provisions.items():
                where = self.article(index) if name == "article" else self.chapter(index)
                collected[where].update(provision.categories)
            self._by_place[name] = {where: frozenset(codes) for where, codes in collected.items()}
        return self._by_place[name]

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
