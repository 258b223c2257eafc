"""Words in the fields of a PDF form are part of the agreement."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analyzer.read.file import read
from tests.pdfs import HEIGHT, column, typeset

LINES = ["Article 1", "Each Party shall protect the rights of workers.", "", "", "Article 2", "They shall meet."]


def form(canvas: Any, _page: int) -> None:
    canvas.acroForm.textfield(
        name="duty", value="It shall enforce its labour laws.", x=60, y=HEIGHT - 135, width=300, height=16, fontSize=10
    )
    canvas.acroForm.textfield(
        name="more", value="2. It shall train inspectors.\n3. It shall publish reports.", x=60, y=HEIGHT - 220,
        width=300, height=40, fontSize=10, fieldFlags="multiline",
    )  # fmt: skip
    canvas.acroForm.checkbox(name="tick", x=60, y=HEIGHT - 260, checked=True)


def test_fields_of_text_are_read_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(typeset(column(LINES), over=form))
    assert " ".join(read(path).text.split()) == (
        "Article 1 Each Party shall protect the rights of workers. It shall enforce its labour laws."
        " Article 2 They shall meet. 2. It shall train inspectors. 3. It shall publish reports."
    )


def test_a_form_without_other_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(typeset([], over=form))
    assert "It shall enforce its labour laws." in read(path).text
