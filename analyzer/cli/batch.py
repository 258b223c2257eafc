"""``lpa analyze``: the labour provisions of many agreements as tables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.cli.common import FAILED, USAGE, KnowledgeOption, Paths, complain, fail, prepare_results, reporting
from analyzer.cli.progress import progress
from analyzer.cli.streams import INTERRUPTED
from analyzer.cli.summary import MOST_LISTED, name_failures, print_summary
from analyzer.types import Language

if TYPE_CHECKING:
    from analyzer.collection.collect import Collected, Events, Renewal
    from analyzer.collection.store import Store
    from analyzer.knowledge import Knowledge
    from analyzer.read.sources import SourceList
    from analyzer.run.each import Options, WhichModel

MOST_JOBS = 4
"""Default limit of processes; each usually holds 250 MB."""
KEPT = "interrupted; what is done is kept, and the same command goes on from there"
"""What is said after an interrupt."""
LIBRARIES = ("pandas", "pdfplumber", "pypdfium2", "spacy", "typer", "xlsxwriter")


def analyze(
    paths: Paths = None,
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("lpa-out"),
    formats: Annotated[
        str, typer.Option("--format", help="Formats to write, separated by commas: csv, jsonl, xlsx, hub, parquet.")
    ] = "csv,jsonl,xlsx,hub",
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
    dask: Annotated[
        str,
        typer.Option(
            metavar="CLUSTER",
            help="Have a Dask cluster do the work instead: 'local:4', or the address of a scheduler "
            "(tcp://scheduler:8786).",
        ),
    ] = "",
    part: Annotated[
        str,
        typer.Option(
            "--slice",
            metavar="NUMBER/OF",
            help="Analyse only a part of the files: 3/20 is the third of twenty. 'lpa merge' joins the results.",
        ),
    ] = "",
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
    lang: Annotated[Language, typer.Option(help="Language of headings and names in the workbook.")] = "en",
    model: Annotated[
        str,
        typer.Option(help="The classifier: 'bundled', a file written by 'lpa train', or 'none' for the rules alone."),
    ] = "bundled",
    knowledge: KnowledgeOption = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the results of files that were named before and are not named now.")
    ] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Try the files that failed again.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Read and analyse all files again.")] = False,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Write progress as lines of JSON to standard error.")
    ] = False,
) -> None:
    """Find the labour provisions of agreements and write them as tables.

    Keeps each result in lpa.sqlite as soon as it is there; files that are as they were in a run before are not read
    again, and a run that was interrupted goes on where it was. Writes the tables provisions, agreements, instruments,
    ratifications, references, indicators, indicator_evidence and errors in each format, metadata.yml for Datasette, and
    run.json and ro-crate-metadata.json, which describe the run. These files replace those of a run before at once, or
    not at all.

    Example: lpa analyze treaties/ --out results

    Exit code: 0 all files were read, 1 some failed or all are in languages that are not supported, 2 wrong
    usage, nothing to read, or nothing could be written, 130 interrupted.
    """
    with reporting(USAGE):
        from analyzer.bundled import bundled
        from analyzer.collection.collect import Renewal
        from analyzer.collection.results import read_results
        from analyzer.collection.status import counts_of
        from analyzer.collection.store import Store
        from analyzer.knowledge import load_knowledge
        from analyzer.limits import Limits
        from analyzer.present.files import parse_dialect, parse_formats, write_results
        from analyzer.present.manifest import now
        from analyzer.present.parquet import check_parquet
        from analyzer.present.provenance import record
        from analyzer.read.sources import expand_sources
        from analyzer.run.each import Options
        from analyzer.run.slices import parse_slice, take_slice
        from analyzer.switch import writing_into

        started = now()
        if dask:
            from analyzer.run.dask_pool import check_cluster

            check_cluster(dask)
        chosen, dialect = parse_formats(formats), parse_dialect(csv_dialect)
        if "parquet" in chosen:
            check_parquet()
        known = load_knowledge(knowledge)
        sources = expand_sources(paths or [str(bundled("corpus/texts"))])
        _refuse_nothing(sources)
        sources, cut = take_slice(sources, parse_slice(part)) if part else (sources, None)
        prepare_results(out, chosen)
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
            "lang": lang,
            "model": model,
            "knowledge": str(knowledge) if knowledge else "",
            "keep": keep,
            "retry": retry,
            "force": force,
            "slice": part,
        }
        options = Options(jobs, limits, password, language, which, known, dask)
        renewal = Renewal(keep, "all" if force else "failed" if retry else "")
        with writing_into(out), progress(as_json=log_json) as events, Store(out, known, events.tell) as store:
            done = _collect(store, sources, options, renewal, events)
            results = replace(read_results(out, knowledge=known), made_by=record(done.provenance))
            counts = {**counts_of(out, sources.skipped), "analysed": done.analysed, "kept": done.kept}
            run = {**_describe_run(done, known, counts, arguments), "started": started, "ended": now()}
            run |= {"slice": cut.record} if cut else {}
            written = write_results(out, results, chosen, run=run, dialect=dialect, language=lang)
            store.end(run, run["ended"])
        name_failures(results.error_rows)
        print_summary(results, counts, out, written)
    raise typer.Exit(FAILED if counts["failed"] or (counts["other_languages"] and not counts["agreements"]) else 0)


def _collect(store: Store, sources: SourceList, options: Options, renewal: Renewal, events: Events) -> Collected:
    """Bring the store up to date; an interrupt says what is kept."""
    from analyzer.collection.collect import NothingReadError, collect

    try:
        return collect(store, sources, options, renewal, events)
    except NothingReadError as error:
        name_failures(error.rows)
        fail(f"{store.path.parent}: {error.reason}", USAGE)
    except KeyboardInterrupt:
        fail(KEPT, INTERRUPTED)


def _refuse_nothing(sources: SourceList) -> None:
    """End the program where nothing that was named is a file: results of a run before are not replaced by nothing."""
    if not sources.files:
        for problem in sources.problems[:MOST_LISTED]:
            complain(str(problem))
        fail("there is no file to analyse, so nothing was written", USAGE)


def _describe_run(
    done: Collected, knowledge: Knowledge, counts: Mapping[str, int], arguments: Mapping[str, Any]
) -> dict[str, Any]:
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
        **record(done.provenance),
        "knowledge_folder": str(knowledge.folder.resolve()) if knowledge.folder else "",
        "python": python_version(),
        "libraries": libraries,
        "arguments": arguments,
        "counts": dict(counts),
        "dangling_references": _share(counts["references_dangling"], counts["references"]),
        "timings": {step: round(seconds, 4) for step, seconds in done.timings.items()},
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
