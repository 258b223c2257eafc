"""``lpa diff``: what became of each labour provision between two versions of an agreement."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.cli.common import USAGE, KnowledgeOption, console, fail, json_for_terminal, plain, reporting

if TYPE_CHECKING:
    from analyzer.knowledge import Knowledge
    from analyzer.precedents.versions import Fate
    from analyzer.present.comparison import Comparison

STYLES = {"kept": "dim", "changed": "yellow", "new": "green", "gone": "red"}


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="File of the old version; its id with --results.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="File of the new version; its id with --results.")],
    results: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Compare two agreements of the results of 'lpa analyze'. The tables hold labour "
            "provisions alone: a clause that is one in one version only is new or gone then.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write diff.html and diff.docx (tracked changes) there.")
    ] = None,
    kept: Annotated[bool, typer.Option("--kept", help="Print the provisions that did not change too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Print what became of each labour provision: kept, changed, new or gone.

    Clauses are found again although they were renumbered, moved, edited, split or merged. Of a changed one the words
    are shown that were struck out and added, and what makes it weaker or stronger.
    Example: lpa diff draft.docx final.docx --out compared

    Exit code: 0 compared, 2 a file cannot be read, there is nothing to compare, or wrong usage.
    """
    with reporting(USAGE):
        from analyzer.knowledge import load_knowledge
        from analyzer.present.comparison import write_comparison
        from analyzer.replace import prepare_folder

        known = load_knowledge(knowledge)
        comparison = _compare(old, new, results, known)
        if as_json:
            for fate in comparison.fates:
                if kept or fate.status != "kept":
                    typer.echo(json_for_terminal(_as_json(fate)))
        else:
            _print(comparison, kept=kept)
        if out:
            prepare_folder(out)
            for path in write_comparison(out, comparison):
                console(stderr=as_json).print(plain(f"Written: {path.resolve()}"), soft_wrap=True)


def _compare(old: str, new: str, results: Path | None, knowledge: Knowledge) -> Comparison:
    from analyzer.present.comparison import compare_agreements, compare_analyses

    if results:
        from analyzer.cli.precedents import results_in

        return compare_agreements(results_in(results, knowledge), old, new)
    from analyzer.api import Analyzer
    from analyzer.run.apart import read_apart

    if Path(old).resolve() == Path(new).resolve():
        fail("OLD and NEW are the same file", USAGE)
    analyzer = Analyzer(knowledge)
    sides = [analyzer.analyze_document(read_apart(file, knowledge)) for file in (old, new)]
    return compare_analyses(sides[0], sides[1], knowledge)


def _as_json(fate: Fate) -> dict[str, Any]:
    return {
        "status": fate.status,
        "old": [place.clause_id for place in fate.old],
        "new": [place.clause_id for place in fate.new],
        "notes": list(fate.notes),
        "changes": [str(change) for change in fate.difference.changes] if fate.difference else [],
        "old_text": fate.old_text,
        "new_text": fate.new_text,
    }


def _print(comparison: Comparison, *, kept: bool) -> None:
    from rich.text import Text

    from analyzer.cli.precedents import print_words

    printer = console()
    for fate in comparison.fates:
        if fate.status == "kept" and not kept:
            continue
        where = ", ".join(place.clause_id for place in fate.old or fate.new)
        printer.print(Text(plain(f"{fate.status.upper()}  {where}"), style=f"bold {STYLES[fate.status]}"))
        for note in fate.notes:
            printer.print(Text(f"  {plain(note)}", style="dim"), soft_wrap=True)
        print_words(printer, fate.difference, fate.new_text or fate.old_text)
    printer.print(plain(f"Labour provisions: {comparison.summary}."))
