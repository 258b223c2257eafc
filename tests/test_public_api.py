"""What `import analyzer` offers, and that it does so without loading what is heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import analyzer
from analyzer.bundled import bundled
from tests.support import run

SAMPLE = bundled("corpus/texts") / "norwell-veridia.txt"


def test_the_public_names_are_pinned() -> None:
    assert analyzer.__all__ == [
        "Analysis", "Analyzer", "AnalyzerError", "BatchResult", "Clause", "Document", "Knowledge", "KnowledgeError",
        "Limits", "ModelError", "Precedent", "Provision", "Ratification", "ReadError", "Reference", "Results",
        "StoredResults", "TableError", "Tag", "analyze", "analyze_folder", "find_instruments", "find_precedents",
        "load_knowledge", "load_model", "load_results", "ratifications", "read", "read_results", "search", "segment",
        "verify_results",
    ]  # fmt: skip
    assert all(callable(getattr(analyzer, name)) for name in analyzer.__all__)


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = ("spacy", "pandas", "pypdfium2", "pdfplumber", "sklearn", "xlsxwriter", "numpy")
    code = f"import sys, analyzer; print([name for name in {heavy!r} if name in sys.modules])"
    ran = run([sys.executable, "-c", code], check=True)
    assert ran.stdout.strip() == "[]"


def test_the_single_steps_fit_together() -> None:
    document = analyzer.read(SAMPLE)
    clauses = analyzer.segment(document)
    result = analyzer.Analyzer().analyze_document(document)
    assert result.clauses == clauses
    assert result.provisions
    assert result.provisions == analyzer.analyze(SAMPLE).provisions


def test_the_table_of_one_agreement_quotes_it_exactly() -> None:
    result = analyzer.analyze(SAMPLE)
    frame = result.to_frame()
    assert len(frame) == len(result.provisions)
    for row in frame.itertuples():
        assert row.text == result.document.text[row.start : row.end]


def test_every_error_is_an_analyzer_error(tmp_path: Path) -> None:
    for name in ("AnalyzerError", "KnowledgeError", "ModelError", "ReadError", "TableError"):
        assert issubclass(getattr(analyzer, name), analyzer.AnalyzerError)
    with pytest.raises(analyzer.AnalyzerError, match=r"missing\.txt"):
        analyzer.analyze(tmp_path / "missing.txt")


def test_importing_the_package_imports_no_more_than_is_asked_for() -> None:
    code = "import sys, analyzer; print(*(name for name in sys.modules if name.startswith('analyzer.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"analyzer.bundled", "analyzer.errors"}


@pytest.mark.parametrize("name", analyzer.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(analyzer, name).__name__ == name
    assert name in dir(analyzer)


def test_folders_do_not_hide_the_functions_of_the_same_name() -> None:
    code = (
        "import analyzer.read.file, analyzer.segment.lines, analyzer.text.fold; from analyzer import read, segment; "
        "print(callable(read), callable(segment), callable(analyzer.read), callable(analyzer.segment))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"] * 4


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = analyzer.nothing
