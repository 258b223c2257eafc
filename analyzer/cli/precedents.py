"""``lpa precedents``: the clauses of other agreements that are like a text or a clause."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.cli.common import (
    USAGE,
    KnowledgeOption,
    complain,
    console,
    fail,
    json_for_terminal,
    plain,
    print_table,
    reporting,
)
from analyzer.types import Language

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from analyzer.knowledge import Knowledge
    from analyzer.precedents.differences import Difference
    from analyzer.present.precedents import Precedent
    from analyzer.present.study import Study

MOST_SHOWN = 1_500
"""Characters of a clause that are printed."""
STYLES = {"same": "", "dropped": "red strike", "added": "green"}
MARKS = {"same": ("", ""), "dropped": ("[-", "-]"), "added": ("{+", "+}")}
"""What stands around words that were dropped or added where there are no colours."""


def precedents(
    text_and_paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TEXT] [PATH]...",
            help="The words of a clause (not with --clause), and where to look: a folder with the results of "
            "'lpa analyze', or agreements to analyse now; the bundled samples if none are given.",
        ),
    ] = None,
    clause: Annotated[
        str, typer.Option(metavar="AGREEMENT/CLAUSE", help="Compare a clause of the results in place of a text.")
    ] = "",
    agreement: Annotated[
        str, typer.Option(metavar="ID", help="Print the agreements that are most like one, and its model.")
    ] = "",
    lineage: Annotated[
        str, typer.Option(metavar="CATEGORY|FAMILY", help="Print where each wording of it first appears.")
    ] = "",
    language: Annotated[
        Language | None, typer.Option(help="Language of the text.  [default: recognised]", show_default=False)
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, help="Most clauses in the language of the text, and most in other languages.")
    ] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Print the clauses of other agreements that are most like a text, and what they say otherwise.

    Within a language wording counts, across languages what the text is about. For each agreement the nearest clause is
    shown. Example: lpa precedents "Each Party shall not fail to enforce its labour laws" lpa-out

    Exit code: 0 printed, 2 nothing to compare, wrong usage or unusable results.
    """
    with reporting(USAGE):
        from analyzer.knowledge import load_knowledge
        from analyzer.present.precedents import clause_of, find_precedents

        given = text_and_paths or []
        if sum(map(bool, (clause, agreement, lineage))) > 1:
            fail("choose one of --clause, --agreement and --lineage", USAGE)
        if agreement or lineage:
            study = study_of(given, load_knowledge(knowledge))
            _print_like(study, agreement, limit) if agreement else _print_lineage(study, lineage)
            return
        what, paths = (clause, given) if clause else (given[0] if given else "", given[1:])
        if not what.strip():
            fail("the text is empty: give the words of a clause, or --clause", USAGE)
        known = load_knowledge(knowledge)
        study = study_of(paths, known)
        if clause and clause_of(study.neighbours, clause) is None:
            fail(f"there is no single clause {clause}; write AGREEMENT/CLAUSE as in the table provisions", USAGE)
        found = find_precedents(what, study, language=language or "", limit=limit)
        if as_json:
            for one in found:
                typer.echo(json_for_terminal(_as_json(one)))
        elif not found:
            complain("no clause is like this text")
        else:
            for one in found:
                _print(one, known)


def _print_like(study: Study, agreement: str, limit: int) -> None:
    model, frame = study.model_of(agreement), study.agreements_like(agreement, limit=limit)
    names = {row["agreement_id"]: row["agreement"] for row in study.analysed_rows}
    console().print(plain(str(model) if model else "There is no older agreement in its language."), soft_wrap=True)
    rows = [
        [name, names[name], *("" if value != value else f"{value:.2f}" for value in values)]
        for name, *values in frame.astype({"words": "float64"}).itertuples(index=False)
    ]
    print_table(
        ("id", "agreement", "similarity", "words", "structure"), rows, right=("similarity", "words", "structure")
    )


def _print_lineage(study: Study, of: str) -> None:
    rows = [
        [
            one.clause.date or "no date",
            f"{one.clause.agreement_id}/{one.clause.clause_id}",
            one.strength,
            str(one.agreements),
            "; ".join(one.changes) or _short(one.clause.text),
        ]
        for one in study.appearances_of(of)
    ]
    print_table(("first", "clause", "strength", "agreements", "wording"), rows, right=("agreements",))
    frame = study.lineage(of)
    shares = [
        [f"{year}–{int(year) + 4}", str(among), str(having), f"{share:.0%}"]
        for year, among, having, share in zip(
            frame.index, frame["agreements"], frame["having"], frame["share"], strict=True
        )
    ]
    heads = ("signed", "agreements", "having it", "share")
    print_table(heads, shares, right=heads[1:])


def study_of(paths: Sequence[str], knowledge: Knowledge) -> Study:
    """Return the results in a folder, or those of agreements that are analysed now, each within limits.

    Args:
        paths: One folder of results; or files, folders and patterns; the bundled samples if empty.
        knowledge: The knowledge to go by.
    """
    from analyzer.bundled import bundled
    from analyzer.present.manifest import RUN
    from analyzer.run.batch import analyze_folder

    if len(paths) == 1 and (Path(paths[0]) / RUN).is_file():
        return results_in(Path(paths[0]), knowledge)
    batch = analyze_folder(list(paths) or [str(bundled("corpus/texts"))], jobs=2, knowledge=knowledge)
    for row in batch.error_rows:
        complain(f"{row['file']}: {row['reason']}")
    return batch


def results_in(folder: Path, knowledge: Knowledge) -> Study:
    """Return the results of a run: those of its store if there is one, otherwise those of its JSON lines."""
    from analyzer.collection.database import STORE
    from analyzer.collection.results import read_results
    from analyzer.present.results import load_results

    if (folder / STORE).is_file():
        return read_results(folder, knowledge=knowledge)
    return load_results(folder, knowledge=knowledge)


def _as_json(one: Precedent) -> dict[str, Any]:
    from dataclasses import asdict

    values = asdict(one)
    if one.difference:
        values["difference"] = {
            "changes": [str(change) for change in one.difference.changes],
            "pieces": [[piece.operation, piece.text] for piece in one.difference.pieces],
        }
    return values


def _print(one: Precedent, knowledge: Knowledge) -> None:
    from rich.text import Text

    printer = console()
    names = "; ".join(one.parties)
    strength = knowledge.labels.strengths.get(one.strength, one.strength)
    where = ", ".join(part for part in (one.agreement_id, one.article or one.clause_id) if part)
    about = " · ".join(part for part in (one.date or "no date", names, strength) if part)
    measure = "wording" if one.measure == "words" else f"meaning, {knowledge.languages.name_of(one.language)}"
    printer.print(Text(plain(f"{one.similarity:.2f} ({measure})  {where}"), style="bold"), soft_wrap=True)
    printer.print(Text(plain(f"  {about}"), style="dim"), soft_wrap=True)
    print_words(printer, one.difference, one.text)


def print_words(printer: Console, difference: Difference | None, text: str) -> None:
    """Print what a clause says otherwise than another and what that weakens or strengthens; else its words alone."""
    from rich.text import Text

    printer.print(Text("  ") + (laid_over(difference) if difference else Text(_short(text))))
    for change in difference.changes if difference else ():
        if change.kind in ("weakened", "strengthened"):
            printer.print(Text(f"  {plain(str(change))}", style="yellow"))
    printer.print()


def laid_over(difference: Difference) -> Text:
    """Return two wordings laid over each other: what was dropped struck out, what was added in green."""
    from rich.text import Text

    parts, length = Text(), 0
    for piece in difference.pieces:
        opening, closing = MARKS[piece.operation]
        words = plain(piece.text)
        length += len(words)
        if length > MOST_SHOWN:
            return parts.append("…")
        blank = " " if piece.text.endswith(" ") else ""
        parts.append(f"{opening}{words}{closing}{blank}", style=STYLES[piece.operation])
    return parts


def _short(text: str) -> str:
    words = plain(text)
    return words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]} …"
