"""What stands behind the articles: signature blocks, letters, further instruments; and numbers printed otherwise."""

from __future__ import annotations

import pytest

from analyzer.segment import segment
from analyzer.types import Clause, Document

DUTY = "Each Party shall enforce its labour law and report on it."
BODY = "AGREEMENT ON LABOUR\n\nThe Parties have agreed as follows:\n\n" + "".join(
    f"Article {number}\n\n{DUTY}\n\n" for number in range(1, 7)
)


def cut(text: str) -> dict[str, Clause]:
    """Return the clauses of a text by their address."""
    return {clause.clause_id: clause for clause in segment(Document("a", text, "en"))}


def words(text: str, clause: Clause) -> str:
    return text[clause.start : clause.end]


def letters(clauses: dict[str, Clause]) -> list[Clause]:
    return [clause for clause in clauses.values() if clause.kind == "annex"]


@pytest.mark.parametrize("salutation", ["Dear Minister,", "Excellency:", "Señor Ministro:", "Monsieur le Ministre,"])
def test_a_letter_behind_the_articles_is_a_side_letter(salutation: str) -> None:
    text = f"{BODY}Porto Alba, 4 May 2031\n\n{salutation}\n\nI confirm that both sides will publish labour reports.\n"
    (letter,) = letters(cut(text))
    assert letter.location == "side letter"
    assert words(text, letter).startswith(salutation)


def test_a_letter_has_the_name_of_its_heading() -> None:
    text = f"{BODY}Side letter on labour inspection\n\nDear Minister,\n\nI confirm that inspectors will visit ports.\n"
    (letter,) = letters(cut(text))
    assert letter.heading == "Side letter on labour inspection"
    assert "Dear Minister" in words(text, letter)


def test_the_salutation_of_the_answer_opens_a_letter_of_its_own() -> None:
    lines = "\n".join(f"Line {number} of what the two sides agreed on labour." for number in range(40))
    text = f"{BODY}Dear Minister,\n\n{lines}\n\nDear Ambassador,\n\nI confirm all of this.\n"
    assert [words(text, letter).split(",")[0] for letter in letters(cut(text))] == ["Dear Minister", "Dear Ambassador"]


@pytest.mark.parametrize("line", ["Dear Minister", "Dear to both sides is labour peace,", "dear Minister,"])
def test_what_only_looks_like_a_salutation_opens_no_letter(line: str) -> None:
    assert letters(cut(f"{BODY}{line}\n\nBoth sides publish reports.\n")) == []


def test_a_line_that_goes_on_from_the_one_above_is_no_heading_of_a_letter() -> None:
    text = f"{BODY}The Parties shall keep the terms of the\nSide letter on labour inspection\n\nas agreed.\n"
    assert letters(cut(text)) == []


@pytest.mark.parametrize(
    "opening",
    [
        "IN WITNESS WHEREOF, the undersigned have signed this Agreement.",
        "DONE at Porto Alba on 4 May 2031.",
        "EN FE DE LO CUAL, los infrascritos firman el presente Acuerdo.",
        "EN FOI DE QUOI, les soussignés ont signé le présent accord.",
    ],
)
def test_the_signature_block_is_no_part_of_the_last_article(opening: str) -> None:
    text = f"{BODY}{opening}\n\nFor Norland\n\nFor Vesperia\n"
    clauses = cut(text)
    assert words(text, clauses["art-6"]).rstrip().endswith(DUTY)
    (block,) = [clause for clause in clauses.values() if clause.clause_id.startswith("signature")][:1]
    assert words(text, block).startswith(opening)


def test_a_signature_block_is_one_although_its_words_come_again() -> None:
    text = f"{BODY}IN WITNESS WHEREOF the undersigned have signed.\n\nDONE at Porto Alba.\n\nFor Norland\n"
    blocks = [clause.clause_id for clause in cut(text).values() if clause.clause_id.startswith("signature")]
    assert "signature~2" not in blocks
    assert "signature" in blocks


def test_words_of_a_signature_within_a_sentence_end_no_article() -> None:
    text = BODY.replace(DUTY, f"{DUTY}\nThe work is to be\nDone at the place of the inspection.", 1)
    assert not [clause for clause in cut(text).values() if clause.clause_id.startswith("signature")]


def test_the_date_of_a_recital_is_no_signature() -> None:
    head = "AGREEMENT ON LABOUR\n\nRecalling the Declaration on Labour,\nDone at Porto Alba on 4 May 2020,\n\n"
    text = head + BODY.partition("\n\n")[2]
    assert not [clause for clause in cut(text).values() if clause.clause_id.startswith("signature")]


def test_a_second_instrument_behind_the_signatures_is_apart() -> None:
    end = "DONE at Porto Alba on 4 May 2031.\n\nFor Norland\n\nFor Vesperia\n\n"
    protocol = f"PROTOCOL ON LABOUR INSPECTION\n\nArticle 1\n\nInspectors shall visit ports.\n\nArticle 2\n\n{DUTY}\n"
    text = f"{BODY}{end}{protocol}"
    clauses = cut(text)
    protocols = [clause for clause in clauses.values() if clause.kind == "annex"]
    assert [protocol.heading for protocol in protocols] == ["PROTOCOL ON LABOUR INSPECTION"]
    assert f"{protocols[0].clause_id}/art-1" in clauses
    assert "art-1" in clauses


@pytest.mark.parametrize(
    ("line", "cited"),
    [("Article 19.3 (Labour Rights)", "Article 3"), ("Article 19.4", "Article Four"), ("Article 19.2", "Article IV")],
)
def test_a_number_printed_otherwise_than_its_neighbours_is_a_citation(line: str, cited: str) -> None:
    numbers = [f"Article 19.{number}\nSubject {number}\n\n{DUTY}\n\n" for number in range(1, 8)]
    text = "CHAPTER 19\nLABOUR\n\n" + "".join(numbers).replace(DUTY, f"{DUTY}\n{cited}\nof that treaty applies.", 2)
    articles = [clause.number for clause in cut(text).values() if clause.kind == "article"]
    assert articles == [f"19.{number}" for number in range(1, 8)]
