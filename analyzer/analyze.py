"""The flow for one agreement: read, segment, screen, tag by rules and model, weigh both, assemble."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Literal

from analyzer.assemble import assemble, collect
from analyzer.instruments import find_instruments
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.lexicon import fold_document
from analyzer.merge import ANY, Merge, Verdict, judge_by_rules
from analyzer.model import SHOWN, Model, ModelTagger
from analyzer.model_file import bundled_model, check_categories
from analyzer.read import read
from analyzer.reading import Reading, Readings
from analyzer.rules import RuleTagger
from analyzer.screen import Screen
from analyzer.segment import segment
from analyzer.types import Clause, Document, Language, Provision, Reference, Tag

if TYPE_CHECKING:
    import pandas as pd

STEPS = ("read", "segment", "screen", "tag", "instruments", "classify", "assemble")


@dataclass(frozen=True, slots=True, repr=False)
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

    def instruments(self) -> pd.DataFrame:
        """Return the instruments it cites as a table with the columns of ``instrument_tables.INSTRUMENT_COLUMNS``."""
        from analyzer.instrument_tables import instruments_frame

        return instruments_frame([self])

    def to_frame(self) -> pd.DataFrame:
        """Return the provisions as a table with the columns of ``tables.PROVISION_COLUMNS``."""
        from analyzer.tables import provisions_frame

        return provisions_frame([self])

    def __repr__(self) -> str:
        return f"<Analysis of {self.document.agreement_id}: {len(self.provisions)} provisions>"

    def _repr_html_(self) -> str:
        from analyzer.show import show_provisions

        return show_provisions(self)


@dataclass(frozen=True, slots=True)
class Examination:
    """An agreement with all that is known about it before anything is decided.

    Attributes:
        reading: The agreement, its clauses and the terms in them.
        candidates: The clauses that can be about labour, by index.
        said: What rules and instruments say of each clause.
        references: The instruments it cites anywhere.
        timings: Seconds spent in each of the steps so far.
    """

    reading: Reading
    candidates: Sequence[int]
    said: Mapping[int, Sequence[Tag]]
    references: tuple[Reference, ...]
    timings: Mapping[str, float]


class Analyzer:
    """Reads agreements and finds their labour provisions; build it once, use it for many files.

    Args:
        knowledge: Categories, terms and rules; the bundled ones if none are given.
        model: A trained model beside the rules; the bundled one if none is given, ``None`` for the rules alone.

    Raises:
        ModelError: The model gives categories that the knowledge lacks, or the bundled one is damaged.
    """

    def __init__(
        self, knowledge: Knowledge | None = None, model: Model | Literal["bundled"] | None = "bundled"
    ) -> None:
        self.knowledge = knowledge or load_knowledge()
        self.model = bundled_model() if model == "bundled" else model
        if self.model:
            check_categories(self.model, self.knowledge.categories)
        self._readings = Readings(self.knowledge)
        self._rules = RuleTagger(self.knowledge)
        self._screens: dict[Language, Screen] = {}

    def analyze(self, path: str | Path, *, agreement_id: str | None = None, password: str | None = None) -> Analysis:
        """Read and analyse one file.

        Args:
            path: A file of a supported kind (see ``analyzer.read``).
            agreement_id: Id to use instead of the one the reader makes.
            password: Opens an encrypted PDF.

        Raises:
            ReadError: The file cannot be read.
        """
        began = perf_counter()
        document = read(path, agreement_id=agreement_id, password=password)
        return self.analyze_document(document, seconds_reading=perf_counter() - began)

    def analyze_document(self, document: Document, *, seconds_reading: float = 0.0) -> Analysis:
        """Analyse an agreement that was read before (``seconds_reading`` only goes into the timings)."""
        found = self.examine(document)
        began = perf_counter()
        opinion = ModelTagger(self.model).tag(found.reading, found.candidates) if self.model else None
        classified = perf_counter()
        provisions = decide(found, opinion, self.model.merge if self.model else None, self.knowledge)
        spent = {"classify": classified - began, "assemble": perf_counter() - classified}
        return Analysis(
            document=document,
            clauses=tuple(found.reading.clauses),
            provisions=provisions,
            references=found.references,
            knowledge=self.knowledge,
            timings={"read": seconds_reading, **found.timings, **spent},
        )

    def examine(self, document: Document, clauses: Sequence[Clause] | None = None) -> Examination:
        """Collect all that rules and instruments say about an agreement (segmented, unless its clauses are given)."""
        marks = [perf_counter()]
        clauses = clauses or segment(document)
        marks.append(perf_counter())
        screen = self._screen(document.language)
        candidates = screen.keep(fold_document(document.text), clauses, document.metadata.title)
        marks.append(perf_counter())
        reading = self._readings.of(document, clauses)
        tags = self._rules.tag(reading, candidates)
        marks.append(perf_counter())
        references = tuple(find_instruments(document.text, language=document.language, date=_date_of(document)))
        said = collect(clauses, tags, references, self.knowledge)
        marks.append(perf_counter())
        spent = dict(zip(STEPS[1:5], (after - before for before, after in pairwise(marks)), strict=True))
        return Examination(reading, sorted({*candidates, *said}), said, references, spent)

    def _screen(self, language: Language) -> Screen:
        if language not in self._screens:
            self._screens[language] = Screen(self.knowledge, language)
        return self._screens[language]


def _date_of(document: Document) -> str | None:
    """Return the date at which an agreement speaks: its signature, else its entry into force."""
    return document.metadata.date_signed or document.metadata.date_in_force or None


def decide(
    found: Examination, opinion: Mapping[int, Sequence[Tag]] | None, merge: Merge | None, knowledge: Knowledge
) -> tuple[Provision, ...]:
    """Return the provisions of an agreement.

    Args:
        found: What rules and instruments say about it.
        opinion: What a model says about its candidates, and ``merge`` how both are weighed; ``None``: rules alone.
        merge: See ``opinion``.
        knowledge: The categories.
    """
    clauses = found.reading.clauses
    said: Mapping[int, Sequence[Tag]] = found.said
    if opinion is None or merge is None:
        verdicts = judge_by_rules(found.said, knowledge)
    else:
        verdicts = merge.judge(clauses, found.said, opinion, knowledge)
        said = {
            index: [*said.get(index, ()), *(tag for tag in opinion[index] if _is_told(tag, verdict))]
            for index, verdict in verdicts.items()
        }
    return assemble(found.reading.document, clauses, said, verdicts, found.references, knowledge)


def _is_told(tag: Tag, verdict: Verdict) -> bool:
    """Say whether a tag of the model belongs in the evidence: it is believed, or the model was fairly sure of it."""
    return tag.category != ANY and (tag.category in verdict.categories or tag.confidence >= SHOWN)


@cache
def default_analyzer() -> Analyzer:
    """Return the analyzer with the bundled knowledge and model, built once per process."""
    return Analyzer()


def analyze(path: str | Path) -> Analysis:
    """Read one agreement and find its labour provisions with the bundled knowledge.

    Args:
        path: A file of a supported kind (see ``analyzer.read``).

    Raises:
        ReadError: The file cannot be read.
    """
    return default_analyzer().analyze(path)
