"""Construction of the indicators from ``indicators.toml``, ``phrases.toml`` and ``indices.toml``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.knowledge.indicators import Case, Component, Index, Indicator, Indicators, Reach, Sample
from analyzer.knowledge.overlay import Entry
from analyzer.knowledge.rules import Rule, Term, check_atoms, parse_atoms
from analyzer.types import LANGUAGES

if TYPE_CHECKING:
    from analyzer.knowledge.schema_indicators import (
        AgreementEntry,
        CaseEntry,
        IndexEntry,
        IndicatorEntry,
        PhraseEntry,
        SharedTables,
    )

SHARED = ("groups", "conditions", "reach")
"""The keys of ``indicators.toml`` that are no indicators."""


@dataclass(frozen=True, slots=True)
class Written:
    """The entries of the files."""

    entries: Mapping[str, Entry[IndicatorEntry]]
    shared: SharedTables
    phrases: Mapping[str, Entry[PhraseEntry]]
    indices: Mapping[str, Entry[IndexEntry]]


@dataclass(frozen=True, slots=True)
class Known:
    """What cases may name."""

    categories: Collection[str]
    phrases: Collection[str]
    conditions: Collection[str]
    indicators: Collection[str]
    terms: Mapping[str, Term]
    contexts: Mapping[str, Rule]


def make_indicators(written: Written, known: Known) -> Indicators:
    """Return the indicators.

    Raises:
        KnowledgeError: An entry asks for something that is not defined, or indicators ask for each other.
    """
    entries, shared = written.entries, written.shared
    first = next(iter(entries.values()))
    blame = Entry("indicators", None, first.file, "conditions")
    made = Indicators(
        groups=shared.groups,
        entries={id: _indicator(entry, shared.groups, known) for id, entry in entries.items()},
        conditions={
            name: tuple(_case(case, blame, known) for case in cases) for name, cases in shared.conditions.items()
        },
        reaches=tuple(Reach(_case(one.duty, blame, known), _case(one.rights, blame, known)) for one in shared.reach),
        indices={id: _index(entry, entries) for id, entry in written.indices.items()},
        _phrases={
            name: {language: tuple(entry.value.of(language)) for language in LANGUAGES}
            for name, entry in written.phrases.items()
        },
    )
    try:
        made.order  # noqa: B018 - works out the order, and fails if there is none
    except ValueError as error:
        raise first.error(str(error)) from None
    return made


def _indicator(entry: Entry[IndicatorEntry], groups: Collection[str], known: Known) -> Indicator:
    written = entry.value
    if written.group not in groups:
        raise entry.error(f"group must be one of {', '.join(groups)}, not {written.group!r}")
    if not written.case and not written.level:
        raise entry.error("has neither a case nor a level")
    for level in written.level:
        _check(level.any, known.indicators, "indicator", entry)
    samples = [_sample(sample, holds=True) for sample in written.examples]
    samples += [_sample(sample, holds=False) for sample in written.counter]
    return Indicator(
        id=entry.id,
        name=written.name,
        group=written.group,
        definition=" ".join(written.definition.split()),
        corresponds=tuple(written.corresponds),
        cases=tuple(_case(case, entry, known) for case in written.case),
        levels=tuple((level.value, tuple(level.any)) for level in written.level),
        samples=tuple(samples),
        note=" ".join(written.note.split()),
        shown=written.in_agreements,
    )


def _sample(written: AgreementEntry, *, holds: bool) -> Sample:
    return Sample(written.text, holds, written.language, written.chapter, written.article)


def _case(written: CaseEntry, entry: Entry[IndicatorEntry] | Entry[None], known: Known) -> Case:
    groups = {
        name: tuple(frozenset(part.strip() for part in group.split("|")) for group in getattr(written, name))
        for name in ("categories", "words", "under", "title", "chapter", "article_has", "chapter_has", "requires")
    }
    sets = {
        name: frozenset(getattr(written, name))
        for name in (
            *("not_categories", "not_actors", "beyond", "strength", "kinds", "not_kinds", "locations", "not_locations"),
            *("not_words", "not_under", "not_title", "not_chapter", "forms", "document_kinds", "unless"),
        )
    }
    for name in ("categories", "article_has", "chapter_has"):
        _check(frozenset().union(*groups[name]), known.categories, "category", entry)
    _check(sets["not_categories"] | sets["beyond"], known.categories, "category", entry)
    for name in ("words", "under", "title", "chapter"):
        _check(frozenset().union(*groups[name]), known.phrases, "set of phrases", entry)
    _check(
        sets["not_words"] | sets["not_under"] | sets["not_title"] | sets["not_chapter"],
        known.phrases,
        "set of phrases",
        entry,
    )
    _check(written.meets, known.conditions, "condition", entry)
    _check(frozenset().union(*groups["requires"], sets["unless"]), known.indicators, "indicator", entry)
    every = tuple(tuple(parse_atoms(entry, group.split("|"))) for group in written.all)
    none = tuple(parse_atoms(entry, written.none))
    check_atoms(entry, (*(atom for group in every for atom in group), *none), known.terms, known.contexts)
    return Case(
        clauses=written.clauses,
        all=every,
        none=none,
        search=written.search,
        instruments=tuple(written.instruments),
        bound=written.bound,
        meets=tuple(written.meets),
        **groups,  # type: ignore[arg-type]
        **sets,  # type: ignore[arg-type]
    )


def _check(names: Iterable[str], known: Collection[str], what: str, entry: Entry[IndicatorEntry] | Entry[None]) -> None:
    if unknown := sorted(set(names) - set(known)):
        raise entry.error(f"names the unknown {what} {', '.join(unknown)}")


def _index(entry: Entry[IndexEntry], indicators: Collection[str]) -> Index:
    components = []
    for written in entry.value.component:
        if unknown := sorted(set(written.points) - set(indicators)):
            raise entry.error(f"names the unknown indicator {', '.join(unknown)}")
        components.append(Component(written.name, written.weight, written.full, dict(written.points)))
    return Index(entry.id, entry.value.name, " ".join(entry.value.definition.split()), tuple(components))
