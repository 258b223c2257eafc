"""Annotated documents of other kinds: statutes, declarations, laws that approve a treaty.

Their annotations are offsets into the file as it is, because the text that is read from it changes whenever a reader is
improved. The words are found again in that text by their letters, so that mark-up and white space do not matter.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

from analyzer.bundled import bundled
from analyzer.knowledge import Knowledge
from analyzer.learn.training.gold import Annotated, Line, Unit, digest, read_for, read_lines
from analyzer.read.file import MAX_BYTES
from analyzer.regular import read_regular

MARKUP = re.compile(r"\\?\[\d{1,3}\\?\](?:\([^)]*\))?|<[^>]{0,300}>")
"""Pattern of note markers and tags, whose letters are none of the text's."""


def gold_file() -> Path:
    """Return the annotations of the real documents."""
    return bundled("corpus/gold") / "real.jsonl"


def real(folder: Path, knowledge: Knowledge) -> list[Annotated]:
    """Read the annotated real documents, which are annotated completely.

    Args:
        folder: The folder with the documents; those that it lacks are passed over.
        knowledge: The codebook.

    Raises:
        GoldError: A line does not fit a document; the message names file, line and reason.
        ReadError: A document cannot be read.
    """
    by_file: dict[Path, list[Line]] = {}
    for line in read_lines(gold_file(), knowledge):
        by_file.setdefault(folder / line.row["file"], []).append(line)
    return [_annotated(path, lines, knowledge) for path, lines in by_file.items() if path.is_file()]


def _annotated(path: Path, lines: list[Line], knowledge: Knowledge) -> Annotated:
    content = read_regular(path, MAX_BYTES)
    if hashlib.sha256(content).hexdigest() != lines[0].row["sha256"]:
        raise lines[0].error(f"{path} is another file than was annotated (its SHA-256 differs)")
    document = read_for(path, lines[0], knowledge)
    units = tuple(_units(lines, content.decode("utf-8"), document.text))
    return Annotated(
        document,
        units,
        tuple((unit.start, unit.end) for unit in units),
        rest=True,
        origin="real",
        doubted=frozenset(number for number, line in enumerate(lines) if line.row["doubted"]),
    )


def _units(lines: list[Line], source: str, text: str) -> Iterator[Unit]:
    """Yield the annotated units as places in the text that was read."""
    letters, offsets = _letters(text)
    reached = 0
    for line in lines:
        row = line.row
        words = source[row["start"] : row["end"]]
        if digest(words) != row["hash"]:
            raise line.error("the text there is another one than was annotated (its hash differs)")
        wanted, _ = _letters(words)
        first = letters.find(wanted, reached)
        first = first if first >= 0 else letters.find(wanted)
        if first < 0:
            raise line.error("the reader does not give these words")
        reached = first + len(wanted)
        yield Unit(
            offsets[first], offsets[reached - 1] + 1, frozenset(row["labels"]), row["strength"], frozenset(row["refs"])
        )


def _letters(text: str) -> tuple[str, list[int]]:
    """Return the letters of a text, in small letters and without those of mark-up, and where each of them stands."""
    marked = [match.span() for match in MARKUP.finditer(text)]
    ends = [end for _, end in marked]
    letters, offsets = [], []
    for offset, char in enumerate(text):
        small = char.lower()
        if not (char.isalpha() and len(small) == 1):
            continue
        after = bisect_left(ends, offset + 1)
        if after < len(marked) and marked[after][0] <= offset:
            continue
        letters.append(small)
        offsets.append(offset)
    return "".join(letters), offsets
