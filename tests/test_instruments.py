"""Cited instruments: every form of citation is found and named right, and what only looks like one is not."""

import json
import re
import sys
from collections import Counter

import pytest
from defusedxml.ElementTree import parse
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import KnowledgeError
from analyzer.knowledge import load_knowledge
from analyzer.tag.instruments import find_instruments
from tests.knowledge_folder import edit
from tests.support import MOST_WORK, ROOT, SHARED, bounded, needs_shared

CODES = ("ILO98", "ILODECL", "ILOCONV", "UNINT")


def ids(text, language=None):
    return [reference.id for reference in find_instruments(text, language=language) if reference.named]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ratify ILO Convention No. 182", "C182"),
        ("ILO Conventions Nos. 29, 87, 98 and 105", "C029 C087 C098 C105"),
        ("the fundamental ILO Conventions, namely Conventions 87 and 98", "C087 C098"),
        ("ILO Conventions 87 (Freedom of Association), 98 (Bargaining) and 182", "C087 C098 C182"),
        ("ILO Conventions on child labour (Nos. 138 and 182)", "C138 C182"),
        ("ILO Convention (No. 87) and (No. 98)", "C087 C098"),
        ("C.87 and C098 of the ILO, and R204", "C087 C098 R204"),
        ("the International Labour Organisation 169 Convention", "C169"),
        ("ILO Convention No. 182, 17 June 1999", "C182"),
        ("!LO Convention No . 182", "C182"),
        ("the  lLO\n   Convention\n\tNo.\n 182", "C182"),
        ("Recommendation No. 204 of the ILO", "R204"),
        ("the ILO Protocol of 2014 to Convention No. 29", "P029"),
        ("Convenio núm. 169 de la OIT", "C169"),
        ("los Convenios n.os 87 y 98 de la Organización Internacional del Trabajo", "C087 C098"),
        ("el Convenio 182 de la OIT", "C182"),
        ("Convenios de la OIT Nº 87, Nº 98 y Nº 100", "C087 C098 C100"),
        ("la convention n°\u00a0138 de l’OIT", "C138"),
        ("les conventions nos 87, 98 et 111 de l'OIT", "C087 C098 C111"),
        ("(a) Convention No. 138 on work;\n(b) Convention No. 182, both of the ILO", "C138 C182"),
    ],
)
def test_citations_by_number(text, expected):
    assert ids(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Equal Remuneration Convention, 1951 (No. 100)", "C100"),
        ("the Discrimination (Employment and Occupation) Convention", "C111"),
        ("the Abolition of Forced Labor Convention", "C105"),
        ("the Convention on the Abolition of Forced Labour", "C105"),
        ("the Protocol of 2014 to the Forced Labour Convention, 1930", "P029"),
        (
            "Convention concerning the Prohibition and Immediate Action for the Elimination of the Worst Forms of "
            "Child Labour",
            "C182",
        ),
        ("Maternity Protection Convention, 1952", "C103"),
        ("Maternity Protection Convention", "C183"),
        ("Convenio sobre la edad mínima (núm. 138)", "C138"),
        ("la convention sur le travail forcé", "C029"),
        ("the ILO Declaration on Fundamental Principles and Rights at Work and its Follow-up (1998)", "ILO98"),
        ("the Declaration of Fundamental Principles and Rights at Work", "ILO98"),
        ("the ILO Declaration", "ILO98"),
        ("la Declaración de la Organización Internacional del Trabajo (OIT)", "ILO98"),
        ("the ILO Declaration of 2008", "ILO2008"),
        ("the Declaration of the ILO on Social Justice for a Fair Globalisation", "ILO2008"),
        ("the ILO's Decent Work Agenda", "DWA"),
        ("the Declaration of the ILO of 1998 on Fundamental Principles and Rights at Work", "ILO98"),
        ("the Tripartite Declaration of the ILO (1977, 2000) of Principles concerning Multinational Enterprises and"
         " Social Policy", "MNE"),
        ("la Declaración tripartita de la OIT de principios sobre las empresas multinacionales y la política social",
         "MNE"),
        ("the 2006 Ministerial Declaration of the UN Economic and Social Council on Full Employment and Decent Work",
         "ECOSOC2006"),
        ("SDG 8", "SDG8"),
    ],
)  # fmt: skip
def test_citations_by_title(text, expected):
    assert ids(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "the elimination of the worst forms of child labour",
        "la eliminación de las peores formas de trabajo infantil",
        "the United Nations Convention on the Law of the Sea and the Vienna Convention of 1969",
        "Convention No. 108 of the Council of Europe, on the data of workers",
        "Convention No. 3 on customs valuation; the Berne, Paris and Geneva Conventions; CITES",
        "Recommendation No. 25 of the UNECE on electronic documents",
        "the ILO Conventions. 3. The Parties shall meet.",
        "ILO Convention No. 999",
        "a declaration to the ILO",
        "an invoice declaration; the Declaration of origin",
        "goods of heading C 87 and paper of size A4",
    ],
)
def test_what_is_no_citation(text):
    assert ids(text) == []


def test_mentions_are_exact_and_in_order():
    text = "(see the ILO Convention No. 182) and the Minimum Age Convention, 1973 (No. 138)."
    found = find_instruments(text)
    assert [reference.text for reference in found] == [
        "ILO Convention No. 182",
        "Minimum Age Convention, 1973 (No. 138)",
    ]
    assert [reference.form for reference in found] == ["number", "title"]
    assert all(text[reference.start : reference.end] == reference.text for reference in found)


@pytest.mark.parametrize(
    "text",
    [
        "“Labour Declaration” means the ILO Declaration on Social Justice for a Fair Globalization. "
        "The Labour Declaration binds.",
        "The ILO Declaration on Social Justice for a Fair Globalization (2008) (“ILO Declaration”) stands. "
        "The ILO Declaration binds.",
        "In this Chapter the ILO Declaration means the ILO Declaration on Social Justice for a Fair Globalization. "
        "The ILO Declaration binds.",
        "the ILO Declaration on Social Justice for a Fair Globalization (hereinafter referred to as the "
        "“Declaration”) stands; the Declaration binds; an Invoice Declaration does not",
        "la Declaración de la OIT sobre la justicia social para una globalización equitativa (en adelante, "
        "«Declaración de Ostrava»); la Declaración de Ostrava obliga",
        "la déclaration de l'OIT sur la justice sociale pour une mondialisation équitable, ci-après dénommée "
        "« Déclaration d’Ostrava » ; la Déclaration d’Ostrava oblige",
    ],
)
def test_names_that_the_agreement_gives_hold_throughout(text):
    found = find_instruments(text)
    assert {reference.id for reference in found} == {"ILO2008"}
    assert Counter(reference.form for reference in found)["defined term"] == 2


def test_defined_term_belongs_to_the_citation_before_it():
    text = (
        "the ILO Declaration on Fundamental Principles and Rights at Work (ILO 1998 Declaration) and the ILO "
        "Declaration on Social Justice for a Fair Globalization (ILO 2008 Declaration). The ILO 1998 Declaration and "
        "the ILO 2008 Declaration bind."
    )
    assert ids(text)[-2:] == ["ILO98", "ILO2008"]


def test_categories_come_from_the_tables():
    assert [load_knowledge().instruments[id].category for id in ("C087", "P029", "R204", "ILO98", "MNE", "UDHR")] == [
        "ILOCONV", "ILOCONV", "ILOCONV", "ILO98", "ILODECL", "UNINT",
    ]  # fmt: skip


def test_tables_hold_the_instruments_of_the_ilo():
    kinds = Counter(instrument.kind for instrument in load_knowledge().instruments.values())
    assert (kinds["Convention"], kinds["Protocol"], kinds["Recommendation"]) == (193, 6, 209)


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("instruments.csv", "C087,Convention,87,", "C087,Convention,88,", "C087"),
        ("instruments.csv", "C087,Convention,87,1948", "C087,Convention,87,48", "year must be a year"),
        ("instruments.csv", "C087,Convention,87,", "C087,Covenant,87,", "Covenant"),
        ("instruments.csv", "code,kind", "id,kind", "columns"),
        ("declarations.csv", "DWA,ILODECL,ilo", "DWA,,ilo", "category"),
        ("declarations.csv", "DWA,ILODECL,ilo", "DWA,ILODECL,ilo,more", "cells"),
        ("declarations.csv", "DWA,ILODECL,ilo", "ILO98,ILODECL,ilo", "twice"),
        ("citations.toml", "[categories]", "[codes]", "codes"),
        ("citations.toml", "ignored = [", "ignored = [7, ", r"\[words\] ignored must be a list of words"),
    ],
)
def test_mistakes_in_the_tables_are_named(tmp_path, file, old, new, reason):
    with pytest.raises(KnowledgeError, match=reason) as caught:
        load_knowledge(edit(tmp_path, file, old, new))
    assert str(tmp_path / file) in str(caught.value)


@given(st.lists(st.sampled_from(
    ["ILO", "Convention", "Conventions", "Nos.", "No.", "87", ",", "and", "(", ")", "“", "”", "Declaration", "means",
     "the", "hereinafter", "\n", " ", "1998", "C087", "concerning", "Minimum", "Age", "of", ".", "İ", "\u00a0",
     "Conven\u00ad", "-\n", "tion", "to", "89", "987", "fundamental", "core", "labour", "standards", "its", "Protocol",
     "Conven", "ﬁxing", "Declarations", "numbered", "“Core Conventions”", "2008", "or", ":", "See"]
), max_size=60))  # fmt: skip
@settings(max_examples=300)
def test_any_text_gives_exact_ordered_mentions(words):
    text = " ".join(words)
    start = end = 0
    for reference in find_instruments(text):
        # The instruments within a range ("87 to 89") share the words that stand for them.
        assert end <= reference.start < reference.end or (start, end) == (reference.start, reference.end)
        start = reference.start
        assert reference.text == text[reference.start : reference.end]
        end = reference.end


@pytest.mark.parametrize(
    "words",
    [
        "1, ",
        "Convention No. 87 ",
        "(",
        "ILO (",
        "ILO Declaration (“ILO Declaration” ",
        "ILO Declaration hereinafter ",
        "Declaration means ILO Declaration ",
        "C87 ",
        "ILO C87 ",
        "protocol Convention No. 29 ",
        "convention 1998 ",
        "convention ILO ",
        " ",
        "conventions ",
        "core labour standards ",
        "Conventions Nos. 87 to ",
        "Convention No. 87 and its Protocol ",
        "(1998 Declaration) and the ",
        "ILO Convention No. 987 ",
        "a-\n",
        "\u00ad",
        "ﬁ ",
        "Conven tion ",
        "con vention tion ",
        "Conventions numbered ",
        "Conventions on labour (No. 87) and on work ",
        "Conventions on work (87, 98), equal pay (100) ",
        "Conventions: on work (No. 87), ",
        "(No. 87) and (No. 98) Conventions ",
        "No. 105 and No. 29 ",
        "ratify No. 105. ",
        "Declarations on ",
        "the 1998 and 2008 ILO Declarations ",
        "1998, 2008, ",
        "Declaration on Social Justice for a Fair Globalization and on ",
        "See C138 ",
        "Convention No. 87 (“Core Conventions”) and ",
        "“Core Conventions” means the following: (a) Convention No. 87; ",
        "“Core Conventions” ",
        "the following (“Core Conventions”): ",
        "Core Conventions: Convention No. 87\n",
    ],
)
def test_hostile_text_takes_linear_time(words):
    """What grows with the square of its length takes longer than this for a third of the longest text."""
    with bounded(MOST_WORK / 6):
        find_instruments("ILO Conventions Nos " + words * (100_000 // len(words)))


def test_text_without_citations_costs_little():
    """It is searched for some words, however long it is; how fast that is, ``benchmarks/instruments.py`` measures."""
    text = "The Parties shall abolish duties on goods of the other Party in the manner of Annex 2. "
    find_instruments(text, language="en")  # reads the tables
    assert _steps(text * 2000) == _steps(text * 400)


def _steps(text):
    """Return how many functions are called to find the instruments of a text."""
    steps = 0

    def count(frame, event, argument):
        nonlocal steps
        steps += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        find_instruments(text, language="en")
    finally:
        sys.setprofile(None)
    return steps


def scores(units):
    """Return precision and recall of the references and of each code, over labelled units (row, references in it)."""
    counts = Counter()
    for row, found in units:
        cited = {reference.id for reference in found if re.fullmatch(r"[CPR]\d{3}", reference.id)}
        codes = {load_knowledge().instruments[reference.id].category for reference in found if reference.named}
        pairs = [("refs", set(row["refs"]), cited)]
        pairs += [(code, {code} & set(row["labels"]), {code} & codes) for code in CODES]
        for name, true, said in pairs:
            counts[name, "right"] += len(true & said)
            counts[name, "said"] += len(said)
            counts[name, "true"] += len(true)
    return {
        name: (counts[name, "right"] / counts[name, "said"], counts[name, "right"] / counts[name, "true"])
        for name in ("refs", *CODES)
    }


def test_scores_on_the_bundled_samples():
    lines = (ROOT / "corpus" / "gold" / "samples.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [row for row in map(json.loads, lines) if row["labels"]]
    units = []
    for sample in sorted({row["treaty"] for row in gold}):
        rows = [row for row in gold if row["treaty"] == sample]
        text = (ROOT / "corpus" / "texts" / f"{sample}.txt").read_bytes().decode("utf-8")
        found = find_instruments(text, language=rows[0]["language"])
        units += [(row, [one for one in found if row["start"] <= one.start < row["end"]]) for row in rows]
    for precision, recall in scores(units).values():
        assert precision >= 0.95
        assert recall >= 0.95


@needs_shared("tota")
def test_scores_on_the_reference_agreements():
    gold = [json.loads(line) for line in (SHARED / "gold/dev.jsonl").read_text(encoding="utf-8").splitlines()]
    units = []
    for path in sorted((SHARED / "tota" / "xml").glob("*.xml")):
        rows = [row for row in gold if path.stem == f"pta_{row['treaty']}" and row["labels"]]
        if not rows:
            continue
        text, starts = "", {}
        for article in parse(path).getroot().iter("article"):
            starts[article.get("article_identifier")] = len(text)
            text += "".join(article.itertext()) + "\n\n"
        found = find_instruments(text, language=rows[0]["language"])
        for row in rows:
            start, end = starts[row["article"]] + row["start"], starts[row["article"]] + row["end"]
            units.append((row, [one for one in found if start <= one.start < end]))
    said = scores(units)
    assert said["refs"] >= (0.95, 0.95)
    assert all(precision >= 0.9 and recall >= 0.85 for precision, recall in said.values()), said


LABOUR = re.compile(
    r"labou?r|work|employ|ILO|wage|social|seafarer|child|trabaj|laboral|emple|OIT|sindica|travail|emploi|syndic", re.I
)


@needs_shared("tota")
def test_articles_without_a_word_on_labour_cite_nothing_of_the_ilo():
    """Every third agreement is read: there are 5 000 such articles in them."""
    known, articles = load_knowledge().instruments, 0
    for path in sorted((SHARED / "tota" / "xml").glob("*.xml"))[::3]:
        for article in parse(path).getroot().iter("article"):
            text = "".join(article.itertext())
            if LABOUR.search(text):
                continue
            articles += 1
            for cited in find_instruments(text):
                # Real citations of the Universal Declaration of Human Rights and the like are no error.
                assert cited.named, (path.name, cited)
                assert known[cited.id].kind in ("un", "other"), (path.name, cited)
    assert articles > 5_000
