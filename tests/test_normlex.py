"""Exports of NORMLEX: both forms are read, what cannot be right is refused, and nothing is half-written."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from analyzer.cli import app
from analyzer.errors import AnalyzerError, ReadError
from analyzer.knowledge import load_knowledge
from analyzer.knowledge.files import FOLDER
from analyzer.knowledge.normlex import read_export, update_ratifications

NAMES = load_knowledge().states.members
FILES = ("ratifications.csv", "ratifications.toml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "knowledge"
    made.mkdir()
    for name in FILES:
        shutil.copy(FOLDER / name, made)
    return made


def known(instrument: str) -> dict[str, str]:
    """Return the year of each ratification of an instrument that was not denounced."""
    facts = load_knowledge().ratifications.facts
    return {state: fact[0] for (state, id), fact in facts.items() if id == instrument and not fact[1]}


def listing(instrument: str, *more: str, heading: str = "Country,Date,Status,Note") -> str:
    """Return an export as a list, the Convention named above it, each ratification on 5 May of its year."""
    rows = [f'"{NAMES[state]}",05 May {year},In Force,' for state, year in known(instrument).items()]
    return "\n".join([f"Ratifications of {instrument} - a Convention", "", heading, *rows, *more]) + "\n"


def test_a_list_of_one_convention_gives_exact_dates(tmp_path: Path, folder: Path) -> None:
    export = tmp_path / "export.csv"
    export.write_text(listing("C187", '"United States",01 Jun 2026,In Force,'), encoding="utf-8")
    done = update_ratifications(export, as_of="2026-07-31", folder=folder)
    assert (done.instruments, done.as_of, done.added, done.changed) == (("C187",), "2026-07-31", (("USA", "C187"),), ())
    made = load_knowledge(folder).ratifications
    assert made.facts["CAN", "C187"] == ("2011-05-05", "")
    assert made.facts["USA", "C187"] == ("2026-06-01", "")
    assert (made.as_of["C187"], made.as_of["C087"]) == ("2026-07-31", "2026-06")
    assert made.facts["CAN", "C087"] == ("1972", "")
    assert "export.csv" in made.source
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)


def test_a_list_with_a_column_for_the_convention(tmp_path: Path) -> None:
    export = tmp_path / "list.csv"
    export.write_text(
        "\ufeffPays;Convention;Date;Statut\n"
        "Türkiye;C087 - Convention (n° 87) sur la liberté syndicale;12 juil. 1993;En vigueur\n"
        "Malaisie;C105;13 oct. 1958;Dénoncée le 10 janv. 1990\n"
        "République de Corée;Convention sur le travail forcé, 1930 (n° 29);20/04/2021;\n",
        encoding="utf-8",
    )
    assert read_export(export, load_knowledge()) == {
        ("TUR", "C087"): ("1993-07-12", ""),
        ("MYS", "C105"): ("1958-10-13", "1990-01-10"),
        ("KOR", "C029"): ("2021-04-20", ""),
    }


def test_a_matrix_in_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Ratifications of fundamental instruments"],
        ["", "Freedom of association", None, "Forced labour"],
        ["Country", "C087", "C098", "C029 - Forced Labour Convention, 1930 (No. 29)"],
        ["Canada", "23 Mar 1972", "14 Jun 2017", "13 Jun 2011"],
        ["Hong Kong", None, None, None],
        ["Brazil", None, "18 Nov 1952", "25 Apr 1957"],
    ):
        sheet.append(row)
    book.save(tmp_path / "matrix.xlsx")
    assert read_export(tmp_path / "matrix.xlsx", load_knowledge()) == {
        ("CAN", "C087"): ("1972-03-23", ""), ("CAN", "C098"): ("2017-06-14", ""), ("CAN", "C029"): ("2011-06-13", ""),
        ("BRA", "C098"): ("1952-11-18", ""), ("BRA", "C029"): ("1957-04-25", ""),
    }  # fmt: skip


def test_denunciations_that_an_export_leaves_out_are_kept(tmp_path: Path, folder: Path) -> None:
    export = tmp_path / "C105.csv"
    export.write_text(listing("C105"), encoding="utf-16")
    update_ratifications(export, as_of="2026-07-31", folder=folder)
    assert load_knowledge(folder).ratifications.facts["MYS", "C105"][1] == "1990"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["Atlantis,05 May 2012,In Force,"], "no State or group of States is known by the name 'Atlantis'"),
        (["EU,05 May 2012,In Force,"], "'EU' is no State"),
        (["United States,soon,In Force,"], "no date in 'soon'"),
        (["United States,31 Feb 2012,In Force,"], "no date in '31 Feb 2012'"),
        (["United States,05 May 1999,In Force,"], "C187 ratified in 1999, before its adoption in 2006"),
        (["United States,05 May 2031,In Force,"], "as of 2026-07-31, it has later ratifications: USA C187 2031-05-05"),
        (["United States,05 May 2012,Denounced,"], "no date of the denunciation"),
        (["United States,05 May 2012,Denounced on 1 Apr 2010,"], "denounced before it was ratified"),
    ],
)
def test_what_cannot_be_right_is_refused(tmp_path: Path, folder: Path, rows: list[str], reason: str) -> None:
    export = tmp_path / "export.csv"
    export.write_text(listing("C187", *rows), encoding="utf-8")
    before = [(folder / name).read_bytes() for name in FILES]
    with pytest.raises(AnalyzerError) as caught:
        update_ratifications(export, as_of="2026-07-31", folder=folder)
    assert reason in str(caught.value)
    assert "export.csv" in str(caught.value)
    assert [(folder / name).read_bytes() for name in FILES] == before


def test_an_export_that_lacks_ratifications_is_refused(tmp_path: Path, folder: Path) -> None:
    export = tmp_path / "export.csv"
    export.write_text("Country,C087,C098\nCanada,23 Mar 1972,14 Jun 2017\n", encoding="utf-8")
    with pytest.raises(AnalyzerError, match=r"C087: it lacks 157 of the ratifications known before \(AGO"):
        update_ratifications(export, as_of="2026-07-31", folder=folder)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("page.csv", b"<!DOCTYPE html><html></html>", "web page"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "neither CSV nor XLSX"),
        ("zeros.csv", b"a,b\x00\n", "neither CSV nor XLSX"),
        ("empty.csv", b"", "no export"),
        ("other.csv", b"name,size\nx,1\n", "no export"),
        ("broken.xlsx", b"PK\x03\x04nothing", "damaged XLSX"),
        ("one state.csv", b"Convention,Date\nC087,23 Mar 1972\n", "one State"),
        ("long.csv", b"Country,Date\n" + b"x" * 200_000 + b",1\n", "damaged CSV"),
        ("headings.csv", b"Country,C087,C098\n", "no ratifications"),
    ],
)
def test_files_that_are_no_export_are_named_with_the_reason(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(AnalyzerError, match=reason) as caught:
        read_export(tmp_path / name, load_knowledge())
    assert name in str(caught.value)


def test_headings_of_ones_own_are_read(tmp_path: Path) -> None:
    export = tmp_path / "C105.csv"
    export.write_text(
        "Land,Ratifiziert am,Bemerkung\nMalaysia,13 Oct 1958,Gekündigt am 10 Jan 1990\n", encoding="utf-8"
    )
    with pytest.raises(AnalyzerError, match="no export"):
        read_export(export, load_knowledge())
    words = (
        'denounced = ["gekündigt"]\n[columns]\ncountry = ["Land"]\ndate = ["Ratifiziert am"]\nnote = ["Bemerkung"]\n'
    )
    own = tmp_path / "own"
    own.mkdir()
    (own / "normlex.toml").write_text(words, encoding="utf-8")
    assert read_export(export, load_knowledge(own)) == {("MYS", "C105"): ("1958-10-13", "1990-01-10")}


def _workbook(tmp_path: Path, sheet: str) -> Path:
    """Return a workbook whose first sheet is replaced by some XML."""
    book = Workbook()
    book.save(tmp_path / "plain.xlsx")
    made = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, sheet if entry.filename.endswith("sheet1.xml") else old.read(entry))
    (tmp_path / "hostile.xlsx").write_bytes(made.getvalue())
    return tmp_path / "hostile.xlsx"


def test_a_workbook_expands_no_entities(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 9 if n else "x"}">' for n in range(5))
    cell = '<worksheet><sheetData><row><c t="str"><v>&e4;</v></c></row></sheetData></worksheet>'
    sheet = f'<?xml version="1.0"?><!DOCTYPE w [{entities}]>{cell}'
    with pytest.raises(ReadError, match="damaged XLSX"):
        read_export(_workbook(tmp_path, sheet), load_knowledge())


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="would unpack to"):
        read_export(_workbook(tmp_path, " " * 210_000_000), load_knowledge())


def test_missing_file_and_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"missing\.csv"):
        update_ratifications(tmp_path / "missing.csv")


def test_the_command_tells_what_it_did(tmp_path: Path, folder: Path) -> None:
    export = tmp_path / "export.csv"
    export.write_text(listing("P029", '"Türkiye",01 Jun 2026,In Force,'), encoding="utf-8")
    command = ["knowledge", "update-ratifications", str(export), "--as-of", "2026-07-31", "--knowledge", str(folder)]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    assert "Ratifications as of 2026-07-31: P029" in done.stdout
    assert "New: TUR P029" in done.stdout
    refused = CliRunner().invoke(app, ["knowledge", "update-ratifications", str(tmp_path / "missing.csv")])
    assert refused.exit_code == 1
    assert "missing.csv" in refused.stderr


def test_the_table_is_written_as_a_lawyer_reads_it(tmp_path: Path, folder: Path) -> None:
    export = tmp_path / 'ex"port\x1b.csv'
    export.write_text(listing("P029"), encoding="utf-8")
    update_ratifications(export, as_of="2026-07-31", folder=folder)
    rows = list(csv.DictReader((folder / "ratifications.csv").read_text(encoding="utf-8").splitlines()))
    assert rows == sorted(rows, key=lambda row: (row["iso3"], row["instrument"]))
    assert (folder / "ratifications.toml").read_text(encoding="utf-8").startswith("# What ratifications.csv is")


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("Country,Convention,Status,Date\nCanada,C155\n", 2),
        ("Country,Date,Convention,Status,Note\nCanada,05 May 2001,C155\nChile,05 May 2001\n", 3),
        ("Note,Date,Country,Convention\nx,05 May 2001\n", 2),
    ],
)
def test_a_row_that_ends_early_is_named(tmp_path: Path, content: str, row: int) -> None:
    export = tmp_path / "short.csv"
    export.write_text(content, encoding="utf-8")
    with pytest.raises(AnalyzerError, match=rf"row {row}: "):
        read_export(export, load_knowledge())


def test_a_last_cell_that_is_empty_or_a_formula_is_no_fault(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Country", "Date", "Convention", "Status", "Note"])
    book.active.append(["Canada", "05 May 2001", "C155", "In Force", None])
    book.active.append(["Chile", "05 May 2001", "C155", "=1+1"])
    book.save(tmp_path / "list.xlsx")
    assert set(read_export(tmp_path / "list.xlsx", load_knowledge())) == {("CAN", "C155"), ("CHL", "C155")}
