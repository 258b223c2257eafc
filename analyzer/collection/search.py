"""The search over a collection: provisions that hold some words, the best first, with the place where they stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from analyzer.collection.database import STORE, check_shape, reading
from analyzer.collection.expand import Expander
from analyzer.collection.forms import VERSION, fact_mark, mark_of
from analyzer.collection.query import QueryError, parse
from analyzer.collection.schema import FORM_INDEX, select, worded
from analyzer.collection.snippet import Snippet, snippet_of
from analyzer.collection.values import rows_of
from analyzer.errors import TableError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.present.columns import Row
from analyzer.present.statistics import columns_of

WEIGHTS: Mapping[str, float] = {"text": 1.0, "heading": 2.0, "lead_in": 0.5, "agreement": 0.5, "marks": 1.5}
"""How much a word counts in each column; one in a heading tells most of what a clause is about."""
MOST = 1000
"""Most provisions that are returned at once."""
EARLIEST, LATEST = 1800, 2199
"""Years that can be asked for."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Facts that a provision must fit; what is empty fits all. Of several values of one, any fits.

    Attributes:
        party: Codes or names of States and groups.
        since: First year of signature (entry into force where that is unknown).
        until: Last year.
        category: Codes of the codebook.
        strength: Codes of strengths.
        instrument: Ids of instruments that the clause cites.
        language: Languages of the clause, ISO 639-1.
    """

    party: Sequence[str] = ()
    since: int | None = None
    until: int | None = None
    category: Sequence[str] = ()
    strength: Sequence[str] = ()
    instrument: Sequence[str] = ()
    language: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A provision that was found.

    Attributes:
        row: Its row of ``provisions``.
        snippet: Its words around those that were looked for.
        score: How well it fits; the greater the better.
    """

    row: Row
    snippet: Snippet
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        hits: The provisions, the best first.
        total: How many provisions fit, these among them.
        others: Words that were looked for beside those of the query.
    """

    hits: tuple[Hit, ...]
    total: int
    others: tuple[str, ...] = field(default=())


def search(
    folder: str | Path,
    query: str,
    filters: Filters = Filters(),
    *,
    limit: int = 20,
    exact: bool = False,
) -> Found:
    """Find provisions in the collection that ``lpa analyze --out FOLDER`` keeps.

    Args:
        folder: The folder of the run.
        query: Words, ``"phrases"``, ``prefixes*``, joined by AND, OR, NOT, NEAR; see ``docs/how-to/search.md``. Empty
            for all that fit the filters.
        filters: Facts that the provisions must fit.
        limit: Most provisions that are returned, at most ``MOST``.
        exact: Look for the words alone, and not for other words for the same thing in the languages of the thesaurus.

    Raises:
        AnalyzerError: The query cannot be understood, or a filter names something unknown.
        TableError: There is no collection, or it is damaged or of another version.

    Examples:
        >>> import subprocess, sys
        >>> from analyzer.bundled import bundled
        >>> command = [sys.executable, "-m", "analyzer", "analyze", str(bundled("corpus/texts")), "--out", "results"]
        >>> done = subprocess.run(command, capture_output=True, check=True)
        >>> from analyzer import search
        >>> found = search("results", '"forced labour"', limit=3)
        >>> found.total > 3, found.hits[0].row["clause_id"] != ""
        (True, True)
    """
    with Searcher(folder) as searcher:
        return searcher.search(query, filters, limit=limit, exact=exact)


class Searcher:
    """An open collection, for several searches; use it as a context manager.

    Args:
        folder: The folder of the run.
        knowledge: The knowledge by which the results were made; that of the package if none is given.

    Raises:
        TableError: There is no collection, or it is of another version or knowledge.
    """

    def __init__(self, folder: str | Path, knowledge: Knowledge | None = None) -> None:
        self._path = Path(folder) / STORE
        self._knowledge = knowledge or load_knowledge()
        self._columns = columns_of(self._knowledge)["provisions"]
        self._opened = reading(Path(folder))

    def __enter__(self) -> Searcher:
        self._connection = self._opened.__enter__()
        try:
            check_shape(self._connection, self._knowledge, self._path)
            if self._connection.execute("SELECT value FROM about WHERE key = 'forms'").fetchone() != (VERSION,):
                raise TableError("its index is of another version; run lpa analyze again", file=self._path)
        except BaseException as error:
            self._opened.__exit__(type(error), error, error.__traceback__)
            raise
        return self

    def __exit__(self, *raised: object) -> None:
        self._opened.__exit__(*raised)  # type: ignore[arg-type]

    def search(self, query: str, filters: Filters = Filters(), *, limit: int = 20, exact: bool = False) -> Found:
        """Find provisions; see ``search``."""
        asked = parse(query)
        expander = _expander(self._knowledge, exact)
        conditions = list(self._conditions(filters))
        if asked is None and query.strip():
            raise QueryError("the query holds no word")
        if asked is None and not conditions:
            raise QueryError("there is nothing to look for: give words, or a filter")
        asks = [f"({expander.expression(asked)})"] if asked else []
        expression = " AND ".join([*asks, *conditions])
        own = " AND ".join((f"({_expander(self._knowledge, True).expression(asked)})", *conditions)) if asked else ""
        total = self._value(f"SELECT count(*) FROM {FORM_INDEX} WHERE {FORM_INDEX} MATCH ?", expression)
        best = self._best(expression, own if own != expression else "", max(1, min(limit, MOST))) if total else []
        sought = tuple(expander.sought(asked)) if asked else ()
        hits = tuple(self._hit(id, score, sought) for id, score in best)
        others = tuple(dict.fromkeys(expander.other_phrases(asked))) if asked and not exact else ()
        return Found(hits, total, others)

    def _best(self, expression: str, own: str, limit: int) -> list[tuple[int, float]]:
        """Return the best provisions and their scores; those that hold the words themselves come first."""
        weights = ", ".join(str(WEIGHTS[name]) for name in (*worded(self._knowledge), "marks"))
        ranked = f"SELECT rowid, -bm25({FORM_INDEX}, {weights}) FROM {FORM_INDEX} WHERE {FORM_INDEX} MATCH ? "
        ranked += "ORDER BY 2 DESC, rowid LIMIT ?"
        best: dict[int, float] = dict(self._connection.execute(ranked, (own, limit))) if own else {}
        if len(best) < limit:
            for id, score in self._connection.execute(ranked, (expression, 2 * limit)):
                best.setdefault(id, score)
        return list(best.items())[:limit]

    def _hit(self, id: int, score: float, sought: Sequence[tuple[tuple[str, ...], bool]]) -> Hit:
        query = f"{select('provisions', self._columns)} WHERE r.id = ?"
        (row,) = rows_of(self._columns, self._connection.execute(query, (id,)))
        return Hit(row, snippet_of(row["text"], sought), round(score, 4))

    def _conditions(self, filters: Filters) -> Iterator[str]:
        """Yield the filters as expressions of the index.

        Raises:
            AnalyzerError: A value is unknown.
        """
        known = self._knowledge
        yield from _one_of("category", filters.category, known.categories)
        yield from _one_of("strength", filters.strength, known.labels.strengths)
        yield from _one_of("language", [code.lower() for code in filters.language], known.languages.names)
        for name in filters.instrument:
            if name.upper() not in known.instruments:
                raise QueryError(f"there is no instrument {name!r}; ids are written like C087, P029 or R204")
        if filters.instrument:
            yield _either(mark_of(name) for name in filters.instrument)
        if filters.party:
            codes = [known.states.code_of(name) for name in filters.party]
            groups = [
                code
                for code, group in known.states.groups.items()
                if not set(codes).isdisjoint(state for state, _, _ in group.members)
            ]
            yield _either(fact_mark("party", code) for code in (*codes, *groups))
        if filters.since is not None or filters.until is not None:
            yield _either(_years(filters.since or EARLIEST, filters.until or LATEST))

    def _value(self, query: str, *values: object) -> int:
        try:
            return int(self._connection.execute(query, values).fetchone()[0])
        except sqlite3.OperationalError as error:
            raise QueryError(f"the query cannot be answered: {error}") from error


def _one_of(kind: str, values: Sequence[str], known: Mapping[str, object]) -> Iterator[str]:
    for value in values:
        if value not in known and value.upper() not in known:
            listed = ", ".join(known) if len(known) <= MOST_LISTED else f"{', '.join(list(known)[:MOST_LISTED])} …"
            raise QueryError(f"there is no {kind} {value!r}; there are {listed}")
    if values:
        yield _either(fact_mark(kind, value) for value in values)


MOST_LISTED = 40
"""Most codes that a message lists."""


def _years(first: int, last: int) -> Iterator[str]:
    """Yield the years of a period, whole decades as one.

    Raises:
        QueryError: There is no year in it.
    """
    if not (EARLIEST <= first <= last <= LATEST):
        raise QueryError(f"the years must be between {EARLIEST} and {LATEST}, the first before the last")
    year = first
    while year <= last:
        is_decade = year % 10 == 0 and year + 9 <= last
        yield fact_mark("year", str(year // 10) if is_decade else str(year))
        year += 10 if is_decade else 1


def _either(words: Iterator[str]) -> str:
    return "(" + " OR ".join(f'"{word}"' for word in dict.fromkeys(words)) + ")"


@lru_cache(maxsize=4)
def _expander(knowledge: Knowledge, exact: bool) -> Expander:
    return Expander(knowledge, exact)
