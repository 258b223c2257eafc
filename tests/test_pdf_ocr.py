"""Scanned pages: what Tesseract reads is what was printed, in three languages; without it the reader says so."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from analyzer import Analyzer
from analyzer.errors import ReadError
from analyzer.read.file import read
from analyzer.read.pdf import ocr
from analyzer.text.fold import TOKEN, fold
from tests.pdfs import column, scanned, typeset
from tests.support import ROOT, needs

SAMPLES = ROOT / "corpus" / "pdf"
WORDS = [
    "1. Each Party shall effectively enforce its labour laws.",
    "2. Each Party shall protect the right of workers to organise.",
    "3. The Parties shall meet once a year to discuss labour matters.",
]

pytestmark = needs("tesseract")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("LPA_CACHE", str(tmp_path / "cache"))
    ocr.known_languages.cache_clear()
    yield tmp_path / "cache"
    ocr.known_languages.cache_clear()


def put(folder: Path, data: bytes) -> Path:
    path = folder / "scan.pdf"
    path.write_bytes(data)
    return path


def excerpt(sample: str, *pages: int) -> bytes:
    """Return some pages of a sample agreement."""
    import io

    import pypdfium2

    made = pypdfium2.PdfDocument.new()
    made.import_pages(pypdfium2.PdfDocument(SAMPLES / sample), [page - 1 for page in pages])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def tokens(text: str) -> Counter[str]:
    return Counter(word for word in TOKEN.findall(fold(text)) if word.isalnum())


@pytest.mark.parametrize(
    ("sample", "page", "language"),
    [("boreland-quillaya-labour.pdf", 6, "en"), ("alcandara-miravalle.pdf", 7, "es"), ("sambora-valdore.pdf", 7, "fr")],
)
def test_words_and_provisions_of_a_scan_are_those_of_its_twin(
    tmp_path: Path, rules_alone: Analyzer, sample: str, page: int, language: str
) -> None:
    printed = excerpt(sample, page)
    (tmp_path / "twin.pdf").write_bytes(printed)
    twin = rules_alone.analyze(tmp_path / "twin.pdf")
    scan = rules_alone.analyze(put(tmp_path, scanned(printed)))
    assert twin.document.language == scan.document.language == language
    wanted, found = tokens(twin.document.text), tokens(scan.document.text)
    assert (wanted & found).total() >= 0.98 * wanted.total()
    labels = [[(p.categories, p.strength) for p in analysis.provisions] for analysis in (twin, scan)]
    assert labels[0] == labels[1]
    assert scan.document.warnings[0].code == "page-from-picture"
    assert all(p.confidence < q.confidence for p, q in zip(scan.provisions, twin.provisions, strict=True))


def test_only_the_pages_that_need_it_are_read_from_their_pictures(tmp_path: Path) -> None:
    data = scanned(typeset(*[column(WORDS)] * 3), pages=[2])
    document = read(put(tmp_path, data))
    assert document.warnings[0].pages == (2,)
    assert [page.quality == 1 for page in document.pages] == [True, False, True]
    assert all(document.text[page.start : page.end].count("labour") == 2 for page in document.pages)


def test_what_was_read_once_is_remembered(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, scanned(typeset(column(WORDS))))
    first = read(path)
    assert len(list((cache / "ocr").iterdir())) == 1
    monkeypatch.setattr(ocr, "_run", lambda *_: pytest.fail("read again"))
    assert read(path).text == first.text


def test_what_is_remembered_is_not_believed_if_it_was_changed(tmp_path: Path, cache: Path) -> None:
    path = put(tmp_path, scanned(typeset(column(WORDS))))
    first = read(path)
    (entry,) = (cache / "ocr").iterdir()
    whole = entry.read_bytes()
    head, _, content = whole.partition(b"\n")
    for damaged in (
        b"",
        content,  # as kept by earlier versions
        whole[:-100],
        whole[: len(head) + 1],
        whole + b"\n",
        whole.replace(b"labour", b"larbor", 1),
        bytes(len(whole)),
        b"\xff\xfe" + whole,
    ):
        entry.write_bytes(damaged)
        document = read(path)
        assert (document.text, document.warnings) == (first.text, first.warnings)
        assert entry.read_bytes() == whole
    entry.unlink()
    os.mkfifo(entry)
    assert read(path).text == first.text


def test_an_entry_of_another_page_is_not_taken(tmp_path: Path, cache: Path) -> None:
    data = scanned(typeset(column(WORDS), column(WORDS[:3])))
    first = read(put(tmp_path, data))
    one, two = sorted((cache / "ocr").iterdir())
    content = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(content)
    assert read(put(tmp_path, data)).text == first.text


def test_without_tesseract_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr.known_languages.cache_clear()
    with pytest.raises(ReadError, match="install the packages tesseract-ocr, tesseract-ocr-fra and tesseract-ocr-spa"):
        read(put(tmp_path, scanned(typeset(column(WORDS)))))
    document = read(put(tmp_path, scanned(typeset(*[column(WORDS)] * 3), pages=[2])))
    assert document.warnings[0].code == "page-without-text"
    assert document.warnings[0].text.startswith("no text on page 2 (its pages are pictures")


# Turned pages, two pages on one picture, pages that cannot be read

PLAIN = [
    "Each Party shall effectively enforce its labour laws, and it",
    "shall protect the right of all workers to organise in trade",
    "unions. The Parties shall meet once a year in order to discuss",
    "labour matters, and shall tell each other what they have done.",
]


def same(text: str, words: list[str]) -> bool:
    """Return whether a text is the same but for what Tesseract misreads."""
    return SequenceMatcher(None, text.split(), " ".join(words).split(), autojunk=False).ratio() > 0.95


@pytest.mark.parametrize("turn", [180, 270])
def test_a_page_that_was_scanned_turned_is_turned_back(tmp_path: Path, turn: int) -> None:
    """Only that page; each has a direction of its own."""
    pages = [["Article 1", *PLAIN, *PLAIN[:2]], ["Article 2", *PLAIN[2:], *PLAIN]]
    document = read(put(tmp_path, scanned(typeset(*map(column, pages)), turned={2: turn})))
    assert same(document.text, [*pages[0], *pages[1]])
    assert {notice.code: notice.pages for notice in document.warnings} == {
        "page-from-picture": (1, 2),
        "turned-page": (2,),
    }


def test_two_pages_on_one_picture_are_read_one_after_the_other(tmp_path: Path) -> None:
    left, right = column(["Article 1", "", *PLAIN], left=40), column(["Article 2", "", *PLAIN, *PLAIN], left=460)
    document = read(put(tmp_path, scanned(typeset([*left, *right], width=842, height=595))))
    assert same(document.text, ["Article 1", *PLAIN, "Article 2", *PLAIN, *PLAIN])


def test_a_page_that_cannot_be_read_is_refused_by_its_number(tmp_path: Path) -> None:
    """Words so small that their picture shows specks only."""
    specks = column(["Each Party shall effectively enforce its labour laws in its territory."] * 80, lead=2.6, size=2.6)
    document = read(put(tmp_path, scanned(typeset(column(PLAIN * 2), specks), dpi=120)))
    assert {notice.code: notice.pages for notice in document.warnings}["unreadable-page"] == (2,)
    assert same(document.text, PLAIN * 2)


def test_line_numbers_of_a_scan(tmp_path: Path) -> None:
    lines = PLAIN * 4
    numbers = column([str(number) for number in range(1, 17)], left=40, lead=20)
    document = read(put(tmp_path, scanned(typeset([*column(lines, left=80, lead=20), *numbers]))))
    assert same(document.text, lines)
    assert {notice.code for notice in document.warnings} & {"line-numbers", "margin-notes"}
