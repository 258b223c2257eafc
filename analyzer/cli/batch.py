"""``lpa analyze``: the labour provisions of many agreements as tables."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.bundled import VERSION
from analyzer.cli.common import FAILED, USAGE, KnowledgeOption, complain, console, plain, print_table, reporting

if TYPE_CHECKING:
    from analyzer.read.sources import SourceList
    from analyzer.run.batch import BatchResult, FileResult

MOST_JOBS = 4
"""Default limit of processes; each usually holds 250 MB."""
MOST_LISTED = 40
"""Most agreements that the summary lists, and most failed files that are named on standard error."""
LONGEST_TITLE = 44
TABLES = ("provisions", "agreements", "instruments", "ratifications", "errors")
LIBRARIES = ("pandas", "pdfplumber", "pypdfium2", "spacy", "typer", "xlsxwriter")


def analyze(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Files, folders or patterns; the bundled samples if none are given."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("lpa-out"),
    formats: Annotated[str, typer.Option("--format", help="Any of csv, jsonl, xlsx, hub.")] = "csv,jsonl,xlsx",
    jobs: Annotated[
        int | None, typer.Option(min=1, help=f"Number of processes.  [default: one per CPU, at most {MOST_JOBS}]")
    ] = None,
    password: Annotated[
        str | None, typer.Option(envvar="LPA_PASSWORD", show_envvar=True, help="Opens encrypted PDFs.")
    ] = None,
    timeout: Annotated[int, typer.Option(min=1, help="Most seconds for one file; then it is given up.")] = 1800,
    memory: Annotated[int, typer.Option(min=300, help="Most megabytes of memory for one file, likewise.")] = 2000,
    model: Annotated[
        str, typer.Option(help="The classifier: 'bundled', a file of 'lpa train', or 'none' for the rules alone.")
    ] = "bundled",
    knowledge: KnowledgeOption = None,
) -> None:
    """Write the labour provisions of agreements as tables.

    Writes provisions, agreements, instruments, ratifications and errors in each format, and run.json, into the folder.
    Exit code: 0 all files read, 1 some failed, 2 wrong usage.
    """
    with reporting(USAGE):
        from analyzer.bundled import bundled
        from analyzer.knowledge import load_knowledge
        from analyzer.present.files import file_names, parse_formats
        from analyzer.present.replace import prepare_folder
        from analyzer.read.sources import expand_sources

        chosen = parse_formats(formats)
        known = load_knowledge(knowledge)
        sources = expand_sources(paths or [str(bundled("corpus/texts"))])
        prepare_folder(out, [*file_names(TABLES, chosen), "run.json"])
        jobs = jobs or min(os.cpu_count() or 1, MOST_JOBS)
        which = {"bundled": "bundled", "none": None}.get(model, Path(model))
        limits = {"seconds": timeout, "memory": memory * 1_000_000}
        result = _analyze(sources, {"jobs": jobs, "password": password, "model": which, "knowledge": known, **limits})
        arguments = {
            "paths": paths or [],
            "out": str(out),
            "format": list(chosen),
            "jobs": jobs,
            "timeout": timeout,
            "memory": memory,
            "model": model,
            "knowledge": str(knowledge) if knowledge else "",
        }
        written = _write(result, out, chosen, arguments)
        _name_failures(result)
        _print_summary(result, out, written)
    raise typer.Exit(FAILED if result.counts["failed"] else 0)


def _analyze(sources: SourceList, options: dict[str, Any]) -> BatchResult:
    """Analyse the sources, with a progress bar where somebody watches."""
    from analyzer.run.batch import analyze_sources

    if not sys.stderr.isatty():
        return analyze_sources(sources, **options)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    parts = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*parts, console=console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(sources.files))

        def advance(result: FileResult) -> None:
            progress.update(task, advance=1, description=plain(Path(result.file).name))

        return analyze_sources(sources, on_result=advance, **options)


def _write(result: BatchResult, out: Path, formats: Sequence[Any], arguments: Mapping[str, Any]) -> list[Path]:
    from analyzer.present.cells import Table
    from analyzer.present.columns import ERROR_COLUMNS, PROVISION_COLUMNS, agreement_columns
    from analyzer.present.files import write_tables
    from analyzer.present.instrument_tables import INSTRUMENT_COLUMNS, RATIFICATION_COLUMNS

    tables = [
        Table("provisions", PROVISION_COLUMNS, result.provision_rows),
        Table("agreements", agreement_columns(result.knowledge), result.agreement_rows),
        Table("instruments", INSTRUMENT_COLUMNS, result.instrument_rows),
        Table("ratifications", RATIFICATION_COLUMNS, result.ratification_rows),
        Table("errors", ERROR_COLUMNS, result.error_rows),
    ]
    run = json.dumps(_describe_run(result, arguments), ensure_ascii=False, indent=2) + "\n"
    about = {"knowledge": result.knowledge, "version": VERSION}
    return write_tables(out, tables, formats, workbook=about, hub=about, texts={"run.json": run})


def _describe_run(result: BatchResult, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return what ``run.json`` says: versions, arguments, counts, seconds per step."""
    from importlib.metadata import PackageNotFoundError, version
    from platform import python_version

    libraries: dict[str, str | None] = {}
    for name in LIBRARIES:
        try:
            libraries[name] = version(name)
        except PackageNotFoundError:
            libraries[name] = None
    return {
        "package": VERSION,
        "knowledge": result.knowledge.version,
        "knowledge_folder": str(result.knowledge.folder.resolve()) if result.knowledge.folder else "",
        "python": python_version(),
        "libraries": libraries,
        "arguments": arguments,
        "counts": result.counts,
        "timings": {step: round(seconds, 4) for step, seconds in result.timings.items()},
    }


def _name_failures(result: BatchResult) -> None:
    rows = result.error_rows
    for row in rows[:MOST_LISTED]:
        complain(f"{row['file']}: {row['reason']}")
    if len(rows) > MOST_LISTED:
        complain(f"and {len(rows) - MOST_LISTED} more; see the table of errors")


def _print_summary(result: BatchResult, out: Path, written: Sequence[Path]) -> None:
    from textwrap import shorten

    terminal = console()
    rows = result.agreement_rows
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
                "" if row["binding_share"] is None else f"{row['binding_share']:.0%}",
                str(row["review"]),
            ]
            for row in rows
        ]
        print_table(names, cells, right=("provisions", "binding", "review"), to=terminal)
    counts = result.counts
    review = sum(row["review"] for row in result.agreement_rows)
    lines = [
        f"Agreements read: {counts['agreements']}, with labour provisions: {counts['agreements_with_provisions']}; "
        f"provisions: {counts['provisions']}, to review: {review}.",
        f"Files that failed: {counts['failed']}, read in part: {counts['read_in_part']}.",
    ]
    if counts["skipped"]:
        lines.append(f"Files of other kinds, left out: {counts['skipped']}.")
    if len(rows) < counts["agreements"]:
        lines.insert(0, f"The {len(rows)} agreements with the most provisions; all are in the tables.")
    lines.append(f"Written to {out.resolve()}: {', '.join(path.name for path in written)}")
    for line in lines:
        terminal.print(plain(line), soft_wrap=True)
