"""``lpa knowledge``: updates of the facts in the knowledge."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli.common import FAILED, KnowledgeOption, console, plain, reporting

MOST_LISTED = 20
"""Most ratifications that are listed one by one."""

knowledge = typer.Typer(help="Update the facts in the knowledge.", no_args_is_help=True)


@knowledge.callback()
def group() -> None:
    """Update the facts in the knowledge."""


@knowledge.command("update-ratifications")
def update_ratifications(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Export of the ILO's NORMLEX, a .csv or .xlsx file.")],
    as_of: Annotated[
        str,
        typer.Option(metavar="DATE", help="Day of the export.  [default: the day on which the file was last written]"),
    ] = "",
    folder: KnowledgeOption = None,
) -> None:
    """Update the ratifications of ILO instruments from an export of NORMLEX.

    Every instrument in the file gets the ratifications in the file; the others keep theirs. Nothing is changed if a row
    cannot be right or if known ratifications are missing. With --knowledge, they are written into that folder, and the
    program keeps its own.

    Example: lpa knowledge update-ratifications normlex.xlsx --as-of 2026-06-30

    Exit code: 0 updated, 1 refused.
    """
    with reporting(FAILED):
        from analyzer.knowledge.normlex import update_ratifications as update

        changes = update(file, as_of=as_of, folder=folder)
        terminal = console()
        lines = [
            f"Ratifications as of {changes.as_of}: {', '.join(changes.instruments)}; {changes.total} in the table.",
            _listed("New", changes.added),
            _listed("Corrected", changes.changed),
        ]
        for line in filter(None, lines):
            terminal.print(plain(line), soft_wrap=True)


def _listed(what: str, keys: tuple[tuple[str, str], ...]) -> str:
    more = f" and {len(keys) - MOST_LISTED} more" if len(keys) > MOST_LISTED else ""
    return f"{what}: {', '.join(f'{state} {id}' for state, id in keys[:MOST_LISTED])}{more}." if keys else ""
