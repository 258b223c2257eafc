"""Verdicts from the rows of a reviewed workbook: each row is checked, and refused with a reason if it does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.errors import ReadError
from analyzer.knowledge import Knowledge
from analyzer.knowledge.instruments import KINDS
from analyzer.learn.review.layout import CUT, IDENTITY, NO, REQUIRED, SHEET, YES, code_of, proposal, seal, written
from analyzer.learn.review.read_sheet import SheetRow
from analyzer.learn.review.signature import COLUMN, is_signed, own_key
from analyzer.learn.training.gold import digest
from analyzer.present.cells import unguard
from analyzer.read.sources import Source
from analyzer.run.apart import read_each
from analyzer.types import STRENGTHS, Document

NUMBERS = ("row", "of", "start", "end")
"""Identity columns that hold whole numbers."""
LONGEST_QUOTE = 40

ReadEach = Callable[[Sequence[Source], Knowledge], Iterable[Document | ReadError]]
"""A function such as ``analyzer.run.apart.read_each``."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A lawyer's verdict on one clause.

    Attributes:
        row: The row of the workbook.
        file: The agreement.
        document: The agreement as read.
        start: Offset of the clause in its text.
        end: Offset just after it.
        labels: Its categories, in the order of the codebook; empty if it is not a labour provision.
        strength: Its strength, ``None`` without categories.
        references: Instruments that it cites individually.
    """

    row: SheetRow
    file: Path
    document: Document
    start: int
    end: int
    labels: tuple[str, ...]
    strength: str | None
    references: tuple[str, ...]

    @property
    def said(self) -> tuple[Any, ...]:
        """Labels, strength and references, without the clause."""
        return self.labels, self.strength, self.references


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that cannot be used, and why."""

    row: SheetRow
    reason: str

    def __str__(self) -> str:
        return f"{self.row.workbook}: sheet {SHEET!r}, row {self.row.number}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The results for the rows of one or several workbooks: every row is in exactly one of the first four.

    Attributes:
        accepted: In the order of the rows.
        repeated: Rows that repeat an accepted verdict on the same clause.
        refused: Rows marked as done that cannot be used.
        undone: Rows not marked as done.
        edited: Those of ``undone`` whose proposal was changed.
        missing: By workbook, the numbers (in the export) of rows that have been deleted.
    """

    accepted: tuple[Verdict, ...]
    repeated: tuple[SheetRow, ...]
    refused: tuple[Refusal, ...]
    undone: tuple[SheetRow, ...]
    edited: tuple[SheetRow, ...]
    missing: Mapping[Path, tuple[int, ...]]


def judge(
    rows: Sequence[SheetRow], knowledge: Knowledge, *, moved: Iterable[Source] = (), read: ReadEach = read_each
) -> Verdicts:
    """Check every row and return the verdicts.

    The workbook is an untrusted file and names the agreements. Those of rows that this user's export signed are opened
    by their paths, others only if they are among ``moved``; all are read in a separate process.

    Args:
        rows: The rows of the workbooks.
        knowledge: The codebook.
        moved: Agreements to search by file name for one that is not at its old path or not named by a signed row.
        read: Function that reads agreements, each within limits of time and memory.
    """
    done_rows = [row for row in rows if not _is_undone(row)]
    agreements = _Agreements(moved, own_key())
    agreements.read(done_rows, knowledge, read)
    verdicts: list[Verdict] = []
    refused: list[Refusal] = []
    for row in done_rows:
        done = row.text("done").lower()
        problems = [] if done == YES else [f"column 'done' says {_quoted(done)}, not {YES!r}"]
        labels, strength, references = _say(row, knowledge, problems)
        document, file = agreements.find(row, problems)
        if document is None or problems:
            refused.append(Refusal(row, "; ".join(problems)))
            continue
        start, end = row.cells["start"], row.cells["end"]
        verdicts.append(Verdict(row, file, document, start, end, labels, strength, references))
    kept, repeated, contradicting = _settle(verdicts)
    refused += contradicting
    undone = tuple(row for row in rows if _is_undone(row))
    order = {id(row): position for position, row in enumerate(rows)}
    refused.sort(key=lambda refusal: order[id(refusal.row)])
    return Verdicts(
        accepted=tuple(kept),
        repeated=tuple(repeated),
        refused=tuple(refused),
        undone=undone,
        edited=tuple(row for row in undone if _is_edited(row)),
        missing=_missing(rows),
    )


def _is_undone(row: SheetRow) -> bool:
    return row.text("done").lower() in ("", NO)


def _say(
    row: SheetRow, knowledge: Knowledge, problems: list[str]
) -> tuple[tuple[str, ...], str | None, tuple[str, ...]]:
    """Return categories, strength and instruments of a row; add what is wrong with them to ``problems``."""
    ours = {*REQUIRED, *_category_columns(row)}
    problems += [f"column {name!r} holds a formula; write the value" for name in row.formulas if name in ours]
    labour = row.text("labour provision?").lower()
    if labour not in (YES, NO):
        problems.append(f"column 'labour provision?' says {_quoted(labour)}, neither yes nor no")
    if labour == NO:
        # Proposed categories may stay in the row; a category that was added contradicts the "no".
        proposed = row.text("proposed").split("|")[1:2]
        added = sorted(_categories(row) - set(";".join(proposed).split(";")))
        if added:
            problems.append(f"says that it is no labour provision, but has the new category {', '.join(added)}")
        return (), None, ()
    given = set()
    for name in _category_columns(row):
        if entry := row.text(name):
            code = code_of(entry)
            given.add(code)
            if code not in knowledge.categories:
                problems.append(f"column {name!r}: no category {_quoted(entry)}")
    labels = tuple(code for code in knowledge.categories if code in given)
    strength = code_of(row.text("strength"))
    if not given:
        problems.append("is said to be a labour provision, but has no category")
    elif labels and not any(knowledge.categories[code].alone for code in labels):
        problems.append(f"{', '.join(labels)} makes a labour provision only beside another category")
    if not strength:
        problems.append("has no strength")
    elif strength not in STRENGTHS:
        problems.append(f"column 'strength': no strength {_quoted(row.text('strength'))}")
    references = _instruments(row)
    numbered = knowledge.instruments
    for reference in references:
        if reference not in numbered or numbered[reference].kind not in KINDS:
            problems.append(f"column 'instruments': no ILO Convention, Protocol or Recommendation {_quoted(reference)}")
    return labels, strength, references


def _categories(row: SheetRow) -> set[str]:
    return {code_of(entry) for name in _category_columns(row) if (entry := row.text(name))}


def _category_columns(row: SheetRow) -> list[str]:
    return [name for name in row.cells if re.fullmatch(r"category \d+", name)]


def _instruments(row: SheetRow) -> tuple[str, ...]:
    return tuple(sorted({name.upper() for name in re.split(r"[;,\s]+", row.text("instruments")) if name}))


def _proposed(row: SheetRow, labour: str) -> str:
    """Return the present answers of a row, in the form of the hidden column "proposed"."""
    return proposal(labour, tuple(_categories(row)), code_of(row.text("strength")), _instruments(row))


def _is_edited(row: SheetRow) -> bool:
    return _proposed(row, row.text("labour provision?").lower()) != row.text("proposed")


def _is_sealed(row: SheetRow) -> bool:
    cells = row.cells
    return (
        all(cells.get(name) is not None for name in IDENTITY)
        and all(type(cells[name]) is int for name in NUMBERS)
        and seal(cells) == row.text("seal")
    )


class _Agreements:
    """Finds the agreement of a row and checks that the clause is unchanged; reads each file once."""

    def __init__(self, moved: Iterable[Source], key: bytes | None) -> None:
        self._key = key
        self._moved: dict[str, list[Path]] = {}
        for source in moved:
            self._moved.setdefault(source.path.name, []).append(source.path)
        self._documents: dict[Path, Document | ReadError] = {}

    def read(self, rows: Iterable[SheetRow], knowledge: Knowledge, read: ReadEach) -> None:
        """Read the agreements of some rows; ``find`` works for these rows only."""
        paths = (self._path(row) for row in rows if _is_sealed(row))
        files = list(dict.fromkeys(path for path in paths if isinstance(path, Path)))
        self._documents = dict(zip(files, read([Source(file) for file in files], knowledge), strict=True))

    def find(self, row: SheetRow, problems: list[str]) -> tuple[Document | None, Path]:
        """Return the agreement of a row and its file; ``None`` and an entry in ``problems`` if there is none."""
        before = len(problems)
        cells = row.cells
        absent = [name for name in IDENTITY if cells.get(name) is None]
        if absent:
            problems.append(f"its hidden columns are empty ({', '.join(absent)}): rows cannot be added")
            return None, Path()
        if not _is_sealed(row):
            problems.append("its hidden columns (file, offsets, hash) were edited; they no longer fit together")
            return None, Path()
        file = self._path(row)
        if isinstance(file, str):
            problems.append(file)
            return None, Path()
        document = self._documents[file]
        if isinstance(document, ReadError):
            problems.append(f"the agreement cannot be read: {document}")
            return None, file
        words = document.text[cells["start"] : cells["end"]]
        if digest(words) != row.text("hash"):
            problems.append(f"the agreement {file} has changed since the export, or is read in another way")
        elif not written(words).endswith(CUT) and digest(row.text("text")) != digest(unguard(written(words))):
            problems.append("column 'text' was changed; the verdict may be about other words than the agreement's")
        return (document if len(problems) == before else None), file

    def _path(self, row: SheetRow) -> Path | str:
        """Return the file of a row's agreement, or the reason why there is none."""
        file = Path(row.text("file"))
        is_ours = is_signed(row.cells, row.text(COLUMN), self._key)
        if is_ours and file.is_file():
            return file
        others = self._moved.get(re.split(r"[/\\]", row.text("file"))[-1], [])
        if not others and not is_ours:
            return (
                "it is not signed with your key (exported by another user or an earlier version, or forged), so the "
                "file that it names is not opened; say where the agreements are: --agreements"
            )
        if not others:
            return f"the agreement {file} is not there any more; if it was moved, say where: --agreements"
        if len(others) > 1:
            return f"the agreement {file} is not there any more, and {len(others)} others have its name"
        return others[0]


def _settle(verdicts: Sequence[Verdict]) -> tuple[list[Verdict], list[SheetRow], list[Refusal]]:
    """Return the verdicts without repetitions and contradictions, the repeated rows, and the refused ones."""
    partner: dict[int, Verdict] = {}
    order = sorted(
        range(len(verdicts)),
        key=lambda index: (str(verdicts[index].file), verdicts[index].start, verdicts[index].end, index),
    )
    open_indices: list[int] = []
    kept = set(range(len(verdicts)))
    for index in order:
        verdict = verdicts[index]
        open_indices = [
            other
            for other in open_indices
            if verdicts[other].file == verdict.file and verdicts[other].end > verdict.start
        ]
        for other in open_indices:
            if verdicts[other].said != verdict.said:
                partner.setdefault(index, verdicts[other])
                partner.setdefault(other, verdict)
            elif (verdicts[other].start, verdicts[other].end) == (verdict.start, verdict.end):
                kept.discard(index)
        open_indices.append(index)
    refusals = [
        Refusal(verdicts[index].row, _contradiction(verdicts[index], other)) for index, other in partner.items()
    ]
    repeated = [verdicts[index].row for index in range(len(verdicts)) if index not in kept and index not in partner]
    return [verdicts[index] for index in sorted(kept - partner.keys())], repeated, refusals


def _contradiction(verdict: Verdict, other: Verdict) -> str:
    location = f"row {other.row.number}"
    if other.row.workbook != verdict.row.workbook:
        location += f" of {other.row.workbook}"
    return f"contradicts {location}, which says otherwise of the same words"


def _missing(rows: Sequence[SheetRow]) -> dict[Path, tuple[int, ...]]:
    """Return the rows of the export that were deleted from a workbook, as far as its other rows show."""
    present: dict[Path, set[int]] = {}
    total: dict[Path, int] = {}
    for row in rows:
        if type(row.cells.get("row")) is int:
            present.setdefault(row.workbook, set()).add(row.cells["row"])
        if _is_sealed(row):
            total[row.workbook] = max(total.get(row.workbook, 0), row.cells["of"])
    return {
        workbook: missing
        for workbook, of in total.items()
        if (missing := tuple(number for number in range(1, of + 1) if number not in present[workbook]))
    }


def _quoted(text: str) -> str:
    short = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
    return f"“{short}”" if short else "nothing"
