"""One agreement in a process of its own, within limits of time and memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer import Limits, ReadError, analyze
from analyzer.bundled import bundled
from tests.test_pdf_hostile import endless_page

SAMPLE = bundled("corpus/texts") / "kandara-lumeya.txt"


def test_limits_change_nothing_of_what_is_found() -> None:
    within, without = analyze(SAMPLE, limits=Limits()), analyze(SAMPLE)
    assert within.document == without.document
    assert within.clauses == without.clauses
    assert within.provisions == without.provisions
    assert within.to_frame().equals(without.to_frame())
    assert within.instruments().equals(without.instruments())
    assert within.indicators().equals(without.indicators())


def test_what_takes_too_long_or_too_much_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"kandara-lumeya.txt: takes longer than 0 seconds"):
        analyze(SAMPLE, limits=Limits(seconds=0.01))
    with pytest.raises(ReadError, match=r"kandara-lumeya.txt: needs more"):
        analyze(SAMPLE, limits=Limits(memory=50_000_000))
    endless = tmp_path / "endless.pdf"
    endless.write_bytes(endless_page())
    with pytest.raises(ReadError, match="takes longer than 5 seconds"):
        analyze(endless, limits=Limits(seconds=5))


def test_what_cannot_be_read_is_the_same_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"missing.txt: cannot be opened") as caught:
        analyze(tmp_path / "missing.txt", limits=Limits())
    assert caught.value.file == str(tmp_path / "missing.txt")
