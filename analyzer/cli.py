"""The command ``lpa``. Heavy modules are imported by the commands that need them, so that help comes at once."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from analyzer import __version__
from analyzer.errors import AnalyzerError

if TYPE_CHECKING:
    from rich.console import Console

    from analyzer.batch import BatchResult, FileResult
    from analyzer.sources import SourceList

FAILED, USAGE = 1, 2
"""Exit codes: some file failed, the others are written; nothing could be started or written. 0: all is well."""
INTERRUPTED, PIPE_CLOSED = 130, 141
"""Exit codes that shells give for SIGINT and SIGPIPE."""
MOST_JOBS = 4
"""Default limit of processes; each may hold 600 MB."""
MOST_LISTED = 40
"""Most agreements that the summary lists, and most failed files that are named on standard error."""
LONGEST_TITLE = 44
TABLES = ("provisions", "agreements", "errors")
LIBRARIES = ("pandas", "pdfplumber", "pypdfium2", "spacy", "typer", "xlsxwriter")

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
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    app()
    sys.exit(0)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lpa {__version__}")
        raise typer.Exit


@app.callback()
def lpa(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Find, classify and cite the labour provisions of trade agreements."""


@app.command()
def analyze(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Files, folders or patterns; the bundled samples if none are given."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("lpa-out"),
    formats: Annotated[str, typer.Option("--format", help="Any of csv, jsonl, xlsx.")] = "csv,jsonl,xlsx",
    jobs: Annotated[
        int | None, typer.Option(min=1, help=f"Number of processes.  [default: one per CPU, at most {MOST_JOBS}]")
    ] = None,
) -> None:
    """Write the labour provisions of agreements as tables.

    Writes provisions, agreements and errors in each format, and run.json, into the folder.
    Exit code: 0 all files read, 1 some failed, 2 wrong usage.
    """
    with _reporting(USAGE):
        from analyzer.bundled import bundled
        from analyzer.output import file_names, parse_formats, prepare_folder
        from analyzer.sources import expand_sources

        chosen = parse_formats(formats)
        sources = expand_sources(paths or [str(bundled("corpus/texts"))])
        prepare_folder(out, [*file_names(TABLES, chosen), "run.json"])
        jobs = jobs or min(os.cpu_count() or 1, MOST_JOBS)
        result = _analyze(sources, jobs)
        arguments = {"paths": paths or [], "out": str(out), "format": list(chosen), "jobs": jobs}
        written = _write(result, out, chosen, arguments)
        _name_failures(result)
        _print_summary(result, out, written)
    raise typer.Exit(FAILED if result.counts["failed"] else 0)


@app.command()
def categories(as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False) -> None:
    """Print the codebook: the categories that provisions are given."""
    with _reporting(FAILED):
        from analyzer.knowledge import load_knowledge

        columns = ("code", "name", "group", "pillar")
        rows = [{name: getattr(known, name) for name in columns} for known in load_knowledge().categories.values()]
        if as_json:
            typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            _print_table(_console(), columns, [list(row.values()) for row in rows])


@app.command()
def segment(file: Annotated[str, typer.Argument(metavar="FILE", help="A .txt, .xml (ToTA) or .pdf file.")]) -> None:
    """Print the clauses of an agreement as JSON lines, in reading order."""
    with _reporting(FAILED):
        from analyzer.read import read
        from analyzer.segment import segment

        keys = ("clause_id", "kind", "number", "heading", "start", "end", "page_start")
        out = sys.stdout.buffer
        for clause in segment(read(file)):
            line = json.dumps({key: getattr(clause, key) for key in keys}, ensure_ascii=False)
            out.write(line.encode("utf-8", "backslashreplace") + b"\n")
        out.flush()


@contextmanager
def _reporting(code: int) -> Iterator[None]:
    """Turn whatever goes wrong into one line on standard error and an exit code."""
    try:
        yield
        sys.stdout.flush()
    except AnalyzerError as error:
        _fail(str(error), code)
    except KeyboardInterrupt:
        _fail("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter must not complain when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(PIPE_CLOSED) from None
    except OSError as error:
        _fail(str(error), code)
    except typer.Exit:
        raise
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(at.filename).name}, line {at.lineno}"
        _fail(f"internal error in {where}: {type(error).__name__}: {error}. Please report it.", code)


def _fail(message: str, code: int) -> NoReturn:
    _complain(message)
    raise typer.Exit(code) from None


def _complain(message: str) -> None:
    typer.echo(f"lpa: {_plain(message)}", err=True)


def _plain(text: str) -> str:
    """Return text on one line and without control characters: file names and titles are not ours."""
    return "".join(letter if letter.isprintable() else "�" for letter in " ".join(text.split()))


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _analyze(sources: SourceList, jobs: int) -> BatchResult:
    """Analyse the sources, with a progress bar where somebody watches."""
    from analyzer.batch import analyze_sources

    if not sys.stderr.isatty():
        return analyze_sources(sources, jobs=jobs)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    parts = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*parts, console=_console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(sources.files))

        def advance(result: FileResult) -> None:
            progress.update(task, advance=1, description=_plain(Path(result.file).name))

        return analyze_sources(sources, jobs=jobs, on_result=advance)


def _write(result: BatchResult, out: Path, formats: Sequence[Any], arguments: Mapping[str, Any]) -> list[Path]:
    from analyzer.output import Table, write_tables
    from analyzer.tables import ERROR_COLUMNS, PROVISION_COLUMNS, agreement_columns

    columns = (PROVISION_COLUMNS, agreement_columns(result.knowledge), ERROR_COLUMNS)
    rows = (result.provision_rows, result.agreement_rows, result.error_rows)
    tables = [Table(*table) for table in zip(TABLES, columns, rows, strict=True)]
    run = json.dumps(_describe_run(result, arguments), ensure_ascii=False, indent=2) + "\n"
    about = {"knowledge": result.knowledge, "version": __version__}
    return write_tables(out, tables, formats, workbook=about, texts={"run.json": run})


def _describe_run(result: BatchResult, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return what ``run.json`` says: versions, arguments, counts, seconds per step."""
    from importlib.metadata import PackageNotFoundError, version
    from platform import python_version

    libraries: dict[str, str | None] = {}
    for name in LIBRARIES:
        try:
            libraries[name] = version(name)
        except PackageNotFoundError:
            libraries[name] = None
    return {
        "package": __version__,
        "knowledge": result.knowledge.version,
        "python": python_version(),
        "libraries": libraries,
        "arguments": arguments,
        "counts": result.counts,
        "timings": {step: round(seconds, 4) for step, seconds in result.timings.items()},
    }


def _name_failures(result: BatchResult) -> None:
    rows = result.error_rows
    for row in rows[:MOST_LISTED]:
        _complain(f"{row['file']}: {row['reason']}")
    if len(rows) > MOST_LISTED:
        _complain(f"and {len(rows) - MOST_LISTED} more; see the table of errors")


def _print_summary(result: BatchResult, out: Path, written: Sequence[Path]) -> None:
    from textwrap import shorten

    console = _console()
    rows = result.agreement_rows
    if len(rows) > MOST_LISTED:
        richest = sorted(rows, key=lambda row: -row["provisions"])[:MOST_LISTED]
        rows = [row for row in rows if row in richest]
    if rows:
        names = ("id", "agreement", "year", "provisions", "principles", "binding", "review")
        cells = [
            [
                row["agreement_id"],
                shorten(row["agreement"], LONGEST_TITLE, placeholder=" …"),
                (row["date_signed"] or row["date_in_force"])[:4],
                str(row["provisions"]),
                " ".join(row["principles"]),
                "" if row["binding_share"] is None else f"{row['binding_share']:.0%}",
                str(row["review"]),
            ]
            for row in rows
        ]
        _print_table(console, names, cells, right=("provisions", "binding", "review"))
    counts = result.counts
    review = sum(row["review"] for row in result.agreement_rows)
    lines = [
        f"Agreements read: {counts['agreements']}, with labour provisions: {counts['agreements_with_provisions']}; "
        f"provisions: {counts['provisions']}, to review: {review}.",
        f"Files that failed: {counts['failed']}, read in part: {counts['read_in_part']}.",
    ]
    if counts["skipped"]:
        lines.append(f"Files of other kinds, left out: {counts['skipped']}.")
    if len(rows) < counts["agreements"]:
        lines.insert(0, f"The {len(rows)} agreements with the most provisions; all are in the tables.")
    lines.append(f"Written to {out.resolve()}: {', '.join(path.name for path in written)}")
    for line in lines:
        console.print(_plain(line), soft_wrap=True)


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False, width=None if terminal else 120)


def _print_table(
    console: Console, names: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[str] = ()
) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(name, justify="right" if name in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row))
    console.print(table)
