"""The flow for one agreement: read, segment, screen, tag, assemble."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from analyzer.assemble import assemble
from analyzer.instruments import find_instruments
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.lexicon import fold_document
from analyzer.read import read
from analyzer.rules import RuleTagger
from analyzer.screen import Screen
from analyzer.segment import segment
from analyzer.types import Clause, Document, Language, Provision, Reference

if TYPE_CHECKING:
    import pandas as pd

STEPS = ("read", "segment", "screen", "tag", "instruments", "assemble")


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in one agreement.

    Attributes:
        document: The agreement as read.
        clauses: Its structure.
        provisions: Its labour provisions, in reading order.
        references: The instruments it cites anywhere.
        knowledge: The categories and rules that were used.
        timings: Seconds spent in each of ``STEPS``.
    """

    document: Document
    clauses: tuple[Clause, ...]
    provisions: tuple[Provision, ...]
    references: tuple[Reference, ...]
    knowledge: Knowledge
    timings: Mapping[str, float]

    def to_frame(self) -> pd.DataFrame:
        """Return the provisions as a table with the columns of ``tables.PROVISION_COLUMNS``."""
        from analyzer.tables import provisions_frame

        return provisions_frame([self])


class Analyzer:
    """Reads agreements and finds their labour provisions; build it once, use it for many files.

    Args:
        knowledge: Categories, terms and rules; the bundled ones if none are given.
    """

    def __init__(self, knowledge: Knowledge | None = None) -> None:
        self.knowledge = knowledge or load_knowledge()
        self._tagger = RuleTagger(self.knowledge)
        self._screens: dict[Language, Screen] = {}

    def analyze(self, path: str | Path, *, agreement_id: str | None = None) -> Analysis:
        """Read and analyse one file.

        Args:
            path: A ``.txt``, ``.xml`` (ToTA) or ``.pdf`` file.
            agreement_id: Id to use instead of the one the reader makes.

        Raises:
            ReadError: The file cannot be read.
        """
        began = perf_counter()
        document = read(path, agreement_id=agreement_id)
        return self.analyze_document(document, seconds_reading=perf_counter() - began)

    def analyze_document(self, document: Document, *, seconds_reading: float = 0.0) -> Analysis:
        """Analyse an agreement that was read before (``seconds_reading`` only goes into the timings)."""
        marks = [perf_counter()]
        clauses = segment(document)
        marks.append(perf_counter())
        screen = self._screen(document.language)
        candidates = screen.keep(fold_document(document.text), clauses, document.metadata.title)
        marks.append(perf_counter())
        tags = self._tagger.tag(document, clauses, candidates)
        marks.append(perf_counter())
        references = find_instruments(document.text, language=document.language)
        marks.append(perf_counter())
        provisions = assemble(document, clauses, tags, references, self.knowledge)
        marks.append(perf_counter())
        spent = [seconds_reading, *(after - before for before, after in pairwise(marks))]
        return Analysis(
            document=document,
            clauses=clauses,
            provisions=provisions,
            references=tuple(references),
            knowledge=self.knowledge,
            timings=dict(zip(STEPS, spent, strict=True)),
        )

    def _screen(self, language: Language) -> Screen:
        if language not in self._screens:
            self._screens[language] = Screen(self.knowledge, language)
        return self._screens[language]


@cache
def _default() -> Analyzer:
    return Analyzer()


def analyze(path: str | Path) -> Analysis:
    """Read one agreement and find its labour provisions with the bundled knowledge.

    Args:
        path: A ``.txt``, ``.xml`` (ToTA) or ``.pdf`` file.

    Raises:
        ReadError: The file cannot be read.
    """
    return _default().analyze(path)
