"""Results in the names of another coding scheme.

A scheme is a CSV file with the columns ``name`` (of an item of the scheme), ``source`` (what it is here: ids of
indicators or codes of categories, joined by ``|``) and, if wanted, ``definition``. Semicolons may separate the cells.
The value of an item is the highest of its sources: the value of an indicator, and 1 for a category that any provision
has.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.present.cells import Table
from analyzer.present.columns import AGREEMENT, Column, Row
from analyzer.present.statistics import Statistics

FOLDER = Path(__file__).with_name("schemes")
"""The schemes that ship with the package, by name of file."""
OURS = "indicators"
"""Name of the scheme whose items are our indicators."""
COLUMNS = ("name", "source", "definition")
MAX_BYTES = 5_000_000
ABOUT = ("agreement_id", "agreement", "parties", "date_signed")
MOST_QUOTED = 3
"""Clauses that are quoted as evidence for each item."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a scheme.

    Attributes:
        name: Its name.
        sources: Ids of indicators and codes of categories, any of which gives its value.
        definition: What it asks, for the reader.
    """

    name: str
    sources: tuple[str, ...]
    definition: str


def known_schemes() -> list[str]:
    """Return the names of the schemes that need no file."""
    return [OURS, *sorted(path.stem for path in FOLDER.glob("*.csv"))]


def load_scheme(scheme: str | Path, knowledge: Knowledge) -> tuple[Item, ...]:
    """Return the items of a scheme.

    Args:
        scheme: A name of ``known_schemes``, or a CSV file.
        knowledge: The indicators and categories that it may name.

    Raises:
        TableError: The file is missing or wrong; the message names the row.
    """
    if str(scheme) == OURS:
        return tuple(Item(one.name, (id,), one.definition) for id, one in knowledge.indicators.entries.items())
    shipped = FOLDER / f"{scheme}.csv"
    path = shipped if str(scheme) in known_schemes() else Path(scheme)
    rows = _rows(path)
    header = tuple(cell.strip().lower() for cell in rows[0]) if rows else ()
    if header not in (COLUMNS, COLUMNS[:2]):
        raise TableError("the columns must be name, source and, if wanted, definition", file=path)
    items: dict[str, Item] = {}
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise TableError(f"row {number} has {len(cells)} cells, not {len(header)}", file=path)
        item = _item(cells, number, path, knowledge)
        if item.name in items:
            raise TableError(f"row {number}: {item.name!r} is named twice", file=path)
        items[item.name] = item
    if not items:
        raise TableError("has no items", file=path)
    return tuple(items.values())


def scheme_table(study: Statistics, items: Sequence[Item], agreements: Sequence[str] = ()) -> Table:
    """Return one row per agreement with the value of each item, and the evidence of all of them in one column.

    Args:
        study: The results.
        items: The items.
        agreements: Ids of the agreements to show; all if empty.
    """
    about = tuple(column for column in AGREEMENT if column.name in ABOUT)
    columns = (
        *about,
        *(Column(item.name, "integer", item.definition) for item in items),
        Column("evidence", "text", "The clauses that justify each value, with the words that count."),
    )
    counted = {row["agreement_id"]: row for row in study.analysed_rows}
    evidence = _evidence(study)
    rows = []
    for row in study.indicator_rows:
        agreement_id = row["agreement_id"]
        if agreements and agreement_id not in agreements:
            continue
        values = {item.name: _value(item, row, counted.get(agreement_id)) for item in items}
        quoted = (_quote(item, agreement_id, evidence) for item in items if values[item.name])
        shown = {column.name: row[column.name] for column in about}
        rows.append({**shown, **values, "evidence": "; ".join(filter(None, quoted))})
    return Table("scheme", columns, rows)


def _rows(path: Path) -> list[list[str]]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise TableError("is too large for a scheme", file=path)
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise TableError(f"there is no such scheme; choose {', '.join(known_schemes())} or a file", file=path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"cannot be read: {error}", file=path) from error
    first = text.partition("\n")[0]
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True))
    except csv.Error as error:
        raise TableError(str(error), file=path) from error


def _item(cells: Sequence[str], number: int, path: Path, knowledge: Knowledge) -> Item:
    name, written, *rest = (" ".join(cell.split()) for cell in cells)
    sources = tuple(source.strip() for source in written.split("|") if source.strip())
    if not name or not sources:
        raise TableError(f"row {number} needs a name and a source", file=path)
    if name in (*ABOUT, "evidence"):
        raise TableError(f"row {number}: {name!r} is the name of a column of its own", file=path)
    known = {*knowledge.indicators.entries, *knowledge.categories}
    unknown = [source for source in sources if source not in known]
    if unknown:
        raise TableError(f"row {number}: {unknown[0]!r} is neither an indicator nor a category", file=path)
    return Item(name, sources, rest[0] if rest else "")


def _value(item: Item, row: Row, counts: Row | None) -> int | None:
    """Return the highest value of the sources; ``None`` where the agreement is in a language that is not supported."""
    if counts is None:
        return None
    values = [row[source] if source in row else int(bool(counts[source])) for source in item.sources]
    return max((value for value in values if value is not None), default=None)


Evidence = dict[tuple[str, str], list[tuple[str, str]]]
"""Address and words, by agreement and indicator or category."""


def _evidence(study: Statistics) -> Evidence:
    found: Evidence = {}
    for row in study.evidence_rows:
        found.setdefault((row["agreement_id"], row["indicator"]), []).append((row["clause_id"], row["words"]))
    for row in study.provision_rows:
        for code in row["categories"]:
            found.setdefault((row["agreement_id"], code), []).append((row["clause_id"], row["text"]))
    return found


def _quote(item: Item, agreement_id: str, evidence: Evidence) -> str:
    """Return the evidence of an item as text: ``name: clause “words”, clause “words”``."""
    places = dict(place for source in item.sources for place in evidence.get((agreement_id, source), ()))
    quoted = [f"{clause} “{' '.join(words.split())[:80]}”" for clause, words in list(places.items())[:MOST_QUOTED]]
    more = f" and {len(places) - MOST_QUOTED} more" if len(places) > MOST_QUOTED else ""
    return f"{item.name}: {', '.join(quoted)}{more}" if quoted else ""
