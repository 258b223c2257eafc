"""What ``lpa analyze`` says at its end: the agreements with the most provisions, what failed, what was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.cli.common import complain, console, plain, print_table
from analyzer.present.columns import Row
from analyzer.types import is_supported

if TYPE_CHECKING:
    from analyzer.collection.results import StoredResults

MOST_LISTED = 40
"""Most agreements that the summary lists, and most failed files that are named on standard error."""
MOST_VERSIONS = 10
"""Most copies and language versions that the summary names."""
LONGEST_ID, LONGEST_TITLE = 24, 44
"""Most characters of an id and of a title in the summary; a title gets what a terminal of 80 leaves it."""
OTHER_COLUMNS = 64
"""Characters that the columns of the summary take without the title."""


def name_failures(rows: Sequence[Row]) -> None:
    """Write to standard error which files could not be read, or not fully, and why: the rows of ``errors``."""
    for row in islice(rows, MOST_LISTED):
        complain(f"{row['file']}: {row['reason']}")
    if (number := len(rows)) > MOST_LISTED:
        complain(f"and {number - MOST_LISTED} more; see the table errors")


def print_summary(results: StoredResults, counts: Mapping[str, int], out: Path, written: Sequence[Path]) -> None:
    """Print what a run found and wrote."""
    from analyzer.present.cells import CELL_LIMIT
    from analyzer.present.files import HUB, count_long_cells

    terminal = console()
    found = _found(results)
    if found.listed:
        if (number := len(found.listed)) < found.analysed:
            caption = f"The {number} agreements with the most provisions; the tables hold all of them."
            terminal.print(caption, soft_wrap=True)
        names = ("id", "agreement", "year", "provisions", "binding", "review")
        title = max(12, min(LONGEST_TITLE, terminal.width - OTHER_COLUMNS))
        cells = [_cells(row, title) for row in found.listed]
        print_table(names, cells, right=("provisions", "binding", "review"), to=terminal)
    lines = [
        *_measures(found, results, counts),
        f"Provisions to review: {found.review}.",
        f"Files that failed: {counts['failed']}, read in part: {counts['read_in_part']}.",
        *_versions(found),
    ]
    if counts.get("kept"):
        lines.append(f"Files as they were, not read again: {counts['kept']}.")
    if counts["other_languages"]:
        names_of = ", ".join(sorted(map(results.knowledge.languages.name_of, found.spoken)))
        number = counts["other_languages"]
        lines.append(f"In languages that are not supported, not analysed and not counted above: {number} ({names_of}).")
    if any(path.suffix == ".csv" for path in written) and (long := count_long_cells(results.tables())):
        lines.append(
            f"Cells longer than {CELL_LIMIT} characters: {long}. A spreadsheet program that opens the CSV files cuts "
            "them; the workbook and the JSON lines hold them whole."
        )
    if counts["skipped"]:
        lines.append(f"Files of other kinds, not read: {counts['skipped']}.")
    lines.append(f"Written to {out.resolve()}: {', '.join(path.name for path in written)}")
    if any(path.name == HUB for path in written):
        lines.append(f"Next: lpa open {out}")
    for line in lines:
        terminal.print(plain(line), soft_wrap=True)


@dataclass(slots=True)
class _Found:
    """What is told about the agreements, which are walked through once.

    Attributes:
        listed: Those with the most provisions, richest first.
        analysed: How many are in a language that is supported.
        review: How many provisions a person should check.
        counted: How many count by each measure.
        versions: The first copies and language versions of others, and of which.
        more_versions: How many others there are.
        spoken: Languages that are not supported.
    """

    listed: list[Row] = field(default_factory=list)
    analysed: int = 0
    review: int = 0
    counted: Counter[str] = field(default_factory=Counter)
    versions: list[str] = field(default_factory=list)
    more_versions: int = 0
    spoken: set[str] = field(default_factory=set)

    def take(self, row: Row) -> bool:
        """Take notice of a row of ``agreements``, and return whether it may be listed."""
        from analyzer.present.headline import MEASURES, has

        if row["version_of"]:
            self.more_versions += len(self.versions) >= MOST_VERSIONS
            self.versions += [f"{row['agreement_id']} of {row['version_of']}"][: MOST_VERSIONS - len(self.versions)]
        if not is_supported(row["language"]):
            self.spoken.add(row["language"])
        if row["has_labour_provisions"] is None:
            return False
        self.analysed += 1
        self.review += row["review"]
        self.counted.update(one for one in MEASURES if not row["version_of"] and has(row, one))
        return True


def _found(results: StoredResults) -> _Found:
    found = _Found()
    rows = ((number, row) for number, row in enumerate(results.agreement_rows) if found.take(row))
    richest = nlargest(MOST_LISTED, rows, key=lambda one: (one[1]["provisions"], -one[0]))
    found.listed = [row for _, row in richest]
    return found


def _measures(found: _Found, results: StoredResults, counts: Mapping[str, int]) -> list[str]:
    """Return how many agreements have labour provisions by both measures, and what these count."""
    from analyzer.present.headline import MEASURES

    labels = results.knowledge.labels
    parts = ", ".join(f"with {labels.measures[one].lower()}: {found.counted[one]}" for one in MEASURES)
    meanings = (f"{labels.measures[one]}: {labels.counted[one]}." for one in MEASURES)
    return [f"Agreements read: {counts['agreements']}, {parts}; provisions: {counts['provisions']}.", *meanings]


def _versions(found: _Found) -> list[str]:
    """Return a line about agreements that are there in several copies or languages; nothing if there are none."""
    more = f" and {found.more_versions} more" if found.more_versions else ""
    listed = f"{', '.join(found.versions)}{more}"
    return [f"Copies or language versions of another agreement, not counted again: {listed}."] if listed else []


def _cells(row: Row, title: int) -> list[str]:
    from textwrap import shorten

    from analyzer.present.cells import percent

    return [
        _cut(row["agreement_id"], LONGEST_ID),
        shorten(row["agreement"], title, placeholder=" …"),
        (row["date_signed"] or row["date_in_force"])[:4],
        str(row["provisions"]),
        percent(row["binding_share"]),
        str(row["review"]),
    ]


def _cut(name: str, most: int) -> str:
    """Return a name without its middle where it is longer than some characters."""
    return name if len(name) <= most else f"{name[: most // 2]}…{name[-(most - most // 2 - 1) :]}"
