"""How much time and memory a file may take, and a step that cannot be interrupted from inside.

In a process that ``analyzer.run.workers`` started, a watch is kept: once a deadline has passed, the process is ended
and the file gets its reason. In any other process nobody watches, and a deadline is only a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from time import monotonic

MAX_SECONDS = 1800.0
"""Longest time for one file, where none is given: a scan of 250 pages takes so long."""
MAX_MEMORY = 2_000_000_000
"""Most memory of a process, bytes, where none is given: a PDF of 695 pages takes 180 MB, 28 MB of plain text 650 MB."""
DIED = "the process that read it died (a fault in a library, or the machine had no memory left)"
"""What is said of a file whose process died without a word."""
NO_MEMORY = "needs more memory than there is for one file"
"""What is said of a file for which memory was refused."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may take in a process of its own.

    Attributes:
        seconds: Longest time, the start of the process included.
        memory: Most memory of the process, bytes. Windows does not tell how much that is: there is no limit there.

    Examples:
        >>> from analyzer import Limits
        >>> Limits(seconds=60).memory
        2000000000
    """

    seconds: float = MAX_SECONDS
    memory: float = MAX_MEMORY


UNLIMITED = Limits(seconds=inf, memory=inf)

_deadlines: list[tuple[float, str]] = []
"""When each step that is under way must be done, and what is said if it is not."""


@contextmanager
def within(seconds: float, step: str) -> Iterator[None]:
    """Set a deadline for a step.

    Args:
        seconds: How long it may take.
        step: Its name for a reader, such as ``page 7``.
    """
    _deadlines.append((monotonic() + seconds, f"{step} takes longer than {seconds:.0f} seconds to read"))
    try:
        yield
    finally:
        _deadlines.pop()


def missed() -> str:
    """Return what is said of a deadline that has passed; nothing if none has."""
    now = monotonic()
    return next((reason for deadline, reason in tuple(_deadlines) if deadline < now), "")
