"""``lpa indicators`` and ``lpa explain``: what whole agreements provide, and the clauses that say so."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.common import USAGE, KnowledgeOption, console, fail, json_for_terminal, plain, print_table, reporting

if TYPE_CHECKING:
    from analyzer.present.cells import Table
    from analyzer.present.results import Results

Out = Annotated[Path, typer.Argument(metavar="[OUT]", help="Folder with the results of 'lpa analyze --format jsonl'.")]
MOST_SIDE_BY_SIDE = 4
"""Most agreements whose indicators are listed side by side."""
FORMATS = ("table", "csv", "json")
ID_WIDTH = 24
"""Characters of an id that the overview shows, so that it fits a terminal of 80."""


def indicators(
    out: Out = Path("lpa-out"),
    agreements: Annotated[
        str, typer.Option(help="Ids of agreements, separated by commas; up to four are shown indicator by indicator.")
    ] = "",
    form: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
    scheme: Annotated[
        str,
        typer.Option(
            metavar="NAME|FILE",
            help="Use the items of a coding scheme: desta, dta, lphub, or a CSV file with the columns name and source.",
        ),
    ] = "",
    knowledge: KnowledgeOption = None,
) -> None:
    """Print what each agreement provides on labour: indicators, depth and the partial indices.

    Example: lpa indicators results --agreements pact,accord

    Exit code: 0 printed, 2 wrong usage or unusable results.
    """
    with reporting(USAGE):
        from analyzer.knowledge import load_knowledge
        from analyzer.present.cells import Table
        from analyzer.present.columns import indicator_columns
        from analyzer.present.results import load_results
        from analyzer.present.rows import check_agreements
        from analyzer.present.scheme import load_scheme, scheme_table

        if form not in FORMATS:
            fail(f"unknown format {form}; choose from {', '.join(FORMATS)}", USAGE)
        known = load_knowledge(knowledge)
        items = load_scheme(scheme, known) if scheme else ()
        results = load_results(out, knowledge=known)
        ids = check_agreements(_listed(agreements), results.agreement_rows, least=0)
        rows = [row for row in results.indicator_rows if not ids or row["agreement_id"] in ids]
        table = scheme_table(results, items, ids) if items else Table("indicators", indicator_columns(known), rows)
        if form != "table":
            _print_rows(table, form)
        elif 0 < len(ids) <= MOST_SIDE_BY_SIDE or items:
            names = [item.name for item in items] or list(known.indicators.entries)
            _print_side_by_side(table, names)
        else:
            _print_overview(results, ids)


def explain(
    agreement: Annotated[str, typer.Argument(metavar="AGREEMENT", help="Id of an agreement.")],
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Id of an indicator.")],
    out: Out = Path("lpa-out"),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines instead of text.")] = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Print the clauses that justify the value of an indicator, exact, with their addresses.

    Example: lpa explain pact enforceability results

    Exit code: 0 printed, 2 wrong usage or unusable results.
    """
    with reporting(USAGE):
        from analyzer.knowledge import load_knowledge
        from analyzer.present.results import load_results

        known = load_knowledge(knowledge)
        results = load_results(out, knowledge=known)
        reasons = results.reasons(agreement, indicator)
        value = results.value_of(agreement, indicator)
        if as_json:
            for row in reasons:
                typer.echo(json_for_terminal({"value": value, **row}))
            return
        one = known.indicators.entries[indicator]
        printer = console()
        printer.print(plain(f"{agreement}, {indicator} = {value}: {one.definition}"), soft_wrap=True)
        for row in reasons:
            page = "" if row["page_start"] is None else f", page {row['page_start']}"
            doubt = "  (to be checked)" if row["uncertain"] else ""
            article = f"  {row['article']}" if row["article"] else ""
            printer.print(plain(f"\n{row['clause_id']}{article}{page}{doubt}"), style="bold", soft_wrap=True)
            printer.print(f"  {plain(row['text'])}", soft_wrap=True)
            if row["words"] != row["text"]:
                printer.print(f"  counts: “{plain(row['words'])}”", soft_wrap=True)


def _listed(written: str) -> list[str]:
    return [part.strip() for part in written.split(",") if part.strip()]


def _print_rows(table: Table, form: str) -> None:
    from analyzer.present.files import write_csv, write_jsonl

    (write_csv if form == "csv" else write_jsonl)(sys.stdout, table)


def _print_side_by_side(table: Table, names: Sequence[str]) -> None:
    """Print one line per indicator or item, with a column for each agreement."""
    ids = [row["agreement_id"] for row in table.rows]
    lines = [[name, *("" if row[name] is None else str(row[name]) for row in table.rows)] for name in names]
    print_table(("", *ids), lines, right=ids)


def _print_overview(results: Results, ids: Sequence[str]) -> None:
    """Print one line per agreement: the indices, and how many indicators of each group are not 0."""
    known = results.knowledge.indicators
    shown = {row["agreement_id"]: row for row in results.analysed_rows}
    groups = {group: [one.id for one in known.entries.values() if one.group == group] for group in known.groups}
    indices = {id: index.name[:5] for id, index in known.indices.items()}
    heads = [f"{name:>6}" for name in indices.values()] + [f"{name[:3]:>4}" for name in known.groups.values()]
    lines = [f"{'agreement':{ID_WIDTH}} year{''.join(heads)}"]
    for row in results.indicator_rows:
        agreement = shown.get(row["agreement_id"])
        if agreement is None or (ids and row["agreement_id"] not in ids):
            continue
        figures = [f"{agreement[id]:6.1f}" for id in indices]
        counts = [f"{sum(bool(row[id]) for id in members):4}" for members in groups.values()]
        id, year = plain(row["agreement_id"]), (row["date_signed"] or "")[:4]
        name = id if len(id) <= ID_WIDTH else f"{id[: ID_WIDTH - 1]}…"
        lines.append(f"{name:{ID_WIDTH}} {year:4}{''.join(figures)}{''.join(counts)}")
    typer.echo("\n".join(lines))
    legend = [f"{head} = {known.indices[id].name}, 0 to 5" for id, head in indices.items()]
    legend += [f"{name[:3]} = {name}, of {len(groups[group])}" for group, name in known.groups.items()]
    typer.echo("\n" + fill("; ".join(legend) + ".", 79))
