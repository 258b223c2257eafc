"""What made a set of tables: the program, the knowledge, and the model with its figures of quality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.bundled import VERSION
from analyzer.knowledge import Knowledge

if TYPE_CHECKING:
    from analyzer.assemble.trained import Model

PROGRAM = "labour-provision-analyzer"
BUNDLED, RULES_ALONE = "bundled", "none"
"""Names that stand for the model of the package, and for no model."""
SHOWN_DIGEST = 12
"""Characters of a model's digest that a citation gives; ``run.json`` holds all of it."""
DEEPEST = 12
"""Levels of nesting that are kept of what a model says about itself."""

MEASURES: Mapping[str, tuple[str, ...]] = {
    "Provisions": ("detection", "f"),
    "Principles": ("principles", "f"),
    "Categories (micro)": ("codes_micro", "f"),
    "Categories (macro)": ("codes_macro_f",),
    "Instruments": ("instruments", "f"),
    "Strength": ("strength",),
}
"""The figures of an evaluation that are shown, and the keys under which ``lpa evaluate`` writes them.

All are F1 except the last, which is a share.
"""
EVALUATION_HEADS = ("Test", "Annotations", *MEASURES)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a set of tables, as far as the run recorded it.

    Attributes:
        package: Version of the program; empty where it was not recorded.
        knowledge: Version of the knowledge; empty where it was not recorded.
        model: ``bundled``, the name of a model file, or ``none`` for the rules alone; empty where it was not recorded.
        digest: Digest of the model; empty without one.
        about: What the model says about its making and its quality, as plain JSON values; empty without one.
    """

    package: str = ""
    knowledge: str = ""
    model: str = ""
    digest: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def citation(self) -> str:
        """Program, knowledge and model in words, so that a result can be cited."""
        name = "bundled model" if self.model == BUNDLED else f"model {self.model}"
        digest = f" ({self.digest[:SHOWN_DIGEST]})" if self.digest else ""
        models = {"": "model not recorded", RULES_ALONE: "rules alone, no model"}
        return ", ".join(
            (
                f"{PROGRAM} {self.package}" if self.package else f"{PROGRAM}, version not recorded",
                f"knowledge {self.knowledge}" if self.knowledge else "knowledge not recorded",
                models.get(self.model, f"{name}{digest}"),
            )
        )

    @property
    def evaluation(self) -> list[tuple[str, ...]]:
        """One row of words per test and kind of annotations, in the columns ``EVALUATION_HEADS``."""
        return list(_evaluation(self.about.get("figures")))

    @property
    def quality(self) -> str:
        """What the figures mean, or why there are none, in one or two sentences."""
        if not self.model:
            return "The run did not record which model made these tables."
        if self.model == RULES_ALONE:
            return "No model was used: the rules alone made these tables, so there are no figures of a model."
        if not self.evaluation:
            return "The model that made these tables says nothing about its quality."
        return (
            "Measured on agreements that the model was not fitted on. The figures are F1, the harmonic mean of "
            "precision and recall; for strength, the share that is correct. 1 is the best."
        )

    @property
    def making(self) -> Mapping[str, Any]:
        """What the model says about itself, without the figures that ``evaluation`` shows."""
        return {key: value for key, value in self.about.items() if key != "figures" or not self.evaluation}


def provenance_of(model: Model | None, file: Path | None, knowledge: Knowledge) -> Provenance:
    """Return what makes tables now.

    Args:
        model: The model that is used, ``None`` for the rules alone.
        file: The file of the model; ``None`` for the bundled one. Its folders are not recorded.
        knowledge: The knowledge that is used.
    """
    if model is None:
        return Provenance(VERSION, knowledge.version, RULES_ALONE)
    name = BUNDLED if file is None else file.name
    if file is not None and name in (BUNDLED, RULES_ALONE):
        name = f"./{name}"
    return Provenance(VERSION, knowledge.version, name, model.digest, _mapping(model.about))


def record(provenance: Provenance) -> dict[str, Any]:
    """Return the entries of ``run.json`` from which ``recorded`` reads the provenance back."""
    model = {"name": provenance.model, "digest": provenance.digest, "about": provenance.about}
    return {"package": provenance.package, "knowledge": provenance.knowledge, "model": model}


def recorded(run: Mapping[str, Any]) -> Provenance:
    """Return the provenance that a run wrote into its ``run.json``; what is missing or damaged is not recorded."""
    model = _mapping(run.get("model"))
    return Provenance(
        package=_word(run.get("package")),
        knowledge=_word(run.get("knowledge")),
        model=_word(model.get("name")),
        digest=_word(model.get("digest")),
        about=_mapping(model.get("about")),
    )


def _word(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    kept = _plain(value, DEEPEST)
    return kept if isinstance(kept, dict) else {}


def _plain(value: Any, levels: int) -> Any:
    """Return a value without what JSON or a page cannot hold: infinite numbers, and levels below the deepest."""
    if isinstance(value, float):
        return value if isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    if levels and isinstance(value, Mapping):
        return {str(key): _plain(inner, levels - 1) for key, inner in value.items()}
    if levels and isinstance(value, list | tuple):
        return [_plain(inner, levels - 1) for inner in value]
    return None


def _evaluation(tests: Any) -> Iterator[tuple[str, ...]]:
    for name, test in _items(tests):
        for kind, part in _items(test):
            if isinstance(part, Mapping) and isinstance(part.get("detection"), Mapping):
                title = str(test.get("title") or _spoken(name))
                yield title, _spoken(kind), *(_figure(part, keys) for keys in MEASURES.values())


def _items(value: Any) -> Iterable[tuple[Any, Any]]:
    return value.items() if isinstance(value, Mapping) else ()


def _spoken(key: object) -> str:
    return str(key).replace("_", " ")


def _figure(part: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    value: Any = part
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return f"{value:.3f}" if isinstance(value, int | float) and not isinstance(value, bool) else ""
