"""The table ``references``: what labour provisions refer to, one row a reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzer.present.columns import AGREEMENT, Column, Row
from analyzer.present.tables import about_agreement

if TYPE_CHECKING:
    from analyzer.assemble.findings import Findings

REFERENCE_COLUMNS = (
    *AGREEMENT,
    Column("clause_id", "text", "Address of the labour provision that refers."),
    Column("page_start", "integer", "Page on which the reference begins, counted from 1; empty without pages."),
    Column("start", "integer", "Offset of its first character in the text of the agreement, counted from 0."),
    Column("end", "integer", "Offset just after its last character."),
    Column("text", "text", "Its exact words."),
    Column("targets", "list", "Addresses of the clauses it means; of a dangling one the narrowest that exists."),
    Column(
        "status",
        "text",
        "resolved; dangling: the agreement, as read, has no such part; external: a part of another instrument.",
    ),
)


def reference_rows(analysis: Findings) -> list[Row]:
    """Return one row for each reference of a labour provision, in reading order."""
    analysis = analysis.compact()
    document, clauses = analysis.document, analysis.clauses
    return [
        {
            **about_agreement(document),
            "language": document.language_at(reference.start),
            "clause_id": clauses[reference.clause].clause_id,
            "page_start": document.page_at(reference.start),
            "start": reference.start,
            "end": reference.end,
            "text": document.text[reference.start : reference.end],
            "targets": tuple(clauses[target].clause_id for target in reference.targets),
            "status": reference.status,
        }
        for provision in analysis.provisions
        for reference in provision.cross_references
    ]
