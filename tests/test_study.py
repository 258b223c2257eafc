"""The conveniences of the library: tables that answer questions, pictures, HTML in notebooks, results read back."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import vl_convert
from typer.testing import CliRunner

from analyzer import analyze_folder, load_results
from analyzer.api import Analysis
from analyzer.bundled import bundled
from analyzer.cli import app
from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.present.columns import PROVISION_COLUMNS, agreement_columns, to_frame
from analyzer.present.hub.page import make_hub
from analyzer.present.results import Results
from analyzer.present.tables import agreement_row, provision_rows
from analyzer.run.batch import BatchResult
from tests.support import run

Make = Callable[..., Analysis]
PNG = b"\x89PNG"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def results(make_analysis: Make, knowledge: Knowledge) -> Results:
    """Three agreements: of 2001 without provisions, of 2008 with one, of 2021 with three."""
    new = make_analysis()
    old = {"agreement_id": "old", "date_signed": "", "date_in_force": "2008-07-01"}
    none = {"agreement_id": "none", "date_signed": "2001-01-01", "has_labour_provisions": False, "provisions": 0}
    first = {**provision_rows(new)[0], "agreement_id": "old"}
    row = agreement_row(new)
    empty = {**row, **none, "binding_share": None, "review": 0}
    return Results(
        [*provision_rows(new), first],
        [row, {**row, **old, "provisions": 1, "binding_share": 1.0}, empty],
        knowledge,
    )


@pytest.fixture(scope="module")
def samples() -> BatchResult:
    return analyze_folder(bundled("corpus/texts"))


def test_coverage_counts_provisions(results: Results, knowledge: Knowledge) -> None:
    table = results.coverage()
    assert list(table.index) == ["ostrava", "old", "none"]
    assert list(table.columns) == list(knowledge.categories)
    assert table.loc["ostrava", ["ENFORCE", "RATIFY", "FL"]].tolist() == [1, 2, 0]
    assert table.loc["none"].sum() == 0
    assert results.coverage("strength").loc["ostrava"].to_dict() == {"B": 2, "E": 0, "H": 1, "P": 0, "D": 0}
    assert results.coverage("instruments").to_dict("list") == {"C087": [1, 0, 0]}
    assert results.coverage("pillars").columns[0] == "Obligations"
    assert set(results.coverage("principles").columns) == {"FOA", "FL", "CL", "DISC", "OSH", "FPRW"}
    with pytest.raises(TableError, match=r"cannot count by 'colour'; choose from categories"):
        results.coverage("colour")  # type: ignore[arg-type]


def test_trend_counts_agreements_by_year_of_signature_or_entry_into_force(results: Results) -> None:
    table = results.trend(every=10)
    assert table.index.tolist() == [2000, 2010, 2020]
    assert table["agreements"].tolist() == [2, 0, 1]
    assert table["with_provisions"].tolist() == [1, 0, 1]
    assert table["with_standards"].tolist() == [0, 0, 0], "their only provisions are made up, without indicators"
    assert (table.loc[2000, "share"], table.loc[2000, "share_any"]) == (0, 0.5)
    assert math.isnan(table.loc[2010, "share"])
    assert table["provisions"].tolist() == [1, 0, 3]
    assert results.trend("categories", every=10)["ENFORCE"].tolist() == [1, 0, 1]
    assert len(results.trend()) == 21
    with pytest.raises(ValueError, match="at least 1"):
        results.trend(every=0)


def test_compare_says_who_lacks_what(results: Results) -> None:
    table = results.compare("ostrava", "old")
    assert list(table.columns) == ["name", "ostrava", "old", "lacking"]
    assert table.loc["ENFORCE"].tolist() == ["Effective enforcement", 1, 1, ""]
    assert table.loc["RATIFY", "lacking"] == "old"
    assert "FL" not in table.index
    with pytest.raises(TableError, match="no agreement 'new'; there are none, old, ostrava"):
        results.compare("ostrava", "new")


def test_similarity_is_within_one_language_only(samples: BatchResult) -> None:
    table = samples.similarity()
    assert "isthmia-corvane" not in table.index  # It has no provisions.
    assert table.loc["norwell-veridia", "norwell-veridia"] == pytest.approx(1)
    assert math.isnan(table.loc["norwell-veridia", "sambora-valdore"])
    one, other = (
        table.loc["norwell-veridia", "boreland-quillaya-labour"],
        table.loc["norwell-veridia", "kandara-lumeya"],
    )
    assert 0 < other < one < 1


def with_texts(results: Results, **texts: str) -> Results:
    """Return results with one agreement per text, and one provision in each."""
    agreement, provision = results.agreement_rows[0], results.provision_rows[0]
    return Results(
        [{**provision, "agreement_id": name, "text": text} for name, text in texts.items()],
        [{**agreement, "agreement_id": name, "provisions": 1} for name in texts],
        results.knowledge,
    )


def test_the_order_of_words_counts_for_similarity(results: Results) -> None:
    texts = {
        "duty": "each party shall protect workers against unsafe machines",
        "same": "each party shall protect workers against unsafe machines",
        "turned": "machines protect each unsafe party against workers shall",
    }
    table = with_texts(results, **texts).similarity()
    assert table.loc["duty", "same"] == pytest.approx(1)
    assert table.loc["duty", "turned"] < 0.6


def test_a_phrase_that_is_repeated_does_not_outweigh_the_rest(results: Results) -> None:
    duty, other = "each party shall enforce labour laws on wages", "members meet yearly"
    texts = {"once": f"{duty}; {other}", "often": f"{duty}; " + f"{other}; " * 10, "never": "tariffs fall to zero"}
    assert with_texts(results, **texts).similarity().loc["once", "often"] > 0.7


def test_parallels_finds_the_same_duty_elsewhere(samples: BatchResult) -> None:
    row = next(
        row
        for row in samples.provision_rows
        if row["agreement_id"] == "norwell-veridia" and row["text"].startswith("(b) the elimination of all forms")
    )
    table = samples.parallels("norwell-veridia", row["clause_id"])
    assert "norwell-veridia" not in set(table["agreement_id"])
    assert table["similarity"].is_monotonic_decreasing
    assert "forced or compulsory labour" in table.loc[0, "text"]
    with pytest.raises(TableError, match="no provision art-999"):
        samples.parallels("norwell-veridia", "art-999")


def test_texts_without_words_are_alike_in_nothing(results: Results) -> None:
    rows = [{**row, "text": "123"} for row in results.provision_rows]
    table = Results(rows, results.agreement_rows, results.knowledge).similarity()
    assert table.loc["ostrava", "old"] == 0


def test_nothing_can_be_asked_too(knowledge: Knowledge) -> None:
    nothing = Results([], [], knowledge)
    assert nothing.coverage().empty
    assert nothing.trend().empty
    assert nothing.similarity().empty
    assert "0 agreements" in nothing._repr_html_()
    for chart in charts(nothing):
        assert png(chart).startswith(PNG)


def charts(study: Results | BatchResult) -> list[Any]:
    trends = [study.plot_trend(), study.plot_trend("principles", every=1)]
    heat_maps = [study.plot_coverage("categories"), study.plot_coverage("instruments")]
    return [*trends, *heat_maps, study.plot_strength(), study.plot_similarity()]


def png(chart: Any) -> bytes:
    made: bytes = vl_convert.vegalite_to_png(chart.to_dict())
    return made


def values_of(chart: Any) -> list[dict[str, Any]]:
    spec = chart.to_dict()
    values: list[dict[str, Any]] = (spec.get("data") or spec["layer"][0]["data"])["values"]
    return values


def test_pictures_show_the_numbers_of_the_tables(results: Results) -> None:
    shown = {(v["agreement"], v["code"]): v["provisions"] for v in values_of(results.plot_coverage())}
    assert shown[("ostrava", "RATIFY")] == 2
    assert ("none", "FL") not in shown
    bars = {(v["period"], v["kind"]): v["agreements"] for v in values_of(results.plot_trend(every=10))}
    assert bars[("2000–2009", "aims and recitals only")] == 1
    assert bars[("2000–2009", "no labour provision")] == 1
    shares = {(v["agreement"], v["strength"]): v["share"] for v in values_of(results.plot_strength())}
    assert shares[("ostrava", "Binding")] == pytest.approx(2 / 3)


def test_every_picture_can_be_drawn(samples: BatchResult) -> None:
    for chart in charts(samples):
        assert png(chart).startswith(PNG)


def test_a_big_corpus_can_be_drawn_too(results: Results, knowledge: Knowledge) -> None:
    agreements = [{**results.agreement_rows[0], "agreement_id": f"a{n}", "provisions": n + 1} for n in range(300)]
    provisions = [
        {**results.provision_rows[0], "agreement_id": f"a{n}", "categories": tuple(knowledge.categories)}
        for n in range(300)
    ]
    chart = Results(provisions, agreements, knowledge).plot_coverage()
    assert len({value["agreement"] for value in values_of(chart)}) == 60
    assert "60 agreements with the most provisions, of 300" in json.dumps(chart.to_dict())


def test_titles_cannot_leave_the_picture(results: Results) -> None:
    values = {"agreement": HOSTILE, "agreement_id": HOSTILE}
    provisions = [{**row, **values} for row in results.provision_rows]
    hostile = Results(provisions, [{**results.agreement_rows[0], **values}], results.knowledge)
    for chart in charts(hostile):
        assert "<" not in json.dumps(chart.to_dict())


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.found.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_results_show_themselves_in_a_notebook(results: Results, make_analysis: Make) -> None:
    assert "Pact of Ostrava" in results._repr_html_()
    page = make_analysis()._repr_html_()
    assert ">effectively enforce its labour laws</mark>" in page
    assert "3 provisions" in page
    assert repr(results) == "<Results: 3 agreements, 2 with labour provisions; 4 provisions>"
    assert repr(make_analysis()) == "<Analysis of ostrava: 3 provisions>"
    rows = [{**row, "agreement": HOSTILE} for row in results.agreement_rows] * 20
    many = Results([], rows, results.knowledge)._repr_html_()
    assert "The first 30 of 60" in many
    assert not {"script", "img"} & Tags(many).found
    text = make_analysis().document.text.replace("labour laws", "<script>abc")
    tags = Tags(make_analysis(text=text)._repr_html_())
    assert "script" not in tags.found
    assert "<script>abc" in tags.text


def test_results_are_read_back_as_they_were(tmp_path: Path) -> None:
    text = bundled("corpus/texts") / "kandara-lumeya.txt"
    done = CliRunner().invoke(app, ["analyze", str(text), "--out", str(tmp_path), "--format", "jsonl", "--jobs", "1"])
    assert done.exit_code == 0
    batch, loaded = analyze_folder(text), load_results(tmp_path)
    assert loaded.provision_rows == batch.provision_rows
    assert loaded.agreement_rows == batch.agreement_rows
    assert loaded.instrument_rows == batch.instrument_rows
    assert loaded.provisions.equals(batch.provisions)
    assert loaded.ratifications.equals(batch.ratifications)
    assert loaded.made_by["counts"]["files"] == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda row: "{", "line 1 is not JSON"),
        (lambda row: "[" * 100_000, "line 1 is not JSON"),
        (lambda row: "[]", "line 1 is no row of a table"),
        (
            lambda row: json.dumps({**row, "extra": 1}),
            "line 1 has other columns than this version writes: it has extra",
        ),
        (
            lambda row: json.dumps({name: value for name, value in row.items() if name != "lead_in"}),
            "it lacks lead_in; another version wrote it, so run lpa analyze again",
        ),
        (lambda row: json.dumps({**row, "text": 1}), "line 1: 'text' holds a value that is not of the kind"),
        (lambda row: json.dumps({**row, "start": "1"}), "'start' holds a value that is not of the kind"),
        (lambda row: json.dumps({**row, "start": True}), "'start' holds a value that is not of the kind"),
        (
            lambda row: json.dumps({**row, "categories": [1]}),
            "'categories' holds a value that is not of the kind",
        ),
        (
            lambda row: json.dumps({**row, "evidence": [{"words": 1}]}),
            "'evidence' holds a value that is not of the kind",
        ),
        (
            lambda row: json.dumps({**row, "confidence": float("nan")}),
            "'confidence' holds a value that is not of the kind",
        ),
        (
            lambda row: json.dumps({**row, "categories": ["NONSENSE"]}),
            "line 1: 'categories' has the unknown code 'NONSENSE'",
        ),
        (lambda row: json.dumps({**row, "strength": "X"}), "line 1: 'strength' has the unknown code 'X'"),
        (lambda row: json.dumps({**row, "start": 10**400}), "line 1: 'start' holds a value that is not of the kind"),
        (lambda row: json.dumps({**row, "end": 10**30}), "line 1: 'end' holds a value that is not of the kind"),
        (lambda row: json.dumps({**row, "end": 0, "start": 1}), "line 1: 'end' is before the start"),
        (lambda row: json.dumps({**row, "confidence": 10**400}), "'confidence' holds a value that is not of the kind"),
        (lambda row: json.dumps({**row, "confidence": 1.5}), "line 1: 'confidence' is not between 0 and 1"),
        (lambda row: json.dumps({**row, "review": None}), "line 1: 'review' is empty"),
        (lambda row: json.dumps({**row, "agreement_id": "other"}), "line 1: 'agreement_id' is not in agreements.jsonl"),
    ],
)
def test_damaged_results_are_refused(
    tmp_path: Path, results: Results, change: Callable[[dict[str, Any]], str], said: str
) -> None:
    agreements = "\n".join(json.dumps(row) for row in results.agreement_rows)
    (tmp_path / "agreements.jsonl").write_text(agreements, encoding="utf-8")
    (tmp_path / "provisions.jsonl").write_text(change(results.provision_rows[0]), encoding="utf-8")
    with pytest.raises(TableError, match=r"provisions\.jsonl") as caught:
        load_results(tmp_path)
    assert said in str(caught.value)


ODD_VALUES = (
    None,
    10**400,
    10**30,
    -1,
    2**63,
    1e308,
    float("nan"),
    "",
    "9999-99-99",
    "\ud800\x00",
    [],
    ["x"],
    {},
    [{}],
)


def test_whatever_a_value_is_results_are_refused_or_can_be_used(tmp_path: Path) -> None:
    text = bundled("corpus/texts") / "northern-states-lusenia.txt"
    study = analyze_folder(text, model=None)
    tables = {table.name: [dict(row) for row in table.rows[:3]] for table in study.tables()}
    tables["agreements"][0].update(provisions=3)
    for name, rows in tables.items():
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    used = refused = 0
    for name, rows in tables.items():
        for column in rows[0] if rows else ():
            for value in ODD_VALUES:
                lines = "".join(json.dumps(row) + "\n" for row in ({**rows[0], column: value}, *rows[1:]))
                (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
                try:
                    loaded = load_results(tmp_path)
                except TableError as error:
                    assert ".jsonl: line " in str(error)
                    refused += 1
                    continue
                for table in loaded.tables():
                    to_frame(table.rows, table.columns)
                loaded.trend()
                loaded.coverage()
                make_hub(loaded)
                used += 1
        original = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(original, encoding="utf-8")
    assert used > 100
    assert refused > 500


def test_missing_results_are_explained(tmp_path: Path, results: Results) -> None:
    with pytest.raises(TableError, match="no such folder"):
        load_results(tmp_path / "missing")
    with pytest.raises(TableError, match=r"agreements\.jsonl: is missing; write it with lpa analyze --format jsonl"):
        load_results(tmp_path)
    (tmp_path / "agreements.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(TableError, match="cannot be read"):
        load_results(tmp_path)
    (tmp_path / "provisions.jsonl").write_text("", encoding="utf-8")
    twice = json.dumps(results.agreement_rows[0]) + "\n"
    (tmp_path / "agreements.jsonl").write_text(twice * 2, encoding="utf-8")
    with pytest.raises(TableError, match="two agreements have the same id"):
        load_results(tmp_path)


def test_columns_are_those_of_the_tables(results: Results, knowledge: Knowledge) -> None:
    assert list(results.provisions.columns) == [column.name for column in PROVISION_COLUMNS]
    assert list(results.agreements.columns) == [column.name for column in agreement_columns(knowledge)]


def test_without_altair_a_picture_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "altair.py").write_text("raise ImportError('not installed')", encoding="utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from analyzer import AnalyzerError\nfrom analyzer.knowledge import load_knowledge\n"
        "from analyzer.present.results import Results\n"
        "try: Results([], [], load_knowledge()).plot_strength()\n"
        "except AnalyzerError as error: print(error)"
    )
    ran = run([sys.executable, "-c", code], check=True)
    assert "pip install 'labour-provision-analyzer[plots]'" in ran.stdout
