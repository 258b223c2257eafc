"""Analysis of one file: whatever goes wrong becomes its row of ``errors``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, count
from time import perf_counter
from typing import TYPE_CHECKING, Any

from analyzer.errors import AnalyzerError
from analyzer.limits import DIED, NO_MEMORY
from analyzer.present.columns import Row
from analyzer.present.indicator_tables import evidence_rows, indicator_row
from analyzer.present.instrument_tables import instrument_rows, ratification_rows
from analyzer.present.reference_tables import reference_rows
from analyzer.present.tables import agreement_row, error_row, provision_rows
from analyzer.read.file import read
from analyzer.read.sources import Source
from analyzer.run.process import Died
from analyzer.types import Document, NoticeCode, is_supported

if TYPE_CHECKING:
    from analyzer.api import Analysis, Analyzer

PARTIAL = "partial"
"""Kind of the ``errors`` row of a file of which some pages hold no text: it is in the other tables too."""
LANGUAGE = "language"
"""Kind of the ``errors`` row of a file in a language that is not supported: what its row of ``agreements`` says of
labour provisions is empty, and it has no others."""


@dataclass(frozen=True, slots=True)
class FileResult:
    """The rows of one file, or the row of ``errors`` that says why there are none.

    Attributes:
        file: The file, as found.
        provisions: Rows of ``provisions``.
        instruments: Rows of ``instruments``.
        ratifications: Rows of ``ratifications``.
        references: Rows of ``references``.
        indicators: Row of ``indicators``, ``None`` where the file failed.
        evidence: Rows of ``indicator_evidence``.
        agreement: Row of ``agreements``, ``None`` where the file failed.
        error: Row of ``errors``, ``None`` where the file was fully read in a language that is supported.
        characters: Length of the text.
        timings: Seconds per step.
        document: The file as read (``analyzer.run.documents``), if that was asked for; otherwise empty.
    """

    file: str
    provisions: tuple[Row, ...] = ()
    instruments: tuple[Row, ...] = ()
    ratifications: tuple[Row, ...] = ()
    references: tuple[Row, ...] = ()
    indicators: Row | None = None
    evidence: tuple[Row, ...] = ()
    agreement: Row | None = None
    error: Row | None = None
    characters: int = 0
    timings: Mapping[str, float] = field(default_factory=dict)
    document: bytes = field(default=b"", repr=False)

    @property
    def rows(self) -> dict[str, tuple[Row, ...]]:
        """The rows of each table, by its name."""
        return {
            "provisions": self.provisions,
            "agreements": (self.agreement,) if self.agreement else (),
            "instruments": self.instruments,
            "ratifications": self.ratifications,
            "references": self.references,
            "indicators": (self.indicators,) if self.indicators else (),
            "indicator_evidence": self.evidence,
            "errors": (self.error,) if self.error else (),
        }


@dataclass(frozen=True, slots=True)
class Task:
    """A file to analyse.

    Attributes:
        source: The file.
        document: The file as it was read before (``analyzer.run.documents``), so that it need not be read again.
        keep: Whether the result shall hold the file as it is read now.
    """

    source: Source
    document: bytes | None = None
    keep: bool = False


def analyze_task(analyzer: Analyzer, task: Task) -> FileResult:
    """Return the rows of one file, and the file as read if that is asked for; nothing is raised but an interrupt."""
    source, file = task.source, str(task.source.path)
    try:
        analysis, document = _analysis(analyzer, task)
        return FileResult(
            file=file,
            provisions=tuple(provision_rows(analysis)),
            instruments=tuple(instrument_rows(analysis)),
            ratifications=tuple(ratification_rows(analysis)),
            references=tuple(reference_rows(analysis)),
            indicators=indicator_row(analysis),
            evidence=tuple(evidence_rows(analysis)),
            agreement=agreement_row(analysis),
            error=_not_read(file, analysis.document),
            characters=len(analysis.document.text),
            timings=analysis.timings,
            document=document,
        )
    except AnalyzerError as error:
        return FileResult(file, error=error_row(file, error.reason, kind_of(error), _id_of(source)))
    except MemoryError:
        return FileResult(file, error=error_row(file, NO_MEMORY, "crash", _id_of(source)))
    except Exception as error:  # A fault of ours in one file must not cost the others.
        reason = f"{type(error).__name__}: {error}"
        return FileResult(file, error=error_row(file, reason, "internal", _id_of(source)))


def _analysis(analyzer: Analyzer, task: Task) -> tuple[Analysis, bytes]:
    """Return the analysis of a file, and the file as read if that is asked for and new."""
    source = task.source
    about: dict[str, Any] = {
        "agreement_id": source.agreement_id,
        "password": source.password,
        "language": source.language,
    }
    if task.document is None and not task.keep:
        return analyzer.analyze(source.path, **about), b""
    from analyzer.run.documents import packed, unpacked

    document, kept, began = task.document and unpacked(task.document), b"", perf_counter()
    if not document:
        document = read(source.path, knowledge=analyzer.knowledge, **about)
        kept = packed(document) if task.keep else b""
    spent = perf_counter() - began
    analysis = analyzer.analyze_document(document)
    return replace(analysis, timings={**analysis.timings, "read": spent}), kept


def unique_id(given: str, seen: Collection[str]) -> str:
    """Return the id of an agreement among others: its own, or that with the first number that is free."""
    return next(name for name in chain([given], (f"{given}~{n}" for n in count(2))) if name not in seen)


def same_id_warning(given: str, unique: str) -> str:
    """Return the warning of an agreement whose id another has too."""
    return f"another file has the id {given} too; this agreement is called {unique}"


def kind_of(error: AnalyzerError) -> str:
    """Return the ``kind`` of an error: ``read`` for ``ReadError`` and so on."""
    return type(error).__name__.removesuffix("Error").lower()


def lost(source: Source, died: Died) -> FileResult:
    """Return the row of ``errors`` of a file whose process died."""
    file = str(source.path)
    return FileResult(file, error=error_row(file, died.reason or DIED, "crash", _id_of(source)))


def _not_read(file: str, document: Document) -> Row | None:
    """Return the row of ``errors`` of a file that is not, or not fully, read; ``None`` if all of it is."""
    codes: tuple[NoticeCode, ...] = ("unsupported-language", "page-without-text", "unreadable-page")
    reason = "; ".join(notice.text for code in codes for notice in document.warnings if notice.code == code)
    kind = PARTIAL if is_supported(document.language) else LANGUAGE
    return error_row(file, reason, kind, document.agreement_id) if reason else None


def _id_of(source: Source) -> str:
    return source.agreement_id or source.path.stem
