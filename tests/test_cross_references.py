"""Cross-references: what the words name, and the clauses that are meant."""

import pytest

from analyzer.api import Analyzer
from analyzer.assemble.cross_references.resolve import References
from analyzer.knowledge import load_knowledge
from analyzer.segment import segment
from analyzer.types import Document, Metadata
from tests.support import bounded

AGREEMENT = """FREE TRADE AGREEMENT BETWEEN NORLAND AND VESPERIA

Norland and Vesperia have agreed as follows:

CHAPTER ONE
GENERAL PROVISIONS

Article 1.1
Definitions

1. For the purposes of this Agreement days are calendar days.

2. Each Party shall publish its laws.

CHAPTER EIGHTEEN
LABOUR

Article 18.1
Statement of Commitments

1. The Parties affirm their obligations as members of the ILO.

2. Each Party shall adopt and maintain in its law:

(a) the freedom of association;

(b) the abolition of child labour; and

(c) the elimination of discrimination.

Article 18.2
Enforcement

1. Neither Party shall fail to enforce its labour law.

2. WORDS

CHAPTER TWENTY
DISPUTE SETTLEMENT

Article 20.1
Scope

1. This Chapter applies to disputes under this Agreement.

2. A panel shall report within ninety days.

Annex 18-A
Joint Activities

1. The Parties may hold seminars.

2. The Parties may exchange inspectors.
"""


def found(words, *, text=AGREEMENT, kind="agreement", language="en"):
    """Return what the sentence in the place of WORDS refers to: words, status and addresses."""
    document = Document("a", text.replace("WORDS", words), language, metadata=Metadata(document_kind=kind))
    clauses = segment(document)
    references = References(document, clauses, load_knowledge())
    at = document.text.index(words)
    index = max(i for i, clause in enumerate(clauses) if clause.start <= at < clause.own_end)
    return [
        (document.text[one.start : one.end], one.status, [clauses[target].clause_id for target in one.targets])
        for one in references.of(index)
    ]


ARTICLE = "chapter-eighteen/art-18.1"


@pytest.mark.parametrize(
    ("words", "targets"),
    [
        ("Article 18.1 shall hold.", [ARTICLE]),
        ("Article 18.1.2(a) shall hold.", [f"{ARTICLE}/par-2/item-a"]),
        ("Paragraph 2(a) of Article 18.1 shall hold.", [f"{ARTICLE}/par-2/item-a"]),
        ("Subparagraphs (a) and (c) of Article 18.1.2 hold.", [f"{ARTICLE}/par-2/item-a", f"{ARTICLE}/par-2/item-c"]),
        ("Paragraphs 1 and 2(b) of Article 18.1 hold.", [f"{ARTICLE}/par-1", f"{ARTICLE}/par-2/item-b"]),
        ("Paragraph 2(a) and (b) of Article 18.1 hold.", [f"{ARTICLE}/par-2/item-a", f"{ARTICLE}/par-2/item-b"]),
        ("Article 18.1, paragraph 2 shall hold.", [f"{ARTICLE}/par-2"]),
        ("Articles 18.1 to 18.2 shall hold.", [ARTICLE, "chapter-eighteen/art-18.2"]),
        ("Articles 1.1 and 20.1 of this Agreement hold.", ["chapter-one/art-1.1", "chapter-twenty/art-20.1"]),
        ("Subject to this Chapter, it holds.", ["chapter-eighteen"]),
        ("This Article shall hold.", ["chapter-eighteen/art-18.2"]),
        ("The preceding paragraph shall hold.", ["chapter-eighteen/art-18.2/par-1"]),
        ("Paragraph 1 or 2 of Article 18.1 shall hold.", [f"{ARTICLE}/par-1", f"{ARTICLE}/par-2"]),
        ("Chapter One (General Provisions) or Twenty (Dispute Settlement) holds.", ["chapter-one", "chapter-twenty"]),
        ("The preceding paragraphs shall hold.", ["chapter-eighteen/art-18.2/par-1"]),
        ("Paragraph 1 shall hold.", ["chapter-eighteen/art-18.2/par-1"]),
        ("Annex 18-A shall hold.", ["annex-18-a"]),
        ("Paragraph 2 of Annex 18-A shall hold.", ["annex-18-a/par-2"]),
        ("Chapter Twenty (Dispute Settlement) shall hold.", ["chapter-twenty"]),
        ("Chapters One (General Provisions) and Twenty (Dispute Settlement) hold.", ["chapter-one", "chapter-twenty"]),
    ],
)
def test_english_references_lead_to_clauses(words, targets):
    assert found(words) == [(found(words)[0][0], "resolved", targets)]


SPANISH = """TRATADO DE LIBRE COMERCIO ENTRE NORVANIA Y ESTAVIA

CAPÍTULO XII
LABORAL

Artículo 12.1
Compromisos

1. Las Partes reafirman sus obligaciones.

2. Cada Parte adoptará en su legislación:

a) la libertad sindical;

b) la abolición del trabajo infantil.

Artículo 12.2
Aplicación

1. Ninguna Parte dejará de aplicar su legislación laboral.

2. WORDS
"""

ITEMS = ["art-12.1/par-2/item-a", "art-12.1/par-2/item-b"]

FRENCH = """ACCORD DE LIBRE-ÉCHANGE ENTRE LA NORVANIE ET L'ESTAVIE

CHAPITRE XII
TRAVAIL

Article 12.1
Engagements

1. Les Parties réaffirment leurs obligations.

2. Chaque Partie adopte dans son droit :

a) la liberté syndicale ;

b) l'abolition du travail des enfants.

Article 12.2
Application

1. Aucune Partie ne manque d'appliquer son droit du travail.

2. WORDS
"""


@pytest.mark.parametrize(
    ("words", "targets"),
    [
        ("El Artículo 12.1 se aplica.", ["art-12.1"]),
        ("El párrafo 2, literal a), del artículo 12.1 se aplica.", ["art-12.1/par-2/item-a"]),
        ("El inciso b), párrafo 2 del artículo 12.1 se aplica.", ["art-12.1/par-2/item-b"]),
        (
            "Los literales a) y b) del párrafo 2 del artículo 12.1 rigen.",
            ["art-12.1/par-2/item-a", "art-12.1/par-2/item-b"],
        ),
        ("El párrafo anterior se aplica.", ["art-12.2/par-1"]),
        ("Los artículos 12.1 y 12.2 del presente Acuerdo rigen.", ["art-12.1", "art-12.2"]),
    ],
)
def test_spanish_references(words, targets):
    ((_, status, addresses),) = found(words, text=SPANISH, language="es")
    assert (status, addresses) == ("resolved", [f"chapter-xii/{target}" for target in targets])


@pytest.mark.parametrize(
    ("words", "targets"),
    [
        ("L'article 12.1 s'applique.", ["art-12.1"]),
        ("L'article 12.1, paragraphe 2, point b), s'applique.", ["art-12.1/par-2/item-b"]),
        ("Le paragraphe 2, point a), de l'article 12.1 s'applique.", ["art-12.1/par-2/item-a"]),
        ("Les articles 12.1 à 12.2 s'appliquent.", ["art-12.1", "art-12.2"]),
        ("Le paragraphe précédent s'applique.", ["art-12.2/par-1"]),
        ("Le paragraphe 1 du présent article s'applique.", ["art-12.2/par-1"]),
    ],
)
def test_french_references(words, targets):
    ((_, status, addresses),) = found(words, text=FRENCH, language="fr")
    assert (status, addresses) == ("resolved", [f"chapter-xii/{target}" for target in targets])


@pytest.mark.parametrize(
    "words",
    [
        "Article XX of GATT 1994 is incorporated.",
        "Article 5 of the Convention on Minimum Age holds.",
        "Article 20.1 of the TBT Agreement holds.",
        "Article 3 of the Agreement on Safeguards holds.",
        "The Wages Act (Law No. 5 of 2003), Article 1.1 holds.",
    ],
)
def test_parts_of_other_instruments_are_external(words):
    assert [(status, targets) for _, status, targets in found(words)] == [("external", [])]


def test_the_agreement_of_a_protocol_is_another_one():
    assert found("Article 18.1 of the Agreement holds.")[0][1] == "resolved"
    assert found("Article 18.1 of the Agreement holds.", kind="protocol")[0][1] == "external"


@pytest.mark.parametrize(
    ("words", "targets"),
    [
        ("Article 18.9 shall hold.", []),
        ("Annex 18-C shall hold.", []),
        ("Paragraph 7 of Article 18.1 shall hold.", ["chapter-eighteen/art-18.1"]),
    ],
)
def test_what_the_text_lacks_dangles(words, targets):
    assert [(status, addresses) for _, status, addresses in found(words)] == [("dangling", targets)]


@pytest.mark.parametrize(
    "words",
    [
        "The contact point of each Party, or contact point(s), shall reply.",
        "Each Party shall take part in the work and give title to it.",
        "The Parties shall meet within 30 days.",
    ],
)
def test_words_that_name_no_part_are_no_references(words):
    assert found(words) == []


def test_lists_with_parts_keep_their_articles():
    words = "Articles 18.1, paragraph 2, 18.2, paragraphs 1 and 2, and 20.1 hold."
    assert [targets for _, _, targets in found(words)] == [
        ["chapter-eighteen/art-18.1/par-2"],
        ["chapter-eighteen/art-18.2/par-1", "chapter-eighteen/art-18.2/par-2"],
        ["chapter-twenty/art-20.1"],
    ]


def test_a_number_that_occurs_twice_is_looked_for_nearby():
    text = AGREEMENT.replace("Article 20.1\nScope", "Article 18.1\nScope").replace("WORDS", "Article 18.1 shall hold.")
    assert found("Article 18.1 shall hold.", text=text)[0][2] == ["chapter-eighteen/art-18.1"]


def test_dangling_references_are_told(tmp_path):
    text = AGREEMENT.replace("WORDS", "Each Party shall enforce its labour law as set out in Annex 18-C.")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    analysis = Analyzer().analyze(tmp_path / "a.txt")
    told = [notice.text for notice in analysis.document.warnings if notice.code == "dangling-references"]
    assert told == ["1 of 1 references in labour provisions lead to no part of this text"]


@pytest.mark.parametrize("words", ["Articles 1, ", "paragraph (a)(b)", "of Article ", "Chapter X and ", "this "])
def test_hostile_text_does_not_hang(words):
    with bounded():
        found(words * (40_000 // len(words)))


STATUTE = """NORLAND LABOUR IMPLEMENTATION ACT

TITLE 4 - LABOUR

§ 4101. Committee

(a) The President shall appoint a committee on labour.

§ 4102. Duties

WORDS
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The report under section 4101(a) of this title is public.", [("resolved", ["title-4/art-4101/item-a"])]),
        ("A report under section 9001 of this title is public.", [("dangling", ["title-4"])]),
        ("Duties under article 31.4 of the NVTA are kept.", [("external", [])]),
        ("Action under chapter 23 or chapter 31 of the NVTA is taken.", [("external", []), ("external", [])]),
        (
            "It follows annex 9-A of the NVTA, and reports on such annex 9-A.",
            [("external", []), ("external", [])],
        ),
    ],
)
def test_a_statute_refers_to_its_sections_and_to_agreements_by_their_acronyms(words, expected):
    got = found(words, text=STATUTE, kind="statute")
    assert [(status, targets) for _, status, targets in got] == expected


def test_an_acronym_of_the_agreement_itself_leads_inside():
    text = AGREEMENT.replace(
        "FREE TRADE AGREEMENT BETWEEN NORLAND AND VESPERIA", "Norland Vesperia Trade Accord (NVTA)"
    )
    document = Document("a", text, "en", metadata=Metadata(title="Norland Vesperia Trade Accord (NVTA)"))
    clauses = segment(document)
    named = text.replace("WORDS", "Article 18.1 of the NVTA shall hold.")
    document = Document("a", named, "en", metadata=document.metadata)
    clauses = segment(document)
    index = next(i for i, clause in enumerate(clauses) if clause.clause_id == "chapter-eighteen/art-18.2/par-2")
    (reference,) = References(document, clauses, load_knowledge()).of(index)
    assert reference.status == "resolved"


TITLES = """TRADE AND LABOUR AGREEMENT BETWEEN NORLAND AND VESPERIA

TITLE I
SECTORS

CHAPTER 4
Energy Cooperation

Article 1
Energy

The Parties cooperate on energy.

CHAPTER 5
Labour

Article 2
Labour

WORDS

CHAPTER 4
Dispute Settlement

Article 3
Panels

A panel reports.
"""


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("Disputes follow Chapter 4 (Dispute Settlement).", "title-i/chapter-4~2"),
        ("Disputes follow Chapter 4 (Dispute Settlement) of Title II (Trade).", "title-i/chapter-4~2"),
        ("Disputes follow Chapter 4 (Energy Cooperation).", "title-i/chapter-4"),
        ("Disputes follow Article 3 of Chapter 4 (Dispute Settlement) of Title II.", "title-i/chapter-4~2/art-3"),
    ],
)
def test_a_heading_in_brackets_tells_chapters_of_one_number_apart(words, target):
    assert found(words, text=TITLES)[0][1:] == ("resolved", [target])


CONVENIO = """CONVENIO DE MIGRACIÓN LABORAL ENTRE NORVANIA Y ESTAVIA

Artículo 3
Ámbito

Se aplica a los trabajadores.

Artículo 4
Requisitos

Los trabajadores presentarán:

a) pasaporte; y

b) contrato de trabajo.

Anexo I

Artículo 4
Trámite

WORDS
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Se exigirá lo previsto en el inciso b) del Artículo 4 del Convenio.", ("resolved", ["art-4/item-b"])),
        ("Se exigirá lo previsto en el Artículo 4, incisos a) y b).", ("resolved", ["art-4/item-a", "art-4/item-b"])),
        (
            "Se exigirá lo previsto en el inc. b) del Artículo 4 del Convenio, y un visado.",
            ("resolved", ["art-4/item-b"]),
        ),
        ("Se respetará el Artículo 4 del Convenio sobre el trabajo forzoso.", ("external", [])),
        ("Se respetará el Artículo 4 del Convenio 29 de la OIT.", ("external", [])),
    ],
)
def test_an_annex_refers_to_the_agreement_that_it_belongs_to(words, expected):
    text = CONVENIO.replace("WORDS", words)
    title = "Convenio de Migración Laboral entre Norvania y Estavia"
    document = Document("a", text, "es", metadata=Metadata(title=title))
    clauses = segment(document)
    at = text.index(words)
    index = max(i for i, clause in enumerate(clauses) if clause.start <= at < clause.own_end)
    (reference,) = References(document, clauses, load_knowledge()).of(index)
    assert (reference.status, [clauses[one].clause_id for one in reference.targets]) == expected
