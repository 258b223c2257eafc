"""Everything that the analyzer knows, as one value that is built once and handed to every step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.knowledge.codebook import Category
from analyzer.knowledge.instruments import Citations, Instrument
from analyzer.knowledge.languages import Languages
from analyzer.knowledge.metadata import MetadataWords, compile_metadata
from analyzer.knowledge.ratifications import Ratifications
from analyzer.knowledge.rules import Atom, Rule, Term
from analyzer.knowledge.sets import Sets
from analyzer.knowledge.states import States
from analyzer.knowledge.strength import StrengthWords, compile_strength
from analyzer.knowledge.structure import Structure, compile_structure
from analyzer.knowledge.words import Words
from analyzer.types import Language

if TYPE_CHECKING:
    from analyzer.knowledge.schema_words import MetadataTables, StrengthTables, StructureTables


@dataclass(frozen=True, eq=False, repr=False)
class Knowledge:
    """Everything that the analyzer knows; two are equal only if they are the same.

    Attributes:
        version: Digest of all files that it was read from.
        sources: These files, those of the package first.
        folder: The user's folder that lies over the package's; ``None`` if there is none.
        categories: The codebook, by code.
        terms: The thesaurus, by id.
        contexts: Where a clause may stand, by id.
        rules: What makes a clause a provision of a category.
        vetoes: Where the rules label nothing.
        languages: Facts about languages.
        instruments: The instruments that agreements cite, by id.
        citations: The words of citations.
        sets: Sets of instruments that are cited together.
        states: States and groups of States.
        ratifications: Who ratified what.
        words: Small words of PDFs.

    Examples:
        >>> from analyzer import load_knowledge
        >>> knowledge = load_knowledge()
        >>> knowledge.categories["FOA"].name
        'Freedom of association and collective bargaining'
    """

    version: str
    sources: tuple[Path, ...]
    folder: Path | None
    categories: Mapping[str, Category]
    terms: Mapping[str, Term]
    contexts: Mapping[str, Rule]
    rules: tuple[Rule, ...]
    vetoes: tuple[Rule, ...]
    languages: Languages
    instruments: Mapping[str, Instrument]
    citations: Citations
    sets: Sets
    states: States
    ratifications: Ratifications
    words: Words
    _strength: StrengthTables
    _structure: StructureTables
    _metadata: MetadataTables

    # Many patterns, compiled when they are first asked for: who only wants the codebook does not wait for them.

    @cached_property
    def strength(self) -> StrengthWords:
        """The expressions that decide how strongly a clause obliges."""
        return compile_strength(self._strength)

    @cached_property
    def structure(self) -> Structure:
        """The words of headings and of the parts of an agreement."""
        return compile_structure(self._structure, chain.from_iterable(self._metadata.dates.months))

    @cached_property
    def metadata(self) -> MetadataWords:
        """The words by which an agreement says who concluded it, when and where."""
        return compile_metadata(self._metadata, self.structure)

    def __repr__(self) -> str:
        return f"<Knowledge {self.version}: {len(self.categories)} categories, {len(self.rules)} rules>"

    def phrases(self, language: Language) -> dict[str, set[str]]:
        """Return the phrases of every term in a language, all their spellings included."""
        return {
            term.id: {spelt for phrase in term.phrases.get(language, ()) for spelt in self._spellings(phrase, language)}
            for term in self.terms.values()
        }

    def guard(self, rule: Rule) -> tuple[Atom, ...]:
        """Return a group of ``rule.all`` that can hold only where an anchor term stands; empty if there is none.

        A group is such a guard if each of its atoms asks for an anchor term or for a context that has a guard.
        Groups that ask for the clause's own words come first: they hold most rarely.
        """

        def anchored(atom: Atom) -> bool:
            if atom.scope == "in":
                return bool(self.guard(self.contexts[atom.name]))
            return atom.scope not in ("kind", "location") and self.terms[atom.name].anchor

        guards = [group for group in rule.all if all(anchored(atom) for atom in group)]
        return min(guards, key=lambda group: sum(atom.scope != "own" for atom in group), default=())

    def order_of(self, instrument: str) -> tuple[int, str]:
        """Return the key by which instruments are sorted: by fundamental principle, then by kind and number."""
        principles = [code for code, category in self.categories.items() if category.principle]
        principle = self.instruments[instrument].principle if instrument in self.instruments else ""
        return principles.index(principle) if principle else len(principles), instrument

    def _spellings(self, phrase: str, language: Language) -> set[str]:
        spellings = {phrase.lower()}
        for one, other in self.languages[language].spelling:
            spellings |= {spelt.replace(one, other) for spelt in spellings} | {
                spelt.replace(other, one) for spelt in spellings
            }
        return spellings
