"""The command ``lpa``. Commands import heavy modules only when they run, so that help appears at once."""

from __future__ import annotations

import signal
import sys
from typing import Annotated, NoReturn

import typer

from analyzer.bundled import VERSION
from analyzer.cli.batch import analyze
from analyzer.cli.diff import diff
from analyzer.cli.duties import duties
from analyzer.cli.export import export
from analyzer.cli.hub import hub
from analyzer.cli.indicators import explain, indicators
from analyzer.cli.instruments import instruments
from analyzer.cli.knowledge import knowledge
from analyzer.cli.merge import merge
from analyzer.cli.precedents import precedents
from analyzer.cli.report import report
from analyzer.cli.review import review
from analyzer.cli.search import search
from analyzer.cli.serve import mcp, serve
from analyzer.cli.show import categories, segment
from analyzer.cli.status import status
from analyzer.cli.streams import prepare_streams, run_to_exit_code
from analyzer.cli.training import evaluate, train
from analyzer.cli.verify import verify

MODEL_LICENCE = (
    "Bundled classifier: fitted on texts under CC BY-NC 4.0 (ToTA), so for non-commercial use; "
    "'--model none' works without it."
)
"""The condition on the weights that ship with the package; ``models/README.md`` gives it in full."""

app = typer.Typer(
    name="lpa",
    help="Find, classify and cite the labour provisions of trade agreements.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> NoReturn:
    """Run the command line."""
    signal.signal(signal.SIGTERM, _interrupt)
    prepare_streams()
    sys.exit(run_to_exit_code(app))


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lpa {VERSION}\n{MODEL_LICENCE}")
        raise typer.Exit


@app.callback()
def lpa(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help="Print the version and the licence condition, and exit.",
        ),
    ] = False,
) -> None:
    """Find, classify and cite the labour provisions of trade agreements."""


for command in (
    analyze,
    merge,
    status,
    search,
    indicators,
    explain,
    duties,
    hub,
    report,
    precedents,
    diff,
    categories,
    instruments,
    segment,
    export,
    serve,
    mcp,
    verify,
    train,
    evaluate,
):
    app.command()(command)
app.add_typer(knowledge, name="knowledge")
app.add_typer(review, name="review")


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
