"""A comparison as one HTML page: no script, nothing loaded, every text escaped, fit for print."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analyzer.report.content import Report

FOLDER = Path(__file__).parent


def to_html(report: Report) -> str:
    """Return the page."""
    loader = FileSystemLoader(FOLDER)
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("page.html.jinja").render(report=report, subjects=report.subjects)
