"""Agreements as scraped from the web: headings that lost their word, their lines or their place, and what interrupts
sentences."""

from __future__ import annotations

import pytest
from test_segment import cut

from analyzer.segment import segment
from analyzer.types import Clause, Division, Document


def headings(text: str, language: str = "en") -> dict[str, str]:
    found = cut(text, language)
    return {address: clause.heading for address, clause in found.items() if clause.kind not in ("text", "paragraph")}


def words(text: str, clause: Clause) -> str:
    return " ".join(text[clause.start : clause.own_end].split())


# Headings


def test_a_chapter_after_an_annex_in_the_middle_of_the_agreement() -> None:
    text = (
        "CHAPTER SIXTEEN\nLABOUR\nArticle 16.1: Rights\n1. Each Party shall protect workers.\n\n"
        "ANNEX 16-A\nLABOUR COOPERATION\n1. The Parties shall cooperate.\n\n{}\nADMINISTRATION\n"
        "Article 19.1: Commission\n1. The Commission shall meet.\n"
    )
    assert "chapter-nineteen/art-19.1" in headings(text.format("CHAPTER NINETEEN"))
    inside = headings(text.format("CHAPTER ONE"))
    assert "annex-16-a/chapter-one/art-19.1" in inside, "an annex may have chapters of its own"


PARTS = """CHAPTER 5
SAFEGUARDS
PART I
DEFINITIONS
Article 501
Terms
1. This is so.
PART II
MEASURES
Article 502
Measures
1. This is so.
CHAPTER 6
LABOUR
Article 601
Rights
1. Each Party shall protect workers.
"""


def test_parts_inside_a_chapter() -> None:
    found = headings(PARTS)
    assert {"chapter-5/part-i/art-501", "chapter-5/part-ii/art-502", "chapter-6/art-601"} <= found.keys()


def test_chapters_inside_a_part() -> None:
    text = PARTS.replace("CHAPTER 5\nSAFEGUARDS\n", "")
    text = text.replace("Article 502\n", "CHAPTER 5\nRULES\nArticle 502\n")
    assert {"part-i/art-501", "part-ii/chapter-5/art-502", "part-ii/chapter-6/art-601"} <= headings(text).keys()


def test_parts_inside_a_chapter_that_the_source_marks() -> None:
    names = {"CHAPTER 5": "Safeguards", "PART I": "Definitions", "PART II": "Measures", "CHAPTER 6": "Labour"}
    text = ""
    divisions: list[Division] = []
    for number, name in names.items():
        heading, article, body = f"{number}\n{name}\n\n", "Article 1\n\n", "This is so.\n\n"
        if number == "CHAPTER 5":
            article = body = ""
        start, rights = len(text), len(text + heading)
        text += heading + article + body
        divisions.append(Division("chapter", number, name, start, rights, len(text)))
        if body:
            divisions.append(Division("article", "Article 1", "", rights, rights + len(article), len(text)))
    clauses = segment(Document("x", text, "en", divisions=tuple(divisions)))
    assert {"chapter-5/part-i", "chapter-5/part-ii", "chapter-6"} <= {clause.clause_id for clause in clauses}


def test_a_title_whose_word_was_left_out() -> None:
    text = (
        "Title II. GENERAL PRINCIPLES\nArticle 1\nThe Parties agree.\nTitle III. WORKERS\nChapter I. MOVEMENT\n"
        "Article 2\nThe Parties agree.\nChapter II. SERVICES\nArticle 3\nThe Parties agree.\n"
        "{}. INSTITUTIONS AND FINAL PROVISIONS\nArticle 4\nThe Parties agree.\n"
    )
    assert headings(text.format("IV"))["title-iv"] == "INSTITUTIONS AND FINAL PROVISIONS"
    assert headings(text.format("III"))["title-iii/chapter-iii"] == "INSTITUTIONS AND FINAL PROVISIONS"
    assert "title-iii/chapter-ii/art-4" in headings(text.format("VII")), "a number that does not count on is none"


def test_an_annex_in_the_middle_of_a_text_without_lines() -> None:
    articles = " ".join(f"Article {number} The Parties shall consult each other on labour." for number in range(1, 9))
    text = (
        f"The Parties have agreed as follows: {articles} {'They shall report on it. ' * 50} Done at Port Arlem. For the"
        " Government of Arlem For the Government of Bostra ANNEX Protocol on Exceptions from Free Trade The Parties"
        " have agreed as follows: Article 1 The goods are listed. Article 2 The list may be changed."
    )
    found = headings(text)
    annex = "annex-protocol-on-exceptions-from-free-trade"
    assert {"art-8", f"{annex}/art-1", f"{annex}/art-2"} <= found.keys()
    assert found[annex] == "Protocol on Exceptions from Free Trade"


@pytest.mark.parametrize("blank", ["\n", ""])
def test_an_annex_to_the_agreement_is_named_by_the_title_below(blank: str) -> None:
    text = (
        f"Article 1\nThis is so.\n\nLIST OF GOODS\n{blank}Annex No. 4\nto the Treaty on Labour Mobility\nof 18 October"
        " 2011\n\nSETTLEMENT OF DISPUTES\n\n1. The Parties shall consult.\n"
    )
    assert headings(text)["annex-4"] == "SETTLEMENT OF DISPUTES"
    reference = text.replace("LIST OF GOODS\n", "The list of goods is set out in\n")
    assert "annex-4" not in headings(reference) or blank


def test_names_before_sentences_in_a_text_without_lines() -> None:
    names = ["Scope", "Labour inspection of a special nature", "Relation between this Chapter and the Labour Code"]
    openings = [
        "This Chapter shall apply to work.",
        "The inspectors shall report.",
        "If they differ, the Code applies.",
    ]
    articles = " ".join(
        f"ARTICLE {number} {name} {opening} They shall consult each other on it. {'It shall be published. ' * 40}"
        for number, (name, opening) in enumerate(zip(names, openings, strict=True), 1)
    )
    text = f"The Parties have agreed as follows: {articles} ARTICLE 4 The Parties shall meet. Done at Port Arlem."
    assert [clause.heading for clause in cut(text).values() if clause.kind == "article"] == [*names, ""]


def test_references_to_articles_in_an_annex_are_no_articles() -> None:
    text = (
        "Capítulo VIII\nNormas\nArtículo 8-01: Objeto.\n1. Las Partes cooperarán.\nArtículo 8-02: Zonas.\n"
        "1. Las Partes cooperarán.\nArtículo 8-03: Plazos.\n1. Las Partes cooperarán.\nAnexo 1\nNormas vigentes\n"
        "Las normas son las siguientes.\nArtículo 8-02. 1. Código sobre zonas libres.\n"
        "Artículo 8-03. 2. Directrices sobre plazos.\n"
    )
    assert [address for address in headings(text, "es") if "art-" in address] == [
        f"chapter-viii/art-8-0{number}" for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Solución de controversias sobre derechos laborales entre una Parte y una persona de la otra Parte.",
        "Labour matters that arise between a Party and an enterprise or a worker of the other Party.",
    ],
)
def test_the_name_of_a_section_that_ends_with_a_stop(name: str) -> None:
    text = f"SECTION A. Scope.\nArticle 1: Aim.\n1. This is so.\nSECTION B. {name}\nArticle 2: Aim.\n1. This is so.\n"
    assert headings(text)["section-b"] == name.rstrip(".")


def test_a_name_over_three_lines_above_the_first_paragraph() -> None:
    text = (
        "Artículo 3-01: Objeto.\n1. Las Partes cooperarán.\n\n"
        "Artículo 3-02: Integración del tribunal en caso de que una Parte no designe árbitro o\nlas personas no logren"
        " un acuerdo sobre la presidencia del tribunal\nlaboral.\n1. El Secretario nombrará a los árbitros.\n"
    )
    name = headings(text, "es")["art-3-02"]
    assert name.startswith("Integración")
    assert name.endswith("del tribunal laboral")


def test_a_long_title_set_in_two_lines() -> None:
    text = "ARTICLE 2.5\n{}\n{}\n1. A Committee is established.\n2. It shall meet.\n"
    long = ("Establishment of a Sub-Committee on Labour Inspection, Safety", "Standards and Social Protection")
    assert headings(text.format(*long))["art-2.5"] == " ".join(long)
    short = ("Institutional Arrangements", "Labour Council")
    assert headings(text.format(*short))["art-2.5"] == short[0], "that is a subheading"


def test_a_subheading_below_a_name_that_fills_its_line() -> None:
    text = (
        "Artículo 10.12: Condiciones de Trabajo y Seguridad de los Trabajadores\nHoras de Trabajo Nocturno\n"
        "1. Cada Parte regulará las horas de trabajo nocturno y las pausas de las personas que\ntrabajan.\n"
        "Salarios\n2. Cada Parte fijará los salarios de las personas que trabajan en su territorio y los\nrevisará.\n"
        "Salud de los Trabajadores\n3. Cada Parte protegerá la salud de las personas que trabajan en su territorio y\n"
        "informará.\n"
    )
    assert headings(text, "es")["art-10.12"] == "Condiciones de Trabajo y Seguridad de los Trabajadores"


def test_the_marker_of_a_footnote_apart_from_the_name() -> None:
    text = (
        "V. ENTRY INTO FORCE OF THIS AGREEMENT {number}\n1. It shall enter into force.\n{number} See the note on the"
        " first page.\nVI. DEPOSIT\n1. It shall be deposited.\nVII. LANGUAGES\n1. It has one.\n"
    )
    assert headings(text.format(number=1))["art-v"] == "ENTRY INTO FORCE OF THIS AGREEMENT"
    plain = text.replace("{number} See the note", "See the note").format(number=1)
    assert headings(plain)["art-v"] == "ENTRY INTO FORCE OF THIS AGREEMENT 1"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("Relation to Other Chapters\nNothing in this Chapter affects the next.", "Relation to Other Chapters"),
        ("Importación de Muestras de Trabajos Manuales y de las\nHerramientas de los Trabajadores sin Aranceles\nCada"
         " Parte autorizará la importación de muestras.", "Importación de Muestras de Trabajos Manuales y de las"
         " Herramientas de los Trabajadores sin Aranceles"),
        ("Publicación de Información sobre la Inspección del Trabajo\nCada Parte:\n(a) publicará los informes; y\n"
         "(b) dará acceso a ellos.", "Publicación de Información sobre la Inspección del Trabajo"),
        ("Understandings on Annex 14-A\nNothing in this Chapter affects the next.", "Understandings on Annex 14-A"),
    ],
)  # fmt: skip
def test_names_above_text_without_a_number(lines: str, name: str) -> None:
    article = "Article 1.{}: {}\nThe Parties shall consult each other on the measures that they take under\nit.\n"
    text = article.format(1, "Scope") + f"Article 1.2: {lines}\n" + article.format(3, "Labour")
    assert headings(text)["art-1.2"] == name


@pytest.mark.parametrize(
    "name",
    [
        "The reasonable period of time for compliance",
        "Public enterprises and enterprises entrusted with special or exclusive rights, including public monopolies",
    ],
)
def test_names_like_sentences_above_the_first_paragraph(name: str) -> None:
    text = f"Article 1\n\n{name}\n\n1. Each Party shall protect workers.\n\n2. It shall report.\n"
    assert headings(text)["art-1"] == name


def test_the_marker_of_a_footnote_in_brackets() -> None:
    text = "Article 1\n\nNew labour services (24)\n\n1. A Party shall permit them.\n"
    assert headings(text)["art-1"] == "New labour services"


# Sentences


def test_a_footnote_whose_number_has_a_line_of_its_own() -> None:
    text = (
        "Article 1\n1. Each Party shall protect the rights of workers2 and shall inform the council,\n\n2\n This means"
        " persons who work for others.\nwhich reports on them.\n2. The council shall meet.\n"
    )
    found = cut(text)
    assert words(text, found["art-1/fn-2"]) == "2 This means persons who work for others."
    rest = next(clause for clause in found.values() if words(text, clause) == "which reports on them.")
    assert list(found)[rest.parent or 0] == "art-1/par-1"
    assert not any(clause.kind == "footnote" for clause in cut(text.replace("workers2", "workers")).values())


def test_a_sentence_goes_on_behind_a_footnote() -> None:
    text = (
        "Article 1\n1. This Chapter applies to trade-related aspects of labour5\n5 Labour includes the issues of the"
        " Decent Work Agenda.\nand of the environment.\n"
    )
    found = cut(text)
    assert words(text, found["art-1/fn-5"]).endswith("Agenda.")
    assert "and of the environment." in [words(text, clause) for clause in found.values()]


RECITALS = """PREAMBLE
The Government of Arlem and the Government of Bostra
Aware that trade creates employment for their population
Recalling their commitment to the rights of workers
CREATE new employment opportunities and improve labour conditions and
living standards in their territories;
Have agreed as follows:
Article 1
This is so.
"""


def test_recitals_without_a_mark_at_their_end() -> None:
    found = [words(RECITALS, clause) for clause in cut(RECITALS).values() if clause.kind == "recital"]
    assert found == [
        "Aware that trade creates employment for their population",
        "Recalling their commitment to the rights of workers",
        "CREATE new employment opportunities and improve labour conditions and living standards in their territories;",
    ]


def test_a_title_over_several_lines_is_no_recital() -> None:
    text = "FRAMEWORK AGREEMENT\nESTABLISHING A FREE TRADE AREA\nBETWEEN ARLEM AND BOSTRA\n\nArticle 1\nThis is so.\n"
    assert not any(clause.kind == "recital" for clause in cut(text).values())


# Lines that hold more than one thing, as PDFs and web pages run them together


def test_the_first_article_below_the_name_of_a_chapter_that_skips_numbers() -> None:
    text = (
        "CHAPTER SIX\nCUSTOMS\n\nArticle 602: Review\nEach Party shall provide for a review.\n\n"
        "CHAPTER SEVEN\nTRADE IN SERVICES\nACROSS THE BORDER\nArticle 701: Scope\n"
        "1. This Chapter applies to services.\n\n"
        "Article 704: Fees\nEach Party shall publish its fees.\n"
    )
    assert "chapter-seven/art-701" in headings(text)


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("COOPERATION ON LABOUR 1. Recognising that", "COOPERATION ON LABOUR", "1. Recognising that"),
        ("ENFORCEMENT OF LAWS\nAND STANDARDS 1. A Party that", "ENFORCEMENT OF LAWS AND STANDARDS", "1. A Party that"),
        ("COOPERACIÓN Y GARANTÍAS 1. Cada Parte que", "COOPERACIÓN Y GARANTÍAS", "1. Cada Parte que"),
        ("COOPERATION WITH OFFICES The Parties", "COOPERATION WITH OFFICES", "The Parties"),
        ("Opportunities for Public Participation 1. Each", "Opportunities for Public Participation", "1. Each"),
    ],
)
def test_a_name_and_the_first_paragraph_in_one_line(line: str, name: str, rest: str) -> None:
    text = (
        "Article 5: Scope\n1. This Chapter applies to labour.\n\n"
        f"Article 6 - {line}\nthe cooperation matters, shall meet once a year.\n\nArticle 7: Costs\nEach Party pays.\n"
    )
    found = {clause.number: clause for clause in cut(text).values() if clause.kind == "article"}
    assert found["6"].heading.replace("\n", " ") == name
    assert rest in {words(text, clause)[: len(rest)] for clause in cut(text).values()}


def test_an_abbreviation_before_words_is_no_name() -> None:
    text = "Article 5: WTO Rights\nThey do.\n\nArticle 6: ILO Conventions and Their Ratification\n1. They are kept.\n"
    assert headings(text)["art-6"] == "ILO Conventions and Their Ratification"


DEFINITIONS = """Article 9: Definitions
For the purposes of this Chapter:

labour law means:

(a) an act on wages; and

(b) an act on safety and
health; and statutes and regulations means acts of parliament; person means a natural person;
or

worker means a person in work.
"""


def test_definitions_that_run_on_in_one_line() -> None:
    found = [words(DEFINITIONS, clause) for clause in cut(DEFINITIONS).values()]
    assert found[2:] == [
        "labour law means:",
        "(a) an act on wages; and",
        "(b) an act on safety and health; and",
        "statutes and regulations means acts of parliament;",
        "person means a natural person; or",
        "worker means a person in work.",
    ]


def test_a_dash_behind_a_linking_word_begins_an_item() -> None:
    text = (
        "Article 3\nNothing prevents measures:\n- for the safety of workers ; or -relating to goods made in prisons.\n"
    )
    assert "-relating to goods made in prisons." in {words(text, clause) for clause in cut(text).values()}
