"""``lpa hub``: the results of an analysis as one HTML file to search, compare and cite."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli.common import USAGE, KnowledgeOption, console, plain, reporting


def hub(
    folder: Annotated[
        Path, typer.Argument(metavar="OUT", help="Folder with the results of 'lpa analyze --format jsonl'.")
    ],
    chapters: Annotated[
        bool,
        typer.Option(
            "--chapters/--no-chapters",
            help="Show whole labour chapters, read again from the files as far as they are there unchanged.",
        ),
    ] = True,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write hub.html into a folder of results: one file for the browser that needs no network.

    Example: lpa hub results

    Exit code: 0 written, 2 the results are missing or damaged.
    """
    with reporting(USAGE):
        from analyzer.knowledge import load_knowledge
        from analyzer.present.files import HUB, write_results
        from analyzer.present.results import load_results
        from analyzer.replace import prepare_folder

        results = load_results(folder, knowledge=load_knowledge(knowledge))
        prepare_folder(folder, [HUB])
        (written,) = write_results(folder, results, ["hub"], chapters=chapters)
        counts = f"{len(results.analysed_rows)} agreements, {len(results.provision_rows)} provisions"
        console().print(plain(f"Written to {written.resolve()}: {counts}."), soft_wrap=True)
