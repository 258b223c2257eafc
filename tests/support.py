"""What several test modules do: name what a test needs, bound what it may take, edit workbooks, list findings."""

from __future__ import annotations

import importlib.util
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from openpyxl import load_workbook

from analyzer.api import Analysis
from analyzer.learn.review.layout import SHEET
from analyzer.read.pdf import ocr

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
"""Agreements that may not be distributed with the program; a clone does not have them."""
TIMEOUT = 900
"""Seconds after which another program is ended: it hangs. Ten times what the slowest takes on a busy machine."""
MOST_WORK = 60
"""Seconds of processor time within which all ends that a test bounds; most of it takes less than one."""


# What a test needs


@dataclass(frozen=True, slots=True)
class Program:
    """A program that the tests call.

    Attributes:
        packages: The Debian packages that bring it.
        is_there: Return whether it is installed.
    """

    packages: str
    is_there: Callable[[], bool]


PROGRAMS = {
    "chromium": Program("chromium", lambda: shutil.which("chromium") is not None),
    "libreoffice": Program("libreoffice-calc libreoffice-writer", lambda: shutil.which("soffice") is not None),
    "make": Program("make", lambda: shutil.which("make") is not None),
    "tesseract": Program("tesseract-ocr tesseract-ocr-fra tesseract-ocr-spa", lambda: not ocr.missing()),
}


def needs(program: str) -> pytest.MarkDecorator:
    """Return the mark of tests that call one of ``PROGRAMS``.

    Without it they are skipped with the packages to install; in continuous integration they fail (``conftest.py``).
    """
    assert program in PROGRAMS
    return pytest.mark.needs(program)


def missing(program: str) -> str:
    """Return what to install so that a program is there; nothing if it is."""
    wanted = PROGRAMS[program]
    return "" if wanted.is_there() else f"needs {program}: apt-get install {wanted.packages}"


def needs_shared(folder: str = "") -> pytest.MarkDecorator:
    """Return the mark of tests that read agreements of ``SHARED``, or of a folder in it; a clone skips them."""
    reason = f"needs agreements that are not part of the program, in ../shared/{folder}"
    return pytest.mark.skipif(not (SHARED / folder).is_dir(), reason=reason)


# What a test may take


@contextmanager
def bounded(seconds: float = MOST_WORK) -> Iterator[None]:
    """Fail what needs more work than some seconds: it hangs, or takes more and more time the longer its input is.

    Only the work of this process counts, so the test does not depend on what else the machine does.
    """

    def fail(*_: object) -> None:
        pytest.fail(f"needs more than {seconds:.0f} seconds of processor time")

    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return
    before = signal.signal(signal.SIGPROF, fail)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def run(command: Sequence[str | Path], **options: Any) -> subprocess.CompletedProcess[str]:
    """Run another program to its end, and return its exit code and what it printed; it may take ``TIMEOUT``."""
    return subprocess.run(command, **{"capture_output": True, "text": True, "timeout": TIMEOUT, **options})


# What a test looks at


def change(book: Path, values: Mapping[tuple[int, str], Any]) -> None:
    """Write cells of a review workbook, by row and name of the column."""
    opened = load_workbook(book)
    sheet = opened[SHEET]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for (row, column), value in values.items():
        sheet.cell(row, columns[column]).value = value
    opened.save(book)


def said(analysis: Analysis) -> list[tuple[str, str, tuple[str, ...], str]]:
    """Return address, words, categories and strength of each provision."""
    text, clauses = analysis.document.text, analysis.clauses
    return [
        (
            clauses[provision.clause].clause_id,
            " ".join(text[clauses[provision.clause].start : clauses[provision.clause].own_end].split()),
            provision.categories,
            provision.strength,
        )
        for provision in analysis.provisions
    ]


def load_script(path: Path) -> ModuleType:
    """Import a script by its path; whatever it does under ``__main__`` is left out."""
    name = f"script_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
