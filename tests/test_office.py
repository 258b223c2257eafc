"""Workbook and report open in a real office program, which turns them into paper."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from typer.testing import CliRunner

from analyzer.bundled import bundled
from analyzer.cli import app
from tests.support import needs, run

NAMES = ("norwell-veridia", "sambora-valdore")
HARMLESS = "failed to launch javaldx"
"""What it says wherever there is no Java, whatever it opens."""

pytestmark = needs("libreoffice")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The text of each page of ``provisions.xlsx`` and ``report.docx``, as printed."""
    folder = tmp_path_factory.mktemp("office")
    files = [str(bundled("corpus/pdf") / f"{name}.pdf") for name in NAMES]
    lpa = CliRunner().invoke
    assert lpa(app, ["analyze", *files, "--out", str(folder), "--jobs", "1"]).exit_code == 0
    options = ["--agreements", ",".join(NAMES), "--categories", "FOA,CL", "--format", "docx"]
    assert lpa(app, ["report", str(folder), *options]).exit_code == 0
    found = {}
    for name in ("provisions.xlsx", "report.docx"):
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / name)]
        done = run(command)
        assert done.returncode == 0, done.stderr
        assert [line for line in done.stderr.splitlines() if line.strip() and HARMLESS not in line] == []
        found[name] = printed((folder / name).with_suffix(".pdf"))
    return found


def printed(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_every_sheet_is_printed_under_its_name(pages: dict[str, list[str]]) -> None:
    text = pages["provisions.xlsx"]
    sheets = "Agreements Provisions Categories Instruments Ratifications Trends Codebook About"
    for sheet in sheets.split():
        assert any(re.search(rf"Labour provisions of trade agreements\s+{sheet}\b", page) for page in text), sheet
    assert f"Page {len(text)} of {len(text)}" in text[-1]
    brief = [page for page in text if "Indicator evidence" not in page]  # that sheet has a row for each clause
    assert len(brief) < 60


def test_the_report_has_its_notes_at_the_foot_of_the_page(pages: dict[str, list[str]]) -> None:
    text = pages["report.docx"]
    assert "Labour provisions compared" in text[0]
    assert any("Article 16.2 (Labor Rights), para. 1(a), p. 5" in " ".join(page.split()) for page in text)
    assert not any("Error" in page for page in text)
