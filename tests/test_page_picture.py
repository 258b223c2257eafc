"""The picture of a page shows where the clause stands, with its evidence outlined."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from analyzer.bundled import bundled
from analyzer.cli import app
from analyzer.errors import ReadError
from analyzer.present.facsimile import CLAUSE, RULE, Outlined, facsimiles

PDF = bundled("corpus/pdf") / "norwell-veridia.pdf"
ITEM = "chapter-sixteen/art-16.2/par-1/item-c"


def lpa(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def rows_with(colour: str, png: Path) -> list[int]:
    """Return the lines of a picture that hold a colour."""
    wanted = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    with Image.open(png) as opened:
        picture = opened.convert("RGB")
    width, height = picture.size
    pixels = picture.load()
    return [y for y in range(height) if any(pixels[x, y] == wanted for x in range(width))]


def test_the_clause_and_its_evidence_are_outlined(tmp_path: Path) -> None:
    out = tmp_path / "item.png"
    result = lpa("page", PDF, "--clause", ITEM, "--out", out)
    assert result.exit_code == 0, result.output
    assert "(page 5)" in result.stdout
    clause, rule = rows_with(CLAUSE, out), rows_with(RULE, out)
    assert clause
    assert max(rule) <= max(clause) + 4
    assert any(min(clause) - 4 <= line for line in rule), "some of the evidence stands in the clause"
    assert min(rule) < min(clause) - 4, "and some in the lead-in above it"
    assert max(clause) - min(clause) < 250, "an item is a few lines"


def test_near_addresses_are_suggested(tmp_path: Path) -> None:
    result = lpa("page", PDF, "--clause", ITEM.replace("sixteen", "sixten"), "--out", tmp_path / "x.png")
    assert result.exit_code == 1
    assert f"did you mean {ITEM}" in result.stderr
    assert not (tmp_path / "x.png").exists()


def test_only_pdfs_have_pages_to_show(tmp_path: Path) -> None:
    result = lpa(
        "page", bundled("corpus/texts") / "northern-states-lusenia.txt", "--clause", "x", "--out", tmp_path / "x"
    )
    assert result.exit_code == 1
    assert "only the pages of PDFs can be shown" in result.stderr


def test_words_that_are_not_on_the_page_are_told_and_damaged_files_refused(tmp_path: Path) -> None:
    (picture,) = facsimiles(PDF, pages=[1], outlined=Outlined("words that stand nowhere in this agreement"))
    assert not picture.found
    assert picture.png.startswith(b"\x89PNG")
    assert facsimiles(PDF, pages=[0, 999], outlined=Outlined("x")) == ()
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    with pytest.raises(ReadError, match="its pages cannot be drawn"):
        facsimiles(tmp_path / "broken.pdf", pages=[1], outlined=Outlined("x"))
