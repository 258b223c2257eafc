"""Slices of a list of files, so that several machines each do a part of it, and their results can be put together.

The files are counted in the order in which one run would read them, and each slice is a stretch of that order. So the
results of all slices, one behind the other, are those of one run, and ids of files with the same name are given before
the list is cut. Every machine must name the same files in the same way; a digest of the list tells whether it did.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analyzer.errors import AnalyzerError
from analyzer.read.sources import SourceList

MOST = 100_000
"""Most slices of a list."""
_WRITTEN = re.compile(r"(\d{1,6})/(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of a list of files.

    Attributes:
        number: Which slice it is, from 1.
        of: How many slices there are.
        files: How many files the whole list has; 0 where that is not known yet.
        listing: Digest of the whole list.
    """

    number: int
    of: int
    files: int = 0
    listing: str = ""

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    @property
    def record(self) -> dict[str, Any]:
        """What ``run.json`` says of it."""
        return {"number": self.number, "of": self.of, "files": self.files, "listing": self.listing}


def parse_slice(written: str) -> Slice:
    """Return the slice that is written ``3/20``.

    Raises:
        AnalyzerError: It is none.

    Examples:
        >>> parse_slice("3/20").of
        20
    """
    found = _WRITTEN.fullmatch(written.strip())
    if not found or not 1 <= int(found[1]) <= int(found[2]) <= MOST:
        raise AnalyzerError(f"{written!r} is no slice; write 3/20 for the third of twenty")
    return Slice(int(found[1]), int(found[2]))


def recorded_slice(run: Mapping[str, Any]) -> Slice | None:
    """Return the slice that a run says it was; ``None`` where it says none.

    Raises:
        AnalyzerError: What it says is damaged.
    """
    said = run.get("slice")
    if said is None:
        return None
    try:
        part = Slice(int(said["number"]), int(said["of"]), int(said["files"]), str(said["listing"]))
    except (TypeError, KeyError, ValueError):
        raise AnalyzerError("what the run says of its slice is damaged") from None
    if not 1 <= part.number <= part.of <= MOST:
        raise AnalyzerError("what the run says of its slice is damaged")
    return part


def take_slice(sources: SourceList, part: Slice) -> tuple[SourceList, Slice]:
    """Return the files of a slice, and the slice with what it knows of the whole list.

    The first slice also tells of what is no file, and counts the files of other kinds.

    Raises:
        AnalyzerError: There are more slices than files.
    """
    files = sources.files
    if len(files) < part.of:
        raise AnalyzerError(f"there are {len(files)} files, too few for {part.of} slices")
    digest = hashlib.sha256()
    for source in files:
        digest.update(f"{source.path}\0".encode("utf-8", "surrogateescape"))
    first, end = ((part.number - step) * len(files) // part.of for step in (1, 0))
    is_first = part.number == 1
    cut = SourceList(files[first:end], sources.problems if is_first else (), sources.skipped if is_first else 0)
    return cut, Slice(part.number, part.of, len(files), digest.hexdigest())
