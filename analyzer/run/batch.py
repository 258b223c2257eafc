"""Analysis of many files: one that fails gets a row of ``errors``, and the others go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.limits import MAX_MEMORY, MAX_SECONDS, Limits
from analyzer.precedents.families import Family, find_families
from analyzer.present.columns import Row
from analyzer.present.family_tables import family_rows, with_families
from analyzer.present.provenance import Provenance
from analyzer.present.study import Study
from analyzer.present.tables import error_row
from analyzer.present.versions import mark_versions
from analyzer.read.sources import SourceList, expand_sources
from analyzer.run.each import Options, WhichModel, each_result, which_provenance
from analyzer.run.one_file import (
    LANGUAGE,
    PARTIAL,
    FileResult,
    kind_of,
    same_id_warning,
    unique_id,
)
from analyzer.types import Language

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class BatchResult(Study):
    """The tables of many agreements, in the order of their sources.

    Attributes:
        results: One per file.
        problems: Rows of ``errors`` about sources that are no file at all (missing paths, empty folders).
        skipped: How many files of other kinds the folders hold.
        knowledge: The knowledge that was used.
        timings: Seconds per step, summed over the files (and so over the processes), and ``elapsed`` for the whole.
        provenance: Program, knowledge and model that made the tables.

    Examples:
        >>> from analyzer import analyze_folder
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> batch = analyze_folder([sample, "missing.txt"])
        >>> batch.counts["agreements"], batch.counts["failed"]
        (1, 1)
        >>> batch.errors["file"].tolist()
        ['missing.txt']
    """

    results: tuple[FileResult, ...]
    problems: tuple[Row, ...]
    skipped: int
    knowledge: Knowledge
    timings: Mapping[str, float]
    provenance: Provenance = field(default_factory=Provenance)

    @cached_property
    def provision_rows(self) -> list[Row]:
        """The rows of ``provisions``."""
        return with_families(self._own_rows, self.found_families)

    @cached_property
    def family_rows(self) -> list[Row]:
        """The rows of ``families``."""
        return family_rows(self.found_families)

    @cached_property
    def found_families(self) -> tuple[Family, ...]:
        """The families with all of their clauses."""
        return find_families(self._own_rows, self.knowledge)

    @property
    def _own_rows(self) -> list[Row]:
        """The rows of ``provisions`` as each file gave them."""
        return [row for result in self.results for row in result.provisions]

    @cached_property
    def instrument_rows(self) -> list[Row]:
        """The rows of ``instruments``."""
        return [row for result in self.results for row in result.instruments]

    @cached_property
    def ratification_rows(self) -> list[Row]:
        """The rows of ``ratifications``."""
        return [row for result in self.results for row in result.ratifications]

    @cached_property
    def agreement_rows(self) -> list[Row]:
        """The rows of ``agreements``."""
        return mark_versions([result.agreement for result in self.results if result.agreement is not None])

    @cached_property
    def reference_rows(self) -> list[Row]:
        """The rows of ``references``."""
        return [row for result in self.results for row in result.references]

    @cached_property
    def indicator_rows(self) -> list[Row]:
        """The rows of ``indicators``."""
        return [result.indicators for result in self.results if result.indicators is not None]

    @cached_property
    def evidence_rows(self) -> list[Row]:
        """The rows of ``indicator_evidence``."""
        return [row for result in self.results for row in result.evidence]

    @cached_property
    def error_rows(self) -> list[Row]:
        """The rows of ``errors``."""
        return [*self.problems, *(result.error for result in self.results if result.error is not None)]

    def to_frame(self) -> pd.DataFrame:
        """Return the table ``provisions``."""
        return self.provisions

    @property
    def counts(self) -> dict[str, int]:
        """How much was read and found."""
        return {
            "files": len(self.results),
            "skipped": self.skipped,
            "agreements": len(self.counted_rows),
            "agreements_with_provisions": sum(row["has_labour_provisions"] for row in self.counted_rows),
            "versions": len(self.analysed_rows) - len(self.counted_rows),
            "provisions": len(self.provision_rows),
            "failed": sum(row["kind"] not in (PARTIAL, LANGUAGE) for row in self.error_rows),
            "read_in_part": sum(row["kind"] == PARTIAL for row in self.error_rows),
            "other_languages": sum(row["kind"] == LANGUAGE for row in self.error_rows),
            "references": len(self.reference_rows),
            "references_dangling": sum(row["status"] == "dangling" for row in self.reference_rows),
            "characters": sum(result.characters for result in self.results),
        }


OnResult = Callable[[FileResult], None]


def analyze_folder(
    path: str | Path | Iterable[str | Path],
    *,
    jobs: int | None = None,
    on_result: OnResult | None = None,
    password: str | None = None,
    language: Language | None = None,
    seconds: float = MAX_SECONDS,
    memory: int = MAX_MEMORY,
    model: WhichModel = "bundled",
    knowledge: Knowledge | None = None,
) -> BatchResult:
    """Analyse every agreement in a folder, or in several files, folders and glob patterns.

    Args:
        path: One path or several.
        jobs: Number of processes to start, for which memory and time are limited. Without it everything happens in this
            process: quick for files of your own, but a hostile one can take any memory and time. A script that gives a
            number must do so under ``if __name__ == "__main__":``, as always with Python's processes.
        on_result: Called in this process with the result of each file as soon as it is there.
        password: Opens encrypted PDFs.
        language: The version to read of texts in several languages (see ``analyzer.read``).
        seconds: Longest time for one file, if there are ``jobs``.
        memory: Most memory of each of the ``jobs``, bytes; not limited on Windows.
        model: File of the classifier (``lpa train``); ``None`` for the rules alone.
        knowledge: What every step goes by (``load_knowledge``); that of the package if none is given. The processes
            read its folder again.

    Raises:
        KnowledgeError: The knowledge files are wrong.
        ModelError: The model cannot be used.
        AnalyzerError: Processes cannot be started.

    Examples:
        >>> from analyzer import analyze_folder
        >>> from analyzer.bundled import bundled
        >>> batch = analyze_folder(bundled("corpus/texts") / "n*.txt")
        >>> batch.agreements["agreement_id"].tolist()
        ['northern-states-lusenia', 'norwell-veridia']
    """
    paths = [path] if isinstance(path, str | Path) else list(path)
    options = Options(jobs, Limits(seconds, memory), password, language, model, knowledge)
    return analyze_sources(expand_sources(paths), options, on_result=on_result)


def analyze_sources(
    sources: SourceList, options: Options | None = None, *, on_result: OnResult | None = None
) -> BatchResult:
    """Analyse the files of ``expand_sources``; see ``analyze_folder``."""
    began = perf_counter()
    options = options or Options()
    knowledge = options.knowledge or load_knowledge()
    provenance = which_provenance(options.model, knowledge)
    results: dict[int, FileResult] = {}
    for position, result in each_result(sources.files, replace(options, knowledge=knowledge)):
        results[position] = result
        if on_result:
            on_result(result)
    timings = [result.timings for result in results.values()]
    steps = {step: sum(each.get(step, 0.0) for each in timings) for step in dict.fromkeys(chain.from_iterable(timings))}
    return BatchResult(
        results=tuple(_with_unique_ids(results[position] for position in sorted(results))),
        problems=tuple(error_row(error.file or "", error.reason, kind_of(error)) for error in sources.problems),
        skipped=sources.skipped,
        knowledge=knowledge,
        timings={**steps, "elapsed": perf_counter() - began},
        provenance=provenance,
    )


def _with_unique_ids(results: Iterable[FileResult]) -> Iterator[FileResult]:
    """Give an agreement an id of its own where the source's id was met before (a copy of a file under another name)."""
    seen: set[str] = set()
    for result in results:
        if result.agreement is None:
            yield result
            continue
        given = result.agreement["agreement_id"]
        unique = unique_id(given, seen)
        seen.add(unique)
        if unique == given:
            yield result
            continue
        warnings = (*result.agreement["warnings"], same_id_warning(given, unique))
        yield replace(
            result,
            provisions=_renamed(result.provisions, unique),
            instruments=_renamed(result.instruments, unique),
            ratifications=_renamed(result.ratifications, unique),
            references=_renamed(result.references, unique),
            indicators=result.indicators and {**result.indicators, "agreement_id": unique},
            evidence=_renamed(result.evidence, unique),
            agreement={**result.agreement, "agreement_id": unique, "warnings": warnings},
            error=result.error and {**result.error, "agreement_id": unique},
        )


def _renamed(rows: tuple[Row, ...], agreement_id: str) -> tuple[Row, ...]:
    return tuple({**row, "agreement_id": agreement_id} for row in rows)
