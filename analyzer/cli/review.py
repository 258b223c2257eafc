"""``lpa review``: doubtful rows exported to a workbook for a lawyer, and imported again as labels for training."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.bundled import VERSION
from analyzer.cli.common import (
    FAILED,
    USAGE,
    KnowledgeOption,
    Paths,
    complain,
    console,
    fail,
    plain,
    print_table,
    reporting,
)

if TYPE_CHECKING:
    from analyzer.knowledge import Knowledge
    from analyzer.learn.review.choose import Choice
    from analyzer.learn.review.doubts import Candidate
    from analyzer.learn.review.verdicts import Verdicts
    from analyzer.read.sources import SourceList

ROWS, MOST_ROWS = 100, 5_000
"""Default and greatest number of rows of a workbook; a hundred take about three hours."""
MOST_NAMED = 40
"""Most row numbers that are listed one by one."""

review = typer.Typer(
    help="Export doubtful rows to a workbook for review, and import the answers as labels for training.",
    no_args_is_help=True,
)


@review.command("export")
def export_rows(
    paths: Paths = None,
    out: Annotated[Path, typer.Option(help="The workbook to write; it must not exist yet.")] = Path("review.xlsx"),
    rows: Annotated[int, typer.Option(min=1, max=MOST_ROWS, help="Greatest number of rows to write.")] = ROWS,
    reviewed: Annotated[
        list[Path] | None,
        typer.Option(help="Rows reviewed before, a FILE.jsonl of 'lpa review import', to leave out; repeatable."),
    ] = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write the most doubtful rows as a workbook with drop-downs for review.

    It chooses clauses of which the program is not sure, that it nearly took for labour provisions, on which rules and
    model differ, or whose wording is new; never two with nearly the same text.

    Example: lpa review export treaties/ --out review.xlsx

    Exit code: 0 written, 1 some files could not be read or there is nothing to review, 2 wrong usage.
    """
    with reporting(USAGE):
        from analyzer.bundled import bundled
        from analyzer.knowledge import load_knowledge
        from analyzer.learn.review.choose import choose
        from analyzer.learn.review.gold import digests
        from analyzer.learn.review.write_sheet import refuse_existing, write_sheet
        from analyzer.read.sources import expand_sources
        from analyzer.replace import prepare_folder

        if out.suffix.lower() != ".xlsx":
            fail(f"{out}: the workbook's name must end in .xlsx", USAGE)
        refuse_existing(out)
        known = load_knowledge(knowledge)
        reviewed_before = {digest for file in reviewed or () for digest in digests(file)}
        sources = expand_sources(paths or [str(bundled("corpus/texts"))])
        prepare_folder(out.parent)
        failures = [str(problem) for problem in sources.problems]
        doubtful = list(_candidates(sources, failures, known))
        for failure in failures:
            complain(failure)
        choices = choose(doubtful, rows, reviewed=reviewed_before)
        if not choices:
            fail("there is no clause to review; no workbook was written", FAILED)
        write_sheet(out, choices, knowledge=known, version=VERSION)
        _print_choices(choices, len(doubtful), out)
    raise typer.Exit(FAILED if failures else 0)


@review.command("import")
def import_rows(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Reviewed workbooks (.xlsx).")],
    out: Annotated[
        Path | None,
        typer.Option(help="File to write, replaced if it exists.  [default: the first FILE, with the ending .jsonl]"),
    ] = None,
    agreements: Annotated[
        list[str] | None,
        typer.Option(
            help="Files or folders of agreements that were moved after the export, or exported by somebody else; "
            "repeatable."
        ),
    ] = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write the rows that are marked as done as labels for training.

    Rows that cannot be used are named with their number and the reason; the others are written.

    Example: lpa review import review.xlsx --out reviewed.jsonl

    Exit code: 0 all rows marked as done were used, 1 some were refused or none is done, 2 nothing could be read.
    """
    with reporting(USAGE):
        from analyzer.knowledge import load_knowledge
        from analyzer.learn.review.gold import write_gold
        from analyzer.learn.review.read_sheet import read_sheet
        from analyzer.learn.review.verdicts import judge
        from analyzer.read.sources import expand_sources
        from analyzer.replace import prepare_folder
        from analyzer.run.apart import do_apart

        out = out or files[0].with_suffix(".jsonl")
        if out.resolve() in {file.resolve() for file in files}:
            fail(f"{out}: is one of the workbooks to read; choose another file to write", USAGE)
        rows = [row for file in dict.fromkeys(files) for row in do_apart(read_sheet, file)]
        moved = expand_sources(agreements or [])
        for problem in moved.problems:
            raise problem
        verdicts = judge(rows, load_knowledge(knowledge), moved=moved.files)
        if verdicts.accepted:
            prepare_folder(out.parent, [out.name])
            write_gold(out, verdicts.accepted)
        _print_verdicts(verdicts, out)
    raise typer.Exit(FAILED if verdicts.refused or not verdicts.accepted else 0)


def _candidates(sources: SourceList, failures: list[str], knowledge: Knowledge) -> Iterator[Candidate]:
    """Yield the doubtful clauses of each file; add the reasons why files cannot be read to ``failures``."""
    from analyzer.api import Analyzer
    from analyzer.errors import ReadError
    from analyzer.learn.review.doubts import candidates
    from analyzer.run.apart import read_each

    analyzer = Analyzer(knowledge)
    for document in read_each(sources.files, knowledge):
        if isinstance(document, ReadError):
            failures.append(str(document))
        else:
            yield from candidates(analyzer, document)


def _print_choices(choices: Sequence[Choice], doubtful: int, out: Path) -> None:
    kinds = Counter(doubt for choice in choices for doubt in {doubt.kind for doubt in choice.candidate.doubts})
    terminal = console()
    print_table(
        ("why shown", "rows"),
        [[kind, str(number)] for kind, number in kinds.most_common()],
        right=("rows",),
        to=terminal,
    )
    agreements = len({choice.candidate.row["source_file"] for choice in choices})
    lines = [
        f"Rows written: {len(choices)}, from {agreements} agreements; doubtful clauses: {doubtful}.",
        f"Written to {out.resolve()}; its first sheet explains how to review.",
        f"When it is reviewed: lpa review import {out}",
    ]
    for line in lines:
        terminal.print(plain(line), soft_wrap=True)


def _print_verdicts(verdicts: Verdicts, out: Path) -> None:
    for refusal in verdicts.refused:
        complain(str(refusal))
    for workbook in dict.fromkeys(row.workbook for row in verdicts.edited):
        numbers = _numbers([row.number for row in verdicts.edited if row.workbook == workbook])
        complain(f"{workbook}: these rows were changed but not marked as done, so they are not used: {numbers}")
    for workbook, missing in verdicts.missing.items():
        complain(f"{workbook}: these rows of the export are missing (column 'row'): {_numbers(missing)}")
    labour = sum(bool(verdict.labels) for verdict in verdicts.accepted)
    lines = [
        f"Rows imported: {len(verdicts.accepted)} (labour provisions: {labour}), not reviewed: {len(verdicts.undone)}, "
        f"refused: {len(verdicts.refused)}, repeated: {len(verdicts.repeated)}.",
        f"Written to {out.resolve()}" if verdicts.accepted else "Nothing was written.",
    ]
    terminal = console()
    for line in lines:
        terminal.print(plain(line), soft_wrap=True)


def _numbers(numbers: Sequence[int]) -> str:
    more = len(numbers) - MOST_NAMED
    return ", ".join(map(str, numbers[:MOST_NAMED])) + (f" and {more} more" if more > 0 else "")
