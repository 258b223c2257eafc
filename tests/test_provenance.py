"""Every view names the program, knowledge and model that made its tables, with the figures of that model alone."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from typer.testing import CliRunner

from analyzer import analyze_folder, load_results
from analyzer.api import Analysis
from analyzer.assemble.model_file import bundled_model, save_model
from analyzer.cli import app
from analyzer.knowledge import Knowledge
from analyzer.present.hub.page import make_hub
from analyzer.present.provenance import Provenance, record, recorded
from analyzer.present.report import compare
from analyzer.present.report.page import to_html
from analyzer.present.report.word import to_docx
from analyzer.present.results import Results
from analyzer.present.tables import agreement_row, provision_rows
from analyzer.present.workbook import write_workbook

Make = Callable[..., Analysis]
Views = Callable[[Results], dict[str, str]]
TEXT = "Article 1\nLabour\n\n1. Each Party shall effectively enforce its labour laws.\n"
FIGURES = {"folds": {"title": "Our own folds", "ours": {"detection": {"f": 0.1234}, "strength": 0.4321}}}
RUN = {
    "package": "7.6.5",
    "knowledge": "abcdef",
    "model": {"name": "our.model", "digest": "f" * 64, "about": {"figures": FIGURES, "agreements": 3}},
}
NO_MODEL = {**RUN, "model": {"name": "none", "digest": "", "about": {}}}
UNRECORDED = {"package": "7.6.5", "knowledge": "abcdef"}


@pytest.fixture
def views(tmp_path: Path) -> Views:
    """Return a function that makes each view of some results and returns its words."""

    def words(results: Results) -> dict[str, str]:
        write_workbook(tmp_path / "made.xlsx", results)
        sheet = load_workbook(tmp_path / "made.xlsx")["About"]
        report = compare(results, ["ostrava", "second"])
        word = Document(io.BytesIO(to_docx(report)))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        return {
            "hub": json.dumps(hub_data_of(make_hub(results))["about"]),
            "workbook": " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell),
            "report.html": html.unescape(to_html(report)),
            "report.docx": " ".join([*(paragraph.text for paragraph in word.paragraphs), *cells]),
        }

    return words


@pytest.fixture
def results(make_analysis: Make, knowledge: Knowledge) -> Results:
    first, second = make_analysis(), make_analysis(agreement_id="second")
    rows = [*provision_rows(first), *provision_rows(second)]
    return Results(rows, [agreement_row(first), agreement_row(second)], knowledge)


def hub_data_of(page: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(page.partition('id="lpa-data">')[2].partition("</script>")[0])
    return data


def bundled_figure() -> str:
    """Return a figure of the bundled model as the views write it."""
    tests = bundled_model().about["figures"]
    return f"{tests['agreements']['tota']['detection']['f']:.3f}"


VIEWS = ("hub", "workbook", "report.html", "report.docx")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_shows_the_figures_of_the_model_that_made_the_tables(results: Results, views: Views, view: str) -> None:
    words = views(replace(results, made_by=RUN))[view]
    assert "Our own folds" in words
    assert "0.123" in words
    assert "0.432" in words
    assert bundled_figure() not in words


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_names_program_knowledge_and_model_of_the_run(results: Results, views: Views, view: str) -> None:
    words = views(replace(results, made_by=RUN))[view]
    assert "labour-provision-analyzer 7.6.5, knowledge abcdef, model our.model (ffffffffffff)" in words


@pytest.mark.parametrize("view", VIEWS)
def test_without_a_model_there_are_no_figures(results: Results, views: Views, view: str) -> None:
    words = views(replace(results, made_by=NO_MODEL))[view]
    assert "rules alone, no model" in words
    assert "No model was used" in words
    assert bundled_figure() not in words


@pytest.mark.parametrize("view", VIEWS)
def test_a_model_that_was_not_recorded_is_not_guessed(results: Results, views: Views, view: str) -> None:
    words = views(replace(results, made_by=UNRECORDED))[view]
    assert "The run did not record which model made these tables." in words
    assert bundled_figure() not in words


def lpa(*arguments: str | Path) -> None:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == 0, done.output


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "pact.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_results_of_another_model_are_read_back_with_its_figures(tmp_path: Path, source: Path) -> None:
    model, out = tmp_path / "our.model", tmp_path / "out"
    save_model(replace(bundled_model(), about={"figures": FIGURES}), model)
    lpa("analyze", source, "--out", out, "--format", "jsonl,hub", "--jobs", "1", "--model", model)
    provenance = load_results(out).provenance
    assert (provenance.model, provenance.about) == ("our.model", {"figures": FIGURES})
    assert len(provenance.digest) == 64
    written = (out / "hub.html").read_text(encoding="utf-8")
    quality = hub_data_of(written)["about"]["quality"]
    assert quality["lines"] == [["Our own folds", "ours", "0.123", "", "", "", "", "0.432"]]
    assert str(tmp_path) not in json.dumps(hub_data_of(written)["about"])
    lpa("hub", out)
    assert (out / "hub.html").read_text(encoding="utf-8") == written


def test_results_of_the_rules_alone_are_read_back_without_figures(tmp_path: Path, source: Path) -> None:
    out = tmp_path / "out"
    lpa("analyze", source, "--out", out, "--format", "jsonl", "--jobs", "1", "--model", "none")
    assert load_results(out).provenance.model == "none"
    lpa("hub", out)
    quality = hub_data_of((out / "hub.html").read_text(encoding="utf-8"))["about"]["quality"]
    assert quality["lines"] == []
    assert quality["making"] == {}
    assert quality["summary"].startswith("No model was used")


def test_the_library_knows_what_made_its_results(source: Path) -> None:
    provenance = analyze_folder(source).provenance
    assert provenance.model == "bundled"
    assert provenance.digest == bundled_model().digest
    assert provenance.evaluation
    assert recorded(record(provenance)) == provenance


@pytest.mark.parametrize(
    "model",
    [
        [],
        "bundled",
        {"name": 1, "digest": None, "about": []},
        {"name": "x", "about": {"figures": 7}},
        {
            "name": "x",
            "about": {"figures": {"a": 1, "b": {"c": 2, "d": {"detection": {"f": "high"}, "strength": True}}}},
        },
        {"name": "x", "about": {"figures": {"a": {"b": {"detection": {"f": float("inf")}}}, "loss": float("nan")}}},
        {"name": "x", "about": json.loads("[" * 500 + "]" * 500)},
        {"name": "</script><script>", "about": {"</script>": {"<img src=x>": "<b>"}}},
    ],
)
def test_a_damaged_record_of_the_model_harms_no_view(results: Results, views: Views, model: Any) -> None:
    made_by = {**RUN, "model": model}
    assert set(views(replace(results, made_by=made_by))) == set(VIEWS)
    page = make_hub(replace(results, made_by=made_by))
    assert page.count("</script>") == make_hub(results).count("</script>")


def test_results_without_a_run_are_cited_as_unrecorded() -> None:
    assert Provenance().citation == (
        "labour-provision-analyzer, version not recorded, knowledge not recorded, model not recorded"
    )
