"""Lines that the styles of a source call headings: Markdown, web pages, Word, OpenDocument and RTF say which."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import docx, odt, p

from analyzer.read.file import read

STYLES = (
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Art"><w:basedOn w:val="berschrift1"/>'
    '<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="ArtChild"><w:basedOn w:val="Art"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Plain"><w:basedOn w:val="berschrift1"/>'
    '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
)


def marked(folder: Path, name: str, data: bytes | str) -> list[tuple[int, str]]:
    """Return the lines of a file that are marked as headings, each with its level."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    document = read(path)
    return [(line.level, document.text[line.start :].split("\n", 1)[0]) for line in document.marked_lines]


def test_markdown(tmp_path: Path) -> None:
    page = "# Law 7\n\nWords.\n\n#### § 12. Scope\n\nThe Minister shall act.\n\nPart Two\n========\n\n- ## (a) Aims\n"
    assert marked(tmp_path, "a.md", page) == [(1, "Law 7"), (4, "§ 12. Scope"), (1, "Part Two"), (2, "(a) Aims")]


def test_each_line_of_a_heading_on_a_web_page(tmp_path: Path) -> None:
    page = (
        "<html><body><h1><div>CHAPTER 5<br>LABOUR</div></h1><p>Words <b>of</b> it.</p>"
        "<div role=heading aria-level=3>Article 1</div><p>The Parties shall act.</p>"
        "<div role=heading>Article 2</div><p>They shall meet.</p><table><tr><td><h4>Article 3</h4></td></tr></table>"
        "<section><h3 id=x>Article 4</h3><div>They shall talk.</div></section></body></html>"
    )
    assert marked(tmp_path, "a.html", page) == [
        (1, "CHAPTER 5"), (1, "LABOUR"), (3, "Article 1"), (2, "Article 2"), (4, "Article 3"), (3, "Article 4"),
    ]  # fmt: skip


def test_word_styles_and_levels_of_paragraphs(tmp_path: Path) -> None:
    body = (
        p("Labour", style="berschrift1") + p("Words.") + p("Article 1", style="ArtChild")
        + p("They act.", style="Plain")
        + '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>Article 2</w:t></w:r></w:p>'
    )  # fmt: skip
    assert marked(tmp_path, "a.docx", docx(body, styles=STYLES)) == [(1, "Labour"), (3, "Article 1"), (2, "Article 2")]


def test_opendocument_headings(tmp_path: Path) -> None:
    body = '<text:h text:outline-level="2">Article 1</text:h><text:p>They act.</text:p><text:h>Chapter 2</text:h>'
    assert marked(tmp_path, "a.odt", odt(body)) == [(2, "Article 1"), (1, "Chapter 2")]


def test_rtf_outline_levels(tmp_path: Path) -> None:
    data = (
        r"{\rtf1 \pard\outlinelevel0 Chapter 1\par \pard\outlinelevel9 It.\par \pard\outlinelevel2 Art. 1\par\pard x}"
    )
    assert marked(tmp_path, "a.rtf", data) == [(1, "Chapter 1"), (3, "Art. 1")]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_plain_words_are_not_marked(tmp_path: Path, name: str) -> None:
    assert marked(tmp_path, name, "Article 1\n\nThe Parties shall act.\n") == []
