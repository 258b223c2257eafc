"""The declared columns of the tables, and frames made from rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.knowledge.labels import PILLARS

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]


ColumnKind = Literal["text", "integer", "number", "flag", "list", "evidence"]


DTYPES: Mapping[ColumnKind, str] = {
    "text": "string",
    "integer": "Int64",
    "number": "Float64",
    "flag": "boolean",
    "list": "object",
    "evidence": "object",
}
"""Pandas dtypes; those of integers, numbers and flags may hold ``<NA>`` where a value is not known."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, what kind of value it holds, and its meaning for the reader."""

    name: str
    kind: ColumnKind
    meaning: str


AGREEMENT = (
    Column("agreement_id", "text", "Stable id of the agreement: the file's stem or the source's own id."),
    Column("agreement", "text", "Name of the agreement; empty where the source does not give it."),
    Column("parties", "text", "Parties as ISO 3166-1 alpha-3 codes (or the source's code of a group), joined by ';'."),
    Column("date_signed", "text", "Date of signature, ISO 8601; empty where not known."),
    Column("date_in_force", "text", "Date of entry into force, ISO 8601; empty where not known."),
    Column("language", "text", "Language of the text: en, es or fr."),
    Column("source_file", "text", "The file the agreement was read from, as given."),
)


PROVISION_COLUMNS = (
    *AGREEMENT,
    Column("clause_id", "text", "Address of the clause, unique within the agreement."),
    Column("chapter", "text", "Chapter as printed; the annex, title or part where there is no chapter."),
    Column("article", "text", "Article as printed, without its heading."),
    Column("heading", "text", "Heading of the article."),
    Column("location", "text", "Where it stands: preamble, body, annex, side letter or footnote."),
    Column("page_start", "integer", "Page on which the clause begins, counted from 1; empty without pages."),
    Column("page_end", "integer", "Page on which it ends."),
    Column("start", "integer", "Offset of its first character in the text of the agreement, counted from 0."),
    Column("end", "integer", "Offset just after its last character."),
    Column("source_id", "text", "The source's own id of the article (ToTA article_identifier), where it has one."),
    Column("source_start", "integer", "Offset of the first character in the source's own text of that article."),
    Column("text", "text", "The words of the clause, exact."),
    Column("categories", "list", "Codes of the codebook (see the categories)."),
    Column("pillars", "list", "Obligations, Monitoring and Cooperation, or Dispute Settlement Mechanisms."),
    Column("principles", "list", "The fundamental principles and rights at work among the categories."),
    Column("instruments", "list", "Instruments named in the clause: C087 (Convention), P029, R204, ILO98 …"),
    Column("strength", "text", "B binding, E best endeavour, H hortatory, P permissive, D descriptive."),
    Column("confidence", "number", "How sure the program is that this is a labour provision, 0 to 1."),
    Column("review", "flag", "True where a person should look at the row."),
    Column(
        "evidence",
        "evidence",
        "Who gave or denied each category: rule or model, the words, how sure.",
    ),
)


LABOUR_CHAPTER_SHARE = 0.5


LABOUR_CHAPTER_LEAST = 5
"""A labour chapter is one of whose clauses at least this share, and at least this many, are labour provisions. Our own
yardstick: it needs no heading to say "labour", and a single labour article in a short chapter does not meet it."""


ERROR_COLUMNS = (
    Column("file", "text", "The file, folder or pattern that could not be read, as given."),
    Column("agreement_id", "text", "Id the agreement would have had, where known."),
    Column("reason", "text", "What is wrong with it."),
    Column(
        "kind",
        "text",
        "read: bad input; partial: pages without text; internal: a fault of ours; crash: its process died.",
    ),
)


def agreement_columns(knowledge: Knowledge) -> tuple[Column, ...]:
    """Return the columns of ``agreements``: they hold one count for every category of the knowledge."""
    return (
        *AGREEMENT,
        Column("has_labour_provisions", "flag", "True where at least one labour provision was found."),
        Column("provisions", "integer", "Number of labour provisions."),
        *(Column(name, "integer", f"Provisions of the pillar {pillar}.") for name, pillar in PILLARS.items()),
        *(Column(known.code, "integer", f"Provisions on: {known.name}.") for known in knowledge.categories.values()),
        Column("principles", "list", "The fundamental principles and rights at work that are named somewhere."),
        Column("instruments", "list", "The instruments named in labour provisions."),
        Column("cites_ilo_1998", "flag", "True where a provision cites the ILO Declaration of 1998."),
        Column(
            "labour_chapter",
            "flag",
            f"True where in one chapter, title, part or annex at least {LABOUR_CHAPTER_LEAST} clauses, and at least "
            f"{LABOUR_CHAPTER_SHARE:.0%} of them, are labour provisions.",
        ),
        Column("binding_share", "number", "Share of the provisions whose strength is B, 0 to 1; empty without any."),
        Column("review", "integer", "Number of provisions that a person should look at."),
        Column("warnings", "list", "What a reader must know about how the file was read."),
    )


def to_frame(rows: Sequence[Row], columns: Sequence[Column]) -> pd.DataFrame:
    """Return rows as a frame with the declared columns and fixed dtypes, also when there is no row.

    Raises:
        TableError: A row has other columns, or a value that does not fit its column.
    """
    import pandas as pd

    check_rows(rows, columns)
    data = {}
    for column in columns:
        values = [_frame_value(row[column.name]) for row in rows]
        try:
            data[column.name] = pd.Series(values, dtype=DTYPES[column.kind])
        except (TypeError, ValueError) as error:
            raise TableError(f"column {column.name!r} holds a value that is no {column.kind}: {error}") from error
    return pd.DataFrame(data)


def check_rows(rows: Iterable[Row], columns: Sequence[Column]) -> None:
    """Check that every row has exactly the declared columns, in their order.

    Raises:
        TableError: One has not; the message names the columns.
    """
    declared = [column.name for column in columns]
    for number, row in enumerate(rows):
        if list(row) != declared:
            missing = ", ".join(name for name in declared if name not in row)
            unknown = ", ".join(name for name in row if name not in declared)
            raise TableError(
                f"row {number} does not fit the table: lacks [{missing}], has the unknown [{unknown}]"
                if missing or unknown
                else f"row {number} has its columns in another order"
            )


def _frame_value(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
