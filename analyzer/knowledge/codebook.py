"""The categories of the codebook (``categories.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyzer.knowledge.labels import Labels
from analyzer.knowledge.overlay import Entry

if TYPE_CHECKING:
    from analyzer.knowledge.schema_codebook import CategoryEntry


@dataclass(frozen=True, slots=True)
class Category:
    """One code of the codebook.

    Attributes:
        code: The code (``FOA``).
        name: Name in English.
        group: Its group (``principle``, ``topic``, ``instrument`` …).
        pillar: LPHub's pillar: Obligations, Monitoring and Cooperation, or Dispute Settlement Mechanisms.
        definition: The use of the code.
        translations: Name and definition in other languages, as far as the codebook has them.
        principle: Whether it is a fundamental principle (ILO 1998 Declaration as amended in 2022).
        supplementary: Whether it is one of the codes of section 6b.
        inherited: Whether list items take it from their lead-in.
        carries_topics: Whether items with it inherit the topics of their lead-in (codebook 9.20).
        witnessed: Whether the classifier alone does not give it: a rule or a cited instrument must say so too.
        alone: Whether it makes a clause a labour provision without another category.
    """

    code: str
    name: str
    group: str
    pillar: str
    definition: str
    principle: bool
    supplementary: bool
    inherited: bool
    carries_topics: bool
    alone: bool
    witnessed: bool
    translations: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def name_in(self, language: str) -> str:
        """Return the name in a language (ISO 639-1), in English where it has none in it.

        Examples:
            >>> from analyzer import load_knowledge
            >>> load_knowledge().categories["FOA"].name_in("es")
            'Libertad sindical y negociación colectiva'
        """
        return self.translations[language][0] if language in self.translations else self.name

    def definition_in(self, language: str) -> str:
        """Return the definition in a language (ISO 639-1), in English where it has none in it."""
        return self.translations[language][1] if language in self.translations else self.definition


def make_categories(entries: Mapping[str, Entry[CategoryEntry]], labels: Labels) -> dict[str, Category]:
    """Return the categories by code, in the order of the codebook.

    Args:
        entries: The tables of ``categories.toml``.
        labels: The known groups and pillars.

    Raises:
        KnowledgeError: A category has an unknown group or pillar.
    """
    for entry in entries.values():
        group, pillar = entry.value.group, entry.value.pillar
        if group not in labels.groups:
            raise entry.error(f"group must be one of {', '.join(labels.groups)}, not {group!r}")
        if _pillar_id(pillar) not in labels.pillars:
            raise entry.error(f"pillar must be one of {', '.join(labels.pillars.values())}, not {pillar!r}")
    return {
        code: Category(
            code=code,
            name=entry.value.name,
            group=entry.value.group,
            pillar=labels.pillars[_pillar_id(entry.value.pillar)],
            definition=" ".join(entry.value.definition.split()),
            principle=entry.value.group == "principle",
            supplementary=entry.value.group == "supplementary",
            inherited=entry.value.inherited,
            carries_topics=entry.value.carries_topics,
            alone=entry.value.alone,
            witnessed=entry.value.witnessed,
            translations={
                language: (written.name, " ".join(written.definition.split()))
                for language, written in (("es", entry.value.es), ("fr", entry.value.fr))
                if written
            },
        )
        for code, entry in entries.items()
    }


def _pillar_id(written: str) -> str:
    """Return the id of a pillar that is written as its id or as LPHub's own name, which may have another label."""
    return "_".join(written.lower().split())
