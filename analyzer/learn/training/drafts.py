"""Clauses drafted for training and for comparing the languages; each becomes a small agreement."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal, TypeVar, cast

from analyzer.bundled import bundled
from analyzer.errors import GoldError, KnowledgeError
from analyzer.knowledge import Knowledge
from analyzer.knowledge.checks import Schema, check_file
from analyzer.knowledge.rules import Example
from analyzer.learn.training.gold import Annotated, Unit, problem_of
from analyzer.types import LANGUAGES, Clause, ClauseKind, Document, Language, Location, Strength

S = TypeVar("S", bound=Schema)


class _Drafted(Schema):
    """A clause that was drafted for training."""

    id: str
    language: Language
    chapter: str
    article: str
    lead: str
    kind: ClauseKind
    text: str
    labels: list[str]
    strength: Strength | Literal[""]


class _DraftedClauses(Schema):
    clause: list[_Drafted]


class _Version(Schema):
    """A clause of the trilingual set in one language."""

    chapter: str
    article: str
    lead: str
    text: str


class _Trilingual(Schema):
    id: str
    kind: ClauseKind
    labels: list[str]
    strength: Strength | Literal[""]
    en: _Version
    es: _Version
    fr: _Version


class _TrilingualClauses(Schema):
    clause: list[_Trilingual]


def files() -> list[Path]:
    """Return the files of clauses drafted for training."""
    return [bundled("corpus/training") / name for name in ("clauses.toml", "clauses-2.toml")]


def drafted(knowledge: Knowledge) -> list[Annotated]:
    """Read the clauses drafted for training.

    Raises:
        GoldError: A clause does not fit the codebook.
    """
    return [_annotated(entry, path, knowledge) for path in files() for entry in _checked(_DraftedClauses, path).clause]


def trilingual(knowledge: Knowledge) -> list[Annotated]:
    """Read the clauses drafted three times, with the same content, in English, Spanish and French.

    Raises:
        GoldError: A clause does not fit the codebook.
    """
    path = bundled("corpus/gold") / "trilingual.toml"
    return [
        _annotated(_version(entry, language), path, knowledge, origin="trilingual")
        for language in LANGUAGES
        for entry in _checked(_TrilingualClauses, path).clause
    ]


def lay_out(example: Example | _Drafted) -> tuple[Document, tuple[Clause, ...]]:
    """Return the small agreement that an example describes: chapter, article, lead-in and the clause itself (last).

    An annex that it cites stands before it.
    """
    clauses: list[Clause] = []
    text = ""
    if isinstance(example, Example) and example.annex:
        text = f"{example.annex}\n"
        number = example.annex.split()[1]
        clauses.append(Clause("annex", "annex", number, "", 0, len(text), len(text), None, "annex"))
    layers = (("chapter", example.chapter), ("article", example.article), ("paragraph", example.lead))
    for kind, words in (*layers, (example.kind, example.text)):
        if words:
            above = clauses[-1].kind if clauses else "annex"
            parent = None if above == "annex" else len(clauses) - 1
            location: Location = "preamble" if kind == "recital" else "footnote" if kind == "footnote" else "body"
            start, text = len(text), f"{text}{words}\n"
            clauses.append(Clause(kind, cast(ClauseKind, kind), "", "", start, len(text), len(text), parent, location))
    return Document("example", text, example.language), tuple(clauses)


def _version(entry: _Trilingual, language: Language) -> _Drafted:
    version: _Version = getattr(entry, language)
    return _Drafted(
        id=f"{entry.id}-{language}",
        language=language,
        chapter=version.chapter,
        article=version.article,
        lead=version.lead,
        kind=entry.kind,
        text=version.text,
        labels=entry.labels,
        strength=entry.strength,
    )


def _annotated(
    entry: _Drafted, path: Path, knowledge: Knowledge, origin: Literal["drafted", "trilingual"] = "drafted"
) -> Annotated:
    """Return a drafted clause as a small agreement."""
    if problem := problem_of(entry.labels, entry.strength or None, knowledge):
        raise GoldError(f"[{entry.id}] {problem}", file=path)
    document, clauses = lay_out(entry)
    last = clauses[-1]
    unit = Unit(last.start, last.end, frozenset(entry.labels), entry.strength or None, frozenset())
    document = replace(document, agreement_id=f"{origin}-{entry.id}")
    return Annotated(document, (unit,), ((last.start, last.end),), rest=False, clauses=clauses, origin=origin)


def _checked(schema: type[S], path: Path) -> S:
    try:
        return check_file(schema, path)
    except KnowledgeError as error:
        raise GoldError(error.reason, file=path) from error
