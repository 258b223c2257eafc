"""The results of a run, checked again: the files it read and wrote, the words of every row, rules and model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from analyzer.bundled import VERSION
from analyzer.collection.database import STORE
from analyzer.collection.places import Claim, Failure, Place, compare, place_of, start
from analyzer.collection.results import read_results
from analyzer.errors import AnalyzerError, TableError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.limits import DIED, Limits
from analyzer.present.crate import crate_text, read_inputs
from analyzer.present.manifest import CRATE, RUN, RunRecord, read_run
from analyzer.present.provenance import BUNDLED, RULES_ALONE, recorded
from analyzer.present.results import load_results
from analyzer.present.statistics import Statistics
from analyzer.read.archive import split
from analyzer.read.sources import Source
from analyzer.regular import is_there
from analyzer.run.process import Died, Work
from analyzer.run.workers import run_in_processes
from analyzer.switch import settle
from analyzer.types import LANGUAGES

_MODEL = "model"
"""What evidence names where the model gave it, or an item inherits it from a lead-in that the model read."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a check.

    Attributes:
        failures: What does not hold, file by file.
        counts: How much was compared: ``outputs``, ``inputs``, ``rows``.
        notes: What could not be checked, and why.
    """

    failures: tuple[Failure, ...]
    counts: Mapping[str, int]
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """True if nothing fails."""
        return not self.failures


@dataclass(frozen=True, slots=True)
class Check:
    """How results are checked.

    Attributes:
        knowledge: By which they were made; that of the package if none is given.
        agreements: Folder below which the files are sought that are not where they were.
        password: Opens encrypted PDFs.
        jobs: Number of processes.
        limits: For each file.
    """

    knowledge: Knowledge | None = None
    agreements: Path | None = None
    password: str | None = field(default=None, repr=False)
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)


def verify_results(folder: str | Path, check: Check = Check()) -> Verdict:
    """Check the results of a run again.

    Compared are length and SHA-256 of every file that was read and written; for every row that quotes words, whether
    they stand at its offsets and pages when the file is read anew; the words of its evidence; whether the rules exist
    and the model is the one that was used. Each file is read in a process of its own, within limits.

    Args:
        folder: The folder of the run.
        check: How.

    Raises:
        TableError: The folder holds no run, or what it says about itself is damaged.

    Examples:
        >>> from analyzer import verify_results
        >>> verify_results("no-such-folder")
        Traceback (most recent call last):
        ...
        analyzer.errors.TableError: no-such-folder: there is no such folder of results
    """
    place = Path(folder)
    if not place.is_dir():
        raise TableError("there is no such folder of results", file=place)
    settle(place)
    run = read_run(place)
    if run.files is None:
        raise TableError(f"holds no run that lists its files in {RUN}; run lpa analyze again", file=place)
    knowledge = check.knowledge or load_knowledge()
    failures = list(_outputs(run))
    notes: list[str] = []
    results = _results(run, knowledge, failures, notes)
    if results:
        failures += _crate(run, results)
        failures += _makers(run, results, knowledge)
    claims = list(_claims(run, results, check))
    failures += _sources(claims, check, knowledge)
    if (package := recorded(run.content).package) != VERSION:
        notes.append(
            f"made by version {package or 'unknown'} of the program; this is {VERSION}, which may read otherwise"
        )
    counts = {
        "outputs": len(run.files),
        "inputs": len(claims),
        "rows": sum(len(claim.places) for claim in claims),
    }
    return Verdict(tuple(failures), counts, tuple(notes))


def _outputs(run: RunRecord) -> Iterator[Failure]:
    """Yield the files that the run wrote and that are no longer what it wrote."""
    names = list(run.files or ())
    same = set(run.unchanged(names))
    for name in names:
        if name not in same:
            reason = "was changed after the run" if is_there(run.folder / name) else "is missing"
            yield Failure(str(run.folder / name), "", reason)


def _results(run: RunRecord, knowledge: Knowledge, failures: list[Failure], notes: list[str]) -> Statistics | None:
    """Return the rows of the run, if it wrote them in a form that holds them as they are."""
    has_lines = "agreements.jsonl" in (run.files or ())
    if not has_lines and not is_there(run.folder / STORE):
        notes.append("the rows were not checked: there are neither JSON lines nor a collection")
        return None
    try:
        return (load_results if has_lines else read_results)(run.folder, knowledge=knowledge)
    except TableError as error:
        known = {failure.file for failure in failures}
        if error.file not in known:
            failures.append(Failure(error.file or str(run.folder), "", error.reason))
        notes.append(f"the rows were not checked: {error}")
        return None


def _crate(run: RunRecord, results: Statistics) -> Iterator[Failure]:
    try:
        written = run.read(CRATE).decode("utf-8")
    except (TableError, UnicodeDecodeError):  # It is told with the other files.
        return
    if written != crate_text(run.content, results.agreement_rows).encode("utf-8", "backslashreplace").decode():
        yield Failure(str(run.folder / CRATE), "", f"says something else than {RUN} and the table of agreements")


def _makers(run: RunRecord, results: Statistics, knowledge: Knowledge) -> Iterator[Failure]:
    """Yield what does not hold of the rules and the model that made the rows."""
    made_by, file = recorded(run.content), str(run.folder / RUN)
    if made_by.knowledge != knowledge.version:
        reason = f"made by the knowledge {made_by.knowledge or 'unknown'}, but this is {knowledge.version}"
        yield Failure(file, "", f"{reason}: its rules cannot be checked; name the folder with --knowledge")
    else:
        yield from _rules(run, results, knowledge)
    if made_by.model not in ("", RULES_ALONE):
        try:
            digest = _digest_of_model(made_by.model, run.content)
        except AnalyzerError as error:
            yield Failure(file, "", f"the model cannot be checked: {error}")
        else:
            if digest != made_by.digest:
                yield Failure(file, "", f"made by the model {made_by.digest}, but {made_by.model} is {digest}")


def _rules(run: RunRecord, results: Statistics, knowledge: Knowledge) -> Iterator[Failure]:
    """Yield the evidence that names a rule, instrument or model that the run did not have."""
    known = {rule.id for rule in (*knowledge.rules, *knowledge.vetoes)} | {
        *knowledge.instruments,
        *knowledge.sets.by_id,
    }
    if recorded(run.content).model != RULES_ALONE:
        known.add(_MODEL)
    for row in results.provision_rows:
        for name in sorted({witness["rule"] for witness in row["evidence"]} - known):
            label = f"provisions, {row['agreement_id']} {row['clause_id']}"
            yield Failure(row["source_file"], label, f"its evidence names {name!r}, which is no rule or instrument")


def _digest_of_model(name: str, run: Mapping[str, Any]) -> str:
    from analyzer.assemble.model_file import bundled_model, load_model

    if name == BUNDLED:
        return bundled_model().digest
    arguments = run.get("arguments")
    given = arguments.get("model") if isinstance(arguments, dict) else None
    return load_model(given if isinstance(given, str) else name).digest


def _claims(run: RunRecord, results: Statistics | None, check: Check) -> Iterator[Claim]:
    """Yield what the run says about each file that it read."""
    arguments = run.content.get("arguments")
    wanted = arguments.get("language") if isinstance(arguments, dict) else None
    language = next((known for known in LANGUAGES if known == wanted), None)

    def source(file: str) -> Source:
        return Source(_found(Path(file), check.agreements), password=check.password, language=language)

    if results is None:
        with suppress(TableError):  # It is told with the other files.
            yield from (Claim(source(file), sha256, size) for file, sha256, size in read_inputs(run))
        return
    places = _places(results)
    for row in results.agreement_rows:
        if row["source_sha256"]:
            places_of_it = tuple(places.get(row["agreement_id"], ()))
            yield Claim(source(row["source_file"]), row["source_sha256"], row["source_bytes"], places_of_it)


def _places(results: Statistics) -> dict[str, list[Place]]:
    tables: Sequence[tuple[str, Iterable[Mapping[str, Any]]]] = (
        ("provisions", results.provision_rows),
        ("instruments", results.instrument_rows),
        ("references", results.reference_rows),
        ("indicator_evidence", results.evidence_rows),
    )
    places: dict[str, list[Place]] = {}
    for table, rows in tables:
        for row in rows:
            places.setdefault(row["agreement_id"], []).append(place_of(table, dict(row)))
    return places


def _found(path: Path, folder: Path | None) -> Path:
    """Return where a file is: where it was, or below a folder at the longest end of its path that leads somewhere."""
    if folder is None or _exists(path):
        return path
    parts = [part for part in path.parts if part not in (path.anchor, "..")]
    candidates = (folder.joinpath(*parts[first:]) for first in range(len(parts)))
    return next(filter(_exists, candidates), path)


def _exists(path: Path) -> bool:
    return is_there(path) or split(path) is not None


def _sources(claims: Sequence[Claim], check: Check, knowledge: Knowledge) -> list[Failure]:
    """Return what does not hold of the files, in their order."""
    if not claims:
        return []
    work = Work(compare, start=partial(start, knowledge.folder), preload=("analyzer.read.file",), limits=check.limits)
    found: dict[int, list[Failure]] = {}
    for position, failures in run_in_processes(work, claims, jobs=min(check.jobs, len(claims))):
        if isinstance(failures, Died):
            file = str(claims[position].source.path)
            found[position] = [Failure(file, "", failures.reason or DIED)]
        else:
            found[position] = failures
    return [failure for position in sorted(found) for failure in found[position]]
