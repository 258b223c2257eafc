"""Titles of agreements as readers want them: in sentence case, short, and with the parties that they name."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from analyzer.knowledge.states import States

LONGEST = 52
"""Most characters of a title that is its own short name."""
LEAST_NAME = 4
"""Fewest letters of a word in capitals that is no abbreviation."""
_WORD = re.compile(r"[^\W\d_]+(?:[-’'.][^\W\d_]+)*", re.UNICODE)


@cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    with (Path(__file__).parent / "titles.toml").open("rb") as file:
        return tomllib.load(file)


def _of(language: str) -> Mapping[str, Any]:
    return _words().get(language, _words()["en"])


def sentence_case(title: str, language: str, known: States) -> str:
    """Return a title in sentence case: common words small, names with a capital, names of groups as they are written.

    Args:
        title: The title as printed, often in capitals.
        language: Its language, ISO 639-1.
        known: States and groups, whose names and codes keep their capitals.
    """
    small = set(_of(language)["small"].split())
    plain = " ".join(title.split())

    head = len(_before_parties(plain, language)) % len(plain or " ")
    shouted = 2 * sum(letter.isupper() for letter in plain) > sum(letter.isalpha() for letter in plain)

    def written(found: re.Match[str]) -> str:
        word = found[0]
        # "Economic" in the name of a party keeps the capital that it was given.
        if word.casefold() in small and (word.isupper() or found.start() < head):
            return word.lower()
        if shouted and len(word) >= LEAST_NAME and word.isupper() and word not in known.groups and "." not in word:
            return "-".join(part.capitalize() for part in word.split("-"))
        return word

    made = _WORD.sub(written, plain)
    for name in _proper_names(known):
        made = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", name, made, flags=re.IGNORECASE)
    return made[:1].upper() + made[1:]


@cache
def _names_of(groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({name for name in groups if " " in name}, key=len, reverse=True))


def _proper_names(known: States) -> tuple[str, ...]:
    return _names_of(
        tuple(group.name for group in known.groups.values()) + tuple(place.name for place in known.places.values())
    )


def parties_in(title: str, language: str) -> list[str]:
    """Return the names of the parties that a title in sentence case gives, without the form of their State.

    Args:
        title: For instance "Free trade agreement between Borland and the Republic of Quillaya".
        language: Its language, ISO 639-1.
    """
    words = _of(language)
    parts = re.split(rf"\b(?:{'|'.join(words['between'])})\b", title, maxsplit=1, flags=re.IGNORECASE)
    if len(parts) < 2:
        return []
    named = parts[1]
    for tail in words["tails"]:
        named = re.sub(rf",?\s*\b{re.escape(tail)}\b,?", "", named, flags=re.IGNORECASE)
    conjunctions = "|".join(rf"\s{one}\s" for one in words["and"])
    names = [_plain_name(name, words["forms"]) for name in re.split(rf",|{conjunctions}", named)]
    return [name for name in names if name and name[0].isupper() and len(name) <= LONGEST]


def _plain_name(name: str, forms: Sequence[str]) -> str:
    name = name.strip(" .;:()")
    changed = True
    while changed:
        changed = False
        for form in sorted(forms, key=len, reverse=True):
            if name.casefold().startswith(f"{form} "):
                name, changed = name[len(form) :].strip(), True
    return re.sub(r"^(?:l'|l’|d'|d’)", "", name, flags=re.IGNORECASE)


def short_names(titles: Sequence[str], sides: Sequence[Sequence[str]], languages: Sequence[str]) -> list[str]:
    """Return a short name for each agreement: its title if that is short, else its parties; all differ where they can.

    Args:
        titles: Titles in sentence case.
        sides: Names of the parties of each.
        languages: Language of each.
    """
    short = [_short(title, names) for title, names in zip(titles, sides, strict=True)]
    often = Counter(short)
    return [
        f"{name}: {_head(title, language)}" if often[name] > 1 and name != title and _head(title, language) else name
        for name, title, language in zip(short, titles, languages, strict=True)
    ]


def _short(title: str, names: Sequence[str]) -> str:
    if len(title) <= LONGEST:
        return title
    joined = "–".join(names)
    if 2 <= len(names) <= 3 and len(joined) <= LONGEST:
        return joined
    cut = title[: LONGEST - 1].rsplit(" ", 1)[0]
    return f"{cut} …"


def _head(title: str, language: str) -> str:
    """Return what a title says before its parties, such as "Agreement on labour cooperation"."""
    head = _before_parties(title, language).strip()
    return head[:1].lower() + head[1:] if len(head) < len(title.strip()) else ""


def _before_parties(title: str, language: str) -> str:
    return re.split(rf"\b(?:{'|'.join(_of(language)['between'])})\b", title, maxsplit=1, flags=re.IGNORECASE)[0]
