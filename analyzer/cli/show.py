"""``lpa categories`` and ``lpa segment``: the codebook, and the clauses of one agreement."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from analyzer.cli.common import FAILED, KnowledgeOption, print_table, reporting


def categories(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Print the codebook: the categories of labour provisions."""
    with reporting(FAILED):
        from analyzer.knowledge import load_knowledge

        columns = ("code", "name", "group", "pillar")
        rows = [
            {name: getattr(category, name) for name in columns}
            for category in load_knowledge(knowledge).categories.values()
        ]
        if as_json:
            typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            print_table(columns, [list(row.values()) for row in rows])


def segment(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The agreement, a file of a supported kind.")],
    knowledge: KnowledgeOption = None,
) -> None:
    """Print the clauses of an agreement as JSON lines, in reading order."""
    with reporting(FAILED):
        from analyzer.knowledge import load_knowledge
        from analyzer.run.apart import read_apart
        from analyzer.segment import segment

        known = load_knowledge(knowledge)
        keys = ("clause_id", "kind", "number", "heading", "start", "end", "page_start")
        out = sys.stdout.buffer
        for clause in segment(read_apart(file, known), knowledge=known):
            line = json.dumps({key: getattr(clause, key) for key in keys}, ensure_ascii=False)
            out.write(line.encode("utf-8", "backslashreplace") + b"\n")
        out.flush()
