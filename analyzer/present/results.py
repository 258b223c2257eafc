"""Results that an earlier run wrote, read back from the JSON lines in its folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analyzer.errors import TableError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.present.columns import (
    ERROR_COLUMNS,
    EVIDENCE_COLUMNS,
    PROVISION_COLUMNS,
    Row,
    agreement_columns,
    indicator_columns,
)
from analyzer.present.family_tables import FAMILY_COLUMNS
from analyzer.present.instrument_tables import INSTRUMENT_COLUMNS, RATIFICATION_COLUMNS
from analyzer.present.manifest import read_run
from analyzer.present.provenance import Provenance, recorded
from analyzer.present.read_rows import RowChecks, read_rows
from analyzer.present.reference_tables import REFERENCE_COLUMNS
from analyzer.present.study import Study
from analyzer.switch import settle


@dataclass(frozen=True, repr=False)
class Results(Study):
    """The tables of an earlier run; see ``load_results``.

    Attributes:
        provision_rows: Rows of ``provisions``.
        agreement_rows: Rows of ``agreements``.
        knowledge: Names and definitions of the categories.
        instrument_rows: Rows of ``instruments``.
        ratification_rows: Rows of ``ratifications``.
        reference_rows: Rows of ``references``.
        indicator_rows: Rows of ``indicators``.
        evidence_rows: Rows of ``indicator_evidence``.
        family_rows: Rows of ``families``.
        error_rows: Rows of ``errors``.
        made_by: What the run says about itself (``run.json``): versions, model, arguments; empty where there is no such
            file.

    Examples:
        >>> from analyzer import Results, analyze_folder
        >>> from analyzer.bundled import bundled
        >>> batch = analyze_folder(bundled("corpus/texts") / "norwell-veridia.txt")
        >>> results = Results(batch.provision_rows, batch.agreement_rows, batch.knowledge)
        >>> int(results.coverage("strength").loc["norwell-veridia", "B"]) > 0
        True
    """

    provision_rows: list[Row]
    agreement_rows: list[Row]
    knowledge: Knowledge
    instrument_rows: list[Row] = field(default_factory=list)
    ratification_rows: list[Row] = field(default_factory=list)
    reference_rows: list[Row] = field(default_factory=list)
    indicator_rows: list[Row] = field(default_factory=list)
    evidence_rows: list[Row] = field(default_factory=list)
    family_rows: list[Row] = field(default_factory=list)
    error_rows: list[Row] = field(default_factory=list)
    made_by: Mapping[str, Any] = field(default_factory=dict)

    @property
    def provenance(self) -> Provenance:
        """Program, knowledge and model that made the tables, as far as the run recorded them."""
        return recorded(self.made_by)


def load_results(folder: str | Path, *, knowledge: Knowledge | None = None) -> Results:
    """Read the results of ``lpa analyze --out FOLDER`` (format jsonl).

    If the run was killed while its files replaced those of another, this is ended first.

    Args:
        folder: The folder that the run wrote into.
        knowledge: The knowledge by which they were made; that of the package if none is given.

    Raises:
        TableError: The folder holds no results, or they are damaged of different runs or of another version of the
            program; the message names file, line and column.

    Examples:
        >>> import subprocess, sys
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> command = [sys.executable, "-m", "analyzer", "analyze", str(sample), "--out", "results"]
        >>> done = subprocess.run(command, capture_output=True, check=True)
        >>> from analyzer import load_results
        >>> load_results("results").agreements["agreement_id"].tolist()
        ['norwell-veridia']
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise TableError("there is no such folder of results; make one with lpa analyze --out", file=folder)
    knowledge = knowledge or load_knowledge()
    settle(folder)
    run = read_run(folder)
    check = RowChecks(knowledge)
    agreements = read_rows(run, "agreements.jsonl", agreement_columns(knowledge), check.agreement)
    return Results(
        provision_rows=read_rows(run, "provisions.jsonl", PROVISION_COLUMNS, check.provision),
        agreement_rows=agreements,
        knowledge=knowledge,
        instrument_rows=read_rows(run, "instruments.jsonl", INSTRUMENT_COLUMNS, check.mention),
        ratification_rows=read_rows(run, "ratifications.jsonl", RATIFICATION_COLUMNS, check.of_known_agreement),
        reference_rows=read_rows(run, "references.jsonl", REFERENCE_COLUMNS, check.of_known_agreement),
        indicator_rows=read_rows(run, "indicators.jsonl", indicator_columns(knowledge), check.of_known_agreement),
        evidence_rows=read_rows(run, "indicator_evidence.jsonl", EVIDENCE_COLUMNS, check.of_known_agreement),
        family_rows=read_rows(run, "families.jsonl", FAMILY_COLUMNS),
        error_rows=read_rows(run, "errors.jsonl", ERROR_COLUMNS),
        made_by=run.content,
    )
