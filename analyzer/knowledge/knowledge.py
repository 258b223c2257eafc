"""The whole knowledge of the analyzer, as one object that is built once and passed to every step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.knowledge.codebook import Category
from analyzer.knowledge.cross_references import ReferenceWords, compile_references
from analyzer.knowledge.enforcement import EnforcementWords, compile_enforcement
from analyzer.knowledge.export_words import ExportWords
from analyzer.knowledge.indicators import Indicators
from analyzer.knowledge.instruments import Citations, Instrument
from analyzer.knowledge.labels import Labels
from analyzer.knowledge.languages import Languages
from analyzer.knowledge.legal_effect import EffectKnowledge, compile_effect
from analyzer.knowledge.metadata import MetadataWords, compile_metadata
from analyzer.knowledge.on_demand import OnDemand
from analyzer.knowledge.published import Published
from analyzer.knowledge.ratifications import Ratifications
from analyzer.knowledge.rules import Atom, Rule, Term
from analyzer.knowledge.sets import Sets
from analyzer.knowledge.states import States
from analyzer.knowledge.strength import StrengthWords, compile_strength
from analyzer.knowledge.structure import Structure, compile_structure
from analyzer.knowledge.words import Words
from analyzer.types import LANGUAGES, Language

if TYPE_CHECKING:
    from analyzer.knowledge.schema_effect import EffectTables
    from analyzer.knowledge.schema_enforcement import EnforcementTables
    from analyzer.knowledge.schema_references import ReferenceTables
    from analyzer.knowledge.schema_words import MetadataTables, StrengthTables, StructureTables


@dataclass(frozen=True, eq=False, repr=False)
class Knowledge:
    """The whole knowledge of the analyzer; compared by identity.

    Attributes:
        version: Digest of all files that it was read from.
        sources: These files, those of the package first.
        folder: The user's folder that overrides the package's; ``None`` if there is none.
        labels: Names of strengths, pillars, groups of categories and the like, in English.
        all_labels: These names by language.
        categories: The codebook, by code.
        terms: The thesaurus, by id.
        contexts: The contexts of clauses, by id.
        rules: The rules that assign categories to clauses.
        vetoes: The conditions under which the rules assign nothing.
        indicators: What is asked of whole agreements, and the indices that sum it up.
        languages: Facts about languages.
        instruments: The instruments that agreements cite, by id.
        citations: The words of citations.
        sets: Sets of instruments that are cited together.
        states: States and groups of States.
        ratifications: The ratifications of ILO instruments.
        exports: Words of the exports of NORMLEX.
        words: Short and small words, to repair the text of PDFs.
        published: Figures that others have published, for comparison.

    Examples:
        >>> from analyzer import load_knowledge
        >>> knowledge = load_knowledge()
        >>> knowledge.categories["FOA"].name
        'Freedom of association and collective bargaining'
    """

    version: str
    sources: tuple[Path, ...]
    folder: Path | None
    labels: Labels
    all_labels: Mapping[Language, Labels]
    categories: Mapping[str, Category]
    terms: Mapping[str, Term]
    contexts: Mapping[str, Rule]
    rules: tuple[Rule, ...]
    vetoes: tuple[Rule, ...]
    indicators: Indicators
    languages: Languages
    instruments: Mapping[str, Instrument]
    citations: Citations
    sets: Sets
    states: States
    ratifications: Ratifications
    exports: ExportWords
    words: Words
    published: Published
    _strength: StrengthTables
    _effect: EffectTables
    _references: ReferenceTables
    _enforcement: EnforcementTables
    _structure: StructureTables
    _metadata: MetadataTables

    def in_language(self, language: Language) -> Knowledge:
        """Return the knowledge with names and definitions of categories and all labels in a language of readers.

        The words by which agreements are read stay the same; what has no name in the language keeps the English one.

        Examples:
            >>> from analyzer import load_knowledge
            >>> load_knowledge().in_language("fr").categories["CL"].name
            'Abolition du travail des enfants'
        """
        labels = self.all_labels[language]
        pillars = dict(zip(self.labels.pillars.values(), labels.pillars.values(), strict=True))
        categories = {
            code: replace(
                category,
                name=category.name_in(language),
                definition=category.definition_in(language),
                pillar=pillars.get(category.pillar, category.pillar),
            )
            for code, category in self.categories.items()
        }
        return replace(self, labels=labels, categories=categories)

    # Many patterns, compiled at first use, so that a caller who needs only the codebook does not wait for them.

    @cached_property
    def strength(self) -> StrengthWords:
        """The expressions that decide the strength of a clause."""
        return compile_strength(self._strength)

    @cached_property
    def effect(self) -> EffectKnowledge:
        """The words of the legal effect of a clause."""
        return compile_effect(self._effect, self.structure.ordinals)

    @cached_property
    def cross_references(self) -> ReferenceWords:
        """The words by which agreements refer to their own parts."""
        return compile_references(self._references)

    @cached_property
    def enforcement(self) -> EnforcementWords:
        """The machinery by which provisions are enforced."""
        return compile_enforcement(self._enforcement)

    @cached_property
    def structure(self) -> Structure:
        """The words of headings and of the parts of an agreement."""
        return compile_structure(self._structure, chain.from_iterable(self._metadata.dates.months))

    @cached_property
    def metadata(self) -> MetadataWords:
        """The words around the parties, dates and place of signature of an agreement."""
        return compile_metadata(self._metadata, self.structure)

    def __repr__(self) -> str:
        return f"<Knowledge {self.version}: {len(self.categories)} categories, {len(self.rules)} rules>"

    def phrases(self, language: Language) -> Mapping[str, set[str]]:
        """Return the phrases of every term in a language, in all their spellings."""
        return self._phrases[language]

    @cached_property
    def _phrases(self) -> Mapping[Language, Mapping[str, set[str]]]:
        return OnDemand(LANGUAGES, self._spelt)

    def _spelt(self, language: Language) -> dict[str, set[str]]:
        return {
            term.id: set().union(*(self._spellings(phrase, language) for phrase in term.phrases.get(language, ())))
            for term in self.terms.values()
        }

    def guard(self, rule: Rule) -> tuple[Atom, ...]:
        """Return a group of ``rule.all`` that can hold only where an anchor term occurs; empty if there is none.

        A group is such a guard if each of its atoms asks for an anchor term or for a context with a guard. Groups that
        ask for the clause's own words are preferred, because they hold most rarely.
        """

        def anchored(atom: Atom) -> bool:
            if atom.scope == "in":
                return bool(self.guard(self.contexts[atom.name]))
            return atom.scope not in ("kind", "location") and self.terms[atom.name].anchor

        guards = [group for group in rule.all if all(anchored(atom) for atom in group)]
        return min(guards, key=lambda group: sum(atom.scope != "own" for atom in group), default=())

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The terms that name the subject of a chapter or text for some context, rule or veto."""
        conditions = (*self.contexts.values(), *self.rules, *self.vetoes)
        return frozenset(
            atom.name
            for condition in conditions
            for atom in (*chain.from_iterable(condition.all), *condition.none)
            if atom.scope == "mostly"
        )

    def order_of(self, instrument: str) -> tuple[int, str]:
        """Return the key by which instruments are sorted: by fundamental principle, then by kind and number."""
        principles = [code for code, category in self.categories.items() if category.principle]
        principle = self.instruments[instrument].principle if instrument in self.instruments else ""
        return principles.index(principle) if principle else len(principles), instrument

    def _spellings(self, phrase: str, language: Language) -> set[str]:
        spellings = {phrase.lower()}
        for variant, other in self.languages[language].spelling:
            spellings |= {spelt.replace(variant, other) for spelt in spellings} | {
                spelt.replace(other, variant) for spelt in spellings
            }
        return spellings
