"""A comparison as one HTML page: no script, nothing loaded, every text escaped, ready to print."""

from __future__ import annotations

from pathlib import Path

from analyzer.present.provenance import EVALUATION_HEADS
from analyzer.present.report.content import Report
from analyzer.present.templates import fill

TEMPLATE = Path(__file__).with_name("page.html.jinja")


def to_html(report: Report) -> str:
    """Return the page."""
    return fill(TEMPLATE, report=report, subjects=report.subjects, evaluation_heads=EVALUATION_HEADS)
