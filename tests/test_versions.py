"""PDFs in two languages: side by side, in any of the usual ways, or on facing pages. Each version is read whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from analyzer.read.file import read
from analyzer.types import Language
from tests.pdfs import Set, column, typeset

ENGLISH = [
    ["AGREEMENT ON TRADE AND ON THE", "RIGHTS OF WORKERS"],
    ["Article 1", "Labour Rights"],
    [
        "1. Each Party shall protect the rights of",
        "workers, among them the right to organise",
        "and the right to bargain.",
    ],
    ["2. Neither Party shall lower the protection", "that its laws afford to the workers."],
    ["Article 2", "Cooperation"],
    ["The Parties shall cooperate on the training of", "inspectors and on the safety of workers, and", "they"],
    ["shall meet once a year."],
    ["Article 3", "Consultations"],
    ["A Party may request consultations with the", "other Party on any matter under this Agreement."],
]
SPANISH = [
    ["ACUERDO SOBRE EL COMERCIO Y LOS", "DERECHOS DE LOS TRABAJADORES"],
    ["Artículo 1", "Derechos laborales"],
    ["1. Cada Parte protegerá los derechos de los", "trabajadores, entre ellos el de asociación."],
    ["2. Ninguna de las Partes reducirá la protección", "que su legislación otorga a todos."],
    ["Artículo 2", "Cooperación"],
    ["Las Partes cooperarán en la formación de los", "inspectores y en la seguridad de los trabajadores,", "y"],
    ["se reunirán una vez al año."],
    ["Artículo 3", "Consultas"],
    ["Una Parte podrá solicitar consultas con la otra", "Parte sobre los asuntos de este Acuerdo."],
]  # fmt: skip
FRENCH = [
    ["ACCORD SUR LE COMMERCE ET LES", "DROITS DES TRAVAILLEURS"],
    ["Article 1", "Droits des travailleurs"],
    ["1. Chaque Partie protège les droits des", "travailleurs, dont celui de s'organiser et", "celui de négocier."],
    ["2. Aucune des Parties n'abaisse la protection", "que son droit accorde aux travailleurs."],
    ["Article 2", "Coopération"],
    ["Les Parties coopèrent à la formation des", "inspecteurs et à la sécurité des travailleurs,", "et elles"],
    ["se réunissent une fois par an."],
    ["Article 3", "Consultations"],
    ["Une Partie peut demander des consultations avec", "l'autre Partie sur les questions de cet accord."],
]


def flowing(paragraphs: Sequence[Sequence[str]]) -> str:
    return " ".join(" ".join(lines) for lines in paragraphs)


def versions(folder: Path, data: bytes, language: Language | None = None) -> list[str]:
    """Return the version that is taken, and the others."""
    path = folder / "agreement.pdf"
    path.write_bytes(data)
    document = read(path, language=language)
    return [" ".join(version.text.split()) for version in (document, *document.versions)]


def aligned(left: Sequence[Sequence[str]], right: Sequence[Sequence[str]], edge: float = 310) -> list[Set]:
    """Set two columns whose paragraphs begin at the same height, as cells of a table are."""
    made: list[Set] = []
    top = 90.0
    for one, other in zip(left, right, strict=True):
        made += column(one, left=60, top=top) + column(other, left=edge, top=top)
        top += 14 * max(len(one), len(other)) + 8
    return made


@pytest.mark.parametrize("other", [SPANISH, FRENCH])
@pytest.mark.parametrize("turned", [False, True])
def test_paragraphs_side_by_side(tmp_path: Path, other: list[list[str]], turned: bool) -> None:
    left, right = (other, ENGLISH) if turned else (ENGLISH, other)
    pages = [aligned(left[:6], right[:6]), aligned(left[6:], right[6:])]
    assert versions(tmp_path, typeset(*pages), "en") == [flowing(ENGLISH), flowing(other)]


@pytest.mark.parametrize("gap", [10, 14, 19])
def test_a_line_that_fills_its_cell_is_not_joined_to_the_next(tmp_path: Path, gap: int) -> None:
    """Little white lies between the cells of a table where a heading of one line fills its cell."""
    heading, other = "Article 4: Hours of Work, Rest and Annual Leave", "Artículo 4: Jornada, descanso y permisos"
    right = 60 + stringWidth(heading, "Times-Roman", 11) + gap
    left_column, right_column = [*ENGLISH, [heading]], [*SPANISH, [other]]
    page = aligned(left_column, right_column, right)
    assert versions(tmp_path, typeset(page), "en") == [flowing(left_column), flowing(right_column)]


def test_columns_that_run_on_by_themselves(tmp_path: Path) -> None:
    """Columns of different lengths; a sentence goes on in the same column overleaf."""
    pages = []
    for stretch in (slice(0, 6), slice(6, 9)):
        left = [line for lines in ENGLISH[stretch] for line in lines]
        right = [line for lines in SPANISH[stretch] for line in lines]
        pages.append([*column(left, left=60), *column(right, left=310)])
    assert versions(tmp_path, typeset(*pages)) == [flowing(ENGLISH), flowing(SPANISH)]


def test_facing_pages(tmp_path: Path) -> None:
    pages = []
    for stretch in (slice(0, 4), slice(4, 6), slice(6, 9)):
        for version in (ENGLISH, FRENCH):
            pages.append(column([line for lines in version[stretch] for line in lines]))
    assert versions(tmp_path, typeset(*pages)) == [flowing(ENGLISH), flowing(FRENCH)]


def test_the_cells_of_a_table_in_one_language_are_read_row_by_row(tmp_path: Path) -> None:
    left = [["It shall ratify the", "Conventions of the ILO"], ["It shall amend the law", "on the right to strike"]]
    right = [["Ministry of Labour"], ["National Assembly of", "the Republic"]]
    (text,) = versions(tmp_path, typeset([*column([line for lines in ENGLISH for line in lines]), *[
        Set(part.words, part.left, part.top + 300, part.size) for part in aligned(left, right)
    ]]))  # fmt: skip
    assert text.index("Ministry of Labour") < text.index("It shall amend")
