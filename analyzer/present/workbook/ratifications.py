"""The sheets *Ratification gaps* and *Ratifications*: who of the parties ratified what an agreement invokes."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from analyzer.knowledge.labels import Labels
from analyzer.present.cells import shorten
from analyzer.present.columns import Row
from analyzer.present.statistics import Statistics
from analyzer.present.workbook.cells import LINE_HEIGHT, Styles, put, set_up_print, set_widths

FIXED = {
    "agreement_id": 22,
    "agreement": 34,
    "signed": 11,
    "party": 8,
    "party_name": 22,
    "group": 11,
    "gaps": 6,
}
"""The columns before the instruments, with their widths in characters."""
SOURCES = ("agreement_id", "agreement", "date_signed", "party", "party_name", "group")
"""The columns of the table from which they are filled, all but the last."""
GAPS = {
    "agreement_id": 20, "party_name": 20, "group": 9, "instrument": 10, "title": 30, "invocation": 22, "clauses": 26,
    "text": 60,
}  # fmt: skip
"""The columns of *Ratification gaps*, with their widths in characters."""
LONGEST = 600
"""Most characters of a clause that is shown beside a gap."""
NARROW = 9
"""Width of a column of years, in characters."""
HEAD_HEIGHT = 150
"""Points: room for the titles of instruments, which are turned."""


def write_ratifications(book: Any, styles: Styles, rows: Sequence[Row], labels: Labels) -> None:
    """Write the ratifications, one row per agreement and party.

    Args:
        book: The workbook.
        styles: Its formats.
        rows: Rows of ``ratifications``.
        labels: The headings.
    """
    titles = {row["instrument"]: row["title"] for row in rows}
    instruments = sorted(titles, key=lambda id: (id[1:], id[0]))
    sheet = book.add_worksheet("Ratifications")
    set_widths(sheet, [*FIXED.values(), *[NARROW] * len(instruments)])
    sheet.freeze_panes(1, 2)
    set_up_print(sheet, "Ratifications", head_rows=1)
    sheet.set_row(0, HEAD_HEIGHT if instruments else 30)
    for column, name in enumerate(FIXED):
        sheet.write_string(0, column, labels.heading(name), styles.head)
    for column, id in enumerate(instruments, start=len(FIXED)):
        put(sheet, 0, column, f"{id}  {titles[id]}", styles.turned)
    parties: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        parties.setdefault((row["agreement_id"], row["party"]), []).append(row)
    line = 0
    # Those that lack most come first; otherwise the order is that of the agreements.
    for line, facts in enumerate(sorted(parties.values(), key=lambda facts: -_gaps(facts)), start=1):
        _write_party(sheet, line, facts, instruments, styles)
    if not line:
        note = "No agreement with known parties invokes an instrument whose ratifications are known."
        sheet.write_string(1, 0, note, styles.note)
        return
    sheet.autofilter(0, 0, line, len(FIXED) + len(instruments) - 1)
    as_of = ", ".join(sorted({row["ratifications_as_of"] for row in rows if row["ratifications_as_of"]}))
    note = f"Ratifications as of {as_of}, ILO NORMLEX; the numbers are years of registration."
    sheet.write_string(line + 2, 0, note, styles.note)
    _write_legend(sheet, line + 3, styles)


def write_gaps(book: Any, styles: Styles, study: Statistics) -> None:
    """Write what agreements invoke and a party has not ratified, what is named first, with the clause that invokes it.

    Args:
        book: The workbook.
        styles: Its formats.
        study: The results.
    """
    labels = study.knowledge.labels
    order = list(labels.invocations)
    gaps = sorted(
        (row for row in study.ratification_rows if row["gap"]), key=lambda row: order.index(row["invocation"])
    )
    wanted = {(row["agreement_id"], row["clauses"][0]) for row in gaps if row["clauses"]}
    words = {
        key: row["text"] for row in study.provision_rows if (key := (row["agreement_id"], row["clause_id"])) in wanted
    }
    sheet = book.add_worksheet("Ratification gaps")
    set_widths(sheet, list(GAPS.values()))
    sheet.freeze_panes(1, 1)
    set_up_print(sheet, "Ratification gaps", head_rows=1)
    for column, name in enumerate(GAPS):
        sheet.write_string(0, column, labels.heading(name), styles.head)
    for line, row in enumerate(gaps, start=1):
        clause = row["clauses"][0] if row["clauses"] else ""
        shown = {**row, "invocation": labels.invocations[row["invocation"]], "clauses": ", ".join(row["clauses"])}
        shown["text"] = shorten(" ".join(words.get((row["agreement_id"], clause), "").split()), LONGEST)
        sheet.set_row(line, LINE_HEIGHT * max(1, *(ceil(len(shown[name]) / width) for name, width in GAPS.items())))
        for column, name in enumerate(GAPS):
            put(sheet, line, column, shown[name], styles.text)
    if gaps:
        sheet.autofilter(0, 0, len(gaps), len(GAPS) - 1)
    else:
        sheet.write_string(1, 0, "No party is known to lack a Convention that is invoked.", styles.note)


def _gaps(facts: Sequence[Row]) -> int:
    return sum(row["gap"] is True for row in facts)


def _write_party(sheet: Any, line: int, facts: Sequence[Row], instruments: Sequence[str], styles: Styles) -> None:
    for column, name in enumerate(SOURCES):
        put(sheet, line, column, facts[0][name], styles.plain_row)
    gaps = _gaps(facts)
    sheet.write_number(line, len(SOURCES), gaps, styles.missing if gaps else styles.count)
    by_instrument = {row["instrument"]: row for row in facts}
    for column, id in enumerate(instruments, start=len(FIXED)):
        row = by_instrument.get(id)
        if row is None or row["now"] is None:
            sheet.write_blank(line, column, None, styles.count)
        elif not row["now"] and not row["gap"]:
            put(sheet, line, column, "–", styles.count)
        elif row["gap"]:
            until = f" (until {row['denounced'][:4]})" if row["denounced"] else ""
            put(sheet, line, column, f"no{until}", styles.missing)
        else:
            put(sheet, line, column, row["ratified"][:4], styles.yes if row["at_signature"] else styles.later)


def _write_legend(sheet: Any, line: int, styles: Styles) -> None:
    legend = (
        (styles.yes, "ratified when the agreement was signed"),
        (styles.later, "ratified since, or date not known"),
        (styles.missing, "invoked by name or as one of the fundamental Conventions, but not ratified"),
        (styles.count, '–: not ratified, and invoked only by "core labour standards" or the like, which is no gap'),
    )
    for number, (style, meaning) in enumerate(legend):
        sheet.write_blank(line + number, 0, None, style)
        sheet.write_string(line + number, 1, meaning, styles.note)
