"""``metadata.yml``, which tells Datasette what the tables and columns of the store mean."""

from __future__ import annotations

from pathlib import PurePath

from analyzer.collection.database import STORE
from analyzer.collection.schema import FOUND, RAW_INDEX
from analyzer.knowledge import Knowledge
from analyzer.present.provenance import Provenance
from analyzer.present.statistics import columns_of

METADATA = "metadata.yml"
"""The file; ``datasette lpa.sqlite -m metadata.yml`` reads it."""
_TABLES = {
    "provisions": "One row for each labour provision.",
    "agreements": "One row for each agreement.",
    "instruments": "One row for each mention of an ILO or other instrument.",
    "ratifications": "Who of the parties ratified what an agreement invokes.",
    "references": "What labour provisions refer to, one row for each reference.",
    "indicators": "What each agreement as a whole provides.",
    "indicator_evidence": "The clauses that justify the indicators.",
    "errors": "Files that could not be read, or not fully, with the reason.",
}
_FACETS = {
    "provisions": ["language", "strength", "location", "actor"],
    "agreements": ["language", "document_kind"],
    "instruments": ["instrument", "form"],
    "ratifications": ["party", "instrument"],
    "references": ["status"],
    "errors": ["kind"],
}


def metadata_text(knowledge: Knowledge, provenance: Provenance) -> str:
    """Return the content of ``metadata.yml``.

    Args:
        knowledge: Gives the columns.
        provenance: What made the tables.
    """
    import yaml

    tables = {}
    for name, columns in columns_of(knowledge).items():
        meanings = {column.name: column.meaning for column in columns}
        facets = [facet for facet in _FACETS.get(name, []) if facet in meanings]
        tables[name] = {"description": _TABLES.get(name, name), "columns": meanings, "facets": facets, "size": 50}
    tables[FOUND] = {
        "description": "The provisions, to be searched for words.",
        "columns": tables["provisions"]["columns"],
        "facets": tables["provisions"]["facets"],
        "fts_table": RAW_INDEX,
        "fts_pk": "id",
    }
    content = {
        "title": "Labour provisions of trade agreements",
        "source": provenance.citation,
        "databases": {PurePath(STORE).stem: {"tables": tables}},
    }
    written: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    return written
