"""Who is a party, and who has ratified what: groups at their date, dates of any precision, honest ignorance."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer import ratifications
from analyzer.errors import AnalyzerError, KnowledgeError
from analyzer.knowledge import load_knowledge
from analyzer.knowledge.ratifications import Ratification
from analyzer.knowledge.states import Party, earlier
from tests.knowledge_folder import edit

STATES = load_knowledge().states

NO_MEMBERS = {"LIE", "MSR", "BTN"}
"""Members of the groups that are no member States of the ILO."""


def codes(group: str, date: str = "") -> list[str]:
    return [party.code for party in STATES.expand((group,), date)]


@pytest.mark.parametrize(
    ("group", "date", "count", "within", "without"),
    [
        ("EU", "1963-07-20", 6, "FRA", "GBR"),
        ("EU", "1994-12-31", 12, "GBR", "AUT"),
        ("EU", "1995-01-01", 15, "AUT", "POL"),
        ("EU", "2004-04-30", 15, "SWE", "POL"),
        ("EU", "2004-05-01", 25, "POL", "BGR"),
        ("EU", "2012-06-26", 27, "BGR", "HRV"),
        ("EU", "2013-07-01", 28, "HRV", "NOR"),
        ("EU", "2020-02-01", 27, "HRV", "GBR"),
        ("EU", "", 27, "HRV", "GBR"),
        ("EFTA", "1970-01-01", 7, "GBR", "ISL"),
        ("EFTA", "2011-11-14", 4, "LIE", "AUT"),
        ("ASEAN", "1996-01-01", 7, "VNM", "LAO"),
        ("ASEAN", "2009-02-27", 10, "KHM", "TLS"),
        ("CARIFORUM", "2008-10-15", 15, "DOM", "CUB"),
        ("SACU", "1989-01-01", 4, "ZAF", "NAM"),
        ("SACU", "2006-06-26", 5, "NAM", "MOZ"),
        ("MERCOSUR", "2010-08-02", 4, "PRY", "VEN"),
        ("MERCOSUR", "2015-01-01", 5, "VEN", "BOL"),
        ("ANDEAN", "2010-01-01", 4, "COL", "VEN"),
        ("EAEU", "2015-05-29", 4, "ARM", "KGZ"),
        ("SADC", "2006-01-01", 14, "MDG", "SYC"),
    ],
)
def test_groups_have_the_members_of_the_day(group: str, date: str, count: int, within: str, without: str) -> None:
    found = codes(group, date)
    assert len(found) == len(set(found)) == count
    assert within in found
    assert without not in found


def test_members_of_groups_are_members_of_the_ilo_but_few() -> None:
    members = {state for group in STATES.groups.values() for state, _, _ in group.members}
    assert members - set(STATES.members) == NO_MEMBERS
    assert len(STATES.members) == 187


def test_parties_keep_their_order_and_come_once() -> None:
    found = STATES.expand(("HND", "EU", "FRA", "XYZ"), "2012-06-29")
    assert found[0] == Party("HND", "Honduras", "", True)
    assert [party.group for party in found if party.code == "DEU"] == ["EU"]
    assert len(found) == 29
    assert found[-1] == Party("XYZ", "XYZ", "", False)


@pytest.mark.parametrize(
    ("written", "code"),
    [("can", "CAN"), ("Türkiye", "TUR"), ("turkey", "TUR"), ("Corée du Sud", "KOR"), ("Estados Unidos", "USA"),
     ("cote d'ivoire", "CIV"), ("European Union", "EU"), ("MERCOSUL", "MERCOSUR"), ("Unión Europea", "EU")],
)  # fmt: skip
def test_names_are_known_in_any_spelling(written: str, code: str) -> None:
    assert STATES.code_of(written) == code


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [("2011", "2012-05-01", True), ("2013", "2012-05-01", False), ("2012", "2012-05-01", None),
     ("2012-05-01", "2012-05-01", True), ("2012-05", "2012", None), ("2012-05-02", "2012-05-01", False)],
)  # fmt: skip
def test_dates_of_any_precision_are_compared(one: str, other: str, said: bool | None) -> None:
    assert earlier(one, other) is said


def test_a_state_and_an_instrument() -> None:
    (fact,) = ratifications("CAN", "C098")
    assert (fact.party.name, fact.ratified, fact.denounced, fact.now) == ("Canada", "2017", "", True)
    assert (fact.at("2016-12-31"), fact.at("2017-09-21"), fact.at("2018-01-01"), fact.at("")) == (
        False,
        None,
        True,
        None,
    )
    assert fact.as_of == "2026-06"
    (fact,) = ratifications("United States", "C087")
    assert (fact.ratified, fact.now, fact.at("2012-01-01")) == ("", False, False)


def test_a_denounced_ratification_binds_no_more() -> None:
    (fact,) = ratifications("MYS", "C105")
    assert (fact.now, fact.at("1980-01-01"), fact.at("2000-01-01"), fact.at("1990-06-01")) == (False, True, False, None)


def test_a_group_is_expanded_at_a_date() -> None:
    facts = ratifications("EU", "C087", date="2012-06-29")
    assert len(facts) == 27
    assert all(fact.now for fact in facts)
    assert {fact.party.group for fact in facts} == {"EU"}


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    (fact,) = ratifications("CAN", "C190")
    assert (fact.as_of, fact.now, fact.at("2024-01-01")) == ("", None, None)
    assert Ratification(Party("LIE", "LIE", "EFTA", False), "C087", "", "", "2026-06").now is None


@pytest.mark.parametrize(("party", "instrument"), [("Atlantis", "C087"), ("CAN", "C987"), ("CAN", ""), ("", "C087")])
def test_unknown_parties_and_instruments_are_errors(party: str, instrument: str) -> None:
    with pytest.raises(AnalyzerError):
        ratifications(party, instrument)


def test_the_table_holds_the_eleven_fundamental_instruments() -> None:
    known = load_knowledge().ratifications
    assert len(known.facts) == 1636
    assert len(known.as_of) == 11
    assert sum(bool(denounced) for _, denounced in known.facts.values()) == 2
    assert {id for _, id in known.facts} == set(known.as_of)


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("ratifications.csv", "CAN,C087,1972,", "CAN,C087,1942,", "before its adoption"),
        ("ratifications.csv", "CAN,C087,1972,", "CAN,C087,19720,", "ratified must be a date"),
        ("ratifications.csv", "CAN,C087,1972,", "CAN,C087,1972,1960", "denounced before"),
        ("ratifications.csv", "CAN,C087,1972,", "XXX,C087,1972,", "no member State"),
        ("ratifications.csv", "CAN,C087,1972,", "CAN,C190,1972,", "not among the instruments"),
        ("ratifications.csv", "CAN,C087,1972,", "CAN,C098,1972,", "defined twice"),
        ("ratifications.toml", 'C087 = "2026-06"', 'C987 = "2026-06"', "C987"),
        ("ratifications.toml", 'C087 = "2026-06"', 'C087 = "lately"', "C087 must be a date"),
        ("ratifications.toml", "source", "sauce", "source"),
    ],
)
def test_mistakes_in_the_ratifications_are_named(tmp_path: Path, file: str, old: str, new: str, reason: str) -> None:
    with pytest.raises(KnowledgeError, match=reason) as caught:
        load_knowledge(edit(tmp_path, file, old, new))
    assert str(tmp_path / file) in str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("states.csv", "CAN,124", "CA,124", "three letters"),
        ("states.csv", "yes,Canada,Canada", "yes,Canada,Angola;Canada", "belongs to AGO"),
        ("groups.toml", '"HRV 2013-07-01"', '"HRV"', "HRV"),
        ("groups.toml", '"HRV 2013-07-01"', '"HRV 2013-07-01 2012"', "ends before it begins"),
        ("groups.toml", "[EFTA]", "[CAN]", "code of a State"),
        ("groups.toml", "source = ", "sauce = ", "unknown key sauce; perhaps source is meant"),
        ("groups.toml", '"AELC"', '"Canada"', "belongs to CAN"),
    ],
)
def test_mistakes_in_the_parties_are_named(tmp_path: Path, file: str, old: str, new: str, reason: str) -> None:
    with pytest.raises(KnowledgeError, match=reason) as caught:
        load_knowledge(edit(tmp_path, file, old, new))
    assert str(tmp_path / file) in str(caught.value)
