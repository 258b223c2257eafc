"""The declared columns of the tables, and pandas frames made from rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from analyzer.assemble.labour_chapters import LABOUR_CHAPTER_LEAST, LABOUR_CHAPTER_SHARE
from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.knowledge.indicators import Indicator
from analyzer.types import Strength

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
"""One row of a table: exactly the declared columns, in their order."""

ColumnKind = Literal["text", "integer", "number", "flag", "list", "evidence"]

DTYPES: Mapping[ColumnKind, str] = {
    "text": "string[python]",  # the same whether PyArrow is installed or not; names of files may hold what it refuses
    "integer": "Int64",
    "number": "Float64",
    "flag": "boolean",
    "list": "object",
    "evidence": "object",
}
"""Pandas dtypes; integers, numbers and flags may hold ``<NA>`` where a value is not known."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, the kind of value it holds, and its meaning for the reader."""

    name: str
    kind: ColumnKind
    meaning: str


AGREEMENT = (
    Column(
        "agreement_id",
        "text",
        "Stable id of the agreement: the file name without its extension, or the source's own id.",
    ),
    Column("agreement", "text", "Name of the agreement; empty where the source does not give it."),
    Column("parties", "text", "Parties as ISO 3166-1 alpha-3 codes (or the source's code of a group), joined by ';'."),
    Column("date_signed", "text", "Date of signature, ISO 8601; empty where not known."),
    Column("date_in_force", "text", "Date of entry into force, ISO 8601; empty where not known."),
    Column(
        "document_kind",
        "text",
        "Kind of document by its title: agreement, side agreement, protocol, statute, declaration, memorandum or "
        "joint statement.",
    ),
    Column("language", "text", "Language of the text, ISO 639-1: en, es or fr; any other is only recognised."),
    Column("source_file", "text", "The file from which the agreement was read, as given."),
    Column(
        "source_url",
        "text",
        "Address of the text on the web, as the source states it (ToTA, head of a web page, column source_url of "
        "lpa-agreements.csv); empty where it states none.",
    ),
)
"""The columns with which every table begins, except ``errors``."""

PROVISION_COLUMNS = (
    *AGREEMENT,
    Column("clause_id", "text", "Address of the clause, unique within the agreement."),
    Column("chapter", "text", "Chapter as printed; the annex, title or part where there is no chapter."),
    Column("article", "text", "Article as printed, without its heading."),
    Column("heading", "text", "Heading of the article."),
    Column("location", "text", "Part of the agreement that holds it: preamble, body, annex, side letter or footnote."),
    Column("page_start", "integer", "Page on which the clause begins, counted from 1; empty without pages."),
    Column("page_end", "integer", "Page on which it ends."),
    Column("start", "integer", "Offset of its first character in the text of the agreement, counted from 0."),
    Column("end", "integer", "Offset just after its last character."),
    Column("source_id", "text", "The source's own id of the article (ToTA article_identifier), where it has one."),
    Column("source_start", "integer", "Offset of the first character in the source's own text of that article."),
    Column(
        "lead_in",
        "text",
        "The exact words of the clauses above that this one continues, a line for each, outermost first; empty for a "
        "whole sentence.",
    ),
    Column("lead_in_places", "list", "Where these words stand, a pair of offsets for each line: first-end."),
    Column("text", "text", "The exact words of the clause."),
    Column("categories", "list", "Codes of the codebook (see the categories)."),
    Column("pillars", "list", "Pillars of the categories."),
    Column("principles", "list", "The fundamental principles and rights at work among the categories."),
    Column("instruments", "list", "Instruments named in the clause: C087 (Convention), P029, R204, ILO98 …"),
    Column("strength", "text", "How binding the clause is."),
    Column("strength_words", "text", "The verb that decides it; empty where the kind or place of the clause does."),
    Column("strength_start", "integer", "Offset of the first character of this verb; it may stand in the lead-in."),
    Column("strength_end", "integer", "Offset just after its last character."),
    Column(
        "actor",
        "text",
        "Who acts: each-party, parties, a-party, named-party:CODE, joint-body, panel, investors, employers, workers, "
        "social-partners, ilo or authorities; empty where the words do not say.",
    ),
    Column(
        "counterpart",
        "list",
        "To or for whom: other-party, parties, named-party:CODE, workers, public, social-partners, ilo, body.",
    ),
    Column("qualifiers", "list", "On what the clause depends, and what softens it: trade-nexus, own-law …"),
    Column(
        "deadline",
        "list",
        "By when or how often: ISO 8601 duration with its event (P60D after receipt, R/P1Y), and the date in brackets "
        "where the entry into force is known.",
    ),
    Column("exception", "list", "What the clause does not hold for, in its own words."),
    Column("references", "list", "Addresses of the clauses of the agreement that the clause refers to."),
    Column(
        "enforced_by",
        "list",
        "What enforces it: consultations, panel-of-experts, fines, suspension, dispute-settlement (the general one); "
        "excluded where it is excluded from the general one.",
    ),
    Column("enforced_by_clauses", "list", "Addresses of the clauses that say so."),
    Column(
        "family",
        "text",
        "Id of its family: clauses of several agreements of the run in nearly the same words; empty where it has none.",
    ),
    Column(
        "confidence",
        "number",
        "How sure the program is that this is a labour provision, 0 to 1; whatever its categories are.",
    ),
    Column("category_confidence", "list", "How sure each category is: its code and a number from 0 to 1."),
    Column("review", "flag", "True where a person should check the row."),
    Column("review_reason", "list", "Why a person should check it, in words; empty where nobody needs to."),
    Column(
        "evidence",
        "evidence",
        "What gave or denied each category: the rule or the model, the words it points at and where they "
        "stand, and its confidence.",
    ),
)
"""The columns of ``provisions``; ``provision_columns`` gives their full meanings."""

BINDING: Strength = "B"
"""The strength that the column ``binding_share`` counts."""

ERROR_COLUMNS = (
    Column("file", "text", "The file, folder or pattern that could not be read, as given."),
    Column("agreement_id", "text", "Id that the agreement would have had, where known."),
    Column("reason", "text", "What is wrong with it."),
    Column(
        "kind",
        "text",
        "read: bad input; partial: pages without text; language: a language that is not supported; internal: an error "
        "in the program; crash: its process died.",
    ),
)


EVIDENCE_COLUMNS = (
    AGREEMENT[0],
    Column("indicator", "text", "Id of the indicator: its column in the table indicators."),
    Column("value", "integer", "Value of the indicator for the agreement."),
    Column("clause_id", "text", "Address of a clause that justifies the value."),
    Column("start", "integer", "Offset of the first of the words that count, in the text of the agreement."),
    Column("end", "integer", "Offset just after the last of them."),
    Column("words", "text", "The exact words."),
    Column("uncertain", "flag", "True where the clause is marked for review, so that a person may decide otherwise."),
)
"""The columns of ``indicator_evidence``."""


def indicator_columns(knowledge: Knowledge) -> tuple[Column, ...]:
    """Return the columns of ``indicators``, one for every indicator of the knowledge."""
    return (*AGREEMENT, *(_indicator_column(indicator) for indicator in knowledge.indicators.entries.values()))


def _indicator_column(indicator: Indicator) -> Column:
    return Column(indicator.id, "integer", f"{indicator.name}: {indicator.definition}")


def provision_columns(knowledge: Knowledge) -> tuple[Column, ...]:
    """Return ``PROVISION_COLUMNS`` with the names of pillars and strengths of the knowledge in their meanings."""
    labels = knowledge.labels
    strengths = ", ".join(f"{code} {name.lower()}" for code, name in labels.strengths.items())
    meanings = {
        "pillars": f"Pillars of the categories: {', '.join(labels.pillars.values())}.",
        "strength": f"{strengths}.",
    }
    return tuple(replace(column, meaning=meanings.get(column.name, column.meaning)) for column in PROVISION_COLUMNS)


def agreement_columns(knowledge: Knowledge) -> tuple[Column, ...]:
    """Return the columns of ``agreements``, with one count for every category of the knowledge."""
    categories, pillars = knowledge.categories.values(), knowledge.labels.pillars
    return (
        *AGREEMENT,
        Column(
            "has_labour_provisions",
            "flag",
            "True where at least one labour provision was found; empty, like all that follows from it, where the "
            "language of the text is not supported: such an agreement is counted nowhere.",
        ),
        Column("provisions", "integer", "Number of labour provisions."),
        *(Column(name, "integer", f"Provisions of the pillar {pillar}.") for name, pillar in pillars.items()),
        *(Column(category.code, "integer", f"Provisions on: {category.name}.") for category in categories),
        Column("principles", "list", "The fundamental principles and rights at work in its labour provisions."),
        Column("instruments", "list", "The instruments named in its labour provisions."),
        Column("cites_ilo_1998", "flag", "True where a provision cites the ILO Declaration of 1998."),
        Column(
            "labour_chapter",
            "flag",
            f"True where in one chapter, title, part or annex at least {LABOUR_CHAPTER_LEAST} clauses, and at least "
            f"{LABOUR_CHAPTER_SHARE:.0%} of its clauses, are labour provisions.",
        ),
        Column(
            "binding_share",
            "number",
            "Share of the provisions whose strength is B, 0 to 1; empty where there are no provisions.",
        ),
        *(_indicator_column(one) for one in knowledge.indicators.entries.values() if one.shown),
        *(
            Column(index.id, "number", f"{index.name}, 0 to 5: {index.definition}")
            for index in knowledge.indicators.indices.values()
        ),
        Column("review", "integer", "Number of provisions that a person should check."),
        Column("source_sha256", "text", "SHA-256 of the bytes of the file that were read."),
        Column("source_bytes", "integer", "How many bytes these are."),
        Column(
            "version_of",
            "text",
            "Id of the agreement of which this is a copy or a version in another language (same parties and date, "
            "nearly the same structure); shares and trends count that one only. Empty for what is counted.",
        ),
        Column("structure", "text", "Fingerprint of the structure, by which versions are recognised."),
        Column("warnings", "list", "What a reader must know about how the file was read."),
    )


def to_frame(rows: Sequence[Row], columns: Sequence[Column]) -> pd.DataFrame:
    """Return rows as a frame with the declared columns and fixed dtypes, even when there are no rows.

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
            problem = f"column {column.name!r} holds a value that is not of the kind {column.kind!r}: {error}"
            raise TableError(problem) from error
    return pd.DataFrame(data)


def check_rows(rows: Iterable[Row], columns: Sequence[Column]) -> None:
    """Check that every row has exactly the declared columns, in their order.

    Raises:
        TableError: A row has other columns; the message names them.
    """
    for _ in checked(rows, columns):
        pass


def checked(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[Row]:
    """Yield rows that have exactly the declared columns, in their order.

    Raises:
        TableError: A row has other columns; the message names them.
    """
    declared = [column.name for column in columns]
    for number, row in enumerate(rows):
        if list(row) != declared:
            missing = ", ".join(name for name in declared if name not in row)
            unknown = ", ".join(name for name in row if name not in declared)
            raise TableError(
                f"row {number} does not fit the table: lacks [{missing}], has the unknown columns [{unknown}]"
                if missing or unknown
                else f"row {number} has its columns in another order"
            )
        yield row


def _frame_value(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
