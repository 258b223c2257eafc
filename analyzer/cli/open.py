"""``lpa open`` and ``lpa demo``: results looked at in the browser, and results of the bundled samples to look at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli.common import USAGE, console, fail, plain, reporting


def open_results(
    folder: Annotated[Path, typer.Argument(metavar="[OUT]", help="Folder with the results of 'lpa analyze'.")] = Path(
        "lpa-out"
    ),
    workbook: Annotated[bool, typer.Option("--workbook", help="Open the workbook instead of the hub.")] = False,
) -> None:
    """Open the hub of a folder of results in the browser, or its workbook.

    The path is printed too, for machines without a browser.

    Example: lpa open results

    Exit code: 0 found, 2 there is nothing to open.
    """
    with reporting(USAGE):
        from analyzer.present.files import HUB, WORKBOOK

        name = WORKBOOK if workbook else HUB
        file = (folder / name).resolve()
        if not file.is_file():
            made = f"lpa analyze FILES --format jsonl,{'xlsx' if workbook else 'hub'} --out {folder}"
            fail(f"{folder}: there is no {name}; make it with {made}", USAGE)
        console().print(plain(str(file)), soft_wrap=True)
        _show(file)


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[OUT]", help="Folder for the results.")] = Path("lpa-demo"),
) -> None:
    """Analyse the ten sample agreements that ship with the program, and open their hub.

    The samples are of our own drafting, between States that do not exist.

    Example: lpa demo

    Exit code: 0 written, 1 a sample failed, 2 wrong usage.
    """
    from analyzer.cli.batch import analyze

    try:
        analyze(out=folder)
    except typer.Exit as end:
        if end.exit_code:
            raise
    if sys.stdout.isatty():
        from analyzer.present.files import HUB

        _show((folder / HUB).resolve())


def _show(file: Path) -> None:
    """Open a file with the browser, or with the program for its kind."""
    import webbrowser

    if file.suffix == ".html":
        webbrowser.open(file.as_uri())
    else:
        typer.launch(str(file))
