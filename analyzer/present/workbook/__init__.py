"""The tables as a workbook that a lawyer can open, filter, read and print.

Sheets: *About*, which explains the others and their columns and says how good the model is that made the tables;
*Headline figures*, *Agreements*, *Provisions* (the columns that are read on paper first, in small print, the others
folded away behind them), *Categories* (agreements × categories, each count a link to the first provision that it
counts), *Indicators* (agreements × indicators, each value a link to its clauses in *Indicator evidence*),
*Ratification gaps*, *Ratifications*, *Instruments*, *Indicator evidence*, *References*, *Families*, *Trends*,
*Codebook* and *Errors*. A cell of a workbook holds 32 767 characters at most; a longer text continues, exactly, in the
columns ``text (continued 1)`` … of the same row, and the column ``note`` says so. No text becomes a formula or a
number, and no link leads out of the workbook.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.present.cells import CREATED, Table
from analyzer.present.columns import Column
from analyzer.present.seen import seen_in, with_reasons_in
from analyzer.present.statistics import Statistics
from analyzer.present.workbook.about import write_about
from analyzer.present.workbook.categories import write_categories
from analyzer.present.workbook.cells import make_styles
from analyzer.present.workbook.headline import write_headline
from analyzer.present.workbook.indicators import links_to_clauses, write_indicators
from analyzer.present.workbook.ratifications import write_gaps, write_ratifications
from analyzer.present.workbook.sheet import Links, link_to_row, write_table
from analyzer.present.workbook.trends import write_trends
from analyzer.types import Language

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_workbook(path: Path, study: Statistics, language: Language = "en") -> None:
    """Write results, with what can be read off them, the codebook and explanations, as an ``.xlsx`` workbook.

    Args:
        path: File to write.
        study: The results.
        language: Language of headings, names, definitions and reasons; names of sheets and notes are in English.

    Raises:
        TableError: The file cannot be written.
    """
    study = seen_in(study, language)
    tables, knowledge = study.tables(), study.knowledge
    labels = knowledge.labels
    provisions, agreements, instruments, ratifications, references, _, evidence, families, errors = tables
    links = _to_provisions(provisions, agreements)
    try:
        with (
            path.open("wb") as file,
            TemporaryDirectory(prefix="lpa-") as scratch,
            xlsxwriter.Workbook(file, {**OPTIONS, "tmpdir": scratch}) as book,
        ):
            book.set_properties({"title": "Labour provisions", "created": CREATED})
            styles = make_styles(book)
            about = book.add_worksheet("About")
            write_headline(book, styles, study)
            write_table(book, agreements, styles, labels, links=links)
            write_table(book, _with_reasons(provisions, study), styles, labels)
            write_categories(book, styles, study)
            write_indicators(book, styles, study)
            write_gaps(book, styles, study)
            write_ratifications(book, styles, ratifications.rows, labels)
            write_table(book, instruments, styles, labels)
            write_table(book, evidence, styles, labels, links=links_to_clauses(evidence, provisions))
            write_table(book, references, styles, labels)
            write_table(book, families, styles, labels)
            write_trends(book, styles, study)
            write_table(book, _codebook(knowledge), styles, labels)
            write_table(book, errors, styles, labels)
            write_about(book, about, styles, tables, study)
    except (XlsxWriterException, OSError) as error:
        raise TableError(f"the workbook cannot be written: {error}", file=path) from error


def _with_reasons(provisions: Table, study: Statistics) -> Table:
    """Return the provisions with the reasons for a review in the language of the labels."""
    if study.knowledge.labels is study.knowledge.all_labels["en"]:
        return provisions
    rows = [with_reasons_in(row, study) for row in provisions.rows]
    return Table(provisions.name, provisions.columns, rows)


def _to_provisions(provisions: Table, agreements: Table) -> Links:
    """Return links from the number of an agreement's provisions to the first of them."""
    first: dict[str, int] = {}
    for number, row in enumerate(provisions.rows):
        first.setdefault(row["agreement_id"], number)
    return {
        (number, "provisions"): link_to_row("provisions", first[row["agreement_id"]])
        for number, row in enumerate(agreements.rows)
        if row["agreement_id"] in first
    }


def _codebook(knowledge: Knowledge) -> Table:
    columns = [Column(name, "text", "") for name in ("code", "name", "group", "pillar", "definition")]
    rows = [
        {column.name: getattr(category, column.name) for column in columns}
        for category in knowledge.categories.values()
    ]
    return Table("codebook", columns, rows)
