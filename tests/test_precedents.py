"""Clauses like this: who has used which wording, and what it says otherwise."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from support import load_script
from typer.testing import CliRunner, Result

from analyzer import find_precedents
from analyzer.cli import app
from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.precedents.differences import difference
from analyzer.precedents.vectors import cosines_within
from tests.support import ROOT
from tests.wordings import CORPUS, ENFORCE, provision, results

ASKED = "Each Party shall effectively enforce its labour laws through inspections by trained officials."


def changes(old: str, new: str, knowledge: Knowledge, language: str = "en") -> list[str]:
    return [str(change) for change in difference(old, new, language, knowledge).changes]


def test_a_text_finds_the_nearest_clause_of_each_agreement_and_of_other_languages() -> None:
    found = find_precedents(ASKED, results(CORPUS))
    assert [(one.agreement_id, one.clause_id, one.measure) for one in found] == [
        ("arle-bonn", "art-2/par-1", "words"),
        ("bonn-corve", "art-9", "words"),
        ("corve-delta", "art-5", "meaning"),
    ]
    assert found[0].similarity == 1
    assert found[0].difference is not None and found[0].difference.is_same
    assert (found[1].date, found[1].parties, found[1].strength) == ("2010-02-03", ("XBO", "XCO"), "E")
    assert [str(change) for change in found[1].difference.changes if change.kind == "weakened"] == [  # type: ignore[union-attr]
        "weakened “shall” → “shall endeavour”",
        "weakened: “as appropriate” added",
    ]
    assert found[2].difference is None


def test_a_clause_finds_those_of_other_agreements_alone() -> None:
    found = find_precedents("arle-bonn/art-3", results(CORPUS))
    assert {one.agreement_id for one in found} == {"bonn-corve", "corve-delta"}
    assert next(one.clause_id for one in found if one.language == "es") == "art-4"


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [*CORPUS, provision("aaa", "art-1", ENFORCE), provision("zzz", "art-1", ENFORCE)]
    expected = find_precedents(ASKED, results(rows))
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        assert find_precedents(ASKED, results(rows)) == expected


@pytest.mark.parametrize(
    ("old", "new", "language", "expected"),
    [
        ("Each Party shall promote safety.", "Each Party may promote safety.", "en",
         "weakened “shall promote” → “may”"),
        ("A Party may ratify it.", "A Party shall ratify it.", "en", "strengthened “may” → “shall”"),
        ("Cada Parte aplicará sus leyes.", "Cada Parte procurará aplicar sus leyes.", "es",
         "weakened “aplicará” → “procurará”"),
        ("Each Party shall report.", "Each Party shall report in accordance with its laws.", "en",
         "weakened: “in accordance with its laws” added"),
        ("Each Party shall prohibit strikes, except in hospitals.", "Each Party shall prohibit strikes.", "en",
         "strengthened: “except in hospitals” dropped"),
        ("It shall report within 60 days of receipt.", "It shall report within thirty (30) days of receipt.", "en",
         "replaced “term P60D” → “term P30D”"),
        ("the right to organise", "the right to organise and to strike", "en", "added “and to strike”"),
    ],
)  # fmt: skip
def test_differences_are_told_in_words(old: str, new: str, language: str, expected: str, knowledge: Knowledge) -> None:
    assert expected in changes(old, new, knowledge, language)


def test_qualifiers_that_overlap_are_told_once(knowledge: Knowledge) -> None:
    def stronger(old: str, new: str) -> list[str]:
        return [told for told in changes(old, new, knowledge) if told.startswith("strengthened")]

    agreed = "The consultations shall end after 60 days, unless otherwise mutually agreed."
    assert len(stronger(agreed, "The consultations shall end after 60 days.")) == 1
    both = "No Party shall fail to enforce its labour laws in a manner affecting trade or investment."
    assert stronger(both, both.replace(" or investment", "")) == []


def test_numbers_spelling_capitals_and_punctuation_make_no_difference(knowledge: Knowledge) -> None:
    assert changes("1. Each Party shall protect labour.", "(b) each party shall protect LABOR;", knowledge) == []


def test_the_pieces_give_both_wordings_back(knowledge: Knowledge) -> None:
    old, new = "The Parties shall meet once a year.", "The Parties shall endeavour to meet twice a year."
    pieces = difference(old, new, "en", knowledge).pieces
    said = {
        side: "".join(piece.text for piece in pieces if piece.operation in ("same", side))
        for side in ("dropped", "added")
    }
    assert said == {"dropped": old, "added": new}


@pytest.mark.parametrize("text", ["", "   ", "12 (3) …"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(TableError, match="the text is empty"):
        find_precedents(text, results(CORPUS))


def test_one_word_finds_where_it_stands_in_its_own_language() -> None:
    assert find_precedents("inspections", results(CORPUS))[0].agreement_id == "arle-bonn"
    assert find_precedents("inspecciones", results(CORPUS))[0].clause_id == "art-5"
    assert find_precedents("zymurgy", results(CORPUS)) == []


def test_another_language_is_named() -> None:
    german = "Jede Vertragspartei achtet die Vereinigungsfreiheit und setzt ihr Arbeitsrecht wirksam durch."
    with pytest.raises(TableError, match="not supported \\(German\\); these are: English, Spanish, French"):
        find_precedents(german, results(CORPUS))


def test_ten_megabytes_are_compared_by_their_beginning_and_more_are_refused() -> None:
    found = find_precedents((ENFORCE + " ") * 100_000, results(CORPUS))
    assert found[0].agreement_id == "arle-bonn"
    with pytest.raises(TableError, match="more than 10000000 characters"):
        find_precedents(ENFORCE * 200_000, results(CORPUS))


def test_one_agreement_answers_a_text_and_has_no_other_for_its_clauses() -> None:
    alone = results(CORPUS[:2])
    assert find_precedents(ASKED, alone)[0].clause_id == "art-2/par-1"
    with pytest.raises(TableError, match="arle-bonn is the only agreement"):
        find_precedents("arle-bonn/art-3", alone)


def test_no_provisions_are_told() -> None:
    with pytest.raises(TableError, match="no labour provisions to compare with"):
        find_precedents(ASKED, results([]))


def test_the_study_gives_the_same_as_a_table() -> None:
    table = results(CORPUS).precedents(ASKED, limit=1)
    assert table["agreement_id"].tolist() == ["arle-bonn", "corve-delta"]
    assert table["changes"].tolist() == ["", ""]


def test_parallel_clauses_are_found_in_other_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    benchmark: Any = load_script(ROOT / "benchmarks/precedents.py")
    for path in benchmark.PARALLEL.values():
        assert benchmark.recall(benchmark.parallel_clauses(path), [])["all"] >= 0.95


# The command


def lpa(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["precedents", *map(str, arguments)])


def test_the_command_analyses_files_and_lays_wordings_over_each_other(tmp_path: Path) -> None:
    text = "AGREEMENT BETWEEN ARLE AND BONN\n\nChapter 2\nLabour\n\nArticle 1: Labour Laws\n\n"
    (tmp_path / "arle.txt").write_text(text + "1. Each Party shall endeavour to enforce its labour laws.\n")
    printed = lpa("Each Party shall enforce its labour laws.", tmp_path)
    assert printed.exit_code == 0, printed.output
    assert "weakened “shall” → “shall endeavour”" in printed.output
    rows = [json.loads(line) for line in lpa("labour laws", tmp_path / "arle.txt", "--json").stdout.splitlines()]
    assert rows[0]["agreement_id"] == "arle"
    unknown = lpa("--clause", "arle/art-77", tmp_path)
    assert unknown.exit_code == 2
    assert "there is no single clause arle/art-77" in unknown.output


def test_the_command_reads_the_store_of_a_run(tmp_path: Path) -> None:
    head = "AGREEMENT BETWEEN ARLE AND BONN\n\nChapter 2\nLabour\n\nArticle 1: Labour Laws\n\n"
    (tmp_path / "arle.txt").write_text(f"{head}1. Each Party shall enforce its labour laws.\n")
    out = tmp_path / "out"
    made = CliRunner().invoke(app, ["analyze", str(tmp_path / "arle.txt"), "--out", str(out), "--format", "csv"])
    assert made.exit_code == 0, made.output
    assert (out / "families.csv").is_file()
    assert "arle, Article 1" in lpa("Each Party shall enforce its labour laws.", out).output


def test_the_command_refuses_an_empty_text() -> None:
    said = lpa("")
    assert said.exit_code == 2
    assert "the text is empty" in said.output


@pytest.mark.parametrize(("texts", "cosines"), [([], []), ([["one", "two"]], [[1.0]]), ([[]], [[0.0]])])
def test_fewer_than_two_texts_need_no_comparison(texts: list[list[str]], cosines: list[list[float]]) -> None:
    assert cosines_within(texts).tolist() == cosines
