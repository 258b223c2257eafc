"""What a reader of the result must know about how a text was cut."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.types import Clause, Document, Notice

_FEWEST_CLAUSES = 5
"""Clauses from which a text should have articles; a shorter one is a quotation or a note."""


def structure_notices(document: Document, clauses: Sequence[Clause]) -> tuple[Notice, ...]:
    """Return the notices about the cover of an agreement, and about a text in which no article was found.

    Args:
        document: The agreement as read.
        clauses: Its clauses.
    """
    notices = []
    if document.cover:
        count = sum(clause.location == "cover" for clause in clauses)
        text = f"{count} clauses before the agreement are a law, a letter or a note; they hold no provisions of it"
        notices.append(Notice("cover", text))
    articles = any(clause.kind == "article" and clause.location != "cover" for clause in clauses)
    if not articles and len(clauses) >= _FEWEST_CLAUSES:
        notices.append(Notice("no-articles", "no heading of an article was found; the text is cut by its paragraphs"))
    return tuple(notices)
