"""Plain text made from pages: page numbers and running headers go, footnotes, enumerators and headings stay."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer import analyze
from analyzer.knowledge import load_knowledge
from analyzer.read.file import read
from analyzer.read.formats.running_lines import without_running_lines

STRUCTURE = load_knowledge().structure
SENTENCE = (
    "The Parties shall consult each other on measures that affect trade between them and shall, on request, give the "
    "reasons for which a measure of that kind was taken. "
)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def pages(count: int, between: Callable[[int], str], sentences: int = 9) -> str:
    """Return wrapped text with the lines of ``between`` after every page; pages end within a sentence."""
    whole = textwrap.wrap(SENTENCE * sentences * count, 88)
    size = len(whole) // count
    made = [[*whole[page * size : (page + 1) * size], between(page + 1)] for page in range(count)]
    return "\n".join(line for page in made for line in page)


@pytest.mark.parametrize(
    "footer",
    [
        lambda page: f"{page}",
        lambda page: f"- {page} -",
        lambda page: f"Page {page} of 12",
        lambda page: f"Página {page}",
        lambda page: f"AB/CD/fr {page}",
        lambda page: f"Ministry of Labour https://example.org/agreement.asp\n{page} of 12 5/4/2010 9:39 AM",
        lambda page: ROMAN[page - 1],
        lambda page: f"Accord Arlem-Bostra\n{page}",
        lambda page: f"{page + 40}\nTrade Agreement of Arlem\nand Bostra",
        lambda page: f"{'XV' if page < 7 else 'XVI'}-{page if page < 7 else page - 6}",
        lambda page: "" if page == 5 else f"{page}",
    ],
)
def test_page_numbers_and_what_comes_back_beside_them_go(footer: Callable[[int], str]) -> None:
    text = pages(12, footer)
    cleaned, gone = without_running_lines(text, STRUCTURE)
    assert cleaned.split() == pages(12, lambda _: "").split()
    assert gone == sum(bool(line) for page in range(12) for line in footer(page + 1).split("\n"))


@pytest.mark.parametrize(
    "line",
    [
        lambda page: f"Article {page}",
        lambda page: f"Artículo {page}",
        lambda page: f"{page}.",
        lambda page: f"({ROMAN[page - 1].lower()})",
        lambda page: f"Rule {page}",
        lambda _: "7",
        lambda page: f"{page}\nThis footnote says what is meant." if page in (1, 2, 3, 4, 5) else "",
    ],
)
def test_headings_enumerators_and_footnotes_stay(line: Callable[[int], str]) -> None:
    upper = SENTENCE.replace("The Parties shall consult", "Consultations shall be held by")
    blocks = [f"{line(page + 1)}\n{upper * (4 + 9 * (page % 3 == 0))}" for page in range(12)]
    text = "\n".join(blocks)
    assert without_running_lines(text, STRUCTURE) == (text, 0)


def test_rows_of_a_tariff_schedule_stay() -> None:
    text = "\n".join(f"{row}\nlive animals of item {row}\n{row % 7}" for row in range(1, 400))
    assert without_running_lines(text, STRUCTURE) == (text, 0)


def test_a_provision_over_two_pages_is_one(tmp_path: Path) -> None:
    labour = "CHAPTER 9\nLABOUR\nArticle 9.2\n1. The Parties shall promote decent work and\n{}\nensure safe work.\n"
    path = tmp_path / "a.txt"
    path.write_text(f"{pages(12, str)}\n{SENTENCE * 6}\n{labour.format(13)}", encoding="utf-8")
    document = read(path)
    assert [str(notice) for notice in document.warnings] == [
        "13 lines with page numbers and running headers were left out"
    ]
    assert document.warnings[0].code == "running-lines"
    result = analyze(path)
    [found] = result.provisions
    clause = result.clauses[found.clause]
    words = " ".join(result.document.text[clause.start : clause.own_end].split())
    assert words == "1. The Parties shall promote decent work and ensure safe work."


def test_pages_of_a_text_with_form_feeds_stay_exact(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(pages(12, lambda page: f"{page}\n\f"), encoding="utf-8")
    document = read(path)
    assert len(document.pages) == 12
    for page in document.pages:
        assert not any(line.strip().isdigit() for line in document.text[page.start : page.end].split("\n"))


@pytest.mark.parametrize(
    "text",
    ["".join(f"{n % 4}\n" for n in range(50_000)), "_" * 99_000, "IV\n" * 50_000, "1 2 3\n" * 50_000],
    ids=["numbers", "rule", "roman", "columns"],
)
def test_texts_that_are_no_agreements_come_to_an_end(text: str) -> None:
    assert without_running_lines(text, STRUCTURE) == (text, 0)
