"""The HTML file of the hub: data, styles, scripts and libraries in one page that loads nothing.

A Content-Security-Policy in the file lets the browser run exactly the scripts written here (by their SHA-256) and
fetch nothing: no text of an agreement can run or send data, whatever it contains. The data is JSON in a script element
that is never run; ``<`` is written as an escape in it, so that no text can end the element.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from analyzer.present.hub.chapters import passages_of
from analyzer.present.hub.data import hub_data
from analyzer.present.precedent_study import PrecedentStudy
from analyzer.present.templates import fill

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
    "precedents",
    "pins",
    "about",
    "narrow",
    "print",
)
SCRIPTS = (
    "dom",
    "messages",
    "data",
    "fold",
    "state",
    "query",
    "hays",
    "filter",
    "text",
    "cite",
    "styles",
    "sidebar",
    "searchbox",
    "export",
    "table",
    "table-parts",
    "detail",
    "print",
    "world",
    "network",
    "map",
    "overview",
    "periods",
    "chart",
    "chart-save",
    "series",
    "trends",
    "ratifications",
    "agreements",
    "outline",
    "bound",
    "agreement",
    "words",
    "compare",
    "groups",
    "precedents",
    "docx",
    "pins",
    "headline",
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
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def make_hub(study: PrecedentStudy, *, chapters: bool = False) -> str:
    """Return the hub of some results as HTML; the same results give the same page.

    Args:
        study: The results.
        chapters: Whether to read the files again, as far as they are there, for the whole text of labour chapters.
    """
    return hub_page(hub_data(study, passages_of(study) if chapters else {}))


def hub_page(data: Mapping[str, Any]) -> str:
    """Return the hub as HTML; the same data gives the same page.

    The template escapes every value but those that it marks as safe. These hold nothing that comes from an agreement,
    except the data, in which ``_json`` has escaped whatever could end its element.

    Args:
        data: What ``analyzer.present.hub.data.hub_data`` returns.
    """
    scripts = [*(_text("vendor", name) for name in LIBRARIES), _program()]
    return fill(
        FOLDER / "static" / "index.html.jinja",
        policy=POLICY.format(scripts=" ".join(_hash(script) for script in scripts)),
        styles="\n".join(_text("static/css", f"{name}.css") for name in STYLES),
        data=_json(data),
        world=_world(),
        notices=_notices(),
        scripts=scripts,
    )


@cache
def _program() -> str:
    """Return the scripts of ``static/js`` as one function, so that they share a scope and define no global name."""
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
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)
