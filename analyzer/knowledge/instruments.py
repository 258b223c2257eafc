"""The international instruments that agreements cite, and the words of citations.

The facts are in ``instruments.csv`` (ILO Conventions, Protocols and Recommendations; after ILO NORMLEX as of mid-2026,
second-hand: verify a title or status before relying on it), ``declarations.csv`` (declarations, agendas, covenants,
guidelines) and ``citations.toml`` (names, nouns, signs).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyzer.knowledge.codebook import Category
from analyzer.knowledge.overlay import Entry
from analyzer.types import LANGUAGES

if TYPE_CHECKING:
    from analyzer.knowledge.schema_facts import CitationTables, DeclarationRow, InstrumentRow

KINDS = {"Convention": "C", "Protocol": "P", "Recommendation": "R"}
"""Kinds of numbered ILO instruments and the letter of their ids (``C087``)."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument that agreements cite.

    Attributes:
        id: ``C087``, ``P029``, ``R204`` or an id of ``declarations.csv`` (``ILO98``).
        kind: One of ``KINDS``, or ``ilo``, ``un``, ``other`` for declarations and the like.
        number: Its number among its kind, 0 where it has none.
        year: Year of first adoption.
        category: Codebook code that a citation of it carries.
        titles: Pairs of language and title; the official title of a language comes first, then its other names.
        type: ``fundamental``, ``governance`` or ``technical``; empty for Recommendations and declarations.
        principle: Codebook code of the fundamental principle it belongs to, or empty.
        status: ``in_force``, ``to_be_revised``, ``outdated``, ``abrogated``, ``withdrawn`` or ``not_in_force``; empty
            where not known.
    """

    id: str
    kind: str
    number: int
    year: int
    category: str
    titles: tuple[tuple[str, str], ...]
    type: str = ""
    principle: str = ""
    status: str = ""

    def title(self, language: str = "en") -> str:
        """Return its official title in a language, or in English if that title is not known."""
        return next((title for written_in, title in self.titles if written_in == language), self.titles[0][1])


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for instruments with numbers: the kind that it stands for, and whether it is a plural."""

    kind: str
    plural: bool


@dataclass(frozen=True, slots=True)
class Citations:
    """The words of citations; see ``citations.toml`` for the meaning of the lists."""

    names: Mapping[str, tuple[str, ...]]
    spelling: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]
    introducing: tuple[str, ...]
    declarations: tuple[str, ...]
    heads: Mapping[str, tuple[str, ...]]
    numbered: Mapping[str, Noun]
    plurals: tuple[tuple[str, str], ...]
    labour: tuple[str, ...]
    others: tuple[str, ...]
    bilateral: tuple[str, ...]
    no_code: tuple[str, ...]
    adjectives: tuple[str, ...]
    bearing: tuple[str, ...]
    numbered_as: tuple[str, ...]
    counted: tuple[str, ...]
    see: tuple[str, ...]
    lone: tuple[str, ...]
    only: tuple[str, ...]
    hereinafter: tuple[str, ...]
    means: tuple[str, ...]
    understood: tuple[str, ...]
    each: tuple[str, ...]
    verbs: tuple[str, ...]
    articles: tuple[str, ...]
    collective: tuple[str, ...]
    unnumbered: tuple[str, ...]
    link: str


def make_citations(written: CitationTables) -> Citations:
    """Return the words of ``citations.toml``."""
    return Citations(
        names={name: tuple(spelt) for name, spelt in written.names.items()},
        spelling=tuple((pair[0], pair[1]) for pair in written.words.spelling),
        ignored=tuple(written.words.ignored),
        introducing=tuple(written.words.introducing),
        declarations=tuple(written.words.declarations),
        heads={language: tuple(written.heads.of(language)) for language in LANGUAGES},
        numbered={
            noun: Noun(kind, plural)
            for kind in KINDS
            for plural, nouns in (
                (False, getattr(written.numbered, kind).singular),
                (True, getattr(written.numbered, kind).plural),
            )
            for noun in nouns
        },
        plurals=tuple(
            pair
            for kind in KINDS
            for pair in zip(
                getattr(written.numbered, kind).singular, getattr(written.numbered, kind).plural, strict=False
            )
        ),
        labour=tuple(written.context.labour),
        others=tuple(written.context.others),
        bilateral=tuple(written.context.bilateral),
        no_code=tuple(written.context.no_code),
        adjectives=tuple(written.context.adjectives),
        bearing=tuple(written.context.bearing),
        numbered_as=tuple(written.context.numbered_as),
        counted=tuple(written.context.counted),
        see=tuple(written.context.see),
        lone=tuple(written.context.lone),
        only=tuple(written.context.only),
        hereinafter=tuple(written.definitions.hereinafter),
        means=tuple(written.definitions.means),
        understood=tuple(written.definitions.understood),
        each=tuple(written.definitions.each),
        verbs=tuple(written.definitions.verbs),
        articles=tuple(written.definitions.articles),
        collective=tuple(written.definitions.collective),
        unnumbered=tuple(written.definitions.unnumbered),
        link=written.links.normlex,
    )


def make_instruments(
    numbered: Mapping[str, Entry[InstrumentRow]],
    declarations: Mapping[str, Entry[DeclarationRow]],
    tables: CitationTables,
    categories: Mapping[str, Category],
) -> dict[str, Instrument]:
    """Return the instruments by id: those with numbers, then declarations.

    Raises:
        KnowledgeError: Columns of a row contradict each other, an id is repeated, or a category is unknown.
    """
    principles = [code for code, category in categories.items() if category.principle]
    instruments: dict[str, Instrument] = {}
    for entry in numbered.values():
        category = getattr(tables.categories, entry.value.kind)
        instruments[entry.id] = _numbered(entry, category)
        _check_category(entry, category, categories)
        if entry.value.principle:
            _check_category(entry, entry.value.principle, principles)
    for declaration in declarations.values():
        if declaration.id in instruments:
            raise declaration.error(f"{declaration.id} is defined twice")
        instruments[declaration.id] = _declaration(declaration)
        _check_category(declaration, declaration.value.category, categories)
    return instruments


def _numbered(entry: Entry[InstrumentRow], category: str) -> Instrument:
    row = entry.value
    if row.code != f"{KINDS[row.kind]}{int(row.number):03}":
        raise entry.error(f"code {row.code!r} does not fit {row.kind} number {row.number!r}")
    if bool(row.principle) != (row.type == "fundamental"):
        raise entry.error("fundamental instruments, and no others, have a principle")
    return Instrument(
        id=row.code,
        kind=row.kind,
        number=int(row.number),
        year=int(row.year),
        category=category,
        titles=_titles(row),
        type=row.type,
        principle=row.principle,
        status=row.status,
    )


def _declaration(entry: Entry[DeclarationRow]) -> Instrument:
    row = entry.value
    return Instrument(row.id, row.kind, 0, int(row.year), row.category, _titles(row))


def _titles(row: InstrumentRow | DeclarationRow) -> tuple[tuple[str, str], ...]:
    return tuple(
        (language, title.strip())
        for language in LANGUAGES
        for title in (getattr(row, f"title_{language}"), *getattr(row, f"aliases_{language}").split(";"))
        if title.strip()
    )


def _check_category(
    entry: Entry[InstrumentRow] | Entry[DeclarationRow], category: str, categories: Collection[str]
) -> None:
    if category not in categories:
        raise entry.error(f"unknown category {category}")
