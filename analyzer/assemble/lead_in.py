"""The words above a provision without which it says nothing: *Each Party shall:* above its items."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.assemble.effect.effects import HEIRS
from analyzer.types import CONTAINERS, Clause, Document, Provision

CONTINUING = HEIRS | {"definition"}
"""Kinds of clauses that may continue the words above them."""
SENTENCE_ENDS = (".", "!", "?", "…")
"""Marks at the end of the words above a clause that make it a sentence of its own."""


def lead_in_of(document: Document, clauses: Sequence[Clause], provision: Provision) -> tuple[tuple[int, int], ...]:
    """Return where the words stand that a provision continues, outermost first.

    A sentence of its own continues nothing, unless its verb or a category is that of the words above.

    Args:
        document: The agreement.
        clauses: Its clauses.
        provision: The provision.
    """
    places: list[tuple[int, int]] = []
    index = provision.clause
    by_lead = provision.effect.inherited or any(tag.source == "inherited" for tag in provision.tags)
    while clauses[index].kind in CONTINUING:
        above = clauses[index].parent
        if above is None or clauses[above].kind in CONTAINERS:
            break
        start, end = _own_words(document, clauses[above])
        if document.text[start:end].endswith(SENTENCE_ENDS) and not by_lead:
            break
        places.append((start, end))
        index, by_lead = above, False
    return tuple(place for place in reversed(places) if place[0] < place[1])


def _own_words(document: Document, clause: Clause) -> tuple[int, int]:
    """Return where the own words of a clause begin and end, without blanks around them."""
    words = document.text[clause.start : clause.own_end]
    start = clause.start + len(words) - len(words.lstrip())
    return start, start + len(words.strip())
