"""The description of a run for other programs: ``ro-crate-metadata.json``, a Process Run Crate (RO-Crate 1.1).

It says the same as ``run.json`` and the table of agreements, from which alone it is made, in the terms of schema.org
that repositories and workflow tools read. An input is named by its content (``ni:``, RFC 6920): the crate does not hold
it, and a file keeps its name when it moves. The same run and rows give the same bytes.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from analyzer.errors import TableError
from analyzer.present.columns import Row
from analyzer.present.manifest import CRATE, FILES, RUN, RunRecord
from analyzer.present.provenance import PROGRAM, RULES_ALONE, recorded

CONTEXT = ["https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"]
CONFORMS = "https://w3id.org/ro/crate/1.1"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
ADDRESS = "ni:///sha-256;"
_KINDS = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
}
"""Media types by suffix; other files say none."""

Entity = dict[str, Any]


def crate_text(run: Mapping[str, Any], agreements: Iterable[Row]) -> str:
    """Return the text of ``ro-crate-metadata.json``.

    Args:
        run: The content of ``run.json``, with the list of its files.
        agreements: The rows of ``agreements``.
    """
    inputs, outputs = _inputs(agreements), _outputs(run)
    tools = _tools(run)
    parameters = _parameters(run)
    objects = [*inputs, *(entity for entity in tools if entity["@id"] in ("#knowledge", "#model")), *parameters]
    graph = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": CONFORMS},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": f"Labour provisions found by {PROGRAM}",
            "description": f"Tables of the labour provisions of {_read(run)}, each row with the words it was found by.",
            "datePublished": _word(run, "ended"),
            "license": {"@id": "#terms"},
            "conformsTo": {"@id": PROFILE},
            "hasPart": _references([*outputs, *inputs]),
            "mentions": {"@id": "#run"},
        },
        {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": PROFILE.rsplit("/", 1)[1]},
        {
            "@id": "#terms",
            "@type": "CreativeWork",
            "name": "Terms of the sources",
            "description": "The words that are quoted stay under the terms of the agreements' publishers.",
        },
        *tools,
        *parameters,
        *inputs,
        *outputs,
        {
            "@id": "#run",
            "@type": "CreateAction",
            "name": f"{PROGRAM} read {_read(run)}",
            "description": recorded(run).citation,
            "startTime": _word(run, "started"),
            "endTime": _word(run, "ended"),
            "actionStatus": "http://schema.org/CompletedActionStatus",
            "instrument": {"@id": "#program"},
            "object": _references(objects),
            "result": _references(outputs),
        },
    ]
    return json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def read_inputs(run: RunRecord) -> list[tuple[str, str, int]]:
    """Return name, SHA-256 and length of each file that a run read, as its crate says.

    Raises:
        TableError: The crate is missing, was changed, or names no such things.
    """
    path = run.folder / CRATE
    try:
        graph = json.loads(run.read(CRATE))["@graph"]
        read = [entity for entity in graph if str(entity["@id"]).startswith(ADDRESS)]
        return [
            (str(name), str(entity["sha256"]), int(entity["contentSize"]))
            for entity in read
            for name in ([entity["name"]] if isinstance(entity["name"], str) else entity["name"])
        ]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise TableError("is no description of a run", file=path) from None


def address_of(sha256: str) -> str:
    """Return the name of a content by its digest (RFC 6920).

    Examples:
        >>> address_of("7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069")
        'ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk'
    """
    return ADDRESS + urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")


def _inputs(agreements: Iterable[Row]) -> list[Entity]:
    """Return the files that were read; files of the same content are one, with several names."""
    entities: dict[str, Entity] = {}
    for row in agreements:
        if not row["source_sha256"]:
            continue
        new = {"@type": "File", "name": [], "contentSize": str(row["source_bytes"]), "sha256": row["source_sha256"]}
        address = address_of(row["source_sha256"])
        entities.setdefault(address, {"@id": address, **new})["name"].append(row["source_file"])
    for entity in entities.values():
        if len(entity["name"]) == 1:
            entity["name"] = entity["name"][0]
    return list(entities.values())


def _outputs(run: Mapping[str, Any]) -> list[Entity]:
    files = {name: mark for name, mark in run.get(FILES, {}).items() if name != CRATE}
    return [*(_output(name, mark) for name, mark in files.items()), _output(RUN, {})]


def _output(name: str, mark: Mapping[str, Any]) -> Entity:
    size = {"contentSize": str(mark["bytes"]), "sha256": mark["sha256"]} if mark else {}
    kind = _KINDS.get(name.rpartition(".")[2])
    return {"@id": quote(name), "@type": "File", "name": name, **({"encodingFormat": kind} if kind else {}), **size}


def _tools(run: Mapping[str, Any]) -> list[Entity]:
    """Return the program, what it needs, its knowledge and its model."""
    made_by = recorded(run)
    versions = {"Python": run.get("python"), **_mapping(run.get("libraries"))}
    needed = [
        {"@id": f"#software-{quote(name)}", "@type": "SoftwareApplication", "name": name, "softwareVersion": version}
        for name, version in versions.items()
        if isinstance(version, str)
    ]
    program = {
        "@id": "#program",
        "@type": "SoftwareApplication",
        "name": PROGRAM,
        "softwareVersion": made_by.package,
        "softwareRequirements": _references(needed),
    }
    knowledge = {"@id": "#knowledge", "@type": "CreativeWork", "name": "Knowledge", "version": made_by.knowledge}
    if made_by.model in ("", RULES_ALONE):
        return [program, *needed, knowledge]
    model = {"@id": "#model", "@type": "CreativeWork", "name": f"Model {made_by.model}", "version": made_by.digest}
    return [program, *needed, knowledge, model]


def _parameters(run: Mapping[str, Any]) -> list[Entity]:
    given = _mapping(run.get("arguments"))
    return [
        {"@id": f"#parameter-{quote(name)}", "@type": "PropertyValue", "name": name, "value": value}
        for name, value in given.items()
        if value not in ("", [], None)
    ]


def _read(run: Mapping[str, Any]) -> str:
    counts = _mapping(run.get("counts"))
    failed = f"; {counts['failed']} failed, see the table errors" if counts.get("failed") else ""
    return f"{counts.get('agreements', 0)} agreements in {counts.get('files', 0)} files{failed}"


def _references(entities: Iterable[Entity]) -> list[Entity]:
    return [{"@id": entity["@id"]} for entity in entities]


def _word(run: Mapping[str, Any], key: str) -> str:
    return value if isinstance(value := run.get(key), str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
