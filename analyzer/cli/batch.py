"""``lpa analyze``: the labour provisions of many agreements as tables."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.cli.common import (
    FAILED,
    USAGE,
    KnowledgeOption,
    Paths,
    complain,
    console,
    fail,
    plain,
    print_table,
    reporting,
)
from analyzer.types import Language, is_supported

if TYPE_CHECKING:
    from analyzer.read.sources import SourceList
    from analyzer.run.batch import BatchResult, Options, WhichModel
    from analyzer.run.one_file import FileResult

MOST_JOBS = 4
"""Default limit of processes; each usually holds 250 MB."""
MOST_LISTED = 40
"""Most agreements that the summary lists, and most failed files that are named on standard error."""
LONGEST_TITLE = 44
"""Most characters of a title in the summary."""
MOST_VERSIONS = 10
"""Most copies and language versions that the summary names."""
LIBRARIES = ("pandas", "pdfplumber", "pypdfium2", "spacy", "typer", "xlsxwriter")


def analyze(
    paths: Paths = None,
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("lpa-out"),
    formats: Annotated[
        str, typer.Option("--format", help="Formats to write, separated by commas: csv, jsonl, xlsx, hub.")
    ] = "csv,jsonl,xlsx",
    csv_dialect: Annotated[
        str,
        typer.Option(
            help="How CSV is written: 'standard', or 'excel-eu' for Excel in most of Europe and Latin America "
            "(semicolons, decimal commas)."
        ),
    ] = "standard",
    jobs: Annotated[
        int | None, typer.Option(min=1, help=f"Number of processes.  [default: one per CPU, at most {MOST_JOBS}]")
    ] = None,
    password: Annotated[
        str | None, typer.Option(envvar="LPA_PASSWORD", show_envvar=True, help="Password that opens encrypted PDFs.")
    ] = None,
    timeout: Annotated[
        int, typer.Option(min=1, help="Most seconds for one file; the program gives up a file that takes longer.")
    ] = 1800,
    memory: Annotated[
        int,
        typer.Option(
            min=300, help="Most megabytes of memory for one file; the program gives up a file that needs more."
        ),
    ] = 2000,
    language: Annotated[
        Language | None, typer.Option(help="The version to read of texts in several languages, if they have it.")
    ] = None,
    model: Annotated[
        str,
        typer.Option(help="The classifier: 'bundled', a file written by 'lpa train', or 'none' for the rules alone."),
    ] = "bundled",
    knowledge: KnowledgeOption = None,
) -> None:
    """Find the labour provisions of agreements and write them as tables.

    Writes the tables provisions, agreements, instruments, ratifications and errors in each format. run.json, and
    ro-crate-metadata.json for other programs, describe the run. All replace those of a run before at once, or not at
    all. Exit code: 0 all files were read, 1 some failed or all are in languages that are not supported, 2 wrong usage
    or nothing to read.
    """
    with reporting(USAGE):
        from analyzer.bundled import bundled
        from analyzer.knowledge import load_knowledge
        from analyzer.limits import Limits
        from analyzer.present.files import file_names, parse_dialect, parse_formats, refuse_other_files
        from analyzer.present.manifest import CRATE, RUN, holds_agreements
        from analyzer.read.sources import expand_sources
        from analyzer.replace import prepare_folder
        from analyzer.run.batch import Options
        from analyzer.switch import writing_into

        started = _now()
        chosen, dialect = parse_formats(formats), parse_dialect(csv_dialect)
        known = load_knowledge(knowledge)
        sources = expand_sources(paths or [str(bundled("corpus/texts"))])
        _refuse_nothing(sources)
        names = [*file_names(chosen), CRATE, RUN]
        prepare_folder(out, names)
        refuse_other_files(out, names)
        jobs = jobs or min(os.cpu_count() or 1, MOST_JOBS)
        which: WhichModel = None if model == "none" else "bundled" if model == "bundled" else Path(model)
        limits = Limits(timeout, memory * 1_000_000)
        arguments = {
            "paths": paths or [],
            "out": str(out),
            "format": list(chosen),
            "csv_dialect": dialect,
            "jobs": jobs,
            "timeout": timeout,
            "memory": memory,
            "language": language or "",
            "model": model,
            "knowledge": str(knowledge) if knowledge else "",
        }
        with writing_into(out):
            result = _analyze(sources, Options(jobs, limits, password, language, which, known))
            _name_failures(result)
            if not result.agreement_rows and holds_agreements(out):
                fail(f"{out}: no file could be read, so the results of the run before stay as they are", USAGE)
            written = _write(result, out, chosen, arguments, started)
        _print_summary(result, out, written)
    counts = result.counts
    raise typer.Exit(FAILED if counts["failed"] or (counts["other_languages"] and not counts["agreements"]) else 0)


def _refuse_nothing(sources: SourceList) -> None:
    """End the program where nothing that was named is a file: results of a run before are not replaced by nothing."""
    if not sources.files:
        for problem in sources.problems[:MOST_LISTED]:
            complain(str(problem))
        fail("there is no file to analyse, so nothing was written", USAGE)


def _analyze(sources: SourceList, options: Options) -> BatchResult:
    """Analyse the sources, with a progress bar if standard error is a terminal."""
    from analyzer.run.batch import analyze_sources

    if not sys.stderr.isatty():
        return analyze_sources(sources, options)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    parts = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*parts, console=console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(sources.files))

        def advance(result: FileResult) -> None:
            progress.update(task, advance=1, description=plain(Path(result.file).name))

        return analyze_sources(sources, options, on_result=advance)


def _write(
    result: BatchResult, out: Path, formats: Sequence[Any], arguments: Mapping[str, Any], started: str
) -> list[Path]:
    from analyzer.present.files import write_results

    run = {**_describe_run(result, arguments), "started": started, "ended": _now()}
    return write_results(out, result, formats, run=run, dialect=arguments["csv_dialect"])


def _now() -> str:
    """Return the time, ISO 8601 in UTC."""
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")


def _describe_run(result: BatchResult, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of ``run.json``: versions, model, arguments, counts, seconds per step."""
    from importlib.metadata import PackageNotFoundError, version
    from platform import python_version

    from analyzer.present.provenance import record

    libraries: dict[str, str | None] = {}
    for name in LIBRARIES:
        try:
            libraries[name] = version(name)
        except PackageNotFoundError:
            libraries[name] = None
    return {
        **record(result.provenance),
        "knowledge_folder": str(result.knowledge.folder.resolve()) if result.knowledge.folder else "",
        "python": python_version(),
        "libraries": libraries,
        "arguments": arguments,
        "counts": result.counts,
        "dangling_references": _share(result.counts["references_dangling"], result.counts["references"]),
        "timings": {step: round(seconds, 4) for step, seconds in result.timings.items()},
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _name_failures(result: BatchResult) -> None:
    rows = result.error_rows
    for row in rows[:MOST_LISTED]:
        complain(f"{row['file']}: {row['reason']}")
    if len(rows) > MOST_LISTED:
        complain(f"and {len(rows) - MOST_LISTED} more; see the table errors")


def _other_languages(result: BatchResult) -> str:
    spoken = {row["language"] for row in result.agreement_rows if not is_supported(row["language"])}
    names = ", ".join(sorted(map(result.knowledge.languages.name_of, spoken)))
    number = result.counts["other_languages"]
    return f"In languages that are not supported, not analysed and not counted above: {number} ({names})."


def _measures(result: BatchResult) -> list[str]:
    """Return how many agreements have labour provisions by both measures, and what these count."""
    from analyzer.present.headline import MEASURES, has

    rows, labels = result.counted_rows, result.knowledge.labels
    counts = (f"with {labels.measures[one].lower()}: {sum(has(row, one) for row in rows)}" for one in MEASURES)
    meanings = (f"{labels.measures[one]}: {labels.counted[one]}." for one in MEASURES)
    return [f"Agreements read: {len(rows)}, {', '.join(counts)}; provisions: {len(result.provision_rows)}.", *meanings]


def _versions(result: BatchResult) -> list[str]:
    """Return a line about agreements that are there in several copies or languages; nothing if there are none."""
    pairs = [f"{row['agreement_id']} of {row['version_of']}" for row in result.agreement_rows if row["version_of"]]
    more = f" and {len(pairs) - MOST_VERSIONS} more" if len(pairs) > MOST_VERSIONS else ""
    listed = f"{', '.join(pairs[:MOST_VERSIONS])}{more}"
    return [f"Copies or language versions of another agreement, not counted again: {listed}."] if pairs else []


def _print_summary(result: BatchResult, out: Path, written: Sequence[Path]) -> None:
    from textwrap import shorten

    from analyzer.present.cells import CELL_LIMIT, percent
    from analyzer.present.files import count_long_cells

    terminal = console()
    rows = result.analysed_rows
    if len(rows) > MOST_LISTED:
        richest = sorted(rows, key=lambda row: -row["provisions"])[:MOST_LISTED]
        rows = [row for row in rows if row in richest]
    if rows:
        names = ("id", "agreement", "year", "provisions", "principles", "binding", "review")
        cells = [
            [
                row["agreement_id"],
                shorten(row["agreement"], LONGEST_TITLE, placeholder=" …"),
                (row["date_signed"] or row["date_in_force"])[:4],
                str(row["provisions"]),
                " ".join(row["principles"]),
                percent(row["binding_share"]),
                str(row["review"]),
            ]
            for row in rows
        ]
        print_table(names, cells, right=("provisions", "binding", "review"), to=terminal)
    counts = result.counts
    review = sum(row["review"] for row in result.analysed_rows)
    lines = [
        *_measures(result),
        f"Provisions to review: {review}.",
        f"Files that failed: {counts['failed']}, read in part: {counts['read_in_part']}.",
    ]
    lines += _versions(result)
    if counts["other_languages"]:
        lines.append(_other_languages(result))
    if any(path.suffix == ".csv" for path in written) and (long := count_long_cells(result.tables())):
        lines.append(
            f"Cells longer than {CELL_LIMIT} characters: {long}. A spreadsheet program that opens the CSV files cuts "
            "them; the workbook and the JSON lines hold them whole."
        )
    if counts["skipped"]:
        lines.append(f"Files of other kinds, not read: {counts['skipped']}.")
    if len(rows) < counts["agreements"]:
        lines.insert(0, f"These are the {len(rows)} agreements with the most provisions; the tables hold all of them.")
    lines.append(f"Written to {out.resolve()}: {', '.join(path.name for path in written)}")
    for line in lines:
        terminal.print(plain(line), soft_wrap=True)
