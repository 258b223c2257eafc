"""The tables of a web page that are open while it is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, groupby

from analyzer.knowledge.languages import Languages
from analyzer.read.formats.html_blocks import Block, join_cells
from analyzer.read.formats.two_languages import in_order

DEEPEST = 3
"""Tables in one another whose columns may be in different languages; further in are lists and the like."""

_Cells = list[list[Block]]


@dataclass(slots=True)
class _Row:
    cells: _Cells = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    rows: list[_Cells] = field(default_factory=list)


class Tables:
    """Takes paragraphs, and gives them on when the outermost of the tables in which they stand has ended.

    Args:
        languages: What the languages of columns are told by.

    Attributes:
        blocks: The paragraphs, in the order in which they are read.
    """

    def __init__(self, languages: Languages) -> None:
        self.blocks: list[Block] = []
        self._languages = languages
        self._open: list[_Row | _Table] = []

    @property
    def is_open(self) -> bool:
        """True if a table or a row is open."""
        return bool(self._open)

    def begin(self, tag: str) -> None:
        """Begin a table, a row or a cell."""
        if tag == "table":
            self._open.append(_Table())
        elif tag == "tr":
            self._open.append(_Row())
        elif self._open and isinstance(self._open[-1], _Row):
            self._open[-1].cells.append([])

    def add(self, blocks: Iterable[Block]) -> None:
        """Add paragraphs to the innermost cell, or to what is around it."""
        for outer in reversed(self._open):
            if isinstance(outer, _Table):
                outer.rows += ([[block]] for block in blocks)
                return
            if outer.cells:
                outer.cells[-1] += blocks
                return
        self.blocks += blocks

    def end(self, tag: str, suspect: int) -> None:
        """End a table or a row, where one is open.

        Args:
            tag: Its name.
            suspect: Index of the innermost suspect around it, see ``Block``.
        """
        kind = _Table if tag == "table" else _Row
        if not self._open or not isinstance(self._open[-1], kind):
            return
        done = self._open.pop()
        if isinstance(done, _Row):
            if self._open and isinstance(self._open[-1], _Table):
                self._open[-1].rows.append(done.cells)
            else:
                self.add(_read_row(done.cells, suspect))
            return
        depth = sum(isinstance(outer, _Table) for outer in self._open)
        rows = done.rows if depth >= DEEPEST else in_order(done.rows, _words, self._languages)
        self.add([block for cells in rows for block in _read_row(cells, suspect)])

    def close(self) -> None:
        """End all that is open."""
        while self._open:
            self.end("table" if isinstance(self._open[-1], _Table) else "tr", -1)


def _words(cell: list[Block]) -> str:
    return " ".join(block.text for block in cell)


def _read_row(cells: _Cells, suspect: int) -> list[Block]:
    """Return the paragraphs of a row; a menu in a cell next to the text is no part of its lines."""
    blocks: list[Block] = []
    for is_of_row, group in groupby(cells, lambda cell: all(block.suspect == suspect for block in cell)):
        run = list(group)
        blocks += join_cells(run) if is_of_row else chain.from_iterable(run)
    return blocks
