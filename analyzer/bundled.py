"""What ships with the package: its version, sample agreements, gold labels, models."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from analyzer.errors import AnalyzerError

VERSION = version("labour-provision-analyzer")
"""Version of the installed package, written once, in ``pyproject.toml``."""
PACKAGE = Path(__file__).resolve().parent


def bundled(name: str, *, package: Path = PACKAGE) -> Path:
    """Return a data folder: ``<package>/_bundled/<name>`` of a wheel, else ``<package>/../<name>`` of a checkout.

    Args:
        name: Relative path, such as ``corpus/texts``.
        package: Folder of the installed package.

    Raises:
        AnalyzerError: It is in neither place; the message names both.
    """
    places = (package / "_bundled" / name, package.parent / name)
    for place in places:
        if place.is_dir():
            return place
    raise AnalyzerError(f"the bundled folder {name!r} is missing; looked at {places[0]} and {places[1]}")
