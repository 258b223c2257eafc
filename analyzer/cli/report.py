"""``lpa report``: a few agreements compared in a document to cite."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli.common import USAGE, KnowledgeOption, console, plain, reporting


def report(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="Folder with the results of 'lpa analyze --format jsonl'.")
    ],
    agreements: Annotated[
        str, typer.Option(help="Ids or titles of two to six agreements, separated by commas (or by semicolons).")
    ],
    categories: Annotated[
        str, typer.Option(help="Codes of the categories to quote, separated by commas.  [default: all]")
    ] = "",
    formats: Annotated[
        str, typer.Option("--format", help="Formats to write, separated by commas: docx, html.")
    ] = "docx,html",
    knowledge: KnowledgeOption = None,
) -> None:
    """Compare two to six agreements in a document: executive table, texts side by side, sources with article and page.

    Writes report.docx and report.html into the folder.

    Example: lpa report results --agreements pact,accord

    Exit code: 0 written, 2 wrong usage or unusable results.
    """
    with reporting(USAGE):
        from analyzer.knowledge import load_knowledge
        from analyzer.present.report import compare, write_report
        from analyzer.present.results import load_results

        chosen = [name.lower() for name in _listed(formats)]
        codes = [code.upper() for code in _listed(categories)]
        results = load_results(out, knowledge=load_knowledge(knowledge))
        made = compare(results, _listed(agreements), codes)
        for path in write_report(out, made, chosen):
            console().print(plain(f"Written: {path.resolve()}"), soft_wrap=True)


def _listed(written: str) -> list[str]:
    """Return the names in a list; one with semicolons may have names with commas."""
    return [part.strip() for part in written.split(";" if ";" in written else ",") if part.strip()]
