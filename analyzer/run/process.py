"""Inside a process of ``analyzer.run.workers``: it does one item after the other, and ends when it may not go on."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from typing import Any, Generic, NoReturn, TypeVar

from analyzer.limits import UNLIMITED, Limits, missed

WALL = 2
"""How many times the memory that it may use a process can ask for: most of it is asked for and never used, and what one
call asks for at once cannot be refused kindly."""
EVERY = 0.1
"""Seconds between two looks at what a process needs."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def _do_nothing() -> None: ...


@dataclass(frozen=True, slots=True)
class Work(Generic[Item, Result]):
    """What each process does.

    Attributes:
        do: A function of a module, called with each item; what it raises is raised in the parent.
        start: A function of a module, called once in each process before its first item.
        preload: Modules to import once for all processes, where the platform can do that.
        limits: For each item.
    """

    do: Callable[[Item], Result]
    start: Callable[[], None] = _do_nothing
    preload: Sequence[str] = ()
    limits: Limits = UNLIMITED


@dataclass(frozen=True, slots=True)
class Answer:
    """What a process sends: the result of an item or what was raised; neither when it has started."""

    result: Any = None
    raised: Exception | None = None


@dataclass(frozen=True, slots=True)
class Died:
    """Stands for the result of an item whose process died or had to be ended.

    Attributes:
        reason: What the item did; empty where that is not known (a fault in a library, killed by the system).
        late: Whether it took too long.
    """

    reason: str = ""
    late: bool = False


def serve(work: Work[Any, Any], connection: Connection) -> None:
    """Answer that the process has started, then each item that comes, until the other end hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The parent alone answers Ctrl-C.
    with suppress(AttributeError, OSError):
        os.setpgid(0, 0)  # so that programs which it starts (Tesseract) end with it
    sending = threading.Lock()
    threading.Thread(target=_watch, args=(connection, sending, work.limits.memory), daemon=True).start()
    if work.limits.memory < inf:  # Refused before, it may keep the thread from starting, and Python from telling so.
        _refuse_memory(int(WALL * work.limits.memory))
    answer = _answer(work.start)
    with suppress(EOFError, BrokenPipeError):
        while True:
            with sending:
                connection.send(answer)
            answer = _answer(work.do, connection.recv())


def end_group(leader: int | None) -> None:
    """End a process that leads a group, and its group, where there are such."""
    if leader and hasattr(os, "killpg"):
        with suppress(OSError):
            os.killpg(leader, signal.SIGTERM)


def _answer(function: Callable[..., Any], *arguments: Any) -> Answer:
    try:
        return Answer(result=function(*arguments))
    except Exception as error:
        return Answer(raised=error)


def _watch(connection: Connection, sending: threading.Lock, memory: float) -> NoReturn:
    """End this process if it outlives its parent, misses a deadline or needs too much memory."""
    parent = multiprocessing.parent_process()
    sentinels = [parent.sentinel] if parent else []
    while not wait_for(sentinels, EVERY):
        late = missed()
        if late or _used() > memory:
            reason = late or f"needs more than {memory / 1e6:.0f} MB of memory"
            with sending, suppress(OSError):
                connection.send(Died(reason, late=bool(late)))
            break
    end_group(os.getpid())
    os._exit(1)


def _used() -> int:
    """Return the most memory that this process has held, bytes; 0 where that cannot be known."""
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _refuse_memory(beyond: int) -> None:
    """Have the system refuse memory beyond a number of bytes, where it can do that."""
    with suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = beyond if most == resource.RLIM_INFINITY else min(beyond, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
