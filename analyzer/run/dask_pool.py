"""Run a function over many items on a Dask cluster: on this machine, or on many that a scheduler knows.

A Dask worker does nothing with an item itself: beside each of its threads stands a process of ``analyzer.run.workers``,
so that the limits of time and memory hold there too, and a file that ends a process ends no worker. What a lost worker
had in hand goes to another. Only a few items for each thread are under way at a time, so that neither the scheduler nor
this process holds what 250 000 files need.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from time import monotonic
from typing import Any
from uuid import uuid4

from analyzer.errors import AnalyzerError
from analyzer.run.process import Died, Item, Result, Work
from analyzer.run.workers import Processes

PATIENCE = 60.0
"""Seconds to wait for a first worker, or for a new one where all are lost."""
FETCH = 10.0
"""Seconds to wait for a result that is done."""
AHEAD = 2
"""Items that are under way for each thread of the cluster: one in hand, and one that waits there for its turn."""
TRIES = 4
"""How often an item is tried whose workers are lost one after the other."""
LOST = "the machines that read it were lost one after the other"
_LOCAL = re.compile(r"local(?::(\d+))?")
_REMOTE = re.compile(r"(?:tcp|tls|ws|wss|ucx)://\S+")


def check_cluster(cluster: str) -> None:
    """Refuse what names no cluster.

    Raises:
        AnalyzerError: It is neither ``local``, ``local:4`` nor the address of a scheduler, or Dask is missing.
    """
    local = _LOCAL.fullmatch(cluster)
    if not (local or _REMOTE.fullmatch(cluster)) or (local and local[1] and int(local[1]) < 1):
        raise AnalyzerError(f"{cluster!r} names no Dask cluster; write local:4, or tcp://scheduler:8786")
    _library()


def run_on_dask(
    work: Work[Item, Result], items: Sequence[Item], cluster: str
) -> Generator[tuple[int, Result | Died], None, None]:
    """Yield the position and the result of each item, in the order in which they are done.

    Args:
        work: What is done with each item, and the limits for each.
        items: They are sent in this order; each is asked for when its turn has come.
        cluster: ``local:4`` for four workers on this machine, or the address of a scheduler (``tcp://scheduler:8786``).

    Raises:
        AnalyzerError: There is no scheduler or no worker, or the connection is lost.
    """
    check_cluster(cluster)
    with _client(cluster) as client:
        yield from _Run(client, work, items).results()


class _Run:
    """The items that are under way."""

    def __init__(self, client: Any, work: Work[Any, Any], items: Sequence[Any]) -> None:
        self._client, self._work, self._items = client, work, items
        self._name = f"lpa-{uuid4().hex}"
        self._under_way: dict[Any, tuple[int, int]] = {}  # position, and the number of the try
        self._seen = monotonic()

    def results(self) -> Iterator[tuple[int, Any]]:
        """Yield each result."""
        waiting = iter(range(len(self._items)))
        try:
            while True:
                for position in waiting if self._has_room() else ():
                    self._send(position)
                    if not self._has_room():
                        break
                if not self._under_way:
                    return
                for future in self._done():
                    position, tries = self._under_way.pop(future)
                    try:
                        if future.status in ("cancelled", "lost") and tries < TRIES:
                            self._send(position, tries + 1)
                        else:
                            yield position, _result(future)
                    except TimeoutError:  # It was on a worker that is lost since, and is done again.
                        self._under_way[future] = position, tries
                        continue
                    future.release()
        finally:
            with suppress(Exception):  # The cluster may be gone, and what is raised already says so.
                self._client.cancel(list(self._under_way))

    def _has_room(self) -> bool:
        threads: int = sum(self._client.nthreads().values())
        return len(self._under_way) < max(1, AHEAD * threads)

    def _send(self, position: int, tries: int = 1) -> None:
        future = self._client.submit(
            _do, self._name, self._work, self._items[position], pure=False, key=f"{self._name}-{position}-{tries}"
        )
        self._under_way[future] = position, tries

    def _done(self) -> list[Any]:
        """Wait until something is done, and return it; nothing after a while, so that new workers are noticed."""
        try:
            with self._client.as_current():
                ended = _library().wait(list(self._under_way), timeout=2, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            ended = set()
        if self._client.nthreads():
            self._seen = monotonic()
        elif self._client.status not in ("running", "connecting") or monotonic() - self._seen > PATIENCE:
            raise AnalyzerError(
                "the Dask cluster has no worker any more; what is done is kept, start workers and go on"
            )
        return sorted(ended, key=lambda future: self._under_way[future])


def _result(future: Any) -> Any:
    """Return the result of an item.

    Raises:
        AnalyzerError: Its worker could not do it, whatever the item.
        TimeoutError: It did not come.
    """
    from distributed import KilledWorker

    if future.status == "finished":
        return future.result(timeout=FETCH)
    error = future.exception(timeout=FETCH) if future.status == "error" else None
    if error is None or isinstance(error, KilledWorker):
        return Died(LOST)
    if isinstance(error, AnalyzerError):
        raise error
    raise AnalyzerError(f"a Dask worker cannot do its work: {type(error).__name__}: {error}") from error


@contextmanager
def _client(cluster: str) -> Iterator[Any]:
    """Yield a connection to a cluster with at least one worker."""
    distributed = _library()
    with ExitStack() as stack:
        address = cluster
        try:
            if local := _LOCAL.fullmatch(cluster):
                address = stack.enter_context(
                    distributed.LocalCluster(
                        n_workers=int(local[1] or 1),
                        threads_per_worker=1,
                        host="127.0.0.1",
                        dashboard_address=None,
                        memory_limit=0,  # The processes beside the workers have limits of their own.
                        silence_logs=logging.CRITICAL,
                    )
                )
            client = stack.enter_context(distributed.Client(address, timeout=PATIENCE, set_as_default=False))
            client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError, ValueError) as error:
            raise AnalyzerError(f"the Dask cluster {cluster} is not to be had: {error}") from error
        try:
            yield client
        except OSError as error:
            raise AnalyzerError(f"the connection to {cluster} is lost; what is done is kept: {error}") from error


def _library() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise AnalyzerError("Dask is missing; pip install 'labour-provision-analyzer[dask]'") from error
    return distributed


# In a worker of Dask

_here = threading.local()
"""The process beside a thread, and the run that it is for."""


def _do(run: str, work: Work[Item, Result], item: Item) -> Result | Died:
    """Do one item in the process that stands beside this thread of a Dask worker."""
    if getattr(_here, "run", "") != run:
        if earlier := getattr(_here, "processes", None):
            earlier.end()
        _here.processes, _here.run = Processes(work, 1), run
    try:
        ((_, result),) = _here.processes.results([item])
    except BaseException:
        _here.run = ""
        raise
    return result  # type: ignore[no-any-return]
