"""The sheet *About*: what the workbook holds, how to read it, what every column means, how to cite it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from analyzer.knowledge import Knowledge
from analyzer.knowledge.labels import STRENGTH_MEANINGS
from analyzer.present.cells import Table
from analyzer.present.workbook.cells import LINE_HEIGHT, Styles, set_up_print

WIDTH = 110
"""Characters of a line of explanation."""
SHEETS = {
    "Agreements": "One row per agreement: what it contains, counted.",
    "Provisions": "One row per clause that is a labour provision, with its exact words and where they stand.",
    "Categories": "How many provisions of each category an agreement has; click a number to go to the first of them.",
    "Instruments": "One row per mention of an ILO or other international instrument, and who ratified it.",
    "Ratifications": "One row per agreement and party: the ILO instruments invoked, and when they were ratified.",
    "Trends": "Agreements over time, with and without labour provisions, and what these are about.",
    "Codebook": "The codes that the column “categories” uses, and what they mean.",
    "Errors": "One row per file that could not be (fully) read, with the reason.",
}
NOTES = (
    ("review", "A row marked “yes” is one of which the program is not sure: read the clause before you rely on it."),
    (
        "evidence",
        "For every category the rule that gave it with, in quotation marks, the words that it matched, and how sure "
        "the model was. 'not' marks a category that a rule or the model said and that was not given.",
    ),
    ("folded columns", "Columns that few readers need are folded away: click + above the sheet to see them."),
    ("counts", "They depend on how an agreement numbers its clauses: compare shares and presence rather than counts."),
    ("start, end", "They count characters in the text of the agreement as read, so that every row can be traced."),
    ("long texts", "What does not fit into one cell goes on in the columns “… (continued 1)” and so on of its row."),
    (
        "to cite a row",
        "Give the agreement, the article and the page of the row, and the version of program and knowledge above. The "
        "program finds and sorts; it gives no legal advice.",
    ),
)


def write_about(book: Any, tables: Sequence[Table], styles: Styles, knowledge: Knowledge, version: str) -> None:
    """Write the sheet, with links to the other sheets."""
    there = {sheet.get_name() for sheet in book.worksheets()}
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, WIDTH)
    set_up_print(sheet, "About", head_rows=0)
    made_by = ("Made by", f"labour-provision-analyzer {version}, knowledge {knowledge.version}")
    blocks: Mapping[str, Sequence[tuple[str, str]]] = {
        "Labour provisions of trade agreements": (made_by, *((name, SHEETS[name]) for name in SHEETS if name in there)),
        "Strength": tuple(STRENGTH_MEANINGS.items()),
        "How to read": NOTES,
        **{
            f"Columns of {table.name.capitalize()}": tuple((known.name, known.meaning) for known in table.columns)
            for table in tables
        },
    }
    line = 0
    for title, entries in blocks.items():
        sheet.set_row(line, 1.6 * LINE_HEIGHT)
        sheet.write_string(line, 0, title, styles.title)
        for name, meaning in entries:
            line += 1
            sheet.set_row(line, ceil(len(meaning) / WIDTH) * LINE_HEIGHT)
            if name in there:
                sheet.write_url(line, 0, f"internal:'{name}'!A1", styles.link, string=name)
            else:
                sheet.write_string(line, 0, name, styles.plain)
            sheet.write_string(line, 1, meaning, styles.plain)
        line += 2
