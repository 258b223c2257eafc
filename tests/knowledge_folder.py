"""A folder of a user's own knowledge, for tests: files of the package with a change, or with new content."""

from __future__ import annotations

from pathlib import Path

from analyzer.knowledge.files import FOLDER

STATES = "iso3,number,region,ilo_member,name,names\n"
"""The header of ``states.csv``."""


def write(folder: Path, name: str, content: str) -> Path:
    """Write a file of the knowledge into a folder and return the folder."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return folder


def edit(folder: Path, name: str, old: str, new: str) -> Path:
    """Copy a file of the package into a folder with one change and return the folder."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert old in text
    return write(folder, name, text.replace(old, new, 1))
