"""Families: clauses of several agreements in nearly the same words, and how they spread."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer import analyze_folder
from analyzer.collection.publish import publish
from analyzer.collection.results import read_results
from analyzer.collection.store import Made, Store
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.precedents.alike import Leaders, jaccard, shingles
from analyzer.precedents.families import Family, find_families
from analyzer.present.columns import Row
from analyzer.present.family_tables import family_rows
from tests.wordings import provision

WORDING = "{} shall effectively enforce its labour laws through inspections by trained officials in all sectors."
SOFT = "{} shall endeavour to enforce its labor laws through inspections by trained officials in all sectors."
ROWS = (
    provision("one", "art-1", "1. " + WORDING.format("Peru"), date_signed="2001-01-01", parties="PER;CAN"),
    provision("two", "art-7", "(a) " + WORDING.format("CHILE"), date_signed="2005-01-01", parties="CAN;CHL"),
    provision("three", "art-2", SOFT.format("Norway"), date_signed="2009-01-01", parties="CHL;NOR", strength="E"),
    provision("four", "art-3", WORDING.format("Japan"), date_signed="2011-01-01", parties="JPN;KEN"),
    provision("five", "art-3", WORDING.format("Egypt"), parties="EGY;CAN"),
    provision("five", "art-4", "The Labour Council shall meet once a year and adopt its own rules.", parties="EGY;CAN"),
    provision("five", "art-5", "The Labour Council shall meet once a year and adopt its own rules.", parties="EGY;CAN"),
    provision("six", "art-1", "Cada Parte aplicará efectivamente su legislación laboral.", language="es"),
)


def families(rows: Sequence[Row]) -> tuple[Family, ...]:
    return find_families(rows, load_knowledge())


def test_clauses_in_nearly_the_same_words_are_a_family_whatever_the_names_of_the_parties() -> None:
    [family] = families(ROWS)
    assert family.agreements == ("one", "two", "three", "four", "five")
    assert [(one.strength, len(one.clauses)) for one in family.variants] == [("B", 4), ("E", 1)]
    assert family.typical.agreement_id == "one"


def test_a_wording_spreads_from_the_earliest_agreement_with_a_party_in_common() -> None:
    [row] = family_rows(families(ROWS))
    assert row["spread"] == ("two from one (CAN)", "three from two (CHL)")
    assert (row["first_agreement"], row["first_clause"], row["first_date"]) == ("one", "art-1", "2001-01-01")
    assert row["years"] == ("2001", "2005", "2009", "2011")
    assert row["variants"] == ("B 4 one/art-1", "E 1 three/art-2")
    assert (row["clauses"], row["agreements"], row["last_date"]) == (5, 5, "2011-01-01")


def test_a_group_of_states_stands_for_its_members() -> None:
    rows = [
        provision("old", "art-1", WORDING.format("Each Party"), date_signed="2009-01-01", parties="EU;CHL"),
        provision("new", "art-1", WORDING.format("Each Party"), date_signed="2010-01-01", parties="EU;PER"),
    ]
    assert family_rows(families(rows))[0]["spread"] == ("new from old (EU)",)


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = list(ROWS)
    expected = family_rows(families(rows))
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert family_rows(families(rows)) == expected


def test_younger_agreements_leave_ids_and_members_as_they_are() -> None:
    [before] = families(ROWS)
    younger = [
        provision("new", f"art-{number}", text, date_signed="2020-01-01")
        for number, text in enumerate((SOFT.format("Each Party"), "The Labour Council shall meet twice a year."))
    ]
    after = families([*ROWS, *younger])
    assert before.id in {family.id for family in after}
    kept = next(family for family in after if family.id == before.id)
    assert {one.key for one in before.clauses} <= {one.key for one in kept.clauses}


def test_one_agreement_has_no_families_and_copies_are_one() -> None:
    assert families(ROWS[5:7]) == ()
    assert families([]) == ()
    copies = [{**row, "agreement_id": f"copy-{row['agreement_id']}"} for row in ROWS]
    assert {len(family.agreements) for family in families([*ROWS, *copies])} == {10, 2}


def test_without_dates_there_is_a_family_and_no_spread() -> None:
    rows = [{**row, "date_signed": ""} for row in ROWS]
    [row] = family_rows(families(rows))
    assert (row["agreements"], row["spread"], row["years"], row["first_date"]) == (5, (), (), "")


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=8), max_size=30))
def test_no_leader_is_missed(texts: list[list[str]]) -> None:
    sets = [shingles(text) for text in texts]
    leaders = Leaders(sets, 0.5)
    known: list[frozenset[str]] = []
    for text in sets:
        alike = [(jaccard(leader, text), -number) for number, leader in enumerate(known)]
        best = max((pair for pair in alike if pair[0] >= 0.5), default=None)
        found = leaders.nearest(text)
        assert (found is None) == (best is None)
        if found is None:
            leaders.add(text)
            known.append(text)
        else:
            assert best == (found[1], -found[0])


def test_the_tables_of_a_run_and_of_a_store_name_the_families(tmp_path: Path, knowledge: Knowledge) -> None:
    for name, year in (("arle", 2001), ("bonn", 2011)):
        text = f"AGREEMENT BETWEEN ARLE AND BONN\n\nDone at Bonn, 1 May {year}.\n\nChapter 2\nLabour\n\nArticle 1\n\n"
        (tmp_path / f"{name}.txt").write_text(f"{text}1. {WORDING.format('Each Party')}\n")
    batch = analyze_folder(sorted(tmp_path.glob("*.txt")))
    [family] = batch.families["family"]
    assert set(batch.provisions["family"]) == {family}
    out = tmp_path / "out"
    out.mkdir()
    with Store(out, knowledge) as store:
        store.begin([result.file for result in batch.results], began="")
        for result in batch.results:
            store.put(result.file, result, Made())
        publish(store, keep=False)
        store.end({}, ended="")
    stored = read_results(out, knowledge=knowledge)
    assert list(stored.provision_rows) == batch.provision_rows
    assert list(stored.family_rows) == batch.family_rows
