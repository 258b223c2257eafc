"""The words of provisions as a report quotes them: each once, under its lead-in, with a note that gives its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzer.present.cells import shorten
from analyzer.present.columns import Row
from analyzer.present.report.places import cite_pages, cite_place

LONGEST = 500
"""Most characters of a clause that are quoted."""
LEAD = 160
"""Most characters of a lead-in that are repeated above an item."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a provision.

    Attributes:
        lead: The beginning of the lead-in of a list item; empty where the quote before it has the same lead-in.
        text: The words; a shortened text ends in ``[…]``.
        note: Number of the note that gives the source.
        source: The text of that note.
        language: Language of the words.
        review: Whether a person should check the provision.
    """

    lead: str
    text: str
    note: int
    source: str
    language: str
    review: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What one agreement says with one strength on one category.

    Attributes:
        quotes: The provisions that are quoted here.
        again: Those that were quoted under a category before: place in the agreement, and number of the note there.
    """

    quotes: tuple[Quote, ...] = ()
    again: tuple[tuple[str, int], ...] = ()

    @property
    def is_empty(self) -> bool:
        """True if it says nothing."""
        return not (self.quotes or self.again)


class Quoter:
    """Makes quotes and numbers their notes; a provision is quoted once, and later refers to that note."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._number = 0
        self._quoted_at: dict[tuple[str, str], int] = {}
        self._cited: set[str] = set()

    def cell(self, rows: Sequence[Row]) -> Cell:
        """Return a cell with provisions in reading order; those that were quoted before are only pointed at."""
        quotes, again, above = [], [], ""
        for row in rows:
            if note := self._quoted_at.get((row["agreement_id"], row["clause_id"])):
                again.append((cite_place({**row, "heading": ""}), note))
                continue
            lead = row["lead_in"]
            quotes.append(self._quote(row, "" if lead == above else shorten(" ".join(lead.split()), LEAD)))
            # An item that follows its lead-in, or another item of it, needs no lead-in again.
            above = lead or row["text"]
        return Cell(tuple(quotes), tuple(again))

    def _quote(self, row: Row, lead: str) -> Quote:
        self._number += 1
        self._quoted_at[row["agreement_id"], row["clause_id"]] = self._number
        whole = " ".join(row["text"].split())
        text = shorten(whole, LONGEST)
        remark = "shortened here" if text != whole else ""
        parts = (self._cite(row), cite_place(row), cite_pages(row), remark)
        source = ", ".join(part for part in parts if part) + "."
        return Quote(lead, text, self._number, source, row["language"], bool(row["review"]))

    def _cite(self, row: Row) -> str:
        """Return the name of the agreement, the first time with its title and date."""
        name, title = self._names[row["agreement_id"]], " ".join(row["agreement"].split())
        if row["agreement_id"] in self._cited or not title or name.startswith(title):
            return name
        self._cited.add(row["agreement_id"])
        signed = f", signed {row['date_signed']}" if row["date_signed"] else ""
        return f"{title}{signed} (“{name}”)"
