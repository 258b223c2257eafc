"""How long a step may take that cannot be interrupted from inside, such as one call of a library in C.

In a process that ``analyzer.run.workers`` started, a watch is kept: once a deadline has passed, the process is ended
and the file gets its reason. In any other process nobody watches, and a deadline is only a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

_set: list[tuple[float, str]] = []
"""When each step that is under way must be done, and what is to be said if it is not."""


@contextmanager
def within(seconds: float, step: str) -> Iterator[None]:
    """Allow a step so many seconds; ``step`` names it to a reader, such as ``page 7``."""
    _set.append((monotonic() + seconds, f"{step} takes longer than {seconds:.0f} seconds to read"))
    try:
        yield
    finally:
        _set.pop()


def missed() -> str:
    """Return what is to be said of a deadline that has passed; nothing if none has."""
    now = monotonic()
    return next((reason for until, reason in tuple(_set) if until < now), "")


MAX_SECONDS = 1800.0
"""Longest time for one file, where none is given: a scan of 250 pages takes so long."""


MAX_MEMORY = 2_000_000_000
"""Most memory of a process, bytes, where none is given: a PDF of 695 pages takes 180 MB, 28 MB of plain text 650 MB."""


DIED = "the process that read it died (a fault in a library, or the machine had no memory left)"


NO_MEMORY = "needs more memory than there is for one file"
