"""Construction of the knowledge from its files, checked against their schemas and against each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analyzer.errors import KnowledgeError
from analyzer.knowledge.checks import check_entries, check_tables
from analyzer.knowledge.codebook import Category, make_categories
from analyzer.knowledge.enforcement import check_enforcement
from analyzer.knowledge.export_words import make_export_words
from analyzer.knowledge.files import FOLDER, KnowledgeFolder
from analyzer.knowledge.indicators import Indicators
from analyzer.knowledge.instruments import make_citations, make_instruments
from analyzer.knowledge.knowledge import Knowledge
from analyzer.knowledge.labels import make_labels
from analyzer.knowledge.languages import make_languages
from analyzer.knowledge.make_indicators import SHARED, Known, Written, make_indicators
from analyzer.knowledge.overlay import Entry, Tables, listed_entries, named_entries, row_entries, tables
from analyzer.knowledge.published import make_published
from analyzer.knowledge.ratifications import make_ratifications
from analyzer.knowledge.rules import check_ids, make_contexts, make_rules, make_terms, make_vetoes
from analyzer.knowledge.schema_codebook import CategoryEntry, ConditionEntry, LabelTables, RuleEntry, TermEntry
from analyzer.knowledge.schema_effect import EffectTables
from analyzer.knowledge.schema_enforcement import EnforcementTables
from analyzer.knowledge.schema_facts import (
    CitationTables,
    DeclarationRow,
    ExportTables,
    GroupEntry,
    InstrumentRow,
    RatificationRow,
    RatificationTables,
    SetEntry,
    SetTables,
    StateRow,
)
from analyzer.knowledge.schema_indicators import IndexEntry, IndicatorEntry, PhraseEntry, SharedTables
from analyzer.knowledge.schema_published import PublishedTables
from analyzer.knowledge.schema_references import ReferenceTables
from analyzer.knowledge.schema_words import (
    LanguageTables,
    MetadataTables,
    StrengthTables,
    StructureTables,
    WordTables,
)
from analyzer.knowledge.sets import make_sets
from analyzer.knowledge.states import States, make_states
from analyzer.knowledge.words import make_words

SET_KEYS = ("counts", "treaty_words", "negations")
"""The keys of ``sets.toml`` that are not sets."""


def build_knowledge(path: Path | None) -> Knowledge:
    """Read and check the knowledge.

    Args:
        path: The user's folder, if there is one.

    Raises:
        KnowledgeError: A file is missing or wrong; the message names file, entry and reason.
    """
    folder = KnowledgeFolder(path)
    try:
        return _build(folder)
    except KnowledgeError as error:
        blamed = Path(error.file or "")
        if folder.folder is None or FOLDER not in blamed.parents:
            raise
        # The package's files are correct on their own, so the cause is in the user's folder.
        name = blamed.relative_to(FOLDER).as_posix()
        reason = f"does not go with {name} of the program: {error.reason}"
        raise KnowledgeError(reason, file=folder.folder) from error


def _build(folder: KnowledgeFolder) -> Knowledge:
    names = _checked(folder, "labels.toml", LabelTables)
    all_labels = make_labels(names)
    labels = all_labels["en"]
    categories = make_categories(check_entries(CategoryEntry, named_entries(folder, "categories.toml")), labels)
    metadata = tables(folder, "metadata.toml")
    written_metadata = check_tables(MetadataTables, metadata)
    machinery = tables(folder, "enforcement.toml")
    written_machinery = check_tables(EnforcementTables, machinery)
    check_enforcement(written_machinery, machinery, categories)
    rules = _rules(folder, categories)
    return Knowledge(
        version=folder.version,
        sources=folder.sources,
        folder=folder.folder,
        labels=labels,
        all_labels=all_labels,
        categories=categories,
        **rules,
        indicators=_indicators(folder, categories, rules["terms"], rules["contexts"]),
        **_facts(folder, categories, _states(folder, metadata, written_metadata)),
        languages=make_languages(_checked(folder, "language.toml", LanguageTables), names.en.languages),
        exports=make_export_words(_checked(folder, "normlex.toml", ExportTables)),
        words=make_words(_checked(folder, "words.toml", WordTables)),
        published=make_published(_checked(folder, "published.toml", PublishedTables)),
        _effect=_checked(folder, "legal_effect.toml", EffectTables),
        _references=_checked(folder, "cross_references.toml", ReferenceTables),
        _enforcement=written_machinery,
        _strength=_checked(folder, "strength.toml", StrengthTables),
        _structure=_checked(folder, "structure.toml", StructureTables),
        _metadata=written_metadata,
    )


def _checked(folder: KnowledgeFolder, name: str, schema: Any) -> Any:
    return check_tables(schema, tables(folder, name))


def _rules(folder: KnowledgeFolder, categories: dict[str, Category]) -> dict[str, Any]:
    """Return terms, contexts, rules and vetoes, by the name of their attribute."""
    terms = make_terms(check_entries(TermEntry, named_entries(folder, "terms")))
    context_entries = check_entries(ConditionEntry, listed_entries(folder, "contexts.toml", ("context",))["context"])
    written = listed_entries(folder, "rules", ("rule", "veto"))
    rule_entries = check_entries(RuleEntry, written["rule"])
    veto_entries = check_entries(ConditionEntry, written["veto"])
    check_ids(context_entries, rule_entries, veto_entries)
    contexts = make_contexts(context_entries, terms)
    return {
        "terms": terms,
        "contexts": contexts,
        "rules": make_rules(rule_entries, categories, terms, contexts),
        "vetoes": make_vetoes(veto_entries, terms, contexts),
    }


def _indicators(folder: KnowledgeFolder, categories: dict[str, Category], terms: Any, contexts: Any) -> Indicators:
    written = Written(
        entries=check_entries(IndicatorEntry, named_entries(folder, "indicators.toml", but=SHARED)),
        shared=check_tables(SharedTables, tables(folder, "indicators.toml", only=SHARED)),
        phrases=check_entries(PhraseEntry, named_entries(folder, "phrases.toml")),
        indices=check_entries(IndexEntry, named_entries(folder, "indices.toml")),
    )
    known = Known(categories, written.phrases, written.shared.conditions, written.entries, terms, contexts)
    return make_indicators(written, known)


def _states(folder: KnowledgeFolder, metadata: Tables, written: MetadataTables) -> States:
    file = metadata.file_of(("parties", "false_names"))
    return make_states(
        rows=check_entries(StateRow, _rows(folder, "states.csv", StateRow, "iso3")),
        groups=check_entries(GroupEntry, named_entries(folder, "groups.toml")),
        false_names=[Entry(name, name, file, "parties.false_names") for name in written.parties.false_names],
    )


def _facts(folder: KnowledgeFolder, categories: dict[str, Category], states: States) -> dict[str, Any]:
    """Return instruments, citations, sets, States and ratifications, by the name of their attribute."""
    citations = _checked(folder, "citations.toml", CitationTables)
    instruments = make_instruments(
        check_entries(InstrumentRow, _rows(folder, "instruments.csv", InstrumentRow, "code")),
        check_entries(DeclarationRow, _rows(folder, "declarations.csv", DeclarationRow, "id")),
        citations,
        categories,
    )
    sets = check_entries(SetEntry, named_entries(folder, "sets.toml", but=SET_KEYS))
    about = tables(folder, "ratifications.toml")
    rows = _rows(folder, "ratifications.csv", RatificationRow, "iso3", "instrument")
    return {
        "states": states,
        "instruments": instruments,
        "citations": make_citations(citations),
        "sets": make_sets(sets, check_tables(SetTables, tables(folder, "sets.toml", only=SET_KEYS)), list(instruments)),
        "ratifications": make_ratifications(
            check_entries(RatificationRow, rows),
            check_tables(RatificationTables, about),
            about,
            instruments,
            states.members,
        ),
    }


def _rows(folder: KnowledgeFolder, name: str, schema: Any, *key: str) -> Any:
    return row_entries(folder, name, tuple(schema.model_fields), key)
