"""Reading of files in a process of its own, for which time and memory are limited."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from analyzer.errors import AnalyzerError, ReadError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.limits import DIED, NO_MEMORY, Limits
from analyzer.read.file import read
from analyzer.read.sources import Source
from analyzer.run.process import Died, Result, Work
from analyzer.run.workers import run_in_processes
from analyzer.types import Document

LIMITS = Limits()
"""For each file; those of ``analyze_folder``."""
_PRELOAD = ("analyzer.read.file",)


def read_apart(path: str | Path, knowledge: Knowledge) -> Document:
    """Read an agreement as ``analyzer.read`` does, within ``LIMITS``.

    Args:
        path: The file.
        knowledge: What reading goes by; the process reads its folder again.

    Raises:
        ReadError: It cannot be read within these limits.
    """
    with closing(read_each([Source(Path(path))], knowledge)) as documents:
        document = next(documents)
    if isinstance(document, ReadError):
        raise document
    return document


def do_apart(function: Callable[[Path], Result], path: Path) -> Result:
    """Return what a function makes of a file, in a process of its own and within ``LIMITS``.

    Args:
        function: A function of a module.
        path: The file.

    Raises:
        AnalyzerError: The function raises it, or takes too much.
    """
    work = Work(function, preload=_PRELOAD, limits=LIMITS)
    ((_, result),) = run_in_processes(work, [path], jobs=1)
    if isinstance(result, Died):
        raise AnalyzerError(result.reason or DIED, file=path)
    return result


def read_each(sources: Sequence[Source], knowledge: Knowledge) -> Generator[Document | ReadError, None, None]:
    """Yield what each file holds, or why it cannot be read, in their order.

    Args:
        sources: The files.
        knowledge: What reading goes by; the process reads its folder again.
    """
    work = Work(_read, start=partial(_start, knowledge.folder), preload=_PRELOAD, limits=LIMITS)
    for position, document in run_in_processes(work, sources, jobs=1):
        if isinstance(document, Died):
            yield ReadError(document.reason or DIED, file=sources[position].path)
        else:
            yield document


_of_this_process: list[Knowledge] = []
"""The knowledge of a worker process, read when the process starts."""


def _start(folder: Path | None) -> None:
    _of_this_process[:] = [load_knowledge(folder)]


def _read(source: Source) -> Document | ReadError:
    try:
        return read(
            source.path,
            agreement_id=source.agreement_id,
            password=source.password,
            language=source.language,
            knowledge=_of_this_process[0],
        )
    except ReadError as error:
        return error
    except MemoryError:
        return ReadError(NO_MEMORY, file=source.path)
