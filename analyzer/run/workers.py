"""Run a function over many items in processes of their own; one that dies takes no other item's result with it.

Each process has a pipe of its own, so that what it leaves half sent when it dies disturbs no other. Pools that share
one (``concurrent.futures``, pebble) lose results of others then, or wait for ever.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from math import inf
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any, Generic

from analyzer.errors import AnalyzerError
from analyzer.run.process import Answer, Died, Item, Result, Work, end_group, serve


def run_in_processes(
    work: Work[Item, Result], items: Sequence[Item], *, jobs: int
) -> Generator[tuple[int, Result | Died], None, None]:
    """Yield the position and the result of each item, in the order in which they are done.

    When a process dies (a fault in a C library, too much memory), its item is tried once more in a new process, unless
    it is known that the item itself was the cause; if that dies too, the result is ``Died``. Other items go on
    untouched. Abandoning the iteration, by an interrupt for instance, ends the processes at once.

    Args:
        work: What is done with each item.
        items: They are started in this order; each is asked for when its turn has come.
        jobs: Number of processes.

    Raises:
        AnalyzerError: Processes cannot be started at all.
    """
    processes = Processes(work, jobs)
    try:
        yield from processes.results(items)
    finally:
        processes.end()


class Processes(Generic[Item, Result]):
    """Processes that stay and wait between one list of items and the next; whoever makes them must ``end`` them.

    Args:
        work: What is done with each item.
        jobs: Number of processes.
    """

    def __init__(self, work: Work[Item, Result], jobs: int) -> None:
        self._pool = _Pool(work, jobs)

    def results(self, items: Sequence[Item]) -> Generator[tuple[int, Result | Died], None, None]:
        """Yield the position and the result of each item; see ``run_in_processes``."""
        waiting = deque(_Task(position) for position in range(len(items)))
        while waiting or self._pool.is_busy:
            self._pool.hand_out(waiting, items)
            for worker, answer in self._pool.answers():
                task = worker.task
                if isinstance(answer, Answer):
                    if answer.raised:
                        raise answer.raised
                    yield task.position, answer.result
                elif answer.late or task.again or (answer.reason and worker.is_fresh):
                    yield task.position, answer
                else:  # The fault, or the memory, may be that of an item before.
                    waiting.appendleft(replace(task, again=True))

    def end(self) -> None:
        """End them at once."""
        self._pool.end()


@dataclass(frozen=True, slots=True)
class _Task:
    """The position of an item to do, and whether a process has died of it before."""

    position: int
    again: bool = False


class _Pool(Generic[Item]):
    """The processes that there are: at most ``jobs`` have an item, others wait for one."""

    def __init__(self, work: Work[Item, Any], jobs: int) -> None:
        self._work, self._jobs = work, jobs
        self._idle: list[_Worker[Item]] = []
        self._busy: dict[Any, _Worker[Item]] = {}  # by connection

    @property
    def is_busy(self) -> bool:
        """True if any process has an item."""
        return bool(self._busy)

    def hand_out(self, waiting: deque[_Task], items: Sequence[Item]) -> None:
        """Give the first of the waiting items to processes, as far as there are enough."""
        while waiting and len(self._busy) < self._jobs:
            task = waiting.popleft()
            worker = self._idle.pop() if self._idle and not task.again else _Worker(self._work)
            self._busy[worker.connection] = worker
            worker.take(task, items[task.position], self._work.limits.seconds)

    def answers(self) -> Iterator[tuple[_Worker[Item], Answer | Died]]:
        """Wait until a process says something or is late, and yield each that is done with its item, and how."""
        until = min(worker.until for worker in self._busy.values())
        heard = wait_for(list(self._busy), None if until == inf else max(0.0, until - monotonic()))
        now = monotonic()
        late = [connection for connection, worker in self._busy.items() if worker.until <= now]
        for connection in dict.fromkeys([*heard, *late]):
            worker = self._busy[connection]
            answer = worker.answer() if connection in heard else self._late
            if isinstance(answer, Answer) and not worker.has_started:
                worker.has_started = True
                if not answer.raised:
                    continue
            del self._busy[connection]
            if isinstance(answer, Died):
                worker.end()
                if not worker.has_started and not answer.late:
                    raise AnalyzerError(
                        "worker processes cannot be started; in a script of your own, put the call under "
                        "'if __name__ == \"__main__\":'"
                    )
            else:
                worker.is_fresh = False
                self._idle.append(worker)
            yield worker, answer

    def end(self) -> None:
        """End all processes."""
        for worker in (*self._idle, *self._busy.values()):
            worker.end()

    @property
    def _late(self) -> Died:
        return Died(f"takes longer than {self._work.limits.seconds:.0f} seconds", late=True)


class _Worker(Generic[Item]):
    """A process, as seen from outside.

    Attributes:
        connection: To talk to it.
        has_started: Whether it has started.
        is_fresh: Whether it has done nothing yet.
        task: What it is doing, or did last.
        until: When it must be done with that.
    """

    task: _Task
    until: float

    def __init__(self, work: Work[Item, Any]) -> None:
        self.connection, theirs = multiprocessing.Pipe()
        self.has_started, self.is_fresh = False, True
        self._process = _start_process(work, theirs)
        theirs.close()  # Now its end of the pipe is closed when it dies.

    def take(self, task: _Task, item: Item, seconds: float) -> None:
        """Give it something to do, and a time for it."""
        self.task, self.until = task, monotonic() + seconds
        with suppress(OSError):  # It has died; there will be no answer.
            self.connection.send(item)

    def answer(self) -> Answer | Died:
        """Return what it says."""
        try:
            answer: Answer | Died = self.connection.recv()
        except (EOFError, OSError):
            return Died()
        return answer

    def end(self) -> None:
        """End it, and what it has started."""
        end_group(self._process.pid)
        self._process.terminate()
        self._process.join()
        self.connection.close()


_starting = threading.Lock()
"""What is changed while a process starts is changed for all threads."""


def _start_process(work: Work[Any, Any], connection: Connection) -> BaseProcess:
    """Return a process that serves a connection.

    Raises:
        AnalyzerError: The system does not allow it.
    """
    # Not "fork": a progress display or a numeric library may have threads running, and a fork of them can hang.
    methods = ("forkserver", "spawn") if sys.platform == "linux" else ("spawn",)
    reason = ""
    for method in methods:
        context = multiprocessing.get_context(method)
        context.set_forkserver_preload(list(work.preload))
        process: BaseProcess = context.Process(target=serve, args=(work, connection), daemon=True)  # type: ignore[attr-defined]
        try:
            with _starting, _without_modules_of_the_folder(), _as_a_process_with_children():
                if method == "forkserver":
                    _start_server()
                    process.start()
                else:
                    with _interrupts_later():
                        process.start()
        except (AssertionError, OSError) as error:
            # The server is not to be had where this process is a fork of one whose server it cannot ask, or where the
            # folder for temporary files has a name too long for a socket.
            reason = str(error)
        else:
            return process
    raise AnalyzerError(
        f"worker processes cannot be started here ({reason}); leave out the number of jobs, and everything happens in "
        "this process, without limits of time and memory"
    )


def _start_server() -> None:
    """Start the process that forks the others, if it does not run yet."""
    from multiprocessing import forkserver, resource_tracker  # not everywhere

    resource_tracker.ensure_running()  # Started later, it would let interrupts through.
    with _interrupts_later():
        forkserver.ensure_running()


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Hold back Ctrl-C while a process is started, which takes this over: as it loads, it would print a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _as_a_process_with_children() -> Iterator[None]:
    """Let a process of a pool (``multiprocessing``, Dask, Celery) start processes, which Python refuses it otherwise.

    The reason is that they would stay when the pool ends; ours end with the process that started them.
    """
    current = multiprocessing.current_process()
    if not current.daemon:
        yield
        return
    current.daemon = False
    try:
        yield
    finally:
        current.daemon = True


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
