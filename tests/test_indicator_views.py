"""``lpa indicators``, ``lpa explain``, coding schemes, the coder's sheet, and indicators over time."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from analyzer import Results, TableError, load_results
from analyzer.bundled import bundled
from analyzer.cli import app
from analyzer.present.scheme import known_schemes, load_scheme, scheme_table
from analyzer.present.workbook import write_workbook

IDS = "norwell-veridia", "kandara-lumeya"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the results of two agreements: one with a labour chapter, one with a recital."""
    folder = tmp_path_factory.mktemp("results")
    texts = [str(bundled("corpus/texts") / f"{id}.txt") for id in IDS]
    done = CliRunner().invoke(app, ["analyze", *texts, "--out", str(folder), "--format", "jsonl", "--jobs", "1"])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def results(out: Path) -> Results:
    return load_results(out)


def lpa(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_overview_fits_a_terminal_of_eighty_columns(out: Path) -> None:
    done = lpa("indicators", out)
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert max(map(len, lines)) <= 80
    assert [line.split()[0] for line in lines[1:3]] == list(IDS)


def test_a_few_agreements_are_shown_indicator_by_indicator(out: Path) -> None:
    lines = lpa("indicators", out, "--agreements", ",".join(IDS)).output.splitlines()
    assert max(map(len, lines)) <= 80
    values = {cells[0]: cells[1:] for line in lines if len(cells := line.split()) == 3}
    assert values["child_labour_binding"] == ["0", "1"] or values["child_labour_binding"] == ["1", "0"]
    assert len(values) == 86


def test_values_are_printed_as_csv_and_json(out: Path, results: Results) -> None:
    rows = list(csv.DictReader(io.StringIO(lpa("indicators", out, "--format", "csv").output)))
    assert [row["agreement_id"] for row in rows] == list(IDS)
    lines = lpa("indicators", out, "--format", "json", "--agreements", IDS[0]).output.splitlines()
    assert [json.loads(line) for line in lines] == [results.indicator_rows[0]]


def test_a_value_is_explained_by_its_clauses(out: Path, results: Results) -> None:
    done = lpa("explain", IDS[0], "child_labour_binding", out)
    assert done.exit_code == 0
    assert done.output.startswith(f"{IDS[0]}, child_labour_binding = 1:")
    reasons = results.explain(IDS[0], "child_labour_binding")
    assert len(reasons)
    for address, text in zip(reasons["clause_id"], reasons["text"], strict=True):
        assert address in done.output
        assert " ".join(text.split()) in done.output
    rows = [
        json.loads(line) for line in lpa("explain", IDS[0], "child_labour_binding", out, "--json").output.splitlines()
    ]
    assert [row["clause_id"] for row in rows] == reasons["clause_id"].tolist()
    assert lpa("explain", IDS[1], "fines", out).output.startswith(f"{IDS[1]}, fines = 0:")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("explain", "nowhere", "fines"), "there is no agreement 'nowhere'"),
        (("explain", IDS[0], "fine"), "there is no indicator 'fine'"),
        (("indicators", "--agreements", "nowhere"), "there is no agreement 'nowhere'"),
        (("indicators", "--format", "pdf"), "unknown format pdf"),
        (
            ("indicators", "--scheme", "no-such"),
            "there is no such scheme; choose indicators, desta, dta, lphub or a file",
        ),
    ],
)
def test_wrong_wishes_end_with_a_message(out: Path, arguments: tuple[str, ...], said: str) -> None:
    command, *rest = arguments
    done = lpa(command, *rest, out) if command == "explain" else lpa(command, out, *rest)
    assert done.exit_code == 2
    assert said in done.output


def test_results_that_are_missing_are_named(tmp_path: Path) -> None:
    done = lpa("indicators", tmp_path / "nothing")
    assert done.exit_code == 2
    assert "there is no such folder of results" in done.output


def test_every_scheme_that_ships_gives_values_and_evidence(results: Results) -> None:
    assert known_schemes() == ["indicators", "desta", "dta", "lphub"]
    for name in known_schemes():
        items = load_scheme(name, results.knowledge)
        rich, poor = scheme_table(results, items).rows
        assert sum(rich[item.name] for item in items) > sum(poor[item.name] for item in items)
        assert all(f"{item.name}: " in rich["evidence"] for item in items if rich[item.name])


def test_a_scheme_of_ones_own_gives_its_names(tmp_path: Path, out: Path) -> None:
    scheme = tmp_path / "ours.csv"
    scheme.write_text("name;source;definition\nChildren;child_labour_binding|CL;Kinder\nFines;fines;\n", "utf-8")
    done = lpa("indicators", out, "--scheme", scheme, "--format", "csv")
    rich, poor = csv.DictReader(io.StringIO(done.output))
    assert (rich["Children"], poor["Children"], poor["Fines"]) == ("1", "0", "0")
    assert "Children: chapter-" in rich["evidence"]
    assert poor["evidence"] == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "the columns must be name, source"),
        ("title,source\nx,fines\n", "the columns must be name, source"),
        ("name,source\n", "has no items"),
        ("name,source\nx,fine\n", "row 2: 'fine' is neither an indicator nor a category"),
        ("name,source\nx,fines\nx,CL\n", "row 3: 'x' is named twice"),
        ("name,source\nx\n", "row 2 has 1 cells, not 2"),
        ("name,source\nx,\n", "row 2 needs a name and a source"),
        ("name,source\nevidence,CL\n", "the name of a column of its own"),
    ],
)
def test_mistakes_in_schemes_are_named(tmp_path: Path, results: Results, content: str, said: str) -> None:
    file = tmp_path / "scheme.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(TableError, match=said):
        load_scheme(file, results.knowledge)


def test_cells_of_the_coders_sheet_lead_to_clauses(tmp_path: Path, results: Results) -> None:
    write_workbook(tmp_path / "made.xlsx", results)
    book = load_workbook(tmp_path / "made.xlsx")
    sheet, evidence, provisions = book["Indicators"], book["Indicator evidence"], book["Provisions"]
    names = [indicator.name for indicator in results.knowledge.indicators.entries.values()]
    column = 4 + names.index("Child labour: binding")
    cell = sheet.cell(3, column)
    assert cell.value == 1
    line = int(cell.hyperlink.location.partition("!A")[2])
    row = {evidence.cell(1, n).value: evidence.cell(line, n) for n in range(1, evidence.max_column + 1)}
    assert row["Indicator"].value == "child_labour_binding"
    target = int(row["Address"].hyperlink.location.partition("!A")[2])
    heads = [provisions.cell(1, n).value for n in range(1, provisions.max_column + 1)]
    assert provisions.cell(target, heads.index("Address") + 1).value == row["Address"].value


def test_indicators_over_time(results: Results) -> None:
    trend = results.indicator_trend(every=10)
    assert trend.index.tolist() == [2001, 2011]
    assert trend["agreements"].tolist() == [1, 1]
    assert trend["substantive"].tolist() == [0.0, 1.0]
    assert trend.loc[2011, "depth"] > trend.loc[2001, "depth"]
    with pytest.raises(ValueError, match="at least 1"):
        results.indicator_trend(every=0)
