"""Write the generated parts of the reference pages, from the program itself.

    python docs/generate.py            # or: make docs-pages

A page holds its generated parts between ``<!-- generated: NAME -->`` and ``<!-- end -->``; the rest is written by hand.
``make test`` fails where a part is out of date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

import analyzer
from analyzer.cli import app
from analyzer.present.columns import ERROR_COLUMNS, EVIDENCE_COLUMNS, Column, agreement_columns, provision_columns
from analyzer.present.family_tables import FAMILY_COLUMNS
from analyzer.present.instrument_tables import INSTRUMENT_COLUMNS, RATIFICATION_COLUMNS
from analyzer.present.reference_tables import REFERENCE_COLUMNS

DOCS = Path(__file__).resolve().parent
COMMAND = "make docs-pages"
PART = re.compile(r"(<!-- generated: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
DEFAULT = re.compile(r"\s*\[default: (.+?)\]")


def pages() -> dict[Path, str]:
    """Return every page that has generated parts, with its text as it should be."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("reference/*.md"))}
    return {path: PART.sub(_renewed, text) for path, text in texts.items() if PART.search(text)}


def _renewed(part: re.Match[str]) -> str:
    return f"{part[1]}\n{PARTS[part[2]]().strip()}\n\n{part[3]}"


def commands() -> str:
    """Return a section for every command: what it does, its arguments and options."""
    return "\n\n".join(_sections(typer.main.get_command(app), "lpa"))


def _sections(command: Any, name: str) -> Iterator[str]:
    subcommands: Mapping[str, Any] = getattr(command, "commands", {})
    if not subcommands:
        yield f"## `{name}`\n\n{_paragraphs(command.help)}\n\n{_usage(command, name)}\n\n{_options(command)}"
    for subname, subcommand in subcommands.items():
        yield from _sections(subcommand, f"{name} {subname}")


def _paragraphs(text: str) -> str:
    """Return help text as Markdown; a line that begins with "Exit code" is a paragraph of its own."""
    parts = re.split(r"\n\s*\n|\s+(?=Exit code: )", text.strip())
    return "\n\n".join(" ".join(part.split()) for part in parts)


def _usage(command: Any, name: str) -> str:
    written = [
        str(parameter.metavar or parameter.name.upper()) for parameter in command.params if _is_argument(parameter)
    ]
    return f"    {' '.join([name, *written])} [OPTIONS]"


def _is_argument(parameter: Any) -> bool:
    return not parameter.opts[0].startswith("-")


def _options(command: Any) -> str:
    rows = []
    for parameter in command.params:
        text, default = parameter.help or "", parameter.default
        stated = DEFAULT.search(text)
        if stated:
            text, default = DEFAULT.sub("", text), stated[1]
        shown = "" if default in (None, False, "", ()) or parameter.required or callable(default) else str(default)
        if getattr(parameter, "envvar", None):
            text += f" The environment variable `{parameter.envvar}` does the same."
        if parameter.required:
            text += " Required."
        name = parameter.metavar or parameter.name.upper() if _is_argument(parameter) else ", ".join(parameter.opts)
        rows.append((f"`{name}`", text, f"`{shown}`" if shown and " " not in shown else shown))
    return _table(("argument or option", "meaning", "default"), rows) if rows else ""


def _columns(columns: Sequence[Column]) -> str:
    return _table(("column", "kind", "meaning"), [(f"`{c.name}`", c.kind, c.meaning) for c in columns])


def agreements() -> str:
    """Return the columns of ``agreements``; those that count categories in one row."""
    knowledge = analyzer.load_knowledge()
    rows = []
    for column in agreement_columns(knowledge):
        if column.name not in knowledge.categories:
            rows.append((f"`{column.name}`", column.kind, column.meaning))
        elif column.name == next(iter(knowledge.categories)):
            count = len(knowledge.categories)
            rows.append(
                (
                    f"`{column.name}` …",
                    "integer",
                    f"{count} columns, one for each category: how many provisions have it.",
                )
            )
    return _table(("column", "kind", "meaning"), rows)


def categories() -> str:
    """Return a table of categories for each group."""
    knowledge = analyzer.load_knowledge()
    known = knowledge.categories.values()
    parts = []
    for group in dict.fromkeys(category.group for category in known):
        rows = [(f"`{c.code}`", c.name, c.pillar, c.definition) for c in known if c.group == group]
        parts.append(f"## {knowledge.labels.groups[group]}\n\n{_table(('code', 'name', 'pillar', 'used for'), rows)}")
    return "\n\n".join(parts)


def indicators() -> str:
    """Return a table of indicators for each group."""
    known = analyzer.load_knowledge().indicators
    parts = []
    for group, name in known.groups.items():
        rows = [
            (f"`{one.id}`", one.name, one.definition, ", ".join(one.corresponds))
            for one in known.entries.values()
            if one.group == group
        ]
        parts.append(f"### {name}\n\n{_table(('column', 'name', 'it is 1 if', 'corresponds to'), rows)}")
    return "\n\n".join(parts)


def strengths() -> str:
    """Return the table of strengths."""
    meanings = analyzer.load_knowledge().labels.meanings
    return _table(("code", "meaning"), [(f"`{code}`", meaning) for code, meaning in meanings.items()])


def names() -> str:
    """Return a section for every public name: functions first, then values and classes, then errors."""
    public = {name: getattr(analyzer, name) for name in analyzer.__all__}
    errors = [name for name, value in public.items() if isinstance(value, type) and issubclass(value, Exception)]
    classes = [name for name, value in public.items() if isinstance(value, type) and name not in errors]
    functions = [name for name in public if name not in errors and name not in classes]
    parts = []
    for heading, chosen in (("Functions", functions), ("Classes", classes), ("Errors", errors)):
        parts.append(f"## {heading}")
        for name in chosen:
            path = f"{public[name].__module__}.{public[name].__qualname__}"
            parts.append(f"### `{name}`\n\n::: {path}")
    return "\n\n".join(parts)


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [names, ["---"] * len(names), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


PARTS: Mapping[str, Callable[[], str]] = {
    "commands": commands,
    "provisions": lambda: _columns(provision_columns(analyzer.load_knowledge())),
    "agreements": agreements,
    "instruments": lambda: _columns(INSTRUMENT_COLUMNS),
    "ratifications": lambda: _columns(RATIFICATION_COLUMNS),
    "indicators": indicators,
    "references": lambda: _columns(REFERENCE_COLUMNS),
    "indicator_evidence": lambda: _columns(EVIDENCE_COLUMNS),
    "families": lambda: _columns(FAMILY_COLUMNS),
    "errors": lambda: _columns(ERROR_COLUMNS),
    "categories": categories,
    "strengths": strengths,
    "names": names,
}
"""What stands between the marks of each name."""


def main() -> None:
    """Write the pages whose generated parts have changed, and name them."""
    for path, text in pages().items():
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"written: {path.relative_to(DOCS.parent)}")


if __name__ == "__main__":
    main()
