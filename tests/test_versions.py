"""PDFs in two languages: side by side, in any of the usual ways, or on facing pages. Each version is read whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from analyzer.read.file import read
from tests.pdfs import Set, column, typeset

ENGLISH = [
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


def text_of(folder: Path, data: bytes) -> str:
    path = folder / "agreement.pdf"
    path.write_bytes(data)
    return " ".join(read(path).text.split())


def aligned(left: Sequence[Sequence[str]], right: Sequence[Sequence[str]]) -> list[Set]:
    """Set two columns whose paragraphs begin at the same height, as cells of a table are."""
    made: list[Set] = []
    top = 90.0
    for one, other in zip(left, right, strict=True):
        made += column(one, left=60, top=top) + column(other, left=310, top=top)
        top += 14 * max(len(one), len(other)) + 8
    return made


@pytest.mark.parametrize("other", [SPANISH, FRENCH])
@pytest.mark.parametrize("turned", [False, True])
def test_paragraphs_side_by_side(tmp_path: Path, other: list[list[str]], turned: bool) -> None:
    left, right = (other, ENGLISH) if turned else (ENGLISH, other)
    pages = [aligned(left[:5], right[:5]), aligned(left[5:], right[5:])]
    assert text_of(tmp_path, typeset(*pages)) == f"{flowing(left)} {flowing(right)}"


def test_columns_that_run_on_by_themselves(tmp_path: Path) -> None:
    """Columns of different lengths; a sentence goes on in the same column overleaf."""
    pages = []
    for stretch in (slice(0, 5), slice(5, 8)):
        left = [line for lines in ENGLISH[stretch] for line in lines]
        right = [line for lines in SPANISH[stretch] for line in lines]
        pages.append([*column(left, left=60), *column(right, left=310)])
    assert text_of(tmp_path, typeset(*pages)) == f"{flowing(ENGLISH)} {flowing(SPANISH)}"


def test_facing_pages(tmp_path: Path) -> None:
    pages = []
    for stretch in (slice(0, 3), slice(3, 5), slice(5, 8)):
        for version in (ENGLISH, FRENCH):
            pages.append(column([line for lines in version[stretch] for line in lines]))
    assert text_of(tmp_path, typeset(*pages)) == f"{flowing(ENGLISH)} {flowing(FRENCH)}"


def test_the_cells_of_a_table_in_one_language_are_read_row_by_row(tmp_path: Path) -> None:
    left = [["It shall ratify the", "Conventions of the ILO"], ["It shall amend the law", "on the right to strike"]]
    right = [["Ministry of Labour"], ["National Assembly of", "the Republic"]]
    text = text_of(tmp_path, typeset([*column([line for lines in ENGLISH for line in lines]), *[
        Set(part.words, part.left, part.top + 300, part.size) for part in aligned(left, right)
    ]]))  # fmt: skip
    assert text.index("Ministry of Labour") < text.index("It shall amend")
