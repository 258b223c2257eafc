"""Run a function over many items in several processes; one that dies takes no other item's result with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait as wait_for
from typing import TypeVar

from analyzer.errors import AnalyzerError

Item = TypeVar("Item")
Result = TypeVar("Result")
OpenPool = Callable[[int], ProcessPoolExecutor]


@dataclass(frozen=True, slots=True)
class Died:
    """Stands for the result of an item whose process died."""


def run_in_processes(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    jobs: int,
    start: Callable[[], None],
    preload: Sequence[str] = (),
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

    Raises:
        AnalyzerError: Processes cannot be started at all.
    """
    # Not "fork": a progress display or a numeric library may have threads running, and a fork of them can hang.
    context = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
    context.set_forkserver_preload(list(preload))
    open_pool = partial(ProcessPoolExecutor, mp_context=context, initializer=_begin, initargs=(start,))
    queue = deque(enumerate(items))
    while queue:
        suspects = yield from _drain(open_pool, min(jobs, len(queue)), work, queue)
        if suspects:
            _check_start(open_pool)
        for suspect in suspects:
            if (yield from _drain(open_pool, 1, work, deque([suspect]))):
                yield suspect[0], Died()


def _drain(
    open_pool: OpenPool, jobs: int, work: Callable[[Item], Result], queue: deque[tuple[int, Item]]
) -> Generator[tuple[int, Result], None, list[tuple[int, Item]]]:
    """Work through the queue; if a process dies, return what was under way, else nothing."""
    others = set(multiprocessing.active_children())
    pool = open_pool(jobs)
    under_way: dict[Future[Result], tuple[int, Item]] = {}
    try:
        while queue or under_way:
            # No more at a time than there are processes, so that only what really was under way is suspected.
            while queue and len(under_way) < jobs:
                entry = queue.popleft()
                try:
                    under_way[pool.submit(work, entry[1])] = entry
                except BrokenProcessPool:
                    return [*under_way.values(), entry]
            broken = False
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                if isinstance(future.exception(), BrokenProcessPool):
                    broken = True
                else:
                    position, _ = under_way.pop(future)
                    yield position, future.result()
            if broken:
                return list(under_way.values())
        return []
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


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
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    start()


def _end_with(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)
