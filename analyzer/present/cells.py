"""Values as text: CSV cells, guarded formulas, evidence in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analyzer.present.columns import Column, Row

FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""Beginnings of a cell that spreadsheets may run as a formula (OWASP, "CSV Injection"), behind any apostrophes."""


LINE_SEPARATORS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""Characters that JSON allows raw but that many readers take for the end of a line."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with the columns they were made for."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]


def csv_cell(value: Any, column: Column) -> str:
    """Return a value as it stands in a CSV cell: ``true``/``false``, empty for nothing, lists joined by ``;``."""
    if value is None:
        return ""
    if column.kind == "flag":
        return "true" if value else "false"
    if column.kind in ("integer", "number"):
        return str(value)
    return guard(flat(value, column))


def flat(value: Any, column: Column) -> str:
    """Return text, a list or evidence as one string."""
    if column.kind == "evidence":
        return describe_evidence(value)
    return ";".join(value) if column.kind == "list" else str(value)


def guard(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet could run as a formula.

    A text that already has apostrophes before such a character gets one more, so that taking one apostrophe away
    wherever ``FORMULA`` matches a cell that begins with one gives back the text.
    """
    return f"'{text}" if FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Return the text that ``guard`` was given."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def describe_evidence(evidence: Sequence[Mapping[str, Any]]) -> str:
    """Return evidence as one readable string: ``ENFORCE: enforce-law “effectively enforce”, model 0.97; not CL: …``."""
    told: dict[str, list[str]] = {}
    for entry in evidence:
        code = entry["category"] if entry["given"] else f"not {entry['category']}"
        told.setdefault(code, []).append(_witness(entry))
    return "; ".join(f"{code}: {', '.join(witnesses)}" for code, witnesses in told.items())


def _witness(entry: Mapping[str, Any]) -> str:
    words = f" “{entry['words']}”" if entry["words"] else ""
    if entry["source"] == "model":
        return f"model {entry['confidence']:.2f}{words}"
    return f"{entry['rule']}{words or ' (' + entry['source'] + ')'}"
