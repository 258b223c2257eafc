"""Twice the text takes twice the steps: calls of functions are counted, so that no machine is too slow for it."""

from __future__ import annotations

import sys
from types import FrameType, ModuleType
from typing import Any

import pytest

from analyzer import Analyzer, Document
from tests.support import ROOT, load_script

SIZE = 6_000
"""Characters of the shorter text."""
MOST = 2.3
"""Times the calls that twice the text may take."""
LINEAR: ModuleType = load_script(ROOT / "benchmarks" / "linear.py")


def calls(analyzer: Analyzer, text: str) -> int:
    """Return how many functions are called while a text is analysed."""
    count = 0

    def called(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        analyzer.analyze_document(Document("grows", text, "en"))
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", LINEAR.TEXTS)
def test_twice_the_text_takes_twice_the_steps(analyzer: Analyzer, name: str) -> None:
    make = LINEAR.TEXTS[name]
    analyzer.analyze_document(Document("first", make(SIZE), "en"))  # compiles what it needs
    short, long = (calls(analyzer, make(size)) for size in (SIZE, 2 * SIZE))
    assert long <= MOST * short + 2_000
