"""Figures that others have published, for comparison (``published.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.knowledge.schema_published import PublishedTables


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A published share of trade agreements with labour provisions.

    Attributes:
        id: Its name.
        first: First year of conclusion that it is about.
        last: Last year.
        share: The share, 0 to 1.
        about: Whether it is an approximation.
        source: Where it was published.
        link: Its address on the web.
    """

    id: str
    first: int
    last: int
    share: float
    about: bool
    source: str
    link: str


@dataclass(frozen=True, slots=True)
class Published:
    """Published figures, and for each language of readers why those of a folder differ."""

    figures: tuple[PublishedFigure, ...]
    differences: Mapping[str, tuple[str, ...]]


def make_published(tables: PublishedTables) -> Published:
    """Return the figures of ``published.toml``."""
    return Published(
        tuple(PublishedFigure(id, **dict(entry)) for id, entry in tables.figures.items()),
        {language: tuple(reasons) for language, reasons in dict(tables.differences).items()},
    )
