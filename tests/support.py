"""What several test modules do: edit a review workbook, tell what was found in an agreement."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from analyzer.api import Analysis
from analyzer.learn.review.layout import SHEET


def change(book: Path, values: Mapping[tuple[int, str], Any]) -> None:
    opened = load_workbook(book)
    sheet = opened[SHEET]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for (row, column), value in values.items():
        sheet.cell(row, columns[column]).value = value
    opened.save(book)


def said(analysis: Analysis) -> list[tuple[str, str, tuple[str, ...], str]]:
    text, clauses = analysis.document.text, analysis.clauses
    return [
        (
            clauses[provision.clause].clause_id,
            " ".join(text[clauses[provision.clause].start : clauses[provision.clause].own_end].split()),
            provision.categories,
            provision.strength,
        )
        for provision in analysis.provisions
    ]
