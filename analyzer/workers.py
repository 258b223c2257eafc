"""Run a function over many items in several processes; one that dies takes no other item's result with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from math import inf
from multiprocessing.connection import wait as wait_for
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import TypeVar

from analyzer.errors import AnalyzerError

MAX_MEMORY = 6_000_000_000
"""Most address space of a process, bytes; of a usual agreement it really uses some 200 MB."""

Item = TypeVar("Item")
Result = TypeVar("Result")
OpenPool = Callable[[int], ProcessPoolExecutor]


@dataclass(frozen=True, slots=True)
class Died:
    """Stands for the result of an item whose process died, or was ended because it took too long (``late``)."""

    late: bool = False


def run_in_processes(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    jobs: int,
    start: Callable[[], None],
    preload: Sequence[str] = (),
    seconds: float | None = None,
) -> Iterator[tuple[int, Result | Died]]:
    """Yield the position and the result of each item, in the order in which they are done.

    When a process dies (a fault in a C library, no memory left), every item that was under way is run again, each
    alone in a process of its own: so the culprit is known, its result is ``Died``, and no other item is lost.
    Abandoning the iteration, by an interrupt for instance, ends the processes at once.

    Args:
        work: A function of a module; what it raises is raised here.
        items: What to call it with; they are started in this order.
        jobs: Number of processes.
        start: A function of a module, called once in each process before its first item.
        preload: Modules to import once for all processes, where the platform can do that.
        seconds: Longest time for one item, the start of its process included.

    Raises:
        AnalyzerError: Processes cannot be started at all.
    """
    # Not "fork": a progress display or a numeric library may have threads running, and a fork of them can hang.
    context = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
    context.set_forkserver_preload(list(preload))
    open_pool = partial(ProcessPoolExecutor, mp_context=context, initializer=_begin, initargs=(start,))
    queue = deque(enumerate(items))
    while queue:
        suspects = yield from _drain(open_pool, min(jobs, len(queue)), work, queue, seconds)
        if suspects:
            _check_start(open_pool)
        for suspect in suspects:
            if (yield from _drain(open_pool, 1, work, deque([suspect]), seconds)):
                yield suspect[0], Died()


def _drain(
    open_pool: OpenPool,
    jobs: int,
    work: Callable[[Item], Result],
    queue: deque[tuple[int, Item]],
    seconds: float | None,
) -> Generator[tuple[int, Result | Died], None, list[tuple[int, Item]]]:
    """Work through the queue; if a process dies, return what was under way, else nothing.

    If an item takes too long, all processes are ended, and the others that were under way go back into the queue.
    """
    others = set(multiprocessing.active_children())
    pool = open_pool(jobs)
    under_way: dict[Future[Result], tuple[int, Item]] = {}
    until: dict[Future[Result], float] = {}
    try:
        while queue or under_way:
            # No more at a time than there are processes, so that only what really was under way is suspected.
            while queue and len(under_way) < jobs:
                entry = queue.popleft()
                try:
                    future = pool.submit(work, entry[1])
                except BrokenProcessPool:
                    return [*under_way.values(), entry]
                under_way[future] = entry
                until[future] = monotonic() + (seconds or inf)
            left = min(until[future] for future in under_way) - monotonic()
            done = wait(under_way, None if seconds is None else max(0.0, left), FIRST_COMPLETED).done
            if not done:
                late = [future for future in under_way if until[future] <= monotonic()]
                _end(set(multiprocessing.active_children()) - others)
                yield from ((under_way.pop(future)[0], Died(late=True)) for future in late)
                queue.extendleft(under_way.values())
                return []
            broken = False
            for future in done:
                if isinstance(future.exception(), BrokenProcessPool):
                    broken = True
                else:
                    position, _ = under_way.pop(future)
                    yield position, future.result()
            if broken:
                return list(under_way.values())
        return []
    except BaseException:
        _end(set(multiprocessing.active_children()) - others)
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _end(processes: Iterable[BaseProcess]) -> None:
    for process in processes:
        process.terminate()


def _check_start(open_pool: OpenPool) -> None:
    """Tell an item that kills its process from processes that cannot live at all."""
    with open_pool(1) as pool:
        try:
            pool.submit(os.getpid).result()
        except BrokenProcessPool as error:
            raise AnalyzerError(
                "worker processes cannot be started; use one job or, in a script of your own, "
                "put the call under 'if __name__ == \"__main__\":'"
            ) from error


def _begin(start: Callable[[], None]) -> None:
    """Prepare a process: the parent alone answers Ctrl-C, and nobody outlives the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    start()


def _limit_memory() -> None:
    """Let a file that wants ever more memory end its process rather than the machine, where that can be done."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = MAX_MEMORY if most == resource.RLIM_INFINITY else min(MAX_MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _end_with(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)
