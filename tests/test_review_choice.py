"""Which clauses are shown to a lawyer, and why. Nothing here depends on what the shipped model believes of a clause."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from analyzer.api import Analyzer
from analyzer.assemble.model_file import bundled_model
from analyzer.assemble.trained import Model
from analyzer.bundled import bundled
from analyzer.errors import ModelError
from analyzer.learn.review.choose import choose
from analyzer.learn.review.doubts import NEAR, Candidate, Doubt, candidates
from analyzer.learn.training.gold import digest
from analyzer.present.tables import provision_rows
from analyzer.read.file import read

TEXT = """CHAPTER 4
LABOUR

Article 4.1: Labour laws

1. Each Party shall effectively enforce its labour laws.

2. The Parties shall cooperate to:
   (a) abolish child labour; and
   (b) promote the zorbian flimmage of wubbelous grantives, mordling tastrums under quibbed vorlances of employment,
       so that jommed hivents plerk in the sprottled umbrage of every narvish troon.
"""


def doubts_of(kind: str, found: list[Candidate]) -> list[tuple[Candidate, Doubt]]:
    return [(one, doubt) for one in found for doubt in one.doubts if doubt.kind == kind]


@cache
def with_thresholds(threshold: float, any_threshold: float) -> Analyzer:
    model = bundled_model()
    assert isinstance(model, Model)
    thresholds = np.full_like(model.merge.thresholds, threshold)
    merge = replace(model.merge, thresholds=thresholds, any_threshold=any_threshold)
    return Analyzer(model=replace(model, merge=merge))


@pytest.fixture
def pact(tmp_path: Path) -> Path:
    path = tmp_path / "pact.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def make(text: str, worth: float = 0.5, agreement: str = "a", category: str = "") -> Candidate:
    row = {"text": text, "agreement_id": agreement}
    return Candidate(row, True, {}, "", (Doubt("unsure", "why", worth, category),))


def test_candidates_are_rows_of_the_table_or_near_misses(analyzer: Analyzer) -> None:
    document = read(bundled("corpus/texts") / "norwell-veridia.txt")
    table = {row["clause_id"]: row for row in provision_rows(analyzer.analyze_document(document))}
    found = candidates(analyzer, document)
    assert found
    assert [one.row["start"] for one in found] == sorted(one.row["start"] for one in found)
    for one in found:
        row = one.row
        assert document.text[row["start"] : row["end"]] == row["text"]
        assert one.given == (row["clause_id"] in table)
        assert not set(one.possible) & set(row["categories"])
        assert all(0 <= doubt.worth <= 1 for doubt in one.doubts)
        if one.given:
            assert row == table[row["clause_id"]]


def test_what_is_refused_below_the_threshold_is_shown_as_a_near_miss(pact: Path) -> None:
    document = read(pact)
    found = candidates(with_thresholds(0.48, 0.9999), document)
    # What a sure rule finds is a row, to be reviewed, whatever the classifier says.
    assert [one.row["clause_id"].rsplit("/", 1)[-1] for one in found if one.given] == ["item-a"]
    assert all(one.row["review"] for one in found if one.given)
    shown = {one.row["clause_id"] for one, _ in doubts_of("near miss", found)}
    assert any(clause.endswith("par-2") for clause in shown)


def test_categories_below_the_threshold_are_named_as_possible(pact: Path) -> None:
    found = candidates(with_thresholds(0.9999, 0.38), read(pact))
    likely = {code: sure for one in found for code, sure in one.possible.items()}
    assert {"COOP"} <= likely.keys()
    assert all(sure >= NEAR * 0.99 for sure in likely.values())


def test_new_wording_is_said_to_be_new(analyzer: Analyzer, pact: Path) -> None:
    found = candidates(with_thresholds(0.05, 0.01), read(pact))
    new = {one.row["clause_id"].rsplit("/", 1)[-1] for one, _ in doubts_of("new wording", found)}
    assert new == {"item-b"}


def test_items_are_shown_with_their_lead_in(pact: Path) -> None:
    found = candidates(with_thresholds(0.05, 0.01), read(pact))
    (item,) = (one for one in found if one.row["clause_id"].endswith("item-b"))
    assert item.lead_in == "2. The Parties shall cooperate to:"


def test_rules_alone_cannot_choose(pact: Path, rules_alone: Analyzer) -> None:
    with pytest.raises(ModelError, match="without a model"):
        candidates(rules_alone, read(pact))


def test_the_rows_with_most_to_learn_are_chosen_and_stand_in_their_old_order() -> None:
    found = [make("one two three", 0.2), make("four five six", 0.9), make("seven eight nine", 0.5)]
    assert [choice.candidate for choice in choose(found, 2)] == found[1:]


def test_the_same_words_are_shown_once_and_counted() -> None:
    found = [make(f"{n}. Each Party shall enforce\n its labour law.", 0.1 * n, f"pact {n}") for n in (1, 2, 3)]
    (choice,) = choose(found, 10)
    assert choice.candidate is found[2]
    assert choice.copies == 2


def test_nearly_the_same_words_are_shown_once() -> None:
    words = "Each Party shall ensure that its labour inspectorate has the staff and the means it needs for its task"
    other = "The committee of both Parties shall meet once a year and hear the social partners about this chapter"
    found = [make(words, 0.9), make(f"{words} in full", 0.8), make(other, 0.1)]
    assert [choice.candidate for choice in choose(found, 10)] == [found[0], found[2]]


def test_choices_are_spread_over_agreements_and_reasons() -> None:
    many = [make(f"{word} {word}ing of work", 0.6, "big", "CL") for word in ("abcd", "efgh", "ijkl", "mnop", "qrst")]
    other = make("wages of seafarers", 0.4, "small", "WAGE")
    assert other in [choice.candidate for choice in choose([*many, other], 2)]


def test_reviewed_words_are_not_shown_again() -> None:
    found = [make("one two three"), make("four five six")]
    assert [choice.candidate for choice in choose(found, 9, reviewed={digest("one  two three")})] == found[1:]


def test_the_choice_is_always_the_same(analyzer: Analyzer) -> None:
    found = candidates(analyzer, read(bundled("corpus/texts") / "boreland-quillaya.txt"))
    assert choose(found, 5) == choose(found, 5)
