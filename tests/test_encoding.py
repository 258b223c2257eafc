"""Which encoding a file is in: what it says, what its bytes show, and what can only be guessed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from analyzer.errors import ReadError
from analyzer.read.encoding import declared_encoding, decode
from analyzer.read.file import read

SPANISH = (
    "Artículo 3\nProtección de los trabajadores\n\n1. Cada Parte aplicará de manera efectiva su legislación laboral y "
    "no dejará de hacerlo para atraer inversión. ¿Qué se entiende por «niño»? Toda persona que no haya cumplido 18 "
    "años, según el artículo 2.\n\n2. Las Partes intercambiarán información sobre la inspección del trabajo, la "
    "seguridad social y el número de niñas y niños que dejaron de trabajar en cada año; además, según lo decidan, "
    "celebrarán consultas públicas.\n"
)
FRENCH = (
    "Article 3\nProtection des travailleurs\n\n1. Chaque Partie veille à l’application effective de sa législation du "
    "travail et ne peut y déroger pour attirer l’investissement. L’expression «\xa0enfant\xa0» désigne toute personne "
    "âgée de moins de dix-huit ans.\n\n2. Les Parties se consultent là où elles le jugent nécessaire, échangent leurs "
    "données sur les accidents du travail et veillent à ce que les contrôles n’aient aucun coût pour l’employé.\n"
)
ENGLISH = (
    "Article 3\n\n1. Each Party shall ensure that its labour inspectors—whether national or local—have the resources "
    "that they need, and that workers’ complaints are heard “without delay”.\n"
)


def fitting(text: str, encoding: str) -> str:
    """Return a text without what an encoding lacks: DOS has no typographic apostrophe."""
    plain = text if encoding not in ("cp850", "cp437", "iso8859-15") else text.translate({0x2019: "'", 0x2014: ", "})
    return plain.translate({0x201C: '"', 0x201D: '"'}) if encoding in ("cp850", "cp437", "iso8859-15") else plain


@pytest.mark.parametrize("text", [SPANISH, FRENCH, ENGLISH], ids=["Spanish", "French", "English"])
@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "cp850", "utf-16-le", "utf-16-be"])
def test_a_text_without_any_mark_is_read_in_its_encoding_and_the_guess_is_reported(text: str, encoding: str) -> None:
    text = fitting(text, encoding)
    data = text.encode(encoding)
    decoded = decode(data, Path("a.txt"))
    assert decoded.text == text
    if data.isascii() and not encoding.startswith("utf-16"):
        assert (decoded.encoding, decoded.warnings) == ("utf-8", ())
    else:
        assert decoded.encoding == encoding
        assert [notice.code for notice in decoded.warnings] == ["guessed-encoding"]


@pytest.mark.parametrize("text", [SPANISH, FRENCH], ids=["Spanish", "French"])
def test_the_encodings_that_share_their_letters_give_the_same_text(text: str) -> None:
    for encoding in ("latin-1", "cp437", "iso8859-15"):
        expected = fitting(text, "cp850").replace("’", "'")
        expected = "".join(letter for letter in expected if letter.encode(encoding, "ignore"))
        assert decode(expected.encode(encoding), Path("a.txt")).text == expected, encoding


def test_the_letters_that_only_the_later_latin_encoding_has() -> None:
    text = fitting(FRENCH, "iso8859-15") + "Les œuvres et la main-d'œuvre au cœur de l'accord; 30 € par jour.\n"
    decoded = decode(text.encode("iso8859-15"), Path("a.txt"))
    assert (decoded.text, decoded.encoding) == (text, "iso8859-15")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Każda ze Stron zapewnia skuteczne egzekwowanie przepisów prawa pracy oraz ochronę pracowników, "
                   "którzy zgłaszają naruszenia."),
        ("cp1251", "Каждая Сторона обеспечивает эффективное применение своего трудового законодательства."),
        ("cp1253", "Κάθε Μέρος εξασφαλίζει την αποτελεσματική εφαρμογή της εργατικής νομοθεσίας."),
    ],
    ids=["Polish", "Russian", "Greek"],
)  # fmt: skip
def test_other_alphabets(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding), Path("a.txt"))
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert [notice.code for notice in decoded.warnings] == ["guessed-encoding"]


def test_damaged_utf_8_stays_utf_8_and_what_was_replaced_is_counted() -> None:
    damaged = SPANISH.encode().replace("Artículo".encode(), b"Art\xedculo")
    decoded = decode(damaged, Path("a.txt"))
    assert decoded.text == SPANISH.replace("Artículo", "Art\ufffdculo")
    assert decoded.encoding == "utf-8"
    assert [str(notice) for notice in decoded.warnings] == ["1 byte stands for no character and was replaced"]


def test_a_single_letter_of_an_old_encoding_is_that_letter() -> None:
    decoded = decode("The Parties met in the Café Central.".encode("cp1252"), Path("a.txt"))
    assert (decoded.text, decoded.encoding) == ("The Parties met in the Café Central.", "cp1252")


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "guessed"),
    [
        (SPANISH, "cp1250", "windows-1250", False),
        (SPANISH, "utf-8", "iso-8859-1", False),  # valid UTF-8 outweighs what the page declares
        (SPANISH, "cp1252", "utf-8", True),
        (SPANISH, "mac-roman", "macintosh", False),
        (SPANISH, "cp1252", "no-such-charset", True),
        (SPANISH, "utf-8", "utf-16le", False),
    ],
)
def test_what_a_page_declares(text: str, encoding: str, declared: str, guessed: bool) -> None:
    kept = "".join(letter for letter in text if letter.encode(encoding, "ignore"))
    data = f'<html><head><meta charset="{declared}"></head><body>{kept}</body></html>'.encode(encoding)
    decoded = decode(data, Path("a.html"), declared_encoding(data))
    assert kept in decoded.text
    assert decoded.encoding == encoding
    assert bool(decoded.warnings) == guessed


def test_the_encoding_and_the_guess_are_told_with_the_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SPANISH.encode("mac-roman"))
    document = read(path)
    assert (document.encoding, document.language) == ("mac-roman", "es")
    assert [str(notice) for notice in document.warnings] == ["no valid UTF-8; read as Mac Roman"]


def test_noise_is_no_text_in_any_encoding() -> None:
    chance = random.Random(7)
    for data in (chance.randbytes(20_000), bytes(range(256)) * 40, b"\0" * 500, b"ab\0\0\0" * 2_000):
        with pytest.raises(ReadError, match="binary data"):
            decode(data, Path("a.txt"))
