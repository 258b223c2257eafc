from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from analyzer.api import Analysis
from analyzer.errors import TableError
from analyzer.knowledge import Knowledge
from analyzer.present.columns import ERROR_COLUMNS, PROVISION_COLUMNS, agreement_columns, to_frame
from analyzer.present.tables import agreement_row, error_row, printed, provision_rows
from analyzer.types import Clause, Notice, Page, Provision

Make = Callable[..., Analysis]


def test_columns_are_the_contract() -> None:
    assert " ".join(column.name for column in PROVISION_COLUMNS) == (
        "agreement_id agreement parties date_signed date_in_force document_kind language source_file source_url "
        "clause_id chapter article heading location page_start page_end start end source_id source_start lead_in "
        "lead_in_places text categories pillars principles instruments strength strength_words strength_start "
        "strength_end actor counterpart qualifiers deadline exception references enforced_by enforced_by_clauses "
        "family confidence category_confidence review review_reason evidence"
    )
    assert [column.name for column in ERROR_COLUMNS] == ["file", "agreement_id", "reason", "kind"]


def test_a_row_points_at_its_exact_words(make_analysis: Make) -> None:
    analysis = make_analysis()
    rows = provision_rows(analysis)
    assert [row["text"] for row in rows] == [
        "1. Each Party shall effectively enforce its labour laws.",
        "2. The Parties affirm the Ostrava Charter and shall ratify Convention No. 87:",
        "(a) within two years.",
    ]
    for row in rows:
        assert analysis.document.text[row["start"] : row["end"]] == row["text"]
    assert [row["source_start"] for row in rows] == [2, None, 153]  # the three blanks before (a) are not the clause
    assert [row["source_id"] for row in rows] == ["8123", "", ""]


def test_a_row_names_the_address_as_printed(make_analysis: Make) -> None:
    row = provision_rows(make_analysis())[0]
    assert row["chapter"] == "CHAPTER 7: LABOUR"
    assert row["article"] == "Article 7.2"
    assert row["heading"] == "Shared Commitments"
    assert row["clause_id"] == "chapter-7/art-7.2/par-1"
    assert row["parties"] == "XAA;XBB"


def test_pages_are_those_of_the_trimmed_words(make_analysis: Make) -> None:
    assert [(row["page_start"], row["page_end"]) for row in provision_rows(make_analysis())] == [(3, 3), (3, 4), (4, 4)]
    assert provision_rows(make_analysis(pages=()))[0]["page_start"] is None
    first_page_is_blank = (Page(1, 20, 20), Page(2, 20, 10_000))
    assert provision_rows(make_analysis(pages=first_page_is_blank))[0]["page_start"] == 2


def test_codes_keep_their_order_and_evidence_explains_each(make_analysis: Make) -> None:
    analysis = make_analysis()
    row = provision_rows(analysis)[1]
    cited, ratify = map(analysis.document.text.index, ("Convention No. 87", "ratify"))
    assert row["categories"] == ("FOA", "ILOCONV", "RATIFY")
    assert row["principles"] == ("FOA",)
    assert row["pillars"] == ("Obligations",)
    assert row["instruments"] == ("C087",)
    assert row["evidence"] == (
        {
            "category": "FOA", "given": True, "source": "instrument", "rule": "C087", "words": "Convention No. 87:",
            "confidence": 0.7, "start": cited, "end": cited + len("Convention No. 87:"),
        },
        {
            "category": "RATIFY", "given": True, "source": "rule", "rule": "ratify-convention", "words": "ratify",
            "confidence": 0.9, "start": ratify, "end": ratify + len("ratify"),
        },
    )  # fmt: skip


def test_an_agreement_row_counts(make_analysis: Make, knowledge: Knowledge) -> None:
    row = agreement_row(make_analysis(warnings=(Notice("page-without-text", "2 pages without text", (3, 4)),)))
    assert list(row) == [column.name for column in agreement_columns(knowledge)]
    assert (row["has_labour_provisions"], row["provisions"], row["obligations"]) == (True, 3, 3)
    assert (row["RATIFY"], row["FOA"], row["CL"]) == (2, 1, 0)
    assert row["principles"] == ("FOA",)
    assert row["instruments"] == ("C087",)
    assert (row["binding_share"], row["review"]) == (0.667, 1)
    assert (row["cites_ilo_1998"], row["labour_chapter"]) == (False, False)
    assert row["warnings"] == ("2 pages without text",)


def test_an_agreement_without_provisions_has_a_row(make_analysis: Make) -> None:
    row = agreement_row(replace(make_analysis(), provisions=()))
    assert (row["has_labour_provisions"], row["provisions"], row["binding_share"]) == (False, 0, None)


def test_a_labour_chapter_is_one_that_is_mostly_labour(make_analysis: Make) -> None:
    analysis = make_analysis()

    def with_share(labour: int, other: int) -> Analysis:
        chapter = Clause("chapter-1", "chapter", "1", "", 0, 9, 1, None)
        below = tuple(Clause(f"p{n}", "paragraph", "", "", 1, 2, 2, 0) for n in range(labour + other))
        provisions = tuple(
            Provision(n + 1, ("COOP",), (0.9,), (), (), "B", 0.9, False) for n in range(labour)
        )  # the chapter itself is clause 0
        return replace(analysis, clauses=(chapter, *below), provisions=provisions)

    assert agreement_row(with_share(5, 5))["labour_chapter"]
    assert not agreement_row(with_share(5, 6))["labour_chapter"]
    assert not agreement_row(with_share(4, 0))["labour_chapter"]


def test_every_pillar_of_the_codebook_is_counted(knowledge: Knowledge) -> None:
    assert {known.pillar for known in knowledge.categories.values()} == set(knowledge.labels.pillars.values())


def test_frames_have_fixed_columns_and_dtypes_even_when_empty(make_analysis: Make, knowledge: Knowledge) -> None:
    full = make_analysis().to_frame()
    empty = to_frame([], PROVISION_COLUMNS)
    assert list(full.columns) == list(empty.columns)
    assert (full.dtypes == empty.dtypes).all()
    assert full["page_start"].sum() == 10
    assert full.loc[0, "categories"] == ["ENFORCE"]
    assert full["source_start"].isna().tolist() == [False, True, False]
    assert to_frame([], agreement_columns(knowledge)).empty


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"file": "a", "agreement_id": "", "reason": "x"}, r"lacks \[kind\]"),
        ({"file": "a", "agreement_id": "", "reason": "x", "kind": "read", "more": 1}, r"unknown columns \[more\]"),
        ({"file": "a", "reason": "x", "agreement_id": "", "kind": "read"}, "another order"),
    ],
)
def test_rows_that_do_not_fit_are_refused(row: dict[str, object], said: str) -> None:
    with pytest.raises(TableError, match=said):
        to_frame([row], ERROR_COLUMNS)


def test_a_value_that_does_not_fit_is_refused(make_analysis: Make) -> None:
    row = provision_rows(make_analysis())[0] | {"start": "twelve"}
    with pytest.raises(TableError, match="'start' holds a value that is not of the kind 'integer'"):
        to_frame([row], PROVISION_COLUMNS)


def test_a_reason_is_one_line() -> None:
    assert error_row("a.pdf", "broken\n  at page 3", "read")["reason"] == "broken at page 3"


@pytest.mark.parametrize(
    ("words", "number", "heading", "expected"),
    [
        ("Article 19.3: Labour Rights\n", "19.3", "Labour Rights", "Article 19.3"),
        ("ARTÍCULO 17.4\n\nDerechos", "17.4", "Derechos", "ARTÍCULO 17.4"),
        ("Article premier\nObjet", "premier", "Objet", "Article premier"),
        ("CHAPTER FOUR – WORK", "FOUR", "WORK", "CHAPTER FOUR"),
        ("Preamble", "", "Preamble", ""),
        ("Side letter\non labour", "", "", "Side letter on labour"),
        ("ARTICLE I.\nAIMS", "I", "AIMS", "ARTICLE I"),
        ("SECTION A: ANNEXES", "A", "ANNEXES", "SECTION A"),
    ],
)
def test_a_heading_is_cut_into_label_and_heading(words: str, number: str, heading: str, expected: str) -> None:
    assert printed(words, number, heading) == expected
