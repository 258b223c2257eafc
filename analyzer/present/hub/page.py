"""Put data, styles, scripts and libraries into one HTML file that loads nothing from anywhere.

A Content-Security-Policy in the file lets the browser run exactly the scripts written here (by their SHA-256) and
fetch nothing: what an agreement says can neither run nor call home, whatever it contains. The data is JSON in a script
element that is never run; ``<`` is written as an escape in it, so that no text can end the element.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from analyzer.assemble.model_file import bundled_model
from analyzer.errors import ModelError
from analyzer.knowledge import Knowledge
from analyzer.present.columns import Row
from analyzer.present.hub.data import hub_data

FOLDER = Path(__file__).parent
STYLES = (
    "colours",
    "base",
    "controls",
    "filters",
    "table",
    "dialog",
    "map",
    "trends",
    "agreement",
    "compare",
    "about",
    "print",
)
SCRIPTS = (
    "dom",
    "data",
    "query",
    "state",
    "filter",
    "text",
    "cite",
    "sidebar",
    "export",
    "table",
    "detail",
    "print",
    "world",
    "map",
    "charts",
    "trends",
    "agreements",
    "agreement",
    "words",
    "compare",
    "about",
    "main",
)
"""Parts of the program in the order in which they are joined; they share one scope."""
LIBRARIES = {
    "d3.min.js": "d3",
    "plot.min.js": "plot",
    "topojson-client.min.js": "topojson-client",
    "diff.min.js": "diff",
    "write-excel-file.min.js": "write-excel-file",
}
"""Bundles in ``vendor/`` in the order in which they are loaded, with the stem of their licence."""
WORLD = "countries-50m.json", "world-atlas"

POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; worker-src blob:; "
    "base-uri 'none'; form-action 'none'"
)
"""``worker-src blob:``: the writer of workbooks compresses in a worker, which inherits this policy."""
_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def make_hub(tables: Mapping[str, Sequence[Row]], *, knowledge: Knowledge, version: str) -> str:
    """Return the hub of some tables as HTML, with what the bundled model says about its quality.

    Args:
        tables: Rows of ``provisions``, ``agreements``, ``ratifications`` and ``errors``.
        knowledge: Names and meanings of the categories.
        version: Version of the package.
    """
    return hub_page(hub_data(tables, knowledge=knowledge, version=version, quality=_quality()))


def _quality() -> Mapping[str, Any]:
    try:
        return bundled_model().about
    except ModelError:
        # What was found can be shown without the model that found it.
        return {}


def hub_page(data: Mapping[str, Any]) -> str:
    """Return the hub as HTML; the same data gives the same page.

    Args:
        data: What ``analyzer.present.hub.data.hub_data`` made.
    """
    libraries = [_text("vendor", name) for name in LIBRARIES]
    scripts = [*libraries, _program()]
    blocks = {
        "policy": escape(POLICY.format(scripts=" ".join(_hash(script) for script in scripts))),
        "styles": "\n".join(_text("static/css", f"{name}.css") for name in STYLES),
        "data": _json(data),
        "world": _world(),
        "notices": _notices(),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    parts = _text("static", "index.html").split("%%")
    # Odd parts are the names between the marks; nothing that is put in is looked at again.
    return "".join(blocks[part] if place % 2 else part for place, part in enumerate(parts))


@cache
def _program() -> str:
    """Return the scripts of ``static/js`` as one function, so that they share a scope and leave no global name."""
    joined = "\n".join(_text("static/js", f"{name}.js") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{joined}\n}})();\n'


@cache
def _world() -> str:
    return _json(json.loads(_text("vendor", WORLD[0])))


@cache
def _notices() -> str:
    return _json({stem: _text("vendor", f"{stem}.LICENSE").strip() for stem in (*LIBRARIES.values(), WORLD[1])})


@cache
def _text(folder: str, name: str) -> str:
    return (FOLDER / folder / name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode('ascii')}'"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_UNSAFE)
