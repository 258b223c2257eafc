"""``lpa search``: provisions of a collection that hold some words, with the place where they stand."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from analyzer.cli.common import (
    USAGE,
    KnowledgeOption,
    complain,
    console,
    json_for_terminal,
    plain,
    reporting,
)

if TYPE_CHECKING:
    from analyzer.collection.search import Found, Hit

Form = Literal["table", "csv", "jsonl"]
_ABOUT = (
    "agreement_id",
    "agreement",
    "parties",
    "date_signed",
    "date_in_force",
    "source_file",
    "language",
    "clause_id",
)
_PLACE = ("article", "heading", "page_start", "page_end", "strength", "categories", "instruments", "text")
COLUMNS = (*_ABOUT, *_PLACE)
"""Columns of ``provisions`` that a result has, beside its rank, score and snippet."""
MOST_OTHERS = 12
"""Most other words that are named."""

_Several = list[str] | None


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="What to look for; '' for all that fits the options.")],
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Folder with the results of 'lpa analyze'.")] = Path(
        "lpa-out"
    ),
    party: Annotated[_Several, typer.Option(help="Code or name of a Party; may be repeated.")] = None,
    since: Annotated[int | None, typer.Option("--from", help="First year of signature.")] = None,
    until: Annotated[int | None, typer.Option("--to", help="Last year of signature.")] = None,
    category: Annotated[_Several, typer.Option(help="Code of a category; may be repeated.")] = None,
    strength: Annotated[_Several, typer.Option(help="Code of a strength; may be repeated.")] = None,
    instrument: Annotated[
        _Several, typer.Option(help="Id of an instrument that the clause cites (C029); may be repeated.")
    ] = None,
    language: Annotated[_Several, typer.Option(help="Language of the clause; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most provisions that are shown.")] = 20,
    exact: Annotated[
        bool, typer.Option("--exact", help="Look for these words alone, not for others that mean the same.")
    ] = False,
    form: Annotated[Form, typer.Option("--format", help="table, csv or jsonl.")] = "table",
    knowledge: KnowledgeOption = None,
) -> None:
    """Search the labour provisions of a collection.

    Words must all be there; "words in quotation marks" follow each other; organi* is the beginning of a word; AND, OR,
    NOT (or -), brackets and NEAR(a "b c", 10) join them. Accents, plurals and labour/labor make no difference. Unless
    --exact is given, the words of the thesaurus for the same thing, in English, Spanish and French, and the codes and
    titles of instruments are found too. Example: lpa search '"forced labour" -prison' --from 2010 --strength B lpa-out.
    Exit code: 0 the search was done, 2 the query cannot be understood or there is no collection.
    """
    with reporting(USAGE):
        from analyzer.collection.search import Filters, Searcher
        from analyzer.knowledge import load_knowledge

        filters = Filters(
            party=party or (),
            since=since,
            until=until,
            category=category or (),
            strength=strength or (),
            instrument=instrument or (),
            language=language or (),
        )
        with Searcher(folder, load_knowledge(knowledge)) as searcher:
            found = searcher.search(query, filters, limit=limit, exact=exact)
        if form == "jsonl":
            for row in _rows(found):
                typer.echo(json_for_terminal(row))
        elif form == "csv":
            _print_csv(found)
        else:
            _print_hits(found)


def _rows(found: Found) -> Iterator[dict[str, Any]]:
    for rank, hit in enumerate(found.hits, 1):
        about = {name: hit.row[name] for name in COLUMNS}
        yield {"rank": rank, "score": hit.score, **about, "snippet": hit.snippet.text, "marks": hit.snippet.marks}


def _print_csv(found: Found) -> None:
    from analyzer.present.cells import guard

    writer = csv.writer(sys.stdout)
    writer.writerow(("rank", "score", *COLUMNS, "snippet"))
    for rank, hit in enumerate(found.hits, 1):
        values = [hit.row[name] for name in COLUMNS]
        cells = [";".join(value) if isinstance(value, tuple) else value for value in values]
        cells = [guard(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in cells]
        writer.writerow((rank, hit.score, *cells, guard(hit.snippet.marked())))


def _print_hits(found: Found) -> None:
    """Print each provision as its place and, below it, its words; lines break between words at any width."""
    from rich.padding import Padding
    from rich.text import Text

    terminal = console()
    for rank, hit in enumerate(found.hits, 1):
        terminal.print(Text(plain(f"{rank}. {_place(hit)}")))
        terminal.print(Padding(Text(plain(hit.snippet.marked())), (0, 0, 1, 3), expand=False))
    shown = f", {len(found.hits)} shown" if len(found.hits) < found.total else ""
    terminal.print(plain(f"Provisions found: {found.total}{shown}."), soft_wrap=True)
    if found.others:
        more = " …" if len(found.others) > MOST_OTHERS else ""
        complain(f"also looked for: {', '.join(found.others[:MOST_OTHERS])}{more} (not with --exact)")


def _place(hit: Hit) -> str:
    """Return where a provision stands, its strength and its categories: ``pact (2018), art-3/par-1 · B · FL``."""
    row = hit.row
    year = (row["date_signed"] or row["date_in_force"])[:4]
    name = f"{row['agreement_id']} ({year})" if year else row["agreement_id"]
    page = "" if row["page_start"] is None else f", page {row['page_start']}"
    return " · ".join((f"{name}, {row['clause_id']}{page}", row["strength"], " ".join(row["categories"])))
