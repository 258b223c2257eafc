"""Hostile and damaged PDFs: bounded time, a clear reason, and the rest of the batch is done."""

from __future__ import annotations

import random
import struct
import sys
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer import limits as deadline
from analyzer.errors import ReadError
from analyzer.read.file import read
from analyzer.read.pdf import pdf_file
from analyzer.run.batch import analyze_folder
from tests.pdfs import FONT, WORDS, column, file_of, many_pages, one_page, stream, typeset
from tests.support import TIMEOUT, bounded, run

SEED = 20261126
MUTATIONS = 120
"""Damaged files that are analysed; ``benchmarks/damaged_files.py`` takes 320, of which these are the first."""
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


def outline_that_goes_round() -> bytes:
    entries = (
        b"<</First 7 0 R/Last 7 0 R/Count 1>>",
        b"<</Title(a)/Parent 6 0 R/Next 7 0 R/First 7 0 R/Dest[3 0 R/Fit]>>",
    )
    return one_page(stream(WORDS), b"", *entries).replace(b"/Type/Catalog", b"/Type/Catalog/Outlines 6 0 R")


def outline_bomb() -> bytes:
    entry = b"<</Title(a)/Parent 6 0 R/Next %d 0 R/First %d 0 R/Dest[3 0 R/Fit]>>"
    entries = [entry % (number, number) for number in range(8, 38)]
    made = one_page(stream(WORDS), b"", b"<</First 7 0 R/Last 7 0 R/Count 1>>", *entries, b"<</Title(end)>>")
    return made.replace(b"/Type/Catalog", b"/Type/Catalog/Outlines 6 0 R")


def deep_page_tree() -> bytes:
    branches = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1) for number in range(2, 20_000)]
    return file_of([CATALOGUE, *branches, b"<</Type/Page/MediaBox[0 0 9 9]>>"])


def deep_lists() -> bytes:
    return one_page(stream(WORDS)).replace(CATALOGUE, CATALOGUE[:-2] + b"/Z" + b"[" * 500_000 + b"]" * 500_000 + b">>")


def deep_dictionaries() -> bytes:
    return one_page(stream(WORDS)).replace(CATALOGUE, CATALOGUE[:-2] + b"/Z" + b"<</Z" * 500_000)


def deep_lists_on_the_page() -> bytes:
    return one_page(stream(b"[" * 2_000_000 + WORDS, packed=True))


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
        (outline_that_goes_round, ""),
        (outline_bomb, ""),
        (deep_page_tree, "none of its pages can be opened"),
        (deep_lists, ""),
        (deep_dictionaries, ""),
        (deep_lists_on_the_page, "no text layer"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_hostile_files_are_read_or_refused_at_once(
    tmp_path: Path, make: Callable[[], bytes], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LPA_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "bad.pdf"
    path.write_bytes(make())
    with bounded():
        if reason:
            with pytest.raises(ReadError, match=reason):
                read(path)
        else:
            assert "labour" in read(path).text or make is no_map_to_unicode


def test_ten_thousand_pages_are_read(tmp_path: Path) -> None:
    (tmp_path / "long.pdf").write_bytes(many_pages(10_000))
    with bounded():
        document = read(tmp_path / "long.pdf")
    assert (len(document.pages), document.text.count("labour")) == (10_000, 10_000)


def test_bookmarks_that_go_round_do_not_clutter_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(outline_that_goes_round())
    code = "import sys, analyzer; analyzer.read(sys.argv[1])"
    done = run([sys.executable, "-c", code, path], check=True)
    assert done.stderr == ""


def endless_page() -> bytes:
    # Ten thousand times a million strokes that draw nothing.
    strokes = stream(b"0 0 m n " * 1_000_000, FORM % 99, packed=True)
    forms = [stream(b"/X Do " * 100, FORM % 7), stream(b"/X Do " * 100, FORM % 8), strokes]
    return one_page(stream(WORDS + b" /X Do"), b"/XObject<</X 6 0 R>>", *forms)


def test_a_page_that_never_ends_costs_only_its_file(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(endless_page())
    (tmp_path / "good.pdf").write_bytes(typeset(column("Each Party shall protect labour rights.")))
    batch = analyze_folder(tmp_path, jobs=1, seconds=8)
    late = {Path(row["file"]).stem: row["reason"] for row in batch.error_rows}
    assert late["bad"] == "takes longer than 8 seconds"
    read_in_time = {row["agreement_id"] for row in batch.agreement_rows}
    assert {*read_in_time, *late} == {"bad", "good"}  # a very busy machine may need longer for the good one too


def test_a_page_has_a_deadline_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missed: list[str] = []

    def read_text_layer(*_: object) -> None:
        missed.append(deadline.missed())
        raise ReadError("enough")

    monkeypatch.setattr(pdf_file, "read_text_layer", read_text_layer)
    monkeypatch.setattr(pdf_file, "MAX_PAGE_SECONDS", -1)
    (tmp_path / "bad.pdf").write_bytes(one_page(stream(WORDS)))
    with pytest.raises(ReadError, match="enough"):
        read(tmp_path / "bad.pdf")
    assert missed == ["page 1 takes longer than -1 seconds to read"]
    assert not deadline.missed()


def form_bomb() -> bytes:
    # Forms that draw each other ten times, twelve deep: a million million letters.
    forms = [stream(b"/X Do " * 10, FORM % (number + 1)) for number in range(6, 18)]
    return one_page(stream(b"/X Do"), b"/XObject<</X 6 0 R>>", *forms, stream(WORDS, FORM % 18))


def packed_twice() -> bytes:
    packer = zlib.compressobj(1)
    inner = b"".join([*(packer.compress(bytes(10_000_000)) for _ in range(80)), packer.flush()])
    return one_page(stream(zlib.compress(inner), b"/Filter[/FlateDecode/FlateDecode]"))


def one_stream_many_times() -> bytes:
    content = stream(b"0 0 m " * 2_000_000, packed=True)
    return one_page(content).replace(b"/Contents 4 0 R", b"/Contents[" + b"4 0 R " * 200 + b"]")


def states_saved_without_end() -> bytes:
    return one_page(stream(b"q " * 20_000_000, packed=True))


def test_files_that_want_all_memory_cost_only_themselves(tmp_path: Path) -> None:
    bombs = [form_bomb, packed_twice, one_stream_many_times, states_saved_without_end]
    for make in bombs:
        (tmp_path / f"{make.__name__}.pdf").write_bytes(make())
    (tmp_path / "good.pdf").write_bytes(typeset(column("Each Party shall protect labour rights.")))
    batch = analyze_folder(tmp_path, jobs=1, memory=400_000_000, seconds=TIMEOUT)
    assert [row["agreement_id"] for row in batch.agreement_rows] == ["good"]
    reasons = {Path(row["file"]).stem: row["reason"] for row in batch.error_rows}
    assert reasons == {make.__name__: "needs more than 400 MB of memory" for make in bombs}


def test_pictures_that_unpack_to_gigabytes_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LPA_CACHE", str(tmp_path / "cache"))
    side = b"/Type/XObject/Subtype/Image/Width 65000/Height 65000/ColorSpace/DeviceGray/BitsPerComponent 1"
    # The header of a page of JBIG2 (ITU-T T.88, 7.2 and 7.4.8), and a fax, both without content.
    head = struct.pack(">IBBBI", 0, 48, 0, 1, 19) + struct.pack(">IIIIBH", 65000, 65000, 0, 0, 0, 0)
    fax = b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 65000/Rows 65000>>"
    pictures = {"jbig2": stream(head, side + b"/Filter/JBIG2Decode"), "fax": stream(bytes(100), side + fax)}
    for name, picture in pictures.items():
        drawn = stream(b"600 0 0 800 0 0 cm /X Do")
        (tmp_path / f"{name}.pdf").write_bytes(one_page(drawn, b"/XObject<</X 6 0 R>>", picture))
    batch = analyze_folder(tmp_path, jobs=1, memory=400_000_000, seconds=TIMEOUT)
    assert not batch.agreement_rows
    for row in batch.error_rows:
        assert "no text layer" in row["reason"] or row["reason"] == "needs more than 400 MB of memory"


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


def outcomes(folder: Path, count: int) -> Counter[str]:
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
    counted = outcomes(tmp_path, MUTATIONS)
    assert counted.total() == MUTATIONS
    assert not [outcome for outcome in counted if outcome.startswith("internal")]
    assert counted["whole"] + counted["in part"] > MUTATIONS // 3
    assert not [outcome for outcome in counted if outcome.startswith("crash")]


def test_the_error_of_another_file_is_not_told_again(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    path = tmp_path / "bad.pdf"
    path.write_bytes(typeset(column("Words"), encrypt=StandardEncryption("secret", canPrint=0)))
    with pytest.raises(ReadError, match="password"):
        read(path)
    path.write_bytes(no_pages())
    with pytest.raises(ReadError, match="no pages"):
        read(path)
