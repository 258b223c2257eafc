"""What there is to learn from: annotated ToTA agreements, the samples, reviewed rows and the drafted clauses."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from analyzer.bundled import bundled
from analyzer.errors import GoldError
from analyzer.knowledge import Knowledge
from analyzer.learn.training.gold import Annotated, Unit, drafted, reviewed, samples, tota


@dataclass(frozen=True, slots=True)
class Material:
    """Where the annotations are.

    Attributes:
        tota: Folder with ToTA agreements (``pta_<treaty>.xml``); ``None``: only what ships with the package.
        gold: Annotations of them; the bundled ones if ``None``.
        extra: Rows that were reviewed (``lpa review import``).
    """

    tota: Path | None = None
    gold: Path | None = None
    extra: tuple[Path, ...] = ()

    def files(self) -> list[Path]:
        """Return the files of annotations."""
        gold = [self.gold or bundled("corpus/gold") / "tota.jsonl"] if self.tota else []
        own = [bundled("corpus/gold") / "samples.jsonl", bundled("corpus/training") / "clauses.toml"]
        return [*gold, *own, *self.extra]

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of each file of annotations, by its name: what a model was made from."""
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in self.files()}


def load(material: Material, knowledge: Knowledge) -> list[Annotated]:
    """Read all annotations, one entry per agreement.

    What was reviewed replaces earlier annotations of the same words.

    Raises:
        GoldError: Annotations do not fit; the message names file, line and reason.
        ReadError: An agreement cannot be read.
    """
    found: list[Annotated] = []
    if material.tota:
        found += tota(material.gold or material.files()[0], material.tota, knowledge)
    found += samples(knowledge)
    for file in material.extra:
        for new in reviewed(file, knowledge):
            found = _with_review(found, new)
    found += drafted(knowledge)
    for file in material.files():
        if file.suffix == ".jsonl" and not file.read_text(encoding="utf-8").strip():
            raise GoldError("holds no annotations", file=file)
    if not any(unit.labels for one in found for unit in one.units):
        raise GoldError("no clause is annotated as a labour provision", file=material.files()[0])
    return found


def _with_review(known: list[Annotated], new: Annotated) -> list[Annotated]:
    """Lay reviewed units over the annotations of the same text, or add them as an agreement of their own."""
    for place, old in enumerate(known):
        if old.document.text == new.document.text:
            kept = tuple(unit for unit in old.units if not _overlaps(unit, new.units))
            places = (*old.places, *(place for place in new.places if not _covered(place, old.places)))
            return [*known[:place], replace(old, units=(*kept, *new.units), places=places), *known[place + 1 :]]
    return [*known, new]


def _overlaps(unit: Unit, others: tuple[Unit, ...]) -> bool:
    return any(unit.start < other.end and other.start < unit.end for other in others)


def _covered(place: tuple[int, int], places: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in places)
