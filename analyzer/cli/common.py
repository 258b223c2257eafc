"""What all commands share: exit codes, one-line messages, tables on the terminal."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from analyzer.errors import AnalyzerError

if TYPE_CHECKING:
    from rich.console import Console

KnowledgeOption = Annotated[
    Path | None,
    typer.Option(
        "--knowledge",
        metavar="FOLDER",
        help="Folder with knowledge of your own: phrases, rules, categories … that lie over those of the program.",
    ),
]
"""The option of every command that goes by the knowledge."""
FAILED, USAGE = 1, 2
"""Exit codes: some file failed, the others are written; nothing could be started or written. 0: all is well."""
INTERRUPTED, PIPE_CLOSED = 130, 141
"""Exit codes that shells give for SIGINT and SIGPIPE."""


@contextmanager
def reporting(code: int) -> Iterator[None]:
    """Turn whatever goes wrong into one line on standard error and an exit code."""
    try:
        yield
        sys.stdout.flush()
    except AnalyzerError as error:
        fail(str(error), code)
    except KeyboardInterrupt:
        fail("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter must not complain when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(PIPE_CLOSED) from None
    except OSError as error:
        fail(str(error), code)
    except typer.Exit:
        raise
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(at.filename).name}, line {at.lineno}"
        fail(f"internal error in {where}: {type(error).__name__}: {error}. Please report it.", code)


def fail(message: str, code: int) -> NoReturn:
    """Say what is wrong and stop with an exit code."""
    complain(message)
    raise typer.Exit(code) from None


def complain(message: str) -> None:
    """Write one line to standard error."""
    typer.echo(f"lpa: {plain(message)}", err=True)


def plain(text: str) -> str:
    """Return text on one line and without control characters: file names and titles are not ours."""
    return "".join(letter if letter.isprintable() else "�" for letter in " ".join(text.split()))


def console(*, stderr: bool = False) -> Console:
    """Return where to print: as wide as the terminal, or 120 columns into a file."""
    from rich.console import Console

    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False, width=None if terminal else 120)


def print_table(
    names: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[str] = (), to: Console | None = None
) -> None:
    """Print rows under their names; ``right`` names the columns that are set flush right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(name, justify="right" if name in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(plain(cell) for cell in row))
    (to or console()).print(table)
