"""Places that a run names, compared with the file that it read: its bytes, the words at each offset, the pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analyzer.errors import ReadError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.limits import NO_MEMORY
from analyzer.present.columns import Row
from analyzer.read.file import read
from analyzer.read.sources import Source
from analyzer.types import Document


@dataclass(frozen=True, slots=True)
class Place:
    """Words that a row quotes.

    Attributes:
        table: The table of the row.
        label: What names the row for a reader.
        start: Offset of the words in the text of the agreement.
        end: Offset just after them.
        words: The words.
        page_start: Page on which they begin; ``None`` where the row gives none.
        page_end: Page on which they end.
        evidence: Words that gave or denied the row its categories, white space folded.
    """

    table: str
    label: str
    start: int
    end: int
    words: str
    page_start: int | None = None
    page_end: int | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What a run says about a file.

    Attributes:
        source: The file.
        sha256: Digest of its bytes.
        size: How many these are.
        places: The words that rows quote from it.
    """

    source: Source
    sha256: str
    size: int | None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that does not hold.

    Attributes:
        file: The file that it is about.
        row: Table and row; empty where it is about the whole file.
        reason: What does not hold.
    """

    file: str
    row: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.row, self.reason) if part)


def place_of(table: str, row: Row) -> Place:
    """Return the words that a row of a table quotes."""
    label = " ".join(str(row[key]) for key in ("indicator", "clause_id") if row.get(key))
    return Place(
        table=table,
        label=f"{label} at {row['start']}",
        start=row["start"],
        end=row["end"],
        words=row["words"] if "words" in row else row["text"],
        page_start=row.get("page_start"),
        page_end=row.get("page_end"),
        evidence=tuple(dict.fromkeys(witness["words"] for witness in row.get("evidence", ()))),
    )


def failures_of(claim: Claim, knowledge: Knowledge) -> list[Failure]:
    """Return what does not hold of a claim; the file is read anew, in this process."""
    file = str(claim.source.path)
    about: dict[str, Any] = {"password": claim.source.password, "language": claim.source.language}
    try:
        document = read(claim.source.path, knowledge=knowledge, **about)
    except ReadError as error:
        return [Failure(file, "", error.reason)]
    except MemoryError:
        return [Failure(file, "", NO_MEMORY)]
    if (document.sha256, document.size) != (claim.sha256, claim.size):
        reason = f"holds other bytes than those that were read ({document.size}, SHA-256 {document.sha256})"
        return [Failure(file, "", f"{reason}, so {len(claim.places)} rows were not compared")]
    folded = _Folded(document.text)
    return [
        Failure(file, f"{place.table}, {place.label}", reason)
        for place in claim.places
        for reason in _faults(place, document, folded)
    ]


@dataclass(slots=True)
class _Folded:
    """A text with its white space folded, made when it is first needed."""

    text: str
    _folded: str = field(default="", init=False)

    def __contains__(self, words: str) -> bool:
        self._folded = self._folded or " ".join(self.text.split())
        return words in self._folded


def _faults(place: Place, document: Document, folded: _Folded) -> Iterator[str]:
    if document.text[place.start : place.end] != place.words:
        yield f"its words are not those at {place.start} to {place.end} of the text"
        return
    if place.page_start is not None and document.page_at(place.start) != place.page_start:
        yield f"begins on page {document.page_at(place.start)}, not {place.page_start}"
    if place.page_end is not None and document.page_at(place.end - 1) != place.page_end:
        yield f"ends on page {document.page_at(place.end - 1)}, not {place.page_end}"
    own = " ".join(place.words.split())
    for words in place.evidence:
        if words not in own and words not in folded:
            yield f"its evidence {words[:60]!r} is not in the text"


_of_this_process: list[Knowledge] = []
"""The knowledge of a worker process, read when the process starts."""


def start(folder: Path | None) -> None:
    """Prepare a worker process."""
    _of_this_process[:] = [load_knowledge(folder)]


def compare(claim: Claim) -> list[Failure]:
    """Return what does not hold of a claim, in a worker process."""
    return failures_of(claim, _of_this_process[0])
