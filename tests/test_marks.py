"""Marks of lists and numbers of headings as OCR misreads them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from analyzer.knowledge import load_knowledge
from analyzer.read.pdf.misread_numbers import mend_numbers
from analyzer.read.pdf.page_lines import PageLine, PageText


def mended(*lines: str) -> list[str]:
    read = tuple(PageLine(text, 60, 500, 14 * row, 14 * row + 11, 11) for row, text in enumerate(lines))
    (page,) = mend_numbers([PageText(1, 600, 800, read)], load_knowledge().languages.divisions)
    return [line.text for line in page.lines]


def marks(read: str) -> list[str]:
    return [line.split()[0] for line in mended(*(f"{mark} something" for mark in read.split()))]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("g) h) 1) 3)", "g) h) i) j)"),
        ("(a) (6) (e) (d)", "(a) (b) (c) (d)"),
        ("(a} {b) (c) (o)", "(a) (b) (c) (o)"),
        ("l. 2. 3.", "1. 2. 3."),
        ("1. 2, 3.", "1. 2. 3."),
        ("(l) (2) (3)", "(1) (2) (3)"),
        ("(1) (il) (iii) (1v)", "(i) (ii) (iii) (iv)"),
        ("(a) (i) (li) (m) (b)", "(a) (i) (ii) (iii) (b)"),
        ("(h) (i) (j) (k)", "(h) (i) (j) (k)"),
        ("(a) (b) (1) (2) (c)", "(a) (b) (1) (2) (c)"),
        ("h) 1) 2) i)", "h) 1) 2) i)"),
        ("8. 9. 10. 1l. 12.", "8. 9. 10. 11. 12."),
        ("a) b) d) e)", "a) b) d) e)"),
    ],
)
def test_a_mark_is_what_its_list_wants(read: str, printed: str) -> None:
    assert marks(read) == printed.split()


def test_words_at_the_beginning_of_a_line_are_no_marks() -> None:
    lines = ["i. the Party that asked for", "it. The other Party answers, and", "in. No party shall,", "Sí, dijo"]
    assert mended(*lines) == lines


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (["Article 11", "Article l2"], ["Article 11", "Article 12"]),
        (["ARTÍCULO 8.1: Objeto", "ARTÍCULO $8,2: Ámbito"], ["ARTÍCULO 8.1: Objeto", "ARTÍCULO 8.2: Ámbito"]),
        (["Article 35 – Objet", "Article 3b – Portée"], ["Article 35 – Objet", "Article 36 – Portée"]),
        (["ART1CLE 4", "ARTICLE 5"], ["ARTICLE 4", "ARTICLE 5"]),
        (["Article 10 – Pêche", "CHAPITRE II"], ["Article 10 – Pêche", "CHAPITRE II"]),
        (["Article 4", "Article 17.6", "Article 17.8"], ["Article 4", "Article 17.6", "Article 17.8"]),
        (["Article 3b of that Act"], ["Article 3b of that Act"]),
        (["Partie qui le demande"], ["Partie qui le demande"]),
    ],
)
def test_the_number_of_a_heading(read: Sequence[str], printed: Sequence[str]) -> None:
    assert mended(*read) == list(printed)


def test_a_new_article_begins_new_lists() -> None:
    assert mended("1. One", "2. Two", "Article 5", "l. One", "2. Two")[3] == "1. One"
