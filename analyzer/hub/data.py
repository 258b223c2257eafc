"""Turn the rows of the tables into the compact JSON that the hub carries.

Rows become arrays whose fields the JSON itself names (``fields``), and words that come back again and again (chapters,
rules, files) are written once in ``words`` and pointed at, so that three hundred agreements stay a file one can mail.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analyzer import knowledge as known
from analyzer.knowledge import Knowledge
from analyzer.tables import ERROR_COLUMNS, PILLARS, PROVISION_COLUMNS, Row, agreement_columns

COUNTRIES = Path(__file__).with_name("countries.csv")
"""ISO 3166-1 alpha-3 code, numeric code (that of the map's shapes), short name, and region as the ILO groups its
members. Some codes are of States that are no more or, as Kosovo's, not of ISO; they have no numeric code."""

STRENGTHS = {"B": "Binding", "E": "Best endeavour", "H": "Hortatory", "P": "Permissive", "D": "Descriptive"}
"""Names of the values of ``strength``, strongest first."""

POINTED = ("clause_id", "chapter", "article", "heading", "location")
"""Fields of a provision that point into ``words``."""
PLAIN = ("page_start", "page_end", "start", "end", "text", "strength", "confidence", "review")
LISTS = ("categories", "instruments")
PROVISION_FIELDS = ("agreement", *POINTED, *PLAIN, *LISTS, "evidence")
"""``agreement`` is the position in ``agreements``; pillars and principles follow from the categories."""
AGREEMENT_FIELDS = (
    "agreement_id",
    "agreement",
    "parties",
    "date_signed",
    "date_in_force",
    "language",
    "source_file",
    "labour_chapter",
    "binding_share",
    "warnings",
)


@dataclass(frozen=True, slots=True)
class Results:
    """The rows of an analysis."""

    provisions: Sequence[Row]
    agreements: Sequence[Row]
    errors: Sequence[Row]


class _Words:
    """Strings, each written once."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, word: str) -> int:
        return self._places.setdefault(word, len(self._places))

    def all(self) -> list[str]:
        return list(self._places)


def hub_data(
    results: Results, knowledge: Knowledge, *, version: str, quality: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return what the hub shows, ready to be written as JSON; the same rows give the same data.

    Args:
        results: The rows.
        knowledge: Names and meanings of the categories.
        version: Version of the package.
        quality: What the model says about its making and its figures.
    """
    words = _Words()
    places = {row["agreement_id"]: place for place, row in enumerate(results.agreements)}
    codes = {code: place for place, code in enumerate(knowledge.categories)}
    provisions = [_provision(row, places, codes, words) for row in results.provisions if row["agreement_id"] in places]
    cited = {code for row in results.provisions for code in row["instruments"]}
    return {
        "about": {
            "version": version,
            "knowledge": knowledge.version,
            "quality": dict(quality or {}),
            "columns": {
                name: [[column.name, column.meaning] for column in columns if column.name not in codes]
                for name, columns in (
                    ("provisions", PROVISION_COLUMNS),
                    ("agreements", agreement_columns(knowledge)),
                    ("errors", ERROR_COLUMNS),
                )
            },
        },
        "pillars": list(PILLARS.values()),
        "strengths": STRENGTHS,
        "categories": [
            [one.code, one.name, one.group, one.pillar, one.definition, int(one.principle)]
            for one in knowledge.categories.values()
        ],
        "instruments": {code: title for code, title in _instrument_titles().items() if code in cited},
        "countries": _countries(),
        "fields": {"agreements": AGREEMENT_FIELDS, "provisions": PROVISION_FIELDS},
        "agreements": [[_agreement_value(row, field) for field in AGREEMENT_FIELDS] for row in results.agreements],
        "provisions": provisions,
        "errors": [[row["file"], row["reason"], row["kind"]] for row in results.errors],
        "words": words.all(),
    }


def _provision(row: Row, places: Mapping[str, int], codes: Mapping[str, int], words: _Words) -> list[Any]:
    return [
        places[row["agreement_id"]],
        *(words.place(row[field]) for field in POINTED),
        *(int(row[field]) if field == "review" else row[field] for field in PLAIN),
        [codes[code] for code in row["categories"]],
        list(row["instruments"]),
        [
            [
                codes[entry["category"]],
                int(entry["given"]),
                words.place(entry["source"]),
                words.place(entry["rule"]),
                entry["words"],
                entry["confidence"],
            ]
            for entry in row["evidence"]
        ],
    ]


def _agreement_value(row: Row, field: str) -> Any:
    if field == "parties":
        return [party for party in row["parties"].split(";") if party]
    if field == "source_file":
        # The name alone: a file that is mailed must not tell how the sender's disk is arranged.
        return Path(row["source_file"]).name
    return list(row[field]) if isinstance(row[field], tuple) else row[field]


@cache
def _countries() -> list[list[str]]:
    with COUNTRIES.open(encoding="utf-8", newline="") as file:
        return [[row["code"], row["number"], row["name"], row["region"]] for row in csv.DictReader(file)]


@cache
def _instrument_titles() -> dict[str, list[str]]:
    """Return title and year of each instrument of the catalogue."""
    titles = {}
    for name, key in (("instruments.csv", "code"), ("declarations.csv", "id")):
        for row in _read(known.FOLDER / name):
            titles[row[key]] = [row["title_en"] or row["title_es"] or row["title_fr"], row["year"]]
    return titles


def _read(path: Path) -> Iterable[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
