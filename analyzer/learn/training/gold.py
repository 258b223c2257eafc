"""Annotated agreements: stand-off labels, checked against the text and aligned with the clauses.

ToTA agreements have offsets within an article, the bundled samples and reviewed rows within the whole text. Two further
sources have modules of their own: ``real`` (documents of other kinds) and ``drafts`` (single drafted clauses).
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from analyzer.bundled import bundled
from analyzer.errors import AnalyzerError, GoldError
from analyzer.knowledge import Knowledge
from analyzer.read.file import read
from analyzer.regular import read_regular_text
from analyzer.types import STRENGTHS, Clause, Document

HASH_DIGITS = 12
MOST_BYTES = 200_000_000
"""Largest file of annotations that is read."""
KEYS = frozenset({"treaty", "article", "start", "end", "labels", "strength", "refs"})
Origin = Literal["tota", "sample", "real", "reviewed", "drafted", "trilingual"]


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
        doubted: Units, by number, whose labels the annotator was unsure of.
    """

    document: Document
    units: tuple[Unit, ...]
    slices: tuple[tuple[int, int], ...]
    rest: bool
    clauses: tuple[Clause, ...] | None = None
    origin: Origin = "tota"
    doubted: frozenset[int] = frozenset()


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
    by_treaty: dict[str, list[Line]] = {}
    for line in read_lines(gold, knowledge):
        by_treaty.setdefault(str(line.row["treaty"]), []).append(line)
    agreements = []
    for treaty, lines in by_treaty.items():
        document = read_for(folder / f"pta_{treaty}.xml", lines[0], knowledge)
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
    by_file: dict[str, list[Line]] = {}
    for line in read_lines(bundled("corpus/gold") / "samples.jsonl", knowledge):
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
    by_file: dict[Path, list[Line]] = {}
    for line in read_lines(gold, knowledge):
        for key in ("file", "hash"):
            if not isinstance(line.row.get(key), str):
                raise line.error(f"lacks the key {key}")
        by_file.setdefault(gold.parent / line.row["file"], []).append(line)
    agreements = []
    for file, lines in by_file.items():
        document = read_for(file, lines[0], knowledge)
        units = [line.unit(document.text, 0, len(document.text)) for line in lines]
        kept = _without_repetitions(units, lines)
        agreements.append(
            Annotated(document, kept, tuple((unit.start, unit.end) for unit in kept), rest=False, origin="reviewed")
        )
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
class Line:
    """One line of a file of annotations, with file and number for messages."""

    file: Path
    number: int
    row: Mapping[str, Any]

    def error(self, reason: str) -> GoldError:
        """Return an error about this line."""
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


def _without_repetitions(units: Sequence[Unit], lines: Sequence[Line]) -> tuple[Unit, ...]:
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


def read_lines(file: Path, knowledge: Knowledge) -> Iterator[Line]:
    """Yield the lines of a file of annotations, each checked against the codebook."""
    try:
        written = read_regular_text(file, MOST_BYTES)
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"the annotations cannot be read: {error}", file=file) from error
    for number, words in enumerate(written.splitlines(), start=1):
        if not words.strip():
            continue
        line = Line(file, number, _parse(file, number, words))
        problem = problem_of(line.row["labels"], line.row["strength"], knowledge)
        if problem:
            raise line.error(problem)
        yield line


def _parse(file: Path, number: int, words: str) -> Mapping[str, Any]:
    line = Line(file, number, {})
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


def problem_of(labels: Sequence[str], strength: str | None, knowledge: Knowledge) -> str:
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


def read_for(path: Path, line: Line, knowledge: Knowledge) -> Document:
    """Return an annotated agreement; an error names the line that asks for it."""
    try:
        return _read_once(path, knowledge)
    except AnalyzerError as error:
        raise line.error(f"the agreement cannot be read: {error}") from error
