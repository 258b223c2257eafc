"""Evaluation of rules and model together, on agreements that the model was not fitted on.

Three tests keep the tested agreements unseen: folds by agreement, one drafting family left out, and training on
agreements signed before a given year. Clauses drafted for training are used for training only. They and the samples
use present-day wording, so the test by time is run both without and with them. Documents of other kinds (statutes,
declarations, laws that approve a treaty) are in the folds too, and reported apart. A fourth test compares the languages
on clauses that were drafted three times and are never learnt from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analyzer.api import Analyzer
from analyzer.assemble.findings import decide
from analyzer.errors import AnalyzerError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.learn.training.counted import Counted, count
from analyzer.learn.training.drafts import trilingual
from analyzer.learn.training.examples import Examples, prepare
from analyzer.learn.training.fit import fit, learnable
from analyzer.learn.training.folds import by_agreement, family_of, signed_before
from analyzer.learn.training.material import Material, load
from analyzer.learn.training.score import Scores, score
from analyzer.run.process import Died, Work
from analyzer.run.workers import run_in_processes
from analyzer.tag.classifier import ClassifierTagger
from analyzer.types import Provision

FOLDS = 5
YEAR = 2008
"""The test by time learns from agreements signed before this year and is tested on the later ones."""
TESTED = ("tota", "sample")
"""Origins of the agreements to test on; rows chosen for review are not a representative sample of an agreement."""
IN_FOLDS = (*TESTED, "real")
"""The same with the documents of other kinds, which are tested in the folds only."""


@dataclass(frozen=True, slots=True)
class Task:
    """One model to fit and the agreements to test it on.

    Attributes:
        material: The annotations.
        test: One of ``summary.TESTS``.
        learnt: The agreements to learn from, by number; empty to test the rules alone.
        tested: The agreements to test on.
        folder: The user's folder of knowledge, if there is one.
    """

    material: Material
    test: str
    learnt: tuple[int, ...]
    tested: tuple[int, ...]
    folder: Path | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one agreement in one test.

    Attributes:
        test: One of ``summary.TESTS``.
        agreement_id: The agreement.
        origin: Where its annotations come from.
        language: Its language.
        kind: Its kind of document.
        family: Its drafting family.
        scores: All figures.
        rows: Confidence of each row with an annotation, and whether it is right.
        codes: The same for each category of each row.
    """

    test: str
    agreement_id: str
    origin: str
    language: str
    kind: str
    family: str
    scores: Scores
    rows: tuple[tuple[float, bool], ...]
    codes: tuple[tuple[float, bool], ...]


def evaluate(material: Material, *, jobs: int = 1, knowledge: Knowledge | None = None) -> list[Outcome]:
    """Run all tests.

    Args:
        material: The annotations.
        jobs: Number of processes.
        knowledge: The knowledge to use; by default that of the package. Each process reads its folder again.

    Raises:
        GoldError: Annotations do not fit, or there are too few agreements.
        AnalyzerError: A process died, perhaps for lack of memory.
    """
    tasks = list(_tasks(material, knowledge or load_knowledge()))
    results: dict[int, list[Outcome]] = {}
    if jobs == 1:
        results = {number: _run(task) for number, task in enumerate(tasks)}
    else:
        work = Work(_run, start=_start, preload=("analyzer.learn.training.evaluate",))
        for number, result in run_in_processes(work, tasks, jobs=min(jobs, len(tasks))):
            if isinstance(result, Died):
                raise AnalyzerError(f"the process of the test {tasks[number].test!r} died; is there memory enough?")
            results[number] = result
    return [outcome for number in sorted(results) for outcome in results[number]]


def _tasks(material: Material, knowledge: Knowledge) -> Iterator[Task]:
    agreements, folder = load(material, knowledge), knowledge.folder
    everything = range(len(agreements))
    tested = [number for number in everything if agreements[number].origin in TESTED]
    in_folds = [number for number in everything if agreements[number].origin in IN_FOLDS]
    yield Task(material, "rules", (), tuple(in_folds), folder)
    compared = range(len(agreements), len(agreements) + len(trilingual(knowledge)))
    yield Task(material, "languages", tuple(everything), tuple(compared), folder)
    fold_of = dict(zip(in_folds, by_agreement([agreements[number] for number in in_folds], FOLDS), strict=True))
    family = {number: family_of(agreements[number]) for number in tested}
    for test, group_of in (("agreements", fold_of), ("families", family)):
        groups = sorted(set(group_of.values()), key=str)
        if len(groups) > 1:
            for group in groups:
                unseen = tuple(number for number, its_group in group_of.items() if its_group == group)
                yield Task(
                    material, test, tuple(number for number in everything if number not in unseen), unseen, folder
                )
    before = [
        number for number in tested if agreements[number].origin == "tota" and signed_before(agreements[number], YEAR)
    ]
    after = [
        number
        for number in tested
        if agreements[number].origin == "tota" and signed_before(agreements[number], YEAR) is False
    ]
    if len(before) >= FOLDS and after:
        ours = [number for number in everything if agreements[number].origin in ("sample", "drafted")]
        yield Task(material, "time", tuple(before), tuple(after), folder)
        yield Task(material, "time, with our own", (*before, *ours), tuple(after), folder)


@cache
def _prepared(material: Material, folder: Path | None) -> tuple[list[Examples], Counted, Analyzer]:
    analyzer = Analyzer(load_knowledge(folder), model=None)
    annotated = [*load(material, analyzer.knowledge), *trilingual(analyzer.knowledge)]
    examples = prepare(annotated, analyzer)
    return examples, count(examples, learnable(examples, analyzer.knowledge)), analyzer


def _start() -> None:
    """Start a process; its first task reads the annotations."""


def _run(task: Task) -> list[Outcome]:
    examples, counted, analyzer = _prepared(task.material, task.folder)
    knowledge = analyzer.knowledge
    model = fit(examples, counted, task.learnt, knowledge) if task.learnt else None
    outcomes = []
    for number in task.tested:
        agreement = examples[number]
        examination = agreement.examination
        opinion = ClassifierTagger(model.classifier).tag(examination.reading, examination.candidates) if model else None
        provisions = decide(examination, opinion, model.merge if model else None, knowledge)
        rows, codes = _confidences(agreement, provisions)
        outcomes.append(
            Outcome(
                test=task.test,
                agreement_id=agreement.annotated.document.agreement_id,
                origin=agreement.annotated.origin,
                language=agreement.annotated.document.language,
                kind=agreement.annotated.document.metadata.document_kind,
                family=family_of(agreement.annotated),
                scores=score(agreement.annotated, examination.reading.clauses, provisions, knowledge),
                rows=tuple(rows),
                codes=tuple(codes),
            )
        )
    return outcomes


def _confidences(
    examples: Examples, provisions: Iterable[Provision]
) -> tuple[list[tuple[float, bool]], list[tuple[float, bool]]]:
    """Return confidence and correctness of each annotated row, and of each of its categories."""
    labels: Mapping[int, frozenset[str] | None] = dict(zip(examples.indices, examples.labels, strict=True))
    rows, codes = [], []
    for provision in provisions:
        true = labels.get(provision.clause)
        if true is not None:
            rows.append((provision.confidence, bool(true)))
            codes += [
                (sure, code in true) for code, sure in zip(provision.categories, provision.confidences, strict=True)
            ]
    return rows, codes


def reliability(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> dict[str, Any]:
    """Return the share of right statements by confidence, and the expected calibration error.

    Args:
        pairs: Confidence, and whether it was right.
        bins: Number of confidence classes of equal width.

    Returns:
        ``bins``: bounds, number, mean confidence and share that is right, for each class that is not empty; ``ece``:
        the mean distance between the last two, weighted by number.
    """
    classes: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in pairs:
        classes.setdefault(min(int(sure * bins), bins - 1), []).append((sure, right))
    table = []
    for number in sorted(classes):
        members = classes[number]
        mean, share = (sum(float(pair[column]) for pair in members) / len(members) for column in (0, 1))
        table.append(
            {
                "from": number / bins,
                "to": (number + 1) / bins,
                "number": len(members),
                "confidence": round(mean, 4),
                "right": round(share, 4),
            }
        )
    gaps = sum(abs(row["confidence"] - row["right"]) * row["number"] for row in table)
    return {"bins": table, "ece": round(gaps / max(1, len(pairs)), 4)}
