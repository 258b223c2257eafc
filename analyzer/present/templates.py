"""Fill the templates of HTML pages: every text is escaped, and a value that is missing is an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def fill(template: Path, **values: Any) -> str:
    """Return a page.

    Args:
        template: A Jinja template.
        values: What it names; text comes out escaped.
    """
    environment = Environment(
        loader=FileSystemLoader(template.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template.name).render(**values)
