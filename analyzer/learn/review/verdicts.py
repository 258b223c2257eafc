"""Make verdicts of the rows of a reviewed workbook: each is checked, and refused with a reason if it does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.errors import ReadError
from analyzer.knowledge import Knowledge
from analyzer.knowledge.instruments import KINDS
from analyzer.knowledge.labels import STRENGTH_MEANINGS
from analyzer.learn.review.layout import CUT, IDENTITY, NO, REQUIRED, SHEET, YES, code_of, proposal, seal, written
from analyzer.learn.review.read_sheet import SheetRow
from analyzer.learn.training.gold import digest
from analyzer.present.cells import unguard
from analyzer.read.sources import Source
from analyzer.run.apart import read_each
from analyzer.types import Document

NUMBERS = ("row", "of", "start", "end")
"""Identity columns that hold whole numbers."""
LONGEST_QUOTE = 40

ReadEach = Callable[[Sequence[Source], Knowledge], Iterable[Document | ReadError]]
"""A function such as ``analyzer.run.apart.read_each``."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a lawyer says of one clause.

    Attributes:
        row: Where it stands.
        file: The agreement.
        document: The agreement as read.
        start: Offset of the clause in its text.
        end: Offset just after it.
        labels: Its categories, in the order of the codebook; empty if it is no labour provision.
        strength: Its strength, ``None`` without categories.
        references: Instruments that it names one by one.
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
        """What is said, without the place where it is said."""
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
    """What came of the rows of one or several workbooks: every row is in exactly one of the first four.

    Attributes:
        accepted: In the order of the rows.
        repeated: Rows that say of a clause what an accepted one says.
        refused: Rows marked as done that cannot be used.
        undone: Rows not marked as done.
        edited: Those of ``undone`` whose proposal was changed.
        missing: By workbook, the numbers (of the export) of rows that are not there any more.
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

    The agreements are named by a workbook that comes from elsewhere, so they are read in a process of their own.

    Args:
        rows: The rows of the workbooks.
        knowledge: The codebook.
        moved: Agreements to look among, by file name, where one is not in its old place.
        read: Reads agreements, each within limits of time and memory.
    """
    done_rows = [row for row in rows if not _is_undone(row)]
    agreements = _Agreements(moved)
    agreements.read(done_rows, knowledge, read)
    found: list[Verdict] = []
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
        found.append(Verdict(row, file, document, start, end, labels, strength, references))
    kept, repeated, contradicting = _settle(found)
    refused += contradicting
    undone = tuple(row for row in rows if _is_undone(row))
    order = {id(row): place for place, row in enumerate(rows)}
    refused.sort(key=lambda one: order[id(one.row)])
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
    """Return categories, strength and instruments of a row, and note what is wrong with them."""
    ours = {*REQUIRED, *_category_columns(row)}
    problems += [f"column {name!r} holds a formula; write the value" for name in row.formulas if name in ours]
    labour = row.text("labour provision?").lower()
    if labour not in (YES, NO):
        problems.append(f"column 'labour provision?' says {_quoted(labour)}, neither yes nor no")
    if labour == NO:
        # The categories proposed may be left standing; one that was put in says the contrary.
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
    elif strength not in STRENGTH_MEANINGS:
        problems.append(f"column 'strength': no strength {_quoted(row.text('strength'))}")
    references = _instruments(row)
    numbered = knowledge.instruments
    for one in references:
        if one not in numbered or numbered[one].kind not in KINDS:
            problems.append(f"column 'instruments': no ILO Convention, Protocol or Recommendation {_quoted(one)}")
    return labels, strength, references


def _categories(row: SheetRow) -> set[str]:
    return {code_of(entry) for name in _category_columns(row) if (entry := row.text(name))}


def _category_columns(row: SheetRow) -> list[str]:
    return [name for name in row.cells if re.fullmatch(r"category \d+", name)]


def _instruments(row: SheetRow) -> tuple[str, ...]:
    return tuple(sorted({one.upper() for one in re.split(r"[;,\s]+", row.text("instruments")) if one}))


def _proposed(row: SheetRow, labour: str) -> str:
    """Return what a row says now, in the form of the hidden column "proposed"."""
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
    """Finds the agreement of a row and checks that the clause is still what was shown; reads each file once."""

    def __init__(self, moved: Iterable[Source]) -> None:
        self._moved: dict[str, list[Path]] = {}
        for source in moved:
            self._moved.setdefault(source.path.name, []).append(source.path)
        self._documents: dict[Path, Document | ReadError] = {}

    def read(self, rows: Iterable[SheetRow], knowledge: Knowledge, read: ReadEach) -> None:
        """Read the agreements of rows; those of other rows are not found."""
        paths = (self._path(row) for row in rows if _is_sealed(row))
        files = list(dict.fromkeys(path for path in paths if isinstance(path, Path)))
        self._documents = dict(zip(files, read([Source(file) for file in files], knowledge), strict=True))

    def find(self, row: SheetRow, problems: list[str]) -> tuple[Document | None, Path]:
        """Return the agreement of a row and its file, ``None`` if there is a problem, which is noted."""
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
        """Return where the agreement of a row is, or what is wrong with that."""
        file = Path(row.text("file"))
        if file.is_file():
            return file
        others = self._moved.get(file.name, [])
        if not others:
            return f"the agreement {file} is not there any more; if it was moved, say where: --agreements"
        if len(others) > 1:
            return f"the agreement {file} is not there any more, and {len(others)} others have its name"
        return others[0]


def _settle(found: Sequence[Verdict]) -> tuple[list[Verdict], list[SheetRow], list[Refusal]]:
    """Return the verdicts without repetitions and without those that contradict another about the same words."""
    partner: dict[int, Verdict] = {}
    order = sorted(range(len(found)), key=lambda at: (str(found[at].file), found[at].start, found[at].end, at))
    open_ones: list[int] = []
    kept = set(range(len(found)))
    for at in order:
        one = found[at]
        open_ones = [other for other in open_ones if found[other].file == one.file and found[other].end > one.start]
        for other in open_ones:
            if found[other].said != one.said:
                partner.setdefault(at, found[other])
                partner.setdefault(other, one)
            elif (found[other].start, found[other].end) == (one.start, one.end):
                kept.discard(at)
        open_ones.append(at)
    refusals = [Refusal(found[at].row, _contradiction(found[at], other)) for at, other in partner.items()]
    repeated = [found[at].row for at in range(len(found)) if at not in kept and at not in partner]
    return [found[at] for at in sorted(kept - partner.keys())], repeated, refusals


def _contradiction(one: Verdict, other: Verdict) -> str:
    place = f"row {other.row.number}"
    if other.row.workbook != one.row.workbook:
        place += f" of {other.row.workbook}"
    return f"contradicts {place}, which says otherwise of the same words"


def _missing(rows: Sequence[SheetRow]) -> dict[Path, tuple[int, ...]]:
    """Return the rows of the export that are not in a workbook any more, as far as its other rows tell."""
    there: dict[Path, set[int]] = {}
    total: dict[Path, int] = {}
    for row in rows:
        if type(row.cells.get("row")) is int:
            there.setdefault(row.workbook, set()).add(row.cells["row"])
        if _is_sealed(row):
            total[row.workbook] = max(total.get(row.workbook, 0), row.cells["of"])
    return {
        workbook: gone
        for workbook, of in total.items()
        if (gone := tuple(number for number in range(1, of + 1) if number not in there[workbook]))
    }


def _quoted(text: str) -> str:
    short = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
    return f"“{short}”" if short else "nothing"
