"""The readers: text, ToTA XML and PDF, and a clear reason for whatever cannot be read."""

from __future__ import annotations

import io
import random
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.errors import ReadError
from analyzer.read.file import read
from analyzer.types import Document, Notice
from tests.support import SHARED, bounded, needs_shared

WORDS = "The Parties shall cooperate on labour matters and shall exchange information on them every year."

TOTA = """<?xml version="1.0" encoding="UTF-8"?>
<treaty>
  <meta>
    <name>Arlem - Bostra</name>
    <type>Free Trade Agreement</type>
    <treaty_identifier>9001</treaty_identifier>
    <date_signed>2019-05-03</date_signed>
    <date_into_force>2020-01-01</date_into_force>
    <parties_original><partyisocode n="1">ARL</partyisocode><partyisocode n="2">BOS</partyisocode></parties_original>
    <source lang="en" type="full text">https://example.org/arlem.pdf</source>
    <language>en</language>
  </meta>
  <body>
    <chapter number="CHAPTER 1" name="Labour" chapter_identifier="5">
      <article number="ARTICLE 1.1" name="Rights" article_identifier="801"
      >1. Each Party shall protect workers &amp; jobs.</article>
      <article article_identifier="802">Loose <b>words</b> of the agreement.</article>
    </chapter>
  </body>
</treaty>
"""


def pdf(*pages: str, **options: object) -> bytes:
    """Make a PDF; every page is a text of several lines."""
    from reportlab.pdfgen import canvas

    made = io.BytesIO()
    paper = canvas.Canvas(made, invariant=1, **options)
    for page in pages:
        for row, line in enumerate(page.split("\n")):
            paper.drawString(60, 780 - 14 * row, line)
        paper.showPage()
    paper.save()
    return made.getvalue()


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# Text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Convenio sobre el empleo y la ocupación".encode(), "utf-8"),
        ("Convenio sobre el empleo y la ocupación".encode("cp1252"), "cp1252"),
        ("Convenio sobre el empleo y la ocupación".encode("utf-8-sig"), "utf-8"),
        ("Convenio sobre el empleo y la ocupación".encode("utf-16"), "utf-16"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, encoding: str) -> None:
    document = read(put(tmp_path, "a.txt", data))
    assert document.text == "Convenio sobre el empleo y la ocupación"
    assert document.encoding == encoding
    assert bool(document.warnings) == (encoding == "cp1252")


def test_line_ends_and_control_characters(tmp_path: Path) -> None:
    document = read(put(tmp_path, "a.txt", WORDS + "\r\nOne\rTwo\x00\n" + WORDS * 2))
    assert "\nOne\nTwo\n" in document.text
    assert document.warnings == (Notice("control-characters", "1 control character was removed"),)


def test_form_feeds_make_pages(tmp_path: Path) -> None:
    document = read(put(tmp_path, "a.txt", "First page.\fSecond page.\f"))
    assert [(page.number, document.text[page.start : page.end]) for page in document.pages] == [
        (1, "First page."),
        (2, "Second page."),
    ]
    assert "\f" not in document.text


def test_the_id_is_the_stem_unless_another_is_given(tmp_path: Path) -> None:
    path = put(tmp_path, "accord.txt", WORDS)
    assert read(path).agreement_id == "accord"
    again = read(path, agreement_id="accord~2")
    assert again.agreement_id == "accord~2"
    assert again.warnings[-1].code == "same-name"
    assert "another file" in again.warnings[-1].text


def test_a_huge_line_is_read_in_bounded_time(tmp_path: Path) -> None:
    path = put(tmp_path, "long.txt", "word " * 10_000_000)
    with bounded():
        assert len(read(path).text) == 50_000_000


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t\n", "is empty"),
        ("a.txt", bytes(range(256)) * 40, "binary data"),
        ("a.txt", random.Random(1).randbytes(20_000), "binary data"),
        ("a.txt", b"%PDF-1.7 ...", "is a PDF file"),
        ("a.txt", b"PK\x03\x04rest", "zip archive"),
        ("a.txt", b"\x89PNG\r\n", "PNG picture"),
        ("a.pdf", WORDS.encode(), "no PDF file"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "unsupported kind of file"),
        ("a.docx", b"PK\x03\x04", "damaged zip archive"),
        ("a.docx", b"%PDF-1.7 ...", "is named .docx but is a PDF file"),
        ("a.docx", b"\xd0\xcf\x11\xe0 old", "save it as .docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is encrypted; a password is needed"),
        ("a.odt", WORDS.encode(), "is named .odt but is no zip archive"),
        ("a.rtf", WORDS.encode(), "is named .rtf but is no RTF document"),
        ("a.rtf", b"<html><body>text</body></html>", "is named .rtf but is a web page"),
        ("a.html", b"{\\rtf1 text}", "is named .html but is an RTF document"),
        ("a.html", b"<html><body><nav>Menu</nav></body></html>", "holds no text"),
        ("a.md", b"%PDF-1.7 ...", "is named .md but is a PDF file"),
        ("a.txt", b"<!DOCTYPE html><html><body>text</body></html>", "is named .txt but is a web page"),
        ("a", WORDS.encode(), "unsupported kind of file"),
        ("a.xml", b"<html><body/></html>", "another kind"),
        ("a.xml", b"<treaty><meta></treaty>", "line 1, column"),
        ("a.xml", b"<treaty/>", "another kind"),
        ("a.xml", WORDS.encode(), "no well-formed XML"),
    ],
)
def test_what_cannot_be_read_gets_a_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = put(tmp_path, name, data)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert reason in caught.value.reason
    assert str(caught.value).startswith(str(path))


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="No such file"):
        read(tmp_path / "missing.txt")
    with pytest.raises(ReadError, match="is a folder"):
        read(tmp_path)


def test_too_large_a_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.setitem(read.__globals__, "MAX_TEXT_BYTES", 10)
    with pytest.raises(ReadError, match="is too large"):
        read(put(tmp_path, "a.txt", WORDS))


# XML


def test_a_tota_agreement_with_all_its_metadata(tmp_path: Path) -> None:
    document = read(put(tmp_path, "pta_9001.xml", TOTA))
    assert (document.agreement_id, document.format) == ("tota-9001", "tota")
    meta = document.metadata
    assert (meta.title, meta.parties, meta.date_signed, meta.date_in_force) == (
        "Arlem - Bostra", ("ARL", "BOS"), "2019-05-03", "2020-01-01",
    )  # fmt: skip
    assert meta.extra["type"] == "Free Trade Agreement"
    assert meta.extra["source"] == "https://example.org/arlem.pdf (en, full text)"
    chapter, *articles = document.divisions
    assert (chapter.kind, chapter.number, chapter.heading) == ("chapter", "CHAPTER 1", "Labour")
    assert [document.text[article.body : article.end] for article in articles] == [
        "1. Each Party shall protect workers & jobs.",
        "Loose words of the agreement.",
    ]
    assert document.text[articles[0].start :].startswith("ARTICLE 1.1\nRights\n\n1. Each")


BOMB = '<?xml version="1.0"?><!DOCTYPE treaty [<!ENTITY a "aaaaaaaaaa">{}]><treaty>&z;</treaty>'.format(
    "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(25))
)


@pytest.mark.parametrize(
    "data",
    [
        BOMB.encode(),
        b'<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><treaty>&x;</treaty>',
        BOMB.encode("utf-16"),
    ],
)
def test_entities_are_refused_at_once(tmp_path: Path, data: bytes) -> None:
    with bounded(), pytest.raises(ReadError, match=r"for safety|well-formed"):
        read(put(tmp_path, "a.xml", data))


def test_deep_nesting_does_no_harm(tmp_path: Path) -> None:
    deep = TOTA.replace("words", "<b>" * 50_000 + "words" + "</b>" * 50_000)
    assert "words" in read(put(tmp_path, "a.xml", deep)).text


def test_the_language_of_the_text_wins_over_a_wrong_source(tmp_path: Path) -> None:
    spanish = "Las Partes cooperarán en los asuntos laborales que les interesen y se consultarán cada año. " * 4
    document = read(put(tmp_path, "a.xml", TOTA.replace("Loose", spanish)))
    assert document.language == "es"
    assert document.warnings[0].code == "other-language"
    assert "the text is in es" in document.warnings[0].text


@needs_shared("tota")
def test_offsets_and_languages_of_all_tota_agreements() -> None:
    for path in sorted((SHARED / "tota" / "xml").glob("*.xml")):
        document = read(path)
        root = ET.parse(path).getroot()
        own = [
            (a.get("article_identifier"), "".join(a.itertext()))
            for c in root.iter("chapter")
            for a in c.iter("article")
        ]
        articles = [division for division in document.divisions if division.kind == "article"]
        assert [(a.source_id, document.text[a.body : a.end]) for a in articles] == own
        assert document.language == root.findtext("meta/language")
        said = {element.tag for element in root.find("meta") or () if element.tag not in ("name", "language")}
        known = {*document.metadata.extra, "date_signed", "date_into_force"}
        assert said <= known


# PDF


def test_text_and_pages_of_a_pdf(tmp_path: Path) -> None:
    document = read(put(tmp_path, "a.pdf", pdf("Article 1\nThe Parties meet.", "Article 2\nThey report.")))
    assert document.format == "pdf"
    assert [document.text[page.start : page.end].split() for page in document.pages] == [
        ["Article", "1", "The", "Parties", "meet."],
        ["Article", "2", "They", "report."],
    ]


def test_running_headers_and_page_numbers_go_and_the_text_stays(tmp_path: Path) -> None:
    body = "\n".join(f"They shall do deed {m} as well." for m in range(9))
    pages = [
        f"Arlem - Bostra Agreement\nArticle {n}\nThe Parties do deed {n}.\n{body}\n(a) and more\nTexts, page {n}\n{n}"
        for n in range(1, 9)
    ]
    text = read(put(tmp_path, "a.pdf", pdf(*pages))).text
    assert "Bostra Agreement" not in text
    assert "Texts, page" not in text
    for n in range(1, 9):
        assert f"Article {n}\n\nThe Parties do deed {n}.\n{body}\n(a) and more" in text


def test_nothing_is_taken_for_a_header_in_a_short_pdf(tmp_path: Path) -> None:
    text = read(put(tmp_path, "a.pdf", pdf("Labour\nOne.", "Labour\nTwo."))).text
    assert text.count("Labour") == 2


def test_pdfs_that_cannot_be_read(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    whole = pdf(*[WORDS] * 5)
    cases = {
        "encrypted": pdf(WORDS, encrypt=StandardEncryption("secret", canPrint=0)),
        "damaged": whole[: len(whole) // 3],
        "no text layer": pdf("", ""),
    }
    for reason, data in cases.items():
        with pytest.raises(ReadError, match=reason):
            read(put(tmp_path, "a.pdf", data))


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    document = read(put(tmp_path, "a.pdf", pdf(WORDS, "", WORDS, "", "")))
    assert document.warnings == (Notice("page-without-text", "no text on page 2, 4-5", (2, 4, 5)),)


# Whatever comes


def damage(data: bytes, chance: random.Random) -> bytes:
    """Cut a piece out of some bytes, or overwrite a few of them."""
    where = chance.randrange(len(data))
    if chance.random() < 0.3:
        return data[:where] + data[where + chance.randrange(1, 400) :]
    spoilt = bytearray(data)
    for _ in range(chance.randrange(1, 12)):
        spoilt[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(spoilt)


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.pdf", lambda: pdf(WORDS, WORDS)), ("a.xml", TOTA.encode), ("a.txt", (WORDS * 20).encode)],
    ids=["pdf", "xml", "txt"],
)
def test_damaged_files_end_in_a_document_or_a_read_error(tmp_path: Path, name: str, make: Callable[[], bytes]) -> None:
    chance = random.Random(20261124)
    whole = make()
    outcomes = {"document": 0, "error": 0}
    for _ in range(120):
        path = put(tmp_path, name, damage(whole, chance))
        try:
            with bounded():
                outcomes["document" if isinstance(read(path), Document) else "nothing"] += 1
        except ReadError:
            outcomes["error"] += 1
    assert sum(outcomes.values()) == 120
