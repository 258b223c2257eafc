"""What an input is: its content, its name, and what a table beside it says about it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from analyzer.errors import AnalyzerError
from analyzer.knowledge import Knowledge
from analyzer.read.about.sidecar import load_sidecar
from analyzer.read.archive import split
from analyzer.read.file import bytes_of
from analyzer.read.remote import UrlPath
from analyzer.regular import open_regular

DIGITS = 16
"""Digits of the digest of what stands beside a file."""


def digest_of(path: Path, knowledge: Knowledge) -> str:
    """Return the digest of an input as it is now.

    Args:
        path: The file.
        knowledge: The States that a table beside the file may name.

    Returns:
        SHA-256 of the content, and a digest of the row about it in ``lpa-agreements.csv``; a sentence where it cannot
        be read.
    """
    try:
        return joined(content_of(path), path, knowledge)
    except AnalyzerError as error:
        return f"unreadable: {error.reason}"
    except OSError as error:
        return f"unreadable: {error.strerror or error}"


def joined(content: str, path: Path, knowledge: Knowledge) -> str:
    """Return the digest of an input whose content has a digest."""
    return f"{content}{_beside(path, knowledge)}"


def content_of(path: Path) -> str:
    """Return the SHA-256 of the content of a file, or of one in a zip archive.

    Raises:
        AnalyzerError: It cannot be read in its archive.
        OSError: It cannot be read.
    """
    if isinstance(path, UrlPath) or split(path) is not None:
        return hashlib.sha256(bytes_of(path)).hexdigest()
    with open_regular(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _beside(path: Path, knowledge: Knowledge) -> str:
    table = load_sidecar(path.parent, knowledge.states)
    row = table.rows.get(path.stem)
    if not (row or table.problem):
        return ""
    said = repr((table.name, table.problem, sorted((row or {}).items())))
    return f"+{hashlib.sha256(said.encode('utf-8', 'surrogateescape')).hexdigest()[:DIGITS]}"
