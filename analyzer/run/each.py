"""One result after the other: each file in this process or in others, in the order in which they are done."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from analyzer.errors import AnalyzerError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.limits import Limits
from analyzer.present.provenance import Provenance, provenance_of
from analyzer.read.sources import Source
from analyzer.run.one_file import FileResult, Task, analyze_task, lost
from analyzer.run.process import Died, Work
from analyzer.run.workers import run_in_processes
from analyzer.types import Language

if TYPE_CHECKING:
    from analyzer.api import Analyzer
    from analyzer.assemble.trained import Model

WhichModel = Path | Literal["bundled"] | None


@dataclass(frozen=True, slots=True)
class Options:
    """How files are analysed; see ``analyze_folder``.

    Attributes:
        jobs: Number of processes to start; ``None`` for this process alone.
        limits: For each file, if there are ``jobs``.
        password: Opens encrypted PDFs.
        language: The version to read of texts in several languages.
        model: File of the classifier; ``None`` for the rules alone.
        knowledge: What every step goes by; that of the package if none is given.
        dask: Where Dask does the work instead of ``jobs`` (see ``analyzer.run.dask_pool``); empty for this machine.
    """

    jobs: int | None = None
    limits: Limits = field(default_factory=Limits)
    password: str | None = field(default=None, repr=False)
    language: Language | None = None
    model: WhichModel = "bundled"
    knowledge: Knowledge | None = None
    dask: str = ""

    def __post_init__(self) -> None:
        if self.jobs is not None and self.jobs < 1:
            raise ValueError("jobs must be at least 1")


def each_result(
    sources: Sequence[Source], options: Options, task_of: Callable[[int], Task] | None = None
) -> Iterator[tuple[int, FileResult]]:
    """Yield the position and the result of each file, in the order in which they are done.

    Args:
        sources: The files; password and language of the options are theirs.
        options: How they are analysed; ``knowledge`` is given.
        task_of: Returns what is done with the file of a position, when its turn has come; by default it is read and
            analysed.
    """
    files = [replace(source, password=options.password, language=options.language) for source in sources]
    knowledge = options.knowledge or load_knowledge()
    tasks = _Tasks(files, range(len(files)), task_of or (lambda position: Task(files[position])))
    if options.jobs is None and not options.dask:
        analyzer = _analyzer(options.model, knowledge)
        yield from ((position, analyze_task(analyzer, task)) for position, task in enumerate(tasks))
        return
    # The biggest files first, so that none of them is left to one process at the end.
    order = sorted(range(len(files)), key=lambda position: -_size(files[position].path))
    made_by = which_provenance(options.model, knowledge)
    work = Work(
        _work,
        start=partial(_start, options.model, knowledge.folder, made_by),
        preload=("analyzer.run.preload",),
        limits=options.limits,
    )
    for done, result in _done(work, replace(tasks, order=order), options):
        position = order[done]
        yield position, lost(files[position], result) if isinstance(result, Died) else result


def _done(
    work: Work[Task, FileResult], tasks: Sequence[Task], options: Options
) -> Iterator[tuple[int, FileResult | Died]]:
    if options.dask:
        from analyzer.run.dask_pool import run_on_dask

        return run_on_dask(work, tasks, options.dask)
    return run_in_processes(work, tasks, jobs=min(options.jobs or 1, len(tasks)))


@dataclass(frozen=True, slots=True)
class _Tasks(Sequence[Task]):
    """What is done with each file, in an order; each task is made when it is asked for."""

    files: Sequence[Source]
    order: Sequence[int]
    task_of: Callable[[int], Task]

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, index: Any) -> Any:
        position = self.order[index]
        task = self.task_of(position)
        return replace(task, source=self.files[position])


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


_of_this_process: list[Analyzer] = []
"""The analyzer of a worker process, built when the process starts."""


def _analyzer(model: WhichModel, knowledge: Knowledge) -> Analyzer:
    from analyzer.api import Analyzer

    return Analyzer(knowledge, _model(model))


def _model(which: WhichModel) -> Model | Literal["bundled"] | None:
    from analyzer.assemble.model_file import load_model

    return load_model(which) if isinstance(which, Path) else which


def which_provenance(which: WhichModel, knowledge: Knowledge) -> Provenance:
    """Return what will make the tables: the model is recorded as it is when the run begins.

    What is wrong with the model is reported here, once, and not by every process.
    """
    from analyzer.assemble.model_file import bundled_model

    model = _model(which)
    file = which if isinstance(which, Path) else None
    return provenance_of(bundled_model() if model == "bundled" else model, file, knowledge)


def _start(model: WhichModel, folder: Path | None, wanted: Provenance) -> None:
    analyzer = _analyzer(model, load_knowledge(folder))
    found = which_provenance(model, analyzer.knowledge)
    if found.citation != wanted.citation:
        raise AnalyzerError(f"a worker would make other results than this run: it has {found.citation}")
    _of_this_process[:] = [analyzer]
    # A document is a hundred thousand small values without cycles: looking for cycles among them only costs time.
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def _work(task: Task) -> FileResult:
    return analyze_task(_of_this_process[0], task)
