"""Names of strengths, pillars and groups of categories (``labels.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.knowledge.schema_codebook import LabelTables


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of strengths, pillars and groups of categories.

    Attributes:
        strengths: Name of each strength by its code, in their order.
        meanings: Meaning of each strength by its code.
        pillars: Names of the pillars of LPHub, by the column of ``agreements`` that counts them.
        groups: Names of the groups of categories, in the order of the codebook.
    """

    strengths: Mapping[str, str]
    meanings: Mapping[str, str]
    pillars: Mapping[str, str]
    groups: Mapping[str, str]


def make_labels(tables: LabelTables) -> Labels:
    """Return the names of ``labels.toml``."""
    written = tables.en
    strengths = dict(written.strengths)
    return Labels(
        strengths={code: label.name for code, label in strengths.items()},
        meanings={code: label.meaning for code, label in strengths.items()},
        pillars=dict(written.pillars),
        groups=dict(written.groups),
    )
