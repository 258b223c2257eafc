"""Two versions of an agreement compared: a page and a Word document with tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.precedents.versions import Fate, Version, compare_versions, counts, version_of
from analyzer.present.rows import check_agreements
from analyzer.present.statistics import Statistics
from analyzer.present.tables import about_agreement, provision_rows
from analyzer.switch import switching
from analyzer.types import CONTAINERS

if TYPE_CHECKING:
    from analyzer.assemble.findings import Findings
    from analyzer.knowledge import Knowledge

FILES = ("diff.html", "diff.docx")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions, and what became of each labour provision.

    Attributes:
        old: The old version.
        new: The new one.
        fates: What became of each provision.
    """

    old: Version
    new: Version
    fates: tuple[Fate, ...]

    @property
    def summary(self) -> str:
        """How many provisions are kept, changed, new and gone."""
        return ", ".join(f"{count} {status}" for status, count in counts(self.fates).items())


def compare_analyses(old: Findings, new: Findings, knowledge: Knowledge) -> Comparison:
    """Return what became of the provisions between two versions that were read and analysed.

    Raises:
        AnalyzerError: They are in different languages, or neither has a labour provision.
    """
    return _compared(_version(old), _version(new), knowledge)


def compare_agreements(study: Statistics, old: str, new: str) -> Comparison:
    """Return what became of the provisions between two agreements of a set of results.

    The tables hold labour provisions alone, so a clause that is one in one version only is new or gone.

    Raises:
        TableError: There is no such agreement.
        AnalyzerError: They are in different languages, or neither has a labour provision.
    """
    old, new = check_agreements([old, new], study.agreement_rows, least=2)
    about = {row["agreement_id"]: row for row in study.agreement_rows}
    sides = [
        version_of(about[name], (row for row in study.provision_rows if row["agreement_id"] == name))
        for name in (old, new)
    ]
    return _compared(sides[0], sides[1], study.knowledge)


def write_comparison(folder: Path, comparison: Comparison) -> list[Path]:
    """Write a comparison as ``diff.html`` and ``diff.docx`` into a folder; both or none.

    Raises:
        TableError: A file cannot be written.
        AnalyzerError: The library for Word documents is not installed.
    """
    from analyzer.present.comparison.page import to_html
    from analyzer.present.comparison.word import to_docx

    contents = (to_html(comparison).encode("utf-8", "backslashreplace"), to_docx(comparison))
    with switching(folder, list(FILES)) as scratch:
        for name, content in zip(FILES, contents, strict=True):
            (scratch / name).write_bytes(content)
    return [folder / name for name in FILES]


def _compared(old: Version, new: Version, knowledge: Knowledge) -> Comparison:
    return Comparison(old, new, tuple(compare_versions(old, new, knowledge)))


def _version(analysis: Findings) -> Version:
    document = analysis.document
    rows = provision_rows(analysis)
    found = {row["clause_id"] for row in rows}
    texts: Sequence[tuple[str, str]] = [
        (clause.clause_id, document.text[clause.start : clause.own_end].strip())
        for clause in analysis.clauses
        if clause.kind not in CONTAINERS or clause.clause_id in found
    ]
    return version_of(about_agreement(document), rows, texts)
