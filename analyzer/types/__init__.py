"""The values that travel through the flow: Document → Clause → Tag, Reference → Provision.

All are frozen: a step makes new values and never changes those of the step before. Every offset is a
0-based character offset into ``Document.text``, end exclusive.
"""

from analyzer.types.clause import (
    CONTAINERS,
    Clause,
    ClauseKind,
    Location,
    ancestors,
    nearest_of,
    path_from,
    subject_path,
)
from analyzer.types.clauses import Clauses, Uncut, ask_at, ask_below, ask_of, asked_of
from analyzer.types.document import (
    LANGUAGES,
    Division,
    Document,
    DocumentKind,
    Format,
    Language,
    MarkedLine,
    Metadata,
    Notice,
    NoticeCode,
    Page,
    Stretch,
    is_supported,
)
from analyzer.types.effect import Deadline, LegalEffect, Mention
from analyzer.types.enforcement import Enforcement
from analyzer.types.indicator import IndicatorValue, Support
from analyzer.types.provision import ANY, STRENGTHS, Decision, Provision, Reason, Reference, Strength, Tag
from analyzer.types.reference import REFERENCE_STATUSES, CrossReference, ReferenceStatus

__all__ = [
    "ANY",
    "CONTAINERS",
    "LANGUAGES",
    "REFERENCE_STATUSES",
    "STRENGTHS",
    "Clause",
    "ClauseKind",
    "Clauses",
    "CrossReference",
    "Deadline",
    "Decision",
    "Division",
    "Document",
    "DocumentKind",
    "Enforcement",
    "Format",
    "IndicatorValue",
    "Language",
    "LegalEffect",
    "Location",
    "MarkedLine",
    "Mention",
    "Metadata",
    "Notice",
    "NoticeCode",
    "Page",
    "Provision",
    "Reason",
    "Reference",
    "ReferenceStatus",
    "Strength",
    "Stretch",
    "Support",
    "Tag",
    "Uncut",
    "ancestors",
    "ask_at",
    "ask_below",
    "ask_of",
    "asked_of",
    "is_supported",
    "nearest_of",
    "path_from",
    "subject_path",
]
