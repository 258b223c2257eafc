"""The segmenter: headings of every kind, references that are none, lists, notes, and a tree that loses nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.bundled import bundled
from analyzer.read.file import read
from analyzer.segment import segment
from analyzer.types import Clause, ClauseKind, Division, Document
from tests.support import SHARED, bounded, needs_shared, run


def cut(text: str, language: str = "en") -> dict[str, Clause]:
    document = Document("x", text, language)  # type: ignore[arg-type]
    clauses = segment(document)
    check_tree(document, clauses)
    return {clause.clause_id: clause for clause in clauses}


def check_tree(document: Document, clauses: tuple[Clause, ...]) -> None:
    """Assert what must hold of every segmentation: order, nesting, unique addresses, every character once."""
    text = document.text
    assert len({clause.clause_id for clause in clauses}) == len(clauses)
    marked = bytearray(len(text))
    for index, clause in enumerate(clauses):
        assert clause.kind in get_args(ClauseKind)
        assert 0 <= clause.start <= clause.own_end <= clause.end <= len(text)
        if index:
            assert clauses[index - 1].start <= clause.start
        if clause.parent is not None:
            above = clauses[clause.parent]
            assert clause.parent < index
            assert above.start <= clause.start
            assert clause.end <= above.end or clause.kind == "footnote"
        assert not any(marked[clause.start : clause.own_end]), clause.clause_id
        marked[clause.start : clause.own_end] = b"\1" * (clause.own_end - clause.start)
    lost = [text[at] for at, seen in enumerate(marked) if not seen and not text[at].isspace()]
    assert not lost


AGREEMENT = """FREE TRADE AGREEMENT
BETWEEN
THE KINGDOM OF ARLEM AND THE REPUBLIC OF BOSTRA

TABLE OF CONTENTS

Preamble .............................. 1
Chapter One Initial Provisions ........ 3
Chapter Two Labour .................... 5

PREAMBLE

The Kingdom of Arlem and the Republic of Bostra ("the Parties"),

DESIRING to create employment;

RECOGNISING that trade should benefit workers;

HAVE AGREED as follows:

PART I
GENERAL

CHAPTER ONE
INITIAL PROVISIONS

Section A

Article 1.1: Definitions

For the purposes of this Agreement:

labour law means the laws of a Party on work;

person means a natural person;

Article 1.2
Scope

1. This Agreement applies to trade.
2. It does not apply, subject to
Article 5 which governs the rest, to:
   (a) taxes; and
   (b) services, including:
       (i) air transport; and
       (ii) postal services.

1 This footnote explains the word services.

CHAPTER TWO
LABOUR

Article 2.1 - Labour Rights

Each Party shall protect workers.

IN WITNESS WHEREOF, the undersigned have signed this Agreement.

Done at Port Arlem, this 3rd day of May 2019.

ANNEX 2-A
LISTS

1. The lists are as follows.

Side Letter

Port Arlem, 3 May 2019

Dear Minister,

I have the honour to confirm the following understanding.
"""


def test_a_whole_agreement() -> None:
    found = cut(AGREEMENT)
    kinds = {address: clause.kind for address, clause in found.items()}
    body = "part-i/chapter-one/section-a"
    assert kinds["contents"] == "text"
    assert kinds["preamble/recital-2"] == "recital"
    assert kinds[f"{body}/art-1.1/def-labour-law"] == "definition"
    assert kinds[f"{body}/art-1.2/par-2/item-b/sub-ii"] == "subitem"
    assert kinds[f"{body}/art-1.2/fn-1"] == "footnote"
    assert kinds["annex-2-a/par-1"] == "paragraph"
    assert found["part-i/chapter-two"].number == "TWO"
    assert found["part-i/chapter-two/art-2.1"].heading == "Labour Rights"
    assert sum(kind == "article" for kind in kinds.values()) == 3
    locations = {address: clause.location for address, clause in found.items()}
    assert locations["preamble/recital-1"] == "preamble"
    assert locations[f"{body}/art-1.2/fn-1"] == "footnote"
    assert locations["annex-2-a/par-1"] == "annex"
    assert any(location == "side letter" for location in locations.values())
    assert any(address.startswith("signature") for address in kinds)


def test_the_lead_in_of_an_item_is_its_parent() -> None:
    clauses = segment(Document("x", AGREEMENT, "en"))
    item = next(clause for clause in clauses if clause.clause_id.endswith("item-a"))
    assert item.parent is not None
    lead = clauses[item.parent]
    assert AGREEMENT[lead.start : lead.own_end].startswith("2. It does not apply")
    assert lead.own_end <= item.start
    assert lead.end >= item.end


def test_a_text_may_end_on_a_number_with_a_dot() -> None:
    text = "ARTICLE 1\nLabour\n\n1. Each Party shall ban forced labour.\n\n2. It shall ratify ILO Convention No. 87.\n"
    assert cut(text)["art-1/par-2"].end == len(text) - 1


@pytest.mark.parametrize(
    ("heading", "number", "name"),
    [
        ("Article 5", "5", ""),
        ("ARTICLE 5", "5", ""),
        ("Article 5: Scope of Cooperation", "5", "Scope of Cooperation"),
        ("Article 5 - SCOPE", "5", "SCOPE"),
        ("Article 5. Scope", "5", "Scope"),
        ("Art. 5", "5", ""),
        ("ARTICLE V", "V", ""),
        ("Article 5\nScope of Cooperation", "5", "Scope of Cooperation"),
        ("ARTICLE 5\n\nSCOPE OF COOPERATION", "5", "SCOPE OF COOPERATION"),
        ("ARTTCLE 5", "5", ""),
    ],
)
def test_headings_as_they_are_printed(heading: str, number: str, name: str) -> None:
    text = f"Article 4\n\nThe Parties shall meet.\n\n{heading}\n\nThe Parties shall cooperate fully.\n"
    articles = [clause for clause in cut(text).values() if clause.kind == "article"]
    assert [(clause.number, clause.heading) for clause in articles][1:] == [(number, name)]


@pytest.mark.parametrize(
    ("heading", "number", "name", "language"),
    [
        ("Article premier", "premier", "", "fr"),
        ("Article premier – Objet", "premier", "Objet", "fr"),
        ("ARTÍCULO 1", "1", "", "es"),
        ("Artículo 1º.- Objeto", "1º", "Objeto", "es"),
        ("ARTÍCULO PRIMERO", "PRIMERO", "", "es"),
        ("Artículo 1.- Objeto. Las Partes establecen aquí una zona de comercio.", "1", "Objeto", "es"),
    ],
)
def test_headings_in_spanish_and_french(heading: str, number: str, name: str, language: str) -> None:
    text = f"{heading}\n\nLes Parties se réunissent; las Partes se reúnen cada año.\n"
    articles = [clause for clause in cut(text, language).values() if clause.kind == "article"]
    assert [(clause.number, clause.heading) for clause in articles] == [(number, name)]


@pytest.mark.parametrize(
    ("heading", "kind", "number"),
    [
        ("CHAPTER FOUR\nLABOUR", "chapter", "FOUR"),
        ("Chapter IV: Labour", "chapter", "IV"),
        ("Title IV\nTrade", "title", "IV"),
        ("PART TWO\nTRADE", "part", "TWO"),
        ("Section B\nLabour", "section", "B"),
        ("CAPÍTULO CUARTO\nAsuntos Laborales", "chapter", "CUARTO"),
        ("TÍTULO IV\nComercio", "title", "IV"),
        ("CHAPITRE IV\nTravail", "chapter", "IV"),
        ("TITRE PREMIER\nDispositions", "title", "PREMIER"),
    ],
)
def test_higher_headings(heading: str, kind: str, number: str) -> None:
    text = f"{heading}\n\nArticle 1\n\nThe Parties shall meet.\n\nArticle 2\n\nThey shall report.\n"
    first = next(iter(cut(text).values()))
    assert (first.kind, first.number) == (kind, number)


def test_articles_put_in_later() -> None:
    numbers = ("5", "5 bis", "5 ter", "6", "6A", "7")
    text = "".join(f"Article {number}\n\nThe Parties shall meet.\n\n" for number in numbers)
    assert tuple(clause.number for clause in cut(text).values() if clause.kind == "article") == numbers


@pytest.mark.parametrize(
    "reference",
    [
        "Article 5 shall apply to such goods.",
        "Article 5 applies where the Parties so agree.",
        "Article 12 of this Agreement and the Annex thereto.",
        "Article 3 and Article 4 shall prevail.",
        "Article 9(2) and the Protocol are not affected.",
        "Article 9, paragraph 2, shall not be affected.",
        "Article 7 (Scope), whichever is later.",
        "Article XX of GATT 1994 is incorporated.",
        "Chapter 10, the Parties shall consult.",
        "Chapter 20 (Dispute Settlement) does not apply.",
        "Article 2.4, each Party shall report.",
        "Section B of Chapter 10 or to a measure under it.",
        "Annex 5 or Annex 6, as the case may be.",
        "article 14 ci-dessus, les Parties se consultent.",
        "Article 8 de la présente Convention est réservé.",
        "Article 8 s'applique aux marchandises.",
        "Article 6 sont applicables aux services.",
        "Artículo 7 se aplicará a las mercancías.",
        "Artículo 7 del presente Tratado, las Partes consultarán.",
        "Artículo 7 no será aplicable.",
        "Artículo 9 y el Anexo serán aplicables.",
        "Capítulo 12 (Inversión), salvo disposición en contrario.",
    ],
)
def test_a_reference_at_the_start_of_a_line_is_no_heading(reference: str) -> None:
    text = (
        "Article 1\nScope\n\n1. Goods are traded freely in accordance with the provisions of\n"
        f"{reference}\n2. The Parties shall meet.\n\nArticle 2\nMeetings\n\nThe Parties shall meet once a year.\n"
    )
    found = cut(text)
    assert [clause.number for clause in found.values() if clause.kind == "article"] == ["1", "2"]
    assert not [address for address in found if address.startswith(("chapter", "annex", "section"))]


def test_a_table_of_contents_is_not_the_body() -> None:
    entries = "".join(f"Article {n}: Subject {n}\n" for n in range(1, 9))
    body = "".join(f"Article {n}: Subject {n}\n\nThe Parties shall do deed {n} together.\n\n" for n in range(1, 9))
    found = cut(f"CONTENTS\n\n{entries}\n{body}")
    assert [clause.number for clause in found.values() if clause.kind == "article"] == [str(n) for n in range(1, 9)]
    assert sum("~" in address for address in found) == 0


def test_the_letter_i_and_the_roman_one() -> None:
    letters = "".join(f"({letter}) matter {letter};\n" for letter in "abcdefghij")
    found = cut(f"Article 1\n\n1. The Parties shall:\n\n{letters}")
    assert found["art-1/par-1/item-i"].kind == "item"
    found = cut(
        "Article 1\n\n1. The Parties shall:\n\n(a) consider:\n\n(i) wages; and\n\n(ii) hours; and\n\n(b) report.\n"
    )
    assert found["art-1/par-1/item-a/sub-i"].kind == "subitem"
    assert found["art-1/par-1/item-b"].kind == "item"


def test_an_enumerator_alone_on_its_line() -> None:
    found = cut("Article 1\n\n1. Labour rights are:\n\n(a)\n\nfreedom of association; and\n\n(b)\n\nequal pay.\n")
    assert found["art-1/par-1/item-b"].own_end - found["art-1/par-1/item-b"].start == len("(b)\n\nequal pay.")


def test_a_sentence_broken_by_blank_lines_stays_whole() -> None:
    text = "Article 1\n\n1. Each Party shall promote the employment of \n\n\nyoung workers in its territory.\n"
    found = cut(text)
    assert [address for address in found if address.startswith("art-1/")] == ["art-1/par-1"]


def test_addresses_do_not_shift_with_a_change_elsewhere() -> None:
    before = set(cut(AGREEMENT))
    changed = AGREEMENT.replace("1. This Agreement applies to trade.\n", "1. This applies:\n   (a) to trade.\n")
    assert {address for address in before if "chapter-two" in address} <= set(cut(changed))


def test_repeated_numbers_get_addresses_of_their_own() -> None:
    found = cut("Article 1\n\n1. One thing.\n\n1. Another thing.\n")
    assert {"art-1/par-1", "art-1/par-1~2"} <= set(found)


def test_chapters_and_articles_of_the_source_are_taken_as_they_are() -> None:
    heading, title = "CHAPTER 2\nLabour\n\n", "ARTICLE 5\nRights\n\n"
    body = "1. Each Party shall protect workers. \n\n\nArticle 7 shall apply.\n\n2. It shall report."
    text = heading + title + body + "\n\n"
    start = len(heading)
    divisions = (
        Division("chapter", "CHAPTER 2", "Labour", 0, start, len(text), "77"),
        Division("article", "ARTICLE 5", "Rights", start, start + len(title), start + len(title + body), "801"),
    )
    document = Document("tota-1", text, "en", format="tota", divisions=divisions)
    clauses = segment(document)
    check_tree(document, clauses)
    paragraphs = [clause for clause in clauses if clause.kind == "paragraph"]
    assert [clause.number for clause in paragraphs] == ["1", "2"]
    for clause in paragraphs:
        assert clause.source_id == "801"
        assert clause.source_start is not None
        assert body[clause.source_start :].startswith(text[clause.start : clause.own_end])
    assert sum(clause.kind == "article" for clause in clauses) == 1


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "Article 1", "ARTICLE II", "Article 3: Scope", "Chapter One", "CAPÍTULO II", "Annex A", "PREAMBLE",
                "1.", "2. The Parties shall meet.", "(a) wages;", "(i) hours;", "- rest;", "provided that",
                "Article 5 shall apply.", "RECOGNISING the need;", "labour law means law;", "1 A note.", "", "",
                "....... 12", "Dear Minister,", "IN WITNESS WHEREOF", "“", "\t", "é’—", "Side Letter", "and", "Page 3",
            ]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_nothing_is_lost_whatever_the_lines_are(lines: list[str]) -> None:
    cut("\n".join(lines))


@pytest.mark.parametrize("path", sorted(bundled("corpus/texts").glob("*.txt")), ids=lambda path: path.stem)
def test_nothing_is_lost_of_the_samples(path: Path) -> None:
    document = read(path)
    check_tree(document, segment(document))


@pytest.mark.parametrize("text", ["x " * 2_000_000, "\n" * 1_000_000, "(a) " * 200_000, "Article 1 " * 100_000])
def test_hostile_texts_take_bounded_time(text: str) -> None:
    with bounded():
        segment(Document("x", text, "en"))


@needs_shared("tota")
def test_nothing_is_lost_of_real_agreements() -> None:
    for path in sorted((SHARED / "tota" / "xml").glob("*.xml"))[::12]:
        document = read(path)
        check_tree(document, segment(document))


@needs_shared("rawtexts")
def test_nothing_is_lost_of_raw_texts() -> None:
    for path in sorted((SHARED / "rawtexts").glob("*.txt"))[::12]:
        document = read(path)
        check_tree(document, segment(document))


@needs_shared("renditions")
def test_articles_of_plain_text_renditions(tmp_path: Path) -> None:
    made, clauses = tmp_path / "made", tmp_path / "clauses"
    clauses.mkdir()
    script = SHARED / "renditions" / "make_renditions.py"
    run([sys.executable, script, SHARED / "tota" / "xml", made, "--limit", "24"], check=True)
    for path in made.glob("*.txt"):
        document = Document(path.stem, path.read_text(encoding="utf-8"), "en")
        rows = [
            {"kind": clause.kind, "number": clause.number, "start": clause.start, "end": clause.end}
            for clause in segment(document)
        ]
        (clauses / f"{path.stem}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    scored = run([sys.executable, SHARED / "renditions" / "score_segments.py", made, clauses], check=True)
    figures = json.loads(scored.stdout.splitlines()[0])
    assert figures["F"] >= 0.97
    assert figures["number_accuracy"] >= 0.97
    assert figures["coverage"] >= 0.999


# Texts that lost their lay-out: wrapped lines, run-on paragraphs, page numbers


def test_lists_run_on_over_wrapped_lines() -> None:
    clauses = cut(
        "Article 1\nCooperation\n1. The Parties shall cooperate on: - the training of\ninspectors, - the safety of"
        " workplaces, - the\nhealth of workers. 2. They shall report once a year. 3. (a) A Party\nmay ask for more."
        " (b) It shall say why."
    )
    assert {"art-1/par-1", "art-1/par-2", "art-1/par-3/item-a", "art-1/par-3/item-b"} <= clauses.keys()
    assert sum(clause.kind == "item" for key, clause in clauses.items() if key.startswith("art-1/par-1/")) == 3


def test_a_list_after_a_comma() -> None:
    clauses = cut(
        "Article 1\n1. Subject to the rules of each Party, - the wages of workers shall be equal, - their hours shall"
        " be equal.\n"
    )
    assert sum(clause.kind == "item" for clause in clauses.values()) == 2


def test_a_dash_within_a_sentence_is_no_list() -> None:
    clauses = cut("Article 1\nThe Parties, - in this as in all else, shall - as far as they can - cooperate.\n")
    assert not any(clause.kind == "item" for clause in clauses.values())


def test_a_footnote_within_a_paragraph_is_known_by_its_marker() -> None:
    text = (
        "Article 1\n1. Each Party shall regulate minimum wages4 and hours of work. 4 For greater certainty, hours of"
        " work do not include holidays.\n2. It shall report.\n"
    )
    clauses = cut(text)
    note = clauses["art-1/fn-4"]
    assert list(clauses)[note.parent or 0] == "art-1/par-1"
    assert text[note.start : note.own_end].startswith("4 For greater certainty")
    assert not any(clause.kind == "footnote" for clause in cut(text.replace("wages4", "wages")).values())


def test_a_footnote_between_the_lines_of_a_sentence() -> None:
    text = (
        "Article 1\n1. This Chapter applies to trade-related aspects of labour5\n5 Labour includes the issues of the"
        " Decent Work Agenda.\nand of the environment.\n"
    )
    clauses = cut(text)
    assert [clause.number for clause in clauses.values() if clause.kind == "footnote"] == ["5"]


def test_a_number_of_a_convention_at_the_end_of_a_line_ends_no_sentence() -> None:
    clauses = cut(
        "Article 1\nThe Parties shall give effect to Convention No. 182\nConcerning the Worst Forms of Child Labour in"
        " all of their territory.\n"
    )
    assert len([clause for clause in clauses.values() if clause.kind == "text"]) == 1


def test_a_heading_glued_to_the_end_of_a_paragraph() -> None:
    clauses = cut(
        "Chapter 1: Trade\nArticle 1.1: Scope\n1. This Chapter is about trade.\n\n2. A Party shall not do so under"
        " paragraph 1. Chapter 2: Labour\nArticle 2.1: Scope\nThis Chapter is about labour.\n"
    )
    assert clauses["chapter-2"].heading == "Labour"
    assert "chapter-2/art-2.1" in clauses


def test_a_page_number_between_paragraphs_belongs_to_neither() -> None:
    text = (
        "Article 1\n1. The Parties shall meet every year, and their ministers shall attend. 10 2. They shall report on"
        " what they did for workers.\n"
    )
    clause = cut(text)["art-1/par-1"]
    assert text[clause.start : clause.own_end].endswith("attend.")


def test_the_name_of_an_article_goes_on_in_a_second_short_line() -> None:
    clauses = cut(
        "Article 7\nPublication and Notification requirements for State\nTrading Enterprises\n\n1. A Party shall notify"
        " them.\n\nArticle 8\nSettlement Of Disputes\nScope of Section\n\n1. This Section is about disputes.\n"
    )
    assert clauses["art-7"].heading == "Publication and Notification requirements for State Trading Enterprises"
    assert cut("Article 3\nApproval of Means of transport\n\n1. It is given.\n")["art-3"].heading.endswith("transport")
    assert clauses["art-8"].heading == "Settlement Of Disputes"  # what stands below it heads a part of the article


def test_the_name_of_an_article_goes_on_after_a_comma() -> None:
    clauses = cut(
        "Article 9\n\nRelease from the Payment of Duties, Taxes,\nFees and Charges\n\n1. A Party shall do so.\n"
    )
    assert clauses["art-9"].heading == "Release from the Payment of Duties, Taxes, Fees and Charges"


@pytest.mark.parametrize(
    "name",
    [
        "Protección de los derechos de los trabajadores migrantes y de sus familias.",
        "Procedimientos para la inspección del trabajo y para la atención de las\nreclamaciones de los trabajadores.",
    ],
)
def test_a_name_behind_a_colon_that_ends_with_a_stop(name: str) -> None:
    text = (
        "Artículo 4-01: Objeto.\n1. Las Partes cooperarán.\n\n"
        f"Artículo 4-02: {name}\nCada Parte garantizará el cumplimiento de su legislación laboral.\n"
    )
    article = cut(text, "es")["art-4-02"]
    assert article.heading == " ".join(name.split()).rstrip(".")


def test_a_sentence_behind_a_colon_is_no_name() -> None:
    text = "Article 1: Scope\nThis is so.\n\nArticle 2: Each Party shall protect the rights of the workers there.\n"
    assert not cut(text)["art-2"].heading


def test_an_annex_named_after_its_chapter() -> None:
    clauses = cut(
        "CHAPTER SIX\nTRADE\nARTICLE 6.1: SCOPE\nThis Chapter is about trade.\n"
        "CHAPTER SEVEN\nLABOUR\nARTICLE 7.1: SCOPE\nThis Chapter is about labour.\n"
        "ANNEX 7-A\nCHAPTER SEVEN CONTACT POINTS\nThe contact points are the ministries.\n"
        "CHAPTER EIGHT\nENERGY\nARTICLE 8.1: SCOPE\nThis Chapter is about energy.\n"
    )
    chapters = [(clause.number, clause.location) for clause in clauses.values() if clause.kind == "chapter"]
    assert chapters == [("SIX", "body"), ("SEVEN", "body"), ("EIGHT", "body")]
    assert [c.heading for c in clauses.values() if c.kind == "annex"] == ["CHAPTER SEVEN CONTACT POINTS"]


def test_the_marker_of_a_footnote_is_no_part_of_a_name() -> None:
    text = "ARTICLE 1.1: LABOUR INSPECTION3\n1. A Party shall inspect mines.\nARTICLE 1.2: SCOPE\nMines are meant.\n"
    assert cut(text)["art-1.1"].heading == "LABOUR INSPECTION"


def test_numbers_of_articles_with_their_figures_apart() -> None:
    numbers = [*range(1, 10), "1 0", "1 1", "1 2"]
    text = " ".join(
        f"Article {number} The Parties shall keep the rule of labour law no {number}." for number in numbers
    )
    text = f"The Parties have agreed as follows: {text} Under paragraph 3. {'They shall report on it. ' * 40}"
    found = [clause.number for clause in cut(text).values() if clause.kind == "article"]
    assert found == [str(number) for number in range(1, 13)]


def test_a_paragraph_number_behind_that_of_the_article_is_no_figure_of_it() -> None:
    numbers = "".join(f" Article {number} 1 The Parties shall meet. 2 They shall report." for number in (1, 2, 3))
    text = f"The Parties have agreed as follows:{numbers} {'They shall report on it. ' * 60}"
    assert [clause.number for clause in cut(text).values() if clause.kind == "article"] == ["1", "2", "3"]


def test_a_subheading_before_the_first_paragraph() -> None:
    clauses = cut("Article 3\nInstitutions\nContact Points\n1. Each Party shall name one.\n2. They shall meet.\n")
    assert {"art-3/par-1", "art-3/par-2"} <= clauses.keys()


def test_tables_are_not_cut() -> None:
    rows = "0101.10 Horses 5 %\nArticle 7\n0102.10 Cattle 7 %"
    text = f"ANNEX 1\n\nDUTIES ON GOODS\n\n{rows}\n\nArticle 1\nThe Parties agree.\n"
    start, end = text.index("0101"), text.index("\n\nArticle 1\n")
    document = Document("x", text, "en", tables=((start, end),))
    clauses = segment(document)
    check_tree(document, clauses)
    assert [clause.number for clause in clauses if clause.kind == "article"] == ["1"]
    assert [text[c.start : c.own_end] for c in clauses if c.clause_id.endswith("table")] == [text[start:end]]


def test_a_text_may_end_in_a_number_with_a_stop() -> None:
    text = "Article 1\n\n1. Each Party shall respect ILO Convention No. 87.\n"
    assert "art-1/par-1" in cut(text)
    assert "art-1/par-1" in cut(text.rstrip())
