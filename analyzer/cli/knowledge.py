"""``lpa knowledge``: bring the facts of the knowledge up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli.common import FAILED, KnowledgeOption, console, plain, reporting

MOST_LISTED = 20

knowledge = typer.Typer(help="Bring the facts of the knowledge up to date.", no_args_is_help=True)


@knowledge.callback()
def group() -> None:
    """Bring the facts of the knowledge up to date."""


@knowledge.command("update-ratifications")
def update_ratifications(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Export of the ILO's NORMLEX, .csv or .xlsx.")],
    as_of: Annotated[
        str, typer.Option(metavar="DATE", help="Day of the export.  [default: when the file was last written]")
    ] = "",
    folder: KnowledgeOption = None,
) -> None:
    """Take over who ratified which ILO instrument from an export of NORMLEX.

    Every instrument in the file gets the ratifications in the file; the others keep theirs. Nothing is changed where
    a row cannot be right or ratifications known before are missing. With --knowledge they are written into that folder,
    and those of the program stay as they are. Exit code: 0 done, 1 refused.
    """
    with reporting(FAILED):
        from analyzer.knowledge.normlex import update_ratifications as update

        done = update(file, as_of=as_of, folder=folder)
        terminal = console()
        told = [
            f"Ratifications as of {done.as_of}: {', '.join(done.instruments)}; {done.total} in the table.",
            _listed("New", done.added),
            _listed("Corrected", done.changed),
        ]
        for line in filter(None, told):
            terminal.print(plain(line), soft_wrap=True)


def _listed(what: str, keys: tuple[tuple[str, str], ...]) -> str:
    more = f" and {len(keys) - MOST_LISTED} more" if len(keys) > MOST_LISTED else ""
    return f"{what}: {', '.join(f'{state} {id}' for state, id in keys[:MOST_LISTED])}{more}." if keys else ""
