"""Two sheets to be looked at as a whole: agreements × categories, and parties × ILO instruments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from analyzer.knowledge import Knowledge
from analyzer.present.columns import Row
from analyzer.present.workbook.cells import BLUE, LINK_LIMIT, PALE, Styles, put, set_up_print
from analyzer.present.workbook.sheet import place_of

GROUPS = {
    "principle": "Fundamental principles",
    "topic": "Other topics",
    "instrument": "Instruments",
    "obligation": "Obligations",
    "cooperation": "Cooperation",
    "dispute": "Disputes",
    "supplementary": "New topics",
}
NARROW = 4.3
"""Width of a column of counts, in characters."""
CEILING = 95
"""Percentile of the counts from which a cell is as dark as can be."""
AGREEMENT = (("agreement_id", 22), ("agreement", 38), ("signed", 11), ("provisions", 10))
PARTY = (
    ("agreement_id", 22),
    ("agreement", 34),
    ("signed", 11),
    ("party", 8),
    ("party_name", 22),
    ("group", 11),
    ("gaps", 6),
)


def write_categories(
    book: Any, styles: Styles, agreements: Sequence[Row], provisions: Sequence[Row], knowledge: Knowledge
) -> None:
    """Write the matrix of agreements and categories; each count leads to the first provision it counts.

    Args:
        book: The workbook.
        styles: Its formats.
        agreements: Rows of ``agreements``.
        provisions: Rows of ``provisions``, in the order in which they stand on their sheet.
        knowledge: Its categories become the columns.
    """
    known = list(knowledge.categories.values())
    sheet = book.add_worksheet("Categories")
    fixed = len(AGREEMENT)
    _set_widths(sheet, AGREEMENT, len(known))
    sheet.freeze_panes(2, 2)
    set_up_print(sheet, "Categories", head_rows=2)
    at = fixed
    for group, members in groupby(known, key=lambda category: category.group):
        size = len(list(members))
        if size > 1:
            sheet.merge_range(0, at, 0, at + size - 1, GROUPS.get(group, group), styles.band)
        else:
            sheet.write_string(0, at, GROUPS.get(group, group), styles.band)
        at += size
    sheet.set_row(1, 230)
    for place, (name, _) in enumerate(AGREEMENT):
        sheet.write_string(1, place, name, styles.head)
    for place, category in enumerate(known):
        sheet.write_url(1, fixed + place, f"internal:'Codebook'!A{place + 2}", styles.turned, string="")
        sheet.write_string(1, fixed + place, f"{category.code}  {category.name}", styles.turned)
    counted, first = _count(provisions)
    left = LINK_LIMIT - len(known)
    for line, row in enumerate(agreements, start=2):
        name = row["agreement_id"]
        put(sheet, line, 0, name, styles.text)
        put(sheet, line, 1, row["agreement"], styles.plain_row)
        put(sheet, line, 2, row["date_signed"], styles.plain_row)
        sheet.write_number(line, 3, row["provisions"], styles.number)
        for place, category in enumerate(known, start=fixed):
            count = counted[name, category.code]
            if count and left:
                left -= 1
                target = place_of("provisions", first[name, category.code])
                tip = f"{category.code}: go to the first of {count} provisions"
                sheet.write_url(line, place, target, styles.count, string="", tip=tip)
            if count:
                sheet.write_number(line, place, count, styles.count)
            else:
                sheet.write_blank(line, place, None, styles.count)
    last = len(agreements) + 1
    if agreements:
        scale = {"type": "2_color_scale", "min_type": "num", "min_value": 1, "min_color": PALE}
        scale |= {"max_type": "percentile", "max_value": CEILING, "max_color": BLUE}
        sheet.conditional_format(2, fixed, last, fixed + len(known) - 1, scale)
    _write_totals(sheet, styles, last + 1, agreements, counted, [category.code for category in known])


def write_ratifications(book: Any, styles: Styles, rows: Sequence[Row]) -> None:
    """Write who of the parties ratified what the agreement invokes, one row per agreement and party.

    Args:
        book: The workbook.
        styles: Its formats.
        rows: Rows of ``ratifications``.
    """
    instruments = sorted({row["instrument"] for row in rows}, key=lambda name: (name[1:], name[0]))
    sheet = book.add_worksheet("Ratifications")
    fixed = len(PARTY)
    _set_widths(sheet, PARTY, len(instruments), width=9)
    sheet.freeze_panes(1, 2)
    set_up_print(sheet, "Ratifications", head_rows=1)
    sheet.set_row(0, 150 if instruments else 30)
    for at, (name, _) in enumerate(PARTY):
        sheet.write_string(0, at, name, styles.head)
    titles = {row["instrument"]: row["title"] for row in rows}
    for at, name in enumerate(instruments, start=fixed):
        put(sheet, 0, at, f"{name}  {titles[name]}", styles.turned)
    line = 0
    for _, of_agreement in groupby(rows, key=lambda row: row["agreement_id"]):
        parties: dict[str, list[Row]] = {}
        for row in of_agreement:
            parties.setdefault(row["party"], []).append(row)
        for facts in parties.values():
            line += 1
            _write_party(sheet, line, facts, instruments, styles)
    if line:
        sheet.autofilter(0, 0, line, fixed + len(instruments) - 1)
        as_of = ", ".join(sorted({row["ratifications_as_of"] for row in rows if row["ratifications_as_of"]}))
        sheet.write_string(
            line + 2, 0, f"Ratifications as of {as_of}, ILO NORMLEX; years of registration.", styles.note
        )
        legend = (
            (styles.yes, "ratified when the agreement was signed"),
            (styles.later, "ratified since, or date not known"),
        )
        for at, (style, meaning) in enumerate((*legend, (styles.missing, "invoked, but not ratified")), start=line + 3):
            sheet.write_blank(at, 0, None, style)
            sheet.write_string(at, 1, meaning, styles.note)
    else:
        sheet.write_string(
            1, 0, "No agreement with known parties invokes an instrument whose ratifications are known.", styles.note
        )


def _write_party(sheet: Any, line: int, facts: Sequence[Row], instruments: Sequence[str], styles: Styles) -> None:
    one = facts[0]
    for at, name in enumerate(("agreement_id", "agreement", "date_signed", "party", "party_name", "group")):
        put(sheet, line, at, one[name], styles.plain_row)
    gaps = sum(row["gap"] is True for row in facts)
    sheet.write_number(line, len(PARTY) - 1, gaps, styles.missing if gaps else styles.count)
    by_instrument = {row["instrument"]: row for row in facts}
    for at, name in enumerate(instruments, start=len(PARTY)):
        row = by_instrument.get(name)
        if row is None or row["now"] is None:
            sheet.write_blank(line, at, None, styles.count)
        elif row["gap"]:
            said = f"no (until {row['denounced'][:4]})" if row["denounced"] else "no"
            put(sheet, line, at, said, styles.missing)
        else:
            style = styles.yes if row["at_signature"] else styles.later
            put(sheet, line, at, row["ratified"][:4], style)


def _count(provisions: Sequence[Row]) -> tuple[Counter[tuple[str, str]], dict[tuple[str, str], int]]:
    """Return how many provisions each agreement has of each category, and the number of the first one's row."""
    counted: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], int] = {}
    for number, row in enumerate(provisions):
        for code in row["categories"]:
            counted[row["agreement_id"], code] += 1
            first.setdefault((row["agreement_id"], code), number)
    return counted, first


def _write_totals(
    sheet: Any,
    styles: Styles,
    line: int,
    agreements: Sequence[Row],
    counted: Counter[tuple[str, str]],
    codes: Sequence[str],
) -> None:
    names = [row["agreement_id"] for row in agreements]
    having = [sum(counted[name, code] > 0 for name in names) for code in codes]
    everything = [sum(counted[name, code] for name in names) for code in codes]
    some = sum(row["has_labour_provisions"] for row in agreements)
    for title, total, values in (
        ("Agreements that have it", some, having),
        ("Provisions", sum(row["provisions"] for row in agreements), everything),
    ):
        sheet.write_string(line, 0, title, styles.counted)
        sheet.write_blank(line, 1, None, styles.counted)
        sheet.write_blank(line, 2, None, styles.counted)
        sheet.write_number(line, 3, total, styles.counted)
        for at, value in enumerate(values, start=len(AGREEMENT)):
            sheet.write_number(line, at, value, styles.counted)
        line += 1


def _set_widths(sheet: Any, fixed: Sequence[tuple[str, float]], count: int, *, width: float = NARROW) -> None:
    for at, (_, wide) in enumerate(fixed):
        sheet.set_column(at, at, wide)
    if count:
        sheet.set_column(len(fixed), len(fixed) + count - 1, width)
