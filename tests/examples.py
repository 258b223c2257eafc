"""Runs the examples of a page of documentation, in their order and in one folder.

* ``python``: run; what one block defines, the next ones know.
* ``console``: each line ``$ lpa …`` is run; what it prints must be what is shown. ``…`` stands for anything: alone in a
  line for any number of lines, within a line for any characters.
* ``sh``: not run, because it needs a network, a person or data that is not ours; the options of ``lpa`` must exist.
* ``toml``, ``csv``: written into a file where the block is headed ``title="NAME"``.
* ``text`` and blocks without a language: only shown.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from analyzer.cli import app

BLOCK = re.compile(r"^```(\w*)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN_ONLY = ("", "text")


@dataclass(frozen=True, slots=True)
class Block:
    """One example: its language, the file it is written to (or empty), its lines, and the number of the first one."""

    language: str
    file: str
    body: str
    line: int


def blocks(page: str) -> Iterator[Block]:
    for match in BLOCK.finditer(page):
        yield Block(match[1], match[2] or "", match[3], page.count("\n", 0, match.start(3)) + 1)


def run_page(path: Path) -> int:
    """Run every example of a page in the current folder; return how many were run."""
    names: dict[str, Any] = {"__name__": "__main__"}
    ran = 0
    for block in blocks(path.read_text(encoding="utf-8")):
        where = f"{path.name}, line {block.line}"
        if block.file:
            Path(block.file).parent.mkdir(parents=True, exist_ok=True)
            Path(block.file).write_text(block.body, encoding="utf-8")
        elif block.language == "python":
            exec(compile("\n" * (block.line - 1) + block.body, str(path), "exec"), names)
            ran += 1
        elif block.language == "console":
            ran += _run_console(block, where)
        elif block.language == "sh":
            _check_commands(block, where)
        else:
            assert block.language in (*SHOWN_ONLY, "toml"), f"{where}: no one runs {block.language!r}"
    return ran


def _run_console(block: Block, where: str) -> int:
    first, *parts = re.split(r"^\$ ", block.body, flags=re.MULTILINE)
    assert not first.strip(), f"{where}: begins with output"
    for part in parts:
        command, _, expected = part.partition("\n")
        program, *arguments = shlex.split(command, comments=True)
        assert program == "lpa", f"{where}: {program} is not run here; show it as sh"
        result = CliRunner().invoke(app, arguments)
        printed = result.output.rstrip()
        shown = expected.rstrip()
        assert re.fullmatch(_pattern(shown), _tidy(printed)), (
            f"{where}: {command}\nshown:\n{shown}\nprinted:\n{printed}"
        )
    return len(parts)


def _pattern(shown: str) -> str:
    """Return a pattern for what is shown: any lines for a line ``…``, any characters for ``…`` within a line."""
    pattern = ""
    for line in _tidy(shown).splitlines():
        pattern += r"(?:.*\n)*" if line.strip() == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n"
    return pattern


def _tidy(text: str) -> str:
    """Return lines without blanks at their ends, the last with its line feed."""
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _check_commands(block: Block, where: str) -> None:
    for line in block.body.splitlines():
        words = shlex.split(line, comments=True)
        if "lpa" not in [Path(word).name for word in words[:1]]:
            continue
        subcommand = [word for word in words[1:3] if re.fullmatch(r"[a-z]+(-[a-z]+)*", word)]
        if subcommand[:1] not in (["knowledge"], ["review"]):
            del subcommand[1:]
        options = [word for word in words if word.startswith("--")]
        help = CliRunner().invoke(app, [*subcommand, "--help"]).stdout
        for option in options:
            assert re.search(rf"{option}\b", help), f"{where}: lpa {' '.join(subcommand)} has no option {option}"
