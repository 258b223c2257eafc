"""Write the tables as a workbook that a lawyer can open, filter, read and print.

Sheets: *Agreements*, *Provisions*, *Categories* (agreements × categories, each count a link to the first provision it
counts), *Instruments* and *Ratifications* (where those tables are given), *Trends*, *Codebook*, *Errors* and *About*,
which says what the columns mean. A cell of a workbook holds 32 767 characters at most; a longer text goes on, exactly,
in the columns ``text (continued 1)`` … of the same row, and the column ``note`` says so. No cell is a formula or a
guess at a number, and no link leads out of the workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.present.cells import Table
from analyzer.present.columns import Column
from analyzer.present.results import Results
from analyzer.present.workbook.about import write_about
from analyzer.present.workbook.cells import clean, make_styles, pieces
from analyzer.present.workbook.matrices import write_categories, write_ratifications
from analyzer.present.workbook.sheet import Links, place_of, write_table
from analyzer.present.workbook.trends import write_trends

__all__ = ["clean", "pieces", "write_workbook"]

CREATED = datetime(2000, 1, 1)
"""Written instead of the time of the run, so that the same tables make the same file."""


def write_workbook(path: Path, tables: Sequence[Table], *, knowledge: Knowledge, version: str) -> None:
    """Write tables, what can be read off them, codebook and explanations as an ``.xlsx`` workbook.

    Args:
        path: File to write.
        tables: ``provisions``, ``agreements``, ``errors`` and, if wanted, ``instruments`` and ``ratifications``, in any
            order.
        knowledge: Its categories become a sheet, its version is named.
        version: Version of the package.

    Raises:
        TableError: The file cannot be written.
    """
    named = {table.name: table for table in tables}
    agreements, provisions = named["agreements"], named["provisions"]
    study = Results(list(provisions.rows), list(agreements.rows), knowledge)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    try:
        with (
            path.open("wb") as file,
            TemporaryDirectory(prefix="lpa-") as scratch,
            xlsxwriter.Workbook(file, {**options, "tmpdir": scratch}) as book,
        ):
            book.set_properties({"title": "Labour provisions", "created": CREATED})
            styles = make_styles(book)
            write_table(
                book, agreements, styles, links=_to_provisions(provisions, agreements), folded={*knowledge.categories}
            )
            write_table(book, provisions, styles)
            write_categories(book, styles, agreements.rows, provisions.rows, knowledge)
            if "instruments" in named:
                write_table(book, named["instruments"], styles)
            if "ratifications" in named:
                write_ratifications(book, styles, named["ratifications"].rows)
            write_trends(book, styles, study)
            write_table(book, _codebook(knowledge), styles)
            write_table(book, named["errors"], styles)
            write_about(book, list(named.values()), styles, knowledge, version)
    except (XlsxWriterException, OSError) as error:
        raise TableError(f"the workbook cannot be written: {error}", file=path) from error


def _to_provisions(provisions: Table, agreements: Table) -> Links:
    """Return links from the number of an agreement's provisions to the first of them."""
    first: dict[str, int] = {}
    for number, row in enumerate(provisions.rows):
        first.setdefault(row["agreement_id"], number)
    return {
        (number, "provisions"): place_of("provisions", first[row["agreement_id"]])
        for number, row in enumerate(agreements.rows)
        if row["agreement_id"] in first
    }


def _codebook(knowledge: Knowledge) -> Table:
    columns = [Column(name, "text", "") for name in ("code", "name", "group", "pillar", "definition")]
    rows = [{column.name: getattr(known, column.name) for column in columns} for known in knowledge.categories.values()]
    return Table("codebook", columns, rows)
