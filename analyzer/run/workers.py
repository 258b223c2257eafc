"""Run a function over many items in processes of their own; one that dies takes no other item's result with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from math import inf
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from multiprocessing.context import BaseContext
from time import monotonic
from typing import Any, Generic, NoReturn, TypeVar

from analyzer.errors import AnalyzerError
from analyzer.limits import missed

WALL = 2
"""How many times the memory that it may use a process can ask for: most of it is asked for and never used, and what one
call asks for at once cannot be refused kindly."""
EVERY = 0.1
"""Seconds between two looks at what a process needs."""

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Died:
    """Stands for the result of an item whose process died or had to be ended.

    Attributes:
        reason: What the item did; empty where that is not known (a fault in a library, killed by the system).
        late: Whether it took too long.
    """

    reason: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a process says: that it is ready or, of an item, its result or what was raised."""

    ready: bool = False
    result: Any = None
    raised: Exception | None = None


def run_in_processes(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    jobs: int,
    start: Callable[[], None],
    preload: Sequence[str] = (),
    seconds: float | None = None,
    memory: int | None = None,
) -> Iterator[tuple[int, Result | Died]]:
    """Yield the position and the result of each item, in the order in which they are done.

    When a process dies (a fault in a C library, too much memory), its item is tried once more in a new process, unless
    it is known that the item itself was the cause; dies that too, the result is ``Died``. Other items go on untouched.
    Abandoning the iteration, by an interrupt for instance, ends the processes at once.

    Args:
        work: A function of a module; what it raises is raised here.
        items: What to call it with; they are started in this order.
        jobs: Number of processes.
        start: A function of a module, called once in each process before its first item.
        preload: Modules to import once for all processes, where the platform can do that.
        seconds: Longest time for one item, the start of its process included.
        memory: Most memory of a process, bytes; where the platform cannot tell it (Windows), there is no limit.

    Raises:
        AnalyzerError: Processes cannot be started at all.
    """
    # Not "fork": a progress display or a numeric library may have threads running, and a fork of them can hang.
    context = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
    context.set_forkserver_preload(list(preload))
    serve = partial(_serve, work, start, memory)
    queue = deque(enumerate(items))
    again: set[int] = set()
    idle: list[_Worker[Item]] = []
    busy: dict[Any, _Worker[Item]] = {}
    try:
        while queue or busy:
            while queue and len(busy) < jobs:
                position, item = queue.popleft()
                worker = idle.pop() if idle and position not in again else _Worker(context, serve)
                busy[worker.connection] = worker
                worker.take(position, item, seconds or inf)
            until = min(worker.until for worker in busy.values())
            heard = wait_for(list(busy), None if until == inf else max(0.0, until - monotonic()))
            late = [at for at, worker in busy.items() if worker.until <= monotonic() and at not in heard]
            for connection in [*heard, *late]:
                worker = busy[connection]
                answer = worker.answer() if connection in heard else _late(seconds)
                if isinstance(answer, _Answer) and answer.ready:
                    worker.ready = True
                    continue
                del busy[connection]
                if isinstance(answer, _Answer):
                    worker.is_fresh = False
                    idle.append(worker)
                    if answer.raised:
                        raise answer.raised
                    yield worker.position, answer.result
                    continue
                worker.end()
                if not worker.ready and not answer.late:
                    raise AnalyzerError(
                        "worker processes cannot be started; in a script of your own, put the call under "
                        "'if __name__ == \"__main__\":'"
                    )
                if answer.late or (answer.reason and worker.is_fresh) or worker.position in again:
                    yield worker.position, answer
                else:
                    again.add(worker.position)
                    queue.appendleft((worker.position, items[worker.position]))
    finally:
        for worker in (*idle, *busy.values()):
            worker.end()


def _late(seconds: float | None) -> Died:
    return Died(f"takes longer than {seconds or 0:.0f} seconds", late=True)


class _Worker(Generic[Item]):
    """A process, as seen from outside.

    Attributes:
        connection: To talk to it.
        ready: Whether it has started.
        is_fresh: Whether it has done nothing yet.
        position: Which item it has.
        until: When it must be done with it.
    """

    def __init__(self, context: BaseContext, serve: Callable[[Connection], None]) -> None:
        self.connection, theirs = context.Pipe()
        self.ready, self.is_fresh = False, True
        self.position = 0
        self.until = inf
        self._process = context.Process(target=serve, args=(theirs,), daemon=True)  # type: ignore[attr-defined]
        with _without_modules_of_the_folder():
            self._process.start()
        theirs.close()  # Now its end of the pipe is closed when it dies.

    def take(self, position: int, item: Item, seconds: float) -> None:
        """Give it an item."""
        self.position, self.until = position, monotonic() + seconds
        with suppress(OSError):  # It has died; there will be no answer.
            self.connection.send(item)

    def answer(self) -> _Answer | Died:
        """Return what it says."""
        try:
            said: _Answer | Died = self.connection.recv()
        except (EOFError, OSError):
            return Died()
        return said

    def end(self) -> None:
        """End it, and what it has started."""
        _end_group(self._process.pid)
        self._process.terminate()
        self._process.join()
        self.connection.close()


@contextmanager
def _without_modules_of_the_folder() -> Iterator[None]:
    """Keep Python from importing what lies in the current folder, which may be one of downloaded agreements."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


# Inside the process


def _serve(work: Callable[[Item], Any], start: Callable[[], None], memory: int | None, connection: Connection) -> None:
    """Do what is asked for until the other end hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The parent alone answers Ctrl-C.
    with suppress(AttributeError, OSError):
        os.setpgid(0, 0)  # so that programs which it starts (Tesseract) end with it
    if memory:
        _refuse_memory(WALL * memory)
    speaking = threading.Lock()
    threading.Thread(target=_watch, args=(connection, speaking, memory or inf), daemon=True).start()
    start()
    answer = _Answer(ready=True)
    with suppress(EOFError, BrokenPipeError):
        while True:
            with speaking:
                connection.send(answer)
            item = connection.recv()
            try:
                answer = _Answer(result=work(item))
            except Exception as error:
                answer = _Answer(raised=error)


def _watch(connection: Connection, speaking: threading.Lock, memory: float) -> NoReturn:
    """End this process if it outlives its parent, misses a deadline or needs too much memory."""
    parent = multiprocessing.parent_process()
    sentinels = [parent.sentinel] if parent else []
    while not wait_for(sentinels, EVERY):
        late = missed()
        if late or _used() > memory:
            reason = late or f"needs more than {memory / 1e6:.0f} MB of memory"
            with speaking, suppress(OSError):
                connection.send(Died(reason, late=bool(late)))
            break
    _end_group(os.getpid())
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
    """Refuse memory beyond so many bytes, where that can be done."""
    with suppress(ImportError, AttributeError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = beyond if most == resource.RLIM_INFINITY else min(beyond, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def _end_group(leader: int | None) -> None:
    """End a process that leads a group, and its group, where there are such."""
    if leader and hasattr(os, "killpg"):
        with suppress(OSError):
            os.killpg(leader, signal.SIGTERM)
