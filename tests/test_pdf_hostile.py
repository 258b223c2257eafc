"""Hostile and damaged PDFs: bounded time, a clear reason, and the rest of the batch is done."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.batch import analyze_folder
from analyzer.errors import ReadError
from analyzer.read import read
from tests.pdfs import FONT, WORDS, column, file_of, many_pages, one_page, stream, typeset

SEED, MUTATIONS = 20261126, 320
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
IMAGE = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"
SCRIPT = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"


def loop() -> bytes:
    return file_of([CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 5>>"])


def no_pages() -> bytes:
    return file_of([CATALOGUE, b"<</Type/Pages/Kids[]/Count 0>>"])


def too_many_pages() -> bytes:
    return many_pages(10_001)


def a_billion_pages_promised() -> bytes:
    return one_page(stream(WORDS)).replace(b"/Count 1", b"/Count 2000000000")


def huge_page() -> bytes:
    return one_page(stream(WORDS), box=b"[0 0 6e9 8e9]")


def huge_image() -> bytes:
    image = stream(bytes(10_000_000), IMAGE, packed=True)
    return one_page(stream(b"600 0 0 800 0 0 cm /X Do"), b"/XObject<</X 6 0 R>>", image)


def packed_blanks() -> bytes:
    return one_page(stream(b" " * 50_000_000, packed=True))


def script_and_embedded_file() -> bytes:
    entries = SCRIPT + b"/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>>>"
    embedded = b"<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>", stream(b"MZ" * 100)
    return one_page(stream(WORDS), b"", *embedded).replace(CATALOGUE, entries)


def no_map_to_unicode() -> bytes:
    codes = b"<</Type/Encoding/Differences[32" + b"".join(b"/g%d" % n for n in range(32, 127)) + b"]>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Odd/Encoding " + codes + b">>"
    return one_page(stream(WORDS)).replace(FONT, font)


def only_an_end() -> bytes:
    return b"%PDF-1.7\n%%EOF\n"


def truncated() -> bytes:
    return typeset(*[column("Each Party shall protect labour rights.")] * 5)[:900]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (loop, "none of its pages can be opened"),
        (no_pages, "has no pages"),
        (too_many_pages, "10001 pages"),
        (a_billion_pages_promised, ""),
        (huge_page, ""),
        (huge_image, "no text layer"),
        (packed_blanks, "no text layer"),
        (script_and_embedded_file, ""),
        (no_map_to_unicode, ""),
        (only_an_end, "damaged"),
        (truncated, "its end is missing"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_hostile_files_are_read_or_refused_at_once(
    tmp_path: Path, make: Callable[[], bytes], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LPA_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "bad.pdf"
    path.write_bytes(make())
    began = time.monotonic()
    if reason:
        with pytest.raises(ReadError, match=reason):
            read(path)
    else:
        assert "labour" in read(path).text or make is no_map_to_unicode
    assert time.monotonic() - began < 20


def test_ten_thousand_pages_are_read(tmp_path: Path) -> None:
    (tmp_path / "long.pdf").write_bytes(many_pages(10_000))
    began = time.monotonic()
    document = read(tmp_path / "long.pdf")
    assert (len(document.pages), document.text.count("labour")) == (10_000, 10_000)
    assert time.monotonic() - began < 60


def test_a_file_that_never_ends_costs_only_itself(tmp_path: Path) -> None:
    # Forms that draw each other ten times, twelve deep: a million million letters.
    forms = [stream(b"/X Do " * 10, FORM % (number + 1)) for number in range(6, 18)]
    (tmp_path / "bad.pdf").write_bytes(
        one_page(stream(b"/X Do"), b"/XObject<</X 6 0 R>>", *forms, stream(WORDS, FORM % 18))
    )
    (tmp_path / "good.pdf").write_bytes(typeset(column("Each Party shall protect labour rights.")))
    began = time.monotonic()
    batch = analyze_folder(tmp_path, jobs=2, seconds=8)
    assert [row["agreement_id"] for row in batch.agreement_rows] == ["good"]
    assert [row["reason"] for row in batch.error_rows] == ["takes longer than 8 seconds"]
    assert time.monotonic() - began < 60


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Damage a file: overwrite, cut out, double or exchange stretches, or alter the numbers of its structure."""
    spoilt = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(spoilt))
        size = chance.choice((1, 8, 60, 400))
        kind = chance.randrange(6)
        if kind == 0:
            spoilt[at : at + size] = chance.randbytes(min(size, len(spoilt) - at))
        elif kind == 1:
            del spoilt[at : at + size]
        elif kind == 2:
            spoilt[at:at] = spoilt[at : at + size]
        elif kind == 3:
            spoilt[at] ^= 1 << chance.randrange(8)
        elif kind == 4:
            digits = [place for place, byte in enumerate(spoilt) if 48 <= byte <= 57]
            for place in chance.sample(digits, min(len(digits), 4)):
                spoilt[place] = 48 + chance.randrange(10)
        else:
            del spoilt[max(200, at) :]
        if len(spoilt) < 300:
            return bytes(spoilt)
    return bytes(spoilt)


def outcomes(folder: Path, count: int = MUTATIONS) -> Counter[str]:
    """Analyse damaged files and count what comes of them."""
    chance = random.Random(SEED)
    sample = (Path(__file__).parents[1] / "corpus" / "pdf" / "boreland-quillaya.pdf").read_bytes()
    plain = typeset(*[column("Article 1: Labour\n\n1. Each Party shall protect labour rights.")] * 3)
    for number in range(count):
        (folder / f"{number:03}.pdf").write_bytes(mutated(chance.choice((sample, plain)), chance))
    batch = analyze_folder(folder, jobs=2, seconds=30)
    assert len(batch.results) == count
    counted: Counter[str] = Counter()
    for result in batch.results:
        error = result.error
        kind = "whole" if error is None else "in part" if error["kind"] == "partial" else error["kind"]
        counted[kind if error is None or kind == "in part" else f"{kind}: {error['reason']}"] += 1
    return counted


def test_damaged_files_end_in_a_document_or_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no OCR: it would only take time
    counted = outcomes(tmp_path)
    assert counted.total() == MUTATIONS
    assert not [outcome for outcome in counted if outcome.startswith("internal")]
    assert counted["whole"] + counted["in part"] > MUTATIONS // 3
    assert sum(n for outcome, n in counted.items() if outcome.startswith("crash")) <= MUTATIONS // 100


def test_the_error_of_another_file_is_not_told_again(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    path = tmp_path / "bad.pdf"
    path.write_bytes(typeset(column("Words"), encrypt=StandardEncryption("secret", canPrint=0)))
    with pytest.raises(ReadError, match="password"):
        read(path)
    path.write_bytes(no_pages())
    with pytest.raises(ReadError, match="no pages"):
        read(path)
