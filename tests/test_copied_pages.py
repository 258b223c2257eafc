"""What web pages leave in text: marks of footnotes spelt out, numbers in elements of their own, marks of amendments."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.read.file import read
from analyzer.types import Document


def got(folder: Path, name: str, data: str) -> Document:
    path = folder / name
    path.write_text(data, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize(
    ("text", "read_"),
    [
        ("Each Party enforces its lawsFootnote 1 and acts.", "Each Party enforces its laws¹ and acts."),
        ("They meet.Footnote 12", "They meet.¹²"),
        ("la Déclaration de l’OITNote de bas de page 3 Note de bas de page 4.", "la Déclaration de l’OIT³ ⁴."),
        ("sus leyesNota al pie de página 2 y actúan", "sus leyes² y actúan"),
        ("its laws (see below)Endnote 7.", "its laws (see below)⁷."),
        ("the products ... Footnote2 of origin", "the products ... ² of origin"),
        # References to notes stay.
        ("in accordance with Footnote 3 of the Annex", "in accordance with Footnote 3 of the Annex"),
        ("see footnote 3", "see footnote 3"),
        ("Footnote 3 applies.", "Footnote 3 applies."),
        ("thefootnote 3", "thefootnote 3"),
    ],
)
def test_marks_of_footnotes_that_are_spelt_out(tmp_path: Path, text: str, read_: str) -> None:
    assert got(tmp_path, "a.txt", f"Article 1\n\n{text}\n").text == f"Article 1\n\n{read_}\n"
    document = got(tmp_path, "a.html", f"<html><body><p>{text}</p><h3>Article 2</h3></body></html>")
    assert document.text == f"{read_}\n\nArticle 2"
    assert [document.text[line.start :] for line in document.marked_lines] == ["Article 2"]


@pytest.mark.parametrize(
    "page",
    [
        "<div><i>1.&#160;&#160;</i><div>The Parties meet.</div></div><div><p>(a)</p></div><p>They talk.</p>",
        "<p>1.</p><p>The Parties meet.</p><dl><dt>(a)</dt><dd>They talk.</dd></dl>",
    ],
)
def test_numbers_in_elements_of_their_own_stand_before_their_text(tmp_path: Path, page: str) -> None:
    assert got(tmp_path, "a.html", f"<html><body>{page}</body></html>").text == "1. The Parties meet.\n\n(a) They talk."


def test_what_is_no_number_of_the_text_behind_it(tmp_path: Path) -> None:
    page = "<p>(a)</p><p>(b)</p><h3>Article 1</h3><p>1.</p><h4>Aims</h4><p>Ltd.</p><p>The Parties meet.</p><p>2.</p>"
    text = got(tmp_path, "a.html", f"<html><body>{page}</body></html>").text
    assert text.split("\n\n") == ["(a)", "(b)", "Article 1", "1.", "Aims", "Ltd.", "The Parties meet.", "2."]


def test_marks_of_amendments_are_left_out_and_counted(tmp_path: Path) -> None:
    page = (
        "<p>&#9660;<b>B</b></p><p>Article 1</p><p>&#9658;<a>M1</a></p><div>Each Party acts. <a>&#9668;</a></div>"
        "<p>Each Party &#9658;<span>C2</span> meets &#9668; and talks.</p><p>&#9658; a bullet</p>"
    )
    document = got(tmp_path, "a.html", f"<html><body>{page}</body></html>")
    assert document.text.split("\n\n") == ["Article 1", "Each Party acts.", "Each Party meets and talks.", "► a bullet"]
    assert [str(notice) for notice in document.warnings] == ["3 words were left out: 3 as marks of amendments"]
