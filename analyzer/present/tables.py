"""The rows of ``provisions``, ``agreements`` and ``errors``, made from analyses.

A row is a plain dict with exactly the declared columns in their order; a list of codes is a tuple of strings. The same
rows go into CSV, JSON lines, the workbook and the pandas frames. The tables of cited instruments are in
``analyzer.present.instrument_tables``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from analyzer.assemble.labour_chapters import labour_chapters
from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.present.columns import BINDING, PROVISION_COLUMNS, Row, to_frame
from analyzer.present.grounds import grounds, lead_in
from analyzer.present.summary import summary_of
from analyzer.present.versions import structure_of
from analyzer.types import Clause, Document, LegalEffect, Mention, Provision, ancestors, is_supported

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.assemble.findings import Findings

_CHAPTER_KINDS = ("chapter", "annex"), ("title", "part", "section")
"""Kinds of clauses that the column ``chapter`` names; the second where there is none of the first."""


def provision_rows(analysis: Findings) -> list[Row]:
    """Return one row per labour provision, in reading order.

    Raises:
        TableError: A provision has no words of its own.
    """
    found = analysis.compact()
    return [_provision_row(found, provision) for provision in found.provisions]


def agreement_row(analysis: Findings) -> Row:
    """Return the row of ``agreements``."""
    analysis = analysis.compact()
    categories = analysis.knowledge.categories
    provisions = analysis.provisions
    counts = Counter(code for provision in provisions for code in provision.categories)
    pillars = Counter(pillar for provision in provisions for pillar in _pillars(provision, analysis.knowledge))
    instruments = {id for provision in provisions for reference in provision.references for id in reference.instruments}
    binding = sum(provision.strength == BINDING for provision in provisions)
    if not is_supported(analysis.document.language):
        return _unknown_row(analysis)
    return {
        **about_agreement(analysis.document),
        "has_labour_provisions": bool(provisions),
        "provisions": len(provisions),
        **{name: pillars[pillar] for name, pillar in analysis.knowledge.labels.pillars.items()},
        **{code: counts[code] for code in categories},
        "principles": tuple(code for code in categories if counts[code] and categories[code].principle),
        "instruments": tuple(sorted(instruments)),
        "cites_ilo_1998": bool(counts["ILO98"]),
        "labour_chapter": bool(labour_chapters(analysis.clauses, provisions)),
        "binding_share": round(binding / len(provisions), 3) if provisions else None,
        **summary_of(analysis),
        "review": sum(provision.review for provision in provisions),
        **_source(analysis.document),
        "version_of": "",
        "structure": structure_of(analysis.document, analysis.compact().clauses),
        "warnings": tuple(notice.text for notice in analysis.document.warnings),
    }


def _unknown_row(analysis: Findings) -> Row:
    """Return the row of an agreement in a language that is not supported: nothing is known of its provisions."""
    return {
        **about_agreement(analysis.document),
        "has_labour_provisions": None,
        "provisions": None,
        **dict.fromkeys(analysis.knowledge.labels.pillars),
        **dict.fromkeys(analysis.knowledge.categories),
        "principles": (),
        "instruments": (),
        "cites_ilo_1998": None,
        "labour_chapter": None,
        "binding_share": None,
        **summary_of(analysis),
        "review": None,
        **_source(analysis.document),
        "version_of": "",
        "structure": structure_of(analysis.document, analysis.compact().clauses),
        "warnings": tuple(notice.text for notice in analysis.document.warnings),
    }


def _source(document: Document) -> Row:
    return {"source_sha256": document.sha256, "source_bytes": document.size if document.sha256 else None}


def error_row(file: str, reason: str, kind: str, agreement_id: str = "") -> Row:
    """Return a row of ``errors``; white space in the reason is folded so that it stays one line."""
    return {"file": file, "agreement_id": agreement_id, "reason": " ".join(reason.split()), "kind": kind}


def provisions_frame(analyses: Iterable[Findings]) -> pd.DataFrame:
    """Return the ``provisions`` table of several analyses."""
    return to_frame([row for analysis in analyses for row in provision_rows(analysis)], PROVISION_COLUMNS)


def about_agreement(document: Document) -> Row:
    """Return the columns with which every table begins."""
    about = document.metadata
    return {
        "agreement_id": document.agreement_id,
        "agreement": about.title,
        "parties": ";".join(about.parties),
        "date_signed": about.date_signed,
        "date_in_force": about.date_in_force,
        "document_kind": about.document_kind,
        "language": document.language,
        "source_file": document.source_file,
        "source_url": about.source_url,
    }


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
    offset = folded.rfind(heading) if heading else -1
    return folded[:offset].rstrip(" .:-–—") if offset >= 0 else folded


def printed_label(document: Document, clause: Clause) -> str:
    """Return the label of a container as printed: ``Article 19.3``."""
    return printed(document.text[clause.start : clause.own_end], clause.number, clause.heading)


def _provision_row(analysis: Findings, provision: Provision) -> Row:
    document, clauses = analysis.document, analysis.clauses
    clause = clauses[provision.clause]
    words = document.text[clause.start : clause.own_end]
    text = words.strip()
    if not text:
        raise TableError(f"the clause {clause.clause_id!r} has no words of its own", file=document.source_file)
    blank = len(words) - len(words.lstrip())
    start = clause.start + blank
    end = start + len(text)
    above = list(ancestors(clauses, provision.clause))
    article = next((container for container in above if container.kind == "article"), None)
    categories = analysis.knowledge.categories

    def addresses(indices: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(clauses[index].clause_id for index in indices))

    return {
        **about_agreement(document),
        "language": document.language_at(start),
        "clause_id": clause.clause_id,
        "chapter": chapter_label(document, above),
        "article": printed_label(document, article) if article else "",
        "heading": article.heading if article else "",
        "location": clause.location,
        "page_start": document.page_at(start),
        "page_end": document.page_at(end - 1),
        "start": start,
        "end": end,
        "source_id": clause.source_id,
        "source_start": None if clause.source_start is None else clause.source_start + blank,
        **lead_in(document, clauses, provision),
        "text": text,
        "categories": provision.categories,
        "pillars": _pillars(provision, analysis.knowledge),
        "principles": tuple(code for code in provision.categories if categories[code].principle),
        "instruments": tuple(dict.fromkeys(id for reference in provision.references for id in reference.instruments)),
        "strength": provision.strength,
        **_effect(document, provision.effect),
        "references": addresses(target for one in provision.cross_references for target in one.targets),
        "enforced_by": tuple(one.code for one in provision.enforcement),
        "enforced_by_clauses": addresses(index for one in provision.enforcement for index in one.clauses),
        "family": "",
        **grounds(document, provision, analysis.knowledge),
    }


def chapter_label(document: Document, above: Sequence[Clause]) -> str:
    """Return the label and heading of the chapter among the clauses above a provision, nearest first."""
    for kinds in _CHAPTER_KINDS:
        for clause in above:
            if clause.kind in kinds:
                return ": ".join(part for part in (printed_label(document, clause), clause.heading) if part)
    return ""


def _pillars(provision: Provision, knowledge: Knowledge) -> tuple[str, ...]:
    pillars = {knowledge.categories[code].pillar for code in provision.categories}
    return tuple(pillar for pillar in knowledge.labels.pillars.values() if pillar in pillars)


def _effect(document: Document, effect: LegalEffect) -> Row:
    def exact(mention: Mention) -> str:
        return " ".join(document.text[mention.start : mention.end].split())

    return {
        "strength_words": exact(effect.modal) if effect.modal else "",
        "strength_start": effect.modal.start if effect.modal else None,
        "strength_end": effect.modal.end if effect.modal else None,
        "actor": str(effect.actor) if effect.actor else "",
        "counterpart": tuple(map(str, effect.counterparts)),
        "qualifiers": tuple(mention.code for mention in effect.qualifiers),
        "deadline": tuple(dict.fromkeys(map(str, effect.deadlines))),
        "exception": tuple(map(exact, effect.exceptions)),
    }
