"""Rows of ``provisions`` and ``agreements`` for fictional agreements, for the tests of precedents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analyzer.knowledge import load_knowledge
from analyzer.present.columns import PROVISION_COLUMNS, Row, agreement_columns
from analyzer.present.results import Results

EMPTY: Mapping[str, Any] = {"text": "", "integer": None, "number": None, "flag": None, "list": (), "evidence": ()}


def provision(agreement: str, clause: str, text: str, **values: Any) -> Row:
    """Return a row of ``provisions``."""
    row = {**{column.name: EMPTY[column.kind] for column in PROVISION_COLUMNS}, "location": "body"}
    given = {"agreement_id": agreement, "clause_id": clause, "text": text, "language": "en", "strength": "B"}
    return {**row, "start": 0, "end": len(text), "confidence": 1.0, "review": False, **given, **values}


def agreement(name: str, provisions: Sequence[Row]) -> Row:
    """Return the row of ``agreements`` that goes with some provisions."""
    knowledge = load_knowledge()
    row = {column.name: EMPTY[column.kind] for column in agreement_columns(knowledge)}
    own = [one for one in provisions if one["agreement_id"] == name]
    about = ("agreement", "parties", "date_signed", "date_in_force", "language")
    return {
        **row,
        "agreement_id": name,
        **{key: own[0][key] for key in about if own},
        **{code: sum(code in one["categories"] for one in own) for code in knowledge.categories},
        "has_labour_provisions": bool(own),
        "provisions": len(own),
        "review": 0,
        "binding_share": 1.0 if own else None,
    }


def results(rows: Iterable[Row]) -> Results:
    """Return the results that hold some provisions."""
    provisions = list(rows)
    names = dict.fromkeys(row["agreement_id"] for row in provisions)
    return Results(provisions, [agreement(name, provisions) for name in names], load_knowledge())


ENFORCE = "1. Each Party shall effectively enforce its labour laws through inspections by trained officials."
CORPUS = (
    provision("arle-bonn", "art-2/par-1", ENFORCE, date_signed="2001-05-01", parties="XAR;XBO"),
    provision("arle-bonn", "art-3", "Each Party shall prohibit the worst forms of child labour.",
              date_signed="2001-05-01", parties="XAR;XBO"),
    provision("bonn-corve", "art-9", "2. Each Party shall endeavour, as appropriate, to enforce its labor laws through "
              "inspections by trained officials.", date_signed="2010-02-03", parties="XBO;XCO", strength="E"),
    provision("corve-delta", "art-4", "Cada Parte prohibirá las peores formas de trabajo infantil.", language="es",
              parties="XCO;XDE"),
    provision("corve-delta", "art-5", "Cada Parte aplicará efectivamente su legislación laboral mediante inspecciones.",
              language="es", parties="XCO;XDE"),
)  # fmt: skip
"""Three agreements; the last one has no date."""
