"""Reads and checks the knowledge files that are nothing but lists of words.

They are ``structure.toml``, ``metadata.toml`` and ``words.toml``. A misspelt key or a forgotten bracket is reported
with the file, the table and the key, for whoever edited the list.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from analyzer.errors import KnowledgeError

Shape = Literal["a word", "a list of words", "twelve lists of words"]
"""What a key may hold."""
Tables = Mapping[str, Mapping[str, Shape] | Shape]
"""The tables of a file: the keys each must have, or what every key of it holds where they are free."""
_MONTHS = 12


def read_word_lists(file: Path, tables: Tables) -> dict[str, Any]:
    """Return the tables of a file of words.

    Args:
        file: A TOML file.
        tables: What it must hold, no more and no less.

    Raises:
        KnowledgeError: The file is missing or wrong; the message names the table and the key.
    """
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(str(error), file=file) from error
    if wrong := _differences("table", data, tables):
        raise KnowledgeError(wrong, file=file)
    for name, shapes in tables.items():
        table = data[name]
        if not isinstance(table, dict):
            raise KnowledgeError(f"[{name}] must be a table", file=file)
        if not isinstance(shapes, str) and (wrong := _differences("key", table, shapes)):
            raise KnowledgeError(f"[{name}] {wrong}", file=file)
        for key, value in table.items():
            shape = shapes if isinstance(shapes, str) else shapes[key]
            if not _has_shape(value, shape):
                raise KnowledgeError(f"[{name}] {key} must be {shape}", file=file)
    return data


def lists_of_words(*keys: str) -> dict[str, Shape]:
    """Return what a table holds whose keys are all lists of words."""
    return dict.fromkeys(keys, "a list of words")


def _differences(what: str, found: Mapping[str, object], wanted: Mapping[str, object]) -> str:
    """Return which names are unknown or lacking, in words; empty if none is."""
    lacking = [name for name in wanted if name not in found]
    for name in found:
        if name not in wanted:
            meant = get_close_matches(name, lacking, n=1)
            return f"has the unknown {what} {name}" + (f"; perhaps {meant[0]} is meant" if meant else "")
    return f"lacks the {what} {', '.join(lacking)}" if lacking else ""


def _has_shape(value: object, shape: Shape) -> bool:
    if shape == "a word":
        return isinstance(value, str) and bool(value.strip())
    if not isinstance(value, list) or not value:
        return False
    if shape == "a list of words":
        return all(_has_shape(word, "a word") for word in value)
    return len(value) == _MONTHS and all(_has_shape(words, "a list of words") for words in value)
