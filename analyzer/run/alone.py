"""One agreement, on demand in a process of its own for which time and memory are limited."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from analyzer.api import Analysis, default_analyzer
from analyzer.errors import ReadError
from analyzer.limits import DIED, NO_MEMORY, Limits
from analyzer.read.remote import path_of
from analyzer.run.process import Died, Work
from analyzer.run.workers import run_in_processes


def analyze(path: str | Path, *, limits: Limits | None = None) -> Analysis:
    """Read one agreement and find its labour provisions with the bundled knowledge.

    Args:
        path: A file of a supported kind (see ``analyzer.read``).
        limits: Most time and memory, in a process of its own: for files that you do not trust. Without it everything
            happens in this process, without limits. A script that gives limits must do so under
            ``if __name__ == "__main__":``, as always with Python's processes.

    Raises:
        ReadError: The file cannot be read, or takes more than the limits.
        AnalyzerError: Processes cannot be started.

    Examples:
        >>> from analyzer import analyze
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> result = analyze(sample)
        >>> frame = result.to_frame().set_index("clause_id")
        >>> frame.loc["chapter-sixteen/art-16.2/par-1/item-c", ["categories", "strength"]].tolist()
        [['CL', 'ADOPT'], 'B']
    """
    if limits is None:
        return default_analyzer().analyze(path)
    work = Work(_parts, preload=("analyzer.run.preload",), limits=limits)
    ((_, parts),) = run_in_processes(work, [path_of(path)], jobs=1)
    if isinstance(parts, Died):
        raise ReadError(parts.reason or DIED, file=path)
    return Analysis(knowledge=default_analyzer().knowledge, **parts)


def _parts(path: Path) -> dict[str, Any]:
    """Return what an analysis holds, without the knowledge, which every process has."""
    try:
        analysis = default_analyzer().analyze(path)
    except MemoryError:
        raise ReadError(NO_MEMORY, file=path) from None
    return {part.name: getattr(analysis, part.name) for part in fields(analysis) if part.name != "knowledge"}
