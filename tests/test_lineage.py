"""Agreements like this, schools of drafting, models, and lineage in time."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer import analyze_folder
from analyzer.bundled import bundled
from analyzer.cli import app
from analyzer.errors import TableError
from analyzer.knowledge import Knowledge, load_knowledge
from analyzer.precedents.agreements import Agreements
from analyzer.present.columns import Row
from analyzer.present.results import Results
from tests.wordings import agreement, provision, results

NORTH = (
    "Each Party shall effectively enforce its labour laws through inspections by trained officials.",
    "Each Party shall ensure access of workers to impartial tribunals without unwarranted delay.",
    "The Labour Council shall meet once a year and adopt its own rules of procedure.",
)
SOUTH = (
    "The treatment accorded to migrant workers shall be free from discrimination by nationality.",
    "The Association Council shall adopt rules on the transfer of pensions and annuities.",
    "Periods of insurance completed by such workers shall be added together for family allowances.",
)
MADE = (
    ("n1", "2001-01-01", "CAN;PER", NORTH), ("n2", "2004-01-01", "CAN;CHL", NORTH),
    ("n3", "2008-01-01", "CAN;JOR", NORTH),
    ("s1", "2002-01-01", "TUR;EGY", SOUTH), ("s2", "2005-01-01", "TUR;MAR", SOUTH), ("s3", "", "TUR;TUN", SOUTH),
)  # fmt: skip


def rows() -> list[Row]:
    made = []
    for name, date, parties, texts in MADE:
        for number, text in enumerate(texts, start=1):
            code = ("ENFORCE", "ACCESS", "INST")[number - 1] if texts is NORTH else "MIG"
            made.append(
                provision(
                    name, f"art-{number}", f"{number}. {text}", date_signed=date, parties=parties, categories=(code,)
                )
            )
    softer = NORTH[0].replace("shall", "shall endeavour to")
    made.append(provision("n3", "art-9", softer, date_signed="2008-01-01", parties="CAN;JOR", strength="E",
                          categories=("ENFORCE",)))  # fmt: skip
    return made


@pytest.fixture(scope="module")
def study() -> Results:
    return results(rows())


def compared(provisions: list[Row], knowledge: Knowledge) -> Agreements:
    names = dict.fromkeys(row["agreement_id"] for row in provisions)
    return Agreements(provisions, [agreement(name, provisions) for name in names], [], knowledge)


def test_agreements_in_the_same_words_come_first(study: Results) -> None:
    table = study.agreements_like("n2")
    assert set(table["agreement_id"][:2]) == {"n1", "n3"}
    assert table["words"].iloc[0] > 0.7 > 0.3 > table["words"].iloc[-1]
    assert len(study.agreements_like("n2", limit=1)) == 1


def test_schools_are_found_and_named_by_their_parties(study: Results) -> None:
    frame = study.schools()
    assert frame.groupby("school").groups.keys() == {1, 2}
    assert set(frame.index[frame["name"] == "CAN (English)"]) == {"n1", "n2", "n3"}
    assert set(frame.index[frame["name"] == "TUR (English)"]) == {"s1", "s2", "s3"}
    near = abs(frame.loc["n1", "x"] - frame.loc["n2", "x"])
    assert near < abs(frame.loc["n1", "x"] - frame.loc["s1", "x"])


def test_the_order_of_the_rows_does_not_matter(knowledge: Knowledge) -> None:
    mixed = rows()
    expected = compared(mixed, knowledge)
    for seed in range(3):
        random.Random(seed).shuffle(mixed)
        found = compared(mixed, knowledge)
        assert found.schools() == expected.schools()
        assert found.places() == expected.places()
        assert found.alike("n1") == expected.alike("n1")


def test_a_model_is_older_and_its_departures_are_told(knowledge: Knowledge) -> None:
    provisions = [
        *rows(),
        provision("n4", "art-1", NORTH[0], date_signed="2010-01-01", parties="CAN;KEN", categories=("ENFORCE",)),
        provision("n4", "art-2", NORTH[1], date_signed="2010-01-01", parties="CAN;KEN", categories=("ACCESS",)),
        provision("n4", "art-5", "Enterprises shall trace forced labour in supply chains of cotton.",
                  date_signed="2010-01-01", parties="CAN;KEN", categories=("SUPPLY",)),
    ]  # fmt: skip
    known = list(knowledge.indicators.entries.values())
    kept, dropped = known[0], known[1]
    names = dict.fromkeys(row["agreement_id"] for row in provisions)
    indicators = [
        {
            "agreement_id": name,
            **dict.fromkeys(knowledge.indicators.entries, 0),
            kept.id: 1,
            dropped.id: int(name != "n4"),
        }
        for name in names
    ]
    agreements = [agreement(name, provisions) for name in names]
    model = Agreements(provisions, agreements, indicators, knowledge).model("n4")
    assert model is not None and model.agreement_id in ("n1", "n2")
    assert (model.lacks, model.adds) == ((dropped.name,), ())
    supply = knowledge.categories["SUPPLY"].name
    assert str(model) == f"like {model.agreement_id} but: without {dropped.name}; new clauses on {supply}"


def test_the_oldest_agreement_has_no_model(study: Results) -> None:
    assert study.model_of("n1") is None
    assert study.model_of("s3") is not None  # It has no date, so any may be its model.


def test_one_agreement_and_none(knowledge: Knowledge) -> None:
    alone = results(rows()[:2])
    assert alone.schools()["name"].tolist() == ["alone (English)"]
    assert alone.agreements_like("n1").empty
    assert alone.model_of("n1") is None
    assert results([]).schools().empty
    assert alone.plot_schools().to_dict()["title"]["text"] == "Schools of drafting"
    assert results([]).plot_schools().to_dict()


def test_unknown_agreements_and_subjects_are_named(study: Results) -> None:
    with pytest.raises(TableError, match="there is no agreement 'x'"):
        study.agreements_like("x")
    with pytest.raises(TableError, match="neither a category nor a family 'XX'"):
        study.lineage("XX")
    with pytest.raises(ValueError, match="at least 1"):
        study.lineage("ENFORCE", every=0)


def test_lineage_of_a_category_counts_agreements_by_how_binding_it_is(study: Results) -> None:
    frame = study.lineage("ENFORCE", every=5)
    assert frame.index.tolist() == [2000, 2005]
    assert frame[["agreements", "having", "share"]].to_numpy().tolist() == [[3, 2, 0.667], [2, 1, 0.5]]
    assert frame["B"].tolist() == [2, 1]  # n3 has a softer clause beside the binding one.


def test_lineage_of_a_family_tells_its_variants_and_what_changed(study: Results) -> None:
    family = next(
        one.id for one in study.found_families if one.clauses[0].clause_id == "art-1" and "n1" in one.agreements
    )
    table = study.first_appearances(family)
    assert table["agreement_id"].tolist() == ["n1", "n3"]
    assert table["agreements"].tolist() == [3, 1]
    assert table["changes"].tolist()[0] == ""
    assert "weakened “shall” → “shall endeavour”" in table["changes"].tolist()[1]
    chart = study.plot_lineage(family).to_dict()
    assert chart["title"]["subtitle"] == "First in n1, 2001-01-01."


def test_without_dates_there_is_no_lineage_and_a_chart_all_the_same() -> None:
    undated = results([{**row, "date_signed": ""} for row in rows()])
    assert undated.lineage("ENFORCE").empty
    assert undated.plot_lineage("ENFORCE").to_dict()["title"]["subtitle"] == "First in n1, no date."


def test_charts_hold_no_markup() -> None:
    hostile = results([{**row, "agreement": "</script><b>"} for row in rows()])
    assert "<" not in hostile.plot_schools().to_json()


def test_the_samples_have_schools_models_and_lineage() -> None:
    batch = analyze_folder(bundled("corpus/texts"))
    assert len(batch.schools()) == 9
    assert batch.lineage("FOA")["having"].sum() >= 5
    assert batch.model_of("norwell-veridia") is not None


def test_the_command_prints_models_and_lineage(tmp_path: Path) -> None:
    sample = str(bundled("corpus/texts") / "norwell-veridia.txt")
    other = str(bundled("corpus/texts") / "boreland-quillaya-labour.txt")
    said = CliRunner().invoke(app, ["precedents", "--agreement", "norwell-veridia", sample, other])
    assert said.exit_code == 0, said.output
    assert said.output.startswith("like boreland-quillaya-labour but: without ")
    said = CliRunner().invoke(app, ["precedents", "--lineage", "CL", sample])
    assert said.exit_code == 0, said.output
    assert "2015–2019" in said.output
    wrong = CliRunner().invoke(app, ["precedents", "--lineage", "CL", "--agreement", "x", sample])
    assert (wrong.exit_code, "choose one of" in wrong.output) == (2, True)


def test_knowledge_has_the_codes_that_the_tests_use() -> None:
    assert {"ENFORCE", "ACCESS", "INST", "MIG", "SUPPLY", "FOA", "CL"} <= set(load_knowledge().categories)
