"""A clause: a piece of an agreement's structure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

ClauseKind = Literal[
    "preamble",
    "part",
    "title",
    "chapter",
    "section",
    "article",
    "paragraph",
    "item",
    "subitem",
    "recital",
    "definition",
    "footnote",
    "annex",
    "text",
]
"""``annex`` also stands for side letters, protocols and schedules (see ``Clause.location``);
``text`` is an unnumbered paragraph, a table of contents, a signature block or other unclassified matter."""

Location = Literal["preamble", "body", "annex", "side letter", "footnote", "contents", "cover"]
"""Where a clause stands. ``cover`` is what stands before the agreement in its file (an approving law, a letter of
transmittal, a note); like the table of contents it holds no provisions."""

CONTAINERS: frozenset[str] = frozenset({"preamble", "part", "title", "chapter", "section", "article", "annex"})
"""Kinds whose own words are a heading; every other kind holds running text and can become a provision."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of the agreement's structure, in reading order.

    ``[start, end)`` covers the clause with everything below it; ``[start, own_end)`` are its *own* words: the
    heading of a container, the lead-in of a paragraph with items, the whole of a leaf. Own words never overlap,
    and together they hold every non-blank character of the text.

    Attributes:
        clause_id: Stable, unique address (``chapter-19/art-19.3/par-1/item-a``).
        kind: What it is.
        number: Numbering as printed, without brackets, dots or the leading word (``19.3``, ``1``, ``a``), or empty.
        heading: Heading or defined term, white space folded, or empty.
        start: Start offset.
        end: End offset of the whole clause, descendants included.
        own_end: End offset of its own words.
        parent: Index, in the sequence of clauses, of the clause it belongs to; ``None`` at the top. The parent of
            an item is the clause whose own words are its lead-in.
        location: Where in the agreement it stands.
        page_start: Page on which it starts, ``None`` where the source has no pages.
        page_end: Page on which its own words end.
        source_id: The source's identifier of the article it lies in, or empty.
        source_start: Offset of ``start`` inside the source's own text of that article, or ``None``.
        serves: For an annex, the index of the chapter that it serves (annex 18-A: chapter 18), if known.

    Examples:
        >>> from analyzer import read, segment
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> document = read(sample)
        >>> article = next(clause for clause in segment(document) if clause.kind == "article")
        >>> article.clause_id, article.number, article.heading
        ('chapter-one/art-1.1', '1.1', 'Establishment of a Free Trade Area')
        >>> document.text[article.start : article.start + 11]
        'Article 1.1'
    """

    clause_id: str
    kind: ClauseKind
    number: str
    heading: str
    start: int
    end: int
    own_end: int
    parent: int | None
    location: Location = "body"
    page_start: int | None = None
    page_end: int | None = None
    source_id: str = ""
    source_start: int | None = None
    serves: int | None = None


def ancestors(clauses: Sequence[Clause], index: int) -> Iterator[Clause]:
    """Yield the clauses that hold ``clauses[index]``, nearest first."""
    parent = clauses[index].parent
    while parent is not None:
        yield clauses[parent]
        parent = clauses[parent].parent


def subject_path(clauses: Sequence[Clause], index: int) -> Iterator[int]:
    """Yield the indices of the clauses whose subject is also that of ``clauses[index]``, nearest first.

    They are those that hold it and, for what stands in an annex, the chapter that the annex serves with those above it.
    """
    return path_from(clauses, clauses[index].parent)


def path_from(clauses: Sequence[Clause], parent: int | None) -> Iterator[int]:
    """Yield a clause, and those whose subject is that of all clauses that belong to it (see ``subject_path``)."""
    served: int | None = None
    while parent is not None:
        yield parent
        served = clauses[parent].serves if served is None else served
        parent = clauses[parent].parent
    if served is not None:
        yield served
        yield from path_from(clauses, clauses[served].parent)


def nearest_of(clauses: Sequence[Clause], path: Sequence[int], levels: Iterable[Collection[str]]) -> int | None:
    """Return the nearest clause of the first level that stands on a path, one that an annex serves before the annex.

    Args:
        clauses: The clauses.
        path: Indices of some of them, nearest first.
        levels: Kinds of clauses, those that count first in front.
    """
    for kinds in levels:
        found = [index for index in path if clauses[index].kind in kinds]
        if found:
            return next((index for index in found if clauses[index].kind != "annex"), found[0])
    return None
