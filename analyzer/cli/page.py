"""``lpa page``: the page of a PDF on which a clause stands, as a picture with the evidence outlined."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from analyzer.cli.common import FAILED, KnowledgeOption, complain, console, fail, plain, reporting

NEAREST = 3
"""Most addresses that are suggested for one that is unknown."""


def page(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The agreement, a PDF.")],
    clause: Annotated[str, typer.Option(help="Address of the clause (clause_id).")],
    out: Annotated[Path, typer.Option(help="The picture to write; further pages get a number.")] = Path("page.png"),
    password: Annotated[
        str | None, typer.Option(envvar="LPA_PASSWORD", show_envvar=True, help="Password that opens an encrypted PDF.")
    ] = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Write the picture of the page on which a clause stands, with the clause and its evidence outlined.

    Grey: the clause; blue: words that a rule matched; amber: words that the classifier looked at.

    Example: lpa page treaties/pact.pdf --clause chapter-16/art-16.2/par-1/item-c --out item-c.png

    Exit code: 0 written, 1 the file cannot be read or has no such clause.
    """
    with reporting(FAILED):
        from analyzer.api import Analyzer
        from analyzer.knowledge import load_knowledge
        from analyzer.present.facsimile import drawer
        from analyzer.read.sources import Source
        from analyzer.run.apart import do_apart, read_each

        known = load_knowledge(knowledge)
        (document,) = read_each([Source(file, password=password)], known)
        if isinstance(document, Exception):
            raise document
        if document.format != "pdf":
            fail(f"{file}: only the pages of PDFs can be shown", FAILED)
        analysis = Analyzer(known).analyze_document(document)
        pages, outlined = _outlined(analysis, clause)
        pictures = do_apart(drawer(pages, outlined, password), file)
        for number, picture in enumerate(pictures, start=1):
            name = out if number == 1 else out.with_stem(f"{out.stem}-{number}")
            name.write_bytes(picture.png)
            console().print(plain(f"Written: {name.resolve()} (page {picture.page})"), soft_wrap=True)
            if not picture.found:
                complain(f"page {picture.page}: the words of the clause were not found, so nothing is outlined")


def _outlined(analysis: Any, address: str) -> tuple[Sequence[int], Any]:
    """Return the pages of a clause, and what to outline on them."""
    from difflib import get_close_matches

    from analyzer.present.facsimile import Outlined
    from analyzer.present.tables import provision_rows

    document = analysis.document
    clause = next((one for one in analysis.clauses if one.clause_id == address), None)
    if clause is None:
        near = get_close_matches(address, [one.clause_id for one in analysis.clauses], n=NEAREST)
        hint = f"; did you mean {' or '.join(near)}?" if near else "; lpa segment lists the addresses"
        fail(f"{document.source_file}: there is no clause {address!r}{hint}", FAILED)
    row = next((row for row in provision_rows(analysis) if row["clause_id"] == address), None)
    words = row["text"] if row else document.text[clause.start : clause.own_end]
    first, last = document.page_at(clause.start), document.page_at(max(clause.start, clause.own_end - 1))
    given = [entry for entry in row["evidence"] if entry["given"] and entry["words"]] if row else []
    return range(first or 1, (last or first or 1) + 1), Outlined(
        words,
        tuple(entry["words"] for entry in given if entry["source"] != "model"),
        tuple(entry["words"] for entry in given if entry["source"] == "model"),
    )
