"""Annotated agreements: stand-off labels, checked against the text and aligned with the clauses.

There are four sources: ToTA agreements (offsets within an article), the bundled samples and reviewed rows (offsets
within the whole text), and single clauses drafted for training.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from analyzer.bundled import bundled
from analyzer.errors import AnalyzerError, GoldError, KnowledgeError
from analyzer.knowledge import Knowledge
from analyzer.knowledge.checks import Schema, check_file
from analyzer.knowledge.rules import Example
from analyzer.read.file import read
from analyzer.types import STRENGTHS, Clause, ClauseKind, Document, Language, Location, Strength

HASH_DIGITS = 12
KEYS = frozenset({"treaty", "article", "start", "end", "labels", "strength", "refs"})
Origin = Literal["tota", "sample", "reviewed", "drafted"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One annotated piece of an agreement; an empty set of labels: annotated as not a labour provision.

    Attributes:
        start: Offset into ``Document.text``.
        end: Offset just after it.
        labels: Codes of the codebook.
        strength: Its strength, ``None`` without labels.
        references: Conventions, Protocols and Recommendations that it cites individually.
    """

    start: int
    end: int
    labels: frozenset[str]
    strength: str | None
    references: frozenset[str]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An agreement with its annotations.

    Attributes:
        document: The agreement as read.
        units: Its annotated pieces, in the order of the file.
        slices: Parts of the text, by start and end, that are annotated completely.
        rest: Whether the text outside ``slices`` is known to have no labour provision.
        clauses: Its clauses where the source gives them; ``None`` where it is to be segmented.
        origin: Source of the annotations.
    """

    document: Document
    units: tuple[Unit, ...]
    slices: tuple[tuple[int, int], ...]
    rest: bool
    clauses: tuple[Clause, ...] | None = None
    origin: Origin = "tota"


class _DraftedClause(Schema):
    """A clause that was drafted for training (``clauses.toml``)."""

    id: str
    language: Language
    chapter: str
    article: str
    lead: str
    kind: ClauseKind
    text: str
    labels: list[str]
    strength: Strength | Literal[""]


class _DraftedClauses(Schema):
    clause: list[_DraftedClause]


def tota(gold: Path, folder: Path, knowledge: Knowledge) -> list[Annotated]:
    """Read annotations of ToTA agreements.

    Args:
        gold: JSON lines; ``article`` is ToTA's ``article_identifier`` and offsets count within that article's text.
        folder: The folder with the agreements as ``pta_<treaty>.xml``.
        knowledge: The codebook.

    Raises:
        GoldError: A line does not fit; the message names file, line and reason.
        ReadError: An agreement cannot be read.
    """
    by_treaty: dict[str, list[_Line]] = {}
    for line in _lines(gold, knowledge):
        by_treaty.setdefault(str(line.row["treaty"]), []).append(line)
    agreements = []
    for treaty, lines in by_treaty.items():
        document = _read(folder / f"pta_{treaty}.xml", lines[0], knowledge)
        articles = {division.source_id: division for division in document.divisions if division.kind == "article"}
        units, slices = [], {}
        for line in lines:
            article = articles.get(str(line.row["article"]))
            if article is None:
                raise line.error(f"treaty {treaty} has no article {line.row['article']!r}")
            units.append(line.unit(document.text, article.body, article.end))
            slices[article.source_id] = (article.body, article.end)
        agreements.append(Annotated(document, tuple(units), tuple(slices.values()), rest=True))
    return agreements


def samples(knowledge: Knowledge) -> list[Annotated]:
    """Read the bundled sample agreements, which are annotated completely."""
    by_file: dict[str, list[_Line]] = {}
    for line in _lines(bundled("corpus/gold") / "samples.jsonl", knowledge):
        by_file.setdefault(str(line.row["treaty"]), []).append(line)
    agreements = []
    for path in sorted(bundled("corpus/texts").glob("*.txt")):
        document = read(path, knowledge=knowledge)
        units = tuple(line.unit(document.text, 0, len(document.text)) for line in by_file.get(path.stem, ()))
        agreements.append(Annotated(document, units, ((0, len(document.text)),), rest=True, origin="sample"))
    return agreements


def reviewed(gold: Path, knowledge: Knowledge) -> list[Annotated]:
    """Read the labels of reviewed rows (``lpa review import``).

    Each line names the agreement's ``file``, relative to the folder of ``gold`` if it is not absolute, and has the
    ``hash`` of the reviewed words. Only those words are annotated; nothing is known about the rest.

    Raises:
        GoldError: A line does not fit, or contradicts another about the same words.
        ReadError: An agreement cannot be read.
    """
    by_file: dict[Path, list[_Line]] = {}
    for line in _lines(gold, knowledge):
        for key in ("file", "hash"):
            if not isinstance(line.row.get(key), str):
                raise line.error(f"lacks the key {key}")
        by_file.setdefault(gold.parent / line.row["file"], []).append(line)
    agreements = []
    for file, lines in by_file.items():
        document = _read(file, lines[0], knowledge)
        units = [line.unit(document.text, 0, len(document.text)) for line in lines]
        kept = _without_repetitions(units, lines)
        agreements.append(
            Annotated(document, kept, tuple((unit.start, unit.end) for unit in kept), rest=False, origin="reviewed")
        )
    return agreements


def drafted(knowledge: Knowledge) -> list[Annotated]:
    """Read the clauses drafted for training; each becomes a small agreement.

    Raises:
        GoldError: A clause does not fit the codebook.
    """
    path = bundled("corpus/training") / "clauses.toml"
    try:
        entries = check_file(_DraftedClauses, path).clause
    except KnowledgeError as error:
        raise GoldError(error.reason, file=path) from error
    agreements = []
    for entry in entries:
        if problem := _problem(entry.labels, entry.strength or None, knowledge):
            raise GoldError(f"[{entry.id}] {problem}", file=path)
        agreements.append(_drafted(entry))
    return agreements


def labels_of(annotated: Annotated, clauses: Sequence[Clause]) -> list[frozenset[str] | None]:
    """Return the labels of each clause: those of all units that it stands for (see ``alignment``).

    ``None`` stands for a clause without an annotation.
    """
    shared = alignment(annotated, clauses)
    labels: list[frozenset[str] | None] = [None] * len(clauses)
    for unit, overlaps in zip(annotated.units, shared, strict=True):
        for index, _ in overlaps:
            labels[index] = unit.labels | (labels[index] or frozenset())
    return labels


def alignment(annotated: Annotated, clauses: Sequence[Clause]) -> list[list[tuple[int, int]]]:
    """Return, for each unit, the clauses that stand for it, with the number of characters they share.

    A clause stands for a unit if its own words cover at least half of the unit, or the unit at least half of them;
    white space does not count.
    """
    dark = [offset for offset, char in enumerate(annotated.document.text) if not char.isspace()]
    spans = [
        (first, last, index)
        for index, clause in enumerate(clauses)
        if (first := bisect_left(dark, clause.start)) < (last := bisect_left(dark, clause.own_end))
    ]
    ends = [last for _, last, _ in spans]
    aligned = []
    for unit in annotated.units:
        low, high = bisect_left(dark, unit.start), bisect_left(dark, unit.end)
        overlaps = []
        for first, last, index in spans[bisect_right(ends, low) :]:
            if first >= high:
                break
            both = min(last, high) - max(first, low)
            if 2 * both >= high - low or 2 * both >= last - first:
                overlaps.append((index, both))
        aligned.append(overlaps)
    return aligned


def digest(words: str) -> str:
    """Return the digest of a unit: the first hexadecimal digits of the SHA-256 of its words without white space."""
    return hashlib.sha256("".join(words.split()).encode("utf-8")).hexdigest()[:HASH_DIGITS]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a file of annotations, with file and number for messages."""

    file: Path
    number: int
    row: Mapping[str, Any]

    def error(self, reason: str) -> GoldError:
        return GoldError(f"line {self.number}: {reason}", file=self.file)

    def unit(self, text: str, begin: int, end: int) -> Unit:
        """Return the unit; its offsets count from ``begin`` and must not pass ``end``."""
        row = self.row
        start, stop = begin + row["start"], begin + row["end"]
        if not begin <= start < stop <= end:
            raise self.error(f"offsets {row['start']}–{row['end']} lie outside the text (0–{end - begin})")
        if row.get("hash", digest(text[start:stop])) != digest(text[start:stop]):
            raise self.error("the text there is another one than was annotated (its hash differs)")
        return Unit(start, stop, frozenset(row["labels"]), row["strength"], frozenset(row["refs"]))


def _without_repetitions(units: Sequence[Unit], lines: Sequence[_Line]) -> tuple[Unit, ...]:
    """Return the units without repetitions; refuse units that share words and contradict each other."""
    kept: dict[tuple[int, int], int] = {}
    reach: list[int] = []
    for index in sorted(range(len(units)), key=lambda index: (units[index].start, units[index].end, index)):
        unit = units[index]
        reach = [other for other in reach if units[other].end > unit.start]
        for other in reach:
            if (units[other].labels, units[other].strength) != (unit.labels, unit.strength):
                first, second = sorted((index, other))
                raise lines[second].error(f"contradicts line {lines[first].number}, which is about the same words")
        reach.append(index)
        kept.setdefault((unit.start, unit.end), index)
    return tuple(units[index] for index in sorted(kept.values()))


def _lines(file: Path, knowledge: Knowledge) -> Iterator[_Line]:
    """Yield the lines of a file of annotations, each checked against the codebook."""
    try:
        written = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"the annotations cannot be read: {error}", file=file) from error
    for number, words in enumerate(written.splitlines(), start=1):
        if not words.strip():
            continue
        line = _Line(file, number, _parse(file, number, words))
        problem = _problem(line.row["labels"], line.row["strength"], knowledge)
        if problem:
            raise line.error(problem)
        yield line


def _parse(file: Path, number: int, words: str) -> Mapping[str, Any]:
    line = _Line(file, number, {})
    try:
        row = json.loads(words)
    except ValueError as error:
        raise line.error(f"is no JSON: {error}") from error
    if not isinstance(row, dict) or not row.keys() >= KEYS:
        missing = ", ".join(sorted(KEYS - row.keys())) if isinstance(row, dict) else "everything"
        raise line.error(f"lacks {missing}")
    if not all(type(row[key]) is int for key in ("start", "end")):
        raise line.error("start and end must be whole numbers")
    for key in ("labels", "refs"):
        if not isinstance(row[key], list) or not all(isinstance(code, str) for code in row[key]):
            raise line.error(f"{key} must be a list of codes")
    return row


def _problem(labels: Sequence[str], strength: str | None, knowledge: Knowledge) -> str:
    """Return what is wrong with labels and strength; empty if nothing is."""
    unknown = sorted(set(labels) - knowledge.categories.keys())
    if unknown:
        return f"unknown code {', '.join(unknown)}"
    if strength is not None and strength not in STRENGTHS:
        return f"unknown strength {strength!r}"
    if bool(labels) != (strength is not None):
        return "a unit has a strength if it has labels, and none if it has none"
    return ""


@cache
def _read_once(path: Path, knowledge: Knowledge) -> Document:
    return read(path, knowledge=knowledge)


def _read(path: Path, line: _Line, knowledge: Knowledge) -> Document:
    try:
        return _read_once(path, knowledge)
    except AnalyzerError as error:
        raise line.error(f"the agreement cannot be read: {error}") from error


def lay_out(example: Example | _DraftedClause) -> tuple[Document, tuple[Clause, ...]]:
    """Return the small agreement that an example describes: chapter, article, lead-in and the clause itself (last)."""
    clauses: list[Clause] = []
    text = ""
    layers = (("chapter", example.chapter), ("article", example.article), ("paragraph", example.lead))
    for kind, words in (*layers, (example.kind, example.text)):
        if words:
            parent = len(clauses) - 1 if clauses else None
            location: Location = "preamble" if kind == "recital" else "footnote" if kind == "footnote" else "body"
            start, text = len(text), f"{text}{words}\n"
            clauses.append(Clause(kind, cast(ClauseKind, kind), "", "", start, len(text), len(text), parent, location))
    return Document("example", text, example.language), tuple(clauses)


def _drafted(entry: _DraftedClause) -> Annotated:
    """Return a drafted clause as a small agreement."""
    document, clauses = lay_out(entry)
    last = clauses[-1]
    unit = Unit(last.start, last.end, frozenset(entry.labels), entry.strength or None, frozenset())
    document = replace(document, agreement_id=f"drafted-{entry.id}")
    return Annotated(document, (unit,), ((last.start, last.end),), rest=False, clauses=clauses, origin="drafted")
