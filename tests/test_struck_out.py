"""Words that are struck out are not in force, and hidden ones are not seen: left out and told, in every format."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import docx, odt, p, r

from analyzer.read.file import read

KEPT = "Each Party shall enforce its laws."
STRUCK = "1 word that is struck out was left out"
HIDDEN = "1 word that nobody sees was left out"
WHITE = HIDDEN
STYLES = (
    '<w:style w:type="character" w:styleId="Old"><w:rPr><w:{0}/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Older"><w:basedOn w:val="Old"/></w:style>'
    '<w:style w:type="character" w:styleId="Valid"><w:basedOn w:val="Old"/><w:rPr><w:{0} w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="OldP"><w:rPr><w:{0}/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="OlderP"><w:basedOn w:val="OldP"/></w:style>'
)


def got(folder: Path, name: str, data: bytes | str) -> tuple[str, list[str]]:
    """Return the text of a file, and the sentences of its warnings without what they quote."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    document = read(path)
    told = [str(notice) for notice in document.warnings if notice.code != "words-left-out"]
    return document.text, [sentence.partition(" (“")[0] for sentence in told]


def run(text: str, properties: str) -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        ("<w:strike/>", STRUCK), ('<w:strike w:val="1"/>', STRUCK), ("<w:dstrike/>", STRUCK),
        ("<w:vanish/>", HIDDEN), ('<w:sz w:val="1"/>', HIDDEN), ('<w:color w:val="FFFFFF"/>', WHITE),
        ('<w:rStyle w:val="Old"/>', STRUCK), ('<w:rStyle w:val="Older"/>', STRUCK),
        ('<w:rStyle w:val="Old"/><w:strike w:val="false"/>', ""), ('<w:rStyle w:val="Valid"/>', ""),
        ('<w:strike w:val="0"/>', ""), ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="003366"/>', ""),
        ('<w:color w:val="FFFFFF"/><w:highlight w:val="blue"/>', ""),
    ],
)  # fmt: skip
def test_words_of_a_word_document(tmp_path: Path, properties: str, told: str) -> None:
    body = f"<w:p>{r('Each Party shall ')}{run('not ', properties)}{r('enforce its laws.')}</w:p>"
    text, warnings = got(tmp_path, "a.docx", docx(body, styles=STYLES.format("strike")))
    kept = KEPT if told else KEPT.replace("shall", "shall not")
    assert (text, warnings) == (kept, [told] if told else [])


@pytest.mark.parametrize("style", ["OldP", "OlderP"])
@pytest.mark.parametrize(("switch", "told"), [("strike", STRUCK), ("dstrike", STRUCK), ("vanish", HIDDEN)])
def test_paragraphs_of_a_word_document_by_their_style(tmp_path: Path, style: str, switch: str, told: str) -> None:
    """A switch in the styles of both paragraph and run is off again, as Word shows it."""
    body = p("Repealed.", style=style) + p(KEPT)
    assert got(tmp_path, "a.docx", docx(body, styles=STYLES.format(switch))) == (KEPT, [told])
    if switch != "dstrike":
        twice = run(KEPT, '<w:rStyle w:val="Old"/>')
        body = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{twice}</w:p>'
        assert got(tmp_path, "a.docx", docx(body, styles=STYLES.format(switch))) == (KEPT, [])


def test_white_words_in_a_table_of_a_word_document_stay(tmp_path: Path) -> None:
    white = run(KEPT, '<w:color w:val="FFFFFF"/>')
    body = f"<w:tbl><w:tr><w:tc><w:p>{white}</w:p></w:tc></w:tr></w:tbl>"
    assert got(tmp_path, "a.docx", docx(body)) == (KEPT, [])


def test_a_struck_out_footnote_of_a_word_document_counts(tmp_path: Path) -> None:
    mark = '<w:footnoteReference w:id="{}"/>'
    body = (
        f"<w:p>{r('They meet')}<w:r><w:rPr><w:strike/></w:rPr>{mark.format(1)}</w:r><w:r>{mark.format(2)}</w:r></w:p>"
    )
    notes = "".join(f'<w:footnote w:id="{at}"><w:p>{r(f"Note {at}.")}</w:p></w:footnote>' for at in (1, 2))
    assert got(tmp_path, "a.docx", docx(body, footnotes=notes))[0] == "They meet²\n\n² Note 2."


ODT_STYLES = (
    '<style:style style:name="Old" style:family="text"><style:text-properties {}/></style:style>'
    '<style:style style:name="Older" style:family="text" style:parent-style-name="Old"/>'
    '<style:style style:name="Valid" style:family="text"><style:text-properties style:text-line-through-style="none"'
    ' text:display="true" fo:color="#000000"/></style:style>'
    '<style:style style:name="OldP" style:family="paragraph"><style:text-properties {}/></style:style>'
    '<style:style style:name="OlderP" style:family="paragraph" style:parent-style-name="OldP"/>'
)
ODT_LOOKS = [
    ('style:text-line-through-style="solid"', STRUCK), ('style:text-line-through-type="double"', STRUCK),
    ('text:display="none"', HIDDEN), ('fo:color="#FFFFFF"', WHITE), ('style:text-line-through-style="none"', ""),
    ('fo:color="#ffffff" fo:background-color="#003366"', ""),
]  # fmt: skip


def with_fo(data: bytes) -> bytes:
    """Return an OpenDocument text made by ``odt`` whose content may use the names of colours."""
    import io
    import zipfile

    from office import zipped

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    space = b'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version'
    files["content.xml"] = files["content.xml"].replace(b"office:version", space, 1)
    return zipped(files)


@pytest.mark.parametrize("style", ["Old", "Older"])
@pytest.mark.parametrize(("look", "told"), ODT_LOOKS)
def test_words_and_paragraphs_of_an_opendocument_text(tmp_path: Path, style: str, look: str, told: str) -> None:
    body = f'<text:p>Each Party shall <text:span text:style-name="{style}">not </text:span>enforce its laws.</text:p>'
    kept = KEPT if told else KEPT.replace("shall", "shall not")
    data = with_fo(odt(body, ODT_STYLES.format(look, look)))
    assert got(tmp_path, "a.odt", data) == (kept, [told] if told else [])
    if told:
        body = f'<text:p text:style-name="{style}P">Gone <text:span text:style-name="Valid">{KEPT}</text:span></text:p>'
        assert got(tmp_path, "a.odt", with_fo(odt(body, ODT_STYLES.format(look, look)))) == (KEPT, [told])


def test_hidden_sections_and_paragraphs_of_an_opendocument_text(tmp_path: Path) -> None:
    body = (
        f'<text:section text:display="none"><text:p>Gone</text:p></text:section><text:p>{KEPT}</text:p>'
        '<text:p><text:hidden-paragraph text:is-hidden="true"/>Gone</text:p>'
    )
    assert got(tmp_path, "a.odt", odt(body)) == (KEPT, ["2 words that nobody sees were left out"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (r"{\strike not }", STRUCK), (r"\strike not \strike0 ", STRUCK), (r"\striked1 not \striked0 ", STRUCK),
        (r"{\v not }", HIDDEN), (r"\v not \plain ", HIDDEN), (r"{\cf2 not }", WHITE), (r"{\cf1 not }", ""),
        (r"{\cf2\highlight1 not }", ""), (r"{\cf2\chcbpat1 not }", ""), (r"{\striked0 not }", ""),
    ],
)  # fmt: skip
def test_words_of_rtf(tmp_path: Path, words: str, told: str) -> None:
    colours = r"{\colortbl;\red0\green0\blue128;\red255\green255\blue255;}"
    kept = KEPT if told else KEPT.replace("shall", "shall not")
    data = rf"{{\rtf1{colours}\pard Each Party shall {words}enforce its laws.\par}}"
    assert got(tmp_path, "a.rtf", data) == (kept, [told] if told else [])


def test_a_struck_out_paragraph_of_rtf_ends_where_it_ends(tmp_path: Path) -> None:
    data = rf"{{\rtf1\pard {KEPT}\par{{\strike Repealed.\par}}{KEPT}\par}}"
    assert got(tmp_path, "a.rtf", data) == (f"{KEPT}\n\n{KEPT}", [STRUCK])


@pytest.mark.parametrize(
    ("sheet", "words", "told"),
    [
        ("", "<s>not </s>", STRUCK), ("", "<strike>not </strike>", STRUCK),
        ("", "<span style='text-decoration: underline line-through red'>not </span>", STRUCK),
        (".old{text-decoration-line:line-through}", "<i class='a old'>not </i>", STRUCK),
        ("i.old,b{ TEXT-DECORATION : Line-Through !important; text-decoration:none}", "<i class=old>not</i> ", STRUCK),
        (".gone{display:none}", "<span class='x gone'>not </span>", HIDDEN),
        ("/* .a{} */ @media screen{ #no{ visibility : hidden } }", "<span id=no>not </span>", HIDDEN),
        ("div .gone{font-size:0}", "<span class=gone>not </span>", HIDDEN),
        (".w{color:#FFF}", "<span class=w>not </span>", WHITE), ("", "<font color=white>not </font>", WHITE),
        ("", "<span style='color: rgb(255, 255, 255)'>not </span>", WHITE),
        (".w{color:#fff;background:#036}", "<span class=w>not </span>", ""),
        (".old{display:inline}", "<i class=old>not </i>", ""),
        ("@media print{.gone{display:none}}", "<span class=gone>not </span>", ""),
        ("@media (max-width:600px){.gone{display:none}}", "<span class=gone>not </span>", ""),
        (".gone:hover{display:none} nav .gone{display:none}", "<span class=gone>not </span>", ""),
        (".gone{display:none} div .gone{display:inline}", "<span class=gone>not </span>", ""),
        (".gone{display:none} .gone{display:inline}", "<span class=gone>not </span>", ""),
        (".gone{display:none", "<span class=gone>not </span>", ""),
    ],
)  # fmt: skip
def test_words_of_a_web_page(tmp_path: Path, sheet: str, words: str, told: str) -> None:
    page = (
        f"<html><head><style>{sheet}</style></head><body><div><p>Each Party shall {words}enforce its laws.</p></div>"
        "</body></html>"
    )
    kept = KEPT if told else KEPT.replace("shall", "shall not")
    assert got(tmp_path, "a.html", page) == (kept, [told] if told else [])


def test_white_words_of_a_web_page_whose_style_sheet_is_elsewhere_stay(tmp_path: Path) -> None:
    page = f"<html><head><link rel=stylesheet href=a.css></head><body><p style='color:#fff'>{KEPT}</p></body></html>"
    assert got(tmp_path, "a.html", page) == (KEPT, [])


@pytest.mark.parametrize(
    "words", ["~~not~~ ", "<s>not</s> ", "<del>not</del> ", "<i style='text-decoration:line-through'>not</i> "]
)
def test_words_of_markdown(tmp_path: Path, words: str) -> None:
    text, warnings = got(tmp_path, "a.md", f"Each Party shall {words}enforce its laws.\n")
    assert (text, warnings) == (KEPT, [] if "del" in words else [STRUCK])


@pytest.mark.parametrize("item", ["~~(c) Repealed.~~", "~~ (c) Repealed. ~~", "- ~~(c) Repealed.~~"])
def test_whole_paragraphs_of_markdown(tmp_path: Path, item: str) -> None:
    text, warnings = got(tmp_path, "a.md", f"{KEPT}\n\n{item}\n\n{KEPT}\n")
    assert (text, warnings) == (f"{KEPT}\n\n{KEPT}", ["2 words that are struck out were left out"])


@pytest.mark.parametrize("between", ["\n\n", "\n\nThe *Council* decides.\n\n", "\n\n- A list of all.\n\n"])
def test_several_paragraphs_of_markdown(tmp_path: Path, between: str) -> None:
    text, _ = got(tmp_path, "a.md", f"{KEPT}\n\n~~(c) Repealed.{between}(d) Repealed too.~~\n\n{KEPT}\n")
    assert text == f"{KEPT}\n\n{KEPT}"


def test_marks_that_are_not_closed_strike_nothing_out(tmp_path: Path) -> None:
    text, warnings = got(tmp_path, "a.md", f"{KEPT}\n\n~~ 5 per cent of wages\n\n{KEPT}\n")
    assert (text.count(KEPT), "5 per cent" in text, warnings) == (2, True, [])


@pytest.mark.parametrize(
    "begin", ["<script>var a;", "<style>.a{}", "<title>Pact", "<textarea>", "<!-- draft", "<iframe>"]
)
def test_an_element_that_is_not_closed_and_takes_the_rest_of_the_page_is_told(tmp_path: Path, begin: str) -> None:
    page = f"<html><body><script>if (a < b) x('<p>');</script><p>{KEPT}</p>{begin}<p>Each Party shall meet.</p>"
    text, [warning] = got(tmp_path, "a.html", page)
    assert text == KEPT
    assert "is not closed: the " in warning
    assert warning.endswith("words behind it were not read")


@pytest.mark.parametrize("end", ["<script src=a.js></script>", "<!-- end -->", "<br>", "<title/>"])
def test_pages_whose_words_all_are_read_give_no_warning(tmp_path: Path, end: str) -> None:
    text, warnings = got(
        tmp_path, "a.html", f"<html><head><title>A</title></head><body><p>{KEPT}</p></body></html>{end}"
    )
    assert (text, warnings) == (KEPT, [])


def test_an_element_of_markdown_that_is_not_closed_is_told(tmp_path: Path) -> None:
    text, warnings = got(tmp_path, "a.md", f"{KEPT}\n\n<script>\n\nArticle 1\n\nThe Parties meet.\n")
    assert (text, warnings) == (KEPT, ["its element <script> is not closed: the 5 words behind it were not read"])


def test_where_nothing_is_left_the_reason_is_told(tmp_path: Path) -> None:
    from analyzer.errors import ReadError

    with pytest.raises(ReadError, match=r"holds no text; 6 words that are struck out were left out \(“Each Party"):
        got(tmp_path, "a.html", f"<html><body><s>{KEPT}</s></body></html>")


def test_deleted_words_of_akoma_ntoso_are_told(tmp_path: Path) -> None:
    body = (
        f"<mainBody><p>Each Party shall <del>not at all</del> {KEPT.removeprefix('Each Party shall ')}</p></mainBody>"
    )
    (tmp_path / "a.xml").write_text(
        f'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><doc name="x">{body}</doc></akomaNtoso>'
    )
    document = read(tmp_path / "a.xml")
    assert (document.text, [str(notice) for notice in document.warnings]) == (
        KEPT,
        ["3 words were left out: 3 deleted"],
    )


def test_some_of_the_words_are_quoted(tmp_path: Path) -> None:
    long = "A Party may suspend its labour laws in export zones of its territory."
    struck = "".join(f"<s>{words}</s>" for words in ("endeavour to", "169", "endeavour to", long, "not"))
    (tmp_path / "a.html").write_text(f"<html><body><p>{KEPT} {struck}</p></body></html>", encoding="utf-8")
    [notice] = read(tmp_path / "a.html").warnings
    assert str(notice).endswith(
        "left out (“endeavour to”, “169”, “A Party may suspend its labour laws in export zone…” and 1 more)"
    )
