"""The tables: their declared columns, and the rows made from analyses.

A row is a plain dict with exactly the declared columns in their order; a list of codes is a tuple of strings. The same
rows go into CSV, JSONL, the workbook and the pandas frames. The tables of cited instruments are in
``analyzer.instrument_tables``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.types import CONTAINERS, Clause, Document, Page, Provision, ancestors

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.analyze import Analysis

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

PILLARS = {
    "obligations": "Obligations",
    "monitoring_and_cooperation": "Monitoring and Cooperation",
    "dispute_settlement_mechanisms": "Dispute Settlement Mechanisms",
}
"""Count columns of ``agreements`` and the pillars of the ILO's Labour Provisions in Trade Agreements Hub they count."""

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

_HEADED = ("chapter", "annex"), ("title", "part", "section")


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


def provision_rows(analysis: Analysis) -> list[Row]:
    """Return one row per labour provision, in reading order.

    Raises:
        TableError: A provision points outside the text.
    """
    return [_provision_row(analysis, provision) for provision in analysis.provisions]


def agreement_row(analysis: Analysis) -> Row:
    """Return the row of ``agreements``."""
    known = analysis.knowledge.categories
    provisions = analysis.provisions
    found = Counter(code for provision in provisions for code in provision.categories)
    pillars = Counter(pillar for provision in provisions for pillar in _pillars(provision, analysis.knowledge))
    instruments = {cited.id for provision in provisions for cited in provision.references if cited.named}
    binding = sum(provision.strength == "B" for provision in provisions)
    return {
        **about_agreement(analysis.document),
        "has_labour_provisions": bool(provisions),
        "provisions": len(provisions),
        **{name: pillars[pillar] for name, pillar in PILLARS.items()},
        **{code: found[code] for code in known},
        "principles": tuple(code for code in known if found[code] and known[code].principle),
        "instruments": tuple(sorted(instruments)),
        "cites_ilo_1998": bool(found["ILO98"]),
        "labour_chapter": _has_labour_chapter(analysis),
        "binding_share": round(binding / len(provisions), 3) if provisions else None,
        "review": sum(provision.review for provision in provisions),
        "warnings": tuple(analysis.document.warnings),
    }


def error_row(file: str, reason: str, kind: str, agreement_id: str = "") -> Row:
    """Return a row of ``errors``; white space in the reason is folded so that it stays one line."""
    return {"file": file, "agreement_id": agreement_id, "reason": " ".join(reason.split()), "kind": kind}


def provisions_frame(analyses: Iterable[Analysis]) -> pd.DataFrame:
    """Return the ``provisions`` table of some analyses."""
    return to_frame([row for analysis in analyses for row in provision_rows(analysis)], PROVISION_COLUMNS)


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


def printed(words: str, number: str, heading: str) -> str:
    """Return the label of a heading as printed, without the heading's own text: ``Article 19.3``.

    Args:
        words: The own words of a container, such as ``Article 19.3: Labour Rights``.
        number: Its number as printed.
        heading: Its heading, white space folded.
    """
    folded = " ".join(words.split())
    numbered = re.search(rf"(?<!\w){re.escape(number)}(?!\w)", folded) if number else None
    if numbered:
        return folded[: numbered.end()]
    at = folded.rfind(heading) if heading else -1
    return folded[:at].rstrip(" .:-–—") if at >= 0 else folded


def _provision_row(analysis: Analysis, provision: Provision) -> Row:
    document, clauses = analysis.document, analysis.clauses
    clause = clauses[provision.clause]
    words = document.text[clause.start : clause.own_end]
    text = words.strip()
    if not text:
        raise TableError(f"the clause {clause.clause_id!r} has no words of its own", file=document.source_file)
    lead = len(words) - len(words.lstrip())
    start = clause.start + lead
    end = start + len(text)
    above = list(ancestors(clauses, provision.clause))
    article = next((one for one in above if one.kind == "article"), None)
    known = analysis.knowledge.categories
    return {
        **about_agreement(document),
        "clause_id": clause.clause_id,
        "chapter": _chapter(document, above),
        "article": printed(document.text[article.start : article.own_end], article.number, article.heading)
        if article
        else "",
        "heading": article.heading if article else "",
        "location": clause.location,
        "page_start": page_of(document.pages, start),
        "page_end": page_of(document.pages, end - 1),
        "start": start,
        "end": end,
        "source_id": clause.source_id,
        "source_start": None if clause.source_start is None else clause.source_start + lead,
        "text": text,
        "categories": provision.categories,
        "pillars": _pillars(provision, analysis.knowledge),
        "principles": tuple(code for code in provision.categories if known[code].principle),
        "instruments": tuple(dict.fromkeys(cited.id for cited in provision.references if cited.named)),
        "strength": provision.strength,
        "confidence": round(provision.confidence, 3),
        "review": provision.review,
        "evidence": _evidence(document, provision),
    }


def about_agreement(document: Document) -> Row:
    """Return the columns that every table begins with."""
    about = document.metadata
    return {
        "agreement_id": document.agreement_id,
        "agreement": about.title,
        "parties": ";".join(about.parties),
        "date_signed": about.date_signed,
        "date_in_force": about.date_in_force,
        "language": document.language,
        "source_file": document.source_file,
    }


def _chapter(document: Document, above: Sequence[Clause]) -> str:
    for kinds in _HEADED:
        for clause in above:
            if clause.kind in kinds:
                label = printed(document.text[clause.start : clause.own_end], clause.number, clause.heading)
                return ": ".join(part for part in (label, clause.heading) if part)
    return ""


def page_of(pages: Sequence[Page], offset: int) -> int | None:
    """Return the number of the page that holds an offset, ``None`` where the source has no pages."""
    if not pages:
        return None
    return pages[max(0, bisect_right(pages, offset, key=lambda page: page.start) - 1)].number


def _pillars(provision: Provision, knowledge: Knowledge) -> tuple[str, ...]:
    found = {knowledge.categories[code].pillar for code in provision.categories}
    return tuple(pillar for pillar in PILLARS.values() if pillar in found)


def _evidence(document: Document, provision: Provision) -> tuple[Row, ...]:
    """Return one entry per category, witness and words, in the order of the categories; outvoted witnesses come last.

    ``given`` says whether the clause got the category.
    """
    order = {code: position for position, code in enumerate(provision.categories)}
    entries: dict[tuple[str, str, str, str], Row] = {}
    for tag in sorted(provision.tags, key=lambda tag: (order.get(tag.category, len(order)), tag.start, tag.rule_id)):
        words = " ".join(document.text[tag.start : tag.end].split())
        entries.setdefault(
            (tag.category, tag.source, tag.rule_id, words),
            {
                "category": tag.category,
                "given": tag.category in order,
                "source": tag.source,
                "rule": tag.rule_id,
                "words": words,
                "confidence": round(tag.confidence, 3),
            },
        )
    return tuple(entries.values())


def _has_labour_chapter(analysis: Analysis) -> bool:
    """Say whether some chapter is mostly about labour (see ``LABOUR_CHAPTER_SHARE``)."""
    provisions = {provision.clause for provision in analysis.provisions}
    if len(provisions) < LABOUR_CHAPTER_LEAST:
        return False
    clauses = analysis.clauses
    chapter_of: list[int | None] = []
    size: Counter[int] = Counter()
    labour: Counter[int] = Counter()
    for index, clause in enumerate(clauses):
        above = None if clause.parent is None else chapter_of[clause.parent]
        chapter = index if clause.kind in ("chapter", "annex", "title", "part") else above
        chapter_of.append(chapter)
        if chapter is not None and clause.kind not in CONTAINERS:
            size[chapter] += 1
            labour[chapter] += index in provisions
    return any(
        count >= LABOUR_CHAPTER_LEAST and count >= LABOUR_CHAPTER_SHARE * size[chapter]
        for chapter, count in labour.items()
    )


def _frame_value(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
