"""The rest of the chapters that hold the labour provisions, so that these are read in their context.

Results hold the provisions alone. Where the file that was read is still there, unchanged, it is read and cut again, and
of every chapter with enough provisions the clauses between them come along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzer.assemble.labour_chapters import LABOUR_CHAPTER_LEAST
from analyzer.errors import AnalyzerError
from analyzer.knowledge import Knowledge
from analyzer.present.columns import Row
from analyzer.present.statistics import Statistics
from analyzer.present.tables import chapter_label, printed_label
from analyzer.read.file import read
from analyzer.segment import segment
from analyzer.types import CONTAINERS, Clause, Document, ancestors

MOST_CHARACTERS = 1_500_000
"""Most characters that the rest of all chapters may add to a hub; agreements with most provisions come first."""
CHAPTERS = CONTAINERS - {"preamble", "article"}
HEADING = 60
"""Most characters of the heading of an article besides its title; longer ones hold the text of the article too."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause of a labour chapter that is no labour provision.

    Attributes:
        start: Offset of its first character in the text of the agreement.
        chapter: Its chapter as printed.
        article: Its article as printed.
        heading: Heading of the article.
        location: Part of the agreement.
        text: Its exact words.
    """

    start: int
    chapter: str
    article: str
    heading: str
    location: str
    text: str


def passages_of(study: Statistics) -> dict[str, list[Passage]]:
    """Return what stands between the provisions of labour chapters, by agreement, as far as the files are still there.

    Args:
        study: The results.
    """
    provisions: dict[str, list[Row]] = {}
    for row in study.provision_rows:
        provisions.setdefault(row["agreement_id"], []).append(row)
    found: dict[str, list[Passage]] = {}
    left = MOST_CHARACTERS
    for row in sorted(study.analysed_rows, key=lambda row: -len(provisions.get(row["agreement_id"], ()))):
        own = provisions.get(row["agreement_id"], [])
        if len(own) < LABOUR_CHAPTER_LEAST:
            break
        passages = _passages(row, own, study.knowledge)
        size = sum(len(passage.text) for passage in passages)
        if passages and size <= left:
            found[row["agreement_id"]] = passages
            left -= size
    return found


def _passages(row: Row, provisions: Sequence[Row], knowledge: Knowledge) -> list[Passage]:
    document = _unchanged(row, knowledge)
    if document is None:
        return []
    clauses = segment(document, knowledge=knowledge)
    starts = {provision["start"] for provision in provisions}
    chapters = _chapters(clauses, {provision["clause_id"] for provision in provisions})
    passages = []
    for index, clause in enumerate(clauses):
        above = list(ancestors(clauses, index))
        if clause.kind in CHAPTERS or not chapters.intersection(map(id, above)):
            continue
        if clause.kind == "article" and len(clause.heading) + HEADING > clause.own_end - clause.start:
            continue
        words = document.text[clause.start : clause.own_end]
        start = clause.start + len(words) - len(words.lstrip())
        if words.strip() and start not in starts:
            passages.append(_passage(document, clause, above, start, words.strip()))
    return passages


def _passage(document: Document, clause: Clause, above: Sequence[Clause], start: int, words: str) -> Passage:
    article = next((one for one in above if one.kind == "article"), None)
    return Passage(
        start,
        chapter_label(document, above),
        printed_label(document, article) if article else "",
        article.heading if article else "",
        clause.location,
        words,
    )


def _chapters(clauses: Sequence[Clause], provisions: set[str]) -> set[int]:
    """Return the identities of the innermost chapters, titles, parts or annexes with enough provisions."""
    counts: dict[int, int] = {}
    for index, clause in enumerate(clauses):
        if clause.clause_id in provisions:
            nearest = next((one for one in ancestors(clauses, index) if one.kind in CHAPTERS), None)
            if nearest is not None:
                counts[id(nearest)] = counts.get(id(nearest), 0) + 1
    return {chapter for chapter, count in counts.items() if count >= LABOUR_CHAPTER_LEAST}


def _unchanged(row: Row, knowledge: Knowledge) -> Document | None:
    """Return the agreement read again, or ``None`` where its file is not there any more or is another one."""
    path = Path(row["source_file"])
    if not row.get("source_sha256") or not path.is_file():
        return None
    try:
        document = read(path, agreement_id=row["agreement_id"], language=row["language"], knowledge=knowledge)
    except AnalyzerError:
        return None
    return document if document.sha256 == row["source_sha256"] else None


def packed(passages: Mapping[str, Sequence[Passage]], agreement_id: str) -> list[tuple[int, str, str, str, str, str]]:
    """Return the passages of an agreement as the hub's JSON holds them."""
    return [
        (one.start, one.chapter, one.article, one.heading, one.location, one.text)
        for one in passages.get(agreement_id, ())
    ]
