"""Turn the rows of the tables into the compact JSON that the hub carries.

Rows become arrays whose fields the JSON itself names (``fields``), and words that come back again and again (chapters,
rules, files) are written once in ``words`` and pointed at, so that three hundred agreements stay a file one can mail.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path, PureWindowsPath
from typing import Any

from analyzer.knowledge import Knowledge
from analyzer.knowledge.labels import PILLARS, STRENGTH_NAMES
from analyzer.present.columns import PROVISION_COLUMNS, Row
from analyzer.present.hub.sides import sides_of, states_of
from analyzer.present.instrument_tables import said

COUNTRIES = Path(__file__).with_name("countries.csv")
"""ISO 3166-1 alpha-3 code, numeric code (that of the map's shapes), short name, and region as the ILO groups its
members. Some codes are of States that are no more or, as Kosovo's, not of ISO; they have no numeric code."""

POINTED = ("clause_id", "chapter", "article", "heading", "location")
"""Fields of a provision that point into ``words``."""
PLAIN = ("page_start", "page_end", "start", "end", "text", "strength", "confidence", "review")
LISTS = ("categories", "instruments")
PROVISION_FIELDS = ("agreement", *POINTED, *PLAIN, *LISTS, "evidence")
"""``agreement`` is the position in ``agreements``; pillars and principles follow from the categories."""
AGREEMENT_COPIED = (
    "agreement_id",
    "agreement",
    "date_signed",
    "date_in_force",
    "language",
    "source_file",
    "labour_chapter",
    "warnings",
)
AGREEMENT_FIELDS = (*AGREEMENT_COPIED, "states", "sides", "invoked", "ratified")
"""``states`` are the parties with groups expanded, ``sides`` the parties with groups put together; ``invoked`` the
instruments whose ratification is known, with how and how often they are invoked; ``ratified`` one digit for each State
and, within it, instrument: see ``RATIFIED``."""
RATIFIED = ("not known", "not ratified", "ratified later", "ratified at signature", "denounced")


class _Words:
    """Strings, each written once."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, word: str) -> int:
        return self._places.setdefault(word, len(self._places))

    def all(self) -> list[str]:
        return list(self._places)


def hub_data(
    tables: Mapping[str, Sequence[Row]],
    *,
    knowledge: Knowledge,
    version: str,
    quality: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what the hub shows, ready to be written as JSON; the same rows give the same data.

    Args:
        tables: Rows of ``provisions``, ``agreements``, ``ratifications`` and ``errors``.
        knowledge: Names and meanings of the categories.
        version: Version of the package.
        quality: What the model says about its making and its figures.
    """
    words = _Words()
    places = {row["agreement_id"]: place for place, row in enumerate(tables["agreements"])}
    codes = {code: place for place, code in enumerate(knowledge.categories)}
    bound: dict[str, list[Row]] = {}
    for row in tables["ratifications"]:
        bound.setdefault(row["agreement_id"], []).append(row)
    cited = {code for row in tables["provisions"] for code in row["instruments"]}
    cited |= {row["instrument"] for row in tables["ratifications"]}
    return {
        "about": {
            "version": version,
            "knowledge": knowledge.version,
            "quality": dict(quality or {}),
            "ratifications_as_of": max((row["ratifications_as_of"] for row in tables["ratifications"]), default=""),
            "columns": {column.name: column.meaning for column in PROVISION_COLUMNS},
        },
        "pillars": list(PILLARS.values()),
        "strengths": STRENGTH_NAMES,
        "categories": [
            [one.code, one.name, one.group, one.pillar, one.definition, int(one.principle)]
            for one in knowledge.categories.values()
        ],
        "instruments": {one.id: [one.title(), one.year] for one in knowledge.instruments.values() if one.id in cited},
        "sets": {id: one.title for id, one in knowledge.sets.by_id.items()},
        "countries": _countries(),
        "groups": {group.code: group.name for group in knowledge.states.groups.values()},
        "years": _years(tables["ratifications"]),
        "fields": {"agreements": AGREEMENT_FIELDS, "provisions": PROVISION_FIELDS},
        "agreements": [_agreement(row, bound.get(row["agreement_id"], []), knowledge) for row in tables["agreements"]],
        "provisions": [
            _provision(row, places, codes, words) for row in tables["provisions"] if row["agreement_id"] in places
        ],
        "errors": [[_name(row["file"]), row["reason"], row["kind"]] for row in tables["errors"]],
        "words": words.all(),
    }


def _agreement(row: Row, ratifications: Sequence[Row], knowledge: Knowledge) -> list[Any]:
    values = [row[field] for field in AGREEMENT_COPIED]
    values[AGREEMENT_COPIED.index("source_file")] = _name(row["source_file"])
    date = row["date_signed"] or row["date_in_force"]
    states = states_of(row["parties"], date, knowledge.states)
    invoked: dict[str, tuple[set[str], int]] = {}
    for one in ratifications:
        # "The Conventions which they have ratified" are others for each party: so the rows of an instrument may differ.
        how, mentions = invoked.get(one["instrument"], (set(), 0))
        invoked[one["instrument"]] = how | set(one["invoked"]), max(mentions, one["mentions"] or 0)
    facts = {(one["party"], one["instrument"]): one for one in ratifications}
    listed = sorted(invoked, key=knowledge.order_of)
    digits = "".join(str(_standing(facts.get((state, id)))) for state in states for id in listed)
    return [
        *values,
        states,
        sides_of(states, date, knowledge.states),
        [[id, sorted(invoked[id][0]), invoked[id][1]] for id in listed],
        digits,
    ]


def _name(file: str) -> str:
    """Return the name of a file alone: what is mailed must not tell how the sender's disk is arranged."""
    return PureWindowsPath(file).name


def _standing(fact: Row | None) -> int:
    """Return the place in ``RATIFIED`` of a row of ``ratifications``."""
    if fact is None or fact["now"] is None:
        return 0
    if not fact["now"]:
        return 4 if fact["denounced"] else 1
    return 3 if fact["at_signature"] else 2


def _years(ratifications: Sequence[Row]) -> dict[str, dict[str, str]]:
    """Return when each State ratified (and denounced) each instrument, as it is shown."""
    years: dict[str, dict[str, str]] = {}
    for row in ratifications:
        if row["ratified"]:
            years.setdefault(row["party"], {})[row["instrument"]] = said(row["ratified"], row["denounced"])
    return years


def _provision(row: Row, places: Mapping[str, int], codes: Mapping[str, int], words: _Words) -> list[Any]:
    return [
        places[row["agreement_id"]],
        *(words.place(row[field]) for field in POINTED),
        *(int(bool(row[field])) if field == "review" else row[field] for field in PLAIN),
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


@cache
def _countries() -> list[list[str]]:
    with COUNTRIES.open(encoding="utf-8", newline="") as file:
        return [[row["code"], row["number"], row["name"], row["region"]] for row in csv.DictReader(file)]
