"""The table of ILO instruments against a second listing, and against itself."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from analyzer.knowledge import load_knowledge
from analyzer.knowledge.instruments import KINDS, Instrument

LISTING = Path(__file__).with_name("ilo_listing.txt")
NUMBERED = {id: one for id, one in load_knowledge().instruments.items() if one.number}
FUNDAMENTAL = {
    "FOA": {"C087", "C098"}, "FL": {"C029", "C105", "P029"}, "CL": {"C138", "C182"}, "DISC": {"C100", "C111"},
    "OSH": {"C155", "C187"},
}  # fmt: skip


def listed() -> dict[str, tuple[int, str]]:
    found = {}
    for line in LISTING.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        year, _, entries = line.partition(": ")
        for entry in entries.split("; "):
            code, _, name = entry.partition(" ")
            found[f"{code[0]}{int(code[1:]):03}"] = int(year), name
    return found


def words(title: str) -> list[str]:
    """Return the words of a title without its kind and, for a Protocol, what it is a protocol to."""
    plain = re.sub(r"^Protocol of \d{4} to the (.*), \d{4}$", r"\1", title)
    return re.findall(r"[a-z]+", re.sub(r"\b(?:Convention|Recommendation)\b", "", plain).lower())


def test_every_row_agrees_with_the_second_listing() -> None:
    found = listed()
    assert set(found) == set(NUMBERED)
    differing = {
        id: (one.year, one.title(), found[id])
        for id, one in NUMBERED.items()
        if (one.year, words(one.title())) != (found[id][0], words(found[id][1]))
    }
    assert differing == {}


@pytest.mark.parametrize(("kind", "count"), [("Convention", 193), ("Recommendation", 209)])
def test_numbers_are_complete_and_years_never_fall(kind: str, count: int) -> None:
    rows = sorted((one for one in NUMBERED.values() if one.kind == kind), key=lambda one: one.number)
    assert [one.number for one in rows] == list(range(1, count + 1))
    assert all(earlier.year <= later.year for earlier, later in pairwise(rows))


def test_protocols_have_the_number_of_their_convention() -> None:
    protocols = [one for one in NUMBERED.values() if one.kind == "Protocol"]
    assert len(protocols) == 6
    for one in protocols:
        convention = NUMBERED[f"C{one.number:03}"]
        assert one.year > convention.year
        assert f"to the {convention.title()}, {convention.year}" in one.title()


def test_no_two_rows_have_the_same_title_and_year() -> None:
    assert max(Counter((one.title(), one.year) for one in NUMBERED.values()).values()) == 1


def test_the_fundamental_instruments_are_exactly_the_eleven() -> None:
    found: dict[str, set[str]] = {}
    for id, one in NUMBERED.items():
        if one.type == "fundamental":
            found.setdefault(one.principle, set()).add(id)
    assert found == FUNDAMENTAL
    governance = {id for id, one in NUMBERED.items() if one.type == "governance"}
    assert governance == {"C081", "C122", "C129", "C144", "P081"}


def test_a_language_has_no_title_twice_for_instruments_of_one_kind_and_year() -> None:
    seen: dict[tuple[str, str, int], str] = {}
    for id, one in NUMBERED.items():
        for language, title in set(one.titles):
            assert seen.setdefault((language, title.lower(), one.year), id) == id, title


def test_titles_name_their_kind() -> None:
    def names(one: Instrument, language: str, title: str) -> bool:
        nouns = {"en": one.kind, "fr": {"C": "Convention", "P": "Protocole", "R": "Recommandation"}[KINDS[one.kind]],
                 "es": {"C": "Convenio", "P": "Protocolo", "R": "Recomendación"}[KINDS[one.kind]]}  # fmt: skip
        return nouns[language].lower() in title.lower()

    assert all(names(one, language, one.title(language)) for one in NUMBERED.values() for language in dict(one.titles))
