"""The chosen rows as a workbook with drop-downs, the codebook and instructions for lawyers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.utility import xl_col_to_name

from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.knowledge.checks import Schema, check_file
from analyzer.knowledge.instruments import KINDS
from analyzer.knowledge.labels import Labels
from analyzer.learn.review.choose import Choice
from analyzer.learn.review.layout import (
    AFTER,
    BEFORE,
    CATEGORY_COLUMNS,
    CODEBOOK,
    NO,
    READ_ME,
    SHEET,
    STRENGTH,
    YES,
    SheetColumn,
    category_columns,
    category_entry,
    proposal,
    seal,
    strength_entry,
    written,
)
from analyzer.learn.review.signature import COLUMN, own_key, sign
from analyzer.learn.training.gold import digest
from analyzer.present.cells import CREATED, describe_evidence
from analyzer.present.workbook.cells import LINE_HEIGHT
from analyzer.present.workbook.sheet import HEIGHT_LIMIT
from analyzer.replace import replacing
from analyzer.types import STRENGTHS

SPARE = 2
"""Empty category columns after those that the longest proposal fills."""
MOST_REASONS = 4
INSTRUCTIONS = Path(__file__).with_name("instructions.toml")


class _Step(Schema):
    name: str
    words: str


class _Instructions(Schema):
    """Schema of ``instructions.toml``."""

    step: list[_Step]


def write_sheet(path: Path, choices: Sequence[Choice], *, knowledge: Knowledge, version: str) -> None:
    """Write a workbook for review, its rows signed with the key of this user.

    Args:
        path: File to write; it must not exist, as it could hold somebody's work.
        choices: The rows.
        knowledge: Its categories become the drop-down and the codebook.
        version: Version of the package.

    Raises:
        TableError: The file exists or cannot be written.
    """
    refuse_existing(path)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    key = own_key(make=True)
    rows = [_row(number, choice, len(choices), knowledge) for number, choice in enumerate(choices, start=1)]
    rows = [{**row, COLUMN: sign(row, key) or None} for row in rows]
    most = max((len(choice.candidate.row["categories"]) for choice in choices), default=0)
    columns = [*BEFORE, *category_columns(max(CATEGORY_COLUMNS, most + SPARE)), *AFTER]
    with replacing(path.parent, [path.name]) as scratch:
        try:
            with (scratch / path.name).open("wb") as file, xlsxwriter.Workbook(file, options) as book:
                book.set_properties({"title": "Labour provisions to review", "created": CREATED})
                styles = _styles(book)
                _write_instructions(book, columns, styles, f"labour-provision-analyzer {version}")
                _write_rows(book, columns, rows, styles, len(knowledge.categories))
                _write_list(book, CODEBOOK, _codebook(knowledge), styles)
                _write_list(book, STRENGTH, _strengths(knowledge.labels), styles)
                book.get_worksheet_by_name(SHEET).activate()
        except XlsxWriterException as error:
            raise TableError(f"the workbook cannot be written: {error}", file=path) from error


def refuse_existing(path: Path) -> None:
    """Refuse a path that exists.

    Raises:
        TableError: The file exists.
    """
    if path.exists() or path.is_symlink():
        raise TableError("exists already and may hold a review; choose another name or remove it", file=path)


def _row(number: int, choice: Choice, of: int, knowledge: Knowledge) -> dict[str, str | int | None]:
    """Return the cells of a row by column; columns without a value are missing."""
    candidate = choice.candidate
    row = candidate.row
    numbered = knowledge.instruments
    instruments = [instrument for instrument in row["instruments"] if numbered[instrument].kind in KINDS]
    labour = YES if candidate.given else NO
    cells: dict[str, str | int | None] = {
        "row": number,
        "agreement": written(row["agreement"]),
        "place": written(_place(row)),
        "page": row["page_start"],
        "lead-in": written(candidate.lead_in),
        "text": written(row["text"]),
        "why shown": written(_reasons(choice)),
        "labour provision?": labour,
        "strength": strength_entry(row["strength"], knowledge.labels),
        "instruments": ";".join(instruments),
        "also possible": "; ".join(f"{code} {sure:.2f}" for code, sure in candidate.possible.items()),
        "evidence": written(describe_evidence(row["evidence"])),
        "agreement id": written(row["agreement_id"]),
        "address": written(row["clause_id"]),
        "file": written(str(Path(row["source_file"]).absolute())),
        "start": row["start"],
        "end": row["end"],
        "hash": digest(row["text"]),
        "of": of,
        "proposed": proposal(labour, row["categories"], row["strength"], instruments),
    }
    for position, code in enumerate(row["categories"], start=1):
        cells[f"category {position}"] = category_entry(knowledge.categories[code])
    return {**cells, "seal": seal(cells)}


def _place(row: Mapping[str, Any]) -> str:
    article = ": ".join(part for part in (row["article"], row["heading"]) if part)
    location = "" if row["location"] == "body" else f"({row['location']})"
    return "\n".join(part for part in (row["chapter"], article, row["clause_id"], location) if part)


def _reasons(choice: Choice) -> str:
    doubts = sorted(choice.candidate.doubts, key=lambda doubt: bool(doubt.category))
    reasons = [doubt.words for doubt in doubts[:MOST_REASONS]]
    if len(doubts) > MOST_REASONS:
        reasons.append(f"and {len(doubts) - MOST_REASONS} more")
    if choice.copies:
        reasons.append(f"{choice.copies} more with the same words")
    return "\n".join(reasons)


def _styles(book: Any) -> Mapping[str, Any]:
    body = {"valign": "top", "text_wrap": True, "font_size": 10, "border": 1, "border_color": "#D9D9D9"}
    head = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3864", "valign": "vcenter"}
    return {
        "head": book.add_format({**body, **head}),
        "head edited": book.add_format({**body, **head, "bg_color": "#7F6000"}),
        # Text format, so that a cell opened and closed again does not become a number or a formula.
        "shown": book.add_format({**body, "num_format": "@"}),
        "hidden": book.add_format({**body, "num_format": "@"}),
        "number": book.add_format({**body, "align": "left"}),
        "edited": book.add_format({**body, "num_format": "@", "locked": False, "bg_color": "#FFF9E5"}),
        "done": book.add_format({"bg_color": "#E2EFDA"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
    }


def _write_rows(
    book: Any,
    columns: Sequence[SheetColumn],
    rows: Sequence[Mapping[str, Any]],
    styles: Mapping[str, Any],
    categories: int,
) -> None:
    sheet = book.add_worksheet(SHEET)
    last = max(1, len(rows))
    index_of = {column.name: index for index, column in enumerate(columns)}
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width, None, {"hidden": column.use == "hidden"})
        sheet.write_string(0, index, column.name, styles["head edited" if column.use == "edited" else "head"])
        for source in _choices_of(column, categories):
            alert = {"error_title": column.name, "error_message": "Choose from the list, or empty the cell."}
            sheet.data_validation(1, index, last, index, {"validate": "list", "source": source, **alert})
    sheet.set_row(0, 2 * LINE_HEIGHT)
    for line, row in enumerate(rows, start=1):
        sheet.set_row(line, _height(columns, row))
        for index, column in enumerate(columns):
            value = row.get(column.name)
            if value is None or value == "":
                sheet.write_blank(line, index, None, styles[column.use])
            elif isinstance(value, int):
                sheet.write_number(line, index, value, styles["number"])
            else:
                sheet.write_string(line, index, value, styles[column.use])
    done = xl_col_to_name(index_of["done"])
    rule = {"type": "formula", "criteria": f'=${done}2="{YES}"', "format": styles["done"]}
    sheet.conditional_format(1, 0, last, len(columns) - 1, rule)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    _fit(sheet)
    allowed = ("format_cells", "format_columns", "format_rows", "sort", "autofilter")
    sheet.protect("", dict.fromkeys(allowed, True))


def _choices_of(column: SheetColumn, categories: int) -> Iterator[str | list[str]]:
    """Yield the source of a column's drop-down, if it has one."""
    if column.name.startswith("category "):
        yield f"={CODEBOOK}!$A$2:$A${categories + 1}"
    elif column.name == "strength":
        yield f"={STRENGTH}!$A$2:$A${len(STRENGTHS) + 1}"
    elif column.name == "labour provision?":
        yield [YES, NO]
    elif column.name == "done":
        yield [YES]


def _height(columns: Sequence[SheetColumn], row: Mapping[str, Any]) -> float:
    """Return the height, in points, at which the longest text of a row can be read, up to a limit."""
    texts = [(str(row.get(column.name) or "")[:5000], column.width) for column in columns if column.use != "hidden"]
    lines = max(sum(max(1, ceil(len(line) / width)) for line in text.split("\n")) for text, width in texts)
    return min(HEIGHT_LIMIT, lines * LINE_HEIGHT)


def _codebook(knowledge: Knowledge) -> list[tuple[Sequence[str], float]]:
    categories = knowledge.categories.values()
    return [
        (("choice", *(category_entry(category) for category in categories)), 40),
        (("group", *(category.group for category in categories)), 14),
        (("pillar", *(category.pillar for category in categories)), 30),
        (("definition", *(category.definition for category in categories)), 100),
    ]


def _strengths(labels: Labels) -> list[tuple[Sequence[str], float]]:
    return [
        (("choice", *(strength_entry(code, labels) for code in labels.strengths)), 24),
        (("meaning", *labels.meanings.values()), 90),
    ]


def _write_list(
    book: Any, name: str, columns: Sequence[tuple[Sequence[str], float]], styles: Mapping[str, Any]
) -> None:
    sheet = book.add_worksheet(name)
    for index, (cells, width) in enumerate(columns):
        sheet.set_column(index, index, width)
        for line, cell in enumerate(cells):
            sheet.write_string(line, index, cell, styles["shown" if line else "head"])
    sheet.freeze_panes(1, 1)
    _fit(sheet)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _write_instructions(book: Any, columns: Sequence[SheetColumn], styles: Mapping[str, Any], made_by: str) -> None:
    sheet = book.add_worksheet(READ_ME)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 110)
    sheet.hide_gridlines(2)
    _fit(sheet)
    meanings = {_group(column.name): column.meaning for column in columns if column.use != "hidden"}
    how = tuple((step.name, step.words) for step in check_file(_Instructions, INSTRUCTIONS).step)
    blocks = {"How to review": how, f"Columns of the sheet {SHEET}": tuple(meanings.items())}
    line = 0
    for title, entries in blocks.items():
        sheet.write_string(line, 0, title, styles["title"])
        for name, meaning in entries:
            line += 1
            sheet.write_string(line, 0, name, styles["shown"])
            sheet.write_string(line, 1, meaning, styles["shown"])
            sheet.set_row(line, LINE_HEIGHT * ceil(len(meaning) / 125))
        line += 2
    sheet.write_string(line, 0, "Made by", styles["shown"])
    sheet.write_string(line, 1, made_by, styles["shown"])


def _group(name: str) -> str:
    return "category 1 …" if name.startswith("category ") else name


def _fit(sheet: Any) -> None:
    """Set a sheet to print in landscape format, with all columns on one page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
