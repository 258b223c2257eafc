"""Texts in languages that are not supported, and texts in several languages."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from analyzer.api import Analysis, default_analyzer
from analyzer.bundled import bundled
from analyzer.cli import app
from analyzer.collection.collect import Collected, collect
from analyzer.collection.store import Store
from analyzer.errors import TableError
from analyzer.knowledge import load_knowledge
from analyzer.read.about.language import recognize_language
from analyzer.read.about.stretches import find_stretches
from analyzer.read.file import read
from analyzer.read.sources import SourceList
from analyzer.run.batch import BatchResult, analyze_folder
from analyzer.run.each import Options
from analyzer.types import LANGUAGES, Language

LANGUAGE_FACTS = load_knowledge().languages
PAGES = {
    path.stem: path.read_text(encoding="utf-8") for path in Path(__file__).with_name("data").glob("languages/*.txt")
}
"""A page of an agreement in each of many languages, by its ISO 639-1 code; our own drafting."""
ENGLISH = """AGREEMENT ON LABOUR COOPERATION BETWEEN THE REPUBLIC OF ARLEM AND THE STATE OF BOSTRA

The Republic of Arlem and the State of Bostra have agreed as follows:

CHAPTER 1: RIGHTS

Article 1.1: Fundamental Rights

1. Each Party shall prohibit forced labour and child labour in its territory.

2. The Parties shall respect freedom of association and the right to collective bargaining.

Article 1.2: Enforcement

1. Neither Party shall fail to enforce its labour laws effectively.

2. Each Party shall ensure that its labour inspectors have the means that they need.
"""
SPANISH = """ACUERDO DE COOPERACIÓN LABORAL ENTRE LA REPÚBLICA DE ARLEM Y EL ESTADO DE BOSTRA

La República de Arlem y el Estado de Bostra han acordado lo siguiente:

CAPÍTULO 1: DERECHOS

Artículo 1.1: Derechos fundamentales

1. Cada Parte prohibirá el trabajo forzoso y el trabajo infantil en su territorio.

2. Las Partes respetarán la libertad sindical y el derecho de negociación colectiva.

Artículo 1.2: Aplicación

1. Ninguna Parte dejará de aplicar efectivamente su legislación laboral.

2. Cada Parte se asegurará de que sus inspectores del trabajo dispongan de los medios que necesitan.
"""
FRENCH = """ACCORD DE COOPÉRATION EN MATIÈRE DE TRAVAIL ENTRE LA RÉPUBLIQUE D'ARLEM ET L'ÉTAT DE BOSTRA

La République d'Arlem et l'État de Bostra sont convenus de ce qui suit :

CHAPITRE 1 : DROITS

Article 1.1 : Droits fondamentaux

1. Chaque Partie interdit le travail forcé et le travail des enfants sur son territoire.

2. Les Parties respectent la liberté syndicale et le droit de négociation collective.

Article 1.2 : Application

1. Aucune des Parties ne manque d'appliquer effectivement sa législation du travail.

2. Chaque Partie veille à ce que ses inspecteurs du travail disposent des moyens dont ils ont besoin.
"""


def alternating(first: str, second: str) -> str:
    pairs = zip_longest(first.split("\n\n"), second.split("\n\n"), fillvalue="")
    return "\n\n".join(part.strip() for pair in pairs for part in pair)


def analyzed(folder: Path, text: str, language: Language | None = None) -> Analysis:
    path = folder / "pact.txt"
    path.write_text(text, encoding="utf-8")
    return default_analyzer().analyze(path, language=language)


def provision_texts(analysis: Analysis) -> list[str]:
    return [" ".join(text.split()) for text in analysis.to_frame()["text"]]


# Languages that are only recognised


@pytest.mark.parametrize("language", sorted(PAGES))
def test_other_languages_are_recognised(language: str) -> None:
    page = PAGES[language]
    half = len(page) // 2
    assert [recognize_language(text, LANGUAGE_FACTS) for text in (page, page[:half], page[half:])] == [language] * 3


def test_our_languages_are_never_taken_for_others() -> None:
    for path in bundled("corpus/texts").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        pieces = [text, *(text[start : start + 400] for start in range(0, len(text), 4_000))]
        assert {recognize_language(piece, LANGUAGE_FACTS) for piece in pieces} <= set(LANGUAGES)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("1234 5678", "en"),
        ("Annex 4-A\n0101.21 – 0 %\n0102.90 – 5 %", "en"),
        ("Labour", "en"),
        ("Tbe Pcrties shnll enforoe tbeir 1abour laws and sball not fcil to do so in tbe territory.", "en"),
        ("Anexo laboral\nLas Partes cooperarán.", "es"),
        ("Chapitre 5\nLes Parties coopèrent.", "fr"),
    ],
)
def test_short_and_damaged_texts_are_not_refused(text: str, language: str) -> None:
    assert recognize_language(text, LANGUAGE_FACTS) == language


# What becomes of them


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> BatchResult:
    folder = tmp_path_factory.mktemp("agreements")
    for name, text in {"english": ENGLISH, "german": PAGES["de"], "arabic": PAGES["ar"]}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return analyze_folder(folder)


def test_nothing_is_said_about_a_text_in_another_language(batch: BatchResult) -> None:
    agreements = batch.agreements.set_index("agreement_id")
    assert agreements["language"].to_dict() == {"arabic": "ar", "english": "en", "german": "de"}
    assert agreements.loc["german", ["has_labour_provisions", "provisions", "FL", "labour_chapter"]].isna().all()
    assert agreements.loc["english", "has_labour_provisions"]
    assert set(batch.provisions["agreement_id"]) == {"english"}
    errors = batch.errors.set_index("agreement_id")
    assert errors["kind"].to_dict() == {"arabic": "language", "german": "language"}
    assert errors.loc["german", "reason"] in agreements.loc["german", "warnings"]
    assert "German" in errors.loc["german", "reason"]


def test_agreements_in_other_languages_are_counted_apart(batch: BatchResult) -> None:
    counts = batch.counts
    assert (counts["agreements"], counts["agreements_with_provisions"]) == (1, 1)
    assert (counts["failed"], counts["other_languages"]) == (0, 2)
    assert batch.coverage().index.tolist() == ["english"]
    assert "1 agreements, 1 with labour provisions" in repr(batch)
    assert "2 more in languages that are not supported" in batch._repr_html_()
    with pytest.raises(TableError, match="german is in a language that is not supported"):
        batch.compare("english", "german")


def test_shares_and_trends_leave_them_out(tmp_path: Path) -> None:
    signed = "In witness whereof they have signed.\n\nDone at Port Arlem, 4 June 2012.\n"
    (tmp_path / "english.txt").write_text(ENGLISH + signed, encoding="utf-8")
    (tmp_path / "polish.txt").write_text(PAGES["pl"] + signed, encoding="utf-8")
    trend = analyze_folder(tmp_path).trend()
    assert trend.loc[2012, ["agreements", "with_provisions", "share_any"]].tolist() == [1, 1, 1.0]


def test_the_terminal_tells_languages_that_are_not_supported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_this_process(store: Store, sources: SourceList, options: Options, *others: Any) -> Collected:
        return collect(store, sources, replace(options, jobs=None), *others)

    monkeypatch.setattr("analyzer.collection.collect.collect", in_this_process)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "dutch.txt").write_text(PAGES["nl"], encoding="utf-8")
    command = ["analyze", str(folder), "--jobs", "1", "--format", "jsonl", "--out", str(tmp_path / "out")]
    alone = CliRunner().invoke(app, command)
    assert alone.exit_code == 1, alone.output
    assert "dutch.txt: the text is in Dutch, which is not supported" in alone.stderr
    (folder / "english.txt").write_text(ENGLISH, encoding="utf-8")
    both = CliRunner().invoke(app, command)
    assert both.exit_code == 0, both.output
    assert "not counted above: 1 (Dutch)" in " ".join(both.stdout.split())
    assert "Agreements read: 1, with labour standards: 1" in both.stdout


# Texts in several languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"{ENGLISH}\n\n{SPANISH}", "en"),
        (f"{SPANISH}\n\n{ENGLISH}", "es"),
        (f"{FRENCH}\n\n{ENGLISH}", "fr"),
        (alternating(ENGLISH, SPANISH), "en"),
        (alternating(SPANISH, FRENCH), "es"),
        (alternating(FRENCH, ENGLISH), "fr"),
    ],
)
def test_one_version_of_a_bilingual_text_is_read(tmp_path: Path, text: str, language: str) -> None:
    alone = {"en": ENGLISH, "es": SPANISH, "fr": FRENCH}[language]
    expected = provision_texts(analyzed(tmp_path, alone))
    analysis = analyzed(tmp_path, text)
    document = analysis.document
    assert provision_texts(analysis) == expected
    assert document.language == language
    [version] = document.versions
    assert sorted("".join(document.text.split()) + "".join(version.text.split())) == sorted("".join(text.split()))
    assert any(notice.code == "left-out-version" for notice in document.warnings)


def test_the_version_that_is_wanted_is_read(tmp_path: Path) -> None:
    expected = provision_texts(analyzed(tmp_path, SPANISH))
    analysis = analyzed(tmp_path, f"{ENGLISH}\n\n{SPANISH}", language="es")
    assert provision_texts(analysis) == expected
    assert [version.language for version in analysis.document.versions] == ["en"]


def test_the_version_that_prevails_is_read(tmp_path: Path) -> None:
    clause = "\n\n3. En caso de divergencia, prevalecerá la versión en inglés.\n"
    assert analyzed(tmp_path, f"{SPANISH}{clause}\n{ENGLISH}").document.language == "en"


@pytest.mark.parametrize("language", ["pt", "de", "ru", "ar", "zh", "ko"])
def test_a_version_in_another_language_is_left_out(tmp_path: Path, language: str) -> None:
    page = PAGES[language].replace("12.", "1.")
    for text in (f"{ENGLISH}\n\n{page}", f"{page}\n\n{ENGLISH}"):
        analysis = analyzed(tmp_path, text)
        assert provision_texts(analysis) == provision_texts(analyzed(tmp_path, ENGLISH))
        assert analysis.document.language == "en"
        assert [version.language for version in analysis.document.versions] == [language]


def test_parts_that_are_no_versions_are_read_each_in_its_language(tmp_path: Path) -> None:
    letter = """

CARTA ADJUNTA

Excelencia:

Tengo el honor de referirme al Acuerdo firmado en esta fecha entre nuestros dos Gobiernos, y de confirmar el siguiente
entendimiento alcanzado entre las Partes.

La República de Arlem garantizará el derecho de huelga de los trabajadores del sector portuario y eliminará el trabajo
infantil.

Le ruego que acepte las seguridades de mi más alta consideración.
"""
    analysis = analyzed(tmp_path, ENGLISH + letter)
    frame = analysis.to_frame()
    assert frame["language"].tolist() == ["en"] * len(provision_texts(analyzed(tmp_path, ENGLISH))) + ["es"]
    assert "FOA" in frame["categories"].iloc[-1]
    assert analysis.document.versions == ()
    assert any(notice.code == "several-languages" for notice in analysis.document.warnings)


def test_a_part_in_a_language_that_is_not_supported_is_told(tmp_path: Path) -> None:
    [german] = [
        notice.text
        for notice in analyzed(tmp_path, ENGLISH * 4 + "\n\nANHANG\n\n" + PAGES["de"]).document.warnings
        if notice.code == "unread-stretch"
    ]
    assert "in German were not read" in german


def test_the_other_version_tells_what_one_does_not_say(tmp_path: Path) -> None:
    end = "\n\nEn fe de lo cual, firman el presente Acuerdo.\n\nHecho en Puerto Cabral, el 14 de noviembre de 2022.\n"
    about = analyzed(tmp_path, f"{ENGLISH}\n\n{SPANISH}{end}").document.metadata
    assert (about.date_signed, about.extra["place_signed"]) == ("2022-11-14", "Puerto Cabral")
    assert about.title.startswith("AGREEMENT ON LABOUR COOPERATION")


def test_pages_go_with_their_version(tmp_path: Path) -> None:
    first, second = ENGLISH.split("Article 1.2")
    primera, segunda = SPANISH.split("Artículo 1.2")
    path = tmp_path / "pact.txt"
    text = "\f".join([first, primera, f"Article 1.2{second}", f"Artículo 1.2{segunda}"])
    path.write_text(text, encoding="utf-8")
    document = read(path)
    assert [page.number for page in document.pages] == [1, 3]
    assert [page.number for page in document.versions[0].pages] == [2, 4]
    assert document.page_at(document.text.index("Article 1.2")) == 3


def test_names_and_quotations_make_no_text_in_several_languages() -> None:
    quotation = (
        "\n\nFor Arlem, the Ministry of Labour (Ministerio de Trabajo y de la Seguridad Social de la República) and "
        "the Office for the Coordination of Trade (Oficina para la Coordinación del Comercio) shall be the contact "
        "points.\n"
    )
    assert find_stretches(ENGLISH + quotation, "en", LANGUAGE_FACTS) == ()


def test_small_words_of_other_languages_are_none_of_ours() -> None:
    assert not set(LANGUAGE_FACTS.others) & set(LANGUAGE_FACTS.language_of)
