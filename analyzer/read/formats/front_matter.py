"""The block of data in front of a Markdown text: what the file says of itself.

It is YAML between two lines of dashes, or TOML between two lines of plus signs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from analyzer.types import Metadata, Notice

MAX_CHARACTERS = 20_000
"""Longest block; real ones have some ten lines."""
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
"""The line that opens a block, and the lines that close it."""
_TITLES = ("title", "titre", "titulo", "título", "name")
_SIGNED = ("date_signed", "signed", "signature_date", "date_of_signature")
_IN_FORCE = ("date_in_force", "in_force", "entry_into_force", "date_of_entry_into_force")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a block of data says, and warnings."""

    about: Metadata = field(default_factory=Metadata)
    warnings: tuple[Notice, ...] = ()


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Return what the block in front of a text says, and the text without it."""
    lines = text[: MAX_CHARACTERS + len("---")].removeprefix("\ufeff").split("\n")
    fence = lines[0].rstrip()
    ends = _FENCES.get(fence, ())
    end = next((index for index, line in enumerate(lines) if index and line.rstrip() in ends), 0)
    if not end:
        return FrontMatter(), text
    read = _toml if fence == "+++" else _yaml
    values, problem = read("\n".join(line.rstrip("\r") for line in lines[1:end]))
    if not values and not problem:  # a rule above text and another below it
        return FrontMatter(), text
    notice = Notice("unread-properties", f"the properties in front of the text cannot be read: {problem}")
    body = text.split("\n", end + 1)[-1] if text.count("\n") > end else ""
    return FrontMatter(_about(values), (notice,) if problem else ()), body


def _yaml(block: str) -> tuple[dict[str, str], str]:
    """Return the values of a block of YAML by their names, in small letters, and what is wrong with it."""
    import yaml

    try:
        # Dates are read as they are written; a list is joined, a list of lists is not read.
        return _values(yaml.load(block, Loader=yaml.BaseLoader)), ""
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return {}, " ".join(str(error).split())[:200]


def _toml(block: str) -> tuple[dict[str, str], str]:
    """Return the values of a block of TOML by their names, in small letters, and what is wrong with it."""
    try:
        return _values(tomllib.loads(block)), ""
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return {}, " ".join(str(error).split())[:200]


def _values(loaded: object) -> dict[str, str]:
    if not isinstance(loaded, Mapping):
        return {}
    values: dict[str, str] = {}
    for name, value in loaded.items():
        several = value if isinstance(value, list) else [value]
        dated = [each.isoformat() if isinstance(each, date) else each for each in several]
        words = "; ".join(" ".join(each.split()) for each in dated if isinstance(each, str))
        if isinstance(name, str) and words:
            values[name.strip().lower().replace("-", "_").replace(" ", "_")] = words
    return values


def _about(values: Mapping[str, str]) -> Metadata:
    return Metadata(
        title=next((values[name] for name in _TITLES if name in values), ""),
        date_signed=_date(values, _SIGNED),
        date_in_force=_date(values, _IN_FORCE),
        extra={**{name: value for name, value in values.items() if name != "date"}, **_day(values)},
    )


def _day(values: Mapping[str, str]) -> dict[str, str]:
    """Return the date of the file, as it is written if it is no date."""
    day = _date(values, ("date",)) or values.get("date", "")
    return {"date": day} if day else {}


def _date(values: Mapping[str, str], names: tuple[str, ...]) -> str:
    """Return the first of some values that is a date, ISO 8601; empty if none is."""
    for name in names:
        for read in (date.fromisoformat, datetime.fromisoformat):
            try:
                return read(values.get(name, "")).isoformat()[:10]
            except ValueError:
                continue
    return ""
