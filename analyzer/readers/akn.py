"""Read agreements marked up as Akoma Ntoso."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

from analyzer.types import Document


def read_akn(path: Path, root: Element) -> Document:
    """Read."""
    raise NotImplementedError
