"""Parts that all commands share: the argument PATH, exit codes, one-line messages, tables on the terminal."""

from __future__ import annotations

import json
import re
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from analyzer.cli.streams import INTERRUPTED, PIPE_CLOSED, silence
from analyzer.errors import AnalyzerError

if TYPE_CHECKING:
    from rich.console import Console

    from analyzer.present.files import Format
    from analyzer.types import Document

_STEERING = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Characters that steer terminals (C1) or turn the direction of text; JSON itself escapes those below the blank."""

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...", help="Files, folders, patterns or URLs to read; the bundled samples if none are given."
    ),
]

KnowledgeOption = Annotated[
    Path | None,
    typer.Option(
        "--knowledge",
        metavar="FOLDER",
        help="Folder with your own phrases, rules or categories, which add to those of the program or replace them.",
    ),
]

LONGEST_WORD = 24
"""Letters from which a word may be broken in a narrow column of a table."""
FAILED, USAGE = 1, 2
"""Exit codes. 1: some files failed, and the others are written. 2: nothing could be started or written."""


@contextmanager
def reporting(code: int) -> Iterator[None]:
    """Turn every error into one line on standard error and an exit code."""
    try:
        yield
        sys.stdout.flush()
    except AnalyzerError as error:
        fail(str(error), code)
    except KeyboardInterrupt:
        fail("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # The reader of the output has stopped reading; the interpreter must not complain when it flushes at its end.
        silence(sys.stdout.fileno())
        raise typer.Exit(PIPE_CLOSED) from None
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        fail(f"{named}{error.strerror or error}", code)
    except typer.Exit:
        raise
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}, line {frame.lineno}"
        fail(f"internal error in {where}: {type(error).__name__}: {error}. Please report it.", code)


def fail(message: str, code: int) -> NoReturn:
    """Print an error and exit with ``code``."""
    complain(message)
    raise typer.Exit(code) from None


def complain(message: str) -> None:
    """Write one line to standard error."""
    with suppress(OSError):  # Where standard error takes nothing, nothing can be said.
        typer.echo(f"lpa: {plain(message)}", err=True)


def tell_languages(document: Document) -> None:
    """Write to standard error what of an agreement is not read because of its languages."""
    for notice in document.warnings:
        if notice.code in ("unsupported-language", "unread-stretch", "left-out-version"):
            complain(f"{document.source_file}: {notice.text}")


def plain(text: str) -> str:
    """Return text on one line and without control characters, which file names and titles may contain."""
    return "".join(letter if letter.isprintable() else "�" for letter in " ".join(text.split()))


def json_for_terminal(value: object, indent: int | None = None) -> str:
    """Return a value as JSON in which no character steers a terminal or turns the direction of its text."""
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False, indent=indent))


def console(*, stderr: bool = False) -> Console:
    """Return the console to print to: as wide as the terminal, or 120 columns wide for a file."""
    from rich.console import Console

    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False, width=None if terminal else 120)


def prepare_results(out: Path, formats: Sequence[Format]) -> None:
    """Make the folder of results, and refuse to replace files in it that are no results of this program.

    Args:
        out: The folder.
        formats: The formats that will be written.

    Raises:
        AnalyzerError: It cannot be made, or a file stands in the way.
    """
    from analyzer.collection.datasette import METADATA
    from analyzer.present.files import file_names, refuse_other_files
    from analyzer.present.manifest import CRATE, RUN
    from analyzer.replace import prepare_folder

    names = [*file_names(formats), METADATA, CRATE, RUN]
    prepare_folder(out, names)
    refuse_other_files(out, names)


def print_table(
    names: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[str] = (), to: Console | None = None
) -> None:
    """Print rows under the names of their columns; no word is broken that has fewer than ``LONGEST_WORD`` letters.

    Args:
        names: The names.
        rows: The cells.
        right: Names of the columns that are aligned right.
        to: Where to print; standard output if none is given.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    cells = [[plain(cell) for cell in row] for row in rows]
    terminal = to or console()
    widest = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    tight = sum(widest) + 2 * len(names) > terminal.width
    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True, padding=(0, 1, 0, 0) if tight else (0, 1))
    for column, name in enumerate(names):
        words = [*name.split(), *(word for row in cells for word in row[column].split())]
        least = min(max(map(len, words), default=0), LONGEST_WORD)
        table.add_column(name, justify="right" if name in right else "left", overflow="fold", min_width=least)
    for row in cells:
        table.add_row(*row)
    terminal.print(table)
