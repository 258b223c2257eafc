"""``lpa hub``: the results of an analysis as one HTML file to see, search, compare and cite."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analyzer.bundled import VERSION
from analyzer.cli.common import USAGE, KnowledgeOption, console, plain, reporting


def hub(
    folder: Annotated[
        Path, typer.Argument(metavar="OUT", help="Folder that 'lpa analyze --format jsonl' has written its results to.")
    ],
    knowledge: KnowledgeOption = None,
) -> None:
    """Write hub.html into a folder of results: one file, to be opened in a browser, that needs no network.

    Exit code: 0 written, 2 the results are missing or damaged.
    """
    with reporting(USAGE):
        from analyzer.knowledge import load_knowledge
        from analyzer.present.files import HUB, write_tables
        from analyzer.present.hub.page import make_hub
        from analyzer.present.replace import prepare_folder
        from analyzer.present.results import load_results

        results = load_results(folder, knowledge=load_knowledge(knowledge))
        prepare_folder(folder, [HUB])
        tables = {
            "provisions": results.provision_rows,
            "agreements": results.agreement_rows,
            "ratifications": results.ratification_rows,
            "errors": results.error_rows,
        }
        page = make_hub(tables, knowledge=results.knowledge, version=VERSION)
        (written,) = write_tables(folder, (), (), texts={HUB: page})
        counts = f"{len(results.agreement_rows)} agreements, {len(results.provision_rows)} provisions"
        console().print(plain(f"Written to {written.resolve()}: {counts}."), soft_wrap=True)
