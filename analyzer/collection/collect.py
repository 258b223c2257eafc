"""A run over many files: what is as it was is kept, the rest is analysed, and each result is stored at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Literal

from analyzer.collection.database import translated
from analyzer.collection.fingerprint import Fingerprints, fingerprints
from analyzer.collection.inputs import digest_of, joined
from analyzer.collection.publish import publish
from analyzer.collection.store import FAILED, WAITING, Made, Store, Stored
from analyzer.errors import AnalyzerError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.present.columns import Row
from analyzer.present.manifest import now
from analyzer.present.provenance import Provenance
from analyzer.present.tables import error_row
from analyzer.read.sources import Source, SourceList
from analyzer.run.each import Options, each_result, which_provenance
from analyzer.run.one_file import FileResult, Task, kind_of

Redo = Literal["", "failed", "all"]
"""What is done again although it is as it was: nothing, the files that failed, or every file."""


class NothingReadError(AnalyzerError):
    """No file of a run could be read, so that the results of the run before stay as they are.

    Args:
        rows: Rows of ``errors``: what is wrong with each.
    """

    def __init__(self, rows: list[Row]) -> None:
        super().__init__("no file could be read, so the results of the run before stay as they are")
        self.rows = rows


@dataclass(frozen=True, slots=True)
class Events:
    """What is told while a run goes on.

    Attributes:
        on_plan: Called once with the number of files that are done again, and of those that are kept.
        on_result: Called with each result as soon as it is stored.
        tell: Called with a sentence about something unusual.
    """

    on_plan: Callable[[int, int], None] = lambda _todo, _kept: None
    on_result: Callable[[FileResult], None] = lambda _: None
    tell: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Collected:
    """What a run did.

    Attributes:
        analysed: How many files were analysed now.
        kept: How many were as they were.
        timings: Seconds of each step, summed over the files that were analysed now, and ``elapsed`` for the whole.
        provenance: Program, knowledge and model.
    """

    analysed: int
    kept: int
    timings: Mapping[str, float]
    provenance: Provenance


SILENT = Events()


@dataclass(frozen=True, slots=True)
class Renewal:
    """What of an earlier run stays.

    Attributes:
        keep: Keep the results of files that the run does not name.
        redo: What is done again although it is as it was.
    """

    keep: bool = False
    redo: Redo = ""


AS_NAMED = Renewal()
"""The tables become those of the files that the run names, and what is as it was is not done again."""


def collect(
    store: Store, sources: SourceList, options: Options, renewal: Renewal = AS_NAMED, events: Events = SILENT
) -> Collected:
    """Bring a store up to date with some files.

    Each result is in the store as soon as it is there; what is abandoned (an interrupt, a full disk) goes on with the
    next run.

    Args:
        store: The store, open for writing.
        sources: The files.
        options: How they are analysed.
        renewal: What of an earlier run stays.
        events: What is told meanwhile.

    Raises:
        NothingReadError: No file could be read, and the store holds agreements.
        AnalyzerError: The store cannot be written, or processes cannot be started.
    """
    began = perf_counter()
    options = replace(options, knowledge=options.knowledge or load_knowledge())
    provenance = which_provenance(options.model, store.knowledge)
    problems = [error_row(error.file or "", error.reason, kind_of(error)) for error in sources.problems]
    with translated(store.path):
        run = _Run(store, options, fingerprints(store.knowledge, provenance), renewal.redo)
        store.begin((str(source.path) for source in sources.files), now())
        todo = [source for source in sources.files if not run.is_as_it_was(source)]
        events.on_plan(len(todo), len(sources.files) - len(todo))
        for position, result in each_result(todo, options, lambda position: run.task(todo[position])) if todo else ():
            run.keep_result(todo[position], result)
            events.on_result(result)
        if run.held:
            raise NothingReadError([*problems, *(result.error for _, result, _ in run.held if result.error)])
        publish(store, keep=renewal.keep, problems=problems)
    timings = {**run.seconds, "elapsed": perf_counter() - began}
    return Collected(len(todo), len(sources.files) - len(todo), timings, provenance)


class _Run:
    """What is known in a run about the files that were planned and done."""

    def __init__(self, store: Store, options: Options, prints: Fingerprints, redo: Redo) -> None:
        self._store, self._options, self._prints, self._redo = store, options, prints, redo
        self._knowledge: Knowledge = store.knowledge
        self._marks: dict[str, object] = {}
        self._had_agreements = store.has_agreements()
        self._has_read = False
        self.held: list[tuple[Source, FileResult, Made]] = []
        self.seconds: dict[str, float] = {}

    def is_as_it_was(self, source: Source) -> bool:
        """Return whether the store holds what would be found now; a file that only lies elsewhere is moved there."""
        path = str(source.path)
        stored = self._store.get(path)
        if stored is None or stored.outcome == WAITING:
            return any(self._moves(source, other) for other in self._store.moved(path))
        return self._is_good(source, stored)

    def task(self, source: Source) -> Task:
        """Return what is done with a file: it need not be read where the store has it as it is now."""
        self._marks[str(source.path)] = _mark(source.path)
        stored = None if self._redo == "all" else self._store.get(str(source.path))
        document = self._store.document(stored.id, self._prints.reading) if stored else None
        if stored and document:
            digest = digest_of(source.path, self._knowledge)
            if stored.made == self._made(source, digest, stored.made.analysis):
                return Task(source, document)
        return Task(source, keep=True)

    def keep_result(self, source: Source, result: FileResult) -> None:
        """Store the result of a file; failures are held back until one file could be read."""
        for step, seconds in result.timings.items():
            self.seconds[step] = self.seconds.get(step, 0.0) + seconds
        made = self._made(source, self._digest(source, result), self._prints.analysis)
        before = self._marks.pop(str(source.path), None)
        if result.agreement is None:
            made = replace(made, digest=made.digest if before == _mark(source.path) else "", analysis=self._failing)
            if self._had_agreements and not self._has_read:
                self.held.append((source, result, made))
                return
        self._store.put(str(source.path), result, made, result.document)
        if result.agreement is not None:
            self._has_read = True
            self._store_what_was_held()

    def _store_what_was_held(self) -> None:
        for source, result, made in self.held:
            self._store.put(str(source.path), result, made)
        self.held.clear()

    @property
    def _failing(self) -> str:
        """Fingerprint of the analysis of a file that fails: with other limits it may not."""
        limits = self._options.limits
        return f"{self._prints.analysis} {limits.seconds:g} s {limits.memory:g} B"

    def _is_good(self, source: Source, stored: Stored) -> bool:
        failed = stored.outcome == FAILED
        if self._redo == "all" or (failed and (self._redo == "failed" or self._options.password)):
            return False
        analysis = self._failing if failed else self._prints.analysis
        if (stored.made.analysis, stored.made.reading) != (analysis, self._prints.reading):
            return False
        if stored.made != self._made(source, digest_of(source.path, self._knowledge), analysis):
            return False
        self._has_read = self._has_read or not failed
        return True

    def _moves(self, source: Source, other: Stored) -> bool:
        if not self._is_good(source, other):
            return False
        self._store.move(other, str(source.path))
        return True

    def _made(self, source: Source, digest: str, analysis: str) -> Made:
        language = self._options.language or ""
        return Made(digest, source.agreement_id or "", language, self._prints.reading, analysis)

    def _digest(self, source: Source, result: FileResult) -> str:
        if result.agreement and result.agreement["source_sha256"]:
            return joined(result.agreement["source_sha256"], source.path, self._knowledge)
        return digest_of(source.path, self._knowledge)


def _mark(path: Path) -> object:
    """Return by what a change of a file is noticed; ``None`` where it is not to be had."""
    try:
        about = path.stat()
    except (OSError, ValueError):
        return None
    return about.st_ino, about.st_size, about.st_mtime_ns
