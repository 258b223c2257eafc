"""The bundled sample agreements: what is shipped is what the drafts make, and the gold is exact and complete."""

import hashlib
import json
import re
import sys
import tomllib
from collections import Counter

import pypdfium2
import pytest

from tests.support import ROOT, SHARED, needs_shared, run

CORPUS = ROOT / "corpus"
CODES = tomllib.loads((ROOT / "analyzer" / "knowledge" / "data" / "categories.toml").read_text(encoding="utf-8"))
GOLD = [json.loads(line) for line in (CORPUS / "gold" / "samples.jsonl").read_text(encoding="utf-8").splitlines()]
SAMPLES = sorted({row["treaty"] for row in GOLD})


def text_of(sample: str) -> str:
    return (CORPUS / "texts" / f"{sample}.txt").read_bytes().decode("utf-8")


def squeeze(text: str) -> str:
    return "".join(text.split())


def test_texts_pdfs_and_gold_are_what_the_drafts_make():
    check = run([sys.executable, CORPUS / "build.py", "--check"])
    assert check.returncode == 0, check.stdout + check.stderr


def test_there_are_ten_samples_in_three_languages():
    assert len(SAMPLES) == 10
    assert {row["language"] for row in GOLD} == {"en", "es", "fr"}
    assert not list(CORPUS.rglob("__init__.py"))


@pytest.mark.parametrize("sample", SAMPLES)
def test_gold_units_are_exact_and_in_order(sample):
    text = text_of(sample)
    end = 0
    for row in (row for row in GOLD if row["treaty"] == sample):
        unit = text[row["start"] : row["end"]]
        assert unit == unit.strip() != ""
        assert row["start"] >= end
        assert row["hash"] == hashlib.sha256(squeeze(unit).encode()).hexdigest()[:12]
        end = row["end"]


@pytest.mark.parametrize("sample", SAMPLES)
def test_pdf_says_what_the_text_says(sample):
    document = pypdfium2.PdfDocument(CORPUS / "pdf" / f"{sample}.pdf")
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    said = [re.sub(r"\A[^\n]*\n|\r?\n\d+\s*\Z", "", page) for page in pages[1:]]  # running header, page number
    assert squeeze(pages[0] + "".join(said)) == squeeze(text_of(sample))


def test_labels_strengths_and_references_are_valid():
    for row in GOLD:
        assert set(row["labels"]) <= set(CODES), row
        assert row["labels"] == sorted(set(row["labels"])), row
        assert (row["strength"] in list("BEHPD")) if row["labels"] else (row["strength"] is None), row
        assert all(re.fullmatch(r"[CPR]\d{3}", ref) for ref in row["refs"]), row
        assert bool(row["refs"]) == ("ILOCONV" in row["labels"]), row


def test_every_code_and_strength_occurs_at_least_twice():
    count = Counter(code for row in GOLD for code in [*row["labels"], row["strength"]] if code)
    assert {code for code in [*CODES, *"BEHPD"] if count[code] < 2} == set()


def test_one_sample_has_no_labour_provision_but_speaks_of_labour():
    assert {row["treaty"] for row in GOLD} - {row["treaty"] for row in GOLD if row["labels"]} == {"isthmia-corvane"}
    words = re.findall(r"labour|employ(?:ee|er|ment)|social security|workers?", text_of("isthmia-corvane"))
    assert len(words) > 50


@needs_shared("tools")
def test_no_sentence_is_taken_from_the_reference_agreements():
    found = run([sys.executable, SHARED / "tools" / "leakcheck.py", ROOT])
    assert found.stdout + found.stderr == ""
