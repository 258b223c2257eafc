"""The command ``lpa``. Commands import heavy modules only when they run, so that help appears at once."""

from __future__ import annotations

import re
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

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
from analyzer.cli.open import demo, open_results
from analyzer.cli.page import page
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

_PATH = re.compile(r"[/\\*]|\.(?:pdf|docx?|txt|html?|md|xml|akn|rtf|odt|zip)$", re.IGNORECASE)
"""What looks like a file and not like a command."""
MODEL_LICENCE = (
    "Bundled classifier: fitted on texts under CC BY-NC 4.0 (ToTA), so for non-commercial use; "
    "'--model none' works without it."
)
"""The condition on the weights that ship with the package; ``models/README.md`` gives it in full."""


def _is_path(name: str) -> bool:
    """Return whether a name is that of a file or looks like it."""
    with suppress(OSError, ValueError):
        return bool(name) and (Path(name).exists() or _PATH.search(name) is not None)
    return False


class Commands(TyperGroup):
    """The commands; a file that is named like one is met with a hint."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is named, or end with a hint where it is a file or folder."""
        name = args[0] if args else ""
        if self.get_command(ctx, name) is None and _is_path(name):
            ctx.fail(f"There is no command {name!r}. To analyse that file: lpa analyze {name}")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="lpa",
    cls=Commands,
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
    page,
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
app.command("open")(open_results)
app.command()(demo)
app.add_typer(knowledge, name="knowledge")
app.add_typer(review, name="review")


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
