"""Sample agreements set as PDFs by a real office program are read as their texts are."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from analyzer import Analyzer
from tests.support import ROOT, needs

BENCHMARKS = ROOT / "benchmarks"
SAMPLES = ("alcandara-miravalle", "boreland-quillaya", "sambora-valdore")

pytestmark = needs("libreoffice")


@pytest.mark.parametrize("style", ["indented", "columns", "hanging"])
def test_an_agreement_set_by_an_office_program_is_read_as_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, analyzer: Analyzer, style: str
) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    typesetting = importlib.import_module("typesetting")
    texts = [typesetting.TEXTS / f"{name}.txt" for name in SAMPLES]
    typesetting.typeset(texts, style, tmp_path)
    lost = 0
    for path in texts:
        text, printed = analyzer.analyze(path), analyzer.analyze(tmp_path / f"{path.stem}.pdf")
        assert typesetting.articles(printed) == typesetting.articles(text)
        lost += (typesetting.provisions(text) - typesetting.provisions(printed)).total()
    assert lost <= 1
