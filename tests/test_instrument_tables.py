"""The tables about cited instruments: what is invoked where, who is bound, and what is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from analyzer.api import Analysis, Analyzer
from analyzer.cli import app
from analyzer.errors import KnowledgeError
from analyzer.knowledge import load_knowledge
from analyzer.present.columns import to_frame
from analyzer.present.instrument_tables import (
    INSTRUMENT_COLUMNS,
    RATIFICATION_COLUMNS,
    gaps,
    instrument_rows,
    instruments_frame,
    matrix,
    ratification_rows,
)
from analyzer.present.tables import provision_rows
from analyzer.run.batch import analyze_folder
from analyzer.types import Document, Language, Metadata
from tests.knowledge_folder import edit

TEXT = """FREE TRADE AGREEMENT BETWEEN BORELAND AND QUILLAYA

CHAPTER 4
LABOUR

Article 4.1: Commitments

1. The Parties reaffirm the ILO Declaration on Fundamental Principles and Rights at Work and its Follow-up (1998).

2. Each Party shall ratify ILO Convention No. 87, and shall apply the eight fundamental ILO Conventions.

3. The Parties shall implement the ILO Conventions that they have ratified.

4. They note ILO Convention No. 987, ILO Convention No. 190 and ILO Recommendation No. 204.
"""


@pytest.fixture(scope="module")
def analysis(rules_alone: Analyzer) -> Analysis:
    about = Metadata("Pact of Ostrava", ("USA", "KOR", "EFTA"), "2011-05-04", "")
    document = Document("ostrava", TEXT, "en", "in/ostrava.txt", metadata=about)
    return rules_alone.analyze_document(document)


def test_every_mention_is_a_row_with_its_place_and_facts(analysis: Analysis) -> None:
    rows = instrument_rows(analysis)
    assert [(row["instrument"], row["form"]) for row in rows] == [
        ("ILO98", "declaration"), ("C087", "number"), ("FUNDAMENTAL", "collective"), ("RATIFIED", "collective"),
        ("", "number"), ("C190", "number"), ("R204", "number"),
    ]  # fmt: skip
    assert all(row["text"] == TEXT[row["start"] : row["end"]] for row in rows)
    convention = rows[1]
    assert convention["clause_id"].endswith("art-4.1/par-2")
    assert (convention["article"], convention["location"]) == ("Article 4.1", "body")
    assert (convention["kind"], convention["type"], convention["principle"]) == ("Convention", "fundamental", "FOA")
    assert (convention["year"], convention["status"]) == (1948, "in_force")
    assert convention["link"].endswith("C087")
    assert convention["ratified_at_signature"] == ("CHE", "NOR", "ISL")
    assert convention["ratified_now"] == ("KOR", "CHE", "NOR", "ISL")
    assert convention["ratified_in"] == ("KOR 2021", "CHE 1975", "NOR 1949", "ISL 1950")
    assert convention["not_ratified"] == ("USA",)
    assert convention["ratifications_as_of"] == "2026-06"
    assert convention["warnings"] == ("not a member State of the ILO: LIE",)


def test_a_set_is_ratified_by_who_ratified_every_member(analysis: Analysis) -> None:
    row = instrument_rows(analysis)[2]
    assert (row["title"], row["kind"], row["type"]) == ("Fundamental ILO Conventions", "set", "fundamental")
    assert row["members"] == ("C029", "C087", "C098", "C100", "C105", "C111", "C138", "C182")
    assert row["ratified_at_signature"] == ("CHE", "NOR", "ISL")
    assert row["not_ratified"] == ("USA", "KOR")


def test_what_is_not_known_stays_empty(analysis: Analysis) -> None:
    unknown, recent, recommendation = instrument_rows(analysis)[4:]
    assert "no ILO Convention No. 987" in unknown["warnings"][0]
    assert (unknown["title"], unknown["year"], unknown["ratified_now"], unknown["warnings"][1:]) == ("", None, (), ())
    assert recent["warnings"] == ("adopted in 2019, after the agreement (2011)",)
    for row in (recent, recommendation):
        assert (row["ratified_now"], row["not_ratified"], row["ratifications_as_of"]) == ((), (), "")


def test_the_provisions_name_single_instruments_only(analysis: Analysis) -> None:
    frame = analysis.to_frame()
    named = {id for ids in frame["instruments"] for id in ids}
    assert named <= {"ILO98", "C087", "C190", "R204"}
    assert "C087" in named


def test_the_matrix_and_the_gaps(analysis: Analysis) -> None:
    table = matrix(analysis)
    assert list(table.index) == ["USA", "KOR", "CHE", "NOR", "ISL", "LIE"]
    assert list(table.columns[:2]) == ["C087", "C098"]
    assert table.loc["KOR", "C087"] == "2021"
    assert table.loc["USA", "C087"] == ""
    assert table.attrs["ratifications_as_of"] == "2026-06"
    missing = dict(gaps(analysis))
    assert missing["C087"] == ("USA",)
    assert missing["C105"] == ("KOR",)
    assert "C182" not in missing


def test_the_long_matrix_says_through_what_an_instrument_is_invoked(analysis: Analysis) -> None:
    rows = {(row["party"], row["instrument"]): row for row in ratification_rows(analysis)}
    korea = rows["KOR", "C087"]
    assert (korea["invoked"], korea["mentions"]) == (("named", "FUNDAMENTAL"), 2)
    assert (korea["at_signature"], korea["now"], korea["gap"]) == (False, True, False)
    switzerland = rows["CHE", "C087"]
    assert switzerland["invoked"] == ("named", "FUNDAMENTAL", "RATIFIED")
    assert (switzerland["group"], switzerland["party_name"]) == ("EFTA", "Switzerland")
    assert (rows["LIE", "C087"]["now"], rows["LIE", "C087"]["gap"]) == (None, None)
    assert rows["KOR", "C155"]["invoked"] == ("RATIFIED",)
    assert ("USA", "C155") not in rows


def test_the_frames_have_the_declared_columns_also_without_rows(analysis: Analysis) -> None:
    assert list(instruments_frame([analysis]).columns) == [column.name for column in INSTRUMENT_COLUMNS]
    assert list(analysis.instruments().columns) == [column.name for column in INSTRUMENT_COLUMNS]
    assert to_frame([], RATIFICATION_COLUMNS).empty
    assert list(to_frame([], RATIFICATION_COLUMNS).columns) == [column.name for column in RATIFICATION_COLUMNS]


def lpa(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_analyze_writes_both_tables_and_sheets(tmp_path: Path) -> None:
    (tmp_path / "pact.txt").write_text(TEXT, encoding="utf-8")
    assert lpa("analyze", tmp_path / "pact.txt", "--out", tmp_path / "out", "--jobs", "1").exit_code == 0
    lines = (tmp_path / "out" / "instruments.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["instrument"] for line in lines][:3] == ["ILO98", "C087", "FUNDAMENTAL"]
    assert (tmp_path / "out" / "ratifications.csv").exists()
    book = load_workbook(tmp_path / "out" / "provisions.xlsx")
    assert {"Instruments", "Ratifications"} <= set(book.sheetnames)
    assert book["Instruments"].max_row == 1 + len(lines)


def test_a_copy_of_an_agreement_has_its_own_id_in_these_tables_too(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pact.txt").write_text(TEXT, encoding="utf-8")
    result = analyze_folder(tmp_path)
    assert set(result.instruments["agreement_id"]) == set(result.agreements["agreement_id"])
    assert len(set(result.instruments["agreement_id"])) == 2
    assert result.ratifications.empty


def test_instruments_are_described() -> None:
    done = lpa("instruments", "C087", "c.182", "ILO98")
    assert done.exit_code == 0, done.output
    assert "Freedom of Association and Protection of the Right to Organise Convention, 1948" in done.stdout
    assert "ratified by 158 of 187 member States as of 2026-06" in done.stdout
    (first,) = json.loads(lpa("instruments", "C087", "--json").stdout)
    assert "USA" in first["not_ratified"]
    assert "CAN 1972" in first["ratified"]


def test_the_catalogue_is_listed() -> None:
    rows = json.loads(lpa("instruments", "--json").stdout)
    assert len(rows) == 408 + 44
    assert "C190" in lpa("instruments").stdout


def test_the_ratifications_of_parties_are_shown() -> None:
    done = lpa("instruments", "--parties", "CAN,HND")
    assert "Canada" in done.stdout
    assert "Ratifications as of 2026-06" in done.stdout
    rows: list[dict[str, Any]] = json.loads(
        lpa("instruments", "C087", "C190", "--parties", "EU", "--date", "2004-05-01", "--json").stdout
    )
    assert len(rows) == 25
    assert {row["C190"] for row in rows} == {"not known"}


def test_the_citations_of_an_agreement_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "pact.txt"
    path.write_text(TEXT, encoding="utf-8")
    done = lpa("instruments", "--agreement", path, "--parties", "USA,KOR", "--date", "2011-05-04")
    assert done.exit_code == 0, done.output
    assert "C087 is invoked but not ratified by USA." in done.stdout
    assert "C087 was not ratified by KOR at signature, but in 2021." in done.stdout
    assert "no ILO Convention No. 987" in " ".join(done.stdout.split())
    printed = json.loads(lpa("instruments", "--agreement", path, "--json").stdout)
    assert [row["instrument"] for row in printed["instruments"]][:2] == ["ILO98", "C087"]
    assert printed["ratifications"] == []
    path.write_text("Article 1\n\nEach Party shall reduce its tariffs.\n", encoding="utf-8")
    assert "No citation" in lpa("instruments", "--agreement", path).stdout


@pytest.mark.parametrize(
    ("language", "heading", "definition", "use"),
    [
        (
            "en",
            "CHAPTER 2\nLABOUR\n\nArticle 1\nCore Conventions",
            "1. Each Party shall ratify ILO Conventions Nos. 29, 87 and 98 (the “Core Conventions”).",
            "2. Each Party shall report each year on the application of the Core Conventions.",
        ),
        (
            "es",
            "CAPÍTULO 2\nTRABAJO\n\nArtículo 1\nConvenios",
            "1. Cada Parte ratificará los Convenios núms. 29, 87 y 98 de la OIT (los «Convenios Básicos»).",
            "2. Cada Parte informará cada año sobre la aplicación de los Convenios Básicos.",
        ),
        (
            "fr",
            "CHAPITRE 2\nTRAVAIL\n\nArticle 1\nConventions",
            "1. Chaque Partie ratifie les conventions nos 29, 87 et 98 de l'OIT (les « conventions de base »).",
            "2. Chaque Partie fait rapport chaque année sur l'application des conventions de base.",
        ),
    ],
)
def test_a_name_for_several_conventions_stands_for_each_of_them(
    language: Language, heading: str, definition: str, use: str
) -> None:
    analysis = Analyzer().analyze_document(Document("pact", f"{heading}\n\n{definition}\n\n{use}\n", language))
    *_, last = instrument_rows(analysis)
    assert (last["form"], last["instrument"], last["members"]) == ("defined term", "", ("C029", "C087", "C098"))
    *_, report = provision_rows(analysis)
    assert report["text"] == use
    assert report["instruments"] == ("C029", "C087", "C098")
    assert "ILOCONV" in report["categories"]


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["C987"], 2, "there is no instrument 'C987'"),
        (["--parties", "Atlantis"], 2, "Atlantis"),
        (["--parties", "CAN", "--date", "soon"], 2, "is not a date"),
        (["--agreement", "missing.txt"], 1, "missing.txt"),
    ],
)
def test_wrong_usage_is_one_line(arguments: list[str], code: int, reason: str) -> None:
    done = lpa("instruments", *arguments)
    assert done.exit_code == code
    (line,) = done.stderr.splitlines()
    assert reason in line


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"eight = 8"', '"eight"', "counts"),
        ("C081 C122", "C081 C999", r"\[GOVERNANCE\] periods"),
        ('["1993", ""', '["lately", ""', r"\[GOVERNANCE\] periods"),
        ('type = "governance"', 'type = "priority"', "type must be one of"),
        ("own = true", "mine = true", "lacks the key own and has the unknown key mine"),
        ('note = "which Conventions', 'note = ""\n#', "either periods or a note"),
    ],
)
def test_mistakes_in_the_sets_are_named(tmp_path: Path, old: str, new: str, reason: str) -> None:
    with pytest.raises(KnowledgeError, match=reason) as caught:
        load_knowledge(edit(tmp_path, "sets.toml", old, new))
    assert str(tmp_path / "sets.toml") in str(caught.value)
