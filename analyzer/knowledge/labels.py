"""Names of strengths, pillars and groups of categories (``labels.toml``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.types import Language

if TYPE_CHECKING:
    from analyzer.knowledge.schema_codebook import LabelTables, LanguageLabels


CATEGORIES = "{categories}"
"""What stands for codes of categories in the words of a reason."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Names of strengths, pillars and groups of categories.

    Attributes:
        strengths: Name of each strength by its code, in their order.
        meanings: Meaning of each strength by its code.
        pillars: Names of the pillars of LPHub, by the column of ``agreements`` that counts them.
        groups: Names of the groups of categories, in the order of the codebook.
        invocations: Names of the ways to invoke an instrument by their code, the strongest first.
        measures: The ways to count agreements with labour provisions, by code; the first is the usual one.
        counted: What each of them counts, by code.
        reasons: Why a person should check a provision, by code; ``{categories}`` stands for codes of categories.
        locations: Names of the parts of an agreement.
        columns: Headings of columns, by their name.
    """

    strengths: Mapping[str, str]
    meanings: Mapping[str, str]
    pillars: Mapping[str, str]
    groups: Mapping[str, str]
    invocations: Mapping[str, str]
    measures: Mapping[str, str]
    counted: Mapping[str, str]
    reasons: Mapping[str, str]
    locations: Mapping[str, str]
    columns: Mapping[str, str]

    def heading(self, column: str) -> str:
        """Return the heading of a column, which is its name where it has no other."""
        return self.columns.get(column) or column.replace("_", " ")

    def reason(self, code: str, categories: Sequence[str] = ()) -> str:
        """Return in words why a person should check a provision.

        Args:
            code: What it is about.
            categories: The codes of the categories in doubt.
        """
        return self.reasons[code].replace(CATEGORIES, ", ".join(categories))

    def reason_from(self, words: str, other: Labels) -> str:
        """Return a reason, which was written with other labels, in the words of these; as it is where it is none.

        Args:
            words: The reason.
            other: The labels with which it was written.
        """
        # A reason without categories may begin like one with them.
        for code, template in sorted(other.reasons.items(), key=lambda one: CATEGORIES in one[1]):
            before, named, after = template.partition(CATEGORIES)
            if words == template or (named and words.startswith(before) and words.endswith(after)):
                codes = words[len(before) : len(words) - len(after)] if named else ""
                return self.reasons[code].replace(CATEGORIES, codes)
        return words


def make_labels(tables: LabelTables) -> dict[Language, Labels]:
    """Return the names of ``labels.toml`` by language."""
    return {"en": _labels(tables.en), "es": _labels(tables.es), "fr": _labels(tables.fr)}


def _labels(written: LanguageLabels) -> Labels:
    strengths, measures = dict(written.strengths), dict(written.measures)
    return Labels(
        strengths={code: label.name for code, label in strengths.items()},
        meanings={code: label.meaning for code, label in strengths.items()},
        pillars=dict(written.pillars),
        groups=dict(written.groups),
        invocations=dict(written.invocations),
        measures={code: label.name for code, label in measures.items()},
        counted={code: label.meaning for code, label in measures.items()},
        reasons=dict(written.reasons),
        locations={name.replace("_", " "): label for name, label in dict(written.locations).items()},
        columns=dict(written.columns),
    )
