"""Values as text: CSV cells, guarded formulas, evidence, shares, shortened clauses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analyzer.present.columns import Column, Row

FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""Beginnings of a cell that spreadsheet programs may run as a formula, after any apostrophes.

From OWASP, "CSV Injection".
"""
LINE_SEPARATORS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""Characters that JSON allows as they are but that many readers take for the end of a line."""
CELL_LIMIT = 32_767
"""Most UTF-16 code units of a cell (Microsoft, "Excel specifications and limits")."""
OMISSION = " […]"
CREATED = datetime(2000, 1, 1)
"""Written into files instead of the time of the run, so that the same results make the same file."""

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c]")
_NOT_XML = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with the columns that they were made for."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]


def csv_cell(value: Any, column: Column, decimal: str = ".") -> str:
    """Return a value as it stands in a CSV cell: ``true``/``false``, empty for ``None``, lists joined by ``;``.

    Args:
        value: The value.
        column: Its column.
        decimal: What stands before the decimals of numbers.
    """
    if value is None:
        return ""
    if column.kind == "flag":
        return "true" if value else "false"
    if column.kind in ("integer", "number"):
        return str(value).replace(".", decimal)
    return guard(cell_text(value, column))


def cell_text(value: Any, column: Column) -> str:
    """Return a text, a list or evidence as one string."""
    if column.kind == "evidence":
        return describe_evidence(value)
    return ";".join(value) if column.kind == "list" else str(value)


def guard(text: str) -> str:
    """Return a text with an apostrophe in front if a spreadsheet program could run it as a formula.

    A text that already has apostrophes before such a character gets one more. So ``unguard`` can always restore it.
    """
    return f"'{text}" if FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Return the text that ``guard`` was given."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def xml_text(text: str) -> str:
    """Return a text as XML can hold it.

    Line ends of every kind become line feeds; other control characters and unpaired surrogates are left out.
    """
    return _NOT_XML.sub("", _LINE_END.sub("\n", text))


def shorten(text: str, most: int) -> str:
    """Return a text, cut at the end of a word and marked with ``[…]`` if it is longer than ``most`` characters."""
    if len(text) <= most + len(OMISSION):
        return text
    whole_words = text[:most].rpartition(" ")[0]
    return (whole_words if len(whole_words) > most // 2 else text[:most]).rstrip() + OMISSION


def percent(share: float | None) -> str:
    """Return a share between 0 and 1 as ``67%``; an empty text for ``None``."""
    return "" if share is None else f"{share:.0%}"


def describe_evidence(evidence: Sequence[Mapping[str, Any]]) -> str:
    """Return evidence as one readable string: ``ENFORCE: enforce-law “effectively enforce”, model 0.97; not CL: …``."""
    witnesses: dict[str, list[str]] = {}
    for entry in evidence:
        code = entry["category"] if entry["given"] else f"not {entry['category']}"
        witnesses.setdefault(code, []).append(_witness(entry))
    return "; ".join(f"{code}: {', '.join(parts)}" for code, parts in witnesses.items())


def _witness(entry: Mapping[str, Any]) -> str:
    words = f" “{entry['words']}”" if entry["words"] else ""
    if entry["source"] == "model":
        return f"model {entry['confidence']:.2f}{words}"
    if entry["source"] == "inherited":
        return f"{entry['rule']}{words} (lead-in)"
    return f"{entry['rule']}{words or ' (' + entry['source'] + ')'}"
