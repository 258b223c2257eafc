"""``lpa duties``: who must do what, by when."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli.common import USAGE, KnowledgeOption, console, fail, plain, reporting

FORMATS = ("table", "csv", "jsonl", "ics")


def duties(
    out: Annotated[
        Path, typer.Argument(metavar="[OUT]", help="Folder with the results of 'lpa analyze --format jsonl'.")
    ] = Path("lpa-out"),
    party: Annotated[str, typer.Option(help="Code or name of a Party: only what binds it.")] = "",
    agreements: Annotated[str, typer.Option(help="Ids of agreements, separated by commas.")] = "",
    plain_only: Annotated[bool, typer.Option("--binding", help="Leave out best endeavours.")] = False,
    form: Annotated[
        str, typer.Option("--format", help="table, csv, jsonl, or ics: a calendar of what has a date.")
    ] = "table",
    knowledge: KnowledgeOption = None,
) -> None:
    """Print who must do what, by when: the duties among the labour provisions, dated ones first.

    What recurs ("annually") is counted from the entry into force, where that is known.

    Example: lpa duties results --party CAN

    Exit code: 0 printed, 2 wrong usage or unusable results.
    """
    with reporting(USAGE):
        from analyzer.knowledge import load_knowledge
        from analyzer.present.cells import Table
        from analyzer.present.duties import DUTY_COLUMNS, calendar
        from analyzer.present.duties import duties as duties_of
        from analyzer.present.files import write_csv, write_jsonl
        from analyzer.present.results import load_results
        from analyzer.present.rows import check_agreements

        if form not in FORMATS:
            fail(f"unknown format {form}; choose from {', '.join(FORMATS)}", USAGE)
        known = load_knowledge(knowledge)
        results = load_results(out, knowledge=known)
        wanted = [part.strip() for part in agreements.split(",") if part.strip()]
        ids = check_agreements(wanted, results.agreement_rows, least=0)
        code = known.states.code_of(party) if party else ""
        rows = duties_of(results.provision_rows, party=code, agreements=ids, plain_only=plain_only)
        if form == "ics":
            sys.stdout.buffer.write(calendar(rows))
        elif form != "table":
            (write_csv if form == "csv" else write_jsonl)(sys.stdout, Table("duties", DUTY_COLUMNS, rows))
        else:
            printer = console()
            for row in rows:
                where = " ".join(part for part in (row["agreement_id"], row["article"] or row["clause_id"]) if part)
                when = f"  {row['due']}" if row["due"] else ""
                by = f"  {'; '.join(row['deadline'])}" if row["deadline"] else ""
                printer.print(plain(f"{where}  {row['who']}{when}{by}"), style="bold", soft_wrap=True)
                printer.print(f"  {plain(row['text'])}\n", soft_wrap=True)
            dated = sum(bool(row["due"]) for row in rows)
            printer.print(f"{len(rows)} duties, {dated} with a date.")
