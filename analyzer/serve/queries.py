"""Questions to a collection that stand ready in its web pages; each has its parameters filled in by the reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_QUOTED = "agreement, date_signed, article, heading, page_start, text, strength, agreement_id, clause_id"
_HAS = "EXISTS (SELECT 1 FROM json_each({column}) AS one WHERE one.value = :{name})"

QUERIES: Mapping[str, Mapping[str, Any]] = {
    "words": {
        "title": "Provisions with some words",
        "description": 'Exact words, without accents; "…" for a phrase.',
        "sql": (
            f"SELECT {_QUOTED} FROM provisions_search WHERE id IN "
            "(SELECT rowid FROM provisions_fts WHERE provisions_fts MATCH escape_fts(:words)) LIMIT 500"
        ),
    },
    "category": {
        "title": "Provisions of a category",
        "description": "By its code and, if one is given, by strength.",
        "sql": (
            f"SELECT {_QUOTED} FROM provisions WHERE {_HAS.format(column='categories', name='category')} "
            "AND (:strength = '' OR strength = :strength) ORDER BY date_signed, agreement_id LIMIT 500"
        ),
    },
    "party": {
        "title": "Agreements of a party",
        "description": "By its code, such as CAN.",
        "sql": (
            "SELECT agreement_id, agreement, date_signed, parties, provisions, binding_share FROM agreements "
            "WHERE ';' || parties || ';' LIKE '%;' || :party || ';%' ORDER BY date_signed LIMIT 500"
        ),
    },
    "instrument": {
        "title": "Provisions that name an instrument",
        "description": "By its id, such as C087.",
        "sql": (
            f"SELECT {_QUOTED} FROM provisions WHERE {_HAS.format(column='instruments', name='instrument')} "
            "ORDER BY date_signed, agreement_id LIMIT 500"
        ),
    },
    "years": {
        "title": "Agreements and labour provisions by year of signature",
        "sql": (
            "SELECT substr(date_signed, 1, 4) AS year, count(*) AS agreements, sum(provisions > 0) AS with_provisions, "
            "sum(provisions) AS provisions FROM agreements "
            "WHERE date_signed <> '' AND has_labour_provisions IS NOT NULL GROUP BY year ORDER BY year"
        ),
    },
}
"""By name; in the form of Datasette's metadata."""
