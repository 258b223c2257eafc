"""``lpa merge``: the results of several runs put together, as one run would have made them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli.common import USAGE, KnowledgeOption, fail, prepare_results, reporting
from analyzer.cli.summary import print_summary


def merge(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="DIR...", help="Folders with results of 'lpa analyze': slices, or whole runs."),
    ],
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("lpa-out"),
    formats: Annotated[
        str, typer.Option("--format", help="Formats to write, separated by commas: csv, jsonl, xlsx, hub, parquet.")
    ] = "csv,jsonl,xlsx",
    csv_dialect: Annotated[str, typer.Option(help="How CSV is written: 'standard', or 'excel-eu'.")] = "standard",
    knowledge: KnowledgeOption = None,
) -> None:
    """Put the results of several runs together, with the same tables as one run over all their files.

    The folders are the slices of 'lpa analyze --slice', all of them and in any order, or whole runs, whose tables then
    follow one another. All must be finished and made by the same program, knowledge and model, and no file may be in
    two of them; otherwise nothing is written, and the message says why. Example: lpa merge part-* --out all. Exit
    code: 0 written, 2 the folders cannot be put together.
    """
    with reporting(USAGE):
        from analyzer.collection.merge import merge, merged_run, parts_of, skipped_in
        from analyzer.collection.results import read_results
        from analyzer.collection.status import counts_of
        from analyzer.collection.store import Store
        from analyzer.knowledge import load_knowledge
        from analyzer.present.files import parse_dialect, parse_formats, write_results
        from analyzer.switch import writing_into

        chosen, dialect = parse_formats(formats), parse_dialect(csv_dialect)
        known = load_knowledge(knowledge)
        if out.resolve() in {folder.resolve() for folder in folders}:
            fail(f"{out}: is one of the folders to be put together; choose another with --out", USAGE)
        parts = parts_of(folders, known)
        prepare_results(out, chosen)
        run = merged_run(parts)
        with writing_into(out), Store(out, known) as store:
            merge(store, parts, run["started"])
            results = replace(read_results(out, knowledge=known), made_by=run)
            run["counts"] = counts_of(out, skipped_in(parts))
            run["arguments"] |= {"out": str(out), "format": list(chosen), "csv_dialect": dialect}
            written = write_results(out, results, chosen, run=run, dialect=dialect)
            store.end(run, run["ended"])
        print_summary(results, run["counts"], out, written)
