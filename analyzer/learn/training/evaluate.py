"""Measure rules and model together on agreements that the model was not fitted on.

Three ways to keep the tested agreements unseen: folds by agreement, one drafting family left out, and training on
what was signed before a year. The clauses drafted for training are only ever learnt from, never tested on. They and
the samples are worded as today, so the test by time is made without and with them.
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
"""Origins of the annotations that are tested on: rows chosen for review are no fair sample of an agreement."""


@dataclass(frozen=True, slots=True)
class Task:
    """One model to fit and the agreements to test it on.

    Attributes:
        material: The annotations.
        test: One of ``summary.TESTS``.
        learnt: The agreements to learn from, by number; none stands for the rules alone.
        tested: Those to test on.
        folder: The user's folder of knowledge, if there is one.
    """

    material: Material
    test: str
    learnt: tuple[int, ...]
    tested: tuple[int, ...]
    folder: Path | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one agreement came out in one test.

    Attributes:
        test: One of ``summary.TESTS``.
        agreement_id: The agreement.
        origin: Where its annotations come from.
        language: Its language.
        family: Its drafting family.
        scores: All figures.
        rows: For each row about which the annotations say something: its confidence, and whether it is right.
        codes: The same for each category of each row.
    """

    test: str
    agreement_id: str
    origin: str
    language: str
    family: str
    scores: Scores
    rows: tuple[tuple[float, bool], ...]
    codes: tuple[tuple[float, bool], ...]


def evaluate(material: Material, *, jobs: int = 1, knowledge: Knowledge | None = None) -> list[Outcome]:
    """Run all tests.

    Args:
        material: The annotations.
        jobs: Number of processes.
        knowledge: What rules and steps go by; that of the package if none is given. Processes read its folder again.

    Raises:
        GoldError: Annotations do not fit, or there are too few agreements.
    """
    tasks = list(_tasks(material, knowledge or load_knowledge()))
    found: dict[int, list[Outcome]] = {}
    if jobs == 1:
        found = {place: _run(task) for place, task in enumerate(tasks)}
    else:
        work = Work(_run, start=_start, preload=("analyzer.learn.training.evaluate",))
        for place, result in run_in_processes(work, tasks, jobs=min(jobs, len(tasks))):
            if isinstance(result, Died):
                raise AnalyzerError(f"the process of the test {tasks[place].test!r} died; is there memory enough?")
            found[place] = result
    return [outcome for place in sorted(found) for outcome in found[place]]


def _tasks(material: Material, knowledge: Knowledge) -> Iterator[Task]:
    agreements, folder = load(material, knowledge), knowledge.folder
    everything = range(len(agreements))
    tested = [at for at in everything if agreements[at].origin in TESTED]
    yield Task(material, "rules", (), tuple(tested), folder)
    fold_of = dict(zip(tested, by_agreement([agreements[at] for at in tested], FOLDS), strict=True))
    family = {at: family_of(agreements[at]) for at in tested}
    for test, group_of in (("agreements", fold_of), ("families", family)):
        groups = sorted(set(group_of.values()), key=str)
        if len(groups) > 1:
            for group in groups:
                held = tuple(at for at in tested if group_of[at] == group)
                yield Task(material, test, tuple(at for at in everything if at not in held), held, folder)
    before = [at for at in tested if agreements[at].origin == "tota" and signed_before(agreements[at], YEAR)]
    after = [at for at in tested if agreements[at].origin == "tota" and signed_before(agreements[at], YEAR) is False]
    if len(before) >= FOLDS and after:
        own = [at for at in everything if agreements[at].origin in ("sample", "drafted")]
        yield Task(material, "time", tuple(before), tuple(after), folder)
        yield Task(material, "time, with our own", (*before, *own), tuple(after), folder)


@cache
def _prepared(material: Material, folder: Path | None) -> tuple[list[Examples], Counted, Analyzer]:
    analyzer = Analyzer(load_knowledge(folder), model=None)
    examples = prepare(load(material, analyzer.knowledge), analyzer)
    return examples, count(examples, learnable(examples, analyzer.knowledge)), analyzer


def _start() -> None:
    """Begin a process: its first task reads the annotations."""


def _run(task: Task) -> list[Outcome]:
    examples, counted, analyzer = _prepared(task.material, task.folder)
    knowledge = analyzer.knowledge
    model = fit(examples, counted, task.learnt, knowledge) if task.learnt else None
    outcomes = []
    for at in task.tested:
        one = examples[at]
        found = one.found
        opinion = ClassifierTagger(model.classifier).tag(found.reading, found.candidates) if model else None
        provisions = decide(found, opinion, model.merge if model else None, knowledge)
        rows, codes = _confidences(one, provisions)
        outcomes.append(
            Outcome(
                test=task.test,
                agreement_id=one.annotated.document.agreement_id,
                origin=one.annotated.origin,
                language=one.annotated.document.language,
                family=family_of(one.annotated),
                scores=score(one.annotated, found.reading.clauses, provisions, knowledge),
                rows=tuple(rows),
                codes=tuple(codes),
            )
        )
    return outcomes


def _confidences(
    examples: Examples, provisions: Iterable[Provision]
) -> tuple[list[tuple[float, bool]], list[tuple[float, bool]]]:
    """Return how sure each row, and each of its categories, was and whether it was right."""
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
    """Return how often statements of each confidence are right, and the expected calibration error.

    Args:
        pairs: Confidence, and whether it was right.
        bins: Number of equally wide classes of confidence.

    Returns:
        ``bins``: per class that is not empty its bounds, number, mean confidence and share that is right; ``ece``: the
        mean distance between the last two, weighted by number.
    """
    classes: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in pairs:
        classes.setdefault(min(int(sure * bins), bins - 1), []).append((sure, right))
    table = []
    for place in sorted(classes):
        members = classes[place]
        mean, share = (sum(float(pair[at]) for pair in members) / len(members) for at in (0, 1))
        table.append(
            {
                "from": place / bins,
                "to": (place + 1) / bins,
                "number": len(members),
                "confidence": round(mean, 4),
                "right": round(share, 4),
            }
        )
    gaps = sum(abs(row["confidence"] - row["right"]) * row["number"] for row in table)
    return {"bins": table, "ece": round(gaps / max(1, len(pairs)), 4)}
