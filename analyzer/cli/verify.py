"""``lpa verify``: the results of a run, checked again from the files it read to the words of every row."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli.common import FAILED, USAGE, KnowledgeOption, complain, console, plain, reporting


def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with the results of 'lpa analyze'.")],
    agreements: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Where to look for agreements that are no longer where the run has read them."
        ),
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Number of processes.  [default: one per CPU]")] = None,
    password: Annotated[
        str | None, typer.Option(envvar="LPA_PASSWORD", show_envvar=True, help="Password that opens encrypted PDFs.")
    ] = None,
    timeout: Annotated[int, typer.Option(min=1, help="Most seconds for one file.")] = 1800,
    memory: Annotated[int, typer.Option(min=300, help="Most megabytes of memory for one file.")] = 2000,
    knowledge: KnowledgeOption = None,
) -> None:
    """Check the results of a run again: every file, the words of every row, its rules and its model.

    Each agreement is read anew and compared with what the tables say: length and SHA-256, the words at each offset, the
    pages, the words of the evidence. The files of the run must be as it wrote them, the rules must exist in its
    knowledge, and the model must be the one it names. Prints a line for everything that fails, with file and row.
    Example: lpa verify lpa-out --agreements treaties. Exit code: 0 all holds, 1 something does not, 2 the folder holds
    no results.
    """
    with reporting(USAGE):
        from analyzer.collection.verify import Check, verify_results
        from analyzer.knowledge import load_knowledge
        from analyzer.limits import Limits

        limits = Limits(timeout, memory * 1_000_000)
        check = Check(load_knowledge(knowledge), agreements, password, jobs or os.cpu_count() or 1, limits)
        verdict = verify_results(folder, check)
        terminal = console()
        for failure in verdict.failures:
            terminal.print(plain(str(failure)), soft_wrap=True)
        for note in verdict.notes:
            complain(note)
        counts = verdict.counts
        compared = f"{counts['outputs']} files written, {counts['inputs']} files read, {counts['rows']} rows"
        result = "all holds" if verdict.holds else f"{len(verdict.failures)} things do not hold"
        terminal.print(plain(f"Compared: {compared}; {result}."), soft_wrap=True)
    raise typer.Exit(0 if verdict.holds else FAILED)
