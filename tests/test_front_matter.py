"""What a file states about itself besides its text: front matter, properties, the head of a web page."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from office import docx, odt, p, zipped

from analyzer.read.file import read
from analyzer.types import Document

TEXT = "The Government of Norland and the Government of Vesperia,\n\nArticle 1\n\nThey shall meet.\n"
TITLE = "Agreement Between Norland and Vesperia on Reciprocal Trade"


def got(folder: Path, name: str, data: bytes | str) -> Document:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path)


@pytest.mark.parametrize(
    "block",
    [
        f"---\ndate: '2025-10-26'\ntitle: {TITLE}\n---\n",
        f'---\nTitle: "{TITLE}"\nDate: 2025-10-26 10:20:00+02:00\n...\n',
        f'+++\ntitle = "{TITLE}"\ndate = 2025-10-26\ntags = ["a", "b"]\n+++\n',
        f'+++\r\ndate = 2025-10-26T10:20:00+02:00\r\ntitle = "{TITLE}"\r\n[menu]\r\nmain = 1\r\n+++\r\n',
        f"---\r\ntags: [a, b]\r\ntitle: >\r\n  {TITLE[:9]}\r\n  {TITLE[10:]}\r\ndate: 2025-10-26\r\n---\r\n",
    ],
)
def test_title_and_date_of_front_matter(tmp_path: Path, block: str) -> None:
    document = got(tmp_path, "a.md", f"{block}\n{TEXT}")
    assert document.text.startswith("The Government")
    assert (document.metadata.title, document.metadata.date_signed) == (TITLE, "2025-10-26")
    [notice] = document.warnings
    assert (notice.code, "2025-10-26" in notice.text) == ("date-of-file", True)


def test_a_date_of_the_text_comes_before_that_of_the_file_and_a_day_of_signature_before_both(
    tmp_path: Path,
) -> None:
    signed = "IN WITNESS WHEREOF they have signed.\n\nDone at Northaven, 4 June 2012.\n"
    document = got(tmp_path, "a.md", f"---\ndate: 2025-10-26\n---\n{TEXT}\n{signed}")
    assert (document.metadata.date_signed, document.warnings) == ("2012-06-04", ())
    stated = "---\ndate: 2025-10-26\ndate_signed: 2012-06-03\ndate_in_force: 2013-01-01\n---\n"
    about = got(tmp_path, "b.md", f"{stated}{TEXT}\n{signed}").metadata
    assert (about.date_signed, about.date_in_force) == ("2012-06-03", "2013-01-01")


def test_a_word_for_the_kind_of_document_is_no_title(tmp_path: Path) -> None:
    document = got(tmp_path, "a.md", f"---\ntitle: AGREEMENTS\n---\n{TITLE}\n\n{TEXT}")
    assert document.metadata.title == TITLE


def test_parties_and_all_else_of_front_matter(tmp_path: Path) -> None:
    block = "---\nparties: [France, Spain]\nsource_url: https://example.org/1\n---\n"
    about = got(tmp_path, "a.md", f"{block}{TEXT}").metadata
    assert (about.parties, about.extra["source_url"]) == (("ESP", "FRA"), "https://example.org/1")


@pytest.mark.parametrize("block", ["---\ntitle: [a\n---\n", f"---\n{'- ' * 9000}a\n---\n", "---\na: *b\n---\n"])
def test_broken_front_matter_is_told(tmp_path: Path, block: str) -> None:
    document = got(tmp_path, "a.md", f"{block}{TEXT}")
    assert document.text.startswith("The Government")
    assert [notice.code for notice in document.warnings] == ["unread-properties"]


def test_rules_around_words_are_no_front_matter(tmp_path: Path) -> None:
    document = got(tmp_path, "a.md", f"---\nThe Parties agree as follows.\n\n---\n{TEXT}")
    assert document.text.startswith("The Parties agree as follows")


def test_titles_of_properties_and_pages_where_the_text_has_none(tmp_path: Path) -> None:
    paragraphs = [line for line in TEXT.split("\n") if line]
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TITLE}</dc:title></cp:coreProperties>'
    )
    word = added(docx("".join(map(p, paragraphs))), "docProps/core.xml", core)
    writer = added(odt("".join(f"<text:p>{words}</text:p>" for words in paragraphs)), "meta.xml", core)
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    page = f"<html><head><title>{TITLE} | Ministry of Trade</title></head><body>{body}</body></html>"
    meta = f"<html><head><title>Home</title><meta content='{TITLE}' name=DC.title></head><body>{body}</body></html>"
    properties = TITLE.replace("Between", r"\'42\u101?tween").encode()
    start = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\author A}{\title " + properties + b"}}"
    rich = start + b"".join(words.encode() + rb"\par " for words in paragraphs) + b"}"
    made = (("a.docx", word), ("a.odt", writer), ("a.rtf", rich), ("a.html", page), ("b.html", meta))
    for name, data in made:
        assert got(tmp_path, name, data).metadata.title == TITLE, name
        assert got(tmp_path, "z" + name, data).metadata.date_signed == ""
    other = page.replace(TITLE, "Microsoft Word - draft 7.doc")
    assert got(tmp_path, "c.html", other).metadata.title == "c"
    own = page.replace("<body>", "<body><p>TREATY BETWEEN NORLAND AND VESPERIA</p>")
    assert got(tmp_path, "d.html", own).metadata.title == "TREATY BETWEEN NORLAND AND VESPERIA"


def added(data: bytes, name: str, content: str) -> bytes:
    """Return a zip archive with one more file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    return zipped({**files, name: content})
