"""Read files in a process of their own, for which time and memory are limited, and go on with them in this one."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from analyzer.errors import ReadError
from analyzer.limits import DIED, MAX_MEMORY, MAX_SECONDS, NO_MEMORY
from analyzer.read.file import read
from analyzer.read.sources import Source
from analyzer.run.workers import Died, run_in_processes
from analyzer.types import Document


def read_apart(path: str | Path) -> Document:
    """Read an agreement as ``analyzer.read`` does, but not for longer than ``MAX_SECONDS``, nor into ``MAX_MEMORY``.

    Raises:
        ReadError: It cannot be read within these limits.
    """
    with closing(read_each([Source(Path(path))])) as found:
        document = next(found)
    if isinstance(document, ReadError):
        raise document
    return document


def read_each(sources: Sequence[Source]) -> Generator[Document | ReadError, None, None]:
    """Yield what each file holds, or why it cannot be read, in their order."""
    done: Iterator[tuple[int, Document | ReadError | Died]] = run_in_processes(
        _read, sources, jobs=1, start=_nothing, preload=("analyzer.read.file",), seconds=MAX_SECONDS, memory=MAX_MEMORY
    )
    for position, found in done:
        if isinstance(found, Died):
            yield ReadError(found.reason or DIED, file=sources[position].path)
        else:
            yield found


def _nothing() -> None: ...


def _read(source: Source) -> Document | ReadError:
    try:
        return read(source.path, agreement_id=source.agreement_id, password=source.password)
    except ReadError as error:
        return error
    except MemoryError:
        return ReadError(NO_MEMORY, file=source.path)
