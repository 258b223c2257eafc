"""What ``lpa analyze`` says while it runs: a bar with rate, time left and failures, or lines of JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from analyzer.cli.common import complain, console, plain

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

    from analyzer.collection.collect import Events
    from analyzer.run.one_file import FileResult


@contextmanager
def progress(*, as_json: bool) -> Iterator[Events]:
    """Yield what a run shall call: it shows a bar if standard error is a terminal.

    Args:
        as_json: Write a line of JSON to standard error for the plan and for each file instead.
    """
    from analyzer.collection.collect import Events

    if as_json:
        log = JsonLog()
        yield Events(log.plan, log.result, log.tell)
    elif not sys.stderr.isatty():
        yield Events(tell=complain)
    else:
        from rich.progress import Progress

        with Progress(*_parts(), console=console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None, failed=0, rate="")
            began, failed, done = monotonic(), 0, 0

            def advance(result: FileResult) -> None:
                nonlocal failed, done
                failed, done = failed + (result.agreement is None), done + 1
                rate = f"{done / max(monotonic() - began, 1e-3):.1f} files/s"
                words = plain(Path(result.file).name)
                bar.update(task, advance=1, description=words, failed=failed, rate=rate)

            yield Events(lambda todo, _kept: bar.update(task, total=todo), advance, complain)


def _parts() -> tuple[str | ProgressColumn, ...]:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    return (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeElapsedColumn(),
        TextColumn("left", markup=False),
        TimeRemainingColumn(),
        TextColumn("failed {task.fields[failed]}", markup=False),
        TextColumn("{task.description}", markup=False),
    )


class JsonLog:
    """Lines of JSON on standard error, one for each event.

    ``plan`` has ``todo`` and ``kept``; ``file`` has ``file``, ``outcome``, ``reason``, ``seconds``, ``done``, ``todo``,
    ``failed``, ``files_per_second`` and ``seconds_left``; ``message`` has ``text``.
    """

    def __init__(self) -> None:
        self._todo = self._done = self._failed = 0
        self._began = monotonic()

    def plan(self, todo: int, kept: int) -> None:
        """Tell how many files are to be done, and how many are as they were."""
        self._todo, self._began = todo, monotonic()
        self._write("plan", todo=todo, kept=kept)

    def result(self, result: FileResult) -> None:
        """Tell that a file is done."""
        self._done += 1
        self._failed += result.agreement is None
        rate = self._done / max(monotonic() - self._began, 1e-3)
        self._write(
            "file",
            file=result.file,
            outcome="failed" if result.agreement is None else result.error["kind"] if result.error else "read",
            reason=result.error["reason"] if result.error else "",
            seconds=round(sum(result.timings.values()), 3),
            done=self._done,
            todo=self._todo,
            failed=self._failed,
            files_per_second=round(rate, 2),
            seconds_left=round((self._todo - self._done) / rate),
        )

    def tell(self, text: str) -> None:
        """Tell something unusual."""
        self._write("message", text=text)

    def _write(self, event: str, **facts: Any) -> None:
        with suppress(OSError):  # Where standard error takes nothing, nothing can be said.
            sys.stderr.write(json.dumps({"event": event, **facts}) + "\n")
            sys.stderr.flush()
