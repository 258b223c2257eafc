"""Word, OpenDocument, RTF, web pages and Markdown: what a reader of the page sees, and the same provisions in each."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import docx, levels, num, odt, p, r
from support import said

from analyzer import analyze
from analyzer.read.file import read
from analyzer.types import Notice

SAMPLES = Path(__file__).parents[1] / "corpus" / "texts"
NUMBERED = levels(
    0, [("upperRoman", "CHAPTER %1"), ("decimal", "Article %2"), ("decimal", "%3."), ("lowerLetter", "(%4)")]
)


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def lines(folder: Path, name: str, data: bytes | str) -> list[str]:
    """Return the paragraphs that are read from a file."""
    return read(put(folder, name, data)).text.split("\n\n")


def word(folder: Path, body: str, **parts: str) -> list[str]:
    return lines(folder, "a.docx", docx(body, **parts))


def web(folder: Path, body: str) -> list[str]:
    return lines(folder, "a.html", f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>")


# Word


def test_word_numbers_are_read_as_displayed(tmp_path: Path) -> None:
    body = (
        p("Labour", num=1) + p("Scope", num=1, level=1) + p("Each Party shall:", num=1, level=2)
        + p("enforce its laws; and", num=1, level=3) + p("publish them.", num=1, level=3)
        + p("This goes on.", num=1, level=2) + p("Rights", num=1, level=1) + p("They meet.", num=1, level=2)
        + p("Trade", num=1) + p("Aims", num=1, level=1)
    )  # fmt: skip
    assert word(tmp_path, body, numbering=NUMBERED + num(1, 0)) == [
        "CHAPTER I Labour", "Article 1 Scope", "1. Each Party shall:", "(a) enforce its laws; and", "(b) publish them.",
        "2. This goes on.", "Article 2 Rights", "1. They meet.", "CHAPTER II Trade", "Article 1 Aims",
    ]  # fmt: skip


def test_word_lists_begin_anew_where_they_say_so_and_count_on_where_not(tmp_path: Path) -> None:
    numbering = levels(0, [("lowerRoman", "(%1)")]) + num(1, 0) + num(2, 0, start=4) + num(3, 0)
    body = p("one", num=1) + p("two", num=1) + p("four", num=2) + p("five", num=2) + p("plain", num=0) + p("six", num=3)
    assert word(tmp_path, body, numbering=numbering) == [
        "(i) one",
        "(ii) two",
        "(iv) four",
        "(v) five",
        "plain",
        "(vi) six",
    ]


def test_word_numbers_of_styles_are_read(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:pStyle w:val="Art"/><w:lvlText w:val="Article %1"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:pStyle w:val="Par"/><w:lvlText w:val="%1.%2"/></w:lvl>'
        "</w:abstractNum>" + num(1, 0)
    )
    styles = (
        "".join(
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
            "</w:style>"
            for name in ("Art", "Par")
        )
        + '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Art"/></w:style>'
    )
    body = (
        p("Aims", style="Art") + p("They meet.", style="Par") + p("Means", style="Child") + p("They work.", style="Par")
    )
    read_ = word(tmp_path, body, numbering=numbering, styles=styles)
    assert read_[:3] == ["Article 1 Aims", "1.1 They meet.", "Article 2 Means"]
    assert read_[3] == "2.1 They work."


def test_word_footnotes_stand_below_their_paragraph_with_their_number(tmp_path: Path) -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = (
        p("The Declaration", extra=reference.format(7) + r(" applies") + reference.format(3) + r("."))
        + p("Next.")
    )  # fmt: skip
    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="3"><w:p><w:r><w:footnoteRef/></w:r>{r(" Second.")}</w:p></w:footnote>'
        f'<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r>{r(" First.")}</w:p></w:footnote>'
    )
    assert word(tmp_path, body, footnotes=notes) == ["The Declaration¹ applies².", "¹ First.", "² Second.", "Next."]


def test_word_tracked_changes_are_accepted(tmp_path: Path) -> None:
    mark = 'w:id="1" w:author="x" w:date="2020-01-01T00:00:00Z"'
    body = (
        f"<w:p>{r('Each Party ')}<w:del {mark}><w:r><w:delText>should</w:delText></w:r></w:del>"
        f"<w:ins {mark}>{r('shall')}</w:ins>{r(' act.')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del {mark}/></w:rPr></w:pPr>{r('Joined ')}</w:p>{p('to the next.')}"
        f"<w:p><w:moveFrom {mark}>{r('gone')}</w:moveFrom><w:moveTo {mark}>{r('come')}</w:moveTo></w:p>"
        f"<w:tbl><w:tr><w:trPr><w:del {mark}/></w:trPr><w:tc>{p('deleted row')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{p('kept row')}</w:tc></w:tr></w:tbl>"
    )
    assert word(tmp_path, body) == ["Each Party shall act.", "Joined to the next.", "come", "kept row"]


def test_word_tables_breaks_and_what_is_not_shown(tmp_path: Path) -> None:
    body = (
        f"<w:tbl><w:tr><w:tc>{p('worker')}</w:tc><w:tc>{p('means a person')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{p('(a)')}</w:tc><w:tc>{p('first;')}{p('and more')}</w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t><w:noBreakHyphen/><w:t>four</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        f"<w:sdt><w:sdtContent>{p('in a field')}</w:sdtContent></w:sdt>"
    )
    assert word(tmp_path, body) == [
        "worker means a person", "(a) first;", "and more", "one\ntwo three-four", "in a field",
    ]  # fmt: skip


# OpenDocument


def test_odt_lists_footnotes_and_deleted_text(tmp_path: Path) -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" '
        'style:num-suffix=")"/></text:list-style>'
    )
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>".format
    inner = f"<text:list>{item('first;', '')}{item('second.', '')}</text:list>"
    hidden = '<style:text-properties text:display="none"/>'
    styles += f'<style:style style:name="H" style:family="paragraph">{hidden}</style:style>'
    goes_on = '<text:list text:style-name="L" text:continue-numbering="true">'
    body = (
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
        '<text:p text:style-name="H">hidden</text:p>'
        '<text:section text:display="none"><text:p>hidden too</text:p></text:section>'
        f'<text:list text:style-name="L">{item("Each Party shall:", inner)}{item("They meet.", "")}</text:list>'
        "<text:p>Between</text:p>"
        f"{goes_on}<text:list-item>{inner}</text:list-item></text:list>"
        f'{goes_on}{item("They go on.", "")}</text:list>'
        '<text:p>Work<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Any work.</text:p>'
        "</text:note-body></text:note> is<text:s text:c=\"3\"/>done.<text:line-break/>So.</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
        "<text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )  # fmt: skip
    assert lines(tmp_path, "a.odt", odt(body, styles)) == [
        "1. Each Party shall:", "(a) first;", "(b) second.", "2. They meet.", "Between", "(a) first;", "(b) second.",
        "3. They go on.", "Work¹ is done.\nSo.", "¹ Any work.", "a b",
    ]  # fmt: skip


def test_odt_lists_without_an_id_begin_anew(tmp_path: Path) -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="."/></text:list-style>'
    )
    made = '<text:list text:style-name="L"><text:list-item><text:p>{}</text:p></text:list-item></text:list>'
    body = made.format("They meet.") + "<text:p>Article 2</text:p>" + made.format("They report.")
    assert lines(tmp_path, "a.odt", odt(body, styles)) == ["1. They meet.", "Article 2", "1. They report."]


# RTF


def test_rtf_letters_lists_footnotes_and_hidden_groups(tmp_path: Path) -> None:
    text = (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset238 Times CE;}}"
        r"{\info{\title Secret}}{\header Running head\par}"
        "\n"
        r"\pard {\listtext 1.\tab}Empleo y ocupaci\'f3n; \u8364?5 \endash  \ldblquote so\rdblquote\par"
        "\n"
        r"{\f1 \'e8} {\deleted never }always{\v hidden}{\*\generator x}\par"
        "\n"
        r"Work{\super\chftn}{\footnote\pard\plain{\super\chftn} Any work.\par} is done\line at last.\par"
        r"\trowd\cellx1000\cellx2000\pard\intbl a\cell b\cell\row\pard After.\par}"
    )
    assert lines(tmp_path, "a.rtf", text) == [
        "1. Empleo y ocupación; €5 – “so”", "č always", "Work¹ is done\nat last.", "¹ Any work.", "a b", "After.",
    ]  # fmt: skip


def test_rtf_that_breaks_off_is_read_with_a_warning(tmp_path: Path) -> None:
    document = read(put(tmp_path, "a.rtf", r"{\rtf1\ansi Article 1\par The Parties meet"))
    assert document.text == "Article 1\n\nThe Parties meet"
    assert document.warnings == (Notice("truncated", "is truncated: its last group is not closed"),)


# Web pages


def test_web_navigation_goes_and_the_treaty_stays(tmp_path: Path) -> None:
    links = "".join(f'<li><a href="/{n}.html">Chapter {n}</a></li>' for n in range(6))
    body = (
        "<script>var a = '<p>no</p>';</script><nav><p>Home</p></nav><div class='breadcrumb'>Home &gt; Trade</div>"
        f"<ul>{links}</ul><h1>Agreement</h1><p>Article 1<br>Aims</p><p hidden>draft</p>"
        "<p>The Parties\n   <b>shall</b> meet&nbsp;&ndash; <i>twice</i>.</p><p><a href='#top'>Top</a></p>"
        "<p>See <a href='/law.html'>the law</a> of each Party.</p><footer>Contact</footer>"
    )
    assert web(tmp_path, body) == [
        "Agreement", "Article 1\nAims", "The Parties shall meet – twice.", "See the law of each Party.",
    ]  # fmt: skip


def test_web_pages_that_mark_their_main_part(tmp_path: Path) -> None:
    assert web(tmp_path, "<p>Ministry of Trade</p><main><p>Article 1</p><p>They meet each year.</p></main>Share") == [
        "Article 1", "They meet each year.",
    ]  # fmt: skip


def test_web_lists_have_the_numbers_that_browsers_show(tmp_path: Path) -> None:
    body = (
        '<ol start="3"><li>third<ol type="a"><li>first</li><li value="4">fourth</ol></li><li><p>next</p></li></ol>'
        "<ul><li>(a) its own</li><li>bullet</li></ul><ol style='list-style-type: lower-roman'><li>small</ol>"
    )
    assert web(tmp_path, body) == [
        "3. third",
        "a. first",
        "d. fourth",
        "4. next",
        "(a) its own",
        "• bullet",
        "i. small",
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<p>Work<a href="#n1" id="r1"><sup>1</sup></a> is done.</p><p>Next.</p>'
        '<hr><p><a id="n1" href="#r1">1</a> Any work.</p>',
        '<p>Work<sup id="r1"><a href="#n1">[1]</a></sup> is done.</p><p>Next.</p>'
        '<ol><li id="n1"><p>Any work. <a href="#r1">↩</a></p></li></ol>',
        '<p>Work<a name="_ftnref1" href="#_ftn1">[1]</a> is done.</p><p>Next.</p>'
        '<div id="ftn1"><p><a name="_ftn1" href="#_ftnref1">[1]</a> Any work.</p></div>',
    ],
    ids=["European Union", "wiki", "Word"],
)
def test_web_footnotes_stand_below_their_paragraph(tmp_path: Path, body: str) -> None:
    assert web(tmp_path, body) == ["Work¹ is done.", "¹ Any work.", "Next."]


def test_web_links_to_articles_are_no_footnotes(tmp_path: Path) -> None:
    body = '<p>See Article <a href="#a5">5</a>.</p><h2 id="a5">Article 5</h2><p>They meet.</p>'
    assert web(tmp_path, body) == ["See Article 5.", "Article 5", "They meet."]


def test_web_tables_that_set_lists(tmp_path: Path) -> None:
    body = (
        "<table><tr><td><table><tr><td><p>(a)</p></td><td><p>first;</p></td></tr>"
        "<tr><td><p>(b)</p></td><td><p>second:</p><table><tr><td>(i)</td><td>inner.</td></tr></table></td></tr></table>"
        "</td></tr></table>"
    )
    assert web(tmp_path, body) == ["(a) first;", "(b) second:", "(i) inner."]


@pytest.mark.parametrize(
    ("said", "written"), [("iso-8859-1", "cp1252"), ("windows-1250", "cp1250"), ("utf-8", "utf-8")]
)
def test_web_pages_in_other_encodings(tmp_path: Path, said: str, written: str) -> None:
    page = f'<html><head><meta charset="{said}"></head><body><p>“Lučića” café</p></body></html>'
    if written == "cp1252":
        page = page.replace("Lučića", "Lucica")
    document = read(put(tmp_path, "a.html", page.encode(written)))
    assert document.text == ("“Lucica” café" if written == "cp1252" else "“Lučića” café")


# Markdown


def test_markdown(tmp_path: Path) -> None:
    text = (
        "---\ntitle: x\n---\n# Agreement\n\n## Article 1\nAims\n\n1. Each **Party** shall:\n\n    (a) meet; and\n\n"
        "    (b) report\\*.\n\n2. They may[^1] stop.\n\n| worker | a person |\n|---|---|\n| work | any |\n"
        "\n[^1]: Any time.\n"
    )
    assert lines(tmp_path, "a.md", text) == [
        "Agreement", "Article 1", "Aims", "1. Each Party shall:", "(a) meet; and", "(b) report*.", "2. They may¹ stop.",
        "¹ Any time.", "worker a person", "work any",
    ]  # fmt: skip


# The same agreement in each


def as_docx(paragraphs: list[str]) -> bytes:
    return docx(
        "".join("<w:p>" + "<w:r><w:br/></w:r>".join(map(r, words.split("\n"))) + "</w:p>" for words in paragraphs)
    )


def as_odt(paragraphs: list[str]) -> bytes:
    from xml.sax.saxutils import escape

    return odt(
        "".join(f"<text:p>{escape(words).replace(chr(10), '<text:line-break/>')}</text:p>" for words in paragraphs)
    )


def as_rtf(paragraphs: list[str]) -> bytes:
    def coded(words: str) -> str:
        plain = words.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}").replace("\n", "\\line ")
        return "".join(letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in plain)

    return ("{\\rtf1\\ansi " + "".join(f"{coded(words)}\\par\n" for words in paragraphs) + "}").encode("ascii")


def as_html(paragraphs: list[str]) -> bytes:
    from html import escape

    body = "".join(f"<p>{escape(words).replace(chr(10), '<br>')}</p>" for words in paragraphs)
    return f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()


def as_markdown(paragraphs: list[str]) -> bytes:
    def coded(words: str) -> str:
        return "".join(f"\\{letter}" if letter in "\\`*_{}[]()<>#+-.!|" else letter for letter in words)

    return "\n\n".join(map(coded, paragraphs)).encode()


@pytest.mark.parametrize("stem", ["norwell-veridia", "alcandara-miravalle", "sambora-valdore"])
def test_a_sample_has_the_same_provisions_in_each_format(tmp_path: Path, stem: str) -> None:
    source = SAMPLES / f"{stem}.txt"
    paragraphs = source.read_text(encoding="utf-8").split("\n\n")
    original = analyze(source)
    expected = said(original)
    assert len(expected) > 50
    makers = {"docx": as_docx, "odt": as_odt, "rtf": as_rtf, "html": as_html, "md": as_markdown}
    for suffix, make in makers.items():
        analysis = analyze(put(tmp_path, f"{stem}.{suffix}", make(paragraphs)))
        assert analysis.document.format == suffix
        assert said(analysis) == expected, suffix
        assert (analysis.document.metadata.title, analysis.document.language) == (
            original.document.metadata.title, original.document.language,
        )  # fmt: skip
