"""The page that shows two versions: every provision with what was struck out and added."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.precedents.versions import STATUSES, counts
from analyzer.present.templates import fill

if TYPE_CHECKING:
    from analyzer.present.comparison import Comparison

TEMPLATE = Path(__file__).with_name("page.html.jinja")


def to_html(comparison: Comparison) -> str:
    """Return the page; the same comparison gives the same page."""
    return fill(
        TEMPLATE,
        old=comparison.old,
        new=comparison.new,
        fates=comparison.fates,
        counts=counts(comparison.fates),
        statuses=STATUSES,
    )
