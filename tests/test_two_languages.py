"""Tables with a version of the text in each column: read one version after the other; all others row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from office import docx, odt, p

from analyzer.knowledge import load_knowledge
from analyzer.read.file import SUFFIXES

ENGLISH = (
    "Article 1", "The Parties shall respect the rights of workers and the principles of the Declaration.",
    "Article 2", "Each Party shall enforce its labour laws by means of inspection in all sectors.",
)  # fmt: skip
SPANISH = (
    "Artículo 1", "Las Partes respetarán los derechos de los trabajadores y los principios de la Declaración.",
    "Artículo 2", "Cada Parte aplicará su legislación laboral por medio de la inspección en todos los sectores.",
)  # fmt: skip
FRENCH = (
    "Article 1", "Les Parties respectent les droits des travailleurs et les principes de la Déclaration.",
    "Article 2", "Chaque Partie applique son droit du travail au moyen de l'inspection dans tous les secteurs.",
)  # fmt: skip
PORTUGUESE = (
    "Artigo 1", "As Partes respeitam os direitos dos trabalhadores e os princípios da Declaração.",
    "Artigo 2", "Cada Parte aplica a sua legislação laboral por meio da inspeção em todos os setores.",
)  # fmt: skip
Rows = Sequence[Sequence[str]]


def word(rows: Rows) -> bytes:
    cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return docx("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>")


def writer(rows: Rows) -> bytes:
    cells = ("".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row) for row in rows)
    inside = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return odt(f"<table:table>{inside}</table:table>")


def rich(rows: Rows) -> bytes:
    lines = (r"\trowd " + "".join(rf"\intbl {cell}\cell " for cell in row) + r"\row " for row in rows)
    return (r"{\rtf1\ansi " + "".join(lines) + r"\pard}").encode("cp1252")


def web(rows: Rows) -> bytes:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return ("<html><body><table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table></body></html>").encode()


def markdown(rows: Rows) -> bytes:
    first, *others = (f"| {' | '.join(row)} |" for row in rows)
    rule = "|---" * len(rows[0]) + "|"
    return "\n".join((first, rule, *others)).encode()


MAKERS = {"a.docx": word, "a.odt": writer, "a.rtf": rich, "a.html": web, "a.md": markdown}


def lines(folder: Path, name: str, data: bytes) -> list[str]:
    """Return the paragraphs of a file in the order of reading, before one of its versions is chosen."""
    path = folder / name
    return SUFFIXES[path.suffix](path, data, load_knowledge()).text.split("\n\n")


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize(
    "versions", [(ENGLISH, SPANISH), (FRENCH, ENGLISH), (ENGLISH, SPANISH, FRENCH), (ENGLISH, PORTUGUESE)]
)
def test_each_version_is_read_whole(tmp_path: Path, name: str, versions: tuple[tuple[str, ...], ...]) -> None:
    rows = list(zip(*versions, strict=True))
    assert lines(tmp_path, name, MAKERS[name](rows)) == [line for version in versions for line in version]


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.html"])
def test_numbers_in_a_column_of_their_own_stand_in_each_version(tmp_path: Path, name: str) -> None:
    rows = [("1.", ENGLISH[1], SPANISH[1]), ("2.", ENGLISH[3], SPANISH[3])]
    assert lines(tmp_path, name, MAKERS[name](rows)) == [
        f"1. {ENGLISH[1]}", f"2. {ENGLISH[3]}", f"1. {SPANISH[1]}", f"2. {SPANISH[3]}",
    ]  # fmt: skip


def test_one_row_with_both_texts(tmp_path: Path) -> None:
    body = "".join("<w:tc>" + "".join(map(p, text)) + "</w:tc>" for text in (ENGLISH, SPANISH))
    assert lines(tmp_path, "a.docx", docx(f"<w:tbl><w:tr>{body}</w:tr></w:tbl>")) == [*ENGLISH, *SPANISH]


def test_a_title_across_the_table_comes_first(tmp_path: Path) -> None:
    rows = [("AGREEMENT",), *zip(ENGLISH, SPANISH, strict=True)]
    assert lines(tmp_path, "a.docx", word(rows)) == ["AGREEMENT", *ENGLISH, *SPANISH]


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize(
    "rows",
    [
        list(zip(ENGLISH, ENGLISH[::-1], strict=True)),  # one language
        [("Minimum wage", "Salario mínimo"), ("Labour inspection", "Inspección del trabajo")],  # too little
        [(ENGLISH[1], "Sí"), (ENGLISH[3], "No")],  # no version
    ],
)
def test_other_tables_are_read_row_by_row(tmp_path: Path, name: str, rows: Rows) -> None:
    assert lines(tmp_path, name, MAKERS[name](rows)) == [" ".join(row) for row in rows]


def test_rows_of_tables_in_cells_are_read_once(tmp_path: Path) -> None:
    made: Callable[[str], str] = "<table:table><table:table-row>{}</table:table-row></table:table>".format
    cell = "<table:table-cell>{}</table:table-cell>".format
    body = made(cell("<text:p>Outer</text:p>" + made(cell("<text:p>Inner</text:p>"))))
    assert lines(tmp_path, "a.odt", odt(body)) == ["Outer", "Inner"]
