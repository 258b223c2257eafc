"""Structure of documents as people have them: each kind of heading, cover and body, with variants."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer import analyze, read
from analyzer.segment import segment
from analyzer.types import Clause, Document

DUTY = "Each Party shall enforce its labour law and report on it."


def write_text(path: Path, text: str) -> Path:
    """Write a text and return its path."""
    path.write_text(text, encoding="utf-8")
    return path


def cut(tmp_path: Path, text: str, name: str = "text.txt") -> tuple[Document, dict[str, Clause]]:
    """Return the document that a text makes and its clauses by their address."""
    document = read(write_text(tmp_path / name, text))
    return document, {clause.clause_id: clause for clause in segment(document)}


def row_span(clause: Clause) -> tuple[int, int]:
    """Return the offsets of a clause's own words."""
    return clause.start, clause.own_end


def articles(headings: list[str], between: str = "\n\n") -> str:
    """Return an agreement with an article below each heading."""
    return "AGREEMENT ON LABOUR\n\nHAVE AGREED as follows:\n\n" + "".join(
        f"{heading}{between}{DUTY}\n\n" for heading in headings
    )


@pytest.mark.parametrize(
    ("headings", "addresses"),
    [
        (["Article 7", "Article 7 bis", "Article 7 sexies", "Article 7 decies", "Article 8"],
         ["art-7", "art-7-bis", "art-7-sexies", "art-7-decies", "art-8"]),
        (["Article 7", "Article 7-bis", "Article 7-octies"], ["art-7", "art-7-bis", "art-7-octies"]),
        (["Article 4.1", "Article 4.1bis", "Article 4.2"], ["art-4.1", "art-4.1bis", "art-4.2"]),
        (["Article 1er", "Article 1er bis", "Article 1er ter", "Article 2"],
         ["art-1er", "art-1er-bis", "art-1er-ter", "art-2"]),
        (["Article Ier", "Article II", "Article III"], ["art-ier", "art-ii", "art-iii"]),
        (["Article 30", "Article 30a", "Article 30b", "Article 30c", "Article 31"],
         ["art-30", "art-30a", "art-30b", "art-30c", "art-31"]),
        (["Article 30", "Article 30 A", "Article 30 B", "Article 31"], ["art-30", "art-30-a", "art-30-b", "art-31"]),
        (["Article 27", "Articles 28 to 30", "Article 31"], ["art-27", "art-28-to-30", "art-31"]),
        (["Article 27", "Articles 28 à 30", "Article 31"], ["art-27", "art-28-a-30", "art-31"]),
        (["Artículo 1.º", "Artículo 2.º", "Artículo 3.º"], ["art-1", "art-2", "art-3"]),
        (["ARTÍCULO DÉCIMO NOVENO", "ARTÍCULO VIGÉSIMO", "ARTÍCULO VIGÉSIMO PRIMERO"],
         ["art-decimo-noveno", "art-vigesimo", "art-vigesimo-primero"]),
        (["Artículo Octavo", "Artículo Noveno", "Artículo Décimo"], ["art-octavo", "art-noveno", "art-decimo"]),
        (["Artículo decimosexto", "Artículo decimoséptimo"], ["art-decimosexto", "art-decimoseptimo"]),
        (["Article vingt et un", "Article vingt-deux"], ["art-vingt-et-un", "art-vingt-deux"]),
        (["First Article", "Second Article", "Third Article"], ["art-first", "art-second", "art-third"]),
        (["Clause 1", "Clause 2", "Clause 3"], ["art-1", "art-2", "art-3"]),
        (["Paragraph 1", "Paragraph 2", "Paragraph 3"], ["art-1", "art-2", "art-3"]),
        (["Rule 1: Scope", "Rule 2: Time", "Rule 3: Costs"], ["art-1", "art-2", "art-3"]),
        (["CLÁUSULA PRIMERA", "CLÁUSULA SEGUNDA", "CLÁUSULA TERCERA"], ["art-primera", "art-segunda", "art-tercera"]),
        (["§ 11. Scope", "§ 12. Reports", "§ 13. Term"], ["art-11", "art-12", "art-13"]),
        (["Sec. 2. Scope", "Sec. 3. Reports", "Sec. 4. Term"], ["art-2", "art-3", "art-4"]),
        (["Article [2]", "Article [3]", "Article [4]"], ["art-2", "art-3", "art-4"]),
        (["ARTICLE11", "ARTICLE12", "ARTICLE13"], ["art-11", "art-12", "art-13"]),
    ],
)  # fmt: skip
def test_numbers_of_articles(tmp_path: Path, headings: list[str], addresses: list[str]) -> None:
    _, clauses = cut(tmp_path, articles(headings))
    assert [clause.clause_id for clause in clauses.values() if clause.kind == "article"] == addresses


def test_words_for_articles_are_none_where_articles_are_called_so(tmp_path: Path) -> None:
    text = articles(["Article 1", "Article 2", "Article 3"]).replace(
        "report on it.", "report on it under\n\nRule 4 of the annex."
    )
    _, clauses = cut(tmp_path, text)
    assert [clause.number for clause in clauses.values() if clause.kind == "article"] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("before", "after", "address"),
    [
        ("CAPÍTULO DIECISÉIS", "CAPÍTULO DIECISIETE\nLABORAL", "chapter-diecisiete"),
        ("CHAPITRE VINGT-DEUX", "CHAPITRE VINGT-TROIS\nTRAVAIL", "chapter-vingt-trois"),
        ("CHAPTER THIRTY", "CHAPTER THIRTY-ONE\nLABOUR", "chapter-thirty-one"),
        ("PARTE PRIMERA", "PARTE SEGUNDA\nTRABAJO", "part-segunda"),
        ("PREMIÈRE PARTIE", "DEUXIÈME PARTIE\nTRAVAIL", "part-deuxieme"),
        ("CHAPTER14", "CHAPTER15\nLABOUR", "chapter-15"),
        ("CHAPTER 14", "15 LABOUR", "chapter-15"),
        ("CHAPTER 14", "CHAPER15 LABOUR", "chapter-15"),
    ],
)
def test_chapters(tmp_path: Path, before: str, after: str, address: str) -> None:
    text = f"{before}\nGOODS\n\nArticle 14.1\n\n{DUTY}\n\n{after}\n\nArticle 15.1\n\n{DUTY}\n\nArticle 15.2\n\n{DUTY}\n"
    _, clauses = cut(tmp_path, text)
    assert {f"{address}/art-15.1", f"{address}/art-15.2"} <= clauses.keys()
    assert clauses[address].heading in ("LABORAL", "TRAVAIL", "LABOUR", "TRABAJO")


@pytest.mark.parametrize("annex", ["Annex 14-A\nLists", "Anexo 14.1\nListas"])
def test_a_chapter_behind_an_annex_is_one_of_the_body_whatever_stands_before(tmp_path: Path, annex: str) -> None:
    text = (
        f"CHAPTER 16\nDISPUTES\n\nArticle 16.1\n\n{DUTY}\n\nCHAPTER 14\nGOODS\n\nArticle 14.1\n\n{DUTY}\n\n{annex}\n\n"
        f"1. The lists are kept.\n\nCHAPTER 15\nLABOUR\n\nArticle 15.1\n\n{DUTY}\n"
    )
    _, clauses = cut(tmp_path, text)
    assert clauses["chapter-15/art-15.1"].location == "body"


@pytest.mark.parametrize(
    "annex",
    [
        "Annex 8-A\nActivities",
        "Annex to Chapter 8\nActivities",
        "Annex IV\n(Referred to in Article 8.1)",
        "Annex V\nActivities",
    ],
)
def test_an_annex_shares_the_subject_of_the_chapter_that_it_serves(tmp_path: Path, annex: str) -> None:
    text = (
        f"AGREEMENT ON TRADE\n\nCHAPTER 8\nLABOUR\n\nArticle 8.1: Cooperation\n\n{DUTY} Annex V lists activities.\n\n"
        f"CHAPTER 9\nFINAL PROVISIONS\n\nArticle 9.1: Term\n\nThe term is five years.\n\n{annex}\n\n"
        "1. Each Party shall choose one panellist within 20 days of the receipt of the request.\n"
    )
    analysis = analyze(write_text(tmp_path / "text.txt", text))
    served = next(clause for clause in analysis.clauses if clause.kind == "annex").serves
    assert served is not None and analysis.clauses[served].heading == "LABOUR"
    assert "PANEL" in [code for row in analysis.provisions for code in row.categories]


def test_an_annex_of_another_chapter_does_not_share_it(tmp_path: Path) -> None:
    text = (
        f"CHAPTER 8\nLABOUR\n\nArticle 8.1\n\n{DUTY}\n\nCHAPTER 9\nDISPUTES\n\nArticle 9.1\n\nDisputes are settled.\n\n"
        "Annex 9-A\nPanels\n\n1. Each Party shall choose one panellist within 20 days of the receipt of the request.\n"
    )
    analysis = analyze(write_text(tmp_path / "text.txt", text))
    assert not [row for row in analysis.provisions if analysis.clauses[row.clause].location == "annex"]


LAW = (
    "LEY 5.001\n\nApruébase un convenio.\n\nEl Congreso sanciona con fuerza de Ley:\n\nARTICULO 1º — Apruébase el"
    ' "Convenio sobre trabajo".\n\nARTICULO 2º — Comuníquese.\n\n'
)
DECISION = (
    "COUNCIL DECISION\n\non the conclusion of the Agreement on Labour between Arlem and Bostra\n\nArticle 1\n\n"
    "The Agreement is hereby approved on behalf of the Union.\n\nArticle 2\n\nThis Decision is in force.\n\n"
)
LETTER = (
    "LETTER OF TRANSMITTAL\n\nI have the honor to transmit the Agreement on Labour, which was signed last year. It"
    " protects workers against forced labour.\n\n"
)
DECREE = (
    "LOI n° 12\n\nEst approuvé l'Accord sur le travail entre l'Arlem et la Bostra.\n\nArticle unique\n\n"
    "L'accord est annexé à la présente loi.\n\n"
)


@pytest.mark.parametrize(
    ("cover", "title", "agreed", "word"),
    [
        (LAW, "CONVENIO SOBRE TRABAJO ENTRE ARLEM Y BOSTRA", "Convienen lo siguiente:", "ARTICULO"),
        (DECISION, "AGREEMENT ON LABOUR BETWEEN ARLEM AND BOSTRA", "HAVE AGREED AS FOLLOWS:", "Article"),
        (LETTER, "AGREEMENT ON LABOUR BETWEEN ARLEM AND BOSTRA", "Have agreed as follows:", "Article"),
        (DECREE, "ACCORD SUR LE TRAVAIL ENTRE L'ARLEM ET LA BOSTRA", "sont convenus de ce qui suit :", "Article"),
    ],
)
def test_the_agreement_behind_a_cover(tmp_path: Path, cover: str, title: str, agreed: str, word: str) -> None:
    body = f"{word} 1\n\n{DUTY}\n\n{word} 2\n\n{DUTY}\n"
    text = f"{cover}{title}\n\nThe Parties, recalling their duties,\n\n{agreed}\n\n{body}"
    document, clauses = cut(tmp_path, text)
    assert document.metadata.title == title
    assert text[document.cover :].startswith(title)
    assert clauses["preamble"].location == "preamble" and clauses["art-1"].location == "body"
    assert {clause.location for clause in clauses.values() if clause.start < document.cover} == {"cover"}
    analysis = analyze(tmp_path / "text.txt")
    assert all(analysis.clauses[row.clause].start >= document.cover for row in analysis.provisions)
    assert [notice.code for notice in analysis.document.warnings if notice.code == "cover"] == ["cover"]


@pytest.mark.parametrize(
    "text",
    [
        "AGREEMENT ON TRADE\n\nThe Parties, recalling the law that approves the statute,\n\nHAVE AGREED as follows:\n\n"
        "Article 1\n\nThe Agreement on Transit is hereby approved.\n\nPROTOCOL ON ORIGIN\n\nThe Parties have agreed.\n",
        "TREATY\n\nHave agreed as follows:\n\nArticle 1\n\nThe Official Journal prints the treaty.\n",
    ],
)
def test_an_agreement_that_speaks_of_laws_has_no_cover(tmp_path: Path, text: str) -> None:
    assert cut(tmp_path, text)[0].cover == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("JOINT STATEMENT ON TRADE\n\nThe key terms are:\n\n1. Arlem shall ban forced labour.\n\n2. It reports.\n",
         "joint statement"),
        ("DECLARATION ON WORK\n\nThe Ministers declare as follows:\n\n1. We will end child labour.\n\n2. We meet.\n",
         "declaration"),
        ("MEMORANDUM OF UNDERSTANDING\n\nhave reached the following understanding:\n\n1. Arlem trains inspectors."
         "\n\n2. Bostra too.\n", "memorandum"),
        ("DECLARACIÓN CONJUNTA\n\nLos Ministros acuerdan lo siguiente:\n\n1. Eliminar el trabajo.\n\n2. Informar.\n",
         "joint statement"),
    ],
)  # fmt: skip
def test_numbered_points_are_the_body_of_a_text_without_articles(tmp_path: Path, text: str, kind: str) -> None:
    document, clauses = cut(tmp_path, text)
    assert document.metadata.document_kind == kind
    assert {clauses["par-1"].location, clauses["par-2"].location} == {"body"}


def test_titles_are_no_provisions(tmp_path: Path) -> None:
    text = "# Declaration on Forced Labour\n\nWe will:\n\n- end child labour;\n\n## Labour inspection\n\nWe meet.\n"
    analysis = analyze(write_text(tmp_path / "a.md", text))
    words = [analysis.document.text[slice(*row_span(analysis.clauses[row.clause]))] for row in analysis.provisions]
    assert words == ["• end child labour;"]


def test_a_text_without_articles_says_so(tmp_path: Path) -> None:
    text = "DECLARATION\n\nThe Ministers declare as follows:\n\n" + "".join(f"{n}. We meet.\n\n" for n in range(1, 6))
    assert "no-articles" in [notice.code for notice in analyze(write_text(tmp_path / "a.txt", text)).document.warnings]


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_a_body_of_short_articles_is_no_table_of_contents(tmp_path: Path, between: str) -> None:
    names = ["Aims", "Work", "Hours", "Wages", "Safety", "Leave", "Courts", "Term"]
    body = "".join(f"Article {n}{between}{name}{between}{DUTY}\n\n" for n, name in enumerate(names, start=1))
    annex = "".join(f"Article {n}{between}{name}{between}The board shall meet.\n\n" for n, name in enumerate(names, 1))
    _, clauses = cut(tmp_path, f"AGREEMENT\n\n{body}ANNEX I\nRULES\n\n{annex}")
    assert "contents" not in clauses
    assert {f"art-{n}" for n in range(1, 9)} | {f"annex-i/art-{n}" for n in range(1, 9)} <= clauses.keys()


def test_a_table_of_contents_may_have_a_name_of_its_own(tmp_path: Path) -> None:
    listed = "".join(f"{n}. Chapter Name\n" for n in range(1, 4)) + "Annex 1: Lists\nAnnex 2: Forms\n"
    text = f"TREATY\n\nFTA CONTENTS\n{listed}\nPREAMBLE\n\nWe agree.\n\nCHAPTER 1\nLABOUR\n\nArticle 1\n\n{DUTY}"
    _, clauses = cut(tmp_path, text)
    assert {"contents", "chapter-1/art-1"} <= clauses.keys()


def test_a_table_of_contents_is_no_provision(tmp_path: Path) -> None:
    names = ["Forced Labour", "Child Labour", "Labour Inspection", "Discrimination at Work", "Wages", "Trade Unions"]
    listed = "".join(f"Article {n}: {name} ........ {n + 1}\n" for n, name in enumerate(names, start=1))
    body = "".join(f"Article {n}: {name}\n\n{DUTY}\n\n" for n, name in enumerate(names, start=1))
    text = f"AGREEMENT\n\nCONTENTS\n\n{listed}\nPREAMBLE\n\nWe agree.\n\n{body}"
    analysis = analyze(write_text(tmp_path / "a.txt", text))
    assert analysis.clauses[[clause.clause_id for clause in analysis.clauses].index("contents")].location == "contents"
    assert {analysis.clauses[row.clause].location for row in analysis.provisions} == {"body"}


@pytest.mark.parametrize(
    ("lead", "opening", "closing"),
    [
        ("Chapter 9 of the Agreement shall be replaced by the following:", "“", "”"),
        ("Chapter 9 of the Agreement shall be replaced by the following:", "", ""),
        ("El Capítulo 9 se sustituye por el siguiente:", "«", "»"),
        ("Le chapitre 9 est remplacé par ce qui suit :", "« ", " »"),
    ],
)
def test_the_new_text_of_an_amending_protocol(tmp_path: Path, lead: str, opening: str, closing: str) -> None:
    text = (
        f"PROTOCOL AMENDING THE AGREEMENT\n\nArticle 1\n\nTerms are defined.\n\nArticle"
        f" 2\n\n{lead}\n\n{opening}CHAPTER 9\n"
        f"LABOUR\n\nArticle 9.1\n\n{DUTY}\n\nArticle 9.2\n\n{DUTY}{closing}\n\nArticle 3\n\nIt shall"
        f" enter into force.\n"
    )
    _, clauses = cut(tmp_path, text)
    assert {"art-1", "art-2/chapter-9/art-9.1", "art-2/chapter-9/art-9.2", "art-3"} <= clauses.keys()
    assert {clause.location for clause in clauses.values()} <= {"body", "preamble"}


def test_articles_that_a_protocol_inserts(tmp_path: Path) -> None:
    text = (
        "PROTOCOL\n\nArticle 1\n\nThe following Articles shall be inserted:\n\n“Article 7A\nForced Labour\n\n"
        f"{DUTY}\n\nArticle 7B\nChild Labour\n\n{DUTY}”\n\nArticle 2\n\nIt shall enter into force.\n"
    )
    _, clauses = cut(tmp_path, text)
    assert clauses["art-1/art-7a"].heading == "Forced Labour" and clauses["art-1/art-7b"].heading == "Child Labour"
    assert "art-2" in clauses


@pytest.mark.parametrize("name", ["No derogación", "Todo trabajo infantil", "No lowering of standards", "All workers"])
def test_a_name_may_open_like_a_sentence(tmp_path: Path, name: str) -> None:
    _, clauses = cut(tmp_path, f"Article 5\n{name}\n\n{DUTY}\n\nArticle 6\nTerm\n\n{DUTY}\n")
    assert clauses["art-5"].heading == name


@pytest.mark.parametrize("former", ["(ex-article 39 TCA)", "(formerly Article 39)", "(antiguo artículo 39)"])
def test_a_former_number_is_no_name(tmp_path: Path, former: str) -> None:
    _, clauses = cut(tmp_path, f"Article 45\n{former}\n\n{DUTY}\n\nArticle 46\n{former}\nLabour\n\n{DUTY}\n")
    assert (clauses["art-45"].heading, clauses["art-46"].heading) == ("", "Labour")


def test_a_sentence_that_runs_on_below_its_number_is_no_name(tmp_path: Path) -> None:
    text = "# AGREEMENT\n\n##### Art. 1 - Before they enter the country, the workers\n\nshall sign a contract.\n"
    document, clauses = cut(tmp_path, text, "text.md")
    assert clauses["art-1"].heading == ""
    words = " ".join(document.text[clauses["art-1/text-1"].start : clauses["art-1/text-1"].own_end].split())
    assert words == "Before they enter the country, the workers shall sign a contract."


@pytest.mark.parametrize("opening", ["Desiring to trade", "Recognising that trade helps", "Considering their ties"])
def test_recitals_in_one_paragraph(tmp_path: Path, opening: str) -> None:
    text = (
        f"TREATY\n\nArlem and Bostra, called the Parties, {opening}, Recognising that labour standards"
        f" matter, Have agreed"
        f" as follows:\n\nArticle 1\n\n{DUTY}\n"
    )
    document, clauses = cut(tmp_path, text)
    recital = clauses["preamble/recital-2"]
    assert document.text[recital.start : recital.own_end] == "Recognising that labour standards matter,"


@pytest.mark.parametrize("link", ["et", "and", "y"])
def test_the_last_dash_behind_a_linking_word(tmp_path: Path, link: str) -> None:
    recitals = f"RECALLING their will:\n- to create jobs, {link}\n- to protect workers,"
    text = f"TREATY\n\nPREAMBLE\n{recitals}\nHAVE AGREED:\n\nArticle 1\n\n{DUTY}\n"
    _, clauses = cut(tmp_path, text)
    assert {"preamble/recital-2", "preamble/recital-3"} <= clauses.keys()


def test_one_line_a_page(tmp_path: Path) -> None:
    text = (
        "AGREEMENT\nCHAPTER SEVEN GOODS  Article 7.1: Trade Goods are traded freely.  Article 7.2: Lists The lists are"
        " kept.   \nCHAPTER EIGHT LABOUR  Article 8.1: Aims A Party shall enforce its law.  Section A – Duties "
        " Article 8.2: Rights Each Party shall protect: (a) workers; and  (b) unions.  Article 8.3:"
        " Non-derogation A Party"
        " shall not waive its law.   \nCHAPTER NINE FINAL PROVISIONS  Article 9.1: Term The term is five years.\n"
    )
    _, clauses = cut(tmp_path, text)
    assert clauses["chapter-eight"].heading == "LABOUR" and clauses["chapter-nine"].heading == "FINAL PROVISIONS"
    assert clauses["chapter-eight/section-a/art-8.3"].heading == "Non-derogation"
    assert "chapter-eight/section-a/art-8.2/item-b" in clauses


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Texte de l'Accord – Chapitre dix-huit : Travail", "chapter-dix-huit"),
        ("Text of the Agreement – Chapter 18: Labour", "chapter-18"),
        ("Tratado: Capítulo 18 - Laboral", "chapter-18"),
    ],
)
def test_the_chapter_in_the_title_of_a_page(tmp_path: Path, title: str, address: str) -> None:
    _, clauses = cut(tmp_path, f"{title}\n\nArticle 18.1: Aims\n\n{DUTY}\n\nArticle 18.2: Term\n\n{DUTY}\n")
    assert f"{address}/art-18.1" in clauses
    assert clauses[address].heading in ("Travail", "Labour", "Laboral")


def test_the_sections_of_a_statute_and_the_headings_of_its_items(tmp_path: Path) -> None:
    text = (
        "# Title 7— CUSTOMS\n\n## CHAPTER 4— PREFERENCES\n\n#### § 21. Eligibility\n\n##### (a)"
        " Workers\n\nThe Minister shall"
        " not admit a country without worker rights.\n\n##### (b) Reports; hearings\n\nThe Minister shall report.\n\n"
        "#### § 22. Terms\n\n(1) Core worker rights\n\nThe term “core worker rights” includes\n\n(A) the right of"
        " association; and\n\n(B) a minimum age for the employment of children.\n"
    )
    path = write_text(tmp_path / "act.md", text)
    analysis = analyze(path)
    by_id = {clause.clause_id: clause for clause in analysis.clauses}
    above = "title-7/chapter-4/art-21/item-a"
    assert by_id[above].heading == "Workers" and f"{above}/text-1" in by_id
    assert "title-7/chapter-4/art-22/par-1/def-core-worker-rights/item-b" in by_id
    rows = {analysis.clauses[row.clause].clause_id for row in analysis.provisions}
    assert f"{above}/text-1" in rows and above not in rows and "title-7/chapter-4/art-22/par-1" not in rows


def test_numbered_titles_without_a_word_are_chapters(tmp_path: Path) -> None:
    text = (
        f"TREATY\n\nConvienen lo siguiente:\n\nI — DEFINICIONES\n\nARTICULO 1\n\n{DUTY}\n\nII — DERECHOS DE LOS"
        f" TRABAJADORES\n\nARTICULO 2\n\n{DUTY}\n\nARTICULO 3\n\n{DUTY}\n"
    )
    _, clauses = cut(tmp_path, text)
    assert clauses["chapter-ii"].heading == "DERECHOS DE LOS TRABAJADORES"
    assert {"chapter-i/art-1", "chapter-ii/art-2", "chapter-ii/art-3"} <= clauses.keys()


@pytest.mark.parametrize(
    ("title", "address"),
    [
        (
            "AGREEMENT ON LABOUR COOPERATION\nBETWEEN ARLEM AND BOSTRA",
            "instrument-agreement-on-labour-cooperation-between",
        ),
        ("PROTOCOLO COMPLEMENTARIO AL TRATADO", "protocol-complementario-al-tratado"),
    ],
)
def test_another_agreement_behind_the_signatures(tmp_path: Path, title: str, address: str) -> None:
    text = (
        f"TREATY ON TRADE\n\nHave agreed as follows:\n\nArticle 1\n\n{DUTY}\n\nArticle 2\n\n{DUTY}\n\nDone at Arlem"
        f" on 3 May 2001.\n\nFor Arlem\n\n{title}\n\nThe Parties have agreed:\n\nArticle 1\n\n{DUTY}\n\n"
        f"Article 2\n\n{DUTY}\n"
    )
    _, clauses = cut(tmp_path, text)
    assert {"art-1", "art-2", f"{address}/art-1", f"{address}/art-2"} <= clauses.keys()


def test_endnotes_belong_to_the_clause_of_their_marker(tmp_path: Path) -> None:
    text = (
        "AGREEMENT\n\nArticle 1: Licences[1]\n\nLicences are free.\n\nArticle 2: Labour\n\nArlem shall protect labour"
        " rights.[2] It shall not weaken its law.[3]\n\nArticle 3: Term\n\nThe term is five"
        " years.\n\n[1] This is not about"
        " arms.\n\n[2] Such rights include acceptable conditions of work.\n\n[3] This covers special zones.\n"
    )
    _, clauses = cut(tmp_path, text)
    assert {"art-1/fn-1", "art-2/fn-2", "art-2/fn-3"} <= clauses.keys()
    assert clauses["art-1"].heading == "Licences"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Title V Trade and Sustainable\nDevelopment", "Multilateral labour\nstandards"),
        ("Chapter 5 Trade in Goods and in\nServices", "Settlement of Matters of\nLabour"),
        ("Chapter 5 Supply Chains of the\nfuture", "Duties\nof importers"),
    ],
)
def test_headings_that_are_set_in_two_lines(tmp_path: Path, title: str, name: str) -> None:
    """As in narrow columns; their second line is no clause, and the heading below counts as one."""
    lines = "1. Each Party shall enforce its\nlabour law and report on it to\nthe Council once a year."
    text = f"AGREEMENT ON TRADE\n\nArticle 3.6 Wages\n\n{lines}\n\n{title}\n\nArticle 5.4 {name}\n\n{lines}\n"
    _, clauses = cut(tmp_path, text)
    container = next(key for key in clauses if key in ("title-v", "chapter-5"))
    assert " ".join(title.split()).endswith(clauses[container].heading)
    assert clauses[f"{container}/art-5.4"].heading == " ".join(name.split())
    assert not any("text-" in key for key in clauses if key.startswith(container))


@pytest.mark.parametrize(
    ("name", "mark", "titles"),
    [
        ("text.txt", "", ["GENERAL PROVISIONS", "LABOUR", "FINAL PROVISIONS"]),
        ("text.txt", "", ["DISPOSICIONES GENERALES", "ASUNTOS LABORALES", "DISPOSICIONES FINALES"]),
        ("text.md", "## ", ["General provisions", "Labour", "Final provisions"]),
    ],
)
def test_titles_without_number_above_articles_are_chapters(
    tmp_path: Path, name: str, mark: str, titles: list[str]
) -> None:
    head = f"{mark and '# '}AGREEMENT BETWEEN NORLAND AND VESPERIA\n\nHAVE AGREED as follows:\n\n"
    body = "".join(f"{mark}{title}\n\nArticle {number}\n\n{DUTY}\n\n" for number, title in enumerate(titles, 1))
    clauses = cut(tmp_path, head + body, name)[1]
    chapters = [clause for clause in clauses.values() if clause.kind == "chapter"]
    assert [chapter.heading for chapter in chapters] == titles
    assert f"{chapters[1].clause_id}/art-2" in clauses


def test_one_title_above_an_article_is_no_chapter(tmp_path: Path) -> None:
    text = articles(["Article 1"]) + "SIGNED BY BOTH\n\n" + "Article 2\n\n" + DUTY
    assert not [clause for clause in cut(tmp_path, text)[1].values() if clause.kind == "chapter"]


def test_titles_where_chapters_have_numbers_are_no_chapters(tmp_path: Path) -> None:
    text = "".join(
        f"CHAPTER {number}\nLABOUR\n\nFIRST SUBJECT\n\nArticle {number}.1\n\n{DUTY}\n\nSECOND SUBJECT\n\n"
        f"Article {number}.2\n\n{DUTY}\n\n"
        for number in (1, 2)
    )
    chapters = [clause.number for clause in cut(tmp_path, text)[1].values() if clause.kind == "chapter"]
    assert chapters == ["1", "2"]


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("Punto de contacto. Cada Parte designará un punto de contacto laboral.", "Punto de contacto"),
        ("Point de contact. Chaque Partie désigne un point de contact pour le travail.", "Point de contact"),
        ("Exchange of information. 1. Each Party shall report. 2. It shall publish.", "Exchange of information"),
        ("Labour inspection – Exchange of Views\n\nThe Parties meet.", "Labour inspection – Exchange of Views"),
        ("Work is free. Each Party shall see to it that nobody is forced to work.", ""),
    ],
)
def test_a_name_and_its_text_on_the_line_of_the_number(tmp_path: Path, opening: str, name: str) -> None:
    text = f"AGREEMENT ON LABOUR\n\nHAVE AGREED as follows:\n\nArticle 1.- {opening}\n\nArticle 2\n\n{DUTY}\n"
    assert cut(tmp_path, text)[1]["art-1"].heading == name
