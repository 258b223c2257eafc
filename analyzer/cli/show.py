"""``lpa categories`` and ``lpa segment``: the codebook, and the clauses of one agreement."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.common import (
    FAILED,
    KnowledgeOption,
    json_for_terminal,
    plain,
    print_table,
    reporting,
    tell_languages,
)
from analyzer.types import Language

if TYPE_CHECKING:
    from analyzer.types import Clause

_PARTS = frozenset({"front", "contents", "signature"})
"""Addresses of the title page, the table of contents and the signatures."""


def categories(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the names.")] = "en",
    knowledge: KnowledgeOption = None,
) -> None:
    """Print the codebook: the categories of labour provisions.

    Example: lpa categories --json
    """
    with reporting(FAILED):
        from analyzer.knowledge import load_knowledge

        columns = ("code", "name", "group", "pillar")
        rows = [
            {name: getattr(category, name) for name in columns}
            for category in load_knowledge(knowledge).in_language(lang).categories.values()
        ]
        if as_json:
            typer.echo(json_for_terminal(rows, 1))
        else:
            print_table(columns, [list(row.values()) for row in rows])


def segment(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The agreement, a file of a supported kind.")],
    text: Annotated[bool, typer.Option("--text", help="Print the words of each clause too.")] = False,
    tree: Annotated[
        bool, typer.Option("--tree", help="Print the outline for people: chapters, articles, annexes with their names.")
    ] = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Print the clauses of an agreement as JSON lines, in reading order; or its outline.

    Example: lpa segment treaties/pact.pdf --tree
    """
    if text and tree:
        raise typer.BadParameter("choose --text or --tree")
    with reporting(FAILED):
        from analyzer.knowledge import load_knowledge
        from analyzer.run.apart import read_apart
        from analyzer.segment import segment

        known = load_knowledge(knowledge)
        keys = ("clause_id", "kind", "number", "heading", "start", "end", "page_start")
        out = sys.stdout.buffer
        document = read_apart(file, known)
        tell_languages(document)
        clauses = segment(document, knowledge=known)
        for index, clause in enumerate(clauses):
            line = _outline_line(clauses, index)
            if not tree:
                values = {key: getattr(clause, key) for key in keys}
                words = {"text": document.text[clause.start : clause.own_end]} if text else {}
                line = json_for_terminal({**values, **words})
            if line:
                out.write(line.encode("utf-8", "backslashreplace") + b"\n")
        out.flush()


def _outline_line(clauses: Sequence[Clause], index: int) -> str:
    """Return the line of the outline for a container, indented by its level, or for a part with a name of its own.

    It is empty for any other clause.
    """
    from analyzer.types import CONTAINERS, ancestors

    clause = clauses[index]
    if clause.kind not in CONTAINERS:
        return f"({clause.clause_id})" if clause.clause_id.partition("~")[0] in _PARTS else ""
    word = clause.location if clause.kind == "annex" and clause.location == "side letter" else clause.kind
    name = f": {plain(clause.heading)}" if clause.heading else ""
    page = "" if clause.page_start is None else f"  [page {clause.page_start}]"
    indent = "  " * sum(1 for _ in ancestors(clauses, index))
    return f"{indent}{word.capitalize()} {plain(clause.number)}".rstrip() + name + page
