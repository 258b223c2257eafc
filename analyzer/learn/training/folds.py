"""Splits into training and test agreements: by agreement, drafting family or time, never by clause."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import Field

from analyzer.errors import GoldError
from analyzer.knowledge.checks import Schema, check_file
from analyzer.learn.training.gold import Annotated

FAMILIES = Path(__file__).with_name("families.toml")
ELSEWHERE = "elsewhere"
"""Family of an agreement that no entry fits."""
SAMPLES = "own samples"
"""Family of the bundled samples, whose parties are fictional."""


class _Family(Schema):
    """An entry of ``families.toml``: codes of States of which any, all or most are parties."""

    name: str
    any: list[str] = Field(default=[])
    all: list[str] = Field(default=[])
    most: list[str] = Field(default=[])


class _Families(Schema):
    family: list[_Family]


def by_agreement(agreements: Sequence[Annotated], folds: int) -> list[int]:
    """Return the fold of each agreement; folds have about equal numbers of units, and the choice is deterministic.

    Raises:
        GoldError: There are fewer agreements than folds, so one fold would be empty.
    """
    if len(agreements) < folds:
        raise GoldError(f"{len(agreements)} annotated agreements cannot fill {folds} folds")
    sizes = [0] * folds
    fold_of = [0] * len(agreements)
    order = sorted(range(len(agreements)), key=lambda index: (-len(agreements[index].units), _name(agreements[index])))
    for index in order:
        fold_of[index] = sizes.index(min(sizes))
        sizes[fold_of[index]] += len(agreements[index].units) + 1
    return fold_of


def family_of(agreement: Annotated) -> str:
    """Return the drafting family of an agreement, by its parties."""
    if agreement.origin == "sample":
        return SAMPLES
    parties = set(agreement.document.metadata.parties)
    if not parties:
        return ELSEWHERE
    for entry in _families():
        if (
            parties & set(entry.any)
            or (entry.all and parties >= set(entry.all))
            or 2 * len(parties & set(entry.most)) >= len(parties)
        ):
            return entry.name
    return ELSEWHERE


def signed_before(agreement: Annotated, year: int) -> bool | None:
    """Return whether an agreement was signed before a year; ``None`` where the year is not known."""
    signed = agreement.document.metadata.date_signed[:4]
    return int(signed) < year if signed.isdigit() else None


def _name(agreement: Annotated) -> str:
    return agreement.document.agreement_id


@cache
def _families() -> Sequence[_Family]:
    return check_file(_Families, FAMILIES).family
