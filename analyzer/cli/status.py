"""``lpa status``: what a collection holds, what failed, and what is out of date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.common import FAILED, USAGE, KnowledgeOption, complain, console, plain, reporting

if TYPE_CHECKING:
    from analyzer.run.each import WhichModel

_MOST_LISTED = 40


def status(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Folder with the results of 'lpa analyze'.")] = Path(
        "lpa-out"
    ),
    model: Annotated[str, typer.Option(help="The classifier that the next run would use.")] = "bundled",
    knowledge: KnowledgeOption = None,
) -> None:
    """Say what a collection holds: files read, failed, not done yet, and out of date.

    A file is out of date where program, knowledge or model have changed since; the next run reads it again where that
    matters to reading, and otherwise analyses it again as it was read. Whether the files themselves have changed is
    seen by the next run. Example: lpa status lpa-out. Exit code: 0 all is done and up to date, 1 something is not, 2
    there is no collection.
    """
    with reporting(USAGE):
        from analyzer.collection.fingerprint import fingerprints
        from analyzer.collection.status import status_of
        from analyzer.knowledge import load_knowledge
        from analyzer.run.each import which_provenance

        known = load_knowledge(knowledge)
        which: WhichModel = None if model == "none" else "bundled" if model == "bundled" else Path(model)
        now = status_of(folder, fingerprints(known, which_provenance(which, known)), most=_MOST_LISTED)
        terminal = console()
        began, ended = now.last_run
        lines = [
            f"Agreements: {now.agreements}, provisions: {now.provisions}.",
            "Files: " + ", ".join(f"{name} {number}" for name, number in now.outcomes.items()) + ".",
            "Next run: " + ", ".join(f"{name} {number}" for name, number in now.stale.items()) + ".",
            f"Last run: began {began or '-'}, {f'ended {ended}' if ended else 'was not ended'}.",
        ]
        for line in lines:
            terminal.print(plain(line), soft_wrap=True)
        for file, reason in now.failures:
            complain(f"{file}: {reason}")
    is_done = not (any(now.stale.values()) or now.outcomes["failed"]) and ended
    raise typer.Exit(0 if is_done else FAILED)
