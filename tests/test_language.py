"""Which language, and which title."""

from __future__ import annotations

import pytest

from analyzer.bundled import bundled
from analyzer.knowledge import load_knowledge
from analyzer.read.about.language import detect_language
from analyzer.read.about.title import title_of
from analyzer.read.file import read


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Parties shall cooperate with each other on labour matters.", "en"),
        ("THE PARTIES SHALL COOPERATE WITH EACH OTHER.", "en"),
        ("Las Partes cooperarán en los asuntos laborales de interés mutuo.", "es"),
        ("LAS PARTES COOPERARÁN EN LOS ASUNTOS LABORALES.", "es"),
        ("Les Parties coopèrent dans le domaine du travail et de l'emploi.", "fr"),
        ("The Parties shall meet. " * 9 + "Les Parties se réunissent dans le mois.", "en"),
        ("", "en"),
        ("1234 5678", "en"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert detect_language(text, load_knowledge().languages) == language


def test_the_samples_are_in_their_languages() -> None:
    said = {path.stem: read(path).language for path in bundled("corpus/texts").glob("*.txt")}
    assert {stem: language for stem, language in said.items() if language != "en"} == {
        "alcandara-miravalle": "es",
        "sambora-valdore": "fr",
    }


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("AGREEMENT ON LABOUR\nBETWEEN\nARLEM\nAND BOSTRA\n\nOne\n", "AGREEMENT ON LABOUR BETWEEN ARLEM AND BOSTRA"),
        ("FREE TRADE AGREEMENT\nTABLE OF CONTENTS\nChapter 9 Labour\n", "FREE TRADE AGREEMENT"),
        ("FREE TRADE AGREEMENT\nPREAMBLE\nDesiring to promote labour rights,\n", "FREE TRADE AGREEMENT"),
        ("FREE TRADE AGREEMENT\nChapter 1 Labour\n", "FREE TRADE AGREEMENT"),
        ("ACCORD DE COOPÉRATION\nPort-Lumière, le 3 mai 2019\n", "ACCORD DE COOPÉRATION"),
        ("TRATADO DE LIBRE COMERCIO\nÍNDICE\nCapítulo laboral\n", "TRATADO DE LIBRE COMERCIO"),
        ("Nothing here says what it is.\n", ""),
        ("TREATY OF AMITY\nDONE BY\nTREATY OF AMITY\nDONE BY\n", "TREATY OF AMITY DONE BY"),
        ("ANNEX COMPILED\nRULES\nthe entry into force of the Agreement.\n", ""),
        ("FREE TRADE AGREEMENT\n\nBETWEEN\n\nTHE GOVERNMENT OF ARLEM\n\nAND\n\nBOSTRA\n\nCONTENTS\n",
         "FREE TRADE AGREEMENT BETWEEN THE GOVERNMENT OF ARLEM AND BOSTRA"),
        ("AGREEMENT\n\nestablishing an Association between Arlem and Bostra\n\nTHE KINGDOM OF ARLEM,\n",
         "AGREEMENT establishing an Association between Arlem and Bostra"),
        ("COMPREHENSIVE TRADE AND ECONOMIC\nAGREEMENT BETWEEN\nARLEM AND BOSTRA\nIII\n",
         "COMPREHENSIVE TRADE AND ECONOMIC AGREEMENT BETWEEN ARLEM AND BOSTRA"),
        ("Arlem and Bostra, resolved to:\n\nBuild on their rights under the wto agreement;\n", ""),
        ("THE COUNCIL,\nHaving regard to Article 8 of the Agreement,\n", ""),
        ("FIR\nTABLE OF CONTENTS\nAppendix 2 of the Agreement, as amended\n", ""),
    ],
)  # fmt: skip
def test_titles_end_where_the_text_begins(text: str, title: str) -> None:
    assert title_of(text, load_knowledge()) == title
