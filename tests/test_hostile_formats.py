"""Word, web and zip files from elsewhere: bombs, damage and wrong names end in a reason, soon and in little memory."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import zipfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from office import docx, levels, num, odt, p, r, zipped

from analyzer import analyze_folder
from analyzer.errors import ReadError
from analyzer.read.archive import MAX_MEMBERS
from analyzer.read.file import read
from analyzer.read.sources import expand_sources
from analyzer.types import Document
from tests.support import bounded

WORDS = "The Parties shall cooperate on labour matters and shall exchange information on them every year."
ENTITIES = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(25))
BOMB = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{ENTITIES}]>'
MEGABYTES = 150


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def refused(path: Path, reason: str) -> None:
    """Check that a file is refused for a reason, soon and in little memory."""
    tracemalloc.start()
    try:
        with bounded(), pytest.raises(ReadError, match=reason) as caught:
            read(path)
        assert tracemalloc.get_traced_memory()[1] < MEGABYTES * 1e6
    finally:
        tracemalloc.stop()
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, suffix: str) -> None:
    name = {"docx": "word/document.xml", "odt": "content.xml"}[suffix]
    small = zipped({name: b"\0" * 60_000_000})
    assert len(small) < 100_000
    refused(put(tmp_path, f"a.{suffix}", small), "looks like a zip bomb")


def test_a_member_too_large_is_not_unpacked(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        chance = random.Random(1)
        piece = b"".join(chance.randbytes(100) + b" " * 900 for _ in range(1000))
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            for _ in range(110):
                member.write(piece)
    refused(put(tmp_path, "a.docx", made.getvalue()), "is too large: word/document.xml would unpack to 110 MB")


def test_a_member_that_lies_about_its_size_is_read_no_further(tmp_path: Path) -> None:
    data = bytearray(docx(p(WORDS * 500)))
    at = data.rindex(b"word/document.xml") - 46  # the entry of the central directory
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    refused(put(tmp_path, "a.docx", bytes(data)), "damaged")


def test_entities_in_word_files_are_refused(tmp_path: Path) -> None:
    bad = zipped({"word/document.xml": f"{BOMB}<w/>"})
    refused(put(tmp_path, "a.docx", bad), "its part word/document.xml declares a document type or entities")
    bad = zipped({"content.xml": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'})
    refused(put(tmp_path, "a.odt", bad), "declares a document type or entities")


def test_entities_and_outside_files_in_web_pages_mean_nothing(tmp_path: Path) -> None:
    page = f'{BOMB}<html><body><p>{WORDS} &y; &file;</p><img src="file:///etc/passwd"></body></html>'
    text = read(put(tmp_path, "a.html", page)).text
    assert WORDS in text
    assert len(text) < 1000


def test_a_web_page_of_100_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    with path.open("wb") as file:
        file.write(b"<html>")
        file.truncate(100_000_000)
    refused(path, "is too large: 100 MB, at most 30 MB are read")


@pytest.mark.parametrize(
    "page",
    ["<div>" * 200_000, "<b>" * 200_000, "<table><tr><td>" * 60_000, "<ul><li>" * 100_000],
    ids=["div", "b", "table", "list"],
)
def test_deep_web_pages_are_refused_soon(tmp_path: Path, page: str) -> None:
    refused(put(tmp_path, "a.html", f"<html><body>{page}{WORDS}"), "nests its elements more than")


@pytest.mark.parametrize(
    "page",
    ["<" * 500_000, "<!--" * 200_000, "<a b=" * 200_000, "&" * 500_000, "<![CDATA[" * 100_000, '<p a="' * 200_000],
)
def test_broken_web_pages_take_bounded_time(tmp_path: Path, page: str) -> None:
    with bounded(), suppress(ReadError):
        read(put(tmp_path, "a.html", f"<html><body><p>{WORDS}</p>{page}"))


@pytest.mark.parametrize(
    "sheet",
    ["{a" * 300_000, "@media print{" * 100_000, "/*" * 300_000, ".a .b,.c>.d" * 50_000 + "{display:none}"],
)
def test_long_style_sheets_of_web_pages_take_little_time(tmp_path: Path, sheet: str) -> None:
    with bounded():
        page = f"<html><head><style>{sheet}</style></head><body><p>{WORDS}</p></body></html>"
        document = read(put(tmp_path, "a.html", page))
    assert WORDS in document.text


@pytest.mark.parametrize("text", ["> ", "[", "*a ", "- ", "|", "`", "<a ", "![", "_", "\n> - "])
def test_broken_markdown_takes_bounded_time(tmp_path: Path, text: str) -> None:
    with bounded(), suppress(ReadError):
        read(put(tmp_path, "a.md", f"{WORDS}\n\n{text * 30_000}\n\n{WORDS}"))


def test_rtf_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    refused(put(tmp_path, "a.rtf", "{\\rtf1 " + "{" * 100_000 + WORDS), "nests its groups more than 1000 deep")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", zipped({"content.xml": "<x/>"}), "no Word document"),
        ("a.docx", docx(p("")), "holds no text"),
        ("a.docx", zipped({"word/document.xml": "<w:document"}), "its part word/document.xml is no well-formed XML"),
        ("a.odt", docx(p(WORDS)), "no OpenDocument text"),
        ("a.odt", zipped({"content.xml": "<x/>"}), "no text"),
        ("a.zip", zipped({"a.txt": WORDS}), "analyse it as a folder"),
    ],
)
def test_what_is_not_what_it_is_called(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    refused(put(tmp_path, name, data), reason)


# Zipped folders


def test_a_zipped_folder_is_analysed_like_a_folder(tmp_path: Path) -> None:
    clause = "Article 1\n\n1. Each Party shall effectively enforce its labour laws.\n"
    files = {
        "one/accord.txt": clause, "two/accord.docx": docx(p(clause)),
        "notes.doc": b"x", "README.md": "read me", ".hidden.txt": clause, "__MACOSX/one/._accord.txt": "x",
        "one/agreements.csv": "stem,parties\naccord,Chile;Canada\n",
    }  # fmt: skip
    path = put(tmp_path, "texts.zip", zipped(files))
    result = analyze_folder(path)
    assert [Path(row["source_file"]).name for row in result.agreement_rows] == ["accord.txt", "accord.docx"]
    assert [row["agreement_id"] for row in result.agreement_rows] == ["accord", "accord~2"]
    assert [row["parties"] for row in result.agreement_rows] == ["CAN;CHL", ""]
    assert all(row["provisions"] for row in result.agreement_rows)
    assert (result.counts["skipped"], result.counts["failed"]) == (2, 0)
    assert read(path / "one" / "accord.txt").text == clause


def test_names_that_lead_out_of_an_archive_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "secret.txt", "not for you")
    names = ["../secret.txt", str(tmp_path / "secret.txt"), "a/../../secret.txt", "..\\secret.txt", "good.txt"]
    path = put(tmp_path, "texts.zip", zipped(dict.fromkeys(names, WORDS)))
    assert [source.path for source in expand_sources([path]).files] == [path / "good.txt"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 no archive", "is a damaged zip archive"),
        (zipped({f"{n}.txt": b"" for n in range(MAX_MEMBERS + 1)}), "holds 10001 files"),
        (zipped({"a.doc": b"x"}), "holds no agreement"),
    ],
    ids=["damaged", "too many", "nothing"],
)
def test_archives_that_cannot_be_read_are_problems(tmp_path: Path, data: bytes, reason: str) -> None:
    put(tmp_path, "good.txt", WORDS)
    found = expand_sources([put(tmp_path, "texts.zip", data), tmp_path / "good.txt"])
    assert [source.path.name for source in found.files] == ["good.txt"]
    assert reason in found.problems[0].reason


@pytest.mark.parametrize("bits", [32, 64])
@pytest.mark.parametrize("name", ["a.zip", "a.docx"])
def test_a_list_of_a_million_members_is_not_taken_into_memory(tmp_path: Path, name: str, bits: int) -> None:
    listed = 60_000_000
    record = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 10**6, 10**6, listed, 4)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, 4 + listed, 1)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 9, 9, listed if bits == 32 else 0xFFFFFFFF, 4, 0)
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.seek(listed, io.SEEK_CUR)
        file.write(end if bits == 32 else record + locator + end)
    if name == "a.docx":
        refused(path, "holds too many files")
    else:
        assert "holds too many files" in expand_sources([path]).problems[0].reason


def test_an_encrypted_member_is_one_error(tmp_path: Path) -> None:
    data = bytearray(zipped({"bad.txt": WORDS}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path = put(tmp_path, "texts.zip", bytes(data))
    with pytest.raises(ReadError, match="is encrypted; a password is needed"):
        read(path / "bad.txt")


# Whatever comes


def damage(data: bytes, chance: random.Random) -> bytes:
    """Cut a piece out of some bytes, double it, or overwrite a few of them."""
    where, length = chance.randrange(len(data)), chance.randrange(1, 400)
    kind = chance.random()
    if kind < 0.2:
        return data[:where] + data[where + length :]
    if kind < 0.3:
        return data[:where] + data[where : where + length] * 3 + data[where:]
    if kind < 0.4:
        return data[:where]
    spoilt = bytearray(data)
    for _ in range(chance.randrange(1, 12)):
        spoilt[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(spoilt)


def stored(data: bytes) -> bytes:
    """Return an archive with its members not packed, so that damage reaches the XML in them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return made.getvalue()


def resealed(data: bytes, chance: random.Random) -> bytes:
    """Return an archive with one member damaged and its check sum right again."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        spoilt = chance.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, damage(old.read(name), chance) if name == spoilt else old.read(name))
    return made.getvalue()


LISTED = docx(
    p("Labour", num=1) + p(WORDS, num=1, level=1, extra='<w:r><w:footnoteReference w:id="2"/></w:r>')
    + f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc></w:tr></w:tbl>",
    numbering=levels(0, [("upperRoman", "CHAPTER %1"), ("decimal", "%1.%2")]) + num(1, 0, start=2),
    footnotes=f'<w:footnote w:id="2"><w:p>{r("Note.")}</w:p></w:footnote>',
)  # fmt: skip
STYLED = odt(
    f'<text:list text:style-name="L"><text:list-item><text:p>{WORDS}</text:p></text:list-item></text:list>'
    "<text:p>a<text:note><text:note-body><text:p>b</text:p></text:note-body></text:note></text:p>",
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"/>'
    "</text:list-style>",
)
RICH = r"{\rtf1\ansi{\fonttbl{\f0\fcharset0 T;}}\f0 " + WORDS + r"{\footnote \chftn n}\u8364?\'e9\par}"
WHOLE = {
    "a.docx": LISTED,
    "a.odt": STYLED,
    "a.rtf": RICH.encode(),
    "a.html": f"<html><body><ol><li>{WORDS}<a href='#n' id='r'>1</a><table><tr><td>x</table>"
    f"<p id='n'><a href='#r'>1</a> note {WORDS}</body></html>".encode(),
    "a.md": f"# Title\n\n1. {WORDS}[^1]\n\n| a | b |\n|---|---|\n\n[^1]: Note.\n".encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", list(WHOLE))
def test_damaged_files_end_in_a_document_or_a_read_error(tmp_path: Path, name: str) -> None:
    chance = random.Random(20261126)
    whole = WHOLE[name]
    outcomes: Counter[str] = Counter()
    for turn in range(120):
        if whole.startswith(b"PK"):
            data = [damage, lambda data, chance: damage(stored(data), chance), resealed][turn % 3](whole, chance)
        else:
            data = damage(whole, chance)
        try:
            with bounded():
                document = read(put(tmp_path, name, data))
            outcomes["document" if isinstance(document, Document) and document.text.strip() else "nothing"] += 1
        except ReadError as error:
            outcomes["error" if error.reason else "nothing"] += 1
    assert outcomes["document"] + outcomes["error"] == 120
