"""The flow for one agreement: read, segment, tag, assemble, present."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal

from analyzer.assemble.complete import Completion, moved, moved_values
from analyzer.assemble.connect import reference_notices
from analyzer.assemble.findings import STEPS, Findings, provisions_of
from analyzer.assemble.model_file import bundled_model, check_categories
from analyzer.assemble.provisions import collect
from analyzer.assemble.trained import Model
from analyzer.errors import AnalyzerError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.knowledge.ratifications import Ratification
from analyzer.read.file import read
from analyzer.segment import draft_of, segment
from analyzer.segment.notices import structure_notices
from analyzer.tag.classifier import ClassifierTagger
from analyzer.tag.examination import Examination
from analyzer.tag.facts import Reading, Readings
from analyzer.tag.instruments import find_instruments
from analyzer.tag.rules import RuleTagger
from analyzer.types import Clause, Clauses, Document, Language, Provision, Reference, asked_of, is_supported

if TYPE_CHECKING:
    import pandas as pd


class Analysis(Findings):
    """What was found in one agreement, with the ways to look at it.

    Examples:
        >>> from analyzer import analyze
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> result = analyze(sample)
        >>> provision = next(provision for provision in result.provisions if "CL" in provision.categories)
        >>> result.clauses[provision.clause].clause_id
        'chapter-sixteen/art-16.2/par-1/item-c'
        >>> len(result.to_frame()) == len(result.provisions)
        True
    """

    __slots__ = ("_compact",)

    @classmethod
    def of(cls, found: Findings) -> Analysis:
        """Return what was found, with all clauses of the agreement as soon as someone asks for them."""
        if not (isinstance(found.clauses, Clauses) and found.clauses.uncut):
            return cls(**{part.name: getattr(found, part.name) for part in fields(found)})
        made = object.__new__(cls)
        for name in ("document", "references", "knowledge", "timings"):
            object.__setattr__(made, name, getattr(found, name))
        object.__setattr__(made, "_compact", found)
        return made

    def compact(self) -> Findings:
        """Return the same with no more clauses than the tables need, where that is at hand."""
        return getattr(self, "_compact", self)

    def __getattr__(self, name: str) -> Any:
        """Cut the whole agreement, when clauses or what points at them are asked for."""
        if name not in ("clauses", "provisions", "indicator_values"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        found = self._compact
        clauses = segment(self.document, knowledge=self.knowledge)
        object.__setattr__(self, "clauses", clauses)
        object.__setattr__(self, "provisions", moved(found.provisions, found.clauses, clauses))
        values = moved_values(found.indicator_values, found.clauses, clauses)
        object.__setattr__(self, "indicator_values", values)
        return getattr(self, name)

    def to_frame(self) -> pd.DataFrame:
        """Return the provisions as a table with the columns of ``analyzer.present.columns.PROVISION_COLUMNS``."""
        from analyzer.present.tables import provisions_frame

        return provisions_frame([self])

    def instruments(self) -> pd.DataFrame:
        """Return the cited instruments as a table.

        Its columns are those of ``analyzer.present.instrument_tables.INSTRUMENT_COLUMNS``.
        """
        from analyzer.present.instrument_tables import instruments_frame

        return instruments_frame([self])

    def indicators(self) -> pd.DataFrame:
        """Return the indicators of the agreement as a table with one row (see ``indicator_columns``)."""
        from analyzer.present.indicator_tables import indicators_frame

        return indicators_frame([self], self.knowledge)

    def indicator_evidence(self) -> pd.DataFrame:
        """Return the clauses that justify each indicator, as a table with the columns of ``EVIDENCE_COLUMNS``."""
        from analyzer.present.indicator_tables import evidence_frame

        return evidence_frame([self])

    def __repr__(self) -> str:
        return f"<Analysis of {self.document.agreement_id}: {len(self.compact().provisions)} provisions>"

    def _repr_html_(self) -> str:
        from analyzer.present.notebook import show_provisions

        return show_provisions(self)


class Analyzer:
    """Reads agreements and finds their labour provisions; build it once, use it for many files.

    Args:
        knowledge: What every step goes by (``load_knowledge``); that of the package if none is given.
        model: A trained model beside the rules; the bundled one if none is given, ``None`` for the rules alone.

    Raises:
        ModelError: The model gives categories that the knowledge lacks, or the bundled one is damaged.

    Examples:
        >>> from analyzer import Analyzer
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> by_rules = Analyzer(model=None)
        >>> by_rules.analyze(sample).document.agreement_id
        'norwell-veridia'
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
        self._classifier = ClassifierTagger(self.model.classifier) if self.model else None

    def analyze(
        self,
        path: str | Path,
        *,
        agreement_id: str | None = None,
        password: str | None = None,
        language: Language | None = None,
    ) -> Analysis:
        """Read and analyse one file.

        Args:
            path: A file of a supported kind (see ``analyzer.read``).
            agreement_id: Id to use instead of the one the reader makes.
            password: Opens an encrypted PDF.
            language: The version to read of a text in several languages (see ``analyzer.read``).

        Raises:
            ReadError: The file cannot be read.
        """
        clock = _Clock()
        with clock.step("read"):
            document = read(
                path, agreement_id=agreement_id, password=password, language=language, knowledge=self.knowledge
            )
        return self._analyze(document, clock)

    def analyze_document(self, document: Document) -> Analysis:
        """Analyse an agreement that was read before."""
        return self._analyze(document, _Clock())

    def examine(self, document: Document, clauses: Sequence[Clause] | None = None) -> Examination:
        """Collect all that rules and instruments say about an agreement (segmented, unless its clauses are given)."""
        clauses = clauses or segment(document, knowledge=self.knowledge)
        scanned, references = self._readings.scan(document), self._references(document)
        return self._examined(self._readings.of(document, clauses, scanned), references, _Clock())

    def _analyze(self, document: Document, clock: _Clock) -> Analysis:
        with clock.step("screen"):
            scanned = self._readings.scan(document)
        with clock.step("instruments"):
            references = self._references(document)
        with clock.step("segment"):
            draft = draft_of(document, scanned.folded, self.knowledge)
            outline = draft.cut(frozenset())
        with clock.step("screen"):
            cited = [reference.start for reference in references]
            wanted = draft.always() | self._readings.wanted(document, outline, scanned, cited)

        def recut(asked: Collection[int | None] = ()) -> Reading:
            nonlocal wanted
            wanted |= frozenset(asked)
            with clock.step("segment"):
                clauses = draft.cut(wanted)
            return self._readings.of(document, clauses, scanned)

        reading = recut()
        provisions = self._provisions(reading, references, clock)
        while asked := asked_of(reading.clauses):
            reading = recut(asked)
            provisions = self._provisions(reading, references, clock)
        completion = Completion(reading, provisions, recut, self.knowledge)
        with clock.step("assemble"):
            completion.connect()
        with clock.step("indicators"):
            values = completion.evaluate()
        completion.reading.forget()
        provisions = completion.provisions
        notices = (*structure_notices(document, completion.reading.clauses), *reference_notices(provisions))
        return Analysis.of(
            Findings(
                document=replace(document, warnings=(*document.warnings, *notices)),
                clauses=completion.clauses,
                provisions=provisions,
                references=references,
                knowledge=self.knowledge,
                timings=clock.seconds,
                indicator_values=values,
            )
        )

    def _provisions(self, reading: Reading, references: tuple[Reference, ...], clock: _Clock) -> tuple[Provision, ...]:
        """Return the labour provisions among the clauses of an agreement, not connected yet."""
        examined = self._examined(reading, references, clock)
        with clock.step("classify"):
            opinion = self._classifier.tag(examined.reading, examined.candidates) if self._classifier else None
        reading.forget()
        with clock.step("assemble"):
            return provisions_of(examined, opinion, self.model.merge if self.model else None, self.knowledge)

    def _examined(self, reading: Reading, references: tuple[Reference, ...], clock: _Clock) -> Examination:
        with clock.step("screen"):
            candidates = reading.candidates()
        with clock.step("tag"):
            tags, vetoed = self._rules.tag(reading, candidates)
        with clock.step("instruments"):
            collected = collect(reading.clauses, tags, references, self.knowledge)
        return Examination(reading, sorted({*candidates, *collected}), collected, references, vetoed)

    def _references(self, document: Document) -> tuple[Reference, ...]:
        """Return the instruments cited, each stretch of a text in several languages read in its own."""
        date = _date_of(document)
        references = [
            reference
            for language in filter(is_supported, document.languages)
            for reference in find_instruments(
                document.text_in(language), language=language, date=date, knowledge=self.knowledge
            )
        ]
        return tuple(sorted(references, key=lambda reference: reference.start))


class _Clock:
    """Seconds spent in each step of the flow."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STEPS, 0.0)
        self._inner = 0.0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count the time of a step; steps within it count on their own."""
        began, outer = perf_counter(), self._inner
        self._inner = 0.0
        yield
        spent = perf_counter() - began
        self.seconds[name] += spent - self._inner
        self._inner = outer + spent


def _date_of(document: Document) -> str | None:
    """Return the date at which an agreement speaks: its signature, else its entry into force."""
    return document.metadata.date_signed or document.metadata.date_in_force or None


@cache
def default_analyzer() -> Analyzer:
    """Return the analyzer with the bundled knowledge and model, built once per process."""
    return Analyzer()


def ratifications(
    party: str, instrument: str, *, date: str = "", knowledge: Knowledge | None = None
) -> tuple[Ratification, ...]:
    """Return whether a party has ratified an instrument.

    Args:
        party: Code or name of a State, or of a group, which is expanded to its members.
        instrument: Canonical id (``C087``).
        date: ISO 8601 date at which a group is expanded; today's members if empty.
        knowledge: The States and ratifications; those of the package if none are given.

    Returns:
        One entry per State.

    Raises:
        AnalyzerError: There is no such party or instrument.

    Examples:
        >>> from analyzer import ratifications
        >>> [(fact.party.code, fact.ratified) for fact in ratifications("Honduras", "C087")]
        [('HND', '1956')]
        >>> len(ratifications("EU", "C087", date="2012-06-29"))
        27
    """
    known = knowledge or load_knowledge()
    if instrument not in known.instruments:
        raise AnalyzerError(f"there is no instrument {instrument!r}; ids are written like C087, P029 or R204")
    states = known.states.expand([known.states.code_of(party)], date)
    return tuple(known.ratifications.of(state, instrument) for state in states)
