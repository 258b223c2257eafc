"""Training material: annotated ToTA agreements and real documents, the samples, reviewed rows, the drafted clauses."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from analyzer.bundled import bundled
from analyzer.errors import GoldError
from analyzer.knowledge import Knowledge
from analyzer.learn.training import drafts
from analyzer.learn.training.gold import MOST_BYTES, Annotated, Unit, reviewed, samples, tota
from analyzer.learn.training.real import gold_file, real
from analyzer.regular import read_regular


@dataclass(frozen=True, slots=True)
class Material:
    """Files of annotations.

    Attributes:
        tota: Folder with ToTA agreements (``pta_<treaty>.xml``); ``None``: only what ships with the package.
        gold: Annotations of the ToTA agreements; the bundled ones if ``None``.
        extra: Files of reviewed rows (``lpa review import``).
        real: Folder with the annotated documents of other kinds; ``None``: they are left out.
    """

    tota: Path | None = None
    gold: Path | None = None
    extra: tuple[Path, ...] = ()
    real: Path | None = None

    def files(self) -> list[Path]:
        """Return the files of annotations."""
        gold = [self.gold or bundled("corpus/gold") / "tota.jsonl"] if self.tota else []
        of_real = [gold_file()] if self.real else []
        return [*gold, bundled("corpus/gold") / "samples.jsonl", *of_real, *drafts.files(), *self.extra]

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of each file of annotations, by file name, to record what a model was trained on."""
        return {file.name: hashlib.sha256(read_regular(file, MOST_BYTES)).hexdigest() for file in self.files()}


def load(material: Material, knowledge: Knowledge) -> list[Annotated]:
    """Read all annotations, one entry per agreement.

    Reviewed rows replace earlier annotations of the same words.

    Raises:
        GoldError: Annotations do not fit; the message names file, line and reason.
        ReadError: An agreement cannot be read.
    """
    agreements: list[Annotated] = []
    if material.tota:
        agreements += tota(material.gold or material.files()[0], material.tota, knowledge)
    agreements += samples(knowledge)
    if material.real:
        agreements += real(material.real, knowledge)
    for file in material.extra:
        for new in reviewed(file, knowledge):
            agreements = _with_review(agreements, new)
    agreements += drafts.drafted(knowledge)
    for file in material.files():
        if file.suffix == ".jsonl" and not read_regular(file, MOST_BYTES).strip():
            raise GoldError("holds no annotations", file=file)
    if not any(unit.labels for agreement in agreements for unit in agreement.units):
        raise GoldError("no clause is annotated as a labour provision", file=material.files()[0])
    return agreements


def _with_review(agreements: list[Annotated], review: Annotated) -> list[Annotated]:
    """Return the agreements with reviewed units: in place of annotations of the same words, or as another agreement."""
    for index, old in enumerate(agreements):
        if old.document.text == review.document.text:
            kept = tuple(unit for unit in old.units if not _overlaps(unit, review.units))
            spans = (*old.slices, *(span for span in review.slices if not _covered(span, old.slices)))
            merged = replace(old, units=(*kept, *review.units), slices=spans)
            return [*agreements[:index], merged, *agreements[index + 1 :]]
    return [*agreements, review]


def _overlaps(unit: Unit, others: tuple[Unit, ...]) -> bool:
    return any(unit.start < other.end and other.start < unit.end for other in others)


def _covered(span: tuple[int, int], spans: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)
