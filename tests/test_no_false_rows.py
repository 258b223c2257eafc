"""A row is a provision: no table of contents, heading, footnote marker or caption of a statute becomes one."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer import Analyzer, read
from analyzer.cli import app
from analyzer.collection.database import STORE
from analyzer.present.tables import provision_rows
from tests.support import ROOT

CONTENTS = """AGREEMENT ON FREE TRADE BETWEEN BORELAND AND QUILLAYA

TABLE OF CONTENTS

Chapter 1  Initial Provisions ........ 1
Chapter 2  Labour .................... 7
Article 2.1  Effective Enforcement of Labour Laws ..... 7
Article 2.2  Elimination of Forced Labour ............. 8
Article 2.3  Labour Consultations ..................... 9
Annex 2-A  Labour Cooperation Mechanism .............. 12
"""
BODY = """
CHAPTER 1
INITIAL PROVISIONS

Article 1.1: Objectives

The Parties establish a free trade area.

CHAPTER 2
LABOUR

Article 2.1: Effective Enforcement of Labour Laws

1. Each Party shall effectively enforce its labour laws.¹

Article 2.2: Elimination of Forced Labour

Each Party shall eliminate forced labour in all its forms.

Article 2.3: Labour Consultations

A Party may request consultations on labour matters.

¹ Labour laws include laws on minimum wages.
"""
STATUTE = """TRADE PREFERENCES ACT OF 2009

TITLE VII—LABOR MONITORING AND ENFORCEMENT

SEC. 701. LABOR MONITORING AND ENFORCEMENT.

(a) ENFORCEMENT OF LABOR LAWS.—The Secretary shall monitor whether the country effectively enforces its labor laws.

SEC. 702. PROHIBITION OF GOODS OF FORCED LABOR.

(a) IN GENERAL.—No goods made with forced labor may enter the customs territory.

(b) REPORT.—

(1) LABOR ATTACHES.—The President shall appoint labor attaches.
"""
SPANISH = """ACUERDO DE LIBRE COMERCIO ENTRE BORELANDIA Y QUILLAYA

ÍNDICE

Capítulo 1  Disposiciones iniciales .......... 1
Capítulo 2  Asuntos laborales ................ 4
Artículo 2.1  Aplicación de la legislación laboral ... 4
Artículo 2.2  Trabajo infantil ....................... 5

CAPÍTULO 1
DISPOSICIONES INICIALES

Artículo 1.1: Objetivos

Las Partes establecen una zona de libre comercio.

CAPÍTULO 2
ASUNTOS LABORALES

Artículo 2.1: Aplicación de la legislación laboral

Cada Parte aplicará efectivamente su legislación laboral.

Artículo 2.2: Trabajo infantil

Cada Parte eliminará el trabajo infantil.
"""
TEXTS = {"contents.txt": CONTENTS + BODY, "statute.txt": STATUTE, "indice.txt": SPANISH}
SENTENCES = {
    "contents.txt": ("effectively enforce its labour laws", "eliminate forced labour", "request consultations"),
    "statute.txt": ("effectively enforces its labor laws", "No goods made with forced labor", "appoint labor attaches"),
    "indice.txt": ("aplicará efectivamente", "eliminará el trabajo infantil"),
}


def as_markdown(text: str) -> str:
    heads = ("CHAPTER", "CAPÍTULO", "TITLE", "Article", "Artículo", "SEC.")
    lines = [f"## {line}" if line.startswith(heads) and "...." not in line else line for line in text.split("\n")]
    return "\n".join(lines)


def as_page(text: str) -> str:
    heads = ("CHAPTER", "CAPÍTULO", "TITLE", "Article", "Artículo", "SEC.")
    lines = (line for line in text.split("\n") if line.strip())
    return "<html><body>" + "".join(
        f"<h2>{line}</h2>" if line.startswith(heads) and "...." not in line else f"<p>{line}</p>" for line in lines
    )


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("form", ["txt", "md", "html"])
@pytest.mark.parametrize("classified", [True, False])
def test_every_row_is_a_sentence_of_the_text(
    name: str, form: str, classified: bool, tmp_path: Path, analyzer: Analyzer, rules_alone: Analyzer
) -> None:
    written = {"txt": str, "md": as_markdown, "html": as_page}[form](TEXTS[name])
    file = tmp_path / f"{Path(name).stem}.{form}"
    file.write_text(written, encoding="utf-8")
    analysis = (analyzer if classified else rules_alone).analyze_document(read(file))
    rows = provision_rows(analysis)
    headings = {clause.heading.lower() for clause in analysis.clauses if clause.heading}
    for row in rows:
        words = " ".join(row["text"].split())
        assert row["location"] not in ("contents", "cover")
        assert "....." not in words
        assert words.lower().strip(" .#") not in headings, "a heading"
        assert len(words) > 20, words
        assert any(verb in words for verb in ("shall", "may", "include", "establish", "ará")), words
    for sentence in SENTENCES[name] if classified else ():
        assert any(sentence in " ".join(row["text"].split()) for row in rows), sentence


@pytest.mark.parametrize("named", [["missing.pdf"], ["missing.pdf", "other.docx"], ["nothing/*.pdf"], ["empty"]])
def test_results_are_not_replaced_by_nothing(named: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    sample = ROOT / "corpus/texts/northern-states-lusenia.txt"
    good = CliRunner().invoke(app, ["analyze", str(sample), "--out", "good", "--jobs", "1", "--model", "none"])
    assert good.exit_code == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "good").iterdir()}
    result = CliRunner().invoke(app, ["analyze", *named, "--out", "good", "--jobs", "1", "--model", "none"])
    assert result.exit_code == 2
    assert {path.name: path.read_bytes() for path in (tmp_path / "good").iterdir()} == before
    assert "nothing was written" in result.output


def test_results_are_not_replaced_where_every_file_fails(tmp_path: Path) -> None:
    out, broken = tmp_path / "good", tmp_path / "broken.pdf"
    sample = ROOT / "corpus/texts/northern-states-lusenia.txt"
    broken.write_bytes(b"%PDF-1.7 and no more")
    assert CliRunner().invoke(app, ["analyze", str(sample), "--out", str(out), "--jobs", "1"]).exit_code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.name != STORE}
    result = CliRunner().invoke(app, ["analyze", str(broken), "--out", str(out), "--jobs", "1"])
    assert result.exit_code == 2
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.name != STORE} == before
    assert "stay as they are" in result.output
